//! `multipart/form-data` (RFC 7578), written: the bytes around each part, and the parts themselves as they come.

use std::hash::{BuildHasher, Hasher, RandomState};

use serde::{Deserialize, Serialize};

use super::parts::{Part, parts};
use super::{Encoding, Field, FormError, How, add, parse, read};
use crate::EncodeError;
use crate::binary::{Binary, FilePart, files};

use bytes::Bytes;
use indexmap::IndexMap;

/// Contents up to this length are copied into the bytes around them.
const SHORT: usize = 16 * 1024;

/// A form that is ready to be sent.
#[derive(Debug, Clone)]
pub struct Multipart {
    boundary: String,
    parts: Vec<Part>,
}

impl Multipart {
    /// The value as a form.
    pub fn of<T>(value: &T, encodings: &[Encoding]) -> Result<Self, EncodeError>
    where
        T: Serialize + ?Sized,
    {
        Ok(Self {
            boundary: new_boundary(),
            parts: parts(value, encodings)?,
        })
    }

    /// The value that a form is, by the mode in force. `boundary` is what [`boundary`](super::boundary) finds.
    pub fn read<T>(bytes: &Bytes, boundary: &str, encodings: &[Encoding]) -> Result<T, FormError>
    where
        T: for<'de> Deserialize<'de>,
    {
        let found = parse::parts(bytes, boundary)?;
        let list = found
            .iter()
            .map(|part| FilePart::from(part.content.clone()));
        let (value, _) = files::with(list.collect(), |key| {
            let mut fields = IndexMap::new();
            for (index, part) in found.iter().enumerate() {
                let how = Encoding::of(encodings, &part.name);
                add(
                    &mut fields,
                    part.name.as_str().into(),
                    field(part, how, key, index),
                );
            }
            read(fields)
        });
        value
    }

    /// The value of `Content-Type`.
    pub fn media_type(&self) -> String {
        format!("multipart/form-data; boundary={}", self.boundary)
    }

    /// The body, piece by piece. What is short is put together.
    pub fn into_pieces(self) -> Vec<Binary> {
        let mut pieces = Vec::new();
        let mut text = Vec::new();
        for part in self.parts {
            text.extend_from_slice(format!("--{}\r\n", self.boundary).as_bytes());
            text.extend_from_slice(headers(&part).as_bytes());
            text.extend_from_slice(b"\r\n");
            match part.content.as_bytes() {
                Some(bytes) if bytes.len() <= SHORT => text.extend_from_slice(bytes),
                _ => {
                    pieces.push(Binary::new(std::mem::take(&mut text)));
                    pieces.push(part.content);
                }
            }
            text.extend_from_slice(b"\r\n");
        }
        text.extend_from_slice(format!("--{}--\r\n", self.boundary).as_bytes());
        pieces.push(Binary::new(text));
        pieces
    }
}

fn field<'de>(part: &'de Part, how: Option<How>, key: &str, index: usize) -> Field<'de> {
    let content = &part.content;
    let bytes = content
        .as_bytes()
        .map(|bytes| &bytes[..])
        .unwrap_or_default();
    let text = std::str::from_utf8(bytes).ok().map(Into::into);
    let field = Field::file(text, (key.to_owned(), index, content.file_name().is_some()));
    match (how.and_then(How::param), content.media_type()) {
        (Some(param), _) => field.delimited(param),
        (None, Some(media_type)) => field.typed(media_type),
        (None, None) => field,
    }
}

/// The headers of a part, each with the end of its line.
fn headers(part: &Part) -> String {
    let mut text = format!(
        "Content-Disposition: form-data; name=\"{}\"",
        escaped(&part.name)
    );
    if let Some(name) = part.content.file_name() {
        text.push_str(&format!("; filename=\"{}\"", escaped(name)));
    }
    text.push_str("\r\n");
    if let Some(media_type) = part.content.media_type() {
        // Whoever names a type may take it from anywhere.
        let media_type = media_type.replace(['\r', '\n'], " ");
        text.push_str(&format!("Content-Type: {media_type}\r\n"));
    }
    text
}

/// A name as browsers write it (WHATWG HTML, "multipart/form-data encoding algorithm").
fn escaped(name: &str) -> String {
    name.replace('"', "%22")
        .replace('\r', "%0D")
        .replace('\n', "%0A")
}

/// A line that no part is likely to have: 128 bits of chance.
fn new_boundary() -> String {
    let random = || RandomState::new().build_hasher().finish();
    format!("counterpart-{:016x}{:016x}", random(), random())
}
