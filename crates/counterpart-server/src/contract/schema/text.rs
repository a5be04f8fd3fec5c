//! Texts of a format, of a length and of a pattern.

use counterpart_wire::{Checker, Validate};
use regex_syntax::hir::{Class, Hir, HirKind};
use serde_json::Value;

use super::limits::broken;

/// A text that is as its schema says.
pub(super) fn of(schema: &Value) -> String {
    let own = ["example", "default"].iter();
    let own = own.filter_map(|key| schema[*key].as_str().map(str::to_owned));
    let formatted = schema["format"].as_str().and_then(formatted);
    let patterned = schema["pattern"].as_str().and_then(patterned);
    let candidates = own
        .chain(formatted.map(str::to_owned))
        .chain(patterned)
        .chain(["example".to_owned()]);
    let sized: Vec<String> = candidates.map(|text| sized(schema, text)).collect();
    let fits = |text: &&String| broken(schema, &Value::from(text.as_str())).is_none();
    let fitting = sized.iter().find(fits).or(sized.last());
    fitting.cloned().unwrap_or_default()
}

/// An example of a format that something is known of.
fn formatted(format: &str) -> Option<&'static str> {
    Some(match format {
        "date-time" => "2024-02-29T12:00:00Z",
        "date" => "2024-02-29",
        "uuid" => "123e4567-e89b-42d3-a456-426614174000",
        "uri" | "url" => "https://example.com/",
        "byte" => "YWJj",
        "email" => "somebody@example.com",
        _ => return None,
    })
}

/// The text, filled up or cut to the length that it may have.
fn sized(schema: &Value, text: String) -> String {
    let limit = |name: &str| usize::try_from(schema[name].as_u64()?).ok();
    let count = text.chars().count();
    let count = count.max(limit("minLength").unwrap_or(0));
    let count = count.min(limit("maxLength").unwrap_or(count));
    text.chars()
        .chain(std::iter::repeat('x'))
        .take(count)
        .collect()
}

/// The shortest text of a pattern, about: what may be repeated is there once.
fn patterned(pattern: &str) -> Option<String> {
    let mut text = String::new();
    write(&regex_syntax::parse(pattern).ok()?, &mut text);
    Some(text)
}

fn write(hir: &Hir, text: &mut String) {
    match hir.kind() {
        HirKind::Empty | HirKind::Look(_) => {}
        HirKind::Literal(literal) => text.push_str(&String::from_utf8_lossy(&literal.0)),
        HirKind::Class(Class::Unicode(class)) => {
            // A letter is easier to read than what a class begins with.
            let has = |wanted: &char| {
                let mut ranges = class.iter();
                ranges.any(|range| (range.start()..=range.end()).contains(wanted))
            };
            let first = class.iter().next().map(|range| range.start());
            text.extend(['a', 'A', '1'].into_iter().find(has).or(first));
        }
        HirKind::Class(Class::Bytes(_)) => text.push('a'),
        HirKind::Repetition(repetition) => {
            let least = repetition
                .min
                .max(1)
                .min(repetition.max.unwrap_or(u32::MAX));
            (0..least).for_each(|_| write(&repetition.sub, text));
        }
        HirKind::Capture(capture) => write(&capture.sub, text),
        HirKind::Concat(parts) => parts.iter().for_each(|part| write(part, text)),
        HirKind::Alternation(parts) => write(&parts[0], text),
    }
}

/// Whether a text is of a format; of one that nothing is known of, every text is.
pub(super) fn has_format(format: &str, text: &str) -> bool {
    Formatted(format, text.to_owned()).validate().is_ok()
}

/// A text and its format, checked as bodies are.
struct Formatted<'f>(&'f str, String);

impl Validate for Formatted<'_> {
    fn check(&self, checker: &mut Checker<'_>) {
        let spot = checker.value(&self.1);
        match self.0 {
            "date-time" => drop(spot.date_time()),
            "date" => drop(spot.date()),
            "uuid" => drop(spot.uuid()),
            "uri" => drop(spot.uri()),
            "byte" => drop(spot.base64()),
            _ => {}
        }
    }
}
