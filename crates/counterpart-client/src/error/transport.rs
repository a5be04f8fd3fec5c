//! Calls without a whole answer.

use std::fmt;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::chain;
use crate::meta::Meta;
use crate::transport::BoxError;
use crate::{Attempt, Outcome};

/// There was no whole answer to a call.
pub struct TransportError {
    pub(crate) operation: &'static str,
    pub(crate) kind: TransportKind,
    pub(crate) limit: Option<Duration>,
    pub(crate) cause: Option<BoxError>,
    pub(crate) partial: Option<(Meta, Bytes)>,
    pub(crate) attempts: Vec<Attempt>,
}

/// Why there was no whole answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum TransportKind {
    /// No connection came about; nothing was sent.
    Connect,
    /// An attempt took longer than it may.
    Timeout,
    /// The call took longer than it may, all attempts and waits together.
    Deadline,
    /// The answer broke off.
    Interrupted,
    /// The source of credentials failed; nothing was sent.
    Credentials,
    /// The transport failed in another way, and does not say how far it got.
    Other,
}

/// The part of an answer that had arrived.
#[derive(Debug, Clone, Copy)]
#[non_exhaustive]
pub struct Partial<'a> {
    /// Its status.
    pub status: StatusCode,
    /// Its headers.
    pub headers: &'a HeaderMap,
    /// The beginning of its body.
    pub body: &'a Bytes,
}

impl TransportKind {
    /// True where another attempt would end the same way.
    pub(crate) fn is_final(self) -> bool {
        matches!(self, Self::Deadline | Self::Credentials)
    }
}

impl fmt::Display for TransportKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Connect => "no connection",
            Self::Timeout => "no answer in time",
            Self::Deadline => "the deadline has passed",
            Self::Interrupted => "the answer broke off",
            Self::Credentials => "no credentials",
            Self::Other => "the request failed",
        })
    }
}

impl TransportError {
    /// The operation's id in the document.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// Why there was no whole answer.
    pub fn kind(&self) -> TransportKind {
        self.kind
    }

    /// True if time ran out, for an attempt or for the whole call.
    pub fn is_timeout(&self) -> bool {
        matches!(self.kind, TransportKind::Timeout | TransportKind::Deadline)
    }

    /// True if no connection came about.
    pub fn is_connect(&self) -> bool {
        self.kind == TransportKind::Connect
    }

    /// The transport's own error, where it gave one.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.cause.as_deref()
    }

    /// The part of the answer that had arrived.
    pub fn partial(&self) -> Option<Partial<'_>> {
        let (meta, body) = self.partial.as_ref()?;
        Some(Partial {
            status: meta.status,
            headers: &meta.headers,
            body,
        })
    }

    /// What identifies the request to the service's support, if that had arrived.
    pub fn request_id(&self) -> Option<&str> {
        self.partial.as_ref()?.0.request_id()
    }

    /// Every attempt, in order.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }
}

/// `createRun: no answer in time (600s); 3 attempts; no retry left`
impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.operation, self.kind)?;
        if let Some(limit) = self.limit {
            write!(f, " ({limit:?})")?;
        }
        if let Some(cause) = &self.cause {
            write!(f, ": {}", chain(&**cause))?;
        }
        if self.attempts.len() > 1 {
            write!(f, "; {} attempts", self.attempts.len())?;
        }
        match self.attempts.last() {
            Some(Attempt {
                outcome: Outcome::Fault(kind),
                ..
            }) if kind.is_final() => Ok(()),
            Some(last) => write!(f, "; {}", last.verdict),
            None => Ok(()),
        }
    }
}

impl fmt::Debug for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("TransportError")
            .field("operation", &self.operation)
            .field("kind", &self.kind)
            .field("limit", &self.limit)
            .field("cause", &self.cause)
            .field(
                "partial",
                &self.partial.as_ref().map(|(meta, body)| (meta, body.len())),
            )
            .field("attempts", &self.attempts)
            .finish()
    }
}

impl std::error::Error for TransportError {}
