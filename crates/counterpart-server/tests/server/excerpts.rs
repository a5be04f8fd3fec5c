//! Answers that do not grow with what was sent.

use axum::body::Body;
use serde_json::json;

use crate::assistants::server::router;
use crate::harness::{Answer, ask, post, request, send};
use crate::service::Service;

const RUNS: &str = "/threads/t_1/runs";

/// More than anybody wants to see again.
fn long() -> String {
    "x".repeat(50_000)
}

fn is_short(answer: &Answer, status: u16) {
    assert_eq!(answer.status, status, "{}", answer.text);
    let (error, length) = (answer.error(), answer.text.len());
    assert!(length < 2_500, "{length} bytes");
    let param = error["param"].as_str().unwrap_or_default();
    assert!(param.chars().count() <= 201, "{param}");
    let message = error["message"].as_str().expect("a message");
    assert!(
        message.contains("xxx") && message.contains('…'),
        "{message}"
    );
}

#[tokio::test]
async fn paths_and_parameters() {
    let router = router(Service);
    is_short(&ask(&router, "GET", &format!("/{}", long())).await, 404);
    is_short(
        &ask(&router, "PUT", &format!("/threads/{}", long())).await,
        405,
    );
    for name in ["limit", "status", "include[]"] {
        let uri = format!("{RUNS}?{name}={}", long());
        is_short(&ask(&router, "GET", &uri).await, 400);
    }
}

#[tokio::test]
async fn headers() {
    for (name, status) in [("openai-beta", 400), ("content-type", 415)] {
        let mut request = request("POST", RUNS)
            .body(Body::from("{}"))
            .expect("a request");
        let value = long().parse().expect("a value");
        request.headers_mut().insert(name, value);
        is_short(&send(&router(Service), request).await, status);
    }
}

#[tokio::test]
async fn bodies() {
    for body in [
        json!({ "assistant_id": "a", long(): 1 }),
        json!({ "assistant_id": "a", "stream": long() }),
    ] {
        is_short(&post(&router(Service), RUNS, body.to_string()).await, 400);
    }
}
