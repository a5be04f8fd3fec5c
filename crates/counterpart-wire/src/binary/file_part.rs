//! A file among the fields of a form.
//!
//! Forms are written and read through serde like everything else, but serde's model has no files. So a file stands in
//! it as a *ticket*, `{"<key>": index}`, for one that is kept aside in a thread-local list while a form is written or
//! read. The key is new for every form, so that nothing in a form can pass for a ticket.

use std::cell::RefCell;
use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::ops::Deref;
use std::path::PathBuf;

use bytes::Bytes;
use futures_core::Stream;
use serde::de::{Error as _, MapAccess, Visitor};
use serde::ser::{Error as _, SerializeMap};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use tokio::io::AsyncRead;

use super::{Binary, BoxError};

/// A file in a `multipart/form-data` body: bytes with a name and a media type.
///
/// In JSON, where there are no files, it is the text that it holds.
#[derive(Clone, PartialEq, Default)]
pub struct FilePart(Binary);

impl FilePart {
    /// Bytes in memory.
    pub fn new(bytes: impl Into<Bytes>) -> Self {
        Self(Binary::new(bytes))
    }

    /// The file at a path, which is opened when it is sent: [`Binary::path`].
    pub fn path(path: impl Into<PathBuf>) -> Self {
        Self(Binary::path(path))
    }

    /// What a reader gives, as it is sent.
    pub fn reader(reader: impl AsyncRead + Send + 'static) -> Self {
        Self(Binary::reader(reader))
    }

    /// What a stream gives, as it is sent.
    pub fn stream<S, B, E>(stream: S) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<BoxError>,
    {
        Self(Binary::stream(stream))
    }

    /// With this name. Many services take the kind of a file from the end of its name.
    pub fn named(self, name: impl Into<String>) -> Self {
        Self(self.0.with_file_name(name))
    }

    /// With this media type; `application/octet-stream` unless told.
    pub fn with_media_type(self, media_type: impl Into<String>) -> Self {
        Self(self.0.with_media_type(media_type))
    }

    /// The bytes, with what is known of them.
    pub fn into_binary(self) -> Binary {
        self.0
    }
}

impl Deref for FilePart {
    type Target = Binary;

    fn deref(&self) -> &Binary {
        &self.0
    }
}

impl<B: Into<Binary>> From<B> for FilePart {
    fn from(bytes: B) -> Self {
        Self(bytes.into())
    }
}

impl fmt::Debug for FilePart {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The files of the form that is being written or read.
struct Files {
    key: String,
    files: Vec<FilePart>,
}

thread_local! {
    static FILES: RefCell<Option<Files>> = const { RefCell::new(None) };
}

/// The list of files that tickets stand for.
pub(crate) mod files {
    use super::*;

    /// Runs `work`, which is given the key of tickets, with these files at hand; gives back all files there are then.
    pub(crate) fn with<R>(
        files: Vec<FilePart>,
        work: impl FnOnce(&str) -> R,
    ) -> (R, Vec<FilePart>) {
        let key = format!("file {:016x}", RandomState::new().build_hasher().finish());
        let own = Files {
            key: key.clone(),
            files,
        };
        let before = Restore(FILES.with_borrow_mut(|files| files.replace(own)));
        let result = work(&key);
        let own = FILES.with_borrow_mut(Option::take);
        drop(before);
        (result, own.map(|own| own.files).unwrap_or_default())
    }

    /// Puts back what there was, also when the work panics.
    struct Restore(Option<Files>);

    impl Drop for Restore {
        fn drop(&mut self) {
            let before = self.0.take();
            FILES.with_borrow_mut(|files| *files = before);
        }
    }
}

impl Serialize for FilePart {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ticket = FILES.with_borrow_mut(|files| {
            let files = files.as_mut()?;
            files.files.push(self.clone());
            Some((files.key.clone(), files.files.len() - 1))
        });
        if let Some((key, index)) = ticket {
            let mut map = serializer.serialize_map(Some(1))?;
            map.serialize_entry(&key, &index)?;
            return map.end();
        }
        let bytes = self.as_bytes().ok_or_else(|| {
            S::Error::custom("a file that is still to be read can only be sent in a form")
        })?;
        let text = std::str::from_utf8(bytes)
            .map_err(|_| S::Error::custom("a file that is no text can only be sent in a form"))?;
        serializer.serialize_str(text)
    }
}

/// The name by which a file is asked for, of deserializers that have files.
pub(crate) const FILE: &str = "$counterpart::FilePart";

impl<'de> Deserialize<'de> for FilePart {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(FILE, Ticket)
    }
}

struct Ticket;

impl<'de> Visitor<'de> for Ticket {
    type Value = FilePart;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a file")
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, inner: D) -> Result<FilePart, D::Error> {
        inner.deserialize_any(self)
    }

    fn visit_str<E: serde::de::Error>(self, text: &str) -> Result<FilePart, E> {
        Ok(FilePart::new(text.to_owned()))
    }

    fn visit_bytes<E: serde::de::Error>(self, bytes: &[u8]) -> Result<FilePart, E> {
        Ok(FilePart::new(bytes.to_vec()))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<FilePart, A::Error> {
        let not_a_file = || A::Error::custom("expected a file, got an object");
        let key: String = map.next_key()?.ok_or_else(not_a_file)?;
        let known = FILES.with_borrow(|files| files.as_ref().is_some_and(|files| files.key == key));
        if !known {
            return Err(not_a_file());
        }
        let index: usize = map.next_value()?;
        let file = FILES.with_borrow(|files| files.as_ref()?.files.get(index).cloned());
        file.ok_or_else(not_a_file)
    }
}
