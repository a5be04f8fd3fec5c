//! What a reader gives, entry by entry, in every mode.

use super::*;
use crate::drift::Drift;
use crate::json::{self, DecodeError};
use crate::mode::{self, Mode};
use crate::trail;
use crate::writer::Writer;

/// One property of each kind. `REFUSES` says whether it rules unknown keys out.
#[derive(Debug, PartialEq, Default)]
struct Sample<const REFUSES: bool> {
    id: String,
    limit: Option<u8>,
}

impl<const REFUSES: bool> Object for Sample<REFUSES> {
    const NAME: &'static str = "Sample";
    const FIELDS: &'static [&'static str] = &["id", "object", "limit"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut id = None;
        let mut limit = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut id),
                1 => reader.constant("sample"),
                2 => reader.optional(&mut limit),
                _ if REFUSES => reader.refuse(),
                _ => reader.skip(),
            }
        }
        reader.present(1);
        Some(Self {
            id: reader.required("id", id)?,
            limit,
        })
    }

    fn write<W: Writer>(&self, _: &mut W) {}
}

crate::object!(Sample<true>, Sample<false>);

fn open(json: &str, mode: Mode) -> Result<(Sample<false>, Vec<Drift>), DecodeError> {
    json::decode_noting(json.as_bytes(), mode)
}

fn closed(json: &str, mode: Mode) -> Result<(Sample<true>, Vec<Drift>), DecodeError> {
    json::decode_noting(json.as_bytes(), mode)
}

/// What is tolerated and noted leniently, and refused with this error strictly, at the same place.
#[track_caller]
fn assert_drift(json: &str, (kind, value): (DriftKind, &str), (path, message): (&str, &str)) {
    for mode in [Mode::Lenient, Mode::Tolerant] {
        let (_, drifts) = closed(json, mode).unwrap();
        let (path, value) = (path.to_owned(), value.to_owned());
        let of = "Sample";
        assert_eq!(
            drifts,
            [Drift {
                path,
                kind,
                of,
                value
            }]
        );
    }

    for mode in [Mode::Valid, Mode::Strict] {
        let error = closed(json, mode).unwrap_err();
        assert_eq!(
            (error.path.as_str(), error.message.as_str()),
            (path, message)
        );
    }
}

