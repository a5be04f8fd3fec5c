//! Answer bodies: JSON as the type that the document says, or one of the few other things there are.

use bytes::Bytes;
use counterpart_wire::{Drift, Mode, json};
use serde::de::DeserializeOwned;

use crate::Misfit;
use crate::meta::Meta;

/// What an answer's body is decoded to. Every type that serde can decode is one, by way of JSON.
pub trait Payload: Sized {
    /// The value of `Accept` in a request for it.
    const ACCEPT: &'static str;

    /// Decodes a body that was answered with success.
    fn decode(body: Received<'_>) -> Result<Self, Misfit>;
}

/// A body to decode.
#[derive(Debug)]
pub struct Received<'a> {
    bytes: &'a Bytes,
    meta: &'a Meta,
    mode: Mode,
    drift: &'a mut Vec<Drift>,
}

impl<'a> Received<'a> {
    pub(crate) fn new(
        bytes: &'a Bytes,
        meta: &'a Meta,
        mode: Mode,
        drift: &'a mut Vec<Drift>,
    ) -> Self {
        Self {
            bytes,
            meta,
            mode,
            drift,
        }
    }

    /// The body.
    pub fn bytes(&self) -> &Bytes {
        self.bytes
    }

    /// The media type, in lower case and without parameters.
    pub fn media_type(&self) -> Option<String> {
        self.meta.media_type()
    }

    /// The body as JSON. Where there is none, `null` is decoded, so that an `Option` can be.
    pub fn json<T: DeserializeOwned>(self) -> Result<T, Misfit> {
        let is_empty = self.bytes.is_empty();
        let bytes: &[u8] = if is_empty { b"null" } else { self.bytes };
        match json::decode_noting(bytes, self.mode) {
            Ok((value, drift)) => {
                *self.drift = drift;
                Ok(value)
            }
            Err(_) if is_empty => Err(Misfit::Empty),
            Err(error) => Err(match self.meta.media_type() {
                // A body that says it is something else was decoded all the same: many say `text/plain`.
                Some(media_type) if !media_type.contains("json") => Misfit::MediaType(media_type),
                _ => Misfit::Value(error),
            }),
        }
    }
}

impl<T: DeserializeOwned> Payload for T {
    const ACCEPT: &'static str = "application/json";

    fn decode(body: Received<'_>) -> Result<Self, Misfit> {
        body.json()
    }
}

/// The payload of operations that answer with nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Empty;

impl Payload for Empty {
    const ACCEPT: &'static str = "*/*";

    /// Something where nothing was expected does no harm.
    fn decode(_: Received<'_>) -> Result<Self, Misfit> {
        Ok(Self)
    }
}

/// The payload of operations that answer with bytes, such as the content of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binary {
    /// The media type, in lower case and without parameters.
    pub media_type: Option<String>,
    /// The body.
    pub bytes: Bytes,
}

impl Payload for Binary {
    const ACCEPT: &'static str = "*/*";

    fn decode(body: Received<'_>) -> Result<Self, Misfit> {
        Ok(Self {
            media_type: body.media_type(),
            bytes: body.bytes().clone(),
        })
    }
}

/// The payload of operations that answer with text that is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl Payload for Text {
    const ACCEPT: &'static str = "text/*, */*;q=0.5";

    fn decode(body: Received<'_>) -> Result<Self, Misfit> {
        let text = String::from_utf8(body.bytes().to_vec());
        text.map(Self).map_err(|_| Misfit::Utf8)
    }
}
