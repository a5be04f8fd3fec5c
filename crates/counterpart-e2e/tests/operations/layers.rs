//! Layers around the router: what browsers ask for is a layer's business, and needs nothing of the router's.

use assistants_server::Router;
use axum::body::Body;
use http::{Method, Request, Response};
use tower::ServiceExt;
use tower_http::cors::{Any, CorsLayer};

use crate::harness::app;
use crate::scripted::Scripted;

async fn ask(request: http::request::Builder) -> Response<Body> {
    let cors = CorsLayer::new()
        .allow_origin(Any)
        .allow_methods([Method::GET, Method::POST])
        .allow_headers(Any);
    let app: Router = app(Scripted::default()).layer(cors);
    let request = request.header("origin", "https://example.com");
    app.oneshot(request.body(Body::empty()).unwrap())
        .await
        .unwrap()
}

#[tokio::test]
async fn a_browser_may_ask_first() {
    let preflight = Request::options("/v1/threads")
        .header("access-control-request-method", "POST")
        .header(
            "access-control-request-headers",
            "authorization,openai-beta",
        );
    let answer = ask(preflight).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    assert_eq!(answer.headers()["access-control-allow-methods"], "GET,POST");
}

#[tokio::test]
async fn errors_can_be_read_by_a_browser_too() {
    let answer = ask(Request::get("/v1/nowhere")).await;
    assert_eq!(answer.status(), 404);
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
}
