//! What a document says of a value beside its words: its default and its limits, as a
//! sentence for the docs.

use serde_json::{Number, Value};

use crate::api::Bounds;

/// Sentences such as ``Defaults to `20`.`` and `At most 256 characters.`
pub(super) fn facts(default: Option<&Value>, bounds: &Bounds) -> Vec<String> {
    let mut facts = Vec::new();
    if let Some(default) = default.filter(|value| !value.is_null()).and_then(shown) {
        facts.push(format!("Defaults to `{default}`."));
    }
    facts.extend(range(bounds.minimum.as_ref(), bounds.maximum.as_ref()));
    facts.extend(count(bounds.min_length, bounds.max_length, "character"));
    facts.extend(count(bounds.min_items, bounds.max_items, "item"));
    facts.extend(count(bounds.min_properties, bounds.max_properties, "entry"));
    facts
}

/// A default as a person would write it, strings without quotes; `None` for what is too long
/// for a sentence, or no code span can hold.
fn shown(value: &Value) -> Option<String> {
    let text = match value {
        Value::String(text) if text.trim() == text && !text.is_empty() => text.clone(),
        other => other.to_string(),
    };
    let tidy = text.len() <= 60 && !text.contains('`') && !text.chars().any(char::is_control);
    tidy.then_some(text)
}

fn range(minimum: Option<&(Number, bool)>, maximum: Option<&(Number, bool)>) -> Option<String> {
    let exclusive = |limit: &(Number, bool)| if limit.1 { " (exclusive)" } else { "" };
    Some(match (minimum, maximum) {
        (Some(low), Some(high)) => format!(
            "From {}{} to {}{}.",
            low.0,
            exclusive(low),
            high.0,
            exclusive(high)
        ),
        (Some(low), None) if low.1 => format!("More than {}.", low.0),
        // An unsigned type says it already.
        (Some(low), None) if low.0.as_f64() == Some(0.0) => return None,
        (Some(low), None) => format!("At least {}.", low.0),
        (None, Some(high)) if high.1 => format!("Less than {}.", high.0),
        (None, Some(high)) => format!("At most {}.", high.0),
        (None, None) => return None,
    })
}

fn count(low: Option<u64>, high: Option<u64>, noun: &str) -> Option<String> {
    let plural = |count: u64| match (count, noun) {
        (1, noun) => noun.to_owned(),
        (_, "entry") => "entries".to_owned(),
        (_, noun) => format!("{noun}s"),
    };
    let low = low.filter(|count| *count > 0);
    Some(match (low, high) {
        (Some(low), Some(high)) if low == high => format!("Exactly {low} {}.", plural(low)),
        (Some(low), Some(high)) => format!("From {low} to {high} {}.", plural(high)),
        (Some(low), None) => format!("At least {low} {}.", plural(low)),
        (None, Some(high)) => format!("At most {high} {}.", plural(high)),
        (None, None) => return None,
    })
}
