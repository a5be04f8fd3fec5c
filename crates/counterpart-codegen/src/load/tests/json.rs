//! JSON: values, places, and what is said about mistakes.

use super::{json, read};
use crate::load::build::MAX_DEPTH;

#[test]
fn values() {
    let text = r#" {"a": [1, -2.5, 1e3, 18446744073709551615, true, false, null, "x"],
        "b": {}, "c": [], "d": ""} "#;
    let expected =
        r#"{"a":[1,-2.5,1000.0,18446744073709551615,true,false,null,"x"],"b":{},"c":[],"d":""}"#;
    assert_eq!(json(text).json(), expected);
}

#[test]
fn a_scalar_may_be_the_root() {
    assert_eq!(json("42").json(), "42");
    assert_eq!(json("\"x\"").json(), "\"x\"");
}

#[test]
fn escapes() {
    let text = r#"["\"\\\/\b\f\n\r\t", "\u00e9\ud83d\ude00", "a\u0041b"]"#;
    let node = json(text).node.unwrap();
    let items = node.as_array().unwrap();
    assert_eq!(items[0].as_str(), Some("\"\\/\u{8}\u{c}\n\r\t"));
    assert_eq!(items[1].as_str(), Some("é😀"));
    assert_eq!(items[2].as_str(), Some("aAb"));
}

