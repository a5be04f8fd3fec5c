//! The operations on assistants.

use assistants_server as server;
use assistants_types::*;
use counterpart_wire::filled;
use serde_json::json;

use super::Call;
use crate::fixtures::{assistant, metadata};

pub(super) async fn list(call: Call) {
    let (item, item_json) = assistant();
    let page = ListAssistantsResponse::new([item], true)
        .first_id("asst_1")
        .last_id("asst_1");
    let page_json = json!({
        "object": "list",
        "data": [item_json],
        "first_id": "asst_1",
        "last_id": "asst_1",
        "has_more": true,
    });
    call.check(
        |client| {
            let call = client.list_assistants().limit(1).order(Order::Asc);
            call.with_after("asst_0").with_before("asst_9")
        },
        (
            "GET /v1/assistants?limit=1&order=asc&after=asst_0&before=asst_9",
            None,
        ),
        server::ListAssistants {
            limit: 1,
            order: Order::Asc,
            after: Some("asst_0".to_owned()),
            before: Some("asst_9".to_owned()),
        },
        server::ListAssistantsReply::Ok,
        (page, page_json),
    )
    .await;
}

pub(super) async fn create(call: Call) {
    let ranking = FileSearchRankingOptions::new(0.5).ranker(FileSearchRanker::Auto);
    let search = FileSearchOptions::new()
        .max_num_results(5_u64)
        .ranking_options(ranking);
    let store = NewVectorStore::new()
        .file_ids(["file_1".to_owned()])
        .chunking_strategy(StaticChunking::new(ChunkSizes::new(800, 400)));
    let resources =
        NewToolResources::new().file_search(NewFileSearchResources::new().vector_stores([store]));
    let schema = JsonSchemaFormat::new("answer").strict(true);
    let mut body = CreateAssistantRequest::new("gpt-4o-mini")
        .name("Math tutor")
        .tools([FileSearchTool::new().file_search(search).into()])
        .tool_resources(resources)
        .metadata(metadata())
        .response_format(ResponseFormatJsonSchema::new(schema));
    body.description = Nullable::Null;

    let sent = json!({
        "model": "gpt-4o-mini",
        "name": "Math tutor",
        "description": null,
        "tools": [{
            "type": "file_search",
            "file_search": {
                "max_num_results": 5,
                "ranking_options": {"ranker": "auto", "score_threshold": 0.5},
            },
        }],
        "tool_resources": {
            "file_search": {
                "vector_stores": [{
                    "file_ids": ["file_1"],
                    "chunking_strategy": {
                        "type": "static",
                        "static": {"max_chunk_size_tokens": 800, "chunk_overlap_tokens": 400},
                    },
                }],
            },
        },
        "metadata": {"team": "search"},
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "answer", "strict": true},
        },
    });
    call.check(
        |client| client.create_assistant(body.clone()),
        ("POST /v1/assistants", Some(sent)),
        server::CreateAssistant {
            body: filled(body.clone()),
        },
        server::CreateAssistantReply::Ok,
        assistant(),
    )
    .await;
}

pub(super) async fn get(call: Call) {
    call.check(
        |client| client.get_assistant("asst_1"),
        ("GET /v1/assistants/asst_1", None),
        server::GetAssistant {
            assistant_id: "asst_1".to_owned(),
        },
        server::GetAssistantReply::Ok,
        assistant(),
    )
    .await;
}

pub(super) async fn modify(call: Call) {
    let mut body = ModifyAssistantRequest::new().model("gpt-5").tools([]);
    body.metadata = Nullable::Null;
    call.check(
        |client| client.modify_assistant("asst_1", body.clone()),
        (
            "POST /v1/assistants/asst_1",
            Some(json!({"model": "gpt-5", "tools": [], "metadata": null})),
        ),
        server::ModifyAssistant {
            assistant_id: "asst_1".to_owned(),
            body: filled(body.clone()),
        },
        server::ModifyAssistantReply::Ok,
        assistant(),
    )
    .await;
}

pub(super) async fn delete(call: Call) {
    call.check(
        |client| client.delete_assistant("asst_1"),
        ("DELETE /v1/assistants/asst_1", None),
        server::DeleteAssistant {
            assistant_id: "asst_1".to_owned(),
        },
        server::DeleteAssistantReply::Ok,
        (
            DeleteAssistantResponse::new("asst_1", true),
            json!({"id": "asst_1", "deleted": true, "object": "assistant.deleted"}),
        ),
    )
    .await;
}
