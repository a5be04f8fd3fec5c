//! Deltas: the pieces in which a stream sends a value, put together again.
//!
//! In: a value so far, and what was added to it. Out: the value with the addition, and an [`Applied`] that says what
//! of the addition found no place. Generated types say which property goes where ([`Apply::merge`]); how is said here:
//!
//! - A text that streams is appended to what came before. One that names something (an id, a role, a type) and every
//!   other value (numbers, truth values, enums) replaces what came before: a stream that repeats an id or sends a
//!   running total means the latest one, and adding up would make two of one. An empty name says nothing.
//! - `null` and absence say nothing: what has come stays.
//! - An item of a list belongs to the item of the same `index`, in whatever order the indexes come. Without an `index`
//!   it is a new one.
//! - A union's delta belongs to the variant of the same tag.
//! - What has not come yet is its type's empty value: `""`, 0, `[]`, an enum's `Unknown("")`.

mod accumulator;
mod containers;
mod empty;
mod json;
mod macros;
mod merger;
mod outcome;
mod places;
#[cfg(test)]
mod tests;

pub use accumulator::Accumulator;
pub use containers::Filled;
pub use macros::{index_of, index_of_unlisted};
pub use merger::{Index, Merger, Spelled};
pub use outcome::{Applied, Leftover, Why};

/// A value that grows by deltas of type `D`.
///
/// ```
/// use counterpart_wire::{Apply, Merger};
///
/// #[derive(Default)]
/// struct Answer {
///     id: String,
///     text: String,
/// }
///
/// struct AnswerDelta {
///     id: Option<String>,
///     text: Option<String>,
/// }
///
/// impl Apply<AnswerDelta> for Answer {
///     fn merge(&mut self, delta: &AnswerDelta, merger: &mut Merger<'_>) {
///         merger.name(&mut self.id, delta.id.as_ref());
///         merger.append(&mut self.text, delta.text.as_ref());
///     }
/// }
///
/// let mut answer = Answer::default();
/// for text in ["Hel", "lo"] {
///     let delta = AnswerDelta { id: Some("answer_1".to_owned()), text: Some(text.to_owned()) };
///     assert!(answer.apply(&delta).is_whole());
/// }
/// assert_eq!(answer.text, "Hello");
/// assert_eq!(answer.id, "answer_1");
/// ```
pub trait Apply<D: ?Sized> {
    /// Puts a delta into the value, and says what of it found no place.
    ///
    /// Where items have an `index`, it is taken for their position in the list, which it is as long as a stream leaves
    /// no gaps. Items that a delta skips are there as empty values until they come, and as a union's `Unknown(null)`;
    /// an index far beyond the end of a list finds no place. An [`Accumulator`] has neither limit, because it
    /// remembers which item had which index.
    fn apply(&mut self, delta: &D) -> Applied {
        let mut applied = Applied::default();
        self.merge(delta, &mut Merger::by_position(&mut applied));
        applied
    }

    /// Puts each property of a delta where it belongs. This is what generated types say; to put a delta into a value,
    /// call [`apply`](Self::apply).
    fn merge(&mut self, delta: &D, merger: &mut Merger<'_>);

    /// Which item of a list the delta belongs to, if it says so.
    fn index(_delta: &D) -> Option<i64> {
        None
    }

    /// Which item of a list this is, if it says so itself.
    fn own_index(&self) -> Option<i64> {
        None
    }
}
