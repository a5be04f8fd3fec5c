//! Reading [`Content`] from any format.
//!
//! In: a deserializer that knows what it holds. Out: the content, or, for [`Checked`], what a function makes of it.

use super::Content;
use crate::key::Text;
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;

impl<'de> Deserialize<'de> for Content<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ContentVisitor { check: None })
    }
}

/// Reads a value whole, then gives it to a function that may refuse it with a message.
///
/// The refusal is raised while the format is still at this value, so that its error has the right line and column.
/// The function is behind a reference for one compiled copy of the reading to serve every use.
pub(crate) struct Checked<'c, 'de>(pub(crate) &'c mut Check<'c, 'de>);

type Check<'c, 'de> = dyn FnMut(Content<'de>) -> Result<(), String> + 'c;

impl<'de> DeserializeSeed<'de> for Checked<'_, 'de> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        let check = Some(self.0);
        deserializer.deserialize_any(ContentVisitor { check })?;
        Ok(())
    }
}

struct ContentVisitor<'c, 'de> {
    check: Option<&'c mut Check<'c, 'de>>,
}

impl<'de> ContentVisitor<'_, 'de> {
    /// The content itself, or nothing of it where the check has taken it.
    fn finish<E: Error>(self, content: Content<'de>) -> Result<Content<'de>, E> {
        match self.check {
            None => Ok(content),
            Some(check) => check(content)
                .map_or_else(|message| Err(E::custom(message)), |()| Ok(Content::Null)),
        }
    }
}

impl<'de> Visitor<'de> for ContentVisitor<'_, 'de> {
    type Value = Content<'de>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any value")
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
        self.finish(Content::Boolean(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<Self::Value, E> {
        self.finish(Content::Unsigned(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<Self::Value, E> {
        self.finish(Content::Signed(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Self::Value, E> {
        self.finish(Content::Float(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<Self::Value, E> {
        self.finish(Content::String(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<Self::Value, E> {
        self.visit_string(value.to_owned())
    }

    fn visit_string<E: Error>(self, value: String) -> Result<Self::Value, E> {
        self.finish(Content::String(Cow::Owned(value)))
    }

    fn visit_borrowed_bytes<E: Error>(self, value: &'de [u8]) -> Result<Self::Value, E> {
        self.finish(Content::Bytes(Cow::Borrowed(value)))
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<Self::Value, E> {
        self.finish(Content::Bytes(Cow::Owned(value.to_owned())))
    }

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        self.finish(Content::Null)
    }

    fn visit_none<E: Error>(self) -> Result<Self::Value, E> {
        self.finish(Content::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(
        self,
        deserializer: D,
    ) -> Result<Self::Value, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Self::Value, A::Error> {
        let mut items = Vec::with_capacity(capacity(seq.size_hint()));
        while let Some(item) = seq.next_element()? {
            items.push(item);
        }
        self.finish(Content::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut entries = Vec::with_capacity(capacity(map.size_hint()));
        while let Some((Text(key), value)) = map.next_entry()? {
            entries.push((key, value));
        }
        self.finish(Content::Object(entries))
    }
}

/// Room for as many items as the input says it has, within reason: the input may lie.
fn capacity(hint: Option<usize>) -> usize {
    hint.unwrap_or(0).min(256)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keeps_everything_as_it_came() {
        let json = r#"{"a": [null, true, 1, -1, 0.5], "b\n": "x", "a": "\n"}"#;
        let content: Content = serde_json::from_str(json).unwrap();
        let text = |text| Content::String(Cow::Borrowed(text));
        let list = vec![
            Content::Null,
            Content::Boolean(true),
            Content::Unsigned(1),
            Content::Signed(-1),
            Content::Float(0.5),
        ];
        let expected = vec![
            (Cow::Borrowed("a"), Content::Array(list)),
            (Cow::Borrowed("b\n"), text("x")),
            (Cow::Borrowed("a"), text("\n")),
        ];
        assert_eq!(content, Content::Object(expected));
    }

    #[test]
    fn borrows_from_the_input() {
        let content: Content = serde_json::from_str("\"plain\"").unwrap();
        assert!(matches!(content, Content::String(Cow::Borrowed("plain"))));
    }

    #[test]
    fn takes_bytes_and_options_of_other_formats() {
        let bytes = ciborium::Value::Bytes(vec![1, 2]);
        let content: Content = bytes.deserialized().unwrap();
        assert_eq!(content, Content::Bytes(Cow::Owned(vec![1, 2])));
        let content: Content = ciborium::Value::Null.deserialized().unwrap();
        assert_eq!(content, Content::Null);
    }

    #[test]
    fn a_refusal_has_the_place_of_the_value() {
        let mut deserializer = serde_json::Deserializer::from_str("  [1]  ");
        let mut seen = None;
        let mut check = |content: Content<'_>| {
            seen = Some(content.json_type());
            Err("no".to_owned())
        };
        let error = Checked(&mut check)
            .deserialize(&mut deserializer)
            .unwrap_err();
        assert_eq!(error.to_string(), "no at line 1 column 5");
        assert_eq!(seen, Some(crate::JsonType::Array));
    }
}
