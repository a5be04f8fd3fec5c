//! Bodies whose values do not keep within the limits of the document.

use axum::Router;
use axum::body::Body;
use counterpart_server::wire::{Checker, IndexMap, Validate};
use counterpart_server::{FromRequest, Rejection, Reply, Request, Routes, StatusCode};
use futures_util::StreamExt;

use crate::harness::{Answer, request, send};

/// Numbers by their names, none of them above nine.
struct Numbers(IndexMap<String, i64>);

impl<'de> counterpart_server::wire::Deserialize<'de> for Numbers {
    fn deserialize<D: counterpart_server::wire::Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Self, D::Error> {
        IndexMap::deserialize(deserializer).map(Self)
    }
}

impl Validate for Numbers {
    fn check(&self, checker: &mut Checker<'_>) {
        checker
            .value(&self.0)
            .max_properties(3)
            .each_value(|value| value.maximum(9));
    }
}

struct Needed(Numbers);

impl FromRequest for Needed {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        Ok(Self(request.valid_json().await?))
    }
}

struct Optional(Option<Numbers>);

impl FromRequest for Optional {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        Ok(Self(request.valid_optional_json().await?))
    }
}

fn router() -> Router {
    Routes::new(())
        .post("needed", "/needed", |_, _, Needed(numbers)| async move {
            Ok(Reply::json(StatusCode::OK, &numbers.0.len()))
        })
        .post(
            "optional",
            "/optional",
            |_, _, Optional(numbers)| async move {
                let count = numbers.map(|numbers| numbers.0.len());
                Ok(Reply::json(StatusCode::OK, &count))
            },
        )
        .into_router()
}

async fn post(path: &str, body: &'static str) -> Answer {
    let request = request("POST", path).header("content-type", "application/json");
    send(
        &router(),
        request.body(Body::from(body)).expect("a request"),
    )
    .await
}

#[tokio::test]
async fn a_body_within_its_limits_reaches_the_service() {
    assert_eq!(post("/needed", r#"{"a": 9}"#).await.text, "1");
    assert_eq!(post("/optional", r#"{"a": 9}"#).await.text, "1");
}

#[tokio::test]
async fn a_body_that_may_be_left_out_has_no_limits_then() {
    let none = request("POST", "/optional").body(Body::empty());
    let answer = send(&router(), none.expect("a request")).await;
    assert_eq!(answer.text, "null");
}

#[tokio::test]
async fn a_body_beyond_its_limits_is_refused_with_all_that_is_wrong() {
    for path in ["/needed", "/optional"] {
        let answer = post(path, r#"{"a": 10, "b": 9, "c/d": 11}"#).await;
        let message = answer.refused(400, Some("a"), Some("invalid_value"));
        assert_eq!(
            message,
            "The request is not within its limits: /a: greater than 9 (10); /c~1d: greater than 9 (11)."
        );
    }
}

#[tokio::test]
async fn the_whole_body_has_no_name() {
    let answer = post("/needed", r#"{"a": 1, "b": 2, "c": 3, "d": 4}"#).await;
    let message = answer.refused(400, None, Some("invalid_value"));
    assert!(
        message.ends_with(": more than 3 properties (4)."),
        "{message}"
    );
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_come_is_given_up() {
    let begun = futures_util::stream::iter([Ok::<_, std::io::Error>("{\"a\": 1")]);
    let stalled = begun.chain(futures_util::stream::pending());
    let request = request("POST", "/needed").header("content-type", "application/json");
    let request = request.body(Body::from_stream(stalled)).expect("a request");
    let answer = send(&router(), request).await;

    let message = answer.refused(408, None, Some("request_timeout"));
    assert_eq!(message, "The request body did not arrive within 60s.");
}
