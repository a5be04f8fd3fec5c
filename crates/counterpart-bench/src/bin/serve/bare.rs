//! The same by hand, and at the same place: the key, the header and the body are checked, and the answer has an id of
//! its own.

use std::convert::Infallible;

use assistants_server::types::{CreateRunRequest, CreateThreadRequest, Thread};
use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use counterpart_wire::Validate;
use futures_util::{StreamExt, stream};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::request_id::{MakeRequestId, RequestId, SetRequestIdLayer};
use tower_http::trace::TraceLayer;

use super::service::{deltas, thread};

const ID: HeaderName = HeaderName::from_static("x-request-id");

/// With nothing around it.
pub fn plain() -> Router {
    let router = Router::new()
        .route("/threads", post(create_thread))
        .route("/threads/{thread_id}", get(get_thread))
        .route("/threads/{thread_id}/runs", post(create_run));
    Router::new().nest("/v1", router)
}

/// With the layers that do what a generated router does as well: request ids of callers, a span, and panics that stay
/// within their request.
pub fn layered() -> Router {
    plain()
        .layer(CatchPanicLayer::new())
        .layer(TraceLayer::new_for_http())
        .layer(SetRequestIdLayer::new(ID, Random))
}

#[derive(Clone, Copy)]
struct Random;

impl MakeRequestId for Random {
    fn make_request_id<B>(&mut self, _: &Request<B>) -> Option<RequestId> {
        Some(RequestId::new(id()))
    }
}

fn id() -> HeaderValue {
    let id = format!("req_{:032x}", fastrand::u128(..));
    HeaderValue::try_from(id).expect("letters and digits")
}

async fn get_thread(Path(_): Path<String>, headers: HeaderMap) -> Response {
    if !allowed(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    answer(&headers, &thread())
}

async fn create_thread(headers: HeaderMap, body: Bytes) -> Response {
    if !allowed(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Some(request) = read::<CreateThreadRequest>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let thread = Thread {
        metadata: request.metadata.into(),
        ..thread()
    };
    answer(&headers, &thread)
}

async fn create_run(Path(_): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    if !allowed(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Some(_) = read::<CreateRunRequest>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    let events = deltas().map(|delta| {
        let event = Event::default().event("thread.message.delta");
        event.json_data(&delta).expect("a delta can be written")
    });
    let done = Event::default().event("done").data("[DONE]");
    let events = stream::iter(events.chain([done])).map(Ok::<_, Infallible>);
    let sse = Sse::new(events).keep_alive(KeepAlive::default());
    ([(ID, id_of(&headers))], sse).into_response()
}

fn read<T: serde::de::DeserializeOwned + Validate>(body: &[u8]) -> Option<T> {
    let value: T = serde_json::from_slice(body).ok()?;
    value.validate().ok()?;
    Some(value)
}

fn allowed(headers: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|found| found == value);
    is("authorization", "Bearer sk-test") && is("openai-beta", "assistants=v2")
}

fn answer(headers: &HeaderMap, thread: &Thread) -> Response {
    let body = serde_json::to_vec(thread).expect("a thread can be written");
    let json = HeaderValue::from_static("application/json");
    let headers = [
        (HeaderName::from_static("content-type"), json),
        (ID, id_of(headers)),
    ];
    (headers, body).into_response()
}

fn id_of(headers: &HeaderMap) -> HeaderValue {
    headers.get(ID).cloned().unwrap_or_else(id)
}
