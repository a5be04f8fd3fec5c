//! Keys of an object, read without a copy.
//!
//! In: the keys that are known. Out: the position of the one that came, or its text if it is none of them. Only an
//! unknown key that the input cannot lend (an escaped one, or one from a stream) is copied.

use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, Unexpected, Visitor};
use std::borrow::Cow;
use std::fmt;

/// Reads a key as its position in `names`, looking first at `hint`; any other key as `names.len()`, which puts its text
/// into `other`.
pub(crate) struct KeySeed<'k, 'de> {
    pub(crate) names: &'k [&'k str],
    pub(crate) hint: usize,
    pub(crate) other: &'k mut Cow<'de, str>,
}

impl<'de> KeySeed<'_, 'de> {
    /// The same for another key.
    #[inline]
    pub(crate) fn again(&mut self) -> KeySeed<'_, 'de> {
        KeySeed {
            names: self.names,
            hint: self.hint,
            other: self.other,
        }
    }

    #[inline]
    fn is_known(&self, position: usize) -> bool {
        position < self.names.len()
    }

    #[inline]
    fn find(&self, key: &str) -> usize {
        if self
            .names
            .get(self.hint)
            .is_some_and(|name| is_same(name, key))
        {
            return self.hint;
        }
        let position = self.names.iter().position(|name| is_same(name, key));
        position.unwrap_or(self.names.len())
    }
}

/// Whether two keys are the same, which are too short for a call to compare them to be worth it.
#[inline]
pub(crate) fn is_same(one: &str, other: &str) -> bool {
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

impl<'de> DeserializeSeed<'de> for KeySeed<'_, 'de> {
    type Value = usize;

    #[inline]
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl<'de> Visitor<'de> for KeySeed<'_, 'de> {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a key")
    }

    #[inline]
    fn visit_borrowed_str<E: Error>(self, key: &'de str) -> Result<Self::Value, E> {
        let position = self.find(key);
        if !self.is_known(position) {
            *self.other = Cow::Borrowed(key);
        }
        Ok(position)
    }

    #[inline]
    fn visit_str<E: Error>(self, key: &str) -> Result<Self::Value, E> {
        let position = self.find(key);
        if !self.is_known(position) {
            *self.other = Cow::Owned(key.to_owned());
        }
        Ok(position)
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
        let mut text = Cow::Borrowed("");
        // With no names every key is another one.
        let seed = KeySeed {
            names: &[],
            hint: 0,
            other: &mut text,
        };
        // Not as an identifier: there may be a map behind it, in which no key comes twice.
        deserializer.deserialize_str(seed)?;
        Ok(Self(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The position of a key, and its text if it is none of the names.
    fn read<'de>(json: &'de str, hint: usize) -> (usize, Cow<'de, str>) {
        let mut other = Cow::Borrowed("");
        let mut deserializer = serde_json::Deserializer::from_str(json);
        let seed = KeySeed {
            names: &["id", "a name of more than eight bytes", "id"],
            hint,
            other: &mut other,
        };
        let position = seed.deserialize(&mut deserializer).unwrap();
        (position, other)
    }

    #[test]
    fn finds_a_key_from_any_hint() {
        for hint in [0, 1, 9] {
            assert_eq!(read("\"a name of more than eight bytes\"", hint).0, 1);
            assert_eq!(read("\"a name of more than eight_bytes\"", hint).0, 3);
            assert_eq!(read("\"a name of more than_eight bytes\"", hint).0, 3);
        }
        // Both positions hold the same name, so this shows which one is looked at first.
        assert_eq!(read("\"id\"", 2).0, 2);
        assert_eq!(read("\"id\"", 1).0, 0);
        assert_eq!(read("\"\\u0069d\"", 1).0, 0);
    }

    #[test]
    fn borrows_an_unknown_key() {
        assert!(matches!(read("\"other\"", 0), (3, Cow::Borrowed("other"))));
        assert!(matches!(read("\"othe\\u0072\"", 0), (3, Cow::Owned(key)) if key == "other"));
    }

    #[test]
    fn takes_text_as_bytes() {
        let visit = |bytes| {
            KeySeed {
                names: &["id"],
                hint: 0,
                other: &mut Cow::Borrowed(""),
            }
            .visit_bytes::<serde_json::Error>(bytes)
        };
        assert!(matches!(visit(b"id"), Ok(0)));
        assert!(visit(b"\xff").is_err());
    }
}
