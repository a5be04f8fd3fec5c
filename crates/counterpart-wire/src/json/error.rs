//! What can go wrong between JSON and values.

use std::error::Error;
use std::fmt;

/// JSON that is not the value it should be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecodeError {
    /// Where in the value, as in `data[3].content[0].type`; empty for all of it. What is missing is where it should be.
    pub path: String,
    /// What is wrong there.
    pub message: String,
    /// The line of the input, from 1 on; 0 if it is not known.
    pub line: usize,
    /// The byte of that line, from 1 on; 0 if it is not known, or at the very start.
    pub column: usize,
}

impl DecodeError {
    /// An error about all of a value that has no place in an input.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            path: String::new(),
            message: message.into(),
            line: 0,
            column: 0,
        }
    }
}

impl fmt::Display for DecodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)?;
        if self.line > 0 {
            write!(f, " at line {} column {}", self.line, self.column)?;
        }
        Ok(())
    }
}

impl Error for DecodeError {}

/// A value that cannot be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EncodeError {
    /// What is wrong with it.
    pub message: String,
}

impl EncodeError {
    /// An error with this message.
    pub fn new(message: impl Into<String>) -> Self {
        Self {
            message: message.into(),
        }
    }
}

impl fmt::Display for EncodeError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl Error for EncodeError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_what_and_where() {
        let error = DecodeError {
            path: "data[3].type".to_owned(),
            message: "missing field `type`".to_owned(),
            line: 2,
            column: 7,
        };
        assert_eq!(
            error.to_string(),
            "data[3].type: missing field `type` at line 2 column 7"
        );
        assert_eq!(DecodeError::new("no body").to_string(), "no body");
        assert_eq!(
            EncodeError::new("key must be a string").to_string(),
            "key must be a string"
        );
    }
}
