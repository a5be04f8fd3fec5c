//! Defaults that a document declares: a server fills them in, as its methods would otherwise each
//! have to know them. Nobody else does; a client sends what it was told to send.

use indexmap::IndexMap;

use crate::nullable::Nullable;

/// A type with defaults, itself or in what it holds.
///
/// ```
/// use counterpart_wire::{Defaults, Nullable, fill, fill_inside, filled};
///
/// #[derive(Debug, PartialEq)]
/// struct Search {
///     limit: Option<u32>,
///     strict: Nullable<bool>,
/// }
///
/// impl Defaults for Search {
///     fn fill_defaults(&mut self) {
///         fill(&mut self.limit, 20u32);
///         fill(&mut self.strict, false);
///     }
/// }
///
/// let search = Search { limit: None, strict: Nullable::Null };
/// // A `null` is an answer, and stands.
/// assert_eq!(filled(search), Search { limit: Some(20), strict: Nullable::Null });
/// ```
pub trait Defaults {
    /// Sets what is absent and has a default, here and in what is inside.
    fn fill_defaults(&mut self);
}

impl<T: Defaults> Defaults for Option<T> {
    fn fill_defaults(&mut self) {
        self.iter_mut().for_each(T::fill_defaults);
    }
}

impl<T: Defaults> Defaults for Nullable<T> {
    fn fill_defaults(&mut self) {
        if let Self::Value(value) = self {
            value.fill_defaults();
        }
    }
}

impl<T: Defaults> Defaults for Box<T> {
    fn fill_defaults(&mut self) {
        (**self).fill_defaults();
    }
}

impl<T: Defaults> Defaults for Vec<T> {
    fn fill_defaults(&mut self) {
        self.iter_mut().for_each(T::fill_defaults);
    }
}

impl<T: Defaults> Defaults for IndexMap<String, T> {
    fn fill_defaults(&mut self) {
        self.values_mut().for_each(T::fill_defaults);
    }
}

/// What may be absent: an `Option` or a [`Nullable`].
pub trait MayBeAbsent {
    /// What it is if it is there.
    type Value;

    /// Sets it if it is absent. A `null` is not.
    fn set_if_absent(&mut self, value: Self::Value);
}

impl<T> MayBeAbsent for Option<T> {
    type Value = T;

    fn set_if_absent(&mut self, value: T) {
        self.get_or_insert(value);
    }
}

impl<T> MayBeAbsent for Nullable<T> {
    type Value = T;

    fn set_if_absent(&mut self, value: T) {
        if self.is_absent() {
            *self = Self::Value(value);
        }
    }
}

/// Sets a field to its default if it is absent.
pub fn fill<T: MayBeAbsent>(field: &mut T, default: impl Into<T::Value>) {
    field.set_if_absent(default.into());
}

/// Fills in the defaults of what a field or a variant holds.
pub fn fill_inside(value: &mut impl Defaults) {
    value.fill_defaults();
}

/// A value with its defaults filled in.
pub fn filled<T: Defaults>(mut value: T) -> T {
    value.fill_defaults();
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, PartialEq)]
    struct Item(Option<u8>);

    impl Defaults for Item {
        fn fill_defaults(&mut self) {
            fill(&mut self.0, 7);
        }
    }

    #[test]
    fn only_what_is_absent_is_set() {
        let set = |mut field: Nullable<u8>| {
            fill(&mut field, 1);
            field
        };
        assert_eq!(set(Nullable::Absent), Nullable::Value(1));
        assert_eq!(set(Nullable::Null), Nullable::Null);
        assert_eq!(set(Nullable::Value(2)), Nullable::Value(2));
        assert_eq!(filled(Item(Some(2))), Item(Some(2)));
    }

    #[test]
    fn reaches_what_is_inside() {
        let empty = Item(None);
        let full = Item(Some(7));
        assert_eq!(filled(vec![empty.clone()]), vec![full.clone()]);
        assert_eq!(
            filled(Some(Box::new(empty.clone()))),
            Some(Box::new(full.clone()))
        );
        assert_eq!(filled(None::<Item>), None);
        assert_eq!(
            filled(Nullable::Value(empty.clone())),
            Nullable::Value(full.clone())
        );
        assert_eq!(filled(Nullable::<Item>::Null), Nullable::Null);
        let map = |item: &Item| IndexMap::from([("a".to_owned(), item.clone())]);
        assert_eq!(filled(map(&empty)), map(&full));
    }
}
