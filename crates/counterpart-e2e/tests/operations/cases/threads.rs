//! The operations on threads.

use assistants_server as server;
use assistants_types::*;
use counterpart_wire::filled;
use serde_json::json;

use super::Call;
use crate::fixtures::{metadata, run, thread};

/// Once without a body, once with one.
pub(super) async fn create(call: Call) {
    call.check(
        |client| client.create_thread(),
        ("POST /v1/threads", None),
        server::CreateThread { body: None },
        server::CreateThreadReply::Ok,
        thread(),
    )
    .await;

    let body = CreateThreadRequest::new()
        .messages([CreateMessageRequest::new(Role::User, "Hello")])
        .metadata(metadata());
    let sent = json!({
        "messages": [{"role": "user", "content": "Hello"}],
        "metadata": {"team": "search"},
    });
    call.check(
        |client| client.create_thread().body(body.clone()),
        ("POST /v1/threads", Some(sent)),
        server::CreateThread {
            body: Some(filled(body.clone())),
        },
        server::CreateThreadReply::Ok,
        thread(),
    )
    .await;
}

pub(super) async fn create_and_run(call: Call) {
    let message = CreateMessageRequest::new(Role::User, "Hello");
    let body = CreateThreadAndRunRequest::new("asst_1")
        .thread(CreateThreadRequest::new().messages([message]))
        .tool_resources(ToolResources::new().file_search(FileSearchResources::new()))
        .temperature(0.0)
        .parallel_tool_calls(false);
    let sent = json!({
        "assistant_id": "asst_1",
        "thread": {"messages": [{"role": "user", "content": "Hello"}]},
        "tool_resources": {"file_search": {}},
        "temperature": 0.0,
        "parallel_tool_calls": false,
    });
    call.check(
        |client| client.create_thread_and_run(body.clone()),
        ("POST /v1/threads/runs", Some(sent)),
        server::CreateThreadAndRun {
            body: filled(body.clone()),
        },
        server::CreateThreadAndRunReply::Ok,
        run(),
    )
    .await;
}

/// With an id that is no plain word: it stays one segment of the path.
pub(super) async fn get(call: Call) {
    call.check(
        |client| client.get_thread("a/b ü%2F"),
        ("GET /v1/threads/a%2Fb%20%C3%BC%252F", None),
        server::GetThread {
            thread_id: "a/b ü%2F".to_owned(),
        },
        server::GetThreadReply::Ok,
        thread(),
    )
    .await;
}

pub(super) async fn modify(call: Call) {
    let mut body = ModifyThreadRequest::new().metadata(metadata());
    body.tool_resources = Nullable::Null;
    call.check(
        |client| client.modify_thread("thread_1", body.clone()),
        (
            "POST /v1/threads/thread_1",
            Some(json!({"tool_resources": null, "metadata": {"team": "search"}})),
        ),
        server::ModifyThread {
            thread_id: "thread_1".to_owned(),
            body: filled(body.clone()),
        },
        server::ModifyThreadReply::Ok,
        thread(),
    )
    .await;
}

pub(super) async fn delete(call: Call) {
    call.check(
        |client| client.delete_thread("thread_1"),
        ("DELETE /v1/threads/thread_1", None),
        server::DeleteThread {
            thread_id: "thread_1".to_owned(),
        },
        server::DeleteThreadReply::Ok,
        (
            DeleteThreadResponse::new("thread_1", true),
            json!({"id": "thread_1", "deleted": true, "object": "thread.deleted"}),
        ),
    )
    .await;
}
