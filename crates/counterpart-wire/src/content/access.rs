//! The items and entries of a buffered value, one by one.
//!
//! On a second look, the way into each is [kept](crate::walk); and one that could not be read before is passed over, so
//! that the list can be. Only for visitors that ask for a list or a map, though: whoever takes any value, takes it as it
//! is.

use super::{Buffered, Content};
use crate::state;
use crate::trail::{self, Step};
use crate::walk::Judgement;
use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Error, Expected, MapAccess, SeqAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// Reads a value that is inside another one, at `step`.
pub(crate) fn inside<T, E: fmt::Display>(
    step: impl FnOnce() -> Step,
    content: &Content<'_>,
    read: impl FnOnce() -> Result<T, E>,
) -> Result<T, E> {
    let noted = state::is_following().then(|| state::enter(step()));
    let result = read();
    if let Some(noted) = noted {
        match &result {
            Ok(_) => state::leave(),
            Err(error) => state::give_up(noted, error, *content == Content::Null),
        }
    }
    result
}

/// Visits all items; one that is left over is an error, as it is in the formats themselves.
pub(super) fn visit_items<'de, E: Error, V: Visitor<'de>>(
    items: &[Content<'de>],
    is_list: bool,
    visitor: V,
) -> Result<V::Value, E> {
    let mut access = Items {
        items,
        next: 0,
        is_list,
        error: PhantomData,
    };
    let value = visitor.visit_seq(&mut access)?;
    if access.next == items.len() {
        Ok(value)
    } else {
        Err(E::invalid_length(items.len(), &Fewer(access.next)))
    }
}

struct Items<'c, 'de, E> {
    items: &'c [Content<'de>],
    next: usize,
    /// Whether a list was asked for.
    is_list: bool,
    error: PhantomData<E>,
}

impl<'de, E: Error> SeqAccess<'de> for &mut Items<'_, 'de, E> {
    type Error = E;

    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, E> {
        while let Some(item) = self.items.get(self.next) {
            let index = self.next;
            self.next += 1;
            let mut read = item;
            if self.is_list && state::is_repairing() {
                match state::judge(&Step::Index(index), *item == Content::Null) {
                    Judgement::Read => {}
                    Judgement::ReadAsNull => read = &Content::Null,
                    Judgement::LeaveOut => continue,
                }
            }
            let step = || Step::Index(index);
            return inside(step, item, || seed.deserialize(Buffered::item(read)))
                .map(Some)
                .map_err(|error| trail::at_index(error, index));
        }
        Ok(None)
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len() - self.next)
    }
}

/// The expectation of a list with so many items.
struct Fewer(usize);

impl Expected for Fewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} items", self.0)
    }
}

type Entry<'de> = (Cow<'de, str>, Content<'de>);

/// The entries of a buffered object, one by one.
///
/// The value of an entry can be read more than once, until the next key is.
pub(crate) struct Entries<'c, 'de, E> {
    entries: &'c [Entry<'de>],
    next: usize,
    /// Whether a map was asked for.
    is_map: bool,
    /// Whether the value of the current entry is to be read as `null`.
    is_null: bool,
    error: PhantomData<E>,
}

impl<'c, 'de, E> Entries<'c, 'de, E> {
    /// For a visitor of any value.
    pub(crate) fn new(entries: &'c [Entry<'de>]) -> Self {
        Self {
            entries,
            next: 0,
            is_map: false,
            is_null: false,
            error: PhantomData,
        }
    }

    /// For a visitor of a map or an object.
    pub(super) fn of_type(entries: &'c [Entry<'de>]) -> Self {
        Self {
            is_map: true,
            ..Self::new(entries)
        }
    }

    /// Goes on to the next entry that is not left out.
    #[cold]
    fn pass_over(&mut self) {
        while let Some((key, content)) = self.entries.get(self.next) {
            let step = Step::Key(key.to_string());
            let judgement = state::judge(&step, *content == Content::Null);
            self.is_null = judgement == Judgement::ReadAsNull;
            if judgement != Judgement::LeaveOut {
                return;
            }
            self.next += 1;
        }
    }
}

impl<'de, E: Error> MapAccess<'de> for Entries<'_, 'de, E> {
    type Error = E;

    fn next_key_seed<K: DeserializeSeed<'de>>(&mut self, seed: K) -> Result<Option<K::Value>, E> {
        if self.is_map && state::is_repairing() {
            self.pass_over();
        }
        let Some((key, _)) = self.entries.get(self.next) else {
            return Ok(None);
        };
        self.next += 1;
        match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(StrDeserializer::new(key)),
        }
        .map(Some)
    }

    fn next_value_seed<T: DeserializeSeed<'de>>(&mut self, seed: T) -> Result<T::Value, E> {
        let entry = self
            .next
            .checked_sub(1)
            .and_then(|index| self.entries.get(index));
        let Some((key, content)) = entry else {
            return Err(E::custom("a value was asked for before its key"));
        };
        let read = if self.is_null {
            &Content::Null
        } else {
            content
        };
        let step = || Step::Key(key.to_string());
        inside(step, content, || seed.deserialize(Buffered::content(read)))
            .map_err(|error| trail::at_key(error, key))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len() - self.next)
    }
}
