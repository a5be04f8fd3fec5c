//! Deltas of what may be absent, and of lists.

use super::Apply;
use super::empty::empty;
use super::merger::Merger;
use super::outcome::Why;
use super::places::Found;
use crate::Nullable;
use indexmap::IndexMap;
use serde::Serialize;
use serde::de::DeserializeOwned;

/// A property that holds a text, a list or a map, or will.
pub trait Filled {
    /// What it holds.
    type Value;

    /// What it holds, which is empty if nothing has come yet.
    fn filled(&mut self) -> &mut Self::Value;
}

impl Filled for String {
    type Value = Self;

    fn filled(&mut self) -> &mut Self {
        self
    }
}

impl<T> Filled for Vec<T> {
    type Value = Self;

    fn filled(&mut self) -> &mut Self {
        self
    }
}

impl<T> Filled for IndexMap<String, T> {
    type Value = Self;

    fn filled(&mut self) -> &mut Self {
        self
    }
}

impl Filled for serde_json::Map<String, serde_json::Value> {
    type Value = Self;

    fn filled(&mut self) -> &mut Self {
        self
    }
}

impl<T: Default> Filled for Option<T> {
    type Value = T;

    fn filled(&mut self) -> &mut T {
        self.get_or_insert_default()
    }
}

impl<T: Default> Filled for Nullable<T> {
    type Value = T;

    fn filled(&mut self) -> &mut T {
        self.get_or_insert_with(T::default)
    }
}

impl<T: Apply<D> + DeserializeOwned, D: Serialize> Apply<D> for Option<T> {
    fn merge(&mut self, delta: &D, merger: &mut Merger<'_>) {
        if self.is_none() {
            *self = empty();
        }
        match self {
            Some(whole) => whole.merge(delta, merger),
            None => merger.leave_as(Why::NoPlace, delta),
        }
    }
}

impl<T: Apply<D> + DeserializeOwned, D: Serialize> Apply<D> for Nullable<T> {
    fn merge(&mut self, delta: &D, merger: &mut Merger<'_>) {
        let mut whole = std::mem::take(self).into_value();
        whole.merge(delta, merger);
        *self = whole.into();
    }
}

impl<T: Apply<D>, D: ?Sized> Apply<D> for Box<T> {
    fn merge(&mut self, delta: &D, merger: &mut Merger<'_>) {
        T::merge(self, delta, merger);
    }

    fn index(delta: &D) -> Option<i64> {
        T::index(delta)
    }

    fn own_index(&self) -> Option<i64> {
        T::own_index(self)
    }
}

impl<T: Apply<D> + DeserializeOwned, D: Serialize> Apply<Vec<D>> for Vec<T> {
    fn merge(&mut self, delta: &Vec<D>, merger: &mut Merger<'_>) {
        merger.fit(self.len());
        for (nth, item) in delta.iter().enumerate() {
            let index = T::index(item);
            let place = place(self, index, merger);
            let shown = index.unwrap_or_else(|| i64::try_from(nth).unwrap_or(i64::MAX));
            match place {
                Some(place) => self[place].merge(item, &mut merger.item(place, shown)),
                None => merger.leave_item(shown, item),
            }
        }
    }
}

/// The position of the item with an index, or of a new one; `None` where there can be none.
fn place<T, D>(list: &mut Vec<T>, index: Option<i64>, merger: &mut Merger<'_>) -> Option<usize>
where
    T: Apply<D> + DeserializeOwned,
{
    let end = list.len();
    let Some(index) = index else {
        list.push(empty()?);
        merger.insert(end, None);
        return Some(end);
    };
    let found = match own_place(list, index) {
        Some(found) => found,
        None => merger.find(index, end)?,
    };
    let position = match found {
        Found::At(position) => return Some(position),
        Found::Before(position) => position,
    };
    // Without a memory, what a delta skips is made up.
    while list.len() < position {
        list.push(empty()?);
    }
    list.insert(position, empty()?);
    merger.insert(position, Some(index));
    Some(position)
}

/// Where the item with an index is in a list whose items know their index themselves.
fn own_place<T: Apply<D> + DeserializeOwned, D>(list: &[T], index: i64) -> Option<Found> {
    if list.is_empty() {
        empty::<T>()?.own_index()?;
    }
    let mut before = list.len();
    for (position, item) in list.iter().enumerate().rev() {
        match item.own_index()? {
            own if own == index => return Some(Found::At(position)),
            own if own > index => before = position,
            _ => {}
        }
    }
    Some(Found::Before(before))
}
