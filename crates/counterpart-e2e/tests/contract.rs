//! The check that comes with a generated server, against a service that keeps to the document and some that do not.

use std::collections::BTreeSet;

use assistants_client::Client;
use assistants_server::runtime::contract::{Contract, Report};
use assistants_server::{ApiError, Router, StatusCode, contract, router, routes};
use assistants_types::*;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use example_server::Service;
use http::Uri;
use http::header::CONTENT_LENGTH;
use serde_json::Value;

/// How many requests there are for the 23 operations.
const REQUESTS: std::ops::RangeInclusive<usize> = 200..=350;

/// The contract, with what an operation of the example needs to be there.
fn prepared() -> Contract {
    contract().prepare(|app, operation| async move { existing(app, &operation).await })
}

/// An assistant, a thread with a message and, where an operation is about one, a run that waits for a function.
async fn existing(app: Router, operation: &str) -> Vec<(&'static str, String)> {
    let client = Client::builder().base_url("http://service.example");
    let client = client
        .credentials("sk-test")
        .service(app)
        .retries(0)
        .build()
        .unwrap();
    let add = FunctionTool::new(FunctionDefinition::new("add"));
    let request = CreateAssistantRequest::new("gpt-4o").tools([add.into()]);
    let assistant = client.create_assistant(request).await.unwrap().id;
    let thread = client.create_thread().await.unwrap().id;
    let hello = CreateMessageRequest::new(Role::User, "Hello");
    let message = client.create_message(&thread, hello).await.unwrap().id;
    let mut found = vec![
        ("assistant_id", assistant.clone()),
        ("thread_id", thread.clone()),
        ("message_id", message),
    ];
    // A thread has one active run at most, and takes no message meanwhile.
    let is_about_runs = operation.contains("Run") || operation.contains("submit");
    if is_about_runs && !operation.starts_with("create") {
        let request = CreateRunRequest::new(assistant);
        let run = client.create_run(&thread, request).await.unwrap();
        let steps = client.list_run_steps(&thread, &run.id).await.unwrap().data;
        let action = run.required_action.expect("it waits");
        let call = action.submit_tool_outputs.tool_calls[0].id.clone();
        found.push(("step_id", steps[0].id.clone()));
        found.push(("run_id", run.id));
        found.push(("tool_call_id", call));
    }
    found
}

#[tokio::test]
async fn the_example_keeps_to_the_document() {
    let requests = prepared()
        .check(router(Service::new()))
        .await
        .expect_clean();
    assert!(REQUESTS.contains(&requests), "{requests}");
}

/// What is found of the example behind a layer that spoils it.
macro_rules! spoiled {
    ($layer:expr) => {
        prepared()
            .check(router(Service::new()).layer(from_fn($layer)))
            .await
    };
}

fn found(report: &Report, request: &str, problem: &str) -> bool {
    report
        .findings
        .iter()
        .any(|finding| finding.request.contains(request) && finding.problem.contains(problem))
}

#[tokio::test]
async fn a_status_that_hides_a_mistake_is_found() {
    let report = spoiled!(|request: Request, next: Next| async move {
        let mut response: Response = next.run(request).await;
        if response.status() == StatusCode::BAD_REQUEST {
            *response.status_mut() = StatusCode::OK;
        }
        response
    });
    for what in [
        "broken JSON",
        "list for a body",
        "openai-beta",
        "without the property `assistant_id`",
        "property `temperature` above its maximum",
        "property `temperature` below its minimum",
        "property `role` that is not listed",
        "property `name` that is too long",
        "property `instructions` of another type",
        "query parameter `limit` of another type",
        "query parameter `limit` above its maximum",
        "query parameter `order` that is not listed",
        "property that is not listed",
    ] {
        assert!(
            found(&report, what, "answered with 200"),
            "{what}: {report}"
        );
    }
}

#[tokio::test]
async fn a_service_that_ignores_its_query_is_found() {
    let report = spoiled!(|mut request: Request, next: Next| async move {
        *request.uri_mut() = Uri::try_from(request.uri().path()).unwrap();
        next.run(request).await
    });
    let lists = report
        .findings
        .iter()
        .filter(|finding| finding.request.contains("`limit`"));
    let lists: Vec<_> = lists.map(|finding| finding.operation.as_str()).collect();
    for list in ["listAssistants", "listMessages", "listRuns", "listRunSteps"] {
        assert!(lists.contains(&list), "{report}");
    }
}

#[tokio::test]
async fn a_service_without_anything_is_found() {
    let report = contract()
        .check(Router::new().fallback(|| async { ApiError::not_found("Nothing here.") }))
        .await;
    for operation in ["listAssistants", "getRunStep", "submitToolOuputsToRun"] {
        let is_it =
            |id: &str, problem: &str| id == operation && problem.contains("never succeeded");
        let mut findings = report.findings.iter();
        let told = findings.any(|it| is_it(&it.operation, &it.problem));
        assert!(told, "{operation}: {report}");
    }
}

