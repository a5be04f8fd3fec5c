//! A value while it streams.

use super::empty::empty;
use super::places::Places;
use super::{Applied, Apply, Merger};
use crate::object::Object;
use serde::de::DeserializeOwned;
use std::ops::Deref;

/// A value that is put together from deltas, whatever order or gaps their indexes have.
///
/// It starts from what a stream began with (`Accumulator::from(message)`) or from nothing (`Accumulator::default()`),
/// and reads like the value. Items of lists stand in the order of their indexes; those that are missing leave no trace.
///
/// ```
/// use counterpart_wire::{Accumulator, Apply, Deserialize, Index, Merger, Serialize};
///
/// #[derive(Default, Deserialize)]
/// struct Poem {
///     lines: Vec<Line>,
/// }
///
/// #[derive(Default, Deserialize)]
/// #[serde(default)]
/// struct Line {
///     text: String,
/// }
///
/// #[derive(Serialize)]
/// struct LineDelta {
///     index: i64,
///     text: String,
/// }
///
/// impl Apply<Vec<LineDelta>> for Poem {
///     fn merge(&mut self, delta: &Vec<LineDelta>, merger: &mut Merger<'_>) {
///         merger.fold("lines", &mut self.lines, Some(delta));
///     }
/// }
///
/// impl Apply<LineDelta> for Line {
///     fn merge(&mut self, delta: &LineDelta, merger: &mut Merger<'_>) {
///         merger.append(&mut self.text, Some(&delta.text));
///     }
///
///     fn index(delta: &LineDelta) -> Option<i64> {
///         delta.index.index()
///     }
/// }
///
/// let mut poem = Accumulator::from(Poem::default());
/// for (index, text) in [(7, "Wh"), (3, "Tyger, tyger"), (1_000_000, "…"), (7, "at immortal hand")] {
///     poem.apply(&vec![LineDelta { index, text: text.to_owned() }]);
/// }
/// let lines: Vec<&str> = poem.lines.iter().map(|line| line.text.as_str()).collect();
/// assert_eq!(lines, ["Tyger, tyger", "What immortal hand", "…"]);
/// ```
#[derive(Debug, Clone, PartialEq)]
pub struct Accumulator<T> {
    value: T,
    places: Places,
}

impl<T> Accumulator<T> {
    /// Puts a delta into the value, and says what of it found no place.
    pub fn apply<D: ?Sized>(&mut self, delta: &D) -> Applied
    where
        T: Apply<D>,
    {
        let mut applied = Applied::default();
        let mut merger = Merger::by_index(&mut self.places, &mut applied);
        self.value.merge(delta, &mut merger);
        applied
    }

    /// The value, with all that has come.
    pub fn into_inner(self) -> T {
        self.value
    }
}

impl<T> From<T> for Accumulator<T> {
    /// Goes on from a value whose items, if it has any, were counted from 0.
    fn from(value: T) -> Self {
        Self {
            value,
            places: Places::default(),
        }
    }
}

impl<T: Object + DeserializeOwned> Default for Accumulator<T> {
    /// Starts from nothing: every property has its type's empty value.
    fn default() -> Self {
        empty::<T>()
            .expect("bug: deltas for a type that holds itself without end")
            .into()
    }
}

impl<T> Deref for Accumulator<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T> AsRef<T> for Accumulator<T> {
    fn as_ref(&self) -> &T {
        &self.value
    }
}
