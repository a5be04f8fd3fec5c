//! The operations on the steps of runs.

use assistants_server as server;
use assistants_types::*;
use serde_json::json;

use super::Call;
use crate::fixtures::step;

/// `include[]` more than once, and last.
pub(super) async fn list(call: Call) {
    let (item, item_json) = step();
    let include = [
        RunInclude::FileSearchResultContent,
        RunInclude::FileSearchResultContent,
    ];
    let line = "GET /v1/threads/thread_1/runs/run_1/steps?limit=100\
        &include%5B%5D=step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content\
        &include%5B%5D=step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content";
    call.check(
        |client| {
            let call = client.list_run_steps("thread_1", "run_1");
            call.limit(100).include(include.clone())
        },
        (line, None),
        server::ListRunSteps {
            thread_id: "thread_1".to_owned(),
            run_id: "run_1".to_owned(),
            limit: 100,
            order: Order::Desc,
            after: None,
            before: None,
            include: Some(include.to_vec()),
        },
        server::ListRunStepsReply::Ok,
        (
            ListRunStepsResponse::new([item], false).last_id("step_1"),
            json!({
                "object": "list",
                "data": [item_json],
                "first_id": null,
                "last_id": "step_1",
                "has_more": false,
            }),
        ),
    )
    .await;
}

/// Once with `include[]`, once without.
pub(super) async fn get(call: Call) {
    let path = "GET /v1/threads/thread_1/runs/run_1/steps/step_1";
    let asked = server::GetRunStep {
        thread_id: "thread_1".to_owned(),
        run_id: "run_1".to_owned(),
        step_id: "step_1".to_owned(),
        include: None,
    };
    call.check(
        |client| client.get_run_step("thread_1", "run_1", "step_1"),
        (path, None),
        asked.clone(),
        server::GetRunStepReply::Ok,
        step(),
    )
    .await;

    let include = [RunInclude::FileSearchResultContent];
    let query = "include%5B%5D=\
        step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content";
    call.check(
        |client| {
            let call = client.get_run_step("thread_1", "run_1", "step_1");
            call.include(include.clone())
        },
        (&format!("{path}?{query}"), None),
        server::GetRunStep {
            include: Some(include.to_vec()),
            ..asked
        },
        server::GetRunStepReply::Ok,
        step(),
    )
    .await;
}
