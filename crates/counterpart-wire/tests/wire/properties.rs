//! What holds for any value and any JSON.

use crate::mutate::{self, places, replacements};
use crate::types::*;
use counterpart_wire::{IndexMap, Mode, Nullable, Value, json};
use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use serde_json::json;

/// Any JSON, with keys that the types know among others.
fn any_json() -> impl Strategy<Value = Value> {
    let key = prop::sample::select(
        &[
            "id",
            "object",
            "status",
            "last_error",
            "tools",
            "type",
            "function",
            "name",
            "content",
            "text",
            "url",
            "below",
            "kind",
            "size",
            "shapes",
            "metadata",
            "pet_type",
            "lives",
            "data",
            "has_more",
            "other",
        ][..],
    );
    let text = prop_oneof![
        prop::sample::select(
            &[
                "function",
                "text",
                "image",
                "queued",
                "thread.run",
                "circle",
                "square",
                "auto",
                "cat"
            ][..]
        )
        .prop_map(str::to_owned),
        ".{0,6}",
    ];
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any_number().prop_map(Value::from),
        text.prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 6, move |inner| {
        let entries = vec((key.clone(), inner.clone()), 0..6);
        prop_oneof![
            vec(inner, 0..4).prop_map(Value::from),
            entries.prop_map(|entries| entries
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect()),
        ]
    })
}

/// Numbers that JSON has and that `serde_json` reads back to the last bit.
fn any_number() -> impl Strategy<Value = f64> {
    (-1_000_000_i32..1_000_000).prop_map(|number| f64::from(number) / 64.0)
}

fn status() -> impl Strategy<Value = RunStatus> {
    prop_oneof![
        prop::sample::select(RunStatus::ALL),
        "[a-z_é ]{0,9}".prop_map(|text| RunStatus::from(text.as_str())),
    ]
}

/// A raw value that no listed tag stands in.
fn unknown() -> impl Strategy<Value = Value> {
    vec(("[x-z]{1,3}", any_json()), 0..4).prop_map(|entries| {
        let tag = ("type".to_owned(), Value::from("unlisted"));
        entries.into_iter().chain([tag]).collect()
    })
}

fn tool() -> impl Strategy<Value = Tool> {
    let parameters = option::of(
        vec((".{0,4}", any_json()), 0..3).prop_map(|entries| entries.into_iter().collect()),
    );
    let function =
        (".{0,9}", parameters, nullable(any::<bool>())).prop_map(|(name, parameters, strict)| {
            FunctionToolFunction {
                name,
                parameters,
                strict,
            }
        });
    prop_oneof![
        Just(Tool::CodeInterpreter(CodeInterpreterTool {})),
        function.prop_map(|function| Tool::Function(FunctionTool { function })),
        unknown().prop_map(Tool::Unknown),
    ]
}

fn part() -> impl Strategy<Value = Part> {
    let text = ".{0,9}".prop_map(|text| Part::Text(TextPart { text }));
    let leaf = prop_oneof![text, unknown().prop_map(Part::Unknown)];
    leaf.prop_recursive(3, 12, 3, |inner| {
        (".{0,3}", option::of(vec(inner, 0..3)))
            .prop_map(|(url, below)| Part::Image(ImagePart { url, below }))
    })
}

fn shape() -> impl Strategy<Value = Shape> {
    let leaf = prop_oneof![
        any_number().prop_map(|size| Shape::Circle(Circle { size })),
        any_number().prop_map(|size| Shape::Square(Square { size })),
    ];
    leaf.prop_recursive(4, 20, 4, |inner| {
        vec(inner, 0..4).prop_map(|shapes| Shape::Group(Group { shapes }))
    })
}

fn content() -> impl Strategy<Value = MessageContent> {
    prop_oneof![
        ".{0,9}".prop_map(MessageContent::Text),
        vec(part(), 0..4).prop_map(MessageContent::Parts),
        any::<i32>().prop_map(|lives| MessageContent::Cat(Cat {
            pet_type: "lion".to_owned(),
            lives
        })),
        any::<i64>().prop_map(MessageContent::Count),
        any::<bool>().prop_map(|value| MessageContent::Unknown(value.into())),
    ]
}

fn format() -> impl Strategy<Value = ResponseFormat> {
    prop_oneof![
        Just(ResponseFormat::Auto),
        ".{0,9}".prop_map(|text| ResponseFormat::Text(TextPart { text })),
        Just(ResponseFormat::JsonObject(JsonObjectFormat {})),
        "[b-z]{0,4}".prop_map(|text| ResponseFormat::Unknown(text.into())),
    ]
}

fn nullable<T: std::fmt::Debug + Clone>(
    value: impl Strategy<Value = T>,
) -> impl Strategy<Value = Nullable<T>> {
    option::of(option::of(value)).prop_map(|value| match value {
        None => Nullable::Absent,
        Some(None) => Nullable::Null,
        Some(Some(value)) => Nullable::Value(value),
    })
}

fn last_error() -> impl Strategy<Value = RunLastError> {
    (any::<i64>(), ".{0,9}").prop_map(|(code, message)| RunLastError {
        code: ErrorCode::from(code),
        message,
    })
}

fn run() -> impl Strategy<Value = Run> {
    let metadata = vec((".{0,3}", ".{0,3}"), 0..3).prop_map(IndexMap::from_iter);
    let required = (
        ".{0,9}",
        status(),
        option::of(last_error()),
        vec(tool(), 0..3),
    );
    let optional = (
        option::of(any_number()),
        option::of(format()),
        option::of(content()),
        nullable(metadata),
    );
    let one = (required, optional).prop_map(
        |((id, status, last_error, tools), (temperature, response_format, content, metadata))| {
            Run {
                id,
                status,
                last_error,
                tools,
                temperature,
                response_format,
                content,
                metadata,
                parent: None,
            }
        },
    );
    let one = one.boxed();
    (one.clone(), option::of(one)).prop_map(|(run, parent)| Run {
        parent: parent.map(Box::new),
        ..run
    })
}

