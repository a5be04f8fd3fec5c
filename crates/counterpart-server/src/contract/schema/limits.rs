//! Limits of numbers, texts, lists and objects, and numbers within them.

use regex::Regex;
use serde_json::{Value, json};

use super::text::has_format;

/// The limit that a value breaks.
pub(super) fn broken(schema: &Value, value: &Value) -> Option<String> {
    match value {
        Value::Number(number) => number.as_f64().and_then(|number| of_number(schema, number)),
        Value::String(text) => of_text(schema, text),
        Value::Array(items) => {
            let repeats = |(at, item)| items[..at].contains(item);
            let unique = schema["uniqueItems"] == true;
            match unique && items.iter().enumerate().any(repeats) {
                true => Some("items repeat".to_owned()),
                false => of_count(schema, "minItems", "maxItems", items.len()),
            }
        }
        Value::Object(members) => of_count(schema, "minProperties", "maxProperties", members.len()),
        Value::Null | Value::Bool(_) => None,
    }
}

fn of_number(schema: &Value, number: f64) -> Option<String> {
    let limit = |name: &str| schema[name].as_f64();
    // In OpenAPI 3.0 these are no limits, but say of the others that they are not part of it.
    let excludes = |name: &str| schema[name] == true;
    let below = limit("minimum").is_some_and(|least| match excludes("exclusiveMinimum") {
        true => number <= least,
        false => number < least,
    });
    let above = limit("maximum").is_some_and(|most| match excludes("exclusiveMaximum") {
        true => number >= most,
        false => number > most,
    });
    let below = below || limit("exclusiveMinimum").is_some_and(|least| number <= least);
    let above = above || limit("exclusiveMaximum").is_some_and(|most| number >= most);
    let uneven = limit("multipleOf").is_some_and(|unit| {
        let times = number / unit;
        unit > 0.0 && (times - times.round()).abs() > 1e-9
    });
    let what = match (below, above, uneven) {
        (true, ..) => "is below its minimum",
        (_, true, _) => "is above its maximum",
        (_, _, true) => "is no multiple of what it must be",
        _ => return None,
    };
    Some(format!("{number} {what}"))
}

fn of_text(schema: &Value, text: &str) -> Option<String> {
    if let Some(problem) = of_count(schema, "minLength", "maxLength", text.chars().count()) {
        return Some(problem);
    }
    let pattern = schema["pattern"].as_str();
    // What is a pattern in JavaScript alone is not looked at.
    let pattern = pattern.and_then(|pattern| Regex::new(pattern).ok());
    if let Some(pattern) = pattern.filter(|pattern| !pattern.is_match(text)) {
        return Some(format!("{text:?} does not match {pattern}"));
    }
    let format = schema["format"].as_str()?;
    (!has_format(format, text)).then(|| format!("{text:?} is no {format}"))
}

fn of_count(schema: &Value, least: &str, most: &str, count: usize) -> Option<String> {
    let limit = |name: &str| usize::try_from(schema[name].as_u64()?).ok();
    if limit(least).is_some_and(|limit| count < limit) {
        return Some(format!("{count} is less than its {least}"));
    }
    limit(most)
        .is_some_and(|limit| count > limit)
        .then(|| format!("{count} is more than its {most}"))
}

/// A number within the limits: the document's own, one of the usual ones, or one that is near a limit.
pub(super) fn number(schema: &Value, usual: &[Value]) -> Value {
    let limits = ["minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"];
    let limits = limits.iter().map(|name| &schema[*name]);
    let near = limits.filter(|limit| limit.is_number()).flat_map(|limit| {
        let shifted = |by: i64| match limit.as_i64() {
            Some(whole) => json!(whole.saturating_add(by)),
            None => json!(limit.as_f64().unwrap_or_default() + by as f64),
        };
        [shifted(0), shifted(1), shifted(-1)]
    });
    let own = [
        &schema["example"],
        &schema["default"],
        &schema["multipleOf"],
    ];
    let own = own.into_iter().filter(|value| value.is_number()).cloned();
    let mut all = own.chain(usual.iter().cloned()).chain(near);
    let whole = schema["type"] == "integer";
    let fits = |value: &Value| {
        (!whole || value.is_i64() || value.is_u64()) && broken(schema, value).is_none()
    };
    all.find(fits).unwrap_or_else(|| usual[0].clone())
}
