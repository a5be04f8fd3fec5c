//! Unions told apart by JSON type.

use crate::types::{Cat, JsonObjectFormat, MessageContent, Part, ResponseFormat, TextPart};
use counterpart_wire::{DecodeError, Mode, json};
use serde::de::DeserializeOwned;
use serde_json::json;

fn strict<T: DeserializeOwned>(json: &str) -> Result<T, DecodeError> {
    json::decode(json.as_bytes(), Mode::Strict)
}

fn message<T: DeserializeOwned>(json: &str) -> String {
    strict::<T>(json).err().unwrap().message
}

fn text(text: &str) -> TextPart {
    TextPart {
        text: text.to_owned(),
    }
}

#[test]
fn each_type_has_its_variant() {
    let cat = Cat {
        pet_type: "cat".to_owned(),
        lives: 7,
    };
    let both = vec![Part::Text(text("a")), Part::Text(text("\"b\""))];
    for (json, expected) in [
        (r#""""#, MessageContent::Text(String::new())),
        (r#""a\nb""#, MessageContent::Text("a\nb".to_owned())),
        ("[]", MessageContent::Parts(Vec::new())),
        (
            r#"[{"type":"text","text":"a"},{"text":"\"b\"","type":"text"}]"#,
            MessageContent::Parts(both),
        ),
        (r#"{"lives":7,"pet_type":"cat"}"#, MessageContent::Cat(cat)),
        ("7", MessageContent::Count(7)),
        ("-7", MessageContent::Count(-7)),
    ] {
        assert_eq!(strict(json), Ok(expected.clone()), "{json}");
        assert_eq!(
            serde_json::from_reader::<_, MessageContent>(json.as_bytes()).unwrap(),
            expected
        );
        let written = json::encode(&expected).unwrap();
        assert_eq!(strict(std::str::from_utf8(&written).unwrap()), Ok(expected));
    }
}

#[test]
fn another_type_is_kept_or_refused() {
    for json in ["null", "true", "0.5"] {
        let content: MessageContent = serde_json::from_str(json).unwrap();
        assert!(matches!(content, MessageContent::Unknown(_)));
        assert_eq!(json::encode(&content).unwrap(), json);
    }
    assert_eq!(
        message::<MessageContent>("true"),
        "invalid type: boolean `true`, expected a string, an array, an object or an integer"
    );
    assert_eq!(
        message::<ResponseFormat>("[1, [2]]"),
        "invalid type: sequence, expected a string or an object"
    );
}

#[test]
fn a_constant_is_a_variant_and_other_texts_are_not() {
    assert_eq!(strict(r#""auto""#), Ok(ResponseFormat::Auto));
    assert_eq!(json::encode(&ResponseFormat::Auto).unwrap(), r#""auto""#);

    let other: ResponseFormat = serde_json::from_str(r#""none""#).unwrap();
    assert_eq!(other, ResponseFormat::Unknown(json!("none")));
    assert_eq!(json::encode(&other).unwrap(), r#""none""#);
    assert_eq!(
        message::<ResponseFormat>(r#""none""#),
        r#"invalid value: string "none", expected "auto""#
    );
}

#[test]
fn objects_may_be_told_apart_by_a_tag() {
    let json = r#"{"type":"json_object","version":2,"pretty":true,"scale":0.5}"#;
    let format = ResponseFormat::JsonObject(JsonObjectFormat {});
    assert_eq!(strict(json), Ok(format.clone()));
    assert_eq!(json::encode(&format).unwrap(), json);
    assert_eq!(
        strict(r#"{"text":"a","type":"text"}"#),
        Ok(ResponseFormat::Text(text("a")))
    );

    let json = r#"{"scale":1,"type":"xml"}"#;
    let unlisted: ResponseFormat = serde_json::from_str(json).unwrap();
    assert!(matches!(unlisted, ResponseFormat::Unknown(_)));
    assert_eq!(json::encode(&unlisted).unwrap(), json);
    assert_eq!(
        message::<ResponseFormat>(json),
        r#"unknown value "xml", expected "text" or "json_object""#
    );
}

#[test]
fn what_is_wrong_inside_a_variant_is_an_error() {
    let error = strict::<MessageContent>(r#"{"lives": "7", "pet_type": "cat"}"#).unwrap_err();
    assert_eq!(
        error.to_string(),
        "lives: invalid type: string \"7\", expected i32 at line 1 column 13"
    );
}
