//! Keys of an object, read without a copy.
//!
//! In: the keys that are known. Out: the position of the one that came, or its text if it is none of them. Only an
//! unknown key that the input cannot lend (an escaped one, or one from a stream) is copied.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, Unexpected, Visitor};
use std::borrow::Cow;
use std::fmt;

/// A key that came.
pub(crate) enum Key<'de> {
    /// The position of a known key.
    Known(usize),
    /// Any other key.
    Other(Cow<'de, str>),
}

/// Reads a key as its position in `names`, looking first at `hint`.
#[derive(Clone, Copy)]
pub(crate) struct KeySeed<'n> {
    pub(crate) names: &'n [&'n str],
    pub(crate) hint: usize,
}

impl KeySeed<'_> {
    #[inline]
    fn find(self, key: &str) -> Option<usize> {
        if self
            .names
            .get(self.hint)
            .is_some_and(|name| is_same(name, key))
        {
            return Some(self.hint);
        }
        self.names.iter().position(|name| is_same(name, key))
    }
}

/// Whether two keys are the same, which are too short for a call to compare them to be worth it.
#[inline]
fn is_same(one: &str, other: &str) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let (one, one_rest) = one.as_bytes().as_chunks::<8>();
    let (other, other_rest) = other.as_bytes().as_chunks::<8>();
    let same_chunks = one
        .iter()
        .zip(other)
        .all(|(one, other)| u64::from_le_bytes(*one) == u64::from_le_bytes(*other));
    same_chunks
        && one_rest
            .iter()
            .zip(other_rest)
            .all(|(one, other)| one == other)
}

impl<'de> DeserializeSeed<'de> for KeySeed<'_> {
    type Value = Key<'de>;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_> {
    type Value = Key<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        Ok(self
            .find(key)
            .map_or(Key::Other(Cow::Borrowed(key)), Key::Known))
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        Ok(self
            .find(key)
            .map_or_else(|| Key::Other(Cow::Owned(key.to_owned())), Key::Known))
    }

    fn visit_bytes<E: Error>(self, key: &[u8]) -> Result<Self::Value, E> {
        match std::str::from_utf8(key) {
            Ok(key) => self.visit_str(key),
            Err(_) => Err(E::invalid_value(Unexpected::Bytes(key), &self)),
        }
    }
}

/// A text that is borrowed from the input where the input can lend it.
pub(crate) struct Text<'de>(pub(crate) Cow<'de, str>);

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // With no names every key is another one.
        let seed = KeySeed {
            names: &[],
            hint: 0,
        };
        match seed.deserialize(deserializer)? {
            Key::Other(text) => Ok(Self(text)),
            Key::Known(_) => Err(D::Error::custom("a key was found among no names")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read<'de>(json: &'de str, hint: usize) -> Key<'de> {
        let names = ["id", "object", "id"];
        let mut deserializer = serde_json::Deserializer::from_str(json);
        KeySeed {
            names: &names,
            hint,
        }
        .deserialize(&mut deserializer)
        .unwrap()
    }

    #[test]
    fn finds_a_key_from_any_hint() {
        for hint in [0, 1, 9] {
            assert!(matches!(read("\"object\"", hint), Key::Known(1)));
        }
        // Both positions hold the same name, so this shows which one is looked at first.
        assert!(matches!(read("\"id\"", 2), Key::Known(2)));
        assert!(matches!(read("\"id\"", 1), Key::Known(0)));
        assert!(matches!(read("\"\\u0069d\"", 1), Key::Known(0)));
    }

    #[test]
    fn borrows_an_unknown_key() {
        assert!(matches!(
            read("\"other\"", 0),
            Key::Other(Cow::Borrowed("other"))
        ));
        assert!(
            matches!(read("\"othe\\u0072\"", 0), Key::Other(Cow::Owned(key)) if key == "other")
        );
    }

    #[test]
    fn takes_text_as_bytes() {
        let visit = |bytes| {
            KeySeed {
                names: &["id"],
                hint: 0,
            }
            .visit_bytes::<serde_json::Error>(bytes)
        };
        assert!(matches!(visit(b"id"), Ok(Key::Known(0))));
        assert!(visit(b"\xff").is_err());
    }
}
