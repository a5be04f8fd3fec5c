//! What a method returns, as it goes out.

use axum::body::Body;
use counterpart_server::{ApiError, EventStream, IntoReply, Reply, Routes, StatusCode};
use futures_util::stream;
use http::HeaderName;
use serde_json::json;

use crate::assistants::server::router;
use crate::assistants::types::AssistantStreamEvent;
use crate::harness::{ask, post};
use crate::service::Service;

#[tokio::test]
async fn json() {
    let answer = post(
        &router(Service),
        "/threads/t_1/runs",
        r#"{"assistant_id": "a_1"}"#,
    )
    .await;

    assert_eq!(answer.status, 200);
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(
        answer.text,
        r#"{"id":"a_1","object":"thread.run","thread_id":"t_1","status":"queued"}"#
    );
}

#[tokio::test]
async fn no_content_and_headers_that_may_be_absent() {
    let answer = ask(&router(Service), "DELETE", "/threads/17").await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (204, ""));
    assert_eq!(answer.header("x-deleted"), Some("17"));
    assert_eq!(answer.header("content-type"), None);

    let answer = ask(&router(Service), "DELETE", "/threads/t").await;
    assert_eq!(answer.header("x-deleted"), None);
}

#[tokio::test]
async fn errors_of_a_method() {
    let router = router(Service);

    let answer = ask(&router, "GET", "/threads/t/runs/missing").await;
    assert_eq!(
        answer.refused(404, Some("run_id"), Some("no_such_run")),
        "No run found."
    );
    assert_eq!(answer.error()["type"], "invalid_request_error");

    let answer = ask(&router, "GET", "/threads/t/runs/busy").await;
    answer.refused(429, None, None);
    assert_eq!(answer.header("retry-after"), Some("3"));

    let answer = ask(&router, "GET", "/threads/t/runs/custom").await;
    assert_eq!(
        (answer.status.as_u16(), answer.json()),
        (409, json!(["mine"]))
    );
}

#[tokio::test]
async fn other_kinds_of_reply() {
    let reply = |kind: &'static str, reply: fn() -> Reply| (kind, reply);
    for (kind, make) in [
        reply("text/plain; charset=utf-8", || {
            "hello".to_owned().into_reply()
        }),
        reply("image/png", || {
            Reply::bytes(StatusCode::OK, "image/png", &b"hello"[..])
        }),
        reply("application/json", || json!("hello").into_reply()),
        reply("application/octet-stream", || {
            let parts = stream::iter([Ok::<_, std::io::Error>("hel"), Ok("lo")]);
            Reply::body(
                StatusCode::OK,
                "application/octet-stream",
                Body::from_stream(parts),
            )
        }),
        reply("text/html", || {
            Reply::from(
                http::Response::builder()
                    .header("content-type", "text/html")
                    .body(Body::from("hello"))
                    .expect("a response"),
            )
        }),
    ] {
        let router = Routes::new(())
            .get("any", "/", move |_, _, ()| async move { Ok(make()) })
            .into_router();
        let answer = ask(&router, "GET", "/").await;
        assert_eq!(
            (answer.status.as_u16(), answer.text.trim_matches('"')),
            (200, "hello"),
            "{kind}"
        );
        assert_eq!(answer.header("content-type"), Some(kind));
    }
}

#[tokio::test]
async fn nothing_is_a_204() {
    let router = Routes::new(())
        .get("nothing", "/", |_, _, ()| async { Ok(()) })
        .into_router();
    assert_eq!(ask(&router, "GET", "/").await.status, 204);
}

#[tokio::test]
async fn headers_may_be_added_to_any_reply() {
    let replies: [fn() -> Result<Reply, ApiError>; 4] = [
        || Ok(Reply::json(StatusCode::OK, "polled")),
        || {
            Ok(Reply::events(
                StatusCode::OK,
                EventStream::<AssistantStreamEvent>::iter([]),
            ))
        },
        || Err(ApiError::not_found("No run found.")),
        || panic!("the password is hunter2"),
    ];
    for make in replies {
        let router = Routes::new(())
            .get("any", "/", move |_, cx, ()| async move {
                cx.reply_header("openai-poll-after-ms", 500);
                cx.reply_header("x-absent", None::<u8>);
                cx.reply_header("no name", 1);
                cx.reply_header("set-cookie", "a=1");
                cx.reply_header("set-cookie", "b=2");
                cx.reply_header("content-type", "text/mine");
                make()
            })
            .into_router();
        let answer = ask(&router, "GET", "/").await;
        assert_eq!(answer.header("openai-poll-after-ms"), Some("500"));
        assert_eq!(answer.header("x-absent"), None);
        assert_eq!(answer.headers.get_all("set-cookie").iter().count(), 2);
        let types: Vec<_> = answer.headers.get_all("content-type").iter().collect();
        assert_eq!(types, ["text/mine"], "it gives way to what is added");
        assert!(answer.header("x-request-id").is_some());
    }
}

#[tokio::test]
async fn what_cannot_be_written_is_a_500() {
    struct Unwritable;
    impl serde::Serialize for Unwritable {
        fn serialize<S: serde::Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
            Err(serde::ser::Error::custom("the password is hunter2"))
        }
    }

    let makers: [fn() -> Result<Reply, ApiError>; 4] = [
        || Ok(Reply::json(StatusCode::OK, &Unwritable)),
        || Ok(Reply::empty(StatusCode::OK).header("x-text", "two\nlines")),
        || Ok(Reply::empty(StatusCode::OK).header("no name", 1)),
        || Err(ApiError::with_body(StatusCode::CONFLICT, &Unwritable)),
    ];
    for make in makers {
        let router = Routes::new(())
            .get("any", "/", move |_, _, ()| async move { make() })
            .into_router();
        let answer = ask(&router, "GET", "/").await;
        let message = answer.refused(500, None, None);
        assert_eq!(
            message,
            "The server had an error while processing your request."
        );
        assert_eq!(answer.error()["type"], "server_error");
    }
}

#[tokio::test]
async fn a_reply_may_name_its_own_request() {
    let name = HeaderName::from_static("x-request-id");
    let router = Routes::new(())
        .get("any", "/", move |_, _, ()| {
            let name = name.clone();
            async move { Ok(Reply::empty(StatusCode::OK).header(name.as_str(), "upstream-1")) }
        })
        .into_router();
    assert_eq!(
        ask(&router, "GET", "/").await.header("x-request-id"),
        Some("upstream-1")
    );
}

#[test]
fn a_status_without_a_constant() {
    assert_eq!(Reply::status_code(299).as_u16(), 299);
    assert_eq!(Reply::status_code(7), StatusCode::INTERNAL_SERVER_ERROR);
}
