//! What puts the properties of a delta where they belong.

use super::Apply;
use super::containers::Filled;
use super::outcome::{Applied, Leftover, Why};
use super::places::{Found, Places};
use crate::{Nullable, OpenEnum, trail};
use serde::Serialize;
use serde_json::Value;

/// How many items are made up for those that a delta skips, where positions are all that is known.
const WIDEST_GAP: usize = 128;

/// Puts the properties of a delta where they belong, and keeps account of what finds no place.
///
/// Each method takes a property of the value and, unless it is absent or `null`, that of the delta.
#[derive(Debug)]
pub struct Merger<'a> {
    /// `None` where nothing is remembered and indexes are positions.
    places: Option<&'a mut Places>,
    path: Path<'a>,
    applied: &'a mut Applied,
}

/// The way from a delta to what is inside it.
#[derive(Debug, Clone, Copy)]
enum Path<'a> {
    Root,
    Member(&'a Path<'a>, &'static str),
    Item(&'a Path<'a>, i64),
}

impl Path<'_> {
    fn write(&self, text: &mut String) {
        match self {
            Self::Root => {}
            Self::Member(parent, name) => {
                parent.write(text);
                trail::add_key(text, name);
            }
            Self::Item(parent, index) => {
                parent.write(text);
                text.push_str(&format!("[{index}]"));
            }
        }
    }
}

impl<'a> Merger<'a> {
    /// For a value beside which nothing is remembered.
    pub(super) fn by_position(applied: &'a mut Applied) -> Self {
        Self {
            places: None,
            path: Path::Root,
            applied,
        }
    }

    /// For a value beside which the indexes of items are remembered.
    pub(super) fn by_index(places: &'a mut Places, applied: &'a mut Applied) -> Self {
        Self {
            places: Some(places),
            path: Path::Root,
            applied,
        }
    }

    /// Whether a delta is meant for this value. A value without an id takes that of the delta; the id of another value
    /// is told, and nothing of that delta is to be merged.
    pub fn is_for(
        &mut self,
        name: &'static str,
        whole: &mut impl Filled<Value = String>,
        delta: Option<&String>,
    ) -> bool {
        let Some(delta) = delta.filter(|delta| !delta.is_empty()) else {
            return true;
        };
        let whole = whole.filled();
        if whole.is_empty() {
            whole.clone_from(delta);
        }
        let is_same = whole == delta;
        if !is_same {
            self.member(name).leave_as(Why::OtherId, delta);
        }
        is_same
    }

    /// Appends a text to what came before.
    pub fn append(&mut self, whole: &mut impl Filled<Value = String>, delta: Option<&String>) {
        if let Some(delta) = delta {
            whole.filled().push_str(delta);
        }
    }

    /// Replaces a text that names something. An empty one says nothing.
    pub fn name(&mut self, whole: &mut impl Filled<Value = String>, delta: Option<&String>) {
        if let Some(delta) = delta.filter(|delta| !delta.is_empty()) {
            whole.filled().clone_from(delta);
        }
    }

    /// Replaces a value.
    pub fn replace<T: Clone, F: From<T>>(&mut self, whole: &mut F, delta: Option<&T>) {
        if let Some(delta) = delta {
            *whole = delta.clone().into();
        }
    }

    /// Replaces a whole number by one of another width.
    pub fn number<N: TryFrom<i64>>(
        &mut self,
        name: &'static str,
        whole: &mut N,
        delta: Option<&impl Index>,
    ) {
        let Some(delta) = delta.and_then(Index::index) else {
            return;
        };
        match N::try_from(delta) {
            Ok(delta) => *whole = delta,
            Err(_) => self.member(name).leave_as(Why::NoPlace, &delta),
        }
    }

    /// Replaces a value of an enum by that of the same spelling.
    pub fn spell(&mut self, whole: &mut impl Spelled, delta: Option<&impl AsRef<str>>) {
        if let Some(delta) = delta {
            whole.spell(delta.as_ref());
        }
    }

    /// Adds items or entries to those that came before. Of two entries with one key the later one stays.
    pub fn extend<C>(&mut self, whole: &mut impl Filled<Value = C>, delta: Option<&C>)
    where
        C: Clone + IntoIterator + Extend<C::Item>,
    {
        if let Some(delta) = delta {
            whole.filled().extend(delta.clone());
        }
    }

    /// Merges a property that has deltas of its own.
    pub fn fold<F: Apply<D>, D: ?Sized>(
        &mut self,
        name: &'static str,
        whole: &mut F,
        delta: Option<&D>,
    ) {
        if let Some(delta) = delta {
            whole.merge(delta, &mut self.member(name));
        }
    }

