//! The body of an event stream: typed events in, the bytes of server-sent events out, one poll at a time.
//!
//! ```text
//! event: thread.run.created
//! data: {"id":"run_1",…}
//!
//! event: done
//! data: [DONE]
//! ```
//!
//! Nothing is read ahead beyond one frame of a few kilobytes, so that a slow client slows the producer down.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context as Task, Poll, ready};
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use counterpart_wire::event::{Event, Format, RawEvent};
use futures_core::Stream;
use http_body::Frame;
use tokio::runtime::Handle;
use tokio::time::{Instant, Sleep, sleep};
use tracing::Span;

use crate::answer::{Site, panicked};
use crate::context::Context;
use crate::error::ApiError;
use crate::events::EventStream;

/// Events that are ready at the same time share a frame up to about this size.
const FRAME: usize = 8 * 1024;

/// An event stream, its type erased.
pub(crate) trait EventSource: Send {
    /// How the events are written.
    fn format(&self) -> Format;

    /// Appends the next event.
    fn poll_write(
        &mut self,
        task: &mut Task<'_>,
        out: &mut BytesMut,
    ) -> Poll<Result<Written, ApiError>>;
}

/// A stream has failed that cannot say so in itself.
#[derive(Debug, thiserror::Error)]
#[error("the stream has failed: {0}")]
pub(crate) struct Broken(String);

/// Whether more events may come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    Event,
    Last,
}

pub(crate) fn source<E: Event + Send + 'static>(events: EventStream<E>) -> Box<dyn EventSource> {
    Box::new(events)
}

impl<E: Event + Send + 'static> EventSource for EventStream<E> {
    fn format(&self) -> Format {
        E::FORMAT
    }

    fn poll_write(
        &mut self,
        task: &mut Task<'_>,
        out: &mut BytesMut,
    ) -> Poll<Result<Written, ApiError>> {
        let event = match ready!(Pin::new(self).poll_next(task)) {
            Some(event) => event?,
            None => match E::done() {
                Some(done) => done,
                None => return Poll::Ready(Ok(Written::Last)),
            },
        };
        append(out, E::FORMAT, &event.write().map_err(ApiError::internal)?);
        let last = event.is_done() || event.is_error();
        Poll::Ready(Ok(if last { Written::Last } else { Written::Event }))
    }
}

/// Writes a source's events, a comment whenever it is idle for long, and an `error` event should it fail.
///
/// Where there are no such events and comments, an idle stream is silent, and one that fails breaks off, so that no
/// reader takes it for whole.
pub(crate) struct EventBody {
    format: Format,
    /// Gone once the last event is written: a producer that has ended need not wait for the client.
    source: Option<Box<dyn EventSource>>,
    out: BytesMut,
    /// Why the stream breaks off, once what came before is sent.
    broken: Option<Broken>,
    idle: Idle,
    /// Ready once the server shuts down.
    shutdown: Option<Pin<Box<dyn Future<Output = ()> + Send>>>,
    site: Arc<Site>,
    cx: Option<Context>,
    span: Span,
}

impl EventBody {
    pub(crate) fn new(source: Box<dyn EventSource>, site: Arc<Site>, cx: Option<Context>) -> Self {
        let idle = Idle::new(site.keep_alive);
        let shutdown = site.shutdown.as_ref();
        let shutdown = shutdown.map(|shutdown| Box::pin(shutdown.begun()) as _);
        Self {
            shutdown,
            broken: None,
            format: source.format(),
            source: Some(source),
            out: BytesMut::new(),
            idle,
            site,
            cx,
            span: Span::current(),
        }
    }

    /// Writes what is ready, up to a frame.
    fn fill(&mut self, task: &mut Task<'_>) {
        if self.source.is_some()
            && let Some(shutdown) = &mut self.shutdown
            && shutdown.as_mut().poll(task).is_ready()
        {
            self.source = None;
            self.shutdown = None;
            let error = ApiError::unavailable("The server is shutting down.");
            self.fail(error.code("server_shutdown"));
        }
        while let Some(source) = &mut self.source
            && self.out.len() < FRAME
        {
            let out = &mut self.out;
            let written = catch_unwind(AssertUnwindSafe(|| source.poll_write(task, out)));
            match written.unwrap_or_else(|panic| Poll::Ready(Err(panicked(panic.as_ref())))) {
                Poll::Pending => return,
                Poll::Ready(Ok(Written::Event)) => (),
                Poll::Ready(Ok(Written::Last)) => self.source = None,
                Poll::Ready(Err(error)) => {
                    self.source = None;
                    self.fail(error);
                }
            }
        }
    }

    fn fail(&mut self, error: ApiError) {
        let error = self.site.shape(error, self.cx.as_ref());
        match self.format {
            Format::Events => {
                let event = RawEvent::text("error", error.event_data());
                append(&mut self.out, self.format, &event);
            }
            Format::Lines | Format::Records => self.broken = Some(Broken(error.to_string())),
        }
    }
}

impl http_body::Body for EventBody {
    type Data = Bytes;
    type Error = Broken;

    fn poll_frame(
        self: Pin<&mut Self>,
        task: &mut Task<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let this = self.get_mut();
        let span = this.span.clone();
        let _entered = span.enter();

        this.fill(task);
        if !this.out.is_empty() {
            this.idle.interrupt();
            return Poll::Ready(Some(Ok(Frame::data(this.out.split().freeze()))));
        }
        if let Some(broken) = this.broken.take() {
            return Poll::Ready(Some(Err(broken)));
        }
        if this.source.is_none() {
            return Poll::Ready(None);
        }
        let Some(sign) = this.format.keep_alive() else {
            return Poll::Pending;
        };
        ready!(this.idle.poll(task));
        Poll::Ready(Some(Ok(Frame::data(sign))))
    }

    fn is_end_stream(&self) -> bool {
        self.source.is_none() && self.out.is_empty() && self.broken.is_none()
    }
}

impl fmt::Debug for EventBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventBody")
            .field("ended", &self.source.is_none())
            .finish_non_exhaustive()
    }
}

impl Drop for EventBody {
    fn drop(&mut self) {
        if self.source.is_some() {
            self.span
                .in_scope(|| tracing::debug!("the client left before the last event"));
        }
    }
}

/// Appends an event; the first of a frame becomes the frame without being copied.
fn append(out: &mut BytesMut, format: Format, event: &RawEvent) {
    let bytes = format.encode(event);
    if out.is_empty() {
        *out = bytes.into();
    } else {
        out.extend_from_slice(&bytes);
    }
}

/// Tells when nothing has been sent for a while.
struct Idle {
    period: Option<Duration>,
    timer: Option<Pin<Box<Sleep>>>,
    /// Whether something was sent since the timer was set.
    stale: bool,
}

impl Idle {
    /// Never, outside of a tokio runtime: there is no timer then.
    fn new(period: Option<Duration>) -> Self {
        let period = period.filter(|_| Handle::try_current().is_ok());
        Self {
            period,
            timer: None,
            stale: false,
        }
    }

    fn interrupt(&mut self) {
        self.stale = true;
    }

    fn poll(&mut self, task: &mut Task<'_>) -> Poll<()> {
        let Some(period) = self.period else {
            return Poll::Pending;
        };
        let timer = self.timer.get_or_insert_with(|| Box::pin(sleep(period)));
        if std::mem::take(&mut self.stale) {
            timer.as_mut().reset(Instant::now() + period);
        }
        ready!(timer.as_mut().poll(task));
        self.stale = true;
        Poll::Ready(())
    }
}
