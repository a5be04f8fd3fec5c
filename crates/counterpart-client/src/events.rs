//! The events that a call is answered with, one by one and typed.
//!
//! ```no_run
//! # use counterpart_client::{EventStream, Error};
//! # use counterpart_wire::event::RawEvent;
//! # async fn example(mut events: EventStream<RawEvent, ()>) -> Result<(), Error<()>> {
//! while let Some(event) = events.try_next().await? {
//!     println!("{}: {}", event.name(), event.data_str());
//! }
//! # Ok(())
//! # }
//! ```

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use counterpart_wire::event::{Event, Format, RawEvent, Told};
use counterpart_wire::{DecodeError, Mode, json, mode};
use futures_core::Stream;
use serde::de::DeserializeOwned;

use crate::decode::api_error;
use crate::exchange::{Answer, AnswerBody, Exchanged};
use crate::meta::{Meta, meta_accessors};
use crate::source::Source;
use crate::{DecodeFailure, Error, Http, Misfit, Options, StreamError, StreamFault};

/// A stream of typed events. It ends after the event that says so; dropping it closes the connection.
///
/// An error ends it as well, except where a single event does not fit its type: then it goes on with the next.
pub struct EventStream<V, E> {
    http: Http,
    meta: Meta,
    source: Source,
    options: Options,
    events: u64,
    /// The last event that came, which shares its memory with the chunk it came in; only its name is used.
    last: Option<RawEvent>,
    types: PhantomData<fn() -> (V, E)>,
}

impl<V, E> EventStream<V, E> {
    meta_accessors!();
}

impl<V: Event, E: DeserializeOwned> EventStream<V, E> {
    /// The stream that an answer is, or the error that it is instead.
    pub(crate) fn open(exchanged: Exchanged) -> Result<Self, Error<E>> {
        let Answer {
            http,
            meta,
            body,
            options,
            deadline,
        } = exchanged?;
        let body = match body {
            AnswerBody::Live(body) => body,
            AnswerBody::Whole { bytes, .. } if meta.status.is_success() => {
                return Err(no_stream(meta, bytes));
            }
            AnswerBody::Whole { bytes, cut } => {
                return Err(api_error(meta, bytes, cut.is_some()));
            }
        };
        let source = Source::new(body, V::FORMAT, &options, deadline);
        Ok(Self {
            http,
            meta,
            source,
            options,
            events: 0,
            last: None,
            types: PhantomData,
        })
    }

    /// The next event; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<V, Error<E>>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    /// The next event, or `None` after the last, with errors on the outside for `?`.
    pub async fn try_next(&mut self) -> Result<Option<V>, Error<E>> {
        self.next().await.transpose()
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<V, Error<E>>>> {
        Poll::Ready(match ready!(self.source.poll(context, &self.options)) {
            None => None,
            // Looked at before it is read, since an error's data is often not what the document says.
            Some(Ok(raw)) => match V::told(&raw) {
                Some(Told::Done) => self.end(raw).map(Ok),
                Some(Told::Failed) => Some(Err(self.error_event(raw))),
                None => Some(self.event(raw)),
            },
            Some(Err(StreamFault::EndedEarly { cut_off: Some(raw) })) => self.cut_off(raw),
            Some(Err(fault)) => Some(Err(self.fail(fault, None))),
        })
    }

    fn event(&mut self, raw: RawEvent) -> Result<V, Error<E>> {
        match self.read(&raw) {
            Ok(event) if event.is_error() => Err(self.error_event(raw)),
            Ok(event) => {
                self.take(raw, &event);
                Ok(event)
            }
            Err(error) => Err(self.fail(StreamFault::Misfit { event: raw, error }, None)),
        }
    }

    fn error_event(&mut self, raw: RawEvent) -> Error<E> {
        self.source.close();
        let body = error_body(raw.data_str());
        self.fail(StreamFault::Event(raw), body)
    }

    /// The type's own event for the end of the stream, if it has one; the stream is over either way.
    fn end(&mut self, raw: RawEvent) -> Option<V> {
        self.source.close();
        let read = mode::scope(self.options.mode, || V::read(&raw));
        let event = read.ok().filter(V::is_done).or_else(V::done)?;
        self.take(raw, &event);
        Some(event)
    }

    /// All that may be missing is the blank line after the last event, or the end of the last line.
    fn cut_off(&mut self, raw: RawEvent) -> Option<Result<V, Error<E>>> {
        if V::told(&raw) == Some(Told::Done) {
            return self.end(raw).map(Ok);
        }
        match self.read(&raw) {
            Ok(event) if event.is_done() || V::FORMAT == Format::Lines => {
                self.take(raw, &event);
                Some(Ok(event))
            }
            _ => {
                let fault = StreamFault::EndedEarly { cut_off: Some(raw) };
                Some(Err(self.fail(fault, None)))
            }
        }
    }

    fn read(&self, raw: &RawEvent) -> Result<V, DecodeError> {
        let (event, drift) = mode::noting(self.options.mode, || V::read(raw));
        self.http.report(self.meta.operation, &drift);
        event
    }

    fn take(&mut self, raw: RawEvent, event: &V) {
        if event.is_done() {
            self.source.close();
        }
        self.events += 1;
        self.last = Some(raw);
    }

    fn fail(&self, fault: StreamFault, body: Option<E>) -> Error<E> {
        let last = self.last.as_ref().map(|event| event.name().to_owned());
        let (meta, events) = (self.meta.clone(), self.events);
        Error::Stream(Box::new(StreamError {
            meta,
            fault,
            body,
            events,
            last,
        }))
    }
}

impl<V: Event, E: DeserializeOwned> Stream for EventStream<V, E> {
    type Item = Result<V, Error<E>>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<V, Error<E>>>> {
        self.poll_event(context)
    }
}

impl<V, E> fmt::Debug for EventStream<V, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("EventStream")
            .field("meta", &self.meta)
            .field("events", &self.events)
            .finish_non_exhaustive()
    }
}

fn no_stream<E>(meta: Meta, body: Bytes) -> Error<E> {
    let misfit = Misfit::MediaType(meta.media_type().unwrap_or_default());
    Error::Decode(Box::new(DecodeFailure { meta, body, misfit }))
}

/// An error event's data as an error body. Bodies that wrap their content in `error` come without that in events.
fn error_body<E: DeserializeOwned>(data: &str) -> Option<E> {
    let wrapped = format!(r#"{{"error":{data}}}"#);
    // What is valid first, since almost anything may pass for almost any body when read leniently.
    [Mode::Valid, Mode::Lenient].iter().find_map(|mode| {
        let decode = |text: &str| json::decode(text.as_bytes(), *mode).ok();
        decode(data).or_else(|| decode(&wrapped))
    })
}
