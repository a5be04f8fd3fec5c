//! The quick reader against `serde_json`.

use super::*;
use crate::content::Content;
use crate::drift::{DriftKind, Notes};
use crate::state::{self, Scope, State};
use crate::{MapAccess, Mode, Object, Reader, Tagged, Writer};
use proptest::prelude::*;
use serde::de::IgnoredAny;
use serde_json::Value;
use std::collections::BTreeMap;

/// Reads a text as a type, which both readers do alike, if this one does.
#[track_caller]
fn agree<T: for<'de> Deserialize<'de> + PartialEq + fmt::Debug>(text: &str) -> bool {
    let Ok(value) = read::<T>(text) else {
        return false;
    };
    assert_eq!(Some(value), serde_json::from_str(text).ok(), "{text}");
    true
}

#[derive(Debug, PartialEq, serde::Deserialize)]
enum Shape {
    Point,
    Circle(f64),
    Square { side: u8 },
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Pair {
    left: Option<Box<Pair>>,
    right: (u8, String),
}

#[derive(Debug, PartialEq, serde::Deserialize)]
struct Wrapper(i64);

#[test]
fn reads_every_kind_of_value() {
    for text in [
        "null",
        " true ",
        "false",
        "0",
        "-1",
        "7.25",
        "1e3",
        "-0",
        "-0.0",
        "18446744073709551615",
        "-9223372036854775808",
        "18446744073709551616",
        "123456789012345678",
        "\"\"",
        "\"plain, and longer than eight\"",
        r#""\"\\\/\b\f\n\r\t\u0041\u00e9\u20ac\ud83d\ude00 and more""#,
        "\"é€😀\u{7f}\"",
        "[]",
        "[1, [2,\t[ ]],\r\n{}]",
        r#"{"a": 1, "b\n": {"a": [null]}, "a": 2}"#,
    ] {
        assert!(agree::<Value>(text), "{text}");
        assert!(read::<IgnoredAny>(text).is_ok(), "{text}");
    }
}

#[test]
fn reads_every_kind_of_type() {
    assert!(agree::<Vec<Shape>>(
        r#"["Point", {"Circle": 1}, {"Square": {"side": 2}}, "P\u006fint"]"#
    ));
    assert!(agree::<Pair>(
        r#"{"right": [1, "a"], "left": {"left": null, "right": [2, "b"]}}"#
    ));
    assert!(agree::<Pair>(r#"[null, [1, "a"]]"#));
    assert!(agree::<Vec<Wrapper>>("[-1, 1]"));
    assert!(agree::<BTreeMap<String, Option<bool>>>(
        r#"{"a": null, "b": true}"#
    ));
    assert!(agree::<(f32, f64, u8, ())>("[1, 2.5, 255, null]"));
    assert!(agree::<(i64, i8)>("[-9223372036854775808, -128]"));
    assert!(agree::<char>("\"é\""));
}

#[test]
fn gives_up_on_what_is_no_json() {
    for text in [
        "",
        " ",
        "nul",
        "nulll",
        "tru",
        "truefalse",
        "01",
        "-",
        "1.",
        ".5",
        "1e",
        "1e+",
        "+1",
        "--1",
        "1e999",
        "\"",
        "\"a",
        "\"\\\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\\ud800\"",
        "\"\\ud800\\u0041\"",
        "\"\\udc00\"",
        "\"\n\"",
        "\"\u{1f}\"",
        "\"\\",
        "[",
        "[1",
        "[1,",
        "[1,]",
        "[,1]",
        "[1 2]",
        "[1}",
        "]",
        "{",
        "{\"a\"",
        "{\"a\":",
        "{\"a\":1",
        "{\"a\":1,",
        "{\"a\":1,}",
        "{,}",
        "{1:2}",
        "{\"a\" 1}",
        "{\"a\":1]",
        "1 2",
        "[] []",
        "\u{feff}[]",
    ] {
        assert!(serde_json::from_str::<Value>(text).is_err(), "{text:?}");
        assert!(read::<Value>(text).is_err(), "{text:?}");
        assert!(read::<IgnoredAny>(text).is_err(), "{text:?}");
    }
}

#[test]
fn gives_up_on_what_does_not_fit() {
    assert!(read::<u8>("256").is_err());
    assert!(read::<i64>("-0").is_err());
    assert!(read::<u64>("1.0").is_err());
    assert!(read::<String>("1").is_err());
    assert!(read::<bool>("null").is_err());
    assert!(read::<(u8, u8)>("[1, 2, 3]").is_err());
    assert!(read::<(u8, u8)>("[1]").is_err());
    assert!(read::<Vec<u8>>("{}").is_err());
    assert!(read::<BTreeMap<String, u8>>("[]").is_err());
    // Those are read by serde_json.
    assert!(read::<BTreeMap<u8, u8>>(r#"{"1": 1}"#).is_err());
    let deep = |levels| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(agree::<Value>(&deep(100)));
    assert!(read::<Value>(&deep(100_000)).is_err());
}

#[test]
fn lends_out_texts_of_the_input() {
    let texts: Vec<&str> = read(r#"["plain"]"#).unwrap();
    assert_eq!(texts, ["plain"]);
    let content: Content = read(r#"{"a": "\n"}"#).unwrap();
    assert_eq!(content.to_value(), serde_json::json!({"a": "\n"}));
}

/// A tree of unions, whose tags stand anywhere.
#[derive(Debug, PartialEq)]
enum Tree {
    Node(Node),
    Unknown(Value),
}

#[derive(Debug, PartialEq)]
struct Node {
    name: String,
    children: Vec<Tree>,
}

impl Object for Node {
    const NAME: &'static str = "Node";
    const FIELDS: &'static [&'static str] = &["type", "name", "children"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let (mut name, mut children) = (None, None);
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.constant("node"),
                1 => reader.value(&mut name),
                2 => reader.value(&mut children),
                _ => reader.skip(),
            }
        }
        reader.present(0);
        Some(Self {
            name: reader.required("name", name)?,
            children: reader.required("children", children)?,
        })
    }

    fn write<W: Writer>(&self, _: &mut W) {}
}

impl Tagged for Tree {
    const TAG: &'static str = "type";
    const TAGS: &'static [&'static str] = &["node"];

    fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self> {
        match tag {
            "node" => reader.object().map(Self::Node),
            _ => reader.unknown().map(Self::Unknown),
        }
    }
}

crate::object!(Node);
crate::tagged_union!(Tree);

#[test]
fn a_tag_is_found_wherever_it_stands() {
    let leaf = |name: &str| {
        let (name, children) = (name.to_owned(), vec![]);
        Tree::Node(Node { name, children })
    };
    let text = r#"{"name": "a\"}", "x": [{}, [1, {"y": null}]], "children": [
        {"type": "node", "name": "b", "children": []},
        {"name": "c", "type": "node", "children": [ ], "type": "node"},
        {"children": [], "z": {"type": "no"}, "name": "d", "type": "node"},
        {"a": 1, "type": "other", "b": 2},
        {"a": [1, "type"]}
    ], "w": -1.5e3, "type": "node"}"#;
    let scope = Scope::enter(State::reading(Mode::Lenient, Notes::kept()));
    state::read_quickly();
    let tree = read::<Tree>(text);
    let drifts = scope.leave().into_notes().into_drifts();
    let others = [r#"{"a":1,"type":"other","b":2}"#, r#"{"a":[1,"type"]}"#];
    let mut children = vec![leaf("b"), leaf("c"), leaf("d")];
    children.extend(others.map(|other| Tree::Unknown(serde_json::from_str(other).unwrap())));
    let name = "a\"}".to_owned();
    let expected = Tree::Node(Node { name, children });
    assert_eq!(tree.unwrap(), expected);
    let kinds: Vec<_> = drifts.iter().map(|drift| drift.kind).collect();
    let expected = [
        DriftKind::UnknownField,
        DriftKind::DuplicateField,
        DriftKind::UnknownField,
        DriftKind::UnknownTag,
        DriftKind::MissingTag,
        DriftKind::UnknownField,
    ];
    assert_eq!(kinds, expected);
}

/// A union of which one variant is told by a property.
#[derive(Debug, PartialEq)]
enum Told {
    Node(Node),
    Other(Value),
}

impl Tagged for Told {
    const TAG: &'static str = "type";
    const TAGS: &'static [&'static str] = &["node"];
    const TELLING: &'static [(&'static str, &'static str)] = &[("children", "node")];

    fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self> {
        match tag {
            "node" => reader.object().map(Self::Node),
            _ => reader.unknown().map(Self::Other),
        }
    }
}

crate::tagged_union!(Told);

#[test]
fn a_property_tells_the_tag_before_it_is_met() {
    let _scope = Scope::enter(State::reading(Mode::Lenient, Notes::kept()));
    state::read_quickly();
    let expected = Told::Node(Node {
        name: "a".to_owned(),
        children: vec![],
    });
    for text in [
        r#"{"name": "a", "children": [], "type": "node"}"#,
        r#"{"children": [ ], "name": "a", "type": "node"}"#,
        r#"{"x": 1, "children": [], "y": {}, "type": "node", "name": "a"}"#,
        r#"{"name": "a", "type": "node", "children": []}"#,
    ] {
        assert_eq!(read::<Told>(text).unwrap(), expected, "{text}");
        let list = read::<Vec<Told>>(&format!("[{text},{text}]")).unwrap();
        assert!(list.iter().all(|told| *told == expected), "{text}");
    }
}

#[test]
fn a_tag_that_was_told_wrong_is_left_to_the_other_reader() {
    for text in [
        r#"{"name": "a", "children": [], "type": "leaf"}"#,
        r#"{"name": "a", "children": []}"#,
        r#"{"name": "a", "children": [], "type": "leaf", "type": "node"}"#,
        r#"{"name": "a", "children": [], "type": 1}"#,
    ] {
        let _scope = Scope::enter(State::reading(Mode::Lenient, Notes::kept()));
        state::read_quickly();
        assert!(read::<Told>(text).is_err(), "{text}");
        let other = crate::json::decode::<Told>(text.as_bytes(), Mode::Lenient).unwrap();
        assert!(matches!(other, Told::Other(_)), "{text}: {other:?}");
    }
}

#[test]
fn a_special_byte_is_found_at_any_place() {
    for special in ["\"", "\\n", "\n", "\u{1f}"] {
        for before in 0..20 {
            let text = format!("\"{}{special}é{}\"", "~".repeat(before), "\u{7f}".repeat(9));
            let expected = serde_json::from_str::<String>(&text).ok();
            assert_eq!(read::<String>(&text).ok(), expected, "{text}");
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_read_alike_or_not_at_all(text in r#"[\[\]{}",:\\untrefals0-9.eE+ \n-]{0,24}"#) {
        agree::<Value>(&text);
        agree::<Vec<Option<i64>>>(&text);
        agree::<BTreeMap<String, Value>>(&text);
    }

    #[test]
    fn any_value_is_read(numbers: Vec<i64>, texts: BTreeMap<String, String>, flag: Option<bool>) {
        let value = serde_json::json!([numbers, texts, [flag]]);
        prop_assert!(agree::<Value>(&value.to_string()));
        let indented = format!("{value:#}");
        prop_assert!(agree::<Value>(&indented));
    }

    #[test]
    fn a_fraction_is_rounded_to_the_nearest(number: f64) {
        prop_assume!(number.is_finite());
        let text = serde_json::to_string(&number).unwrap();
        prop_assert_eq!(read::<f64>(&text).unwrap().to_bits(), number.to_bits());
    }
}
