//! The paths of errors, by hand and against `serde_path_to_error`, which keeps the path while it reads.

use super::*;
use crate::mode::{self, Mode};
use crate::state;
use crate::{
    Attempt, ByType, InOrder, IndexMap, JsonType, MapAccess, Object, Reader, Tagged, Value, Writer,
    json,
};
use proptest::prelude::*;
use serde::{Deserialize, Deserializer};
use serde_path_to_error::{Segment, Track};

/// An object with a property of each kind.
#[derive(Debug)]
struct Node;

impl Object for Node {
    const NAME: &'static str = "Node";
    const FIELDS: &'static [&'static str] = &[
        "kind", "name", "limit", "tags", "by name", "child", "part", "stop", "shape",
    ];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut name: Option<String> = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.constant("node"),
                1 => reader.value(&mut name),
                2 => {
                    reader.optional::<u8>(&mut None);
                }
                3 => {
                    reader.value::<Vec<String>>(&mut None);
                }
                4 => {
                    reader.value::<IndexMap<String, Node>>(&mut None);
                }
                5 => {
                    reader.value::<Option<Box<Node>>>(&mut None);
                }
                6 => {
                    reader.value::<Vec<Part>>(&mut None);
                }
                7 => {
                    reader.value::<Stop>(&mut None);
                }
                8 => {
                    reader.value::<Shape>(&mut None);
                }
                _ => reader.refuse(),
            }
        }
        reader.present(0);
        reader.required("name", name)?;
        Some(Self)
    }

    fn write<W: Writer>(&self, _: &mut W) {}
}

#[derive(Debug)]
struct Part;

impl Tagged for Part {
    const TAG: &'static str = "kind";
    const TAGS: &'static [&'static str] = &["node"];

    fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self> {
        match tag {
            "node" => reader.object::<Node>().map(|_| Self),
            _ => reader.unknown().map(|_| Self),
        }
    }
}

#[derive(Debug)]
struct Stop;

impl ByType for Stop {
    const TYPES: &'static [JsonType] = &[JsonType::String, JsonType::Array, JsonType::Object];

    fn read<'de, D: Deserializer<'de>>(kind: JsonType, value: D) -> Result<Self, D::Error> {
        match kind {
            JsonType::String => crate::constant(value, "never", Self, |_| Self),
            JsonType::Array => Vec::<Node>::deserialize(value).map(|_| Self),
            JsonType::Object => crate::tagged::<Part, _>(value).map(|_| Self),
            _ => Self::unknown(value).map(|_| Self),
        }
    }
}

#[derive(Debug)]
struct Shape;

impl InOrder for Shape {
    fn read(value: &mut Attempt) -> Option<Self> {
        value
            .fits::<Node>("Node")
            .or_else(|| value.fits("Other"))
            .map(|_| Self)
    }

    fn unknown(_: Value) -> Self {
        Self
    }
}

crate::object!(Node);
crate::tagged_union!(Part);
crate::by_type_union!(Stop);
crate::in_order_union!(Shape);

/// A value that fits, with something of everything.
fn sample() -> Value {
    serde_json::from_str(
        r#"{
            "kind": "node", "name": "a", "limit": 3, "tags": ["x", "y"],
            "by name": {"k": {"name": "b", "kind": "node", "child": {"kind": "node", "name": "c"}}, "": {"kind": "node", "name": "d"}},
            "part": [
                {"kind": "node", "name": "e", "tags": ["z"]},
                {"name": "f", "tags": ["v", "w"], "part": [{"name": "g", "kind": "node"}], "kind": "node", "limit": 1,
                 "child": {"kind": "node", "name": "h"}}
            ],
            "child": {
                "name": "i", "stop": [{"kind": "node", "name": "j"}, {"kind": "node", "name": "k"}], "kind": "node",
                "shape": {"kind": "node", "name": "l", "tags": []}
            },
            "stop": {"name": "m", "kind": "node", "stop": "never", "child": null},
            "shape": {"kind": "node", "name": "n", "shape": {"kind": "node", "name": "o"}}
        }"#,
    )
    .unwrap()
}

