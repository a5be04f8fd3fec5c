//! Unions told apart by a tag: wherever it stands, and whatever it is.

use crate::types::{Cat, Dog, FunctionTool, Pet, RunLastError, Tool};
use counterpart_wire::{MapAccess, Mode, Reader, Tagged, Value, json, tagged_union};
use serde::Deserialize;
use serde_json::json;

fn tool(json: &str) -> Tool {
    json::decode(json.as_bytes(), Mode::Valid).unwrap()
}

const FUNCTION: &str = r#"{"type":"function","function":{"name":"a\nb","parameters":{"c":[1]}}}"#;

#[test]
fn the_tag_may_stand_anywhere() {
    let first = tool(FUNCTION);
    assert!(matches!(&first, Tool::Function(FunctionTool { function }) if function.name == "a\nb"));
    let function = r#""function": {"name": "a\u000ab", "parameters": {"c": [1]}}"#;
    for json in [
        format!(r#"{{"type": "function", {function}, "x": 0}}"#),
        format!(r#"{{"x": {{"y": null}}, "type": "function", {function}}}"#),
        format!(r#"{{"x": [true], {function}, "type": "function"}}"#),
        format!(r#"{{{function}, "t\u0079pe": "functio\u006e", "x": "é"}}"#),
    ] {
        assert_eq!(tool(&json), first, "{json}");
        // Without borrowing, and from a value that is in memory already.
        assert_eq!(
            serde_json::from_reader::<_, Tool>(json.as_bytes()).unwrap(),
            first
        );
        let value: Value = serde_json::from_str(&json).unwrap();
        assert_eq!(Tool::deserialize(&value).unwrap(), first);
    }
    assert_eq!(json::encode(&first).unwrap(), FUNCTION);
}

#[test]
fn an_unlisted_tag_keeps_the_whole_value() {
    let json = r#"{"z":[1,{"y":null}],"type":"browser","a":{"c":1,"b":2.5}}"#;
    let tool: Tool = serde_json::from_str(json).unwrap();
    assert!(matches!(&tool, Tool::Unknown(value) if value["type"] == "browser"));
    assert_eq!(json::encode(&tool).unwrap(), json);
    for json in [
        json,
        r#"{"type":"browser","a":1}"#,
        r#"{"a":1,"b":2,"type":"browser"}"#,
    ] {
        let tool: Tool = json::decode(json.as_bytes(), Mode::Lenient).unwrap();
        assert_eq!(json::encode(&tool).unwrap(), json);
    }
}

#[test]
fn a_missing_tag_keeps_the_whole_value() {
    for json in ["{}", r#"{"z":1,"a":[2]}"#] {
        let tool: Tool = serde_json::from_str(json).unwrap();
        assert!(matches!(tool, Tool::Unknown(_)));
        assert_eq!(json::encode(&tool).unwrap(), json);
        let tool: Tool = json::decode(json.as_bytes(), Mode::Lenient).unwrap();
        assert_eq!(json::encode(&tool).unwrap(), json);
    }
}

#[test]
fn strict_mode_refuses_both() {
    let error = |json: &str| json::decode::<Tool>(json.as_bytes(), Mode::Strict).unwrap_err();
    let unlisted = error(r#"{"a": 1, "type": "browser", "b": 2}"#);
    assert_eq!(
        unlisted.message,
        r#"unknown value "browser", expected "code_interpreter" or "function""#
    );
    assert_eq!((unlisted.path.as_str(), unlisted.column), ("type", 26));
    let missing = error(r#"{"a": 1}"#);
    assert_eq!(
        (missing.path.as_str(), missing.message.as_str()),
        ("type", "missing field `type`")
    );
}

#[test]
fn a_tag_that_is_no_text_is_an_error_unless_it_reads_as_one() {
    for json in [
        r#"{"type": null}"#,
        r#"{"type": [1], "a": 2}"#,
        r#"{"type": {}}"#,
        r#"{"type": 0.5}"#,
    ] {
        let error = json::decode::<Tool>(json.as_bytes(), Mode::Tolerant).unwrap_err();
        assert_eq!(error.path, "type", "{json}");
        assert!(error.message.ends_with("expected a string"), "{error}");
    }
    let numbered: Tool = serde_json::from_str(r#"{"type": 7}"#).unwrap();
    assert_eq!(numbered, Tool::Unknown(json!({"type": 7})));
}

#[test]
fn what_is_no_object_is_an_error() {
    for json in ["null", "1", "\"function\"", "[]"] {
        let error = json::decode::<Tool>(json.as_bytes(), Mode::Lenient).unwrap_err();
        assert!(
            error
                .message
                .ends_with("expected an object with `type` (Tool)"),
            "{error}"
        );
    }
}

#[test]
fn a_repeated_tag_does_not_change_the_variant() {
    let json = r#"{"type": "function", "function": {"name": "a"}, "type": "code_interpreter"}"#;
    assert!(matches!(serde_json::from_str(json), Ok(Tool::Function(_))));
    let error = json::decode::<Tool>(json.as_bytes(), Mode::Strict).unwrap_err();
    assert_eq!(
        (error.path.as_str(), error.message.as_str()),
        ("type", "duplicate field `type`")
    );
}

#[test]
fn a_tag_that_the_variant_does_not_hold_is_written_once() {
    let cat = |pet_type: &str| Cat {
        pet_type: pet_type.to_owned(),
        lives: 9,
    };
    // The tag decides what is written, whatever the property says.
    for pet_type in ["cat", "lion"] {
        let json = json::encode(&Pet::Cat(cat(pet_type))).unwrap();
        assert_eq!(json, r#"{"pet_type":"cat","lives":9}"#);
        assert_eq!(json::decode(&json, Mode::Strict), Ok(Pet::Cat(cat("cat"))));
    }
    let dog = Pet::Dog(Dog {
        name: "Rex".to_owned(),
    });
    let json = json::encode(&dog).unwrap();
    assert_eq!(json, r#"{"pet_type":"dog","name":"Rex"}"#);
    assert_eq!(json::decode(&json, Mode::Strict), Ok(dog.clone()));
    assert_eq!(
        serde_json::from_str::<Pet>(r#"{"name":"Rex","pet_type":"dog"}"#).unwrap(),
        dog
    );
}

#[test]
fn a_variant_that_rules_out_other_properties_does_not_rule_out_the_tag() {
    /// What became of a run; neither variant knows of the tag.
    #[derive(Debug, PartialEq)]
    enum Outcome {
        Failed(RunLastError),
        Unknown(Value),
    }

    impl Tagged for Outcome {
        const TAG: &'static str = "kind";
        const TAGS: &'static [&'static str] = &["failed"];

        fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self> {
            match tag {
                "failed" => reader.object().map(Self::Failed),
                _ => reader.unknown().map(Self::Unknown),
            }
        }
    }

    tagged_union!(Outcome);

    for mode in [Mode::Lenient, Mode::Strict] {
        let json = br#"{"code": 429, "kind": "failed", "message": ""}"#;
        let (outcome, drifts) = json::decode_noting::<Outcome>(json, mode).unwrap();
        assert!(matches!(outcome, Outcome::Failed(_)));
        assert_eq!(drifts, []);
    }
    let json = br#"{"kind": "failed", "code": 429, "message": "", "king": 1}"#;
    let error = json::decode::<Outcome>(json, Mode::Strict).unwrap_err();
    assert_eq!(error.path, "king");
}
