//! Answer bodies: JSON as the type that the document says, or one of the few other things there are.

use std::fmt;
use std::ops::Deref;

use bytes::Bytes;
use counterpart_wire::{Binary, Chunks, Drift, Mode, form, json};
use http::header::{CONTENT_DISPOSITION, CONTENT_LENGTH};
use serde::de::DeserializeOwned;

use crate::meta::Meta;
use crate::{BoxError, Misfit};

/// What an answer's body is decoded to. Every type that serde can decode is one, by way of JSON.
pub trait Payload: Sized {
    /// The value of `Accept` in a request for it.
    const ACCEPT: &'static str;

    /// Whether the body is left to whoever has the value to be read.
    const STREAMED: bool = false;

    /// Decodes a body that was answered with success.
    fn decode(body: Received<'_>) -> Result<Self, Misfit>;
}

/// A body to decode.
#[derive(Debug)]
pub struct Received<'a> {
    live: Option<Binary>,
    bytes: &'a Bytes,
    meta: &'a Meta,
    mode: Mode,
    drift: &'a mut Vec<Drift>,
}

impl<'a> Received<'a> {
    pub(crate) fn new(
        live: Option<Binary>,
        bytes: &'a Bytes,
        meta: &'a Meta,
        mode: Mode,
        drift: &'a mut Vec<Drift>,
    ) -> Self {
        Self {
            live,
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

    /// The status.
    pub fn status(&self) -> u16 {
        self.meta.status.as_u16()
    }

    /// The body as text in UTF-8.
    pub fn text(self) -> Result<Text, Misfit> {
        let text = String::from_utf8(self.bytes.to_vec());
        text.map(Text).map_err(|_| Misfit::Utf8)
    }

    /// The body as bytes, with what the headers say of them.
    pub fn download(self) -> Download {
        let headers = &self.meta.headers;
        let text = |name| headers.get(name)?.to_str().ok();
        let mut content = self.live.unwrap_or_else(|| Binary::new(self.bytes.clone()));
        if let Some(media_type) = self.meta.media_type() {
            content = content.with_media_type(media_type);
        }
        if let Some(name) = text(CONTENT_DISPOSITION).and_then(form::file_name) {
            content = content.with_file_name(name);
        }
        let length = text(CONTENT_LENGTH).and_then(|length| length.parse().ok());
        if let (None, Some(length)) = (content.length(), length) {
            content = content.with_length(length);
        }
        Download(content)
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

/// The payload of operations that answer with bytes, such as the content of a file: read as they come.
///
/// ```no_run
/// # use counterpart_client::{BoxError, Download, Http};
/// # async fn example(http: Http) -> Result<(), BoxError> {
/// let image = http.get::<Download, ()>("getImage", "/image").await?;
/// println!("{:?}, {:?} bytes", image.media_type(), image.length());
/// let bytes = image.bytes().await?;
/// # Ok(())
/// # }
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Download(Binary);

impl Download {
    /// All bytes, in memory.
    pub async fn bytes(self) -> Result<Bytes, BoxError> {
        self.0.bytes().await
    }

    /// The bytes as they come.
    pub fn chunks(self) -> Chunks {
        self.0.chunks()
    }

    /// The bytes as what can be sent elsewhere.
    pub fn into_binary(self) -> Binary {
        self.0
    }
}

impl Deref for Download {
    type Target = Binary;

    fn deref(&self) -> &Binary {
        &self.0
    }
}

impl From<Download> for Binary {
    fn from(download: Download) -> Self {
        download.0
    }
}

impl Payload for Download {
    const ACCEPT: &'static str = "*/*";
    const STREAMED: bool = true;

    fn decode(body: Received<'_>) -> Result<Self, Misfit> {
        Ok(body.download())
    }
}

/// The payload of operations that answer with text that is not JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text(pub String);

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Text {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Text> for String {
    fn from(text: Text) -> Self {
        text.0
    }
}

impl Payload for Text {
    const ACCEPT: &'static str = "text/*, */*;q=0.5";

    fn decode(body: Received<'_>) -> Result<Self, Misfit> {
        body.text()
    }
}
