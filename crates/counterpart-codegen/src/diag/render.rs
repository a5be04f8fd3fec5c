//! Diagnostics as text for a person, in the style of rustc.

use annotate_snippets::{
    AnnotationKind, Element, Group, Level, Message, Origin, Renderer, Snippet,
};

use indexmap::IndexMap;

use super::excerpt::{Excerpt, escape, excerpt};
use super::{Diagnostic, Diagnostics, Place, Severity, count, shown};
use crate::load::tree::Sources;

/// How many diagnostics of one severity are shown before the rest is only counted.
const SHOWN: usize = 20;

/// How many of one kind are shown before only the places of the others are.
const ALIKE: usize = 3;

/// How many places of others of one kind are shown.
const PLACES: usize = 5;

/// Ends the place in a heading; see [`heading`]. It cannot come from the input, where
/// every control character is escaped.
const END: char = '\0';

/// All diagnostics with the lines that they speak of, errors first, the first 20 of each
/// severity in full, and a last line such as `2 errors, 1 warning`. Of those that say the same
/// of different places, the first three are shown, and then where the others are. Nothing at all
/// gives an empty text.
pub fn render(diags: &Diagnostics, sources: &Sources, color: bool) -> String {
    let renderer = if color {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let items = shown(diags);
    let mut text = String::new();
    let mut told = [Severity::Error, Severity::Warning].map(|severity| Told::of(&items, severity));
    for kinds in &mut told {
        for (first, rest) in kinds.pick() {
            text.push_str(&without_ends(&renderer.render(&report(first, sources))));
            text.push_str("\n\n");
            if !rest.is_empty() {
                text.push_str(&format!("{}\n\n", elsewhere(&rest, sources)));
            }
        }
    }
    let [errors, warnings] = told;
    let errors = tally(diags, &items, Severity::Error, errors.told);
    let warnings = tally(diags, &items, Severity::Warning, warnings.told);
    text.push_str(&summary(&errors, &warnings));
    text
}

/// The diagnostics of one severity, those that say the same of different places together.
struct Told<'a> {
    kinds: Vec<(String, Vec<&'a Diagnostic>)>,
    /// How many of them are told of.
    told: usize,
}

impl<'a> Told<'a> {
    fn of(items: &[&'a Diagnostic], severity: Severity) -> Self {
        let mut kinds: IndexMap<String, Vec<&Diagnostic>> = IndexMap::new();
        for item in items.iter().filter(|item| item.severity == severity) {
            kinds.entry(kind(&item.message)).or_default().push(item);
        }
        Self {
            kinds: kinds.into_iter().collect(),
            told: 0,
        }
    }

    /// Which are shown, in the order of the texts, and behind the last of a kind the others.
    fn pick(&mut self) -> Vec<(&'a Diagnostic, Vec<&'a Diagnostic>)> {
        let mut picked = Vec::new();
        for (_, items) in &self.kinds {
            // To leave out one or two would save nobody anything.
            let shown = match items.len() {
                few if few <= ALIKE + 2 => few,
                _ => ALIKE,
            };
            let (first, rest) = items.split_at(shown);
            for (index, item) in first.iter().enumerate() {
                let rest = if index + 1 == shown { rest } else { &[] };
                picked.push((*item, rest.to_vec()));
            }
        }
        picked.sort_by_key(|(item, _)| item.place.as_ref().map(|place| place.at));
        picked.truncate(SHOWN);
        self.told = picked.iter().map(|(_, rest)| 1 + rest.len()).sum();
        picked
    }
}

/// What a message says without the names in it.
fn kind(message: &str) -> String {
    let parts = message.split('`').step_by(2);
    parts.collect::<Vec<_>>().join("`…`")
}

/// `… and 12 more like this: api.yaml:7:3, api.yaml:9:3, …`
fn elsewhere(rest: &[&Diagnostic], sources: &Sources) -> String {
    let places = rest.iter().filter_map(|item| item.place.as_ref());
    let mut places: Vec<String> = places
        .take(PLACES)
        .map(|place| {
            let name = escape(&sources.get(place.at.source).name);
            format!("{name}:{}:{}", place.at.line, place.at.column)
        })
        .collect();
    if rest.len() > places.len() {
        places.push("…".to_owned());
    }
    format!("… and {} more like this: {}", rest.len(), places.join(", "))
}

/// One diagnostic: its message, place, excerpt, pointer and help, then the second place.
fn report<'a>(item: &'a Diagnostic, sources: &Sources) -> Vec<Group<'a>> {
    let level = match item.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
    };
    let mut group = Group::with_title(level.primary_title(escape(&item.message)));
    if let Some(place) = &item.place {
        group = group.element(shown_at(place, sources, AnnotationKind::Primary));
        // The root has nothing to say that the file's name does not.
        if !matches!(place.pointer.as_str(), "" | "#") {
            group = group.element(note("in", &place.pointer));
        }
    }
    if let Some(help) = &item.help {
        group = group.element(Level::HELP.message(help_text(help)));
    }
    let mut groups = vec![group];
    if let Some((place, label)) = &item.related {
        let title = Level::NOTE.secondary_title(escape(label));
        let there = shown_at(place, sources, AnnotationKind::Context);
        groups.push(Group::with_title(title).element(there));
    }
    groups
}

