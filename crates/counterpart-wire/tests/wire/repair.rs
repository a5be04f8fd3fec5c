//! What lenient decoding makes of values that do not fit.

use crate::types::{Group, ImagePart, Labels, MessageContent, Page, Part, Pet, ResponseFormat};
use crate::types::{Run, RunStatus, Shape, Tool};
use counterpart_wire::{
    DecodeError, Deserialize, DriftKind, IndexMap, Mode, Nullable, Value, json,
};
use serde::de::DeserializeOwned;
use serde_json::json;

/// The value as it is read leniently, and the notes on it.
#[track_caller]
fn read<T: DeserializeOwned>(json: &str) -> (T, Vec<String>) {
    let (value, drifts) = json::decode_noting(json.as_bytes(), Mode::Lenient).unwrap();
    (value, drifts.iter().map(ToString::to_string).collect())
}

fn fail<T: DeserializeOwned>(json: &str) -> DecodeError {
    json::decode::<T>(json.as_bytes(), Mode::Lenient)
        .err()
        .unwrap()
}

/// A run with this instead of `"status": "queued"`.
fn run_with(status: &str) -> String {
    format!(r#"{{"id": "run_1", "object": "thread.run", {status} "tools": []}}"#)
}

#[test]
fn what_is_missing_is_empty() {
    let (run, notes) = read::<Run>(r#"{"object": "thread.run", "temperature": 0.5}"#);
    assert_eq!(run.id, "");
    assert_eq!(run.status, RunStatus::Unknown(String::new()));
    assert_eq!(run.tools, []);
    assert_eq!(run.temperature, Some(0.5));
    assert_eq!(
        notes,
        [
            "id: missing field of Run, read as empty",
            "status: missing field of Run, read as empty",
            "tools: missing field of Run, read as empty",
        ]
    );
}

#[test]
fn what_is_null_or_of_another_type_is_empty() {
    for (status, found) in [
        (r#""status": null,"#, "null"),
        (r#""status": [1],"#, "sequence"),
        (r#""status": {"x": {}},"#, "map"),
    ] {
        let (run, notes) = read::<Run>(&run_with(status));
        assert_eq!(run.status, RunStatus::Unknown(String::new()));
        assert_eq!(run.id, "run_1");
        let note =
            format!("status: invalid type: {found}, expected a string (RunStatus); read as empty");
        assert_eq!(notes, [note]);
    }
}

#[test]
fn what_may_be_absent_is_absent_rather_than_empty() {
    let json = r#"{
        "id": "a", "object": "thread.run", "status": "queued", "tools": [],
        "last_error": "none", "temperature": "warm", "metadata": 3, "parent": []
    }"#;
    let (run, notes) = read::<Run>(json);
    assert_eq!((run.last_error, run.temperature), (None, None));
    assert_eq!((run.metadata, run.parent), (Nullable::Absent, None));
    assert_eq!(notes.len(), 4, "{notes:?}");
    assert_eq!(
        notes[1],
        r#"temperature: invalid type: string "warm", expected f64; read as empty"#
    );
}

#[test]
fn what_says_the_same_in_another_type_is_read() {
    let json = r#"{
        "id": 7, "object": "thread.run", "status": "queued", "tools": [], "temperature": "0.5",
        "last_error": {"code": "429", "message": true}
    }"#;
    let (run, notes) = read::<Run>(json);
    assert_eq!((run.id.as_str(), run.temperature), ("7", Some(0.5)));
    let error = run.last_error.unwrap();
    assert_eq!((error.code.as_i64(), error.message.as_str()), (429, "true"));
    assert_eq!(
        notes,
        [
            "id: 7 read as a string",
            r#"temperature: "0.5" read as a number"#,
            r#"last_error.code: "429" read as an integer"#,
            "last_error.message: true read as a string",
        ]
    );
}

#[test]
fn a_required_object_is_made_up_of_empty_ones() {
    for function in ["", r#", "function": null"#, r#", "function": "add""#] {
        let json = format!(r#"[{{"type": "function"{function}}}]"#);
        let (tools, notes) = read::<Vec<Tool>>(&json);
        assert!(matches!(&tools[0], Tool::Function(tool) if tool.function.name.is_empty()));
        // What is in a made-up object is no news.
        assert_eq!(notes.len(), 1, "{notes:?}");
        assert!(notes[0].starts_with("[0].function: "), "{notes:?}");
    }
}

#[test]
fn what_fits_no_variant_is_kept() {
    let json =
        r#"[null, "browser", {"type": null, "a": null}, {"type": [1]}, {"type": "function"}]"#;
    let (tools, notes) = read::<Vec<Tool>>(json);
    let unknown = |value: Value| Tool::Unknown(value);
    assert_eq!(tools[0], unknown(Value::Null));
    assert_eq!(tools[1], unknown(json!("browser")));
    assert_eq!(tools[2], unknown(json!({"type": null, "a": null})));
    assert_eq!(tools[3], unknown(json!({"type": [1]})));
    assert!(matches!(tools[4], Tool::Function(_)));
    assert_eq!(
        notes,
        [
            "[0]: no variant of Tool has the type of null",
            r#"[1]: no variant of Tool has the type of "browser""#,
            "[2]: no variant of Tool fits: invalid type: null, expected a string",
            "[3]: no variant of Tool fits: invalid type: sequence, expected a string",
            "[4].function: missing field of FunctionTool, read as empty",
        ]
    );
}

#[test]
fn what_does_not_fit_the_variant_of_its_type_is_kept() {
    // An integer that is too large for the variant, next to something to repair.
    let json = r#"[18446744073709551615, {"lives": 9}, ["x", {"type": "text"}], "text"]"#;
    let (contents, notes) = read::<Vec<MessageContent>>(json);
    assert_eq!(contents[0], MessageContent::Unknown(u64::MAX.into()));
    assert!(matches!(&contents[1], MessageContent::Cat(cat) if cat.lives == 9));
    let MessageContent::Parts(parts) = &contents[2] else {
        panic!("no parts")
    };
    assert_eq!(parts[0], Part::Unknown("x".into()));
    assert!(matches!(&parts[1], Part::Text(part) if part.text.is_empty()));
    assert_eq!(contents[3], MessageContent::Text("text".to_owned()));
    assert_eq!(notes.len(), 4, "{notes:?}");
    assert!(notes[0].starts_with("[0]: no variant of MessageContent fits: "));
}

#[test]
fn a_union_without_a_value_is_unknown() {
    /// Some unions, all required.
    #[derive(Debug, PartialEq)]
    struct Unions(Tool, ResponseFormat, Shape);

    impl counterpart_wire::Object for Unions {
        const NAME: &'static str = "Unions";
        const FIELDS: &'static [&'static str] = &["id", "tool", "format", "shape"];

        fn read<'de, A: counterpart_wire::MapAccess<'de>>(
            reader: &mut counterpart_wire::Reader<'de, A>,
        ) -> Option<Self> {
            let (mut tool, mut format, mut shape) = (None, None, None);
            while let Some(field) = reader.next(Self::FIELDS) {
                match field {
                    0 => reader.value::<String>(&mut None),
                    1 => reader.value(&mut tool),
                    2 => reader.value(&mut format),
                    3 => reader.value(&mut shape),
                    _ => reader.skip(),
                }
            }
            Some(Self(
                reader.required("tool", tool)?,
                reader.required("format", format)?,
                reader.required("shape", shape)?,
            ))
        }

        fn write<W: counterpart_wire::Writer>(&self, _: &mut W) {}
    }
    counterpart_wire::object!(Unions);

    let unknown = Unions(
        Tool::Unknown(Value::Null),
        ResponseFormat::Unknown(Value::Null),
        Shape::Unknown(Value::Null),
    );
    let (unions, notes) = read::<Unions>(r#"{"id": "a"}"#);
    assert_eq!(unions, unknown);
    assert_eq!(notes[0], "tool: missing field of Unions, read as empty");
    assert_eq!(notes.len(), 3);
    // As `null` it is a value, and kept.
    let (unions, notes) = read::<Unions>(r#"{"tool": null, "format": null, "shape": null}"#);
    assert_eq!(unions, unknown);
    assert_eq!(notes[0], "tool: no variant of Tool has the type of null");
}

#[test]
fn items_that_are_scalars_or_lists_keep_their_places() {
    let (texts, notes) = read::<Vec<String>>(r#"["a", null, 3, {}, "b"]"#);
    assert_eq!(texts, ["a", "", "3", "", "b"]);
    assert_eq!(
        notes,
        [
            "[1]: invalid type: null, expected a string; read as empty",
            "[2]: 3 read as a string",
            "[3]: invalid type: map, expected a string; read as empty",
        ]
    );
    let (numbers, _) = read::<Vec<f64>>(r#"[0.5, null, "2", "x"]"#);
    assert_eq!(numbers, [0.5, 0.0, 2.0, 0.0]);
    let (lists, notes) = read::<Vec<Vec<bool>>>(r#"[[true], null, [1, "x"]]"#);
    assert_eq!(lists, [vec![true], vec![], vec![true, false]]);
    assert_eq!(
        notes[0],
        "[1]: invalid type: null, expected a list; read as empty"
    );
    assert!(notes[2].starts_with("[2][1]: "), "{notes:?}");
    let (options, notes) = read::<Vec<Option<u8>>>(r#"[1, null, "x", 300, "2"]"#);
    assert_eq!(options, [Some(1), None, None, None, Some(2)]);
    assert_eq!(notes.len(), 3, "{notes:?}");
}

#[test]
fn items_that_should_be_objects_are_left_out() {
    let json = format!(
        r#"{{"has_more": true, "data": [null, {}, "run_2", {{"id": "c"}}, [], null]}}"#,
        run_with(r#""status": "queued","#)
    );
    let (page, notes) = read::<Page>(&json);
    let ids: Vec<&str> = page.data.iter().map(|run| run.id.as_str()).collect();
    assert_eq!(ids, ["run_1", "c"]);
    assert_eq!(
        notes,
        [
            "data[0]: invalid type: null, expected an object (Run); left out",
            r#"data[2]: invalid type: string "run_2", expected an object (Run); left out"#,
            "data[3].object: missing constant of Run",
            "data[3].status: missing field of Run, read as empty",
            "data[3].tools: missing field of Run, read as empty",
            "data[4]: invalid type: sequence, expected an object (Run); left out",
            "data[5]: invalid type: null, expected an object (Run); left out",
        ]
    );
}

#[test]
fn entries_of_maps_that_do_not_fit_are_left_out() {
    let json = r#"{"a": "1", "b": null, "c": 3, "d": [], "e": null}"#;
    let (map, notes) = read::<IndexMap<String, String>>(json);
    let entries: Vec<(&str, &str)> = map.iter().map(|(k, v)| (k.as_str(), v.as_str())).collect();
    assert_eq!(entries, [("a", "1"), ("c", "3")]);
    assert_eq!(
        notes,
        [
            "b: invalid type: null, expected a string; left out",
            "c: 3 read as a string",
            "d: invalid type: sequence, expected a string; left out",
            "e: invalid type: null, expected a string; left out",
        ]
    );
    // Where any value may stand, any value does.
    let (labels, notes) = read::<Labels>(r#"{"x": null, "y": [1]}"#);
    assert_eq!((labels.name.as_str(), labels.extra.len()), ("", 2));
    assert_eq!(notes, ["name: missing field of Labels, read as empty"]);
}

#[test]
fn a_list_may_have_any_number_of_items_to_leave_out() {
    let nulls = "null,".repeat(5_000);
    let json = format!(r#"{{"has_more": true, "data": [{nulls} {{"id": "a"}}]}}"#);
    let (page, _) = read::<Page>(&json);
    assert_eq!(page.data.len(), 1);

    // But not any number of different ones, each of which would cost another reading of the list.
    let texts: String = (0..5_000).map(|number| format!(r#""{number}","#)).collect();
    let json = format!(r#"{{"has_more": true, "data": [{texts} {{"id": "a"}}]}}"#);
    let (page, notes) = read::<Page>(&json);
    assert!(page.has_more && page.data.is_empty());
    let note = r#"expected an object (Run); read as empty"#;
    assert!(notes.iter().any(|text| text.ends_with(note)), "{notes:?}");
}

#[test]
fn every_item_of_a_long_list_is_repaired() {
    let json = format!(
        "[{}]",
        vec![r#"{"object": "thread.run"}"#; 20_000].join(",")
    );
    let (runs, notes) = read::<Vec<Run>>(&json);
    assert_eq!((runs.len(), notes.len()), (20_000, 100));
}

#[test]
fn types_of_other_crates_have_empty_values_too() {
    /// A date, as a library would read it.
    #[derive(Debug, PartialEq)]
    struct Date(String);

    impl<'de> Deserialize<'de> for Date {
        fn deserialize<D: counterpart_wire::Deserializer<'de>>(value: D) -> Result<Self, D::Error> {
            let text = String::deserialize(value)?;
            if text.len() == 10 && text.as_bytes()[4] == b'-' {
                return Ok(Self(text));
            }
            Err(serde::de::Error::custom("no date"))
        }
    }

    #[derive(Debug, PartialEq)]
    struct Dated {
        at: Date,
        all: Vec<Date>,
        until: Option<Date>,
    }

    impl counterpart_wire::Object for Dated {
        const NAME: &'static str = "Dated";
        const FIELDS: &'static [&'static str] = &["at", "all", "until"];

        fn read<'de, A: counterpart_wire::MapAccess<'de>>(
            reader: &mut counterpart_wire::Reader<'de, A>,
        ) -> Option<Self> {
            let (mut at, mut all, mut until) = (None, None, None);
            while let Some(field) = reader.next(Self::FIELDS) {
                match field {
                    0 => reader.value(&mut at),
                    1 => reader.value(&mut all),
                    2 => reader.optional(&mut until),
                    _ => reader.skip(),
                }
            }
            Some(Self {
                at: reader.required("at", at)?,
                all: reader.required("all", all)?,
                until,
            })
        }

        fn write<W: counterpart_wire::Writer>(&self, _: &mut W) {}
    }
    counterpart_wire::object!(Dated);

    let json = r#"{"at": "soon", "all": ["2024-02-29", "never", null, "2025-01-01"], "until": 7}"#;
    let (dated, notes) = read::<Dated>(json);
    let date = |text: &str| Date(text.to_owned());
    assert_eq!(dated.at, date("1970-01-01"));
    assert_eq!(dated.all, [date("2024-02-29"), date("2025-01-01")]);
    assert_eq!(dated.until, None);
    assert_eq!(
        notes,
        [
            "at: no date; read as empty",
            "all[1]: no date; left out",
            "all[2]: no date; left out",
            "until: no date; read as empty",
        ]
    );
}

#[test]
fn unions_tried_in_order_are_as_tolerant_as_ever() {
    // A variant is taken for what it is only if it fits without repair: else the value is kept.
    let json = r#"[{"kind": "circle"}, {"kind": "circle", "size": "1"}, {"shapes": [{"kind": "star"}]}, null]"#;
    let (shapes, notes) = read::<Vec<Shape>>(json);
    assert!(matches!(shapes[0], Shape::Unknown(_)));
    assert!(matches!(shapes[1], Shape::Unknown(_)));
    assert!(matches!(&shapes[2], Shape::Group(Group { shapes }) if shapes.len() == 1));
    assert_eq!(shapes[3], Shape::Unknown(Value::Null));
    // The star is what does not fit, not the group around it.
    assert!(
        notes[2].starts_with("[2].shapes[0]: no variant of Shape fits: "),
        "{notes:?}"
    );
}

#[test]
fn the_last_of_repeated_fields_counts_if_it_can_be_read() {
    let json = r#"{"id": "a", "object": "thread.run", "status": "queued", "tools": [], "id": []}"#;
    let (run, notes) = read::<Run>(json);
    assert_eq!(run.id, "");
    assert_eq!(notes[0], "id: duplicate field of Run");
    assert_eq!(notes.len(), 2);
}

#[test]
fn what_is_no_json_stays_an_error() {
    let broken = run_with("");
    for (json, path) in [
        ("<!DOCTYPE html><html></html>", ""),
        ("", ""),
        (broken.trim_end_matches('}'), "tools"),
        (&format!("{broken}]"), ""),
        (&broken.replace("[]", "[@]"), "tools[0]"),
        (r#"{"id": 1, "object": 2, "status": "#, "status"),
    ] {
        let error = fail::<Run>(json);
        assert_eq!(error.path, path, "{json}: {error}");
        assert!(error.line > 0, "{error}");
        // What could be repaired is not what is wrong.
        assert!(!error.message.contains("missing field"), "{error}");
    }
}

#[test]
fn a_root_of_another_type_stays_an_error() {
    for json in ["null", "[]", r#""run_1""#, "1", "true"] {
        let message = fail::<Run>(json).message;
        assert!(message.ends_with("expected an object (Run)"), "{message}");
        fail::<Tool>(json);
        fail::<IndexMap<String, u8>>(json);
    }
    fail::<Vec<Run>>(r#"{"data": []}"#);
    fail::<String>("1");
    fail::<i64>(r#""1""#);
    fail::<Part>("null");
    // So does an object of which nothing is known.
    let error = fail::<Run>(r#"{"detail": "not found", "code": 5}"#);
    assert_eq!(
        (error.path.as_str(), error.message.as_str()),
        ("id", "missing field `id`")
    );
    fail::<Group>(r#"{"error": {"message": "down"}}"#);
    // An empty one may have lost its only field.
    assert_eq!(read::<Group>("{}").0, Group { shapes: Vec::new() });
}

#[test]
fn only_lenient_decoding_repairs() {
    for json in [
        r#"{"object": "thread.run"}"#,
        &run_with(r#""status": null,"#),
    ] {
        assert!(serde_json::from_str::<Run>(json).is_err());
        for mode in [Mode::Tolerant, Mode::Strict] {
            assert!(json::decode::<Run>(json.as_bytes(), mode).is_err());
            assert!(json::decode_noting::<Run>(json.as_bytes(), mode).is_err());
            // The mode of the decoding counts, not that of what it is a part of.
            let outer = counterpart_wire::mode::scope(mode, || {
                json::decode::<Run>(json.as_bytes(), Mode::Lenient)
            });
            assert!(outer.is_ok());
        }
        let plain =
            counterpart_wire::mode::scope(Mode::Lenient, || serde_json::from_str::<Run>(json));
        assert!(plain.is_err());
    }
}

#[test]
fn decoding_without_notes_gives_the_same() {
    let json = r#"{"has_more": 1, "data": [null, {"tools": [null, {"type": "function"}]}, 7]}"#;
    let (page, notes) = read::<Page>(json);
    assert!(!notes.is_empty());
    assert_eq!(json::decode(json.as_bytes(), Mode::Lenient), Ok(page));
}

#[test]
fn a_repair_is_told_from_what_is_merely_unknown() {
    let json = r#"[{"type": "text", "text": null, "new": 1}, {"type": "video"}]"#;
    let (_, drifts) = json::decode_noting::<Vec<Part>>(json.as_bytes(), Mode::Lenient).unwrap();
    let kinds: Vec<_> = drifts
        .iter()
        .map(|drift| (drift.kind, drift.kind.is_repair()))
        .collect();
    assert_eq!(
        kinds,
        [
            (DriftKind::Misfit, true),
            (DriftKind::UnknownField, false),
            (DriftKind::UnknownTag, false),
        ]
    );
}

#[test]
fn what_was_repaired_can_be_written() {
    let json = r#"{"data": [{"id": "a", "parent": {"tools": [null]}, "tools": {}}]}"#;
    let (page, _) = read::<Page>(json);
    let written = json::encode(&page).unwrap();
    assert_eq!(
        written,
        concat!(
            r#"{"data":[{"id":"a","object":"thread.run","status":"","last_error":null,"tools":[],"#,
            r#""parent":{"id":"","object":"thread.run","status":"","last_error":null,"tools":[null]}}],"#,
            r#""has_more":false}"#
        )
    );
}

#[test]
fn a_tag_may_stand_anywhere_in_what_is_repaired() {
    for json in [
        r#"{"type": "image", "below": [{"type": "text"}, 1]}"#,
        r#"{"below": [{"type": "text"}, 1], "type": "image"}"#,
    ] {
        let (part, notes) = read::<Part>(json);
        let Part::Image(ImagePart { url, below }) = part else {
            panic!("no image")
        };
        assert_eq!((url.as_str(), below.unwrap().len()), ("", 2));
        assert_eq!(
            notes,
            [
                "below[0].text: missing field of TextPart, read as empty",
                "below[1]: no variant of Part has the type of 1",
                "url: missing field of ImagePart, read as empty",
            ]
        );
    }
    // A tag that the variants do not hold.
    let (pet, notes) = read::<Pet>(r#"{"pet_type": "dog"}"#);
    assert!(matches!(pet, Pet::Dog(dog) if dog.name.is_empty()));
    assert_eq!(notes, ["name: missing field of Dog, read as empty"]);
}
