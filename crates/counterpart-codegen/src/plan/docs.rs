//! Documentation text: the document's words as Markdown that rustdoc takes without
//! complaint, wrapped, its first sentence alone.
//!
//! The words come from anybody. Links that rustdoc would try to resolve, HTML, bare URLs
//! and code that would run as a test are made inert; code spans and lists stay.

/// The width of a line, without the comment marker and its indentation.
const WIDTH: usize = 88;

/// Lines of documentation, ready to be printed; an empty line parts paragraphs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Docs {
    lines: Vec<String>,
}

impl Docs {
    /// The words of the document, if it has any.
    pub fn of(text: Option<&str>) -> Self {
        let mut docs = Self::default();
        docs.push_text(text.unwrap_or_default());
        docs
    }

    /// The first sentence of the words of the document, if it has any.
    pub fn summary(text: Option<&str>) -> Self {
        let mut docs = Self::of(text);
        let end = docs.lines.iter().position(String::is_empty);
        docs.lines.truncate(end.unwrap_or(docs.lines.len()));
        docs
    }

    /// Words of our own: Markdown that is right as it is.
    pub fn raw(text: &str) -> Self {
        Self {
            lines: text.lines().map(str::to_owned).collect(),
        }
    }

    /// The words of the document, or `otherwise` where it has none.
    pub fn of_or(text: Option<&str>, otherwise: &str) -> Self {
        let docs = Self::of(text);
        match docs.is_empty() {
            true => Self::raw(otherwise),
            false => docs,
        }
    }

    /// Whether there is nothing to read.
    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The lines.
    pub fn lines(&self) -> &[String] {
        &self.lines
    }

    /// Adds a paragraph of our own words.
    pub fn paragraph(mut self, text: &str) -> Self {
        self.part();
        for line in wrapped(text, "", "") {
            self.lines.push(line);
        }
        self
    }

    /// Adds lines of our own as they are: code, lists, links.
    pub fn block(mut self, text: &str) -> Self {
        self.part();
        self.lines.extend(text.lines().map(str::to_owned));
        self
    }

    fn part(&mut self) {
        if !self.lines.is_empty() {
            self.lines.push(String::new());
        }
    }

    /// Adds the document's words, with their paragraphs, lists and code.
    fn push_text(&mut self, text: &str) {
        let text = text.replace("\r\n", "\n").replace('\r', "\n");
        let mut paragraph = String::new();
        let mut fence = None;
        for line in text.lines().map(clean) {
            let line = line.trim_end();
            let trimmed = line.trim_start();
            if let Some(marker) = fence {
                if trimmed.starts_with(marker) {
                    self.lines.push("```".to_owned());
                    fence = None;
                } else {
                    self.lines.push(line.to_owned());
                }
                continue;
            }
            let opens = ["```", "~~~"]
                .into_iter()
                .find(|marker| trimmed.starts_with(marker));
            if let Some(marker) = opens {
                self.flush(&mut paragraph);
                self.part();
                self.lines.push("```text".to_owned());
                fence = Some(marker);
                continue;
            }
            match Block::of(trimmed) {
                Block::Blank => self.flush(&mut paragraph),
                Block::Item(marker, words) => {
                    self.flush(&mut paragraph);
                    self.item(marker, words);
                }
                Block::Heading(words) => {
                    self.flush(&mut paragraph);
                    paragraph.push_str(words);
                    self.flush(&mut paragraph);
                }
                Block::Words => {
                    if !paragraph.is_empty() {
                        paragraph.push(' ');
                    }
                    paragraph.push_str(trimmed);
                }
            }
        }
        self.flush(&mut paragraph);
        if fence.is_some() {
            self.lines.push("```".to_owned());
        }
    }

    /// Ends a paragraph; the first sentence of the first stands alone.
    fn flush(&mut self, paragraph: &mut String) {
        let text = inert(paragraph.trim());
        paragraph.clear();
        if text.is_empty() {
            return;
        }
        self.part();
        let (first, rest) = match self.lines.is_empty() {
            true => first_sentence(&text),
            false => (text.as_str(), ""),
        };
        self.lines.extend(wrapped(first, "", ""));
        if !rest.is_empty() {
            self.part();
            self.lines.extend(wrapped(rest, "", ""));
        }
    }

