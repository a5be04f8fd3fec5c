//! What can be wrong with a parameter: where it is, its name, and the reason.
//!
//! ``query parameter `limit` is not valid: expected an integer, got `abc` ``

use std::error::Error;
use std::fmt;

use super::Style;

/// Why a parameter could not be written or read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParamError {
    place: Place,
    name: String,
    reason: Reason,
}

impl ParamError {
    /// An error about the parameter called `name`.
    pub fn new(place: Place, name: impl Into<String>, reason: Reason) -> Self {
        Self {
            place,
            name: name.into(),
            reason,
        }
    }

    /// The part of the request that the parameter stands in.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The parameter's name on the wire.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What is wrong with the parameter.
    pub fn reason(&self) -> &Reason {
        &self.reason
    }
}

impl fmt::Display for ParamError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} `{}` {}", self.place, self.name, self.reason)
    }
}

impl Error for ParamError {}

/// The part of a request that a parameter stands in: `in` of OpenAPI's Parameter Object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// The URL's path.
    Path,
    /// The URL's query.
    Query,
    /// A header of its own.
    Header,
    /// The header `Cookie`.
    Cookie,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Path => "path argument",
            Self::Query => "query parameter",
            Self::Header => "header",
            Self::Cookie => "cookie",
        })
    }
}

/// What is wrong with a parameter.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// It is required, and not there.
    Missing,
    /// A path argument that would leave its segment empty.
    Empty,
    /// A list of one empty text, which reads as a list of nothing.
    EmptyItem,
    /// An object with a key that is empty, where the style needs a name.
    EmptyKey,
    /// A path argument that would make its segment `.` or `..`, which every URL parser removes.
    DotSegment,
    /// The style does not exist in this part of the request.
    Style(Style),
    /// A list or object within another, where the style has no way to write it.
    Nested,
    /// A `null` among the items of a list.
    Null,
    /// An item or key contains a delimiter that the style cannot escape.
    Delimiter(char),
    /// A control character, which headers cannot carry.
    Control,
    /// A header begins or ends with white space, which is not part of its value once received.
    Space,
    /// A parameter of one value is given more than once.
    Repeated,
    /// Percent-decoding does not give UTF-8.
    Utf8,
    /// The text is no value of the parameter's type, or the value cannot be serialized.
    Invalid(String),
}

/// Completes a sentence that begins with the parameter.
impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Missing => f.write_str("is missing"),
            Self::Empty => f.write_str("is empty"),
            Self::EmptyItem => {
                f.write_str("is a list of one empty item, which cannot be told from an empty list")
            }
            Self::EmptyKey => f.write_str("has an empty key, which its style cannot express"),
            Self::DotSegment => f.write_str("would make the path segment `.` or `..`"),
            Self::Style(style) => write!(f, "cannot have the style `{style}`"),
            Self::Nested => f.write_str("is nested more deeply than its style can express"),
            Self::Null => f.write_str("has a null in a list, which cannot be expressed"),
            Self::Delimiter(delimiter) => write!(
                f,
                "contains `{delimiter}`, which its style uses as a delimiter and cannot escape"
            ),
            Self::Control => f.write_str("contains a control character"),
            Self::Space => {
                f.write_str("begins or ends with white space, which headers do not keep")
            }
            Self::Repeated => f.write_str("is given more than once"),
            Self::Utf8 => f.write_str("is not valid UTF-8"),
            Self::Invalid(message) => write!(f, "is not valid: {message}"),
        }
    }
}
