//! The lines that a diagnostic points at: found, cut to a readable width and made harmless.

use crate::load::tree::{Location, Sources};

/// How many characters of a long line are shown.
const WIDTH: usize = 120;
/// How many of them stand before the marked place.
const LEAD: usize = 40;

/// One line of a source, ready to show, and which bytes of it are marked.
pub(super) struct Excerpt {
    /// The line, or the part of it around the place.
    pub(super) text: String,
    /// The marked bytes of `text`.
    pub(super) mark: std::ops::Range<usize>,
}

/// The line of `at`. `None` for a place beyond the text and for an empty line, where
/// there is nothing to show.
pub(super) fn excerpt(sources: &Sources, at: Location) -> Option<Excerpt> {
    let line = sources.line(at.source, at.line)?;
    let column = (at.column as usize).saturating_sub(1);
    let from = if line.chars().nth(WIDTH).is_none() {
        0
    } else {
        column.saturating_sub(LEAD)
    };

    let mut chars = line.chars().skip(from);
    let window: Vec<char> = chars.by_ref().take(WIDTH).collect();
    let start = (column - from).min(window.len());
    let end = start + word(&window, start);
    if window.iter().all(|letter| letter.is_whitespace()) {
        return None;
    }

    let mut text = String::new();
    if from > 0 {
        text.push('…');
    }
    let mut mark = text.len()..text.len();
    for (index, letter) in window.iter().enumerate() {
        if index == start {
            mark.start = text.len();
        }
        push(&mut text, *letter);
        if index < end {
            mark.end = text.len();
        }
    }
    if start >= window.len() {
        mark = text.len()..text.len();
    }
    if chars.next().is_some() {
        text.push('…');
    }
    Some(Excerpt { text, mark })
}

/// How many characters of `line` belong to the thing that starts at `start`: a quoted text
/// with its quotes, a word or unquoted text up to its `:`, or one sign.
fn word(line: &[char], start: usize) -> usize {
    let (before, rest) = line.split_at(start);
    let Some(&first) = rest.first() else { return 0 };
    if matches!(first, '"' | '\'') {
        return quoted(rest, first);
    }
    if matches!(first, '{' | '}' | '[' | ']' | ',' | '|' | '>' | ' ' | '\t') {
        return 1;
    }
    // Within brackets, a comma or the closing bracket ends an unquoted text.
    let in_brackets = before.iter().any(|letter| matches!(letter, '{' | '['));
    let mut depth = 0usize;
    let mut end = rest.len();
    for (index, letter) in rest.iter().enumerate().skip(1) {
        let next = rest.get(index + 1).copied().unwrap_or(' ');
        let ends = match letter {
            ':' | '=' => next.is_whitespace(),
            ' ' => matches!(next, '#' | '='),
            ',' | ']' | '}' => in_brackets && depth == 0,
            _ => false,
        };
        if ends {
            end = index;
            break;
        }
        match letter {
            '[' | '{' => depth += 1,
            ']' | '}' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    let trailing = rest[..end].iter().rev();
    end - trailing
        .take_while(|letter| letter.is_whitespace() || **letter == ',')
        .count()
}

/// The length of a quoted text, or of all of `rest` when its end is not in sight.
fn quoted(rest: &[char], quote: char) -> usize {
    let mut escaped = false;
    for (index, letter) in rest.iter().enumerate().skip(1) {
        if escaped {
            escaped = false;
        } else if *letter == '\\' && quote == '"' {
            escaped = true;
        } else if *letter == quote {
            return index + 1;
        }
    }
    rest.len()
}

/// `text` with everything spelled out that a terminal could act on or that would change
/// how the text around it reads: control characters, and marks that turn the direction.
///
/// ```
/// # use counterpart_codegen::diag::escape;
/// assert_eq!(escape("a\u{1b}[2Jb\u{202e}c"), r"a\u{1b}[2Jb\u{202e}c");
/// ```
pub fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for letter in text.chars() {
        push(&mut escaped, letter);
    }
    escaped
}

fn push(text: &mut String, letter: char) {
    let hidden = letter.is_control() && letter != '\t'
        || matches!(
            letter,
            '\u{61c}'
                | '\u{200b}'
                | '\u{200e}'
                | '\u{200f}'
                | '\u{2028}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{feff}'
                | '\u{fff9}'..='\u{fffb}'
                | '\u{e0000}'..='\u{e007f}'
        );
    if hidden {
        text.extend(letter.escape_unicode());
    } else {
        text.push(letter);
    }
}
