//! Event streams that fail after they have begun.

use std::fmt;
use std::time::Duration;

use counterpart_wire::DecodeError;
use counterpart_wire::event::{self, RawEvent};

use super::chain;
use crate::message::message;
use crate::meta::{Meta, meta_accessors};
use crate::transport::BoxError;

/// An event stream failed after it had begun.
#[derive(Debug)]
pub struct StreamError<E> {
    pub(crate) meta: Meta,
    pub(crate) fault: StreamFault,
    pub(crate) body: Option<E>,
    pub(crate) events: u64,
    pub(crate) last: Option<String>,
}

/// How an event stream failed.
#[derive(Debug)]
#[non_exhaustive]
pub enum StreamFault {
    /// The service sent an event that is an error.
    Event(RawEvent),
    /// The service closed the stream without the event that ends it.
    EndedEarly {
        /// The event that was cut off, as far as it had come.
        cut_off: Option<RawEvent>,
    },
    /// The connection broke.
    Interrupted(BoxError),
    /// No event came for this long.
    Idle(Duration),
    /// The call, which includes its events, took longer than this.
    Deadline(Duration),
    /// An event is not what the document says. The stream goes on.
    Misfit {
        /// The event.
        event: RawEvent,
        /// What is wrong with its data.
        error: DecodeError,
    },
    /// The bytes are no event stream, or hold an event that is too long.
    Malformed(event::StreamError),
}

impl<E> StreamError<E> {
    meta_accessors!();

    /// How the stream failed.
    pub fn fault(&self) -> &StreamFault {
        &self.fault
    }

    /// How many events had come before.
    pub fn events(&self) -> u64 {
        self.events
    }

    /// The name of the last event that had come before.
    pub fn last_event(&self) -> Option<&str> {
        self.last.as_deref()
    }

    /// The data of an error event as the error body that the document declares, whether or not the event lacks the
    /// `error` that such bodies are often wrapped in.
    pub fn body(&self) -> Option<&E> {
        self.body.as_ref()
    }

    /// True if time ran out.
    pub fn is_timeout(&self) -> bool {
        matches!(self.fault, StreamFault::Idle(_) | StreamFault::Deadline(_))
    }
}

/// `createRun: the event stream ended without its last event; 3 events had come, the last `thread.run.queued``
impl<E> fmt::Display for StreamError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.meta.operation, self.fault)?;
        match (&self.last, self.events) {
            (None, _) => f.write_str("; no event had come")?,
            (Some(only), 1) => write!(f, "; only the event `{only}` had come")?,
            (Some(last), count) => write!(f, "; {count} events had come, the last `{last}`")?,
        }
        write!(f, "{}", self.meta.tail())
    }
}

impl StreamFault {
    /// What [`Display`](fmt::Display) says, without a word of an event's data.
    pub(super) fn outline(&self) -> String {
        match self {
            Self::Event(_) => "the service reported an error".to_owned(),
            Self::Misfit { event, .. } => {
                format!("the event `{}` does not fit its type", event.name())
            }
            Self::EndedEarly { .. }
            | Self::Interrupted(_)
            | Self::Idle(_)
            | Self::Deadline(_)
            | Self::Malformed(_) => self.to_string(),
        }
    }
}

impl fmt::Display for StreamFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Event(event) => {
                let message = message(event.data_str().as_bytes());
                let message = message.unwrap_or_else(|| "without a message".to_owned());
                write!(f, "the service reported an error: {message}")
            }
            Self::EndedEarly { cut_off: None } => {
                f.write_str("the event stream ended without the event that ends it")
            }
            Self::EndedEarly {
                cut_off: Some(event),
            } => {
                write!(
                    f,
                    "the event stream ended within the event `{}`",
                    event.name()
                )
            }
            Self::Interrupted(error) => {
                write!(f, "the event stream broke off: {}", chain(&**error))
            }
            Self::Idle(limit) => write!(f, "no event for {limit:?}"),
            Self::Deadline(limit) => write!(f, "the deadline has passed ({limit:?})"),
            Self::Misfit { event, error } => {
                write!(
                    f,
                    "the event `{}` does not fit its type: {error}",
                    event.name()
                )
            }
            Self::Malformed(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for StreamError<E> {}
