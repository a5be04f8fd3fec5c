//! Deltas of values that the document does not list: merged by the conventions that listed ones follow, as far as the
//! values alone tell.

use super::merger::Merger;
use super::outcome::Why;
use serde_json::{Map, Value};

/// Properties that name something, and so are replaced; so are those that end in one of these after an underscore.
const NAMES: [&str; 8] = [
    "id", "name", "object", "role", "status", "type", "model", "url",
];

impl Merger<'_> {
    /// Merges the delta of a value of which nothing is known but that it is JSON.
    pub fn unlisted(&mut self, whole: &mut Value, delta: &Value) {
        if !merge(whole, delta) {
            self.leave_as(Why::OtherKind, delta);
        }
    }
}

/// The index of an item that is JSON.
pub(super) fn index(item: &Value) -> Option<i64> {
    item.get("index")?.as_i64()
}

/// Whether the delta found its place; inside an object or a list each part finds its own.
fn merge(whole: &mut Value, delta: &Value) -> bool {
    match (whole, delta) {
        (_, Value::Null) => true,
        (whole @ Value::Null, delta) => {
            *whole = delta.clone();
            true
        }
        (Value::String(whole), Value::String(delta)) => {
            whole.push_str(delta);
            true
        }
        (Value::Object(whole), Value::Object(delta)) => entries(whole, delta),
        (Value::Array(whole), Value::Array(delta)) => items(whole, delta),
        (whole @ (Value::Bool(_) | Value::Number(_)), Value::Bool(_) | Value::Number(_)) => {
            *whole = delta.clone();
            true
        }
        _ => false,
    }
}

fn entries(whole: &mut Map<String, Value>, delta: &Map<String, Value>) -> bool {
    let mut fits = true;
    for (key, delta) in delta {
        match whole.get_mut(key) {
            Some(Value::String(whole)) if is_name(key) && delta.is_string() => {
                if let Some(text) = delta.as_str().filter(|text| !text.is_empty()) {
                    text.clone_into(whole);
                }
            }
            Some(whole) => fits &= merge(whole, delta),
            None => {
                whole.insert(key.clone(), delta.clone());
            }
        }
    }
    fits
}

fn items(whole: &mut Vec<Value>, delta: &[Value]) -> bool {
    let mut fits = true;
    for delta in delta {
        fits &= item(whole, delta);
    }
    fits
}

/// Items that are JSON keep their index, so that it is known without a memory.
fn item(list: &mut Vec<Value>, delta: &Value) -> bool {
    let Some(index) = index(delta) else {
        list.push(delta.clone());
        return true;
    };
    let place = list
        .iter()
        .position(|item| self::index(item) >= Some(index));
    match place {
        Some(place) if self::index(&list[place]) == Some(index) => merge(&mut list[place], delta),
        place => {
            list.insert(place.unwrap_or(list.len()), delta.clone());
            true
        }
    }
}

fn is_name(key: &str) -> bool {
    let last = key.rsplit('_').next().unwrap_or(key);
    NAMES.contains(&last)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn merged(deltas: &[Value]) -> Value {
        let mut whole = Value::Null;
        for delta in deltas {
            assert!(merge(&mut whole, delta), "{delta}");
        }
        whole
    }

    #[test]
    fn texts_append_and_names_replace() {
        let deltas = [
            json!({"type": "audio", "file_id": "a", "transcript": "Hel", "seconds": 1}),
            json!({"type": "audio", "file_id": "b", "transcript": "lo", "seconds": 2, "done": true}),
            json!({"type": "audio", "file_id": "", "transcript": null}),
        ];
        let whole = json!({"type": "audio", "file_id": "b", "transcript": "Hello", "seconds": 2, "done": true});
        assert_eq!(merged(&deltas), whole);
    }

    #[test]
    fn items_find_their_index_and_others_are_new() {
        let deltas = [
            json!([{"index": 4, "text": "c"}, "x"]),
            json!([{"index": 0, "text": "a"}, "y"]),
            json!([{"index": 4, "text": "d"}]),
        ];
        let whole = json!([{"index": 0, "text": "a"}, {"index": 4, "text": "cd"}, "x", "y"]);
        assert_eq!(merged(&deltas), whole);
    }

    #[test]
    fn what_does_not_fit_is_told_and_changes_nothing() {
        let mut whole = json!({"a": "text", "b": [1]});
        assert!(!merge(&mut whole, &json!({"a": 1, "b": {"c": 2}})));
        assert_eq!(whole, json!({"a": "text", "b": [1]}));
    }
}
