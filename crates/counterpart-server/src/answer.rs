//! From an outcome to a response: logging, hooks, the request's id, panics.
//!
//! Every response of the router passes [`respond`], those of its 404 and 405 too.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::{Duration, Instant};

use axum::response::Response;
use futures_util::FutureExt;
use http::StatusCode;
use tracing::field::Empty;
use tracing::{Instrument, Span};

use crate::context::Context;
use crate::error::ApiError;
use crate::rejection::Rejection;
use crate::reply::Reply;
use crate::request_id;
use crate::shutdown::Shutdown;

pub(crate) type RejectionHook = dyn Fn(&Rejection, &Context) -> ApiError + Send + Sync;
pub(crate) type ErrorHook = dyn Fn(ApiError, &Context) -> ApiError + Send + Sync;

/// What all operations of a router share.
pub(crate) struct Site {
    pub(crate) rejections: Option<Box<RejectionHook>>,
    pub(crate) errors: Option<Box<ErrorHook>>,
    pub(crate) keep_alive: Option<Duration>,
    pub(crate) shutdown: Option<Shutdown>,
}

impl Default for Site {
    fn default() -> Self {
        Self {
            rejections: None,
            errors: None,
            keep_alive: Some(Duration::from_secs(15)),
            shutdown: None,
        }
    }
}

impl Site {
    /// The error as the caller is to see it. What the caller must not see is logged here.
    pub(crate) fn shape(&self, error: ApiError, cx: Option<&Context>) -> ApiError {
        log(&error);
        let Some(cx) = cx else { return error };

        let shaped = catch_unwind(AssertUnwindSafe(|| {
            let error = match (&self.rejections, error.rejection().cloned()) {
                (Some(hook), Some(rejection)) => error
                    .replaced(|_| hook(&rejection, cx))
                    .rejecting(rejection),
                _ => error,
            };
            match &self.errors {
                Some(hook) => error.replaced(|error| hook(error, cx)),
                None => error,
            }
        }));
        shaped.unwrap_or_else(|panic| {
            let error = panicked(panic.as_ref());
            log(&error);
            error
        })
    }

    fn answer(self: &Arc<Self>, cx: &Context, outcome: Result<Reply, ApiError>) -> Response {
        outcome
            .and_then(|reply| reply.render(self, Some(cx)))
            .unwrap_or_else(|error| {
                let reply = self.shape(error, Some(cx)).into_reply();
                reply
                    .render(self, Some(cx))
                    .unwrap_or_else(|_| unwritable())
            })
    }
}

/// Awaits the outcome in a span of its own and makes a response of it.
pub(crate) async fn respond(
    site: &Arc<Site>,
    cx: &Context,
    outcome: impl Future<Output = Result<Reply, ApiError>>,
) -> Response {
    let span = span(cx);
    let started = (!span.is_disabled()).then(Instant::now);

    let outcome = AssertUnwindSafe(outcome)
        .catch_unwind()
        .instrument(span.clone())
        .await;
    let outcome = outcome.unwrap_or_else(|panic| Err(panicked(panic.as_ref())));
    let mut response = span.in_scope(|| site.answer(cx, outcome));
    cx.add_reply_headers(response.headers_mut());
    response
        .headers_mut()
        .entry(request_id::HEADER)
        .or_insert_with(|| cx.id().header());

    if let Some(started) = started {
        span.record("status", response.status().as_u16());
        span.record("duration_ms", started.elapsed().as_secs_f64() * 1e3);
        span.in_scope(|| tracing::debug!("answered"));
    }
    response
}

/// For an error that cannot be written. Its body is text already, so there is none; but a 200 it must not become.
fn unwritable() -> Response {
    let mut response = Response::default();
    *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
    response
}

/// The panic of a method as an error; its message is for the log alone.
pub(crate) fn panicked(panic: &(dyn Any + Send)) -> ApiError {
    let message = panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("of no text");
    ApiError::internal(format!("panic: {message}"))
}

/// Logs what the caller does not see.
pub(crate) fn log(error: &ApiError) {
    let Some(cause) = error.cause() else { return };
    let mut text = cause.to_string();
    let mut source = cause.source();
    while let Some(error) = source {
        text.push_str(": ");
        text.push_str(&error.to_string());
        source = error.source();
    }
    tracing::error!(
        status = error.status().as_u16(),
        error = text,
        "an operation failed"
    );
}

fn span(cx: &Context) -> Span {
    tracing::info_span!(
        "request",
        operation = cx.operation(),
        request_id = cx.request_id(),
        method = cx.method().as_str(),
        status = Empty,
        duration_ms = Empty,
    )
}