    /// A list item; its continuation lines are indented under its words.
    fn item(&mut self, marker: &str, words: &str) {
        let in_list = self.lines.last().is_some_and(|line| {
            line.starts_with("- ") || line.starts_with("  ") || line.starts_with("1. ")
        });
        if !in_list {
            self.part();
        }
        let indent = " ".repeat(marker.len());
        self.lines.extend(wrapped(&inert(words), marker, &indent));
    }
}

/// What a line begins.
enum Block<'t> {
    Blank,
    Item(&'static str, &'t str),
    Heading(&'t str),
    Words,
}

impl<'t> Block<'t> {
    fn of(line: &'t str) -> Self {
        if line.is_empty() || line.chars().all(|letter| "-=*_".contains(letter)) {
            return Self::Blank;
        }
        if let Some(rest) = ["- ", "* ", "+ ", "• "]
            .iter()
            .find_map(|mark| line.strip_prefix(mark))
        {
            return Self::Item("- ", rest.trim_start());
        }
        let digits = line.trim_start_matches(|letter: char| letter.is_ascii_digit());
        if digits.len() < line.len()
            && line.len() - digits.len() < 4
            && let Some(rest) = digits.strip_prefix(". ")
        {
            return Self::Item("1. ", rest.trim_start());
        }
        match line.trim_start_matches('#') {
            rest if rest.len() < line.len() && rest.starts_with(' ') => Self::Heading(rest.trim()),
            _ => Self::Words,
        }
    }
}

/// A line without characters that have no place in source text: controls, and marks that
/// change the direction of what follows.
fn clean(line: &str) -> String {
    line.chars()
        .map(|letter| if letter == '\t' { ' ' } else { letter })
        .filter(|letter| !letter.is_control() && !is_direction(*letter))
        .collect()
}

fn is_direction(letter: char) -> bool {
    matches!(letter, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The first sentence, and the rest.
fn first_sentence(text: &str) -> (&str, &str) {
    let mut in_code = false;
    let mut letters = text.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        in_code ^= letter == '`';
        let ends = !in_code && matches!(letter, '.' | '!' | '?');
        let upper_follows = || {
            let rest = text[index + 1..].trim_start();
            rest.starts_with(|next: char| !next.is_lowercase())
        };
        let abbreviation = ["e.g", "i.e", "etc", "vs"]
            .iter()
            .any(|word| text[..index].ends_with(word));
        if ends
            && letters.peek().is_some_and(|(_, next)| *next == ' ')
            && upper_follows()
            && !abbreviation
        {
            return (&text[..=index], text[index + 1..].trim_start());
        }
    }
    (text, "")
}

/// Makes links, HTML and bare URLs inert outside of code spans.
fn inert(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('`') {
        out.push_str(&inert_words(&rest[..start]));
        rest = &rest[start..];
        match code_span(rest) {
            Some((code, after)) => {
                out.push_str(&format!("`{code}`"));
                rest = after;
            }
            // Ticks that nothing closes would swallow what follows.
            None => {
                let after = rest.trim_start_matches('`');
                out.push_str(&"\\`".repeat(rest.len() - after.len()));
                rest = after;
            }
        }
    }
    out.push_str(&inert_words(rest));
    out
}

/// The code between as many ticks as the text begins with, and what follows. Code that has
/// ticks itself is no span here: one tick on either side is all that later steps know.
fn code_span(text: &str) -> Option<(&str, &str)> {
    let code = text.trim_start_matches('`');
    let ticks = &text[..text.len() - code.len()];
    let end = code.find('`')?;
    let after = code[end..].strip_prefix(ticks)?;
    let clean = !after.starts_with('`') && !code[..end].trim().is_empty();
    clean.then(|| (&code[..end], after))
}

fn inert_words(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(letter) = rest.chars().next() {
        if let Some((link, after)) = markdown_link(rest) {
            out.push_str(&link);
            rest = after;
            continue;
        }
        if let Some(url) = bare_url(rest) {
            out.push_str(&format!("<{url}>"));
            rest = &rest[url.len()..];
            continue;
        }
        match letter {
            '[' | ']' | '<' | '>' | '\\' => {
                out.push('\\');
                out.push(letter);
            }
            _ => out.push(letter),
        }
        rest = &rest[letter.len_utf8()..];
    }
    out
}

/// `[words](https://…)` at the start, kept if it is absolute; else only its words.
fn markdown_link(text: &str) -> Option<(String, &str)> {
    let inner = text.strip_prefix('[')?;
    let (words, rest) = inner.split_once("](")?;
    let (target, rest) = rest.split_once(')')?;
    if words.contains(['[', ']', '\n']) || target.contains([' ', '<', '>']) {
        return None;
    }
    let words = inert_words(words);
    match target.starts_with("https://") || target.starts_with("http://") {
        true => Some((format!("[{words}]({target})"), rest)),
        false => Some((words, rest)),
    }
}

/// A URL at the start, without the punctuation that ends a sentence.
fn bare_url(text: &str) -> Option<&str> {
    if !text.starts_with("https://") && !text.starts_with("http://") {
        return None;
    }
    let end =
        text.find(|letter: char| letter.is_whitespace() || "<>()[]\"'`|\\^{}".contains(letter));
    let url = &text[..end.unwrap_or(text.len())];
    let url = url.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '_']);
    (url.len() > "https://".len()).then_some(url)
}