/// Something done to a value at one place in it.
#[derive(Debug, Clone)]
enum Change {
    Replace(Value),
    Remove,
    Rename(&'static str),
    Shuffle(u64),
}

fn change() -> impl Strategy<Value = Change> {
    const JSON: &[&str] = &[
        "null",
        "true",
        "-1",
        "300",
        "0.5",
        "\"\"",
        "\"node\"",
        "[]",
        "[1]",
        "[[1]]",
        "[{}]",
        "{}",
        r#"{"a":{}}"#,
    ];
    prop_oneof![
        prop::sample::select(JSON)
            .prop_map(|json| Change::Replace(serde_json::from_str(json).unwrap())),
        Just(Change::Remove),
        prop::sample::select(&["new", "kind", "na\u{e9} \"me\""][..]).prop_map(Change::Rename),
        any::<u64>().prop_map(Change::Shuffle),
    ]
}

/// Applies the change at the `at`th place, counted from the outside inwards, and says how many places there are.
fn apply(value: &mut Value, at: usize, change: &Change, counted: &mut usize) {
    if *counted == at {
        match (change, &mut *value) {
            (Change::Replace(other), value) => *value = other.clone(),
            (Change::Remove, Value::Object(map)) => drop(take_middle(map)),
            (Change::Rename(name), Value::Object(map)) => {
                if let Some((_, value)) = take_middle(map) {
                    map.insert((*name).to_owned(), value);
                }
            }
            (Change::Shuffle(seed), Value::Object(map)) => {
                let mut entries: Vec<_> = std::mem::take(map).into_iter().collect();
                let by = (*seed as usize) % entries.len().max(1);
                entries.rotate_left(by);
                map.extend(entries);
            }
            _ => {}
        }
        *counted += 1;
        return;
    }
    *counted += 1;
    match value {
        Value::Array(items) => items
            .iter_mut()
            .for_each(|item| apply(item, at, change, counted)),
        Value::Object(map) => map
            .values_mut()
            .for_each(|item| apply(item, at, change, counted)),
        _ => {}
    }
}

/// Takes the entry in the middle.
fn take_middle(map: &mut serde_json::Map<String, Value>) -> Option<(String, Value)> {
    let key = map.keys().nth(map.len() / 2)?.clone();
    map.shift_remove_entry(&key)
}

/// The path as `serde_path_to_error` sees it, and then what the trail says: no format can see into what was buffered.
fn expected(json: &str) -> Option<String> {
    mode::scope(Mode::Strict, || {
        let mut track = Track::new();
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let deserializer = serde_path_to_error::Deserializer::new(&mut deserializer, &mut track);
        let error = Node::deserialize(deserializer).err()?;
        let trail = state::take_trail().steps_for(&error.to_string());
        let mut steps: Vec<_> = track.path().iter().filter_map(convert).collect();
        steps.extend(trail.unwrap_or_default());
        Some(trail::path(&steps))
    })
}

fn convert(segment: &Segment) -> Option<Step> {
    match segment {
        Segment::Seq { index } => Some(Step::Index(*index)),
        Segment::Map { key } => Some(Step::Key(key.clone())),
        Segment::Enum { .. } | Segment::Unknown => None,
    }
}

fn actual(json: &str) -> Option<String> {
    json::decode::<Node>(json.as_bytes(), Mode::Strict)
        .err()
        .map(|error| error.path)
}

#[test]
fn the_sample_fits() {
    assert_eq!(actual(&sample().to_string()), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn agrees_with_the_path_kept_while_reading(
        changes in prop::collection::vec((0_usize..70, change()), 1..4),
        pretty in any::<bool>(),
    ) {
        let mut value = sample();
        for (at, change) in &changes {
            apply(&mut value, *at, change, &mut 0);
        }
        let json = if pretty { format!("{value:#}") } else { value.to_string() };
        prop_assert_eq!(actual(&json), expected(&json), "{}", json);
    }

    #[test]
    fn no_text_and_no_place_is_too_much(json in "[\\[\\]{}\",:\\\\a1\n ]{0,40}", line in 0_usize..5, column in 0_usize..50) {
        for trail in [None, Some(vec![Step::Index(7)])] {
            let marked = trail.is_some();
            let path = path(json.as_bytes(), line, column, trail);
            prop_assert_eq!(path.ends_with("[7]") || !marked, true);
        }
    }
}

#[test]
fn follows_the_text_through_strings_and_nesting() {
    let json = r#"{"a": [0, {"b": "}\"]"}, [[1, 2, {"c\n": nul"#;
    let at = |end: &str| {
        let column = json.find(end).unwrap() + end.len();
        path(json.as_bytes(), 1, column, None)
    };
    assert_eq!(at(r#"{"#), "");
    assert_eq!(at(r#"{"a"#), "", "a key that is not complete");
    assert_eq!(at(r#"{"a""#), "a");
    assert_eq!(at(r#"["#), "a[0]");
    assert_eq!(at(r#"[0, "#), "a[1]");
    assert_eq!(at(r#""}\"]"#), "a[1].b");
    assert_eq!(at(r#""}\"]"}"#), "a[1]");
    assert_eq!(at(r#"[[1"#), "a[2][0][0]");
    assert_eq!(at(r#"nul"#), r#"a[2][0][2]["c\n"]"#);
}

#[test]
fn counts_lines_as_serde_json_does() {
    let json = "{\n \"a\": [\n1,\n\n \"é\", 2]}";
    let error =
        json::decode::<IndexMap<String, Vec<u8>>>(json.as_bytes(), Mode::Tolerant).unwrap_err();
    assert_eq!((error.path.as_str(), error.line), ("a[1]", 5));
}
