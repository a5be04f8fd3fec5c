//! What the official guides send, as a program writes it: vision, structured outputs, file search.

use assistants_client::types::{
    CreateAssistantRequest, CreateMessageRequest, FileSearchResources, FileSearchTool, ImageDetail,
    ImageFile, ImageUrl, JsonSchemaFormat, MessageContentImageFile, MessageContentImageUrl,
    NewFileSearchResources, NewToolResources, ResponseFormatJsonSchema, Role, json_map,
};
use serde_json::{json, to_value};

#[test]
fn vision() {
    let picture = ImageUrl::new("https://example.com/river.png").detail(ImageDetail::Low);
    let message = CreateMessageRequest::new(
        Role::User,
        [
            "What do these show?".into(),
            MessageContentImageUrl::new(picture).into(),
            MessageContentImageFile::new(ImageFile::new("file_1")).into(),
        ],
    );
    let sent = json!({"role": "user", "content": [
        {"type": "text", "text": "What do these show?"},
        {"type": "image_url", "image_url": {"url": "https://example.com/river.png", "detail": "low"}},
        {"type": "image_file", "image_file": {"file_id": "file_1"}},
    ]});
    assert_eq!(to_value(message).unwrap(), sent);
}

#[test]
fn structured_outputs() {
    let steps = JsonSchemaFormat::new("steps")
        .strict(true)
        .schema(json_map! {
            "type": "object",
            "properties": {"steps": {"type": "array", "items": {"type": "string"}}},
            "required": ["steps"],
            "additionalProperties": false,
        });
    let assistant =
        CreateAssistantRequest::new("gpt-4o").response_format(ResponseFormatJsonSchema::new(steps));
    let sent = json!({"model": "gpt-4o", "response_format": {"type": "json_schema", "json_schema": {
        "name": "steps",
        "strict": true,
        "schema": {
            "type": "object",
            "properties": {"steps": {"type": "array", "items": {"type": "string"}}},
            "required": ["steps"],
            "additionalProperties": false,
        },
    }}});
    assert_eq!(to_value(assistant).unwrap(), sent);
}

#[test]
fn file_search() {
    let search = NewFileSearchResources::new().vector_store_ids(["vs_1"]);
    let assistant = CreateAssistantRequest::new("gpt-4o")
        .tools([FileSearchTool::new().into()])
        .tool_resources(NewToolResources::new().file_search(search));
    let sent = json!({
        "model": "gpt-4o",
        "tools": [{"type": "file_search"}],
        "tool_resources": {"file_search": {"vector_store_ids": ["vs_1"]}},
    });
    assert_eq!(to_value(assistant).unwrap(), sent);
    let kept = FileSearchResources::new().vector_store_ids(vec!["vs_1".to_owned()]);
    assert_eq!(
        to_value(kept).unwrap(),
        sent["tool_resources"]["file_search"]
    );
}
