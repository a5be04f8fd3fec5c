//! A buffered value of any format.
//!
//! In: a deserializer. Out: [`Content`], from which any type can be read as often as needed by [`Buffered`]. Unlike a
//! JSON value it lends out texts of the input, keeps repeated keys, and has room for bytes.

mod access;
mod buffered;
mod scalar;
mod visitor;

pub(crate) use access::{Entries, inside};
pub(crate) use buffered::Buffered;
pub(crate) use visitor::Checked;

use crate::union::JsonType;
use serde::de::Unexpected;
use serde_json::Value;
use std::borrow::Cow;

/// A buffered value.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Content<'de> {
    Null,
    Boolean(bool),
    Unsigned(u64),
    Signed(i64),
    Float(f64),
    String(Cow<'de, str>),
    Bytes(Cow<'de, [u8]>),
    Array(Vec<Content<'de>>),
    Object(Vec<(Cow<'de, str>, Content<'de>)>),
}

impl Content<'_> {
    pub(crate) fn json_type(&self) -> JsonType {
        match self {
            Self::Null => JsonType::Null,
            Self::Boolean(_) => JsonType::Boolean,
            Self::Unsigned(_) | Self::Signed(_) => JsonType::Integer,
            Self::Float(_) => JsonType::Number,
            // Formats that have bytes use them for what JSON writes as a text.
            Self::String(_) | Self::Bytes(_) => JsonType::String,
            Self::Array(_) => JsonType::Array,
            Self::Object(_) => JsonType::Object,
        }
    }

    /// The value as serde's error messages name it.
    pub(crate) fn unexpected(&self) -> Unexpected<'_> {
        match self {
            Self::Null => Unexpected::Unit,
            Self::Boolean(value) => Unexpected::Bool(*value),
            Self::Unsigned(value) => Unexpected::Unsigned(*value),
            Self::Signed(value) => Unexpected::Signed(*value),
            Self::Float(value) => Unexpected::Float(*value),
            Self::String(value) => Unexpected::Str(value),
            Self::Bytes(value) => Unexpected::Bytes(value),
            Self::Array(_) => Unexpected::Seq,
            Self::Object(_) => Unexpected::Map,
        }
    }

    /// The value as JSON's error messages name it: serde's own do not know `null`.
    pub(crate) fn found(&self) -> String {
        if *self == Self::Null {
            return "null".to_owned();
        }
        self.unexpected().to_string()
    }

    /// A text, number or truth value as a text.
    pub(crate) fn scalar_text(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::String(value) => Some(Cow::Borrowed(value)),
            Self::Boolean(value) => Some(Cow::Owned(value.to_string())),
            Self::Unsigned(value) => Some(Cow::Owned(value.to_string())),
            Self::Signed(value) => Some(Cow::Owned(value.to_string())),
            Self::Null | Self::Float(_) | Self::Bytes(_) | Self::Array(_) | Self::Object(_) => None,
        }
    }

    /// A whole number, however it is written.
    pub(crate) fn integer(&self) -> Option<i64> {
        match self {
            Self::Unsigned(value) => i64::try_from(*value).ok(),
            Self::Signed(value) => Some(*value),
            // Whole numbers beyond this one are not told apart by a float.
            Self::Float(value) if value.fract() == 0.0 && value.abs() < 2_f64.powi(53) => {
                Some(*value as i64)
            }
            Self::Float(_)
            | Self::Null
            | Self::Boolean(_)
            | Self::String(_)
            | Self::Bytes(_)
            | Self::Array(_)
            | Self::Object(_) => None,
        }
    }

    /// A number as it is nearest to.
    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Self::Unsigned(value) => Some(*value as f64),
            Self::Signed(value) => Some(*value as f64),
            Self::Float(value) => Some(*value),
            Self::Null
            | Self::Boolean(_)
            | Self::String(_)
            | Self::Bytes(_)
            | Self::Array(_)
            | Self::Object(_) => None,
        }
    }

    /// The value as JSON, where bytes are a text.
    pub(crate) fn to_value(&self) -> Value {
        match self {
            Self::Null => Value::Null,
            Self::Boolean(value) => Value::from(*value),
            Self::Unsigned(value) => Value::from(*value),
            Self::Signed(value) => Value::from(*value),
            Self::Float(value) => Value::from(*value),
            Self::String(value) => Value::from(value.as_ref()),
            Self::Bytes(value) => Value::from(String::from_utf8_lossy(value)),
            Self::Array(items) => items.iter().map(Self::to_value).collect(),
            Self::Object(entries) => entries
                .iter()
                .map(|(key, value)| (key.as_ref(), value.to_value()))
                .collect(),
        }
    }

    /// About how much work it is to read the value once.
    pub(crate) fn weight(&self) -> usize {
        1 + match self {
            Self::Null
            | Self::Boolean(_)
            | Self::Unsigned(_)
            | Self::Signed(_)
            | Self::Float(_) => 0,
            // Copying a text is cheap beside reading a value.
            Self::String(text) => text.len() / 64,
            Self::Bytes(bytes) => bytes.len() / 64,
            Self::Array(items) => items.iter().map(Self::weight).sum(),
            Self::Object(entries) => entries.iter().map(|(_, value)| 1 + value.weight()).sum(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn content(json: &str) -> Content<'_> {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn every_value_has_its_json_type() {
        let types = [
            ("null", JsonType::Null),
            ("true", JsonType::Boolean),
            ("18446744073709551615", JsonType::Integer),
            ("-1", JsonType::Integer),
            ("1.0", JsonType::Number),
            ("\"\"", JsonType::String),
            ("[]", JsonType::Array),
            ("{}", JsonType::Object),
        ];
        for (json, expected) in types {
            assert_eq!(content(json).json_type(), expected, "{json}");
        }
    }

    #[test]
    fn a_scalar_has_a_text() {
        let text = |json| content(json).scalar_text().map(Cow::into_owned);
        assert_eq!(text("\"a\"").as_deref(), Some("a"));
        assert_eq!(text("true").as_deref(), Some("true"));
        assert_eq!(text("-7").as_deref(), Some("-7"));
        for json in ["null", "0.5", "[]", "{}"] {
            assert_eq!(text(json), None, "{json}");
        }
    }

    #[test]
    fn is_json_again() {
        let json = r#"{"a":[null,true,1,-1,0.5,"x"],"b":{},"c":18446744073709551615}"#;
        assert_eq!(content(json).to_value().to_string(), json);
        assert_eq!(Content::Bytes(Cow::Borrowed(b"x")).to_value(), "x");
        // As everywhere, the last of two equal keys counts.
        assert_eq!(content(r#"{"a":1,"a":2}"#).to_value()["a"], 2);
    }

    #[test]
    fn weight_grows_with_the_value() {
        assert_eq!(content("1").weight(), 1);
        assert_eq!(content("[1, [2]]").weight(), 4);
        assert_eq!(content(r#"{"a": 1, "b": {}}"#).weight(), 5);
        assert_eq!(content(&format!("\"{}\"", "x".repeat(640))).weight(), 11);
    }
}