/// Words on lines of at most [`WIDTH`]; a code span or a link is not broken.
fn wrapped(text: &str, first: &str, indent: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut line = first.to_owned();
    let mut empty = true;
    for word in words(text) {
        let too_long = line.chars().count() + 1 + word.chars().count() > WIDTH;
        if too_long && !empty {
            lines.push(std::mem::replace(&mut line, indent.to_owned()));
            empty = true;
        }
        if !empty {
            line.push(' ');
        }
        // A word that would begin a list or a heading must not begin a line.
        let marker = line.trim().is_empty() && matches!(word.as_str(), "-" | "*" | "+" | "#");
        if marker {
            line.push('\\');
        }
        line.push_str(&word);
        empty = false;
    }
    if !empty {
        lines.push(line);
    }
    lines
}

/// Words, with code spans whole.
fn words(text: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    let mut open = false;
    for word in text.split_whitespace() {
        match words.last_mut() {
            Some(last) if open => {
                last.push(' ');
                last.push_str(word);
            }
            _ => words.push(word.to_owned()),
        }
        let ticks = word.replace("\\`", "").matches('`').count();
        open ^= ticks % 2 == 1;
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<String> {
        Docs::of(Some(text)).lines
    }

    #[test]
    fn the_first_sentence_stands_alone() {
        assert_eq!(
            lines("Creates a run. It starts at once, e.g. now."),
            ["Creates a run.", "", "It starts at once, e.g. now."]
        );
        assert_eq!(lines("Between 0.5 and 1.0"), ["Between 0.5 and 1.0"]);
    }

    #[test]
    fn links_and_html_are_inert() {
        assert_eq!(
            lines("See [runs](/docs/runs) or [x] and <b>, at https://a.example/b."),
            [r"See runs or \[x\] and \<b\>, at <https://a.example/b>."]
        );
        assert_eq!(lines("Keep `a[0]<T>`."), ["Keep `a[0]<T>`."]);
        assert_eq!(lines("An odd ` tick [x]"), [r"An odd \` tick \[x\]"]);
        assert_eq!(
            lines("Three ``` then [x] and one `a[0]`, ``b[0]``."),
            [r"Three \`\`\` then \[x\] and one `a[0]`, `b[0]`."]
        );
    }

    #[test]
    fn code_never_runs_and_always_ends() {
        assert_eq!(
            lines("Like:\n```rust\npanic!()\n"),
            ["Like:", "", "```text", "panic!()", "```"]
        );
    }

    #[test]
    fn lists_stay_lists() {
        assert_eq!(
            lines("One of:\n- a\n- b\n\nAnd so on."),
            ["One of:", "", "- a", "- b", "", "And so on."]
        );
    }

    #[test]
    fn controls_and_direction_marks_are_dropped() {
        assert_eq!(lines("a\u{202e}b\u{0}c"), ["abc"]);
    }
}
