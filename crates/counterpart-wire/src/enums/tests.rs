//! What open enums keep, convert and refuse.

use super::samples::{Code, Colour};
use super::*;
use crate::json;
use crate::mode::Mode;

#[test]
fn a_text_goes_through_every_conversion() {
    for colour in <Colour as OpenEnum>::ALL {
        assert!(!OpenEnum::is_unknown(colour));
        let text = colour.to_string();
        assert_eq!(Colour::from(text.clone()), *colour);
        assert_eq!(text.parse(), Ok(colour.clone()));
        assert_eq!(colour.as_ref(), text);
    }
    let unknown = Colour::from("");
    assert!(OpenEnum::is_unknown(&unknown));
    assert_eq!(format!("{:>3}|{:<5}|", unknown, Colour::Red), "   |red  |");
}

#[test]
fn unlisted_values_round_trip() {
    let colours: Vec<Colour> = serde_json::from_str(r#"["dark_green", "\u0062lue"]"#).unwrap();
    assert_eq!(
        colours,
        [Colour::DarkGreen, Colour::Unknown("blue".to_owned())]
    );
    assert_eq!(
        serde_json::to_string(&colours).unwrap(),
        r#"["dark_green","blue"]"#
    );

    let codes: Vec<Code> = serde_json::from_str("[1, -7]").unwrap();
    assert_eq!(codes, [Code::Bad, Code::Unknown(-7)]);
    assert_eq!(serde_json::to_string(&codes).unwrap(), "[1,-7]");
    assert_eq!(format!("{:03}", codes[1]), "-07");
}

#[test]
fn strict_mode_lists_what_there_is() {
    let message = |result: Result<Colour, json::DecodeError>| result.unwrap_err().message;
    let strict = json::decode::<Colour>(b"\"blue\"", Mode::Strict);
    assert_eq!(
        message(strict),
        r#"unknown value "blue", expected "red" or "dark_green""#
    );
    let error = json::decode::<Code>(b"2", Mode::Strict).unwrap_err();
    assert_eq!(error.message, "unknown value 2, expected 0 or 1");
    assert_eq!(json::decode(b"1", Mode::Strict), Ok(Code::Bad));
}

#[test]
fn another_type_is_an_error_in_any_mode() {
    for json in ["null", "1", "[]", "{}"] {
        let error = json::decode::<Colour>(json.as_bytes(), Mode::Lenient).unwrap_err();
        assert!(
            error.message.ends_with("expected a string (Colour)"),
            "{error}"
        );
    }
    for json in ["null", "\"1\"", "18446744073709551615", "1.5"] {
        let error = json::decode::<Code>(json.as_bytes(), Mode::Lenient).unwrap_err();
        assert!(
            error.message.ends_with("expected a whole number (Code)"),
            "{error}"
        );
    }
}

#[test]
fn lists_read_as_words() {
    let list = |items: &[&str]| one_of(items.iter().map(|item| item.to_string()));
    assert_eq!(list(&[]), "nothing");
    assert_eq!(list(&["a"]), "a");
    assert_eq!(list(&["a", "b", "c"]), "a, b or c");
}
