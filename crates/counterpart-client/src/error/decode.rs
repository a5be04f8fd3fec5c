//! Answers that are not what the document says.

use std::fmt;

use bytes::Bytes;
use counterpart_wire::{DecodeError, event};

use crate::message::shorten;
use crate::meta::{Meta, meta_accessors};

/// The service answered with success, and with something that the document does not say.
pub struct DecodeFailure {
    pub(crate) meta: Meta,
    pub(crate) body: Bytes,
    pub(crate) misfit: Misfit,
}

/// In what way an answer is not what the document says.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Misfit {
    /// The body does not fit its type.
    Value(DecodeError),
    /// The body is not JSON, nor does it claim to be.
    MediaType(String),
    /// There is no body.
    Empty,
    /// The body is longer than the client reads.
    TooLong {
        /// The limit in bytes.
        limit: usize,
    },
    /// The body is text and not UTF-8.
    Utf8,
}

impl DecodeFailure {
    meta_accessors!();

    /// The body; only its beginning if it was too long.
    pub fn body(&self) -> &Bytes {
        &self.body
    }

    /// What is wrong with the answer.
    pub fn misfit(&self) -> &Misfit {
        &self.misfit
    }

    /// The place in the JSON at which decoding failed, as `data[3].type`.
    pub fn path(&self) -> Option<&str> {
        match &self.misfit {
            Misfit::Value(error) => Some(&error.path),
            Misfit::MediaType(_) | Misfit::Empty | Misfit::TooLong { .. } | Misfit::Utf8 => None,
        }
    }

    /// The beginning of the body, for a person to recognise it by.
    fn excerpt(&self) -> String {
        let start = &self.body[..self.body.len().min(120)];
        shorten(&String::from_utf8_lossy(start))
    }
}

/// `getRun: the answer (200 OK) does not fit its type: …`
impl fmt::Display for DecodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: the answer ({}) ",
            self.meta.operation, self.meta.status
        )?;
        match &self.misfit {
            Misfit::Value(error) => write!(f, "does not fit its type: {error}"),
            Misfit::MediaType(media_type) if media_type == event::MEDIA_TYPE => {
                f.write_str("is an event stream: `.stream()` reads those")
            }
            Misfit::MediaType(media_type) => {
                let excerpt = self.excerpt();
                write!(
                    f,
                    "is `{media_type}` and not what was asked for; is the base URL right? It begins `{excerpt}`"
                )
            }
            Misfit::Empty => f.write_str("has no body"),
            Misfit::TooLong { limit } => {
                write!(
                    f,
                    "is longer than {limit} bytes (`Options::longest_body` sets the limit)"
                )
            }
            Misfit::Utf8 => f.write_str("is not valid UTF-8"),
        }?;
        write!(f, "{}", self.meta.tail())
    }
}

impl fmt::Debug for DecodeFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DecodeFailure")
            .field("meta", &self.meta)
            .field("misfit", &self.misfit)
            .field("body", &self.body.len())
            .finish()
    }
}

impl std::error::Error for DecodeFailure {}