fn note<'a>(name: &'a str, text: &str) -> Message<'a> {
    Level::NOTE.with_name(name).message(escape(text))
}

/// Help may have several lines; each is escaped on its own.
fn help_text(help: &str) -> String {
    let lines: Vec<String> = help.lines().map(escape).collect();
    lines.join("\n")
}

/// The line at `place` under a heading with its name and numbers, or the heading alone
/// where there is no line to show.
fn shown_at<'a>(place: &Place, sources: &Sources, kind: AnnotationKind) -> Element<'a> {
    let heading = heading(place, sources);
    match excerpt(sources, place.at) {
        Some(Excerpt { text, mark }) => Snippet::source(text)
            .line_start(place.at.line as usize)
            .path(heading)
            .annotation(kind.span(mark))
            .into(),
        None => Origin::path(heading).into(),
    }
}

/// `name:line:column`. The renderer would append the column of the mark in the excerpt,
/// which is wrong where the excerpt is only a part of its line; so the true numbers are
/// given to it as part of the name, and [`without_ends`] cuts off what it appends.
fn heading(place: &Place, sources: &Sources) -> String {
    let name = escape(&sources.get(place.at.source).name);
    format!("{name}:{}:{}{END}", place.at.line, place.at.column)
}

fn without_ends(rendered: &str) -> String {
    let mut pieces = rendered.split(END);
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        text.push_str(piece.trim_start_matches(|c: char| c == ':' || c.is_ascii_digit()));
    }
    text
}

/// How many diagnostics of one severity there are, what is said twice left out.
struct Tally {
    total: usize,
    shown: usize,
}

fn tally(diags: &Diagnostics, items: &[&Diagnostic], severity: Severity, told: usize) -> Tally {
    let same = |item: &&&Diagnostic| item.severity == severity;
    let (found, kept) = match severity {
        Severity::Error => (diags.errors(), count(diags.items(), severity)),
        Severity::Warning => (diags.warnings(), count(diags.items(), severity)),
    };
    Tally {
        // What was not kept was not compared either: it counts as distinct.
        total: found - kept + items.iter().filter(same).count(),
        shown: told,
    }
}

/// `… and 31 more errors, 2 more warnings` where not everything is shown, and the sums.
fn summary(errors: &Tally, warnings: &Tally) -> String {
    let mut text = String::new();
    let more = [
        counted(errors.total - errors.shown, "more error"),
        counted(warnings.total - warnings.shown, "more warning"),
    ];
    let sums = [
        counted(errors.total, "error"),
        counted(warnings.total, "warning"),
    ];
    if let Some(more) = listed(more) {
        text.push_str(&format!("… and {more}\n\n"));
    }
    if let Some(sums) = listed(sums) {
        text.push_str(&sums);
        text.push('\n');
    }
    text
}

fn counted(count: usize, noun: &str) -> Option<String> {
    match count {
        0 => None,
        1 => Some(format!("1 {noun}")),
        _ => Some(format!("{count} {noun}s")),
    }
}

fn listed(parts: [Option<String>; 2]) -> Option<String> {
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}
