//! JSONPath (RFC 9535): what a target selects, and why it selects nothing.

use serde_json_path::{JsonPath, NormalizedPath, PathElement};

use super::subject::Subject;
use crate::diag::{Diagnostics, Place, closest};
use crate::load::tree::{Node, Value};

/// A JSONPath of an action.
#[derive(Debug)]
pub(super) struct Query {
    /// As it is written.
    pub(super) text: String,
    /// Where it is written.
    pub(super) place: Place,
    /// What evaluates it.
    pub(super) json_path: JsonPath,
    /// The only node that it can select, when it is nothing but names and numbers. Such a
    /// query is followed in the tree itself.
    pub(super) direct: Option<Path>,
}

/// The way from the root to a node.
pub(super) type Path = Vec<Step>;

/// One step of a [`Path`].
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Step {
    /// To a member of an object.
    Name(String),
    /// To an item of an array.
    Index(usize),
}

impl Query {
    /// Parses a JSONPath; a fault goes to `diags`.
    pub(super) fn parse(text: &str, place: Place, diags: &mut Diagnostics) -> Option<Self> {
        if nesting(text) > MAX_NESTING || text.matches("..").count() > MAX_DESCENTS {
            diags
                .error(place, "this JSONPath is too involved to evaluate")
                .help("use several actions with simpler targets");
            return None;
        }
        match JsonPath::parse(text) {
            Ok(json_path) => Some(Self::of(text, place, json_path)),
            Err(error) => {
                let message = format!(
                    "`{text}` is no JSONPath: something is wrong at character {}",
                    error.position().max(1)
                );
                diags.error(place, message).help(advice(text));
                None
            }
        }
    }

    fn of(text: &str, place: Place, json_path: JsonPath) -> Self {
        let steps = segments(text).into_iter().map(|segment| segment.step);
        Self {
            text: text.to_owned(),
            place,
            json_path,
            direct: steps.collect(),
        }
    }
}

/// How deep brackets may stand in each other; the evaluator recurses into them.
const MAX_NESTING: usize = 32;
/// How many `..` a path may have; each multiplies the work by the depth of the document.
const MAX_DESCENTS: usize = 3;

