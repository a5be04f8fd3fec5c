//! What goes over the wire, as it is.

use std::sync::{Arc, Mutex, MutexGuard};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use http_body_util::BodyExt;
use serde_json::Value;

/// All exchanges so far. Clones share them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wire(Arc<Mutex<Vec<Exchange>>>);

/// A request and its answer.
#[derive(Debug, Clone)]
pub(crate) struct Exchange {
    /// Method, path and query, as in the first line of a request.
    pub(crate) line: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
    pub(crate) status: StatusCode,
    pub(crate) reply_headers: HeaderMap,
    pub(crate) reply: String,
}

impl Wire {
    pub(crate) fn exchanges(&self) -> MutexGuard<'_, Vec<Exchange>> {
        self.0.lock().unwrap()
    }

    /// The only exchange that there was.
    pub(crate) fn only(&self) -> Exchange {
        let exchanges = self.exchanges();
        assert_eq!(exchanges.len(), 1, "{exchanges:?}");
        exchanges[0].clone()
    }
}

impl Exchange {
    /// The only value of a header of the request.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values = self.headers.get_all(name).into_iter();
        let first = values.next()?;
        assert_eq!(values.next(), None, "`{name}` is sent twice");
        Some(first.to_str().unwrap())
    }

    /// A header of the answer.
    pub(crate) fn reply_header(&self, name: &str) -> Option<&str> {
        Some(self.reply_headers.get(name)?.to_str().unwrap())
    }

    /// The answer as JSON.
    pub(crate) fn reply_json(&self) -> Value {
        json(&self.reply)
    }
}

pub(crate) fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error} in {text:?}"))
}

/// A middleware that reads requests and answers to their end and notes them.
pub(crate) async fn record(State(wire): State<Wire>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let body = text(body).await;
    let line = format!("{} {}", parts.method, parts.uri.path_and_query().unwrap());
    let headers = parts.headers.clone();
    let request = Request::from_parts(parts, Body::from(body.clone()));

    let (parts, reply) = next.run(request).await.into_parts();
    let reply = text(reply).await;
    wire.exchanges().push(Exchange {
        line,
        headers,
        body,
        status: parts.status,
        reply_headers: parts.headers.clone(),
        reply: reply.clone(),
    });
    Response::from_parts(parts, Body::from(reply))
}

async fn text(body: Body) -> String {
    let bytes = body.collect().await.unwrap().to_bytes();
    String::from_utf8(bytes.into()).unwrap()
}
