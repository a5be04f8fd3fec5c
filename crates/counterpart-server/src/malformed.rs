//! Which of a body's mistakes it is: no JSON at all, or JSON of the wrong shape.

use counterpart_wire::DecodeError;
use serde::de::IgnoredAny;

use crate::rejection::Rejection;

/// Why a body was refused that could not be decoded.
#[cold]
pub(crate) fn refused(bytes: &[u8], error: DecodeError) -> Rejection {
    if is_json(bytes) {
        Rejection::BodyInvalid(error)
    } else {
        Rejection::BodyMalformed(error)
    }
}

fn is_json(bytes: &[u8]) -> bool {
    // What is ignored is checked neither to be UTF-8 nor for what its escapes stand for.
    let text = std::str::from_utf8(bytes);
    text.is_ok_and(|text| serde_json::from_str::<IgnoredAny>(text).is_ok() && is_paired(text))
}

/// Whether no escape is half of a surrogate pair, in a text that is JSON otherwise.
fn is_paired(text: &str) -> bool {
    let mut rest = text;
    while let Some((_, escape)) = rest.split_once('\\') {
        rest = match unit(escape) {
            Some((0xd800..0xdc00, behind)) => match behind.strip_prefix('\\').and_then(unit) {
                Some((0xdc00..0xe000, behind)) => behind,
                _ => return false,
            },
            Some((0xdc00..0xe000, _)) => return false,
            Some((_, behind)) => behind,
            // One character, which may be a backslash, and is ASCII.
            None => escape.get(1..).unwrap_or_default(),
        };
    }
    true
}

/// The number of an escape that begins with `u`, and what comes behind it.
fn unit(escape: &str) -> Option<(u32, &str)> {
    let (digits, behind) = escape.strip_prefix('u')?.split_at_checked(4)?;
    Some((u32::from_str_radix(digits, 16).ok()?, behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_what_is_no_json() {
        for json in [
            "{}",
            r#"{"a": "\ud83d\ude00 \u0041\\"}"#,
            r#""\\ud800""#,
            "1e999999",
        ] {
            assert!(is_json(json.as_bytes()), "{json}");
        }
        for text in [
            "{",
            r#""\ud800""#,
            r#""\ud800\u0041""#,
            r#""\ud800\n""#,
            r#"{"\udc00": 1}"#,
            r#""\\\udc00""#,
        ] {
            assert!(!is_json(text.as_bytes()), "{text}");
        }
        assert!(!is_json(b"\"\xff\""));
    }
}
