//! A serde deserializer over text. The type that is read says what a text is: `20` is a number for an `i64`, and a
//! text for a `String` and for every type that takes what comes.

use std::borrow::Cow;
use std::fmt::{self, Display};
use std::num::{IntErrorKind, ParseIntError};
use std::str::FromStr;

use serde::de::{self, Visitor};

use super::Reason;
use super::node::excerpt;
use crate::state;

mod node;
mod source;

pub(in crate::params) use source::Source;

/// The error of these deserializers.
#[derive(Debug)]
pub(in crate::params) struct Failure(Reason);

impl Failure {
    /// The same, with the part of the parameter that it is about.
    fn within(self, part: &str) -> Self {
        match self.0 {
            Reason::Invalid(message) => Self(Reason::Invalid(format!("{part}: {message}"))),
            reason => Self(reason),
        }
    }
}

impl From<Reason> for Failure {
    fn from(reason: Reason) -> Self {
        Self(reason)
    }
}

impl From<Failure> for Reason {
    fn from(failure: Failure) -> Self {
        failure.0
    }
}

impl Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl std::error::Error for Failure {}

impl de::Error for Failure {
    fn custom<T: Display>(message: T) -> Self {
        Self(Reason::Invalid(message.to_string()))
    }
}

fn invalid(expected: &str, text: &str) -> Failure {
    Failure(Reason::Invalid(format!(
        "expected {expected}, got `{}`",
        excerpt(text)
    )))
}

fn boolean(text: &str) -> Result<bool, Failure> {
    match text {
        "true" => Ok(true),
        "false" => Ok(false),
        _ => Err(invalid("`true` or `false`", text)),
    }
}

fn integer<T: FromStr<Err = ParseIntError>>(text: &str) -> Result<T, Failure> {
    if !may_begin(text) {
        return Err(invalid("an integer", text));
    }
    text.parse()
        .map_err(|error: ParseIntError| match error.kind() {
            IntErrorKind::PosOverflow => invalid("a smaller integer", text),
            IntErrorKind::NegOverflow => invalid("a greater integer", text),
            _ => invalid("an integer", text),
        })
}

/// A finite number: what JSON has no text for is no number here either.
fn number(text: &str) -> Result<f64, Failure> {
    text.parse()
        .ok()
        .filter(|number: &f64| number.is_finite() && may_begin(text))
        .ok_or_else(|| invalid("a number", text))
}

/// Whether a number may begin like this: in JSON neither a plus nor a zero stands before its digits, and a strict reader
/// takes no other numbers here.
fn may_begin(text: &str) -> bool {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    !matches!(digits, [b'+', ..] | [b'0', b'0'..=b'9', ..]) || !state::refuses_unlisted()
}

fn visit_text<'de, V: Visitor<'de>>(text: Cow<'de, str>, visitor: V) -> Result<V::Value, Failure> {
    match text {
        Cow::Borrowed(text) => visitor.visit_borrowed_str(text),
        Cow::Owned(text) => visitor.visit_string(text),
    }
}
