//! Properties that may be absent, and properties that may be `null` or absent.
//!
//! [`Nullable`] tells the two apart, which an `Option` cannot: a missing `metadata` says nothing, a `metadata` of
//! `null` says that there is none. [`Presence`] is what a [`Writer`](crate::Writer) asks both.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A property that is optional and nullable: absent, `null`, or a value.
///
/// `None` becomes [`Absent`](Self::Absent), the harmless one of the two: it changes nothing at the receiver.
/// Say [`Null`](Self::Null) where `null` is meant.
///
/// ```
/// use counterpart_wire::Nullable;
///
/// let limit: Nullable<u32> = Nullable::from(20);
/// assert_eq!(limit.value(), Some(&20));
/// assert_eq!(Option::from(limit), Some(20));
/// assert_eq!(Nullable::<u32>::from(None), Nullable::Absent);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Nullable<T> {
    /// The property is not there.
    #[default]
    Absent,
    /// The property is there and is `null`.
    Null,
    /// The property is there and has a value.
    Value(T),
}

impl<T> Nullable<T> {
    /// The value, unless it is absent or `null`.
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The value by itself, unless it is absent or `null`.
    pub fn into_value(self) -> Option<T> {
        match self {
            Self::Absent | Self::Null => None,
            Self::Value(value) => Some(value),
        }
    }

    /// The same state with a reference to the value.
    pub fn as_ref(&self) -> Nullable<&T> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// The same state with a mutable reference to the value.
    pub fn as_mut(&mut self) -> Nullable<&mut T> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(value),
        }
    }

    /// The value, which is made if it is absent or `null`.
    pub fn get_or_insert_with(&mut self, make: impl FnOnce() -> T) -> &mut T {
        if !self.is_value() {
            *self = Self::Value(make());
        }
        match self {
            Self::Value(value) => value,
            Self::Absent | Self::Null => unreachable!("bug: it was just made"),
        }
    }

    /// The same state with another value.
    pub fn map<U>(self, change: impl FnOnce(T) -> U) -> Nullable<U> {
        match self {
            Self::Absent => Nullable::Absent,
            Self::Null => Nullable::Null,
            Self::Value(value) => Nullable::Value(change(value)),
        }
    }

    /// Whether the property is not there.
    pub fn is_absent(&self) -> bool {
        matches!(self, Self::Absent)
    }

    /// Whether the property is there and is `null`.
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// Whether the property has a value.
    pub fn is_value(&self) -> bool {
        matches!(self, Self::Value(_))
    }
}

impl<T> From<T> for Nullable<T> {
    fn from(value: T) -> Self {
        Self::Value(value)
    }
}

impl<T> From<Option<T>> for Nullable<T> {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Absent, Self::Value)
    }
}

impl<T> From<Nullable<T>> for Option<T> {
    fn from(value: Nullable<T>) -> Self {
        value.into_value()
    }
}

impl<T: Serialize> Serialize for Nullable<T> {
    /// Writes `null` for both states without a value: whether to write an absent property at all is for whoever
    /// writes its key to decide.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.value().serialize(serializer)
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Nullable<T> {
    /// Reads a property that is there, so never [`Nullable::Absent`].
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}

/// A property's value that may not be there: an `Option` or a [`Nullable`].
///
/// ```
/// use counterpart_wire::{Nullable, Presence};
///
/// assert!(None::<u32>.is_absent());
/// assert!(Nullable::<u32>::Absent.is_absent());
/// assert!(!Nullable::<u32>::Null.is_absent());
/// ```
pub trait Presence: Serialize {
    /// Whether nothing is to be written, not even the key.
    fn is_absent(&self) -> bool;
}

impl<T: Serialize> Presence for Option<T> {
    fn is_absent(&self) -> bool {
        self.is_none()
    }
}

impl<T: Serialize> Presence for Nullable<T> {
    fn is_absent(&self) -> bool {
        self.is_absent()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_and_writes_null_and_values() {
        let read: Vec<Nullable<u8>> = serde_json::from_str("[null, 7]").unwrap();
        assert_eq!(read, [Nullable::Null, Nullable::Value(7)]);
        assert_eq!(serde_json::to_string(&read).unwrap(), "[null,7]");
        assert_eq!(
            serde_json::to_string(&Nullable::<u8>::Absent).unwrap(),
            "null"
        );
    }

    #[test]
    fn refuses_a_value_of_another_type() {
        assert!(serde_json::from_str::<Nullable<u8>>("\"7\"").is_err());
    }

    #[test]
    fn keeps_its_state_through_every_view() {
        let states = [Nullable::Absent, Nullable::Null, Nullable::Value(2)];
        for state in states {
            assert_eq!(state.as_ref().map(|value| *value), state);
            assert_eq!(state.value().copied(), state.into_value());
            assert_eq!(
                [state.is_absent(), state.is_null(), state.is_value()]
                    .iter()
                    .filter(|is| **is)
                    .count(),
                1
            );
        }
        let mut value = Nullable::Value(2);
        if let Nullable::Value(inner) = value.as_mut() {
            *inner += 1;
        }
        assert_eq!(value, Nullable::Value(3));
    }

    #[test]
    fn converts_from_and_into_options() {
        assert_eq!(Nullable::from(Some(1)), Nullable::Value(1));
        assert_eq!(Nullable::<i32>::from(None), Nullable::Absent);
        assert_eq!(Option::from(Nullable::Value(1)), Some(1));
        assert_eq!(Option::<i32>::from(Nullable::Null), None);
    }
}
