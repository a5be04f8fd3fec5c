//! Constants: properties that have the same value in every object of a type.
//!
//! In: what the document says the value is. Out: that value when writing; when reading, whether the value that came is
//! the same one.

use crate::content::Content;
use serde::{Serialize, Serializer};
use std::fmt;

/// A value that the document fixes.
///
/// ```
/// use counterpart_wire::Constant;
///
/// assert_eq!(serde_json::to_string(&Constant::from("thread.run"))?, "\"thread.run\"");
/// assert_eq!(serde_json::to_string(&Constant::from(true))?, "true");
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Constant {
    /// A truth value.
    Boolean(bool),
    /// A whole number.
    Integer(i64),
    /// Any number.
    Number(f64),
    /// A text.
    String(&'static str),
}

impl Constant {
    /// Whether `content` is this value, however the format writes numbers.
    pub(crate) fn is(self, content: &Content<'_>) -> bool {
        match self {
            Self::Boolean(value) => matches!(content, Content::Boolean(other) if *other == value),
            Self::String(value) => matches!(content, Content::String(other) if *other == value),
            Self::Integer(value) => content.integer() == Some(value),
            Self::Number(value) => content.number() == Some(value),
        }
    }

    /// The error message about another value.
    pub(crate) fn refusal(self, content: &Content<'_>) -> String {
        format!("invalid value: {}, expected {self}", content.found())
    }
}

impl fmt::Display for Constant {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Boolean(value) => write!(f, "`{value}`"),
            Self::Integer(value) => write!(f, "`{value}`"),
            Self::Number(value) => write!(f, "`{value}`"),
            Self::String(value) => write!(f, "{value:?}"),
        }
    }
}

impl Serialize for Constant {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Boolean(value) => serializer.serialize_bool(*value),
            Self::Integer(value) => serializer.serialize_i64(*value),
            Self::Number(value) => serializer.serialize_f64(*value),
            Self::String(value) => serializer.serialize_str(value),
        }
    }
}

impl From<bool> for Constant {
    fn from(value: bool) -> Self {
        Self::Boolean(value)
    }
}

impl From<i64> for Constant {
    fn from(value: i64) -> Self {
        Self::Integer(value)
    }
}

impl From<i32> for Constant {
    fn from(value: i32) -> Self {
        Self::Integer(value.into())
    }
}

impl From<f64> for Constant {
    fn from(value: f64) -> Self {
        Self::Number(value)
    }
}

impl From<&'static str> for Constant {
    fn from(value: &'static str) -> Self {
        Self::String(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is(constant: impl Into<Constant>, json: &str) -> bool {
        constant.into().is(&serde_json::from_str(json).unwrap())
    }

    #[test]
    fn equals_the_same_value_only() {
        assert!(is("run", "\"run\""));
        assert!(is("run", "\"r\\u0075n\""));
        assert!(!is("run", "\"Run\""));
        assert!(!is("true", "true"));
        assert!(is(true, "true"));
        assert!(!is(true, "false"));
        assert!(!is(true, "1"));
    }

    #[test]
    fn compares_numbers_by_their_value() {
        assert!(is(1, "1"));
        assert!(is(1, "1.0"));
        assert!(is(-1, "-1"));
        assert!(!is(1, "2"));
        assert!(!is(1, "1.5"));
        assert!(!is(9_007_199_254_740_993_i64, "9007199254740992"));
        assert!(!is(i64::MAX, "1e300"));
        assert!(!is(-1, "18446744073709551615"));
        assert!(is(0.5, "0.5"));
        assert!(is(2.0, "2"));
        assert!(is(-2.0, "-2"));
        assert!(!is(0.5, "\"0.5\""));
    }

    #[test]
    fn says_what_it_expected() {
        let content = serde_json::from_str("\"runs\"").unwrap();
        assert_eq!(
            Constant::from("run").refusal(&content),
            "invalid value: string \"runs\", expected \"run\""
        );
    }
}
