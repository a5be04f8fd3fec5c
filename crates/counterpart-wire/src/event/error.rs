//! How an event stream can fail.

use std::error::Error;
use std::fmt;

use super::RawEvent;

/// Why a stream cannot be read any further.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum StreamError {
    /// An event has more data than the limit, or the stream has a line that is longer.
    TooLarge {
        /// The limit that was set.
        limit: usize,
    },
    /// The stream is not UTF-8.
    Utf8 {
        /// The number of bytes before the first that is wrong.
        offset: u64,
    },
}

impl fmt::Display for StreamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLarge { limit } => {
                write!(f, "an event of the stream is larger than {limit} bytes")
            }
            Self::Utf8 { offset } => {
                write!(f, "the event stream is not valid UTF-8 at byte {offset}")
            }
        }
    }
}

impl Error for StreamError {}

/// The stream ended in the middle of an event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CutOff {
    /// What had come of the event. Its data may end anywhere.
    pub event: RawEvent,
}

impl fmt::Display for CutOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "the event stream ended within the event `{}`",
            self.event.name()
        )
    }
}

impl Error for CutOff {}
