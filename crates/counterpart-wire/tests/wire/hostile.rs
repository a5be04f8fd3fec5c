//! Input that is made to hurt.

use crate::types::{Group, Part, Run, Shape, Tool};
use counterpart_wire::{Attempt, InOrder, IndexMap, Mode, Value, in_order_union, json};
use std::fmt::Write;

#[test]
fn nesting_is_bounded_by_the_format() {
    let nested =
        |depth: usize, open: &str, close: &str| open.repeat(depth) + "1" + &close.repeat(depth);
    for (open, close) in [
        (r#"{"below":["#, r#"],"type":"image","url":""}"#),
        (r#"{"type":"image","url":"","below":["#, "]}"),
    ] {
        let json = format!(
            r#"{{"id":"a","status":"queued","tools":[],"content":[{}]}}"#,
            nested(1_000, open, close)
        );
        let error = json::decode::<Run>(json.as_bytes(), Mode::Lenient).unwrap_err();
        assert!(
            error.message.contains("recursion limit exceeded"),
            "{error}"
        );
    }
}

/// A union that contains itself in two ways, so that every level doubles the attempts of the next.
#[derive(Debug, PartialEq)]
enum Tree {
    Left(IndexMap<String, Tree>),
    Right(IndexMap<String, Tree>),
    Unknown(Value),
}

impl InOrder for Tree {
    fn read(value: &mut Attempt) -> Option<Self> {
        value
            .fits("Left")
            .map(Self::Left)
            .or_else(|| value.fits("Right").map(Self::Right))
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

in_order_union!(Tree);

#[test]
fn a_union_inside_itself_costs_no_more_than_its_size_allows() {
    // Without a bound, two to the power of a hundred readings.
    let json = r#"{"a":"#.repeat(100) + "1" + &"}".repeat(100);
    let error = json::decode::<Tree>(json.as_bytes(), Mode::Strict).unwrap_err();
    assert!(error.message.contains("too many variants"), "{error}");
    assert!(error.message.len() < 1_000);
    let tree = json::decode::<Tree>(json.as_bytes(), Mode::Lenient).unwrap();
    assert_eq!(tree, Tree::Unknown(serde_json::from_str(&json).unwrap()));
    // The next value has a budget of its own.
    let tree = json::decode::<Tree>(br#"{"a": {}}"#, Mode::Strict).unwrap();
    let inner = Tree::Left(IndexMap::new());
    assert_eq!(tree, Tree::Left(IndexMap::from([("a".to_owned(), inner)])));
}

#[test]
fn honest_nesting_is_read_whatever_it_costs() {
    let json = r#"{"shapes":["#.repeat(30) + r#"{"size":1,"kind":"square"}"# + &"]}".repeat(30);
    let mut shape: Shape = json::decode(json.as_bytes(), Mode::Strict).unwrap();
    let mut depth = 0;
    while let Shape::Group(Group { mut shapes }) = shape {
        shape = shapes.remove(0);
        depth += 1;
    }
    assert_eq!(depth, 30);
    assert!(matches!(shape, Shape::Square(_)));
}

#[test]
fn nesting_up_to_the_format_s_bound_fits_the_stack() {
    for (open, close) in [
        (r#"{"below":["#, r#"],"type":"image","url":""}"#),
        (r#"{"type":"image","url":"","below":["#, "]}"),
    ] {
        let json = open.repeat(63) + &close.repeat(63);
        assert!(json::decode::<Part>(json.as_bytes(), Mode::Strict).is_ok());
    }
    let json = r#"{"shapes":["#.repeat(63) + &"]}".repeat(63);
    assert!(json::decode::<Shape>(json.as_bytes(), Mode::Strict).is_ok());
}

#[test]
fn any_number_of_keys_before_the_tag_is_kept() {
    let mut json = String::from("{");
    for number in 0..10_000 {
        // Writing to a string cannot fail.
        let _ = write!(json, "\"k{number}\":{number},");
    }
    json += r#""type":"new"}"#;
    let tool: Tool = serde_json::from_str(&json).unwrap();
    assert_eq!(json::encode(&tool).unwrap(), json);
}

#[test]
fn notes_are_bounded() {
    let json = format!("[{}]", [r#"{"type":"x","y":1}"#; 5].join(","));
    let (_, drifts) = json::decode_noting::<Vec<Tool>>(json.as_bytes(), Mode::Lenient).unwrap();
    assert_eq!(drifts.len(), 1, "the same thing is noted once");
    let tools: Vec<String> = (0..500)
        .map(|number| format!(r#"{{"type":"x{number}"}}"#))
        .collect();
    let json = format!("[{}]", tools.join(","));
    let (_, drifts) = json::decode_noting::<Vec<Tool>>(json.as_bytes(), Mode::Lenient).unwrap();
    assert_eq!(drifts.len(), 100);
}
