//! Server-sent events: the stream format of WHATWG HTML, section 9.2, in both directions.
//!
//! A [`Decoder`] takes the bytes of a stream, cut anywhere, and gives [`RawEvent`]s; [`RawEvent::encode`] is the way
//! back. A union of typed events implements [`Event`] over them:
//!
//! ```
//! use counterpart_wire::event::{Decoder, RawEvent};
//!
//! let mut decoder = Decoder::new();
//! decoder.push("event: thread.created\ndata: {\"id\":");
//! assert_eq!(decoder.next_event()?, None);
//! decoder.push("\"t_1\"}\n\n: keep-alive\n\n");
//!
//! let event = RawEvent::text("thread.created", r#"{"id":"t_1"}"#);
//! assert_eq!(decoder.next_event()?, Some(event.clone()));
//! assert_eq!(decoder.next_event()?, None);
//! assert_eq!(decoder.comments(), 1);
//!
//! assert_eq!(event.encode(), "event: thread.created\ndata: {\"id\":\"t_1\"}\n\n");
//! # Ok::<(), counterpart_wire::event::StreamError>(())
//! ```

use crate::{DecodeError, EncodeError};

mod block;
mod decoder;
mod encode;
mod error;
mod format;
mod item;
mod raw;
mod records;

#[cfg(test)]
mod tests;

pub use decoder::Decoder;
pub use encode::keep_alive;
pub use error::{CutOff, StreamError};
pub use format::Format;
pub use item::{EventData, JsonLine, JsonRecord};
pub use raw::RawEvent;

/// The media type of an event stream.
pub const MEDIA_TYPE: &str = "text/event-stream";

/// What an event says of the stream, where that is all it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Told {
    /// It was the last.
    Done,
    /// The sender has failed.
    Failed,
}

/// One event of a stream: usually a union of all that a stream may carry, told apart by the event's name.
pub trait Event: Sized {
    /// How a stream of these is written.
    const FORMAT: Format = Format::Events;

    /// The typed event that this one stands for. A name that is not known is no error where the type can hold it.
    fn read(event: &RawEvent) -> Result<Self, DecodeError>;

    /// The event as it goes over the wire.
    fn write(&self) -> Result<RawEvent, EncodeError>;

    /// What an event says of the stream by its name, or by having none, whatever this type makes of its data: an
    /// `error` is one even if its data is not what anybody expects, and a bare `[DONE]` is the customary end.
    fn told(event: &RawEvent) -> Option<Told> {
        match (event.name(), event.data_str()) {
            ("error", _) => Some(Told::Failed),
            (RawEvent::DEFAULT_NAME, "[DONE]") => Some(Told::Done),
            _ => None,
        }
    }

    /// True for the event that ends the stream.
    fn is_done(&self) -> bool {
        false
    }

    /// The event that ends a stream, for a sender whose producer ended without it. `None` where streams just end.
    fn done() -> Option<Self> {
        None
    }

    /// True for an event by which the sender says that it has failed.
    fn is_error(&self) -> bool {
        false
    }
}

/// Events as they come, for streams whose events have no type.
impl Event for RawEvent {
    fn read(event: &RawEvent) -> Result<Self, DecodeError> {
        Ok(event.clone())
    }

    fn write(&self) -> Result<RawEvent, EncodeError> {
        Ok(self.clone())
    }

    /// The customary end: data that is `[DONE]` instead of JSON.
    fn is_done(&self) -> bool {
        self.data_str() == "[DONE]"
    }

    /// Without a type all events are given as they come.
    fn told(_: &RawEvent) -> Option<Told> {
        None
    }
}
