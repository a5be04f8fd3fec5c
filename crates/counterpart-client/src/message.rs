//! The words in an error body, whatever its schema: for messages to people, and for the retry policy.
//!
//! `{"error": {"message": "No such thread", "code": "not_found"}}` gives `No such thread` and `not_found`. Problem
//! details (RFC 9457), `{"error": "text"}`, `{"message": "text"}` and plain text are understood as well.

use serde_json::{Map, Value};

/// Longer messages are cut off.
const LONGEST: usize = 300;

/// What an error body says to a person.
pub(crate) fn message(body: &[u8]) -> Option<String> {
    match serde_json::from_slice::<Value>(body) {
        Ok(Value::Object(body)) => in_object(&body).map(shorten),
        Ok(Value::String(text)) => Some(shorten(&text)),
        Ok(_) => None,
        Err(_) => plain(body),
    }
}

/// The machine's words for an error: its `code` and `type`.
pub(crate) fn codes(body: &[u8]) -> Vec<String> {
    let Ok(Value::Object(body)) = serde_json::from_slice::<Value>(body) else {
        return Vec::new();
    };
    let error = body
        .get("error")
        .and_then(Value::as_object)
        .unwrap_or(&body);
    let codes = ["code", "type"]
        .iter()
        .filter_map(|key| error.get(*key)?.as_str());
    codes.map(str::to_owned).collect()
}

fn in_object(body: &Map<String, Value>) -> Option<&str> {
    match body.get("error") {
        Some(Value::String(text)) => return Some(text),
        Some(Value::Object(error)) => return in_object(error),
        _ => {}
    }
    ["message", "detail", "error_description", "title"]
        .iter()
        .find_map(|key| body.get(*key)?.as_str())
}

/// The first line of what is text and no markup.
fn plain(body: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(body);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty())?;
    if line.starts_with('<') {
        None
    } else {
        Some(shorten(line))
    }
}

/// On one line, without control characters, and not longer than anyone reads.
pub(crate) fn shorten(text: &str) -> String {
    let mut short = String::new();
    for (count, c) in text.trim().chars().enumerate() {
        if count == LONGEST {
            short.push('…');
            break;
        }
        short.push(if c.is_control() { ' ' } else { c });
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_are_found_wherever_apis_put_them() {
        for body in [
            r#"{"error": {"message": "No such thread", "code": null}}"#,
            r#"{"message": "No such thread", "type": "not_found"}"#,
            r#"{"error": "No such thread"}"#,
            r#"{"type": "about:blank", "title": "Not Found", "detail": "No such thread"}"#,
            r#""No such thread""#,
            "\n  No such thread\nat line 3",
        ] {
            assert_eq!(
                message(body.as_bytes()).as_deref(),
                Some("No such thread"),
                "{body}"
            );
        }
    }

    #[test]
    fn what_says_nothing_to_a_person_is_no_message() {
        for body in [
            "",
            "  ",
            "<!doctype html><title>502</title>",
            "{}",
            "[1]",
            r#"{"error": 3}"#,
        ] {
            assert_eq!(message(body.as_bytes()), None, "{body}");
        }
    }

    #[test]
    fn a_message_is_one_line_of_readable_length() {
        let message = message("a\tb".repeat(1000).as_bytes()).unwrap();

        assert!(message.starts_with("a ba b"));
        assert_eq!(message.chars().count(), LONGEST + 1);
    }
}
