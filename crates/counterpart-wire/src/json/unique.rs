//! Whether every object of a JSON text has each key only once: `serde_json` reads on, and keeps what comes last.
//!
//! `{"a": 1, "\u0061": 2}` is an error, at the second key.

use super::met::Met;
use crate::key::Text;
use crate::shorten::shorten;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::fmt;

/// Goes over all of a text.
pub(super) fn check(json: &[u8]) -> Result<(), serde_json::Error> {
    serde_json::from_slice(json).map(|Unique| ())
}

/// A value of any type, of which nothing is kept.
struct Unique;

impl<'de> Deserialize<'de> for Unique {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Self)
    }
}

impl<'de> Visitor<'de> for Unique {
    type Value = Self;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_unit<E>(self) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_str<E>(self, _: &str) -> Result<Self, E> {
        Ok(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Self, A::Error> {
        while let Some(Self) = items.next_element()? {}
        Ok(self)
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Self, A::Error> {
        let mut met = Met::default();
        while let Some(Text(key)) = entries.next_key()? {
            if met.insert(key.clone()) {
                let key = shorten(key.into_owned(), 200);
                return Err(A::Error::custom(format_args!("duplicate field `{key}`")));
            }
            let Self = entries.next_value()?;
        }
        Ok(self)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_comes_once_in_each_object() {
        let once = r#"[{"a": {"a": [1, -1, 0.5, null, true]}, "b": {"a": "a"}}, {"a": "\n"}]"#;
        assert!(check(once.as_bytes()).is_ok());
        for twice in [
            r#"{"a": 1, "a": 1}"#,
            r#"{"a": 1, "b": 2, "\u0061": 3}"#,
            r#"[0, {"b": {"": [], "": []}}]"#,
        ] {
            let error = check(twice.as_bytes()).unwrap_err();
            assert!(error.to_string().contains("duplicate field"), "{error}");
        }
    }
}