/// How deep brackets stand in each other, those in quotes included.
fn nesting(text: &str) -> usize {
    let mut depth = 0usize;
    let mut deepest = 0;
    for letter in text.bytes() {
        match letter {
            b'[' | b'(' => depth += 1,
            b']' | b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

/// What is most likely wrong with a text that is no JSONPath.
fn advice(text: &str) -> &'static str {
    if !text.starts_with('$') {
        "a JSONPath starts with `$`"
    } else if text.contains("[?") && !text.contains("==") && text.contains('=') {
        "two values are compared with `==`"
    } else if text.matches(['[', '(']).count() != text.matches([']', ')']).count() {
        "close every bracket and quote"
    } else {
        "a name with other signs than letters, digits and `_` stands in brackets and quotes: \
         `$.paths['/threads'].post['x-name']`"
    }
}

/// The path of a selected node.
pub(super) fn path(normalized: &NormalizedPath<'_>) -> Path {
    let step = |element: &PathElement<'_>| match element {
        PathElement::Name(name) => Step::Name((*name).to_owned()),
        PathElement::Index(index) => Step::Index(*index),
    };
    normalized.iter().map(step).collect()
}

/// A part of a JSONPath, such as `.paths`, `['/threads']` or `[?@.name]`.
struct Segment {
    /// Where it starts in the text.
    start: usize,
    /// What it selects, when that is one name or number.
    step: Option<Step>,
}

/// The segments of a valid JSONPath.
fn segments(text: &str) -> Vec<Segment> {
    let mut segments = Vec::new();
    let mut start = 1;
    while start < text.len() {
        let end = start + segment_length(&text[start..]);
        let written = text[start..end].trim();
        if !written.is_empty() {
            let step = step(written);
            segments.push(Segment { start, step });
        }
        start = end;
    }
    segments
}

/// How long the segment is that `rest` starts with: up to the next `.` or `[` outside of
/// brackets and quotes.
fn segment_length(rest: &str) -> usize {
    let mut depth = 0usize;
    let mut quote = None;
    let mut escaped = false;
    let mut begun = false;
    for (index, letter) in rest.char_indices() {
        match quote {
            Some(_) if escaped => escaped = false,
            Some(_) if letter == '\\' => escaped = true,
            Some(open) if letter == open => quote = None,
            Some(_) => {}
            None => match letter {
                '\'' | '"' => quote = Some(letter),
                '.' | '[' if depth == 0 && begun => return index,
                '[' | '(' => depth += 1,
                ']' | ')' => depth = depth.saturating_sub(1),
                _ => {}
            },
        }
        // The points of `..name` and the bracket of `..[0]` belong to one segment.
        begun = begun || !matches!(letter, '.' | ' ' | '\t' | '\n' | '\r');
    }
    rest.len()
}

/// The one name or number that a segment selects, if it is no other selector.
fn step(segment: &str) -> Option<Step> {
    let Some(bracketed) = segment.strip_prefix('[') else {
        let name = segment.strip_prefix('.')?.trim();
        let plain = !name.starts_with(['.', '*', '[']);
        return plain.then(|| Step::Name(name.to_owned()));
    };
    let inner = bracketed.strip_suffix(']')?.trim();
    for quote in ['\'', '"'] {
        let unquoted = inner
            .strip_prefix(quote)
            .and_then(|rest| rest.strip_suffix(quote));
        if let Some(name) = unquoted {
            // An escape, or a list of names: left to the real evaluator.
            let plain = !name.contains(['\\', quote]);
            return plain.then(|| Step::Name(name.to_owned()));
        }
    }
    inner.parse().ok().map(Step::Index)
}

/// Where a query that selects nothing stops matching, and what it could have meant.
pub(super) fn why_nothing(subject: &mut Subject<'_>, query: &Query) -> String {
    let segments = segments(&query.text);
    for segment in segments.iter().rev() {
        let before = query.text[..segment.start].trim_end();
        let found = match JsonPath::parse(before) {
            Ok(json_path) => subject.find(&Query::of(before, query.place.clone(), json_path)),
            Err(_) => continue,
        };
        if found.is_empty() {
            continue;
        }
        let nodes: Vec<&Node> = found.iter().filter_map(|path| subject.node(path)).collect();
        let end = segment.start + segment_length(&query.text[segment.start..]);
        let written = query.text[segment.start..end].trim();
        return stopped(before, written, segment.step.as_ref(), &nodes);
    }
    "check the path from its start".to_owned()
}

/// `before` selects `nodes`, and `step` selects nothing in any of them.
fn stopped(before: &str, written: &str, step: Option<&Step>, nodes: &[&Node]) -> String {
    let kind = match nodes {
        [node] if !matches!(node.value, Value::Object(_) | Value::Array(_)) => node.kind(),
        _ => "",
    };
    if !kind.is_empty() {
        return format!("`{before}` is {kind}, which has no parts");
    }
    match step {
        Some(Step::Name(name)) => {
            let objects = nodes.iter().filter_map(|node| node.as_object());
            let keys: Vec<&str> = objects
                .flat_map(|object| object.keys())
                .map(String::as_str)
                .collect();
            let meant = match closest(name, keys.iter().copied()) {
                Some(close) => format!("; did you mean `{before}{}`?", as_written(close)),
                None if keys.is_empty() => "; it has no names at all".to_owned(),
                None if keys.len() <= 8 => format!("; it has `{}`", keys.join("`, `")),
                None => String::new(),
            };
            format!("`{before}` is there, but it has no `{name}`{meant}")
        }
        Some(Step::Index(_)) => {
            let items = nodes.iter().filter_map(|node| node.as_array());
            let longest = items.map(<[Node]>::len).max().unwrap_or(0);
            format!("`{before}` is there, but it has {longest} items, counted from 0")
        }
        None => format!("`{before}` is there, but `{written}` selects nothing in it"),
    }
}

/// A name as a segment of a JSONPath.
fn as_written(name: &str) -> String {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    if name.chars().all(plain) && name.starts_with(|first: char| !first.is_ascii_digit()) {
        format!(".{name}")
    } else {
        format!("['{}']", name.replace('\\', "\\\\").replace('\'', "\\'"))
    }
}

/// Why a text is no JSONPath, if it is none.
pub(in super::super) fn json_path_problem(text: &str) -> Option<String> {
    let problem = JsonPath::parse(text).err()?;
    Some(problem.to_string())
}
