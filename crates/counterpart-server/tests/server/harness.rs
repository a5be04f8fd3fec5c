//! Requests without a socket: a request in, the whole answer out.

use axum::Router;
use axum::body::Body;
use http::request::Builder;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

/// An answer, read to its end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.text)
            .unwrap_or_else(|error| panic!("{error} in {:?}", self.text))
    }

    /// The body of the default error; panics if it has another shape.
    pub(crate) fn error(&self) -> Value {
        let body = self.json();
        let error = &body["error"];
        assert_eq!(body, json!({ "error": error }));
        let keys: Vec<_> = error.as_object().expect("an object").keys().collect();
        assert_eq!(keys, ["message", "type", "param", "code"]);
        assert!(self.header("x-request-id").is_some(), "no request id");
        assert_eq!(self.header("content-type"), Some("application/json"));
        error.clone()
    }

    /// Asserts status, `param` and `code`, and gives the message.
    pub(crate) fn refused(&self, status: u16, param: Option<&str>, code: Option<&str>) -> String {
        let error = self.error();
        assert_eq!(
            (
                self.status.as_u16(),
                error["param"].as_str(),
                error["code"].as_str()
            ),
            (status, param, code)
        );
        error["message"].as_str().expect("a message").to_owned()
    }
}

/// A request with the header that every operation needs.
pub(crate) fn request(method: &str, uri: &str) -> Builder {
    Request::builder()
        .method(method)
        .uri(uri)
        .header("OpenAI-Beta", "assistants=v2")
}

pub(crate) async fn send(router: &Router, request: Request<Body>) -> Answer {
    let response = router
        .clone()
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    let (parts, body) = response.into_parts();
    let bytes = body.collect().await.expect("a body").to_bytes();
    let text = String::from_utf8(bytes.into()).expect("UTF-8");
    Answer {
        status: parts.status,
        headers: parts.headers,
        text,
    }
}

/// Sends a request without a body.
pub(crate) async fn ask(router: &Router, method: &str, uri: &str) -> Answer {
    send(
        router,
        request(method, uri).body(Body::empty()).expect("a request"),
    )
    .await
}

/// Posts JSON, or what claims to be it.
pub(crate) async fn post(router: &Router, uri: &str, body: impl Into<Body>) -> Answer {
    let request = request("POST", uri).header("content-type", "application/json");
    send(router, request.body(body.into()).expect("a request")).await
}
