//! The tag of a union: its key and its value.

use crate::content::Content;
use crate::json::LOOK_AHEAD;
use crate::key::{KeySeed, is_same};
use serde::de::{
    DeserializeSeed, Deserializer, Error, IgnoredAny, MapAccess, SeqAccess, Unexpected, Visitor,
};
use std::borrow::Cow;
use std::fmt;

/// Reads the next key, or looks ahead to the tag, or to a key that tells it, where the format can.
pub(super) struct TagSeed<'k, 'de> {
    pub(super) tag: KeySeed<'k, 'de>,
    /// The keys that tell the tag, and what they tell.
    pub(super) telling: &'static [(&'static str, &'static str)],
}

/// Where the tag is.
pub(super) enum Found {
    /// The key that was read, as [`KeySeed`] gives it; nobody knows what comes behind it.
    Next(usize),
    /// The tag is next, though it stands behind so many entries.
    Behind(usize),
    /// The value of this key is next, which tells the tag.
    Told(&'static (&'static str, &'static str)),
    /// There is no tag.
    Nowhere,
}

impl<'de> DeserializeSeed<'de> for TagSeed<'_, 'de> {
    type Value = Found;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Found, D::Error> {
        deserializer.deserialize_newtype_struct(LOOK_AHEAD, self)
    }
}

impl<'de> Visitor<'de> for TagSeed<'_, 'de> {
    type Value = Found;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.tag.expecting(f)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, key: D) -> Result<Found, D::Error> {
        self.tag.deserialize(key).map(Found::Next)
    }

    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Found, E> {
        self.tag.visit_borrowed_str(key).map(Found::Next)
    }

    fn visit_str<E: Error>(self, key: &str) -> Result<Found, E> {
        self.tag.visit_str(key).map(Found::Next)
    }

    fn visit_bytes<E: Error>(self, key: &[u8]) -> Result<Found, E> {
        self.tag.visit_bytes(key).map(Found::Next)
    }

    #[inline]
    fn visit_seq<A: SeqAccess<'de>>(mut self, mut keys: A) -> Result<Found, A::Error> {
        let mut skipped = 0;
        while let Some(key) = keys.next_element_seed(self.tag.again())? {
            if key == 0 {
                return Ok(Found::Behind(skipped));
            }
            let key = self.tag.other.as_ref();
            if let Some(telling) = self.telling.iter().find(|(name, _)| is_same(name, key)) {
                return Ok(Found::Told(telling));
            }
            skipped += 1;
        }
        Ok(Found::Nowhere)
    }
}

/// Reads the value of a tag: a text, or what can be one.
pub(super) struct TagValue;

impl<'de> DeserializeSeed<'de> for TagValue {
    type Value = Content<'de>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Content<'de>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for TagValue {
    type Value = Content<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a string")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, tag: &'de str) -> Result<Content<'de>, E> {
        Ok(Content::String(Cow::Borrowed(tag)))
    }

    fn visit_str<E: Error>(self, tag: &str) -> Result<Content<'de>, E> {
        Ok(Content::String(Cow::Owned(tag.to_owned())))
    }

    fn visit_bool<E: Error>(self, tag: bool) -> Result<Content<'de>, E> {
        Ok(Content::Boolean(tag))
    }

    fn visit_u64<E: Error>(self, tag: u64) -> Result<Content<'de>, E> {
        Ok(Content::Unsigned(tag))
    }

    fn visit_i64<E: Error>(self, tag: i64) -> Result<Content<'de>, E> {
        Ok(Content::Signed(tag))
    }

    fn visit_unit<E: Error>(self) -> Result<Content<'de>, E> {
        // Serde itself does not know `null`.
        Err(E::invalid_type(Unexpected::Other("null"), &self))
    }

    fn visit_none<E: Error>(self) -> Result<Content<'de>, E> {
        self.visit_unit()
    }

    fn visit_some<D: Deserializer<'de>>(self, tag: D) -> Result<Content<'de>, D::Error> {
        tag.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, tag: D) -> Result<Content<'de>, D::Error> {
        tag.deserialize_any(self)
    }

    // Lists and objects are read to their ends, so that the error is about all of them.

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Content<'de>, A::Error> {
        while items.next_element::<IgnoredAny>()?.is_some() {}
        Err(A::Error::invalid_type(Unexpected::Seq, &self))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Content<'de>, A::Error> {
        while entries.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Err(A::Error::invalid_type(Unexpected::Map, &self))
    }
}
