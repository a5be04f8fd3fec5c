//! Open enums: the values that the document lists, and room for any other.
//!
//! In: an enum that converts from a text (or a whole number) and back. Out, through [`open_enum!`](crate::open_enum!)
//! and [`open_int_enum!`](crate::open_int_enum!): a serde type that keeps an unlisted value as it came.

mod macros;
#[cfg(test)]
pub(crate) mod samples;
#[cfg(test)]
mod tests;

use crate::drift::DriftKind;
use crate::state;
use serde::de::{Deserializer, Error, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// An enum of texts that has room for texts the document does not list.
pub trait OpenEnum: for<'a> From<&'a str> + 'static {
    /// Every value that the document lists.
    const ALL: &'static [Self];
    /// The type's name, for messages.
    const NAME: &'static str;

    /// The value as it stands on the wire.
    fn as_str(&self) -> &str;

    /// Whether the document does not list the value, and does not allow any other.
    fn is_unknown(&self) -> bool;
}

/// An enum of whole numbers that has room for numbers the document does not list.
pub trait OpenIntEnum: From<i64> + 'static {
    /// Every value that the document lists.
    const ALL: &'static [Self];
    /// The type's name, for messages.
    const NAME: &'static str;

    /// The value as it stands on the wire.
    fn as_i64(&self) -> i64;

    /// Whether the document does not list the value.
    fn is_unknown(&self) -> bool;
}

/// Reads an open enum from any format; [`open_enum!`](crate::open_enum!) calls it.
pub fn read_enum<'de, T: OpenEnum, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_str(TextVisitor(PhantomData))
}

/// Reads an open enum of numbers from any format; [`open_int_enum!`](crate::open_int_enum!) calls it.
pub fn read_int_enum<'de, T: OpenIntEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    deserializer.deserialize_i64(NumberVisitor(PhantomData))
}

struct TextVisitor<T>(PhantomData<T>);

impl<T: OpenEnum> Visitor<'_> for TextVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a string ({})", T::NAME)
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        let value = T::from(text);
        if value.is_unknown() {
            unlisted(T::NAME, &format_args!("{text:?}"), || quoted(T::ALL))?;
        }
        Ok(value)
    }
}

struct NumberVisitor<T>(PhantomData<T>);

impl<T: OpenIntEnum> Visitor<'_> for NumberVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a whole number ({})", T::NAME)
    }

    fn visit_i64<E: Error>(self, number: i64) -> Result<T, E> {
        let value = T::from(number);
        if value.is_unknown() {
            unlisted(T::NAME, &number, || numbers(T::ALL))?;
        }
        Ok(value)
    }

    fn visit_u64<E: Error>(self, number: u64) -> Result<T, E> {
        match i64::try_from(number) {
            Ok(number) => self.visit_i64(number),
            Err(_) => Err(E::invalid_value(
                serde::de::Unexpected::Unsigned(number),
                &self,
            )),
        }
    }
}

/// Notes a value that the document does not list, or makes it an error.
#[cold]
fn unlisted<E: Error>(
    name: &'static str,
    value: &dyn fmt::Display,
    listed: fn() -> String,
) -> Result<(), E> {
    if state::refuses_unlisted() {
        let listed = listed();
        let message = format_args!("unknown value {value}, expected {listed}");
        return Err(E::custom(message));
    }
    state::note(DriftKind::UnknownValue, name, format_args!("{value}"));
    Ok(())
}

fn quoted<T: OpenEnum>(all: &[T]) -> String {
    one_of(all.iter().map(|value| format!("{:?}", value.as_str())))
}

fn numbers<T: OpenIntEnum>(all: &[T]) -> String {
    one_of(all.iter().map(|value| value.as_i64().to_string()))
}

/// `a`, `a or b`, `a, b or c`.
pub(crate) fn one_of(items: impl Iterator<Item = String>) -> String {
    let mut items: Vec<String> = items.collect();
    match items.pop() {
        None => "nothing".to_owned(),
        Some(last) if items.is_empty() => last,
        Some(last) => format!("{} or {last}", items.join(", ")),
    }
}
