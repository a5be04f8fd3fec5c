//! Bytes that are not JSON: the content of a file, an image, an upload, a download.
//!
//! ```
//! use counterpart_wire::{Binary, FilePart};
//!
//! let image = Binary::new(&b"\x89PNG"[..]).with_media_type("image/png");
//! assert_eq!(image.media_type(), Some("image/png"));
//!
//! // Read from the disk while it is sent.
//! let part = FilePart::path("report.pdf").with_media_type("application/pdf");
//! assert_eq!(part.file_name(), Some("report.pdf"));
//! ```

mod chunks;
mod file_part;
mod source;

pub(crate) use file_part::{FILE, files};

pub use chunks::Chunks;
pub use file_part::FilePart;

use std::fmt;
use std::path::PathBuf;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use tokio::io::AsyncRead;

use source::Source;

/// Any error that can go from one thread to another.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Bytes, in memory or still to be read, with what is known of them.
///
/// Clones share what is still to be read. A path is read again by each; a reader or a stream only once, by the first
/// that asks for it.
#[derive(Clone, PartialEq)]
pub struct Binary {
    source: Source,
    media_type: Option<String>,
    file_name: Option<String>,
    length: Option<u64>,
}

impl Binary {
    /// Bytes in memory.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        let bytes = bytes.into();
        Self {
            length: Some(bytes.len() as u64),
            ..Self::from_source(Source::Bytes(bytes))
        }
    }

    /// The file at a path, which is opened when it is sent. Its name is the last part of the path.
    pub fn path(path: impl Into<PathBuf>) -> Self {
        let path = path.into();
        let name = path.file_name().and_then(|name| name.to_str());
        Self {
            file_name: name.map(str::to_owned),
            ..Self::from_source(Source::Path(path.into()))
        }
    }

    /// What a reader gives, as it is sent.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self::from_source(Source::once(chunks::ReaderChunks::new(reader)))
    }

    /// What a stream gives, as it is sent.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self::from_source(Source::once(chunks::Mapped::new(stream)))
    }

    fn from_source(source: Source) -> Self {
        Self {
            source,
            media_type: None,
            file_name: None,
            length: None,
        }
    }

    /// With this media type, such as `image/png`.
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// With the name of a file.
    pub fn with_file_name(mut self, name: impl Into<String>) -> Self {
        self.file_name = Some(name.into());
        self
    }

    /// With its length in bytes, for a reader or a stream of which that is known.
    pub fn with_length(mut self, length: u64) -> Self {
        self.length = Some(length);
        self
    }

    /// Its media type, if it is known.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// The name of the file, if it is one.
    pub fn file_name(&self) -> Option<&str> {
        self.file_name.as_deref()
    }

    /// Its length in bytes, as far as it is known before it is read.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// The bytes, if they are in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::Path(_) | Source::Once(_) => None,
        }
    }

    /// Whether it was a reader or a stream that has been read by now: there is nothing left to read.
    pub fn is_spent(&self) -> bool {
        self.source.is_spent()
    }

    /// The bytes as they come.
    pub fn chunks(self) -> Chunks {
        Chunks::new(self.source)
    }

    /// All bytes, in memory.
    pub async fn bytes(self) -> Result<Bytes, BoxError> {
        if let Source::Bytes(bytes) = self.source {
            return Ok(bytes);
        }
        let mut chunks = self.chunks();
        let mut whole = BytesMut::new();
        while let Some(chunk) = chunks.next().await {
            whole.extend_from_slice(&chunk?);
        }
        Ok(whole.freeze())
    }

    /// All bytes, as text.
    pub async fn text(self) -> Result<String, BoxError> {
        let bytes = self.bytes().await?;
        Ok(String::from_utf8(bytes.into())?)
    }
}

impl From<Bytes> for Binary {
    fn from(bytes: Bytes) -> Self {
        Self::new(bytes)
    }
}

impl From<Vec<u8>> for Binary {
    fn from(bytes: Vec<u8>) -> Self {
        Self::new(bytes)
    }
}

impl From<String> for Binary {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&'static [u8]> for Binary {
    fn from(bytes: &'static [u8]) -> Self {
        Self::new(bytes)
    }
}

impl From<&'static str> for Binary {
    fn from(text: &'static str) -> Self {
        Self::new(text)
    }
}

/// No bytes.
impl Default for Binary {
    fn default() -> Self {
        Self::new(Bytes::new())
    }
}

/// Without the bytes.
impl fmt::Debug for Binary {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Binary")
            .field("media_type", &self.media_type)
            .field("file_name", &self.file_name)
            .field("length", &self.length)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests;
