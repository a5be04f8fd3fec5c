//! The types that JSON tells apart.

use crate::enums::one_of;
use std::fmt;

/// What kind of value comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum JsonType {
    /// `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number that fits 64 bits.
    Integer,
    /// Any other number.
    Number,
    /// A text.
    String,
    /// A list.
    Array,
    /// An object.
    Object,
}

impl fmt::Display for JsonType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Boolean => "a boolean",
            Self::Integer => "an integer",
            Self::Number => "a number",
            Self::String => "a string",
            Self::Array => "an array",
            Self::Object => "an object",
        })
    }
}

/// `a string`, `a string or an object`, `a string, an array or an object`.
pub(crate) struct Listed(pub(crate) &'static [JsonType]);

impl fmt::Display for Listed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_of(self.0.iter().map(JsonType::to_string)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_read_as_words() {
        let text = |types| Listed(types).to_string();
        assert_eq!(text(&[]), "nothing");
        assert_eq!(text(&[JsonType::Null]), "null");
        assert_eq!(
            text(&[JsonType::String, JsonType::Object]),
            "a string or an object"
        );
        let three = &[JsonType::Integer, JsonType::Array, JsonType::Boolean];
        assert_eq!(text(three), "an integer, an array or a boolean");
    }
}
