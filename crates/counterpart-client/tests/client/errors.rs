//! What is made of answers that are errors.

use counterpart_client::{Error, TransportKind, Verdict};
use http::StatusCode;
use serde::Deserialize;
use serde_json::Value;

use crate::support::{Server, pieces, reply, reply_with};

#[derive(Debug, PartialEq, Deserialize)]
struct Problem {
    error: Details,
}

#[derive(Debug, PartialEq, Deserialize)]
struct Details {
    message: String,
}

const NOT_FOUND: &str = r#"{"error": {"message": "No such thing", "extra": 1}}"#;

#[tokio::test]
async fn an_api_error_has_status_headers_id_and_body() {
    let server = Server::new(|_| {
        let headers = [
            ("content-type", "application/json"),
            ("x-request-id", "req_7"),
            ("x-a", "b"),
        ];
        reply_with(404, &headers, NOT_FOUND)
    });

    let call = server.http().get::<Value, Problem>("getThing", "/a");
    let error = call.await.unwrap_err();

    assert_eq!(error.status(), Some(StatusCode::NOT_FOUND));
    assert_eq!(error.request_id(), Some("req_7"));
    assert_eq!(
        error.to_string(),
        "getThing: 404 Not Found: No such thing (request id req_7)"
    );
    assert_eq!(
        error.outline(),
        "getThing: 404 Not Found (request id req_7)"
    );
    assert!(!error.is_timeout());
    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.operation(), "getThing");
    assert_eq!(error.headers()["x-a"], "b");
    assert_eq!(error.body().unwrap().error.message, "No such thing");
    assert_eq!(error.raw(), NOT_FOUND);
    assert_eq!(error.attempts()[0].verdict, Verdict::Permanent);
    assert_eq!(error.into_body().unwrap().error.message, "No such thing");
}

#[tokio::test]
async fn an_error_page_is_kept_though_it_is_not_what_the_document_says() {
    let page = "<html><body>Bad Gateway</body></html>";
    let server = Server::new(move |_| reply_with(502, &[("content-type", "text/html")], page));

    let call = server
        .http()
        .get::<Value, Problem>("getThing", "/a")
        .retries(0);
    let error = call.await.unwrap_err();

    assert_eq!(error.to_string(), "getThing: 502 Bad Gateway");
    assert_eq!(error.body(), None);
    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.raw(), page);
    assert_eq!(error.into_body().unwrap_err(), page);
}

#[tokio::test]
async fn an_error_whose_body_breaks_off_is_still_that_error() {
    let server = Server::new(|_| {
        pieces(
            403,
            "application/json",
            [Ok(r#"{"error": "#.into()), Err("cut".into())],
        )
    });

    let error = server.get("/a").await.unwrap_err();

    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.status(), StatusCode::FORBIDDEN);
    assert_eq!(error.raw(), r#"{"error": "#);
}

#[tokio::test]
async fn a_success_whose_body_breaks_off_keeps_what_had_come() {
    let server = Server::new(|_| {
        pieces(
            200,
            "application/json",
            [Ok(r#"{"id": "#.into()), Err("connection reset".into())],
        )
    });

    let error = server.post("/a").await.unwrap_err();

    assert_eq!(error.status(), Some(StatusCode::OK));
    assert_eq!(
        error.to_string(),
        "createThing: the answer broke off: connection reset; not sent again: the service may have acted on it \
         (`Options::idempotent` says that this does no harm)"
    );
    let Error::Transport(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.kind(), TransportKind::Interrupted);
    let partial = error.partial().unwrap();
    assert_eq!(partial.body, r#"{"id": "#);
    assert_eq!(partial.headers["content-type"], "application/json");
    assert_eq!(error.cause().unwrap().to_string(), "connection reset");
}

#[tokio::test]
async fn a_redirect_that_is_not_followed_says_where_it_leads() {
    let server =
        Server::new(|_| reply_with(301, &[("location", "https://b.example/v1/a?key=s3")], ""));

    let error = server.post("/a").await.unwrap_err();

    assert_eq!(
        error.to_string(),
        "createThing: 301 Moved Permanently: redirects to https://b.example/v1/a, which is not followed; \
         is the base URL right?"
    );
}

#[tokio::test]
async fn errors_are_errors_anywhere() {
    async fn question_mark() -> Result<(), Box<dyn std::error::Error + Send + Sync>> {
        let server = Server::new(|_| reply(400, "{}"));
        server.get("/a").await?;
        Ok(())
    }
    async fn configuration() -> Result<(), Error<Value>> {
        let builder = Server::json("null").builder();
        let http: counterpart_client::Http = builder.base_url("nowhere").build()?;
        http.get("getThing", "/a").await
    }

    assert_eq!(
        question_mark().await.unwrap_err().to_string(),
        "getThing: 400 Bad Request"
    );
    assert!(matches!(configuration().await, Err(Error::Config(_))));
}
