//! The builders of types that require more than `new` could tell apart; `compile_fail` has what they refuse.

use assistants_client::types::{
    Assistant, CitedFile, CodeInterpreterTool, FileCitation, Message, MessageContentText,
    MessageStatus, MessageText, Nullable, Role,
};

#[test]
fn a_builder_takes_what_converts() {
    let citation = FileCitation::builder()
        .text("[1]")
        .file_citation(CitedFile::new("file_1"))
        .start_index(12)
        .end_index(15)
        .build();
    assert_eq!((citation.text.as_str(), citation.end_index), ("[1]", 15));
}

#[test]
fn what_may_be_absent_may_be_left_out() {
    let text = MessageText::new("Hello", []);
    let message = Message::builder()
        .id("msg_1")
        .created_at(1_700_000_000)
        .thread_id("thread_1")
        .status(MessageStatus::Completed)
        .role(Role::Assistant)
        .content([MessageContentText::new(text).into()])
        .maybe_run_id(None::<String>)
        .assistant_id("asst_1")
        .build();
    assert_eq!(message.run_id, None);
    assert_eq!(message.assistant_id.as_deref(), Some("asst_1"));
    let json = r#"{"id":"msg_1","object":"thread.message","created_at":1700000000,"thread_id":"thread_1",
        "status":"completed","role":"assistant","assistant_id":"asst_1",
        "content":[{"type":"text","text":{"value":"Hello","annotations":[]}}]}"#;
    assert_eq!(serde_json::from_str::<Message>(json).unwrap(), message);
}

#[test]
fn what_may_be_null_as_well_is_absent_unless_set() {
    let assistant = Assistant::builder()
        .id("asst_1")
        .created_at(1)
        .model("gpt-4o")
        .tools([CodeInterpreterTool::new().into()])
        .top_p(0.5)
        .build();
    assert_eq!(assistant.temperature, Nullable::Absent);
    assert_eq!(assistant.top_p, Nullable::Value(0.5));
}
