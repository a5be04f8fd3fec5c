//! What surrounds a method: ids, panics, what layers pass on.

use axum::body::Body;
use axum::extract::Extension;
use counterpart_server::{Context, Reply, Routes, StatusCode};

use crate::assistants::server::router;
use crate::harness::{ask, request, send};
use crate::service::Service;

#[tokio::test]
async fn an_id_is_accepted_or_made_and_always_returned() {
    let given = request("POST", "/threads")
        .header("x-request-id", "mine-1")
        .body(Body::empty());
    let answer = send(&router(Service), given.expect("a request")).await;
    assert_eq!(answer.header("x-request-id"), Some("mine-1"));
    assert_eq!(answer.json()["id"], "mine-1");

    let strange = request("POST", "/threads")
        .header("x-request-id", "<script>")
        .body(Body::empty());
    let answer = send(&router(Service), strange.expect("a request")).await;
    let id = answer.header("x-request-id").expect("an id");
    assert!(id.starts_with("req_") && answer.json()["id"] == id, "{id}");

    let other = ask(&router(Service), "POST", "/threads").await;
    assert_ne!(other.header("x-request-id"), answer.header("x-request-id"));
    assert!(
        ask(&router(Service), "GET", "/nowhere")
            .await
            .header("x-request-id")
            .is_some()
    );
}

#[tokio::test]
async fn a_panic_is_a_500_for_one_request() {
    let router = router(Service);
    for run in ["panic", "late-panic", "broken"] {
        let answer = ask(&router, "GET", &format!("/threads/t/runs/{run}")).await;
        let message = answer.refused(500, None, None);
        assert_eq!(
            message,
            "The server had an error while processing your request."
        );
        assert!(!format!("{answer:?}").contains("hunter2"));
    }
    assert_eq!(ask(&router, "GET", "/threads/t/runs/r").await.status, 200);
}

#[tokio::test]
async fn the_context_has_the_request_and_what_layers_attach() {
    let method = |_, cx: Context, ()| async move {
        let attached = cx
            .extensions()
            .get::<&'static str>()
            .copied()
            .unwrap_or_default();
        let host = cx
            .headers()
            .get("host")
            .and_then(|host| host.to_str().ok())
            .unwrap_or_default();
        let text = format!(
            "{} {} {} {host} {attached}",
            cx.operation(),
            cx.method(),
            cx.uri()
        );
        Ok(Reply::text(StatusCode::OK, text))
    };
    let router = Routes::new(())
        .get("describe", "/a/{b}", method)
        .into_router()
        .layer(Extension("attached"));

    let request = request("GET", "/a/b?c=d")
        .header("host", "h")
        .body(Body::empty());
    assert_eq!(
        send(&router, request.expect("a request")).await.text,
        "describe GET /a/b?c=d h attached"
    );
}
