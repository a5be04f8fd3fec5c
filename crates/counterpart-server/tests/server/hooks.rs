//! Errors in a shape of the service's own.

use counterpart_server::{ApiError, Context, Rejection, StatusCode};
use serde_json::{Value, json};

use crate::assistants::server::routes;
use crate::harness::{ask, post};
use crate::service::Service;

fn teapot(rejection: &Rejection, cx: &Context) -> ApiError {
    let body = json!({"status": rejection.status().as_u16(), "operation": cx.operation(), "id": cx.request_id()});
    ApiError::with_body(StatusCode::IM_A_TEAPOT, &body)
}

#[tokio::test]
async fn every_rejection_can_be_shaped() {
    let router = routes(Service)
        .body_limit(100)
        .rejections(teapot)
        .into_router();
    let long = format!(r#"{{"assistant_id": "{}"}}"#, "a".repeat(100));

    for (answer, status, operation) in [
        (ask(&router, "GET", "/nowhere").await, 404, ""),
        (ask(&router, "PUT", "/threads").await, 405, ""),
        (
            ask(&router, "GET", "/threads/t/runs?limit=x").await,
            400,
            "listRuns",
        ),
        (
            post(&router, "/threads/t/runs", long).await,
            413,
            "createRun",
        ),
        (
            post(&router, "/threads/t/runs", "{").await,
            400,
            "createRun",
        ),
        (
            ask(&router, "GET", "/threads/t/runs/broken").await,
            500,
            "getRun",
        ),
        (
            ask(&router, "GET", "/threads/t/runs/panic").await,
            500,
            "getRun",
        ),
    ] {
        let id = answer.header("x-request-id").expect("an id");
        assert_eq!(
            answer.json(),
            json!({"status": status, "operation": operation, "id": id})
        );
        assert_eq!(answer.status, StatusCode::IM_A_TEAPOT);
        assert_eq!(answer.header("allow").is_some(), status == 405);
    }
}

#[tokio::test]
async fn errors_of_methods_are_not_rejections() {
    let router = routes(Service).rejections(teapot).into_router();
    ask(&router, "GET", "/threads/t/runs/missing")
        .await
        .refused(404, Some("run_id"), Some("no_such_run"));
}

#[tokio::test]
async fn one_hook_for_all_errors() {
    let router = routes(Service)
        .rejections(|rejection, _| ApiError::new(rejection.status(), "refused").code("mine"))
        .errors(|error, _| match error.details() {
            Some(details) => ApiError::with_body(
                error.status(),
                &[Some(&details.message), details.code.as_ref()],
            ),
            None => error,
        })
        .into_router();

    let body = |answer: crate::harness::Answer| -> (u16, Value) {
        (answer.status.as_u16(), answer.json())
    };
    assert_eq!(
        body(ask(&router, "GET", "/nowhere").await),
        (404, json!(["refused", "mine"]))
    );
    let missing = ask(&router, "GET", "/threads/t/runs/missing").await;
    assert_eq!(
        body(missing),
        (404, json!(["No run found.", "no_such_run"]))
    );
    assert_eq!(
        body(ask(&router, "GET", "/threads/t/runs/custom").await),
        (409, json!(["mine"]))
    );
    let busy = ask(&router, "GET", "/threads/t/runs/busy").await;
    assert_eq!(busy.header("retry-after"), Some("3"));
}

#[tokio::test]
async fn a_hook_that_panics_or_cannot_encode() {
    let panics = routes(Service)
        .rejections(|_, _| panic!("the password is hunter2"))
        .into_router();
    ask(&panics, "GET", "/nowhere")
        .await
        .refused(500, None, None);

    let map = std::collections::BTreeMap::from([(vec![1], 1)]);
    let fails = routes(Service)
        .errors(move |error, _| ApiError::with_body(error.status(), &map))
        .into_router();
    ask(&fails, "GET", "/nowhere")
        .await
        .refused(500, None, None);
}