/// The same value with every object's entries in another order.
fn reordered(value: Value, by: usize) -> Value {
    match value {
        Value::Array(items) => items.into_iter().map(|item| reordered(item, by)).collect(),
        Value::Object(map) => {
            let mut entries: Vec<_> = map
                .into_iter()
                .map(|(key, value)| (key, reordered(value, by)))
                .collect();
            let by = by % entries.len().max(1);
            entries.rotate_left(by);
            entries.into_iter().collect()
        }
        scalar => scalar,
    }
}

/// Whether a raw value is in it anywhere, which strict reading refuses.
fn has_unknown(run: &Run) -> bool {
    json::decode::<Run>(&json::encode(run).unwrap(), Mode::Strict).is_err()
}

proptest! {
    #[test]
    fn a_value_survives_json(run in run()) {
        let json = json::encode(&run).unwrap();
        prop_assert_eq!(json::decode::<Run>(&json, Mode::Lenient), Ok(run.clone()));
        if !has_unknown(&run) {
            prop_assert_eq!(json::decode_noting::<Run>(&json, Mode::Lenient), Ok((run, Vec::new())));
        }
    }

    #[test]
    fn a_value_survives_any_order_of_keys(run in run(), by in 0_usize..9) {
        let json = reordered(serde_json::to_value(&run).unwrap(), by).to_string();
        let read: Run = json::decode(json.as_bytes(), Mode::Lenient).unwrap();
        // Maps are equal in any order.
        prop_assert_eq!(read, run);
    }

    #[test]
    fn a_value_survives_a_binary_format(run in run()) {
        let mut cbor = Vec::new();
        ciborium::into_writer(&run, &mut cbor).unwrap();
        prop_assert_eq!(ciborium::from_reader::<Run, _>(cbor.as_slice()).unwrap(), run);
    }

    #[test]
    fn shapes_survive(shape in shape()) {
        let json = json::encode(&shape).unwrap();
        for mode in [Mode::Lenient, Mode::Strict] {
            prop_assert_eq!(json::decode::<Shape>(&json, mode), Ok(shape.clone()));
        }
    }

    #[test]
    fn any_json_is_a_value_or_an_error(value in any_json()) {
        let json = value.to_string();
        for mode in [Mode::Lenient, Mode::Strict] {
            let bytes = json.as_bytes();
            let _ = json::decode_noting::<Run>(bytes, mode);
            let _ = json::decode_noting::<Page>(bytes, mode);
            let _ = json::decode_noting::<Pet>(bytes, mode);
            let _ = json::decode_noting::<Labels>(bytes, mode);
        }
    }

    #[test]
    fn any_json_object_with_a_known_field_is_repaired(value in any_json(), other in any_json()) {
        let json = json!({"id": value, "name": other, "data": value, "shapes": other}).to_string();
        prop_assert!(json::decode::<Run>(json.as_bytes(), Mode::Lenient).is_ok());
        prop_assert!(json::decode::<Page>(json.as_bytes(), Mode::Lenient).is_ok());
        prop_assert!(json::decode::<Labels>(json.as_bytes(), Mode::Lenient).is_ok());
        prop_assert!(json::decode::<Group>(json.as_bytes(), Mode::Lenient).is_ok());
        let list = json!([value, other, {"type": "image", "below": value}]).to_string();
        prop_assert!(json::decode::<Vec<Part>>(list.as_bytes(), Mode::Lenient).is_ok());
    }

    #[test]
    fn one_thing_wrong_costs_nothing_else(
        run in run(),
        at in any::<prop::sample::Index>(),
        with in prop::sample::select(replacements()),
    ) {
        let value = serde_json::to_value(&run).unwrap();
        let places = places(&value);
        mutate::check::<Run>(&value, &places[at.index(places.len())], with.as_ref());
    }

    #[test]
    fn two_looks_see_the_same(value in any_json()) {
        // Whatever needs no repair is read alike by the format and from a buffer, which is what notes are taken from.
        let json = value.to_string();
        let json = json.as_bytes();
        if let Ok((run, drifts)) = json::decode_noting::<Run>(json, Mode::Tolerant) {
            prop_assert_eq!(json::decode_noting(json, Mode::Lenient), Ok((run, drifts)));
        }
        let parts = json::decode_noting::<Vec<Part>>(json, Mode::Tolerant);
        if parts.is_ok() {
            prop_assert_eq!(json::decode_noting(json, Mode::Lenient), parts);
        }
    }

    #[test]
    fn what_a_lenient_union_does_not_list_it_keeps(value in any_json()) {
        let json = value.to_string();
        // These two take any JSON but what looks like one of their variants and is not.
        if let Ok(MessageContent::Unknown(kept)) = serde_json::from_str(&json) {
            prop_assert_eq!(&kept, &value);
        }
        let shape: Shape = serde_json::from_str(&json).unwrap();
        if let Shape::Unknown(kept) = &shape {
            prop_assert_eq!(kept.to_string(), json);
        }
    }

    #[test]
    fn any_text_is_a_value_or_an_error(text in ".{0,60}", json in "[\\[\\]{}\",:a1 ]{0,40}") {
        for text in [text, json] {
            let _ = json::decode::<Run>(text.as_bytes(), Mode::Strict);
            let _ = json::decode::<Shape>(text.as_bytes(), Mode::Lenient);
            let _ = json::decode::<Vec<Part>>(text.as_bytes(), Mode::Lenient);
        }
    }
}