#[test]
fn places_count_characters_and_every_kind_of_line() {
    let text = "{\n  \"é😀\": \"ü\", \"b\": [1,\r\n\t2,\r3]}";
    let node = json(text).node.unwrap();
    let members = node.as_object().unwrap();
    let at = |place: crate::load::tree::Location| (place.line, place.column);
    assert_eq!(at(node.at), (1, 1));
    assert_eq!(at(members["é😀"].key_at), (2, 3));
    assert_eq!(at(members["é😀"].node.at), (2, 9));
    assert_eq!(at(members["b"].key_at), (2, 14));
    let items = members["b"].node.as_array().unwrap();
    assert_eq!(at(items[0].at), (2, 20));
    assert_eq!(at(items[1].at), (3, 2));
    assert_eq!(at(items[2].at), (4, 1));
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(json("\u{feff}{\"a\": 1}").json(), r#"{"a":1}"#);
}

#[test]
fn mistakes_have_a_place() {
    let cases = [
        (
            "",
            "1:1 not valid JSON: a JSON value must stand here, but the text ends",
        ),
        (
            "{\"a\": 1,}",
            "1:8 not valid JSON: a comma before the closing bracket",
        ),
        (
            "[1,\n2,\n]",
            "2:2 not valid JSON: a comma before the closing bracket",
        ),
        ("[1 2]", "1:4 not valid JSON: a `,` or `]` must stand here"),
        (
            "{\"a\": 1 \"b\": 2}",
            "1:9 not valid JSON: a `,` or `}` must stand here",
        ),
        (
            "{\"a\": 1",
            "1:8 not valid JSON: a `,` or `}` must stand here, but the text ends",
        ),
        (
            "{\"a\" 1}",
            "1:6 not valid JSON: a `:` must stand between key and value",
        ),
        (
            "{'a': 1}",
            "1:2 not valid JSON: a key in double quotes must stand here",
        ),
        (
            "{a: 1}",
            "1:2 not valid JSON: a key in double quotes must stand here",
        ),
        (
            "{\"a\": 'x'}",
            "1:7 not valid JSON: a JSON value must stand here",
        ),
        (
            "{\"a\": x}",
            "1:7 not valid JSON: a JSON value must stand here",
        ),
        (
            "[truely]",
            "1:2 not valid JSON: a JSON value must stand here",
        ),
        (
            "[1] 2",
            "1:5 not valid JSON: the JSON value is complete, and this follows it",
        ),
        ("[01]", "1:2 not valid JSON: this is not a JSON number"),
        ("[1.]", "1:2 not valid JSON: this is not a JSON number"),
        ("[-]", "1:2 not valid JSON: this is not a JSON number"),
        ("[1e]", "1:2 not valid JSON: this is not a JSON number"),
        (
            "[\"a\n\"]",
            "1:2 not valid JSON: this text has no closing quote",
        ),
        ("[\"a", "1:2 not valid JSON: this text has no closing quote"),
        (
            "[\"\t\"]",
            "1:3 not valid JSON: the control character U+0009 stands in a text",
        ),
        (r#"["\x"]"#, "1:3 not valid JSON: JSON has no such escape"),
        (
            r#"["\ud800"]"#,
            "1:3 not valid JSON: this is not a Unicode character",
        ),
        (
            r#"["\u12"]"#,
            "1:3 not valid JSON: this is not a Unicode character",
        ),
        ("[,1]", "1:2 not valid JSON: a JSON value must stand here"),
        (
            "// x\n{}",
            "1:1 not valid JSON: a JSON value must stand here",
        ),
    ];
    for (text, expected) in cases {
        let outcome = json(text);
        assert_eq!(outcome.told(), [expected], "{text}");
        assert!(outcome.node.is_none(), "{text}");
    }
}

#[test]
fn help_names_the_likely_cause() {
    assert_eq!(
        json("{\"a\": None}").help(),
        "JSON has `true`, `false` and `null`"
    );
    assert_eq!(
        json("{\"a\": 'x'}").help(),
        "JSON texts stand in double quotes"
    );
    assert_eq!(json("{\"a\": // x\n1}").help(), "JSON has no comments");
    assert!(json("openapi: 3.0.3").help().contains(".yaml"));
}

#[test]
fn every_duplicate_key_is_told_with_both_places() {
    let outcome = json("{\"a\": {\"b\": 1,\n\"b\": 2, \"b\": 3}, \"a\": 4}");
    assert_eq!(
        outcome.told(),
        [
            "2:1 `b` is written twice in one object",
            "2:9 `b` is written twice in one object",
            "2:18 `a` is written twice in one object",
        ]
    );
    let first = &outcome.diags.items()[0];
    assert_eq!(first.place.as_ref().unwrap().pointer, "#/a/b");
    let (place, label) = first.related.as_ref().unwrap();
    assert_eq!((place.at.line, place.at.column), (1, 8));
    assert_eq!(label, "the first is here");
}

#[test]
fn a_number_out_of_range_is_told() {
    let outcome = json("{\"a\": [1e999]}");
    assert_eq!(
        outcome.told(),
        ["1:8 (warning) this number is out of range: the largest 64-bit float stands for it"]
    );
    let place = outcome.diags.items()[0].place.as_ref().unwrap();
    assert_eq!(place.pointer, "#/a/0");
}

#[test]
fn depth_has_a_bound_and_no_stack() {
    let fits = format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH));
    assert!(json(&fits).told().is_empty());
    let deep = "[".repeat(500_000);
    assert_eq!(
        json(&deep).told(),
        ["1:257 values nest deeper than 256 levels here"]
    );
    let deep = "{\"a\":".repeat(500_000);
    assert_eq!(
        json(&deep).told(),
        ["1:1281 values nest deeper than 256 levels here"]
    );
}

#[test]
fn the_number_of_values_has_a_bound() {
    let many = format!("[{}1]", "1,".repeat(2_100_000));
    let told = json(&many).told();
    assert!(told[0].contains("has over 2000000 values"), "{told:?}");
}

#[test]
fn json_in_a_yaml_file_is_read_as_json_first() {
    // A tab as indentation is nothing that YAML takes.
    assert_eq!(
        read("a.yaml", "{\n\t\"a\": {\n\t\t\"b\": 1\n\t}\n}").json(),
        r#"{"a":{"b":1}}"#
    );
    // What JSON does not take is left to YAML.
    assert_eq!(
        read("a.yml", "{a: 'x', b: [1,],}").json(),
        r#"{"a":"x","b":[1]}"#
    );
    assert_eq!(read("spec", "{\"a\": 1} # x").json(), r#"{"a":1}"#);
}

#[test]
fn of_two_formats_the_one_that_was_meant_is_explained() {
    let outcome = read("a.yaml", "{\"a\": 1,\n \"b\": 2\n \"c\": 3}");
    assert_eq!(
        outcome.told(),
        ["3:2 not valid JSON: a `,` or `}` must stand here"]
    );
}
