//! Bytes that stand in a text, as `format: byte` has them.
//!
//! In: base64 (RFC 4648), or from formats that have bytes those themselves. Out: the bytes, and the way back.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use serde::de::{Deserializer, Error, Unexpected, Visitor};
use serde::{Deserialize, Serialize, Serializer};
use std::fmt;
use std::ops::Deref;

/// Bytes that are written as base64 where there are only texts.
///
/// ```
/// use counterpart_wire::Base64;
///
/// let bytes: Base64 = serde_json::from_str("\"AAEC/w==\"")?;
/// assert_eq!(bytes, Base64::from([0, 1, 2, 255]));
/// assert_eq!(bytes.len(), 4);
/// assert_eq!(bytes.to_string(), "AAEC/w==");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Base64(Bytes);

impl Base64 {
    /// The bytes by themselves.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }

    /// How many characters the text has that they are written as.
    pub fn text_len(&self) -> usize {
        self.0.len().div_ceil(3) * 4
    }
}

impl Deref for Base64 {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        &self.0
    }
}

impl AsRef<[u8]> for Base64 {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

impl fmt::Display for Base64 {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&STANDARD.encode(&self.0))
    }
}

impl From<Bytes> for Base64 {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl From<Vec<u8>> for Base64 {
    fn from(bytes: Vec<u8>) -> Self {
        Self(bytes.into())
    }
}

impl From<&[u8]> for Base64 {
    fn from(bytes: &[u8]) -> Self {
        Self(Bytes::copy_from_slice(bytes))
    }
}

impl<const N: usize> From<[u8; N]> for Base64 {
    fn from(bytes: [u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl<const N: usize> From<&[u8; N]> for Base64 {
    fn from(bytes: &[u8; N]) -> Self {
        Self::from(bytes.as_slice())
    }
}

impl From<Base64> for Bytes {
    fn from(bytes: Base64) -> Self {
        bytes.0
    }
}

impl From<Base64> for Vec<u8> {
    fn from(bytes: Base64) -> Self {
        bytes.0.into()
    }
}

impl Serialize for Base64 {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match serializer.is_human_readable() {
            true => serializer.collect_str(self),
            false => serializer.serialize_bytes(&self.0),
        }
    }
}

impl<'de> Deserialize<'de> for Base64 {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match deserializer.is_human_readable() {
            true => deserializer.deserialize_str(BytesVisitor),
            false => deserializer.deserialize_byte_buf(BytesVisitor),
        }
    }
}

struct BytesVisitor;

impl Visitor<'_> for BytesVisitor {
    type Value = Base64;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string in base64")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<Base64, E> {
        let bytes = STANDARD.decode(text);
        bytes
            .map(Base64::from)
            .map_err(|_| E::invalid_value(Unexpected::Str(text), &self))
    }

    fn visit_bytes<E: Error>(self, bytes: &[u8]) -> Result<Base64, E> {
        Ok(bytes.into())
    }

    fn visit_byte_buf<E: Error>(self, bytes: Vec<u8>) -> Result<Base64, E> {
        Ok(bytes.into())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Mode, json};

    #[test]
    fn is_a_text_where_there_are_only_texts() {
        for (text, bytes) in [
            ("\"\"", &b""[..]),
            ("\"/w==\"", b"\xff"),
            ("\"aGVsbG8=\"", b"hello"),
        ] {
            let read: Base64 = json::decode(text.as_bytes(), Mode::Strict).unwrap();
            assert_eq!(&*read, bytes);
            assert_eq!(json::encode(&read).unwrap(), text);
        }
    }

    #[test]
    fn is_bytes_where_there_are_bytes() {
        let bytes = Base64::from(b"hello");
        let mut cbor = Vec::new();
        ciborium::into_writer(&bytes, &mut cbor).unwrap();
        assert_eq!(cbor, b"\x45hello");
        assert_eq!(
            ciborium::from_reader::<Base64, _>(&cbor[..]).unwrap(),
            bytes
        );
    }

    #[test]
    fn what_is_no_base64_is_refused() {
        for text in [
            "\"a\"",
            "\"aGVsbG8\"",
            "\"aGVs bG8=\"",
            "\"_w==\"",
            "[1]",
            "1",
        ] {
            let read = json::decode::<Base64>(text.as_bytes(), Mode::Tolerant);
            let message = read.unwrap_err().message;
            assert!(
                message.ends_with("expected a string in base64"),
                "{message}"
            );
        }
    }

    #[test]
    fn an_empty_one_is_made_up_for_a_missing_one() {
        let page = br#"[["/w=="], [null]]"#;
        let (read, drifts) = json::decode_noting::<Vec<Vec<Base64>>>(page, Mode::Lenient).unwrap();
        assert!(read[1][0].is_empty());
        assert_eq!(drifts.len(), 1);
    }
}
