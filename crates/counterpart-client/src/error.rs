//! Everything that can go wrong with a call, in one enum.
//!
//! ```
//! use counterpart_client::Error;
//!
//! fn advice<E>(error: &Error<E>) -> String {
//!     match error {
//!         Error::Api(error) if error.status() == 404 => "it is not there".to_owned(),
//!         Error::Api(error) => format!("tell support {:?}", error.request_id()),
//!         Error::Transport(error) if error.is_timeout() => "try later".to_owned(),
//!         other => other.to_string(),
//!     }
//! }
//! # let _ = advice::<()>;
//! ```
//!
//! Each message says the operation, what happened and what else is known, all on one line. Messages hold their causes,
//! so that `source()` has nothing to add; the causes themselves are at hand as values.

mod api;
mod decode;
mod request;
mod stream;
mod transport;
mod unfinished;

use std::fmt;

use http::StatusCode;

use crate::{Attempt, ConfigError};

pub use api::ApiError;
pub use decode::{DecodeFailure, Misfit};
pub use request::{RequestError, RequestProblem};
pub use stream::{StreamError, StreamFault};
pub use transport::{Partial, TransportError, TransportKind};
pub use unfinished::Unfinished;

/// What can go wrong with a call; `E` is the error body that the document declares.
#[derive(Debug)]
#[non_exhaustive]
pub enum Error<E> {
    /// The client is not configured as it must be.
    Config(ConfigError),
    /// An argument is not valid; nothing was sent.
    Request(RequestError),
    /// There was no whole answer.
    Transport(Box<TransportError>),
    /// The service answered with an error.
    Api(Box<ApiError<E>>),
    /// The answer is not what the document says.
    Decode(Box<DecodeFailure>),
    /// An event stream failed after it had begun.
    Stream(Box<StreamError<E>>),
    /// A long-running object was not done before the deadline of its [`Poll`](crate::Poll).
    Unfinished(Box<Unfinished>),
}

impl<E> Error<E> {
    /// The answer's status, if there was an answer.
    pub fn status(&self) -> Option<StatusCode> {
        match self {
            Self::Config(_) | Self::Request(_) | Self::Unfinished(_) => None,
            Self::Transport(error) => error.partial().map(|partial| partial.status),
            Self::Api(error) => Some(error.status()),
            Self::Decode(error) => Some(error.status()),
            Self::Stream(error) => Some(error.status()),
        }
    }

    /// What identifies the request to the service's support, if there was an answer that said so.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Config(_) | Self::Request(_) | Self::Unfinished(_) => None,
            Self::Transport(error) => error.request_id(),
            Self::Api(error) => error.request_id(),
            Self::Decode(error) => error.request_id(),
            Self::Stream(error) => error.request_id(),
        }
    }

    /// Every attempt, in order; none if nothing was sent.
    pub fn attempts(&self) -> &[Attempt] {
        match self {
            Self::Config(_) | Self::Request(_) | Self::Unfinished(_) => &[],
            Self::Transport(error) => error.attempts(),
            Self::Api(error) => error.attempts(),
            Self::Decode(error) => error.attempts(),
            Self::Stream(error) => error.attempts(),
        }
    }

    /// The error body that the document declares, where the service sent one.
    pub fn body(&self) -> Option<&E> {
        match self {
            Self::Config(_)
            | Self::Request(_)
            | Self::Transport(_)
            | Self::Decode(_)
            | Self::Unfinished(_) => None,
            Self::Api(error) => error.body(),
            Self::Stream(error) => error.body(),
        }
    }

    /// The error on one line without a word of a body, for logs: what of an answer it says is the status, the request
    /// id and the names of events.
    pub fn outline(&self) -> String {
        match self {
            Self::Config(_) | Self::Request(_) | Self::Transport(_) | Self::Unfinished(_) => {
                self.to_string()
            }
            Self::Api(error) => {
                format!(
                    "{}: {}{}",
                    error.meta.operation,
                    error.meta.status,
                    error.meta.tail()
                )
            }
            Self::Decode(error) => format!(
                "{}: the answer ({}) is not what the document says{}",
                error.meta.operation,
                error.meta.status,
                error.meta.tail()
            ),
            Self::Stream(error) => format!(
                "{}: {}{}",
                error.meta.operation,
                error.fault.outline(),
                error.meta.tail()
            ),
        }
    }

    /// True if time ran out: for an attempt, for the whole call, between two events, or for a long-running object.
    pub fn is_timeout(&self) -> bool {
        match self {
            Self::Config(_) | Self::Request(_) | Self::Api(_) | Self::Decode(_) => false,
            Self::Transport(error) => error.is_timeout(),
            Self::Stream(error) => error.is_timeout(),
            Self::Unfinished(_) => true,
        }
    }
}

impl<E> fmt::Display for Error<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Config(error) => error.fmt(f),
            Self::Request(error) => error.fmt(f),
            Self::Transport(error) => error.fmt(f),
            Self::Api(error) => error.fmt(f),
            Self::Decode(error) => error.fmt(f),
            Self::Stream(error) => error.fmt(f),
            Self::Unfinished(error) => error.fmt(f),
        }
    }
}

impl<E: fmt::Debug> std::error::Error for Error<E> {}

impl<E> From<ConfigError> for Error<E> {
    fn from(error: ConfigError) -> Self {
        Self::Config(error)
    }
}

impl<E> From<RequestError> for Error<E> {
    fn from(error: RequestError) -> Self {
        Self::Request(error)
    }
}

/// An error's message with those of its sources, as far as they add anything.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(error) = next {
        let message = error.to_string();
        if !text.contains(&message) {
            text.push_str(": ");
            text.push_str(&message);
        }
        next = error.source();
    }
    text
}
