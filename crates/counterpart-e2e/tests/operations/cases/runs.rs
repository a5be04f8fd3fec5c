//! The operations on runs.

use assistants_server as server;
use assistants_types::*;
use counterpart_wire::filled;
use serde_json::json;

use super::Call;
use crate::fixtures::{metadata, run};

pub(super) async fn list(call: Call) {
    call.check(
        |client| client.list_runs("thread_1").order(Order::Desc),
        ("GET /v1/threads/thread_1/runs?order=desc", None),
        server::ListRuns {
            thread_id: "thread_1".to_owned(),
            limit: 20,
            order: Order::Desc,
            after: None,
            before: None,
        },
        server::ListRunsReply::Ok,
        (
            ListRunsResponse::new([], false),
            json!({
                "object": "list",
                "data": [],
                "first_id": null,
                "last_id": null,
                "has_more": false,
            }),
        ),
    )
    .await;
}

pub(super) async fn create(call: Call) {
    let choice = NamedToolChoice::new(NamedToolChoiceType::Function)
        .function(NamedToolChoiceFunction::new("add"));
    let mut body = CreateRunRequest::new("asst_1")
        .model("gpt-4o-mini")
        .instructions("Be brief.")
        .additional_messages([CreateMessageRequest::new(Role::User, "Hello")])
        .max_prompt_tokens(256)
        .truncation_strategy(
            TruncationStrategy::new(TruncationStrategyType::LastMessages).last_messages(3_u64),
        )
        .tool_choice(choice)
        .response_format(ResponseFormatText::new());
    body.temperature = Nullable::Null;
    body.stream = Nullable::Value(false);

    let sent = json!({
        "assistant_id": "asst_1",
        "model": "gpt-4o-mini",
        "instructions": "Be brief.",
        "additional_messages": [{"role": "user", "content": "Hello"}],
        "temperature": null,
        "stream": false,
        "max_prompt_tokens": 256,
        "truncation_strategy": {"type": "last_messages", "last_messages": 3},
        "tool_choice": {"type": "function", "function": {"name": "add"}},
        "response_format": {"type": "text"},
    });
    let line = "POST /v1/threads/thread_1/runs\
        ?include%5B%5D=step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content";
    let include = [RunInclude::FileSearchResultContent];
    call.check(
        |client| {
            client
                .create_run("thread_1", body.clone())
                .include(include.clone())
        },
        (line, Some(sent)),
        server::CreateRun {
            thread_id: "thread_1".to_owned(),
            include: Some(include.to_vec()),
            body: filled(body.clone()),
        },
        server::CreateRunReply::Ok,
        run(),
    )
    .await;
}

pub(super) async fn get(call: Call) {
    call.check(
        |client| client.get_run("thread_1", "run_1"),
        ("GET /v1/threads/thread_1/runs/run_1", None),
        server::GetRun {
            thread_id: "thread_1".to_owned(),
            run_id: "run_1".to_owned(),
        },
        server::GetRunReply::Ok,
        run(),
    )
    .await;
}

pub(super) async fn modify(call: Call) {
    let body = ModifyRunRequest::new().metadata(metadata());
    call.check(
        |client| client.modify_run("thread_1", "run_1", body.clone()),
        (
            "POST /v1/threads/thread_1/runs/run_1",
            Some(json!({"metadata": {"team": "search"}})),
        ),
        server::ModifyRun {
            thread_id: "thread_1".to_owned(),
            run_id: "run_1".to_owned(),
            body: body.clone(),
        },
        server::ModifyRunReply::Ok,
        run(),
    )
    .await;
}

pub(super) async fn cancel(call: Call) {
    call.check(
        |client| client.cancel_run("thread_1", "run_1"),
        ("POST /v1/threads/thread_1/runs/run_1/cancel", None),
        server::CancelRun {
            thread_id: "thread_1".to_owned(),
            run_id: "run_1".to_owned(),
        },
        server::CancelRunReply::Ok,
        run(),
    )
    .await;
}

pub(super) async fn submit_tool_outputs(call: Call) {
    let output = ToolOutput::new().tool_call_id("call_1").output("2");
    let body = SubmitToolOutputsRunRequest::new([output, ToolOutput::new()]);
    let sent = json!({"tool_outputs": [{"tool_call_id": "call_1", "output": "2"}, {}]});
    call.check(
        |client| client.submit_tool_outputs_to_run("thread_1", "run_1", body.clone()),
        (
            "POST /v1/threads/thread_1/runs/run_1/submit_tool_outputs",
            Some(sent),
        ),
        server::SubmitToolOutputsToRun {
            thread_id: "thread_1".to_owned(),
            run_id: "run_1".to_owned(),
            body: body.clone(),
        },
        server::SubmitToolOutputsToRunReply::Ok,
        run(),
    )
    .await;
}
