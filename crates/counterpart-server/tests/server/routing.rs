//! Which requests reach which operation, and what the others are answered.

use axum::Router;
use axum::routing::get;
use counterpart_server::{Method, Reply, RouteError, Routes, StatusCode, TemplateError};

use crate::assistants::server::{router, routes};
use crate::harness::ask;
use crate::service::Service;

#[tokio::test]
async fn an_unknown_path() {
    let message =
        ask(&router(Service), "GET", "/nowhere?x=1")
            .await
            .refused(404, None, Some("unknown_url"));
    assert_eq!(
        message,
        "Unknown request URL: GET /nowhere. Please check the URL for typos."
    );
    for path in [
        "/",
        "/threads/",
        "/threads//runs",
        "/threads/t/runs/r/",
        "//threads",
    ] {
        ask(&router(Service), "GET", path)
            .await
            .refused(404, None, Some("unknown_url"));
    }
}

#[tokio::test]
async fn a_known_path_with_another_method() {
    let answer = ask(&router(Service), "PUT", "/threads/t/runs").await;
    let message = answer.refused(405, None, Some("method_not_supported"));
    assert_eq!(message, "Not allowed to PUT on /threads/t/runs.");
    assert_eq!(answer.header("allow"), Some("OPTIONS,GET,HEAD,POST"));

    let answer = ask(&router(Service), "GET", "/threads/t").await;
    answer.refused(405, None, Some("method_not_supported"));
    assert_eq!(answer.header("allow"), Some("OPTIONS,DELETE"));
}

#[tokio::test]
async fn head_is_get_without_a_body() {
    let with = ask(&router(Service), "GET", "/threads/t/runs/r").await;
    let without = ask(&router(Service), "HEAD", "/threads/t/runs/r").await;
    assert_eq!((without.status.as_u16(), without.text.as_str()), (200, ""));
    assert_eq!(
        without.header("content-length"),
        Some(with.text.len().to_string().as_str())
    );
    assert_eq!(ask(&router(Service), "HEAD", "/threads").await.status, 405);
}

#[tokio::test]
async fn parameters_of_other_names_at_the_same_place() {
    let router = router(Service);
    assert_eq!(ask(&router, "DELETE", "/threads/1").await.status, 204);
    assert_eq!(
        ask(&router, "GET", "/threads/t/runs/r").await.json()["thread_id"],
        "t"
    );
}

#[tokio::test]
async fn nested_merged_and_layered() {
    let other = Router::new()
        .route("/health", get(async || "fine"))
        .route("/threads/{thread_id}", get(async || "mine"))
        .merge(routes(Service).without_fallback().into_router());
    let app = Router::new()
        .nest("/v1", router(Service))
        .nest("/v2", other);

    for version in ["/v1", "/v2"] {
        let answer = ask(&app, "GET", &format!("{version}/threads/t/runs/r")).await;
        assert_eq!(answer.json()["id"], "r");
    }
    assert_eq!(ask(&app, "GET", "/v2/health").await.text, "fine");
    assert_eq!(ask(&app, "GET", "/v2/threads/t").await.text, "mine");
    let answer = ask(&app, "PUT", "/v2/threads/t").await;
    let allowed: std::collections::BTreeSet<_> =
        answer.header("allow").expect("some").split(',').collect();
    assert_eq!(allowed, ["DELETE", "GET", "HEAD", "OPTIONS"].into());

    ask(&app, "GET", "/v1/nowhere")
        .await
        .refused(404, None, Some("unknown_url"));
    assert_eq!(ask(&app, "GET", "/v2/nowhere").await.text, "");
    assert_eq!(ask(&app, "GET", "/nowhere").await.text, "");
}

fn named(
    id: &'static str,
) -> impl Fn(std::sync::Arc<()>, counterpart_server::Context, ()) -> Answered + Clone {
    move |_, _, ()| std::future::ready(Ok(Reply::text(StatusCode::OK, id)))
}

type Answered = std::future::Ready<Result<Reply, counterpart_server::ApiError>>;

#[tokio::test]
async fn methods_that_axum_does_not_know() {
    let query = Method::from_bytes(b"QUERY").expect("a method");
    let router = Routes::new(())
        .operation(query, "search", "/things", named("search"))
        .get("list", "/things", named("list"))
        .into_router();

    assert_eq!(ask(&router, "QUERY", "/things").await.text, "search");
    assert_eq!(ask(&router, "QUERY", "/things").await.header("allow"), None);
    assert_eq!(ask(&router, "GET", "/things").await.text, "list");
    assert_eq!(ask(&router, "HEAD", "/things").await.text, "");
    let answer = ask(&router, "PUT", "/things").await;
    answer.refused(405, None, Some("method_not_supported"));
    assert_eq!(answer.header("allow"), Some("QUERY,GET,HEAD,OPTIONS"));
}

#[tokio::test]
async fn what_cannot_be_served_is_left_out_and_reported() {
    let routes = Routes::new(())
        .get("first", "/a/{b}", named("first"))
        .get("second", "/a/{c}", named("second"))
        .post("third", "/a/{c}", named("third"))
        .get("broken", "/a/{b", named("broken"));

    let problems: Vec<_> = routes
        .problems()
        .iter()
        .map(|problem| (problem.operation, &problem.reason))
        .collect();
    let [taken, broken] = [
        RouteError::Taken("first"),
        RouteError::Template(TemplateError::UnbalancedBrace),
    ];
    assert_eq!(problems, [("second", &taken), ("broken", &broken)]);
    assert_eq!(
        routes.problems()[0].to_string(),
        "the operation `second` at `GET /a/{c}` is not served: `first` answers the same requests"
    );

    let router = routes.into_router();
    assert_eq!(ask(&router, "GET", "/a/x").await.text, "first");
    assert_eq!(ask(&router, "POST", "/a/x").await.text, "third");
}

#[tokio::test]
async fn options_tells_the_methods_and_head_the_headers() {
    let router = router(Service);
    let answer = ask(&router, "OPTIONS", "/threads/t/runs").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    assert_eq!(answer.header("allow"), Some("GET,POST,HEAD,OPTIONS"));
    assert!(answer.header("x-request-id").is_some());
    assert_eq!(ask(&router, "OPTIONS", "/nowhere").await.status, 404);

    let get = ask(&router, "GET", "/threads/t/runs").await;
    let head = ask(&router, "HEAD", "/threads/t/runs").await;
    assert_eq!((head.status.as_u16(), head.text.as_str()), (200, ""));
    assert_eq!(head.header("content-type"), get.header("content-type"));
}

#[tokio::test]
async fn the_document_is_served_where_it_is_asked_for() {
    let document = r#"{"openapi":"3.0.3"}"#;
    let routes = routes(Service).document(document);
    let router = routes.serve_document("/openapi.json").into_router();
    let answer = ask(&router, "GET", "/openapi.json").await;
    assert_eq!(answer.text, document);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(ask(&router, "HEAD", "/openapi.json").await.status, 200);
    assert_eq!(
        ask(&router, "POST", "/openapi.json").await.header("allow"),
        Some("OPTIONS,GET,HEAD")
    );
}
