//! `const`: one alone is a constant; alternatives that are nothing else are an enum.

use crate::load::tree::{Node, Value};

use super::{Change, Members, list};

/// What may stand beside `const` in the value of an enum.
const WORDS: [&str; 5] = ["const", "type", "title", "description", "deprecated"];

/// `const: null` is the type that has no other value.
pub(super) fn null(known: &Members) -> Option<Change> {
    let constant = &known.get("const")?.node;
    (constant.value == Value::Null).then(|| Change {
        gone: &["const", "enum", "type"],
        said: vec![("type", text("null", constant))],
    })
}

/// `oneOf: [{const: a, description: …}, {const: b}]` is an enum with words for its values.
pub(super) fn listed(known: &Members) -> Option<Change> {
    let taken = ["enum", "properties", "allOf", "discriminator"];
    if taken.iter().any(|key| known.contains_key(*key)) {
        return None;
    }
    let (gone, alternatives): (&[&str], _) = match (known.get("oneOf"), known.get("anyOf")) {
        (Some(list), None) => (&["oneOf"], &list.node),
        (None, Some(list)) => (&["anyOf"], &list.node),
        _ => return None,
    };
    let alternatives = alternatives.as_array()?;
    let values: Vec<Node> = alternatives.iter().map(value).collect::<Option<_>>()?;
    let choices = values.iter().filter(|value| value.value != Value::Null);
    let texts = choices.clone().all(|value| value.as_str().is_some());
    let whole = choices.clone().all(|value| value.to_json().is_i64());
    if choices.count() < 2 || !(texts || whole) {
        return None;
    }
    let at = alternatives.first()?.at;
    let mut said = vec![("enum", list(values, at))];
    let words: Vec<Node> = alternatives.iter().map(words).collect();
    let has_words = words.iter().any(|words| words.as_str() != Some(""));
    if has_words && !known.contains_key("x-enum-descriptions") {
        said.push(("x-enum-descriptions", list(words, at)));
    }
    Some(Change { gone, said })
}

/// The value of an alternative that is nothing but a constant, or nothing but `null`.
fn value(alternative: &Node) -> Option<Node> {
    let members = alternative.as_object()?;
    let plain = |key: &String| WORDS.contains(&key.as_str()) || key.starts_with("x-");
    if !members.keys().all(plain) {
        return None;
    }
    let is_null = alternative.get("type").and_then(Node::as_str) == Some("null");
    match alternative.get("const") {
        Some(value) => Some(value.clone()),
        None => is_null.then(|| Node {
            value: Value::Null,
            at: alternative.at,
        }),
    }
}

/// What an alternative says of itself.
fn words(alternative: &Node) -> Node {
    let words = alternative.get("description").or(alternative.get("title"));
    match words {
        Some(words) if words.as_str().is_some() => words.clone(),
        _ => text("", alternative),
    }
}

fn text(text: &str, node: &Node) -> Node {
    Node {
        value: Value::String(text.to_owned()),
        at: node.at,
    }
}