    /// Merges the property of a delta that holds the whole value's properties.
    pub fn within<F: Apply<D>, D: ?Sized>(
        &mut self,
        name: &'static str,
        whole: &mut F,
        delta: Option<&D>,
    ) {
        if let Some(delta) = delta {
            let mut inner = Merger {
                places: self.places.as_deref_mut(),
                path: Path::Member(&self.path, name),
                applied: self.applied,
            };
            whole.merge(delta, &mut inner);
        }
    }

    /// Tells of a property for which the value has no place.
    pub fn leave(&mut self, name: &'static str, delta: Option<&impl Serialize>) {
        if let Some(delta) = delta {
            self.member(name).leave_as(Why::NoPlace, delta);
        }
    }

    /// Tells of what is merged here. What is empty is not worth it.
    pub(super) fn leave_as(&mut self, why: Why, delta: &impl Serialize) {
        let value = serde_json::to_value(delta).unwrap_or_default();
        let is_empty = match &value {
            Value::Null => true,
            Value::String(text) => text.is_empty(),
            Value::Array(items) => items.is_empty(),
            Value::Object(entries) => entries.is_empty(),
            Value::Bool(_) | Value::Number(_) => false,
        };
        if !is_empty {
            let mut path = String::new();
            self.path.write(&mut path);
            self.applied.add(Leftover { path, value, why });
        }
    }

    fn member(&mut self, name: &'static str) -> Merger<'_> {
        Merger {
            places: self.places.as_deref_mut().map(|places| places.member(name)),
            path: Path::Member(&self.path, name),
            applied: self.applied,
        }
    }

    /// What merges the item at a position of the list that is merged here.
    pub(super) fn item(&mut self, position: usize, index: i64) -> Merger<'_> {
        let places = self.places.as_deref_mut();
        Merger {
            places: places.and_then(|places| places.item(position)),
            path: Path::Item(&self.path, index),
            applied: self.applied,
        }
    }

    /// Prepares for merging a list of this length.
    pub(super) fn fit(&mut self, length: usize) {
        if let Some(places) = &mut self.places {
            places.fit(length);
        }
    }

    /// Where the item with an index is in the list that is merged here.
    pub(super) fn find(&self, index: i64, length: usize) -> Option<Found> {
        let position = usize::try_from(index).ok()?;
        match &self.places {
            Some(places) => Some(places.find(index)),
            None if position < length => Some(Found::At(position)),
            None if position - length <= WIDEST_GAP => Some(Found::Before(position)),
            None => None,
        }
    }

    /// Remembers a new item of the list that is merged here: one with an index, or the next one.
    pub(super) fn insert(&mut self, position: usize, index: Option<i64>) {
        if let Some(places) = &mut self.places {
            let index = index.unwrap_or_else(|| places.next());
            places.insert(position, index);
        }
    }

    /// Tells of an item for which the list that is merged here has no place.
    pub(super) fn leave_item(&mut self, index: i64, delta: &impl Serialize) {
        let mut item = Merger {
            places: None,
            path: Path::Item(&self.path, index),
            applied: self.applied,
        };
        item.leave_as(Why::Index, delta);
    }
}

/// A property that holds a value of an open enum.
pub trait Spelled {
    /// Takes the value of this spelling.
    fn spell(&mut self, text: &str);
}

impl<T: OpenEnum> Spelled for T {
    fn spell(&mut self, text: &str) {
        *self = text.into();
    }
}

impl<T: OpenEnum> Spelled for Option<T> {
    fn spell(&mut self, text: &str) {
        *self = Some(text.into());
    }
}

impl<T: OpenEnum> Spelled for Nullable<T> {
    fn spell(&mut self, text: &str) {
        *self = Self::Value(text.into());
    }
}

/// A number that says which item of a list is meant.
pub trait Index {
    /// The number, unless it is absent. One beyond `i64` is the largest there is.
    fn index(&self) -> Option<i64>;
}

macro_rules! index {
    ($($number:ty),+) => {$(
        impl Index for $number {
            fn index(&self) -> Option<i64> {
                Some(i64::try_from(*self).unwrap_or(i64::MAX))
            }
        }
    )+};
}

index!(i32, i64, u32, u64);

impl<T: Index> Index for Option<T> {
    fn index(&self) -> Option<i64> {
        self.as_ref()?.index()
    }
}

impl<T: Index> Index for Nullable<T> {
    fn index(&self) -> Option<i64> {
        self.value()?.index()
    }
}
