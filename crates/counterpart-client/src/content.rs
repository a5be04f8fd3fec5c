//! Request bodies: what a call holds until it is sent.
//!
//! ```
//! use counterpart_client::{Content, Json};
//!
//! let body = Json(vec![1, 2]).encode()?.expect("there is a body");
//! assert_eq!(body.media_type, "application/json");
//! assert_eq!(&body.body.as_bytes().unwrap()[..], b"[1,2]");
//! # Ok::<(), counterpart_wire::EncodeError>(())
//! ```

use std::borrow::Cow;

use bytes::Bytes;
use counterpart_wire::form::{self, Encoding};
use counterpart_wire::{Binary, EncodeError, Event, Sequence, json};
use serde::Serialize;

use crate::Body;

/// The body of a call.
pub trait Content: Clone + Send + Sync + 'static {
    /// The bytes to send; `None` for no body.
    fn encode(&self) -> Result<Option<Encoded>, EncodeError>;
}

/// A body's bytes, and what they are.
#[derive(Debug, Clone)]
pub struct Encoded {
    /// The value of `Content-Type`.
    pub media_type: Cow<'static, str>,
    /// The body.
    pub body: Body,
}

impl Encoded {
    fn new(media_type: impl Into<Cow<'static, str>>, body: impl Into<Body>) -> Self {
        Self {
            media_type: media_type.into(),
            body: body.into(),
        }
    }

    /// A value as JSON.
    pub fn json<T: Serialize>(media_type: &'static str, value: &T) -> Result<Self, EncodeError> {
        Ok(Self::new(media_type, json::encode(value)?))
    }

    /// A value as `application/x-www-form-urlencoded`.
    pub fn form<T: Serialize>(value: &T, encodings: &[Encoding]) -> Result<Self, EncodeError> {
        let text = form::urlencoded(value, encodings)?;
        let media_type = "application/x-www-form-urlencoded";
        Ok(Self::new(media_type, Bytes::from(text)))
    }

    /// A value as `multipart/form-data`.
    pub fn multipart<T: Serialize>(value: &T, encodings: &[Encoding]) -> Result<Self, EncodeError> {
        let form = form::Multipart::of(value, encodings)?;
        let media_type = form.media_type();
        Ok(Self::new(media_type, Body::of_pieces(form.into_pieces())))
    }

    /// A text.
    pub fn text(media_type: &'static str, text: &str) -> Self {
        Self::new(media_type, Bytes::copy_from_slice(text.as_bytes()))
    }

    /// Bytes, and the media type that they are sent as unless they have one themselves.
    pub fn binary(media_type: &'static str, content: &Binary) -> Self {
        match content.media_type() {
            Some(own) => Self::new(own.to_owned(), content.clone()),
            // A range of media types is what may be sent, no type of its own.
            None if media_type.contains('*') => {
                Self::new("application/octet-stream", content.clone())
            }
            None => Self::new(media_type, content.clone()),
        }
    }

    /// Items, one after the other.
    pub fn sequence<V>(media_type: &'static str, items: &Sequence<V>) -> Result<Self, EncodeError>
    where
        V: Event + Send + 'static,
    {
        Ok(Self::new(media_type, items.encode()?))
    }
}

/// A body that may be left out.
impl<C: Content> Content for Option<C> {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        match self {
            Some(content) => content.encode(),
            None => Ok(None),
        }
    }
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
    Encoded::json("application/json", value)
}

/// For operations that require a body of JSON by another name, such as `application/merge-patch+json`.
#[derive(Debug, Clone)]
pub struct JsonAs<T> {
    media_type: &'static str,
    value: T,
}

impl<T> JsonAs<T> {
    /// A value, and the media type that it is sent as.
    pub fn new(media_type: &'static str, value: T) -> Self {
        Self { media_type, value }
    }
}

impl<T: Serialize + Clone + Send + Sync + 'static> Content for JsonAs<T> {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        Encoded::json(self.media_type, &self.value).map(Some)
    }
}

/// For operations that take a form, as HTML sends it: `application/x-www-form-urlencoded`.
#[derive(Debug, Clone)]
pub struct Form<T> {
    value: T,
    encodings: &'static [Encoding],
}

impl<T> Form<T> {
    /// A form whose fields are written in the usual way.
    pub fn new(value: T) -> Self {
        Self::encoded(value, &[])
    }

    /// A form of whose fields some are written in another way.
    pub fn encoded(value: T, encodings: &'static [Encoding]) -> Self {
        Self { value, encodings }
    }
}

impl<T: Serialize + Clone + Send + Sync + 'static> Content for Form<T> {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        Encoded::form(&self.value, self.encodings).map(Some)
    }
}

/// For operations that take files, and fields beside them: `multipart/form-data`.
///
/// Files that come from a path, a reader or a stream are read while they are sent.
#[derive(Debug, Clone)]
pub struct Multipart<T> {
    value: T,
    encodings: &'static [Encoding],
}

impl<T> Multipart<T> {
    /// A form whose fields are written in the usual way.
    pub fn new(value: T) -> Self {
        Self::encoded(value, &[])
    }

    /// A form of whose fields some are written in another way.
    pub fn encoded(value: T, encodings: &'static [Encoding]) -> Self {
        Self { value, encodings }
    }
}

impl<T: Serialize + Clone + Send + Sync + 'static> Content for Multipart<T> {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        Encoded::multipart(&self.value, self.encodings).map(Some)
    }
}

/// For operations that take bytes: the content of a file, an image.
#[derive(Debug, Clone)]
pub struct Upload {
    media_type: &'static str,
    content: Binary,
}

impl Upload {
    /// Bytes, and the media type that they are sent as unless they have one themselves.
    pub fn new(media_type: &'static str, content: impl Into<Binary>) -> Self {
        Self {
            media_type,
            content: content.into(),
        }
    }
}

impl Content for Upload {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        Ok(Some(Encoded::binary(self.media_type, &self.content)))
    }
}

/// For operations that take items one after the other: JSON lines, a JSON text sequence.
#[derive(Debug, Clone)]
pub struct SequenceAs<V> {
    media_type: &'static str,
    items: Sequence<V>,
}

impl<V> SequenceAs<V> {
    /// Items, and the media type that they are sent as.
    pub fn new(media_type: &'static str, items: impl Into<Sequence<V>>) -> Self {
        Self {
            media_type,
            items: items.into(),
        }
    }
}

impl<V: Event + Clone + Send + Sync + 'static> Content for SequenceAs<V> {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        Encoded::sequence(self.media_type, &self.items).map(Some)
    }
}

/// For operations that take a text: bytes as they are.
#[derive(Debug, Clone, Default)]
pub struct Plain {
    /// The value of `Content-Type`.
    pub media_type: &'static str,
    /// The body.
    pub bytes: Bytes,
}

impl Plain {
    /// A text, and the media type that it is sent as.
    pub fn text(media_type: &'static str, text: impl Into<String>) -> Self {
        Self::new(media_type, text.into())
    }

    /// Bytes, and the media type that they are sent as.
    pub fn new(media_type: &'static str, text: impl Into<Bytes>) -> Self {
        Self {
            media_type,
            bytes: text.into(),
        }
    }
}

impl Content for Plain {
    fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
        Ok(Some(Encoded::new(self.media_type, self.bytes.clone())))
    }
}
