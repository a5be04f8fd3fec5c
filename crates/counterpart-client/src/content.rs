//! Request bodies: what a call holds until it is sent.
//!
//! ```
//! use counterpart_client::{Content, Json};
//!
//! let body = Json(vec![1, 2]).encode()?.expect("there is a body");
//! assert_eq!(body.media_type, "application/json");
//! assert_eq!(&body.bytes[..], b"[1,2]");
//! # Ok::<(), counterpart_wire::EncodeError>(())
//! ```

use bytes::Bytes;
use counterpart_wire::{EncodeError, json};
use serde::Serialize;

/// The body of a call.
pub trait Content: Clone + Send + Sync + 'static {
    /// The bytes to send; `None` for no body.
    fn encode(&self) -> Result<Option<Encoded>, EncodeError>;
}

/// A body's bytes, and what they are.
#[derive(Debug, Clone)]
pub struct Encoded {
    /// The value of `Content-Type`.
    pub media_type: &'static str,
    /// The body.
    pub bytes: Bytes,
}

/// For operations without a body.
#[derive(Debug, Clone, Copy, Default)]
pub struct NoBody;

impl Content for NoBody {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        Ok(None)
    }
}

/// For operations that require a body of JSON.
#[derive(Debug, Clone, Default)]
pub struct Json<T>(pub T);

impl<T: Serialize + Clone + Send + Sync + 'static> Content for Json<T> {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        json(&self.0).map(Some)
    }
}

/// For operations that take a body of JSON, or none.
#[derive(Debug, Clone, Default)]
pub struct OptionalJson<T>(pub Option<T>);

impl<T: Serialize + Clone + Send + Sync + 'static> Content for OptionalJson<T> {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        self.0.as_ref().map(json).transpose()
    }
}

fn json<T: Serialize>(value: &T) -> Result<Encoded, EncodeError> {
    Ok(Encoded {
        media_type: "application/json",
        bytes: json::encode(value)?,
    })
}

/// For operations whose body is neither JSON nor a form: bytes as they are.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// The value of `Content-Type`.
    pub media_type: &'static str,
    /// The body.
    pub bytes: Bytes,
}

impl Content for Plain {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        Ok(Some(Encoded {
            media_type: self.media_type,
            bytes: self.bytes.clone(),
        }))
    }
}