#[tokio::test]
async fn ids_that_exist_may_be_given_instead() {
    let app = router(Service::new());
    let ids = existing(app.clone(), "getRun").await;
    let given = ids
        .into_iter()
        .fold(contract(), |contract, (name, id)| contract.given(name, id));
    let report = given.check(app).await;
    let findings = report.findings.iter();
    let never: Vec<_> = findings.map(|it| it.operation.as_str()).collect();
    for operation in ["getRunStep", "deleteMessage", "deleteThread"] {
        assert!(!never.contains(&operation), "{report}");
    }
    // The run was cancelled by then.
    assert!(never.contains(&"submitToolOuputsToRun"), "{report}");
}

/// The body of a response with something put in its place.
async fn rewritten(
    response: Response,
    media_type: &str,
    rewrite: fn(String) -> String,
) -> Response {
    let (mut parts, body) = response.into_parts();
    let own = parts
        .headers
        .get("content-type")
        .and_then(|own| own.to_str().ok());
    if !own.is_some_and(|own| own.starts_with(media_type)) || !parts.status.is_success() {
        return Response::from_parts(parts, body);
    }
    parts.headers.remove(CONTENT_LENGTH);
    let bytes = to_bytes(body, usize::MAX).await.unwrap();
    let text = String::from_utf8(bytes.to_vec()).unwrap();
    Response::from_parts(parts, Body::from(rewrite(text)))
}

#[tokio::test]
async fn values_beyond_their_limits_are_found() {
    let report = spoiled!(|request: Request, next: Next| async move {
        rewritten(next.run(request).await, "application/json", |text| {
            let mut body: Value = serde_json::from_str(&text).unwrap();
            if body.get("temperature").is_some() {
                body["temperature"] = 99.into();
            }
            body.to_string()
        })
        .await
    });
    assert!(
        found(&report, "", "temperature: 99 is above its maximum"),
        "{report}"
    );
}

#[tokio::test]
async fn events_that_the_document_does_not_have_are_found() {
    let report = spoiled!(|request: Request, next: Next| async move {
        rewritten(next.run(request).await, "text/event-stream", |text| {
            text.replace("event: thread.run.queued\n", "event: thread.run.cued\n")
        })
        .await
    });
    assert!(
        found(&report, "as a stream", "the event `thread.run.cued`"),
        "{report}"
    );
}

#[tokio::test]
async fn events_that_hold_something_else_are_found() {
    let report = spoiled!(|request: Request, next: Next| async move {
        rewritten(next.run(request).await, "text/event-stream", |text| {
            text.replace("\"object\":\"thread.run\"", "\"object\":\"thread.walk\"")
        })
        .await
    });
    assert!(
        found(
            &report,
            "as a stream",
            "object: \"thread.walk\" is not listed"
        ),
        "{report}"
    );
}

#[tokio::test]
async fn streams_without_their_end_are_found() {
    let report = spoiled!(|request: Request, next: Next| async move {
        rewritten(next.run(request).await, "text/event-stream", |text| {
            text.replace("event: done\ndata: [DONE]\n\n", "")
        })
        .await
    });
    let findings = report.findings.iter();
    let streams: BTreeSet<_> = findings.map(|it| it.operation.as_str()).collect();
    let expected = ["createRun", "createThreadAndRun", "submitToolOuputsToRun"];
    assert_eq!(Vec::from_iter(streams), expected, "{report}");
    assert!(
        found(&report, "as a stream", "ends without `[DONE]`"),
        "{report}"
    );
}

#[tokio::test]
async fn a_service_that_never_streams_is_found() {
    let report = spoiled!(|request: Request, next: Next| async move {
        let (parts, body) = request.into_parts();
        let bytes = to_bytes(body, usize::MAX).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        let text = text.replace("\"stream\":true", "\"stream\":false");
        next.run(Request::from_parts(parts, Body::from(text))).await
    });
    assert!(found(&report, "as a stream", "no stream"), "{report}");
}

#[tokio::test]
async fn errors_of_another_shape_are_found() {
    let plain = routes(Service::new())
        .errors(|error, _| ApiError::with_body(error.status(), "nothing but a text"))
        .into_router();
    let report = contract().check(plain).await;
    assert!(report.findings.len() > 23, "{report}");
}

#[tokio::test]
async fn a_service_that_fails_is_found() {
    let broken = router(Service::new()).layer(from_fn(|_: Request, _: Next| async {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    }));
    let report = contract().check(broken).await;
    assert!(report.findings.len() > report.requests, "{report}");
}
