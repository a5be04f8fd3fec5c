//! The same types in a binary format that writes lengths, and in formats in memory.

use crate::types::{Labels, Page, Pet, Run, Shape, Tool};
use counterpart_wire::Value;
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

#[track_caller]
fn assert_same_everywhere<T: Serialize + DeserializeOwned + PartialEq + Debug>(json: &str) {
    let value: T = serde_json::from_str(json).unwrap();

    let mut cbor = Vec::new();
    ciborium::into_writer(&value, &mut cbor).unwrap();
    assert_eq!(
        ciborium::from_reader::<T, _>(cbor.as_slice()).unwrap(),
        value
    );
    // A map whose length were wrong would be read wrongly here.
    let tree: ciborium::Value = ciborium::from_reader(cbor.as_slice()).unwrap();
    assert_eq!(tree.deserialized::<T>().unwrap(), value);

    let tree: Value = serde_json::to_value(&value).unwrap();
    assert_eq!(T::deserialize(&tree).unwrap(), value);
    assert_eq!(serde_json::from_value::<T>(tree).unwrap(), value);
    assert_eq!(serde_json::from_slice::<T>(json.as_bytes()).unwrap(), value);
    assert_eq!(
        serde_json::from_reader::<_, T>(json.as_bytes()).unwrap(),
        value
    );
}

#[test]
fn objects() {
    assert_same_everywhere::<Labels>(r#"{"name": "n", "z": [1, null], "a": {"b": -1.5}}"#);
    assert_same_everywhere::<Page>(
        r#"{"data": [
            {"id": "a", "object": "thread.run", "status": "queued", "last_error": null, "tools": []},
            {"id": "b", "status": "odd", "last_error": {"code": 7, "message": ""}, "tools": [{"type": "new"}],
             "temperature": 1, "metadata": null, "content": 3, "content": "x"}
        ], "has_more": true}"#,
    );
}

#[test]
fn unions() {
    assert_same_everywhere::<Vec<Tool>>(
        r#"[{"function": {"name": "a\n", "strict": true}, "type": "function"}, {"type": "new", "a": 1}, {"b": 2}]"#,
    );
    assert_same_everywhere::<Vec<Pet>>(
        r#"[{"lives": 9, "pet_type": "cat"}, {"pet_type": "dog", "name": "x"}, {}]"#,
    );
    assert_same_everywhere::<Vec<Shape>>(
        r#"[{"shapes": [{"kind": "square", "size": 1.5}]}, {"kind": "circle", "size": 2}, null, 3]"#,
    );
    assert_same_everywhere::<Run>(
        r#"{"id": "a", "status": "queued", "tools": [], "metadata": {"k": "v"},
            "response_format": {"text": "t", "type": "text"},
            "content": [{"url": "u", "below": [{"text": "", "type": "text"}], "type": "image"}]}"#,
    );
}

#[test]
fn bytes_before_a_tag_are_kept_for_the_variant() {
    // JSON has no bytes, so nothing but another format shows that they are buffered as they are.
    let entries = [
        ("extra", ciborium::Value::Bytes(vec![0xff])),
        ("type", "code_interpreter".into()),
    ];
    let map = entries.map(|(key, value)| (key.into(), value)).to_vec();
    let mut cbor = Vec::new();
    ciborium::into_writer(&ciborium::Value::Map(map), &mut cbor).unwrap();
    let tool: Tool = ciborium::from_reader(cbor.as_slice()).unwrap();
    assert!(matches!(tool, Tool::CodeInterpreter(_)));
}
