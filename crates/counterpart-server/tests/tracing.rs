//! Spans and logs. In a process of its own: what is traced is known to all threads of one.

use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use counterpart_server::{ApiError, EventStream, Reply, Router, Routes, StatusCode};
use counterpart_wire::event::RawEvent;
use futures_util::stream;
use http_body_util::BodyExt;
use tower::ServiceExt;
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

#[derive(Debug, thiserror::Error)]
#[error("outer")]
struct Outer(#[source] std::io::Error);

fn router() -> Router {
    let broken = || Outer(std::io::Error::other("inner"));
    Routes::new(())
        .get("missing", "/missing", |_, _, ()| async {
            Err::<(), _>(ApiError::not_found("Nothing."))
        })
        .get("fail", "/fail", move |_, _, ()| async move {
            Err::<(), _>(ApiError::internal(broken()))
        })
        .get("panic", "/panic", |_, _, ()| async {
            if true {
                panic!("no {}", "luck")
            } else {
                Ok(())
            }
        })
        .get("stream", "/stream", |_, _, ()| async {
            let failing = stream::iter([Err::<RawEvent, _>(ApiError::internal("midway"))]);
            Ok(Reply::events(StatusCode::OK, EventStream::new(failing)))
        })
        .get("again", "/missing", |_, _, ()| async { Ok(()) })
        .into_router()
}

async fn get(router: &Router, path: &str) {
    let request = http::Request::get(path)
        .header("x-request-id", "mine-1")
        .body(Body::empty());
    let response = router.clone().oneshot(request.expect("a request")).await;
    let response = response.unwrap_or_else(|never| match never {});
    response.into_body().collect().await.expect("a body");
}

#[tokio::test]
async fn what_is_traced() {
    let lines = Lines::default();
    tracing::subscriber::set_global_default(lines.clone()).expect("the only one");

    let router = router();
    assert_eq!(
        lines.take(),
        [
            "ERROR message=the operation `again` at `GET /missing` is not served: `missing` answers the same requests"
        ]
    );

    get(&router, "/missing").await;
    let traced = lines.take();
    let [span, status, duration, answered] = traced.as_slice() else {
        panic!("{traced:?}")
    };
    assert_eq!(
        span,
        r#"request operation="missing" request_id="mine-1" method="GET""#
    );
    assert_eq!(
        (status.as_str(), answered.as_str()),
        ("record status=404", "DEBUG message=answered")
    );
    assert!(duration.starts_with("record duration_ms="), "{duration}");

    get(&router, "/fail").await;
    assert_eq!(
        lines.take_errors(),
        [r#"ERROR message=an operation failed status=500 error="outer: inner""#]
    );
    get(&router, "/panic").await;
    assert_eq!(
        lines.take_errors(),
        [r#"ERROR message=an operation failed status=500 error="panic: no luck""#]
    );
    get(&router, "/stream").await;
    assert_eq!(
        lines.take_errors(),
        [r#"ERROR message=an operation failed status=500 error="midway""#]
    );
}

/// Keeps all that is traced, one line for each span, record and event.
#[derive(Clone, Default)]
struct Lines(Arc<Mutex<Vec<String>>>);

impl Lines {
    fn add(&self, what: &str, visit: impl FnOnce(&mut Line)) {
        let mut line = Line(what.to_owned());
        visit(&mut line);
        self.0.lock().expect("no panic while locked").push(line.0);
    }

    fn take(&self) -> Vec<String> {
        std::mem::take(&mut *self.0.lock().expect("no panic while locked"))
    }

    fn take_errors(&self) -> Vec<String> {
        self.take()
            .into_iter()
            .filter(|line| line.starts_with("ERROR"))
            .collect()
    }
}

struct Line(String);

impl Visit for Line {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        self.0.push_str(&format!(" {field}={value:?}"));
    }
}

impl Subscriber for Lines {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("counterpart_server")
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.add(span.metadata().name(), |line| span.record(line));
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.add("record", |line| values.record(line));
    }

    fn event(&self, event: &Event<'_>) {
        self.add(event.metadata().level().as_str(), |line| event.record(line));
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}
