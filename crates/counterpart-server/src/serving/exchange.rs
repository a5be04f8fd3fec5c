//! What a connection is at: waiting for a request, or answering it.
//!
//! In: each request and its answer, on their way to and from the app. Out: the same, which tell when their bodies are
//! done; and the phase, for whoever reads from the connection.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU8, AtomicUsize, Ordering};
use std::task::{Context, Poll};

use axum::body::Body;
use bytes::Bytes;
use futures_util::task::AtomicWaker;
use http::header::CONTENT_TYPE;
use http::{Request, Response};
use http_body::{Body as HttpBody, Frame, SizeHint};
use hyper::body::Incoming;

/// What a connection is at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Phase {
    /// No request is under way.
    Waiting,
    /// One is.
    Answering,
    /// The answer is a stream of events, which may go on for good.
    Streaming,
}

/// The phase of a connection, which has one request at a time.
#[derive(Debug, Default)]
pub(super) struct Exchange {
    phase: AtomicU8,
    /// How many requests there were.
    requests: AtomicUsize,
    /// Whether some of a request was not read, and will not be.
    leftover: AtomicBool,
    /// Whoever waits for the connection to be read from.
    reader: AtomicWaker,
}

impl Exchange {
    pub(super) fn phase(&self) -> Phase {
        let now = self.phase.load(Ordering::Acquire);
        let later = [Phase::Answering, Phase::Streaming];
        let found = later.into_iter().find(|phase| *phase as u8 == now);
        found.unwrap_or(Phase::Waiting)
    }

    /// How many requests there were: one may come and be answered while nobody looks at the phase.
    pub(super) fn requests(&self) -> usize {
        self.requests.load(Ordering::Acquire)
    }

    /// Whether the caller may still be sending what nobody reads.
    pub(super) fn has_leftover(&self) -> bool {
        self.leftover.load(Ordering::Acquire)
    }

    /// Keeps whom to wake when the phase is another.
    pub(super) fn wake_later(&self, task: &Context<'_>) {
        self.reader.register(task.waker());
    }

    fn enter(&self, phase: Phase) {
        self.phase.store(phase as u8, Ordering::Release);
        self.reader.wake();
    }

    /// The request as the app gets it.
    pub(super) fn asked(self: &Arc<Self>, request: Request<Incoming>) -> Request<Body> {
        self.requests.fetch_add(1, Ordering::AcqRel);
        self.enter(Phase::Answering);
        if request.body().is_end_stream() {
            return request.map(|_| Body::empty());
        }
        let (exchange, is_read) = (self.clone(), false);
        request.map(|body| {
            Body::new(Asked {
                body,
                exchange,
                is_read,
            })
        })
    }

    /// The answer as the caller gets it.
    pub(super) fn answered(self: Arc<Self>, answer: Response<Body>) -> Response<Answered> {
        let media_type = answer.headers().get(CONTENT_TYPE);
        if media_type.is_some_and(|found| found.as_bytes().starts_with(b"text/event-stream")) {
            self.enter(Phase::Streaming);
        }
        let exchange = self;
        answer.map(|body| Answered { body, exchange })
    }
}

/// The body of a request.
struct Asked {
    body: Incoming,
    exchange: Arc<Exchange>,
    is_read: bool,
}

impl HttpBody for Asked {
    type Data = Bytes;
    type Error = hyper::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, hyper::Error>>> {
        let polled = Pin::new(&mut self.body).poll_frame(task);
        self.is_read |= matches!(polled, Poll::Ready(None));
        polled
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        if !self.is_read && !self.body.is_end_stream() {
            self.exchange.leftover.store(true, Ordering::Release);
        }
    }
}

/// The body of an answer.
pub(super) struct Answered {
    body: Body,
    exchange: Arc<Exchange>,
}

impl HttpBody for Answered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(task)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

impl Drop for Answered {
    fn drop(&mut self) {
        self.exchange.enter(Phase::Waiting);
    }
}
