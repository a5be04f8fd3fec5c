//! The place that an error names, by line, column and path.

use crate::types::{Page, Run};
use counterpart_wire::{Mode, json};

/// A page with one run, in which `part` stands as the first part of its content.
fn page(part: &str) -> String {
    format!(
        concat!(
            "{{\"has_more\": false, \"data\": [\n",
            "  {{\"id\": \"a\", \"object\": \"thread.run\", \"status\": \"queued\", \"tools\": [], \"content\": \"x\"}},\n",
            "  {{\"id\": \"b\", \"object\": \"thread.run\", \"status\": \"queued\", \"tools\": [],\n",
            "   \"content\": [{}]}}\n]}}",
        ),
        part
    )
}

#[track_caller]
fn assert_place(json: &str, path: &str, line: usize) {
    let error = json::decode::<Page>(json.as_bytes(), Mode::Strict).unwrap_err();
    assert_eq!((error.path.as_str(), error.line), (path, line), "{error}");
}

#[test]
fn the_page_fits_by_itself() {
    let json = page(r#"{"type": "text", "text": "x"}"#);
    assert!(json::decode::<Page>(json.as_bytes(), Mode::Strict).is_ok());
}

#[test]
fn inside_a_union() {
    assert_place(
        &page(r#"{"type": "video", "x": 1}"#),
        "data[1].content[0].type",
        4,
    );
    assert_place(
        &page(r#"{"x": 1, "type": "video"}"#),
        "data[1].content[0].type",
        4,
    );
    assert_place(&page(r#"{"x": 1}"#), "data[1].content[0].type", 4);
    assert_place(&page(r#"{"type": "text"}"#), "data[1].content[0].text", 4);
    assert_place(
        &page(r#"{"type": "text", "text": 1}"#),
        "data[1].content[0].text",
        4,
    );
}

#[test]
fn inside_what_was_buffered() {
    assert_place(
        &page(r#"{"text": 1, "type": "text"}"#),
        "data[1].content[0].text",
        4,
    );
    let inner = r#"{"below": [{"type": "text", "text": ""}, {"text": "", "type": "x"}], "url": "", "type": "image"}"#;
    assert_place(&page(inner), "data[1].content[0].below[1].type", 4);
    let later = r#"{"url": "", "type": "image", "below": [{"text": [], "type": "text"}]}"#;
    assert_place(&page(later), "data[1].content[0].below[0].text", 4);
}

#[test]
fn beside_a_union() {
    let json = page("").replace("\"queued\", \"tools\": [],\n", "\"odd\", \"tools\": [],\n");
    assert_place(&json, "data[1].status", 3);
    let json = page("").replace("\"b\", \"object\"", "null, \"object\"");
    assert_place(&json, "data[1].id", 3);
    let json = page("").replace("\"id\": \"b\", ", "");
    assert_place(&json, "data[1].id", 4);
}

#[test]
fn in_text_that_is_no_json() {
    let json = page(r#"{"type": "text" "text"}"#);
    assert_place(&json, "data[1].content[0].type", 4);
    let cut = &json[..json.find("queued").unwrap()];
    assert_place(cut, "data[0].status", 2);
}

#[test]
fn an_error_that_was_overcome_leaves_no_path() {
    // The first reading fails inside something buffered, and nobody asks for its trail.
    let failed = serde_json::from_str::<Run>(r#"{"tools": [{"function": 1, "type": "function"}]}"#);
    assert!(failed.is_err());
    let error = json::decode::<Run>(b"[]", Mode::Strict).unwrap_err();
    assert_eq!(error.path, "");
}
