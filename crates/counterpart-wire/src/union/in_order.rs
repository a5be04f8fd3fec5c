//! Unions that nothing tells apart: each variant is tried until one fits.
//!
//! In: a value, which is buffered. Out: the first variant that has a place for everything in the value; failing that,
//! the first one that passes over no more than it may; failing that, and only where what the document does not allow is
//! tolerated, the first that it fits tolerantly, or the raw value. Else failure says for each variant why it does not
//! fit.
//!
//! So a variant that knows few keys, and may be followed by any others, does not take what a later one keeps.

use crate::constant::Constant;
use crate::content::{Buffered, Checked, Content};
use crate::drift::DriftKind;
use crate::mode::Mode;
use crate::shorten::shorten;
use crate::state;
use crate::trail;
use crate::union::budget::{self, Budget};
use serde::Deserialize;
use serde::de::{DeserializeSeed, Deserializer};
use serde_json::Value;
use std::fmt::Write;

/// A union whose variants are tried in order.
///
/// ```
/// use counterpart_wire::{Attempt, InOrder, Serialize, Serializer, Value, in_order_union};
///
/// #[derive(Debug, PartialEq)]
/// pub enum Number {
///     Small(u8),
///     Large(u64),
///     Unknown(Value),
/// }
///
/// impl InOrder for Number {
///     fn read(value: &mut Attempt) -> Option<Self> {
///         value
///             .fits("Small")
///             .map(Self::Small)
///             .or_else(|| value.fits("Large").map(Self::Large))
///     }
///
///     fn unknown(value: Value) -> Self {
///         Self::Unknown(value)
///     }
/// }
///
/// impl Serialize for Number {
///     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         match self {
///             Self::Small(value) => value.serialize(serializer),
///             Self::Large(value) => value.serialize(serializer),
///             Self::Unknown(value) => value.serialize(serializer),
///         }
///     }
/// }
///
/// in_order_union!(Number);
///
/// let numbers: Vec<Number> = serde_json::from_str("[1, 300, -1]")?;
/// assert_eq!(numbers, [Number::Small(1), Number::Large(300), Number::Unknown((-1).into())]);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait InOrder: Sized {
    /// The first variant that fits.
    fn read(value: &mut Attempt<'_, '_>) -> Option<Self>;

    /// The variant for a value that fits none.
    fn unknown(value: Value) -> Self;
}

/// Implements `Deserialize` for types that implement [`InOrder`](trait@crate::InOrder), which has an example.
#[macro_export]
macro_rules! in_order_union {
    ($($name:ty),+ $(,)?) => {$(
        impl<'de> $crate::Deserialize<'de> for $name {
            fn deserialize<D: $crate::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::in_order(deserializer)
            }
        }
    )+};
}

/// A value that is tried with one variant after the other.
#[derive(Debug)]
pub struct Attempt<'c, 'de> {
    content: &'c Content<'de>,
    weight: usize,
    mode: Mode,
    misfits: String,
}

impl<'de> Attempt<'_, 'de> {
    /// The value as `T`, if it fits; `variant` names it in the message about a value that fits nowhere.
    pub fn fits<T: Deserialize<'de>>(&mut self, variant: &str) -> Option<T> {
        if !budget::spend(self.weight) {
            self.misfit(variant, "", "too many variants tried already");
            return None;
        }
        let read = || T::deserialize(Buffered::<serde_json::Error>::content(self.content));
        match state::attempt(self.mode, read) {
            Ok(value) => Some(value),
            Err((error, trail)) => {
                let message = error.to_string();
                let steps = trail.steps_for(&message).unwrap_or_default();
                // Messages of unions inside the value are part of it: unbounded, they would grow with every level.
                self.misfit(variant, &trail::path(&steps), &shorten(message, 400));
                None
            }
        }
    }

    /// Whether the value is this constant, for a variant that holds nothing else.
    pub fn is(&mut self, variant: &str, expected: impl Into<Constant>) -> bool {
        let expected = expected.into();
        if expected.is(self.content) {
            return true;
        }
        let refusal = expected.refusal(self.content);
        self.misfit(variant, "", &refusal);
        false
    }

    fn misfit(&mut self, variant: &str, path: &str, message: &str) {
        let separator = if self.misfits.is_empty() { "" } else { "; " };
        let place = if path.is_empty() { "" } else { ": " };
        // Writing to a string cannot fail.
        let _ = write!(self.misfits, "{separator}{variant}: {path}{place}{message}");
    }
}

/// Reads a union in order from any format; [`in_order_union!`](crate::in_order_union!) calls it.
pub fn in_order<'de, T: InOrder, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    let mut found = None;
    Checked(&mut |content| {
        found = Some(try_all(&content)?);
        Ok(())
    })
    .deserialize(deserializer)?;
    found.ok_or_else(|| serde::de::Error::custom("the format gave no value"))
}

/// The variant that the content fits, or why it fits none.
fn try_all<T: InOrder>(content: &Content<'_>) -> Result<T, String> {
    let weight = content.weight();
    let _budget = Budget::enter(weight);
    let name = super::name::<T>();
    let mut misfits = String::new();
    for mode in [Mode::Strict, Mode::Valid] {
        let (value, why_not) = try_by(mode, content, weight);
        if let Some(value) = value {
            return Ok(value);
        }
        misfits = why_not;
        if state::mode() == mode {
            return Err(format!("no variant of {name} fits ({misfits})"));
        }
    }
    if let (Some(value), _) = try_by(Mode::Tolerant, content, weight) {
        return Ok(value);
    }
    state::note(DriftKind::NoVariant, name, format_args!("{misfits}"));
    Ok(T::unknown(content.to_value()))
}

fn try_by<T: InOrder>(mode: Mode, content: &Content<'_>, weight: usize) -> (Option<T>, String) {
    let mut attempt = Attempt {
        content,
        weight,
        mode,
        misfits: String::new(),
    };
    (T::read(&mut attempt), attempt.misfits)
}
