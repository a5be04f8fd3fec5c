//! The operations on messages.

use assistants_server as server;
use assistants_types::*;
use counterpart_wire::filled;
use serde_json::json;

use super::Call;
use crate::fixtures::{message, metadata};

pub(super) async fn list(call: Call) {
    let (item, item_json) = message();
    call.check(
        |client| client.list_messages("thread_1").run_id("run_1"),
        ("GET /v1/threads/thread_1/messages?run_id=run_1", None),
        server::ListMessages {
            thread_id: "thread_1".to_owned(),
            limit: 20,
            order: Order::Desc,
            after: None,
            before: None,
            run_id: Some("run_1".to_owned()),
        },
        server::ListMessagesReply::Ok,
        (
            ListMessagesResponse::new([item.clone(), item], false),
            json!({
                "object": "list",
                "data": [item_json, item_json],
                "first_id": null,
                "last_id": null,
                "has_more": false,
            }),
        ),
    )
    .await;
}

pub(super) async fn create(call: Call) {
    let parts = vec![
        MessageInputText::new("What is this?").into(),
        MessageContentImageUrl::new(ImageUrl::new("data:,").detail(ImageDetail::Low)).into(),
        MessageContentImageFile::new(ImageFile::new("file_1")).into(),
    ];
    let attachment = Attachment::new()
        .file_id("file_2")
        .tools([AttachmentFileSearchTool::new().into()]);
    let mut body = CreateMessageRequest::new(Role::User, parts).attachments([attachment]);
    body.metadata = Nullable::Null;

    let sent = json!({
        "role": "user",
        "content": [
            {"type": "text", "text": "What is this?"},
            {"type": "image_url", "image_url": {"url": "data:,", "detail": "low"}},
            {"type": "image_file", "image_file": {"file_id": "file_1"}},
        ],
        "attachments": [{"file_id": "file_2", "tools": [{"type": "file_search"}]}],
        "metadata": null,
    });
    call.check(
        |client| client.create_message("thread_1", body.clone()),
        ("POST /v1/threads/thread_1/messages", Some(sent)),
        server::CreateMessage {
            thread_id: "thread_1".to_owned(),
            body: filled(body.clone()),
        },
        server::CreateMessageReply::Ok,
        message(),
    )
    .await;
}

pub(super) async fn get(call: Call) {
    call.check(
        |client| client.get_message("thread_1", "msg_1"),
        ("GET /v1/threads/thread_1/messages/msg_1", None),
        server::GetMessage {
            thread_id: "thread_1".to_owned(),
            message_id: "msg_1".to_owned(),
        },
        server::GetMessageReply::Ok,
        message(),
    )
    .await;
}

/// With an empty body and with a full one.
pub(super) async fn modify(call: Call) {
    let bodies = [
        (ModifyMessageRequest::new(), json!({})),
        (
            ModifyMessageRequest::new().metadata(metadata()),
            json!({"metadata": {"team": "search"}}),
        ),
    ];
    for (body, sent) in bodies {
        call.check(
            |client| client.modify_message("thread_1", "msg_1", body.clone()),
            ("POST /v1/threads/thread_1/messages/msg_1", Some(sent)),
            server::ModifyMessage {
                thread_id: "thread_1".to_owned(),
                message_id: "msg_1".to_owned(),
                body: body.clone(),
            },
            server::ModifyMessageReply::Ok,
            message(),
        )
        .await;
    }
}

pub(super) async fn delete(call: Call) {
    call.check(
        |client| client.delete_message("thread_1", "msg_1"),
        ("DELETE /v1/threads/thread_1/messages/msg_1", None),
        server::DeleteMessage {
            thread_id: "thread_1".to_owned(),
            message_id: "msg_1".to_owned(),
        },
        server::DeleteMessageReply::Ok,
        (
            DeleteMessageResponse::new("msg_1", true),
            json!({"id": "msg_1", "deleted": true, "object": "thread.message.deleted"}),
        ),
    )
    .await;
}