#[test]
fn reads_keys_in_any_order() {
    let entries = [r#""id": "a""#, r#""object": "sample""#, r#""limit": 3"#];
    for order in [
        [0, 1, 2],
        [0, 2, 1],
        [1, 0, 2],
        [1, 2, 0],
        [2, 0, 1],
        [2, 1, 0],
    ] {
        let json = format!("{{{}}}", order.map(|index| entries[index]).join(", "));
        let (sample, drifts) = closed(&json, Mode::Strict).unwrap();
        assert_eq!((sample.id.as_str(), sample.limit), ("a", Some(3)), "{json}");
        assert_eq!(drifts, []);
    }
}

#[test]
fn a_missing_key_is_an_error_at_its_place() {
    for mode in [Mode::Tolerant, Mode::Strict] {
        let error = open(r#"{"object": "sample"}"#, mode).unwrap_err();
        assert_eq!(
            (error.path.as_str(), error.message.as_str()),
            ("id", "missing field `id`")
        );
    }
}

#[test]
fn a_repeated_key_counts_last_or_is_refused() {
    let json = r#"{"object": "sample", "id": "a", "id": "b"}"#;
    assert_eq!(open(json, Mode::Lenient).unwrap().0.id, "b");
    assert_drift(
        json,
        (DriftKind::DuplicateField, ""),
        ("id", "duplicate field `id`"),
    );
}

#[test]
fn an_unknown_key_is_passed_over_or_refused() {
    let json = r#"{"object": "sample", "id": "a", "spe\u0065d": {"x": [1]}}"#;
    let message = "unknown field `speed`, expected one of `id`, `object`, `limit`";
    let value = r#"{"x":[1]}"#;
    assert_drift(json, (DriftKind::UnknownField, value), ("speed", message));
    // An open object refuses none but in strict mode.
    let (sample, drifts) = open(json, Mode::Valid).unwrap();
    assert_eq!((sample.id.as_str(), drifts.len()), ("a", 1));
    let error = open(json, Mode::Strict).unwrap_err();
    assert_eq!(
        (error.path.as_str(), error.message.as_str()),
        ("speed", message)
    );
}

#[test]
fn another_constant_is_tolerated_or_refused() {
    let json = r#"{"id": "a", "object": "Sample"}"#;
    let message = r#"invalid value: string "Sample", expected "sample""#;
    assert_drift(
        json,
        (DriftKind::OtherConstant, r#""Sample""#),
        ("object", message),
    );

    let json = r#"{"id": "a", "object": {"x": {}}}"#;
    let message = r#"invalid value: map, expected "sample""#;
    assert_drift(
        json,
        (DriftKind::OtherConstant, r#"{"x":{}}"#),
        ("object", message),
    );
}

#[test]
fn a_missing_constant_is_tolerated_or_refused() {
    let json = r#"{"id": "a"}"#;
    assert_drift(
        json,
        (DriftKind::MissingConstant, ""),
        ("object", "missing field `object`"),
    );
}

#[test]
fn null_for_an_optional_property_is_tolerated_or_refused() {
    let json = r#"{"id": "a", "object": "sample", "limit": null}"#;
    let message = "invalid type: null, expected a value or nothing at all";
    assert_drift(json, (DriftKind::Null, "null"), ("limit", message));
}

#[test]
fn null_for_a_required_property_is_an_error() {
    let error = open(r#"{"id": null, "object": "sample"}"#, Mode::Tolerant).unwrap_err();
    assert_eq!(
        error.to_string(),
        "id: invalid type: null, expected a string at line 1 column 11"
    );
}

#[test]
fn outside_a_scope_reading_is_lenient() {
    let json = r#"{"id": "a", "object": 1, "limit": null, "new": 1}"#;
    assert!(serde_json::from_str::<Sample<true>>(json).is_ok());
}

#[test]
fn what_is_no_object_is_an_error() {
    for json in ["null", "[]", "\"a\"", "1"] {
        let error = open(json, Mode::Lenient).unwrap_err();
        assert!(
            error.message.ends_with("expected an object (Sample)"),
            "{error}"
        );
    }
}

#[test]
fn extra_entries_keep_their_order_and_are_told_when_repeated() {
    fn read(json: &str) -> Result<IndexMap<String, u8>, serde_json::Error> {
        let map: IndexMap<String, Value> = serde_json::from_str(json)?;
        let entries = serde::de::value::MapDeserializer::new(map.into_iter());
        let mut reader = Reader::new("Sample", entries);
        let mut extra = IndexMap::new();
        while let Some(field) = reader.next(&["id"]) {
            assert_eq!(field, 1, "the key is none of the fields");
            reader.extra(&mut extra);
        }
        reader.finish(Some(extra))
    }
    let extra = read(r#"{"z": 1, "a": 2}"#).unwrap();
    assert_eq!(
        extra.into_iter().collect::<Vec<_>>(),
        [("z".to_owned(), 1), ("a".to_owned(), 2)]
    );
    assert!(read(r#"{"z": "1"}"#).is_err());

    let entries = [("a", 1), ("a", 2)].into_iter();
    let entries = serde::de::value::MapDeserializer::<_, serde_json::Error>::new(entries);
    let mut reader = Reader::new("Sample", entries);
    let mut extra = IndexMap::<String, u8>::new();
    mode::scope(Mode::Strict, || {
        assert!(reader.next(&[]).is_some());
        reader.extra(&mut extra);
        assert!(reader.next(&[]).is_some());
        reader.extra(&mut extra);
        assert_eq!(reader.next(&[]), None);
        let error = reader.finish(Some(())).unwrap_err().to_string();
        assert_eq!(error, "duplicate field `a`");
        let steps = state::take_trail().steps_for(&error).unwrap();
        assert_eq!(trail::path(&steps), "a");
    });
}

#[test]
fn what_comes_after_an_error_is_not_looked_at() {
    // The first of several mistakes counts, and what is missing because of it is none of its own.
    let json = r#"{"object": "other", "limit": "many", "object": 1}"#;
    let error = open(json, Mode::Strict).unwrap_err();
    assert_eq!(error.path, "object");
    let error = open(json, Mode::Tolerant).unwrap_err();
    assert_eq!(error.path, "limit");
}
