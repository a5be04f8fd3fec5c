//! One thing wrong anywhere in a value of the hand-written types.

use crate::mutate::check_all;
use crate::types::{Labels, MessageContent, Page, Part, Pet, ResponseFormat, Run, Shape, Tool};

const RUN: &str = r#"{
    "id": "run_1", "object": "thread.run", "status": "in_progress",
    "last_error": {"code": 429, "message": "slow down"},
    "tools": [
        {"type": "code_interpreter"},
        {"type": "function", "function": {"name": "add", "parameters": {"b": 1, "a": [null]}, "strict": null}}
    ],
    "temperature": 0.5,
    "response_format": {"type": "text", "text": "x"},
    "content": [
        {"type": "text", "text": "a"},
        {"type": "image", "url": "b", "below": [{"type": "text", "text": "c"}]}
    ],
    "metadata": {"k": "v", "l": "w"}
}"#;

#[test]
fn in_an_object() {
    check_all::<Run>(RUN);
    let smallest = r#"{"id": "", "object": "thread.run", "status": "queued", "last_error": null, "tools": []}"#;
    check_all::<Run>(smallest);
    let parent = smallest.replace("[]", &format!(r#"[], "parent": {RUN}"#));
    check_all::<Run>(&parent);
}

#[test]
fn in_a_list_of_objects() {
    check_all::<Page>(&format!(r#"{{"data": [{RUN}, {RUN}], "has_more": true}}"#));
    check_all::<Vec<Run>>(&format!("[{RUN}, {RUN}]"));
}

#[test]
fn in_unions() {
    check_all::<Vec<Tool>>(r#"[{"type": "function", "function": {"name": "a"}}]"#);
    check_all::<Vec<Part>>(r#"[{"type": "text", "text": "a"}, {"type": "image", "url": "b"}]"#);
    check_all::<Vec<Pet>>(
        r#"[{"pet_type": "dog", "name": "Rex"}, {"pet_type": "cat", "lives": 9}]"#,
    );
    check_all::<Vec<ResponseFormat>>(
        r#"["auto", {"type": "json_object", "version": 2, "pretty": true, "scale": 0.5}]"#,
    );
    check_all::<Vec<MessageContent>>(
        r#"["a", 7, [{"type": "text", "text": "a"}], {"pet_type": "cat", "lives": 9}]"#,
    );
    check_all::<Vec<Shape>>(
        r#"[{"kind": "circle", "size": 1.5}, {"shapes": [{"kind": "square", "size": 2.5}]}]"#,
    );
}

#[test]
fn beside_a_map() {
    check_all::<Labels>(r#"{"name": "n", "x": [1], "y": {"z": null}}"#);
}

#[test]
fn in_lists_and_maps_of_anything() {
    use counterpart_wire::IndexMap;

    check_all::<Vec<String>>(r#"["a", "b"]"#);
    check_all::<Vec<Vec<u8>>>("[[1, 2], [], [3]]");
    check_all::<Vec<Option<i64>>>("[1, null, -3]");
    check_all::<IndexMap<String, Vec<bool>>>(r#"{"a": [true], "b": []}"#);
    check_all::<IndexMap<String, IndexMap<String, f64>>>(r#"{"a": {"x": 0.5}, "b": {}}"#);
}
