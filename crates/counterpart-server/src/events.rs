//! A reply of server-sent events: any stream of typed events, boxed.
//!
//! ```
//! use counterpart_server::{ApiError, EventStream};
//! use futures_util::{StreamExt, stream};
//!
//! # #[derive(Debug)] enum Progress { Step(u8), Done }
//! let known: EventStream<Progress> = EventStream::iter([Progress::Step(1), Progress::Done]);
//!
//! let steps = stream::iter(1..=3).map(|step| Ok::<_, ApiError>(Progress::Step(step)));
//! let streamed = EventStream::new(steps);
//!
//! let produced = EventStream::produce(|mut events| async move {
//!     for step in 1..=3 {
//!         events.send(Progress::Step(step)).await?; // waits until the client can take more
//!     }
//!     Ok(())
//! });
//! # let _: [EventStream<Progress>; 3] = [known, streamed, produced];
//! ```
//!
//! The stream is polled only when the connection can take more, and dropped as soon as the client is gone.

use std::fmt;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use futures_core::Stream;
use futures_util::{TryStreamExt, stream};
use tokio::sync::mpsc;

use crate::error::ApiError;

/// The events of one reply.
///
/// An error is sent as an `error` event and ends the stream; so does an event that says it is the last. Where an API
/// has such an event ([`Event::done`](counterpart_wire::event::Event::done)) and the stream ends without it, the router
/// adds it.
#[must_use = "events are sent by returning the stream in a reply"]
pub struct EventStream<E>(Pin<Box<dyn Stream<Item = Result<E, ApiError>> + Send>>);

/// The writing end of [`EventStream::produce`].
pub struct EventSender<E>(mpsc::Sender<E>);

/// The client has left: nobody will see further events.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the client has left the event stream")]
pub struct ClientLeft;

impl<E: Send + 'static> EventStream<E> {
    /// The events of any stream.
    pub fn new<S, X>(events: S) -> Self
    where
        S: Stream<Item = Result<E, X>> + Send + 'static,
        X: Into<ApiError> + 'static,
    {
        Self(Box::pin(events.map_err(Into::into)))
    }

    /// Events that are known already.
    pub fn iter<I>(events: I) -> Self
    where
        I: IntoIterator<Item = E>,
        I::IntoIter: Send + 'static,
    {
        Self(Box::pin(stream::iter(events.into_iter().map(Ok))))
    }

    /// The events that a future sends while it runs. The connection drives it; it needs no task of its own, and an
    /// error that it returns is the stream's.
    pub fn produce<P, F>(producer: P) -> Self
    where
        P: FnOnce(EventSender<E>) -> F,
        F: Future<Output = Result<(), ApiError>> + Send + 'static,
    {
        let (sender, mut receiver) = mpsc::channel(1);
        let mut producer = Some(Box::pin(producer(EventSender(sender))));
        let mut failure = None;

        Self(Box::pin(stream::poll_fn(move |task| {
            if let Some(future) = &mut producer
                && let Poll::Ready(ended) = future.as_mut().poll(task)
            {
                producer = None;
                failure = ended.err();
            }
            // An error comes after all events that were sent before it.
            let event = ready!(receiver.poll_recv(task));
            Poll::Ready(event.map(Ok).or_else(|| failure.take().map(Err)))
        })))
    }
}

impl<E> EventSender<E> {
    /// Sends an event as soon as the connection can take it.
    pub async fn send(&mut self, event: E) -> Result<(), ClientLeft> {
        self.0.send(event).await.map_err(|_| ClientLeft)
    }
}

impl<E> Stream for EventStream<E> {
    type Item = Result<E, ApiError>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.0.as_mut().poll_next(cx)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.0.size_hint()
    }
}

/// Nobody reads this error; it lets a producer end with `?`.
impl From<ClientLeft> for ApiError {
    fn from(error: ClientLeft) -> Self {
        Self::unavailable(error.to_string())
    }
}

impl<E> fmt::Debug for EventStream<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventStream")
    }
}

impl<E> fmt::Debug for EventSender<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("EventSender")
    }
}
