//! How strictly values are read, and what was met on the way that the document does not allow for.
//!
//! In: a [`Mode`] and a piece of work. Out: what the work gives, while everything that it reads on this thread knows
//! the mode. The mode is looked at only when something unexpected is met, so that a value that fits pays nothing.
//!
//! ```
//! use counterpart_wire::mode::{self, Mode};
//!
//! let value: Vec<u8> = mode::scope(Mode::Strict, || serde_json::from_str("[1, 2]"))?;
//! assert_eq!(value, [1, 2]);
//! # Ok::<(), serde_json::Error>(())
//! ```

use crate::drift::{Drift, Notes};
use crate::state::{self, Scope, State};

/// How strictly a value is read.
///
/// The modes differ in what they make of a value that is not as the document says:
///
/// | | unknown field, enum value or variant | missing, `null` or unfit where a value is required |
/// | --- | --- | --- |
/// | `Lenient` | kept or passed over, and noted | repaired by [`json::decode`](crate::json::decode), and noted |
/// | `Tolerant` | kept or passed over, and noted | an error |
/// | `Valid` | an error, but for a field of an object that is not closed: passed over, and noted | an error |
/// | `Strict` | an error | an error |
///
/// An object is closed by `additionalProperties: false`. One whose other properties have a type knows them all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Mode {
    /// What the document does not list is kept or passed over, and what does not fit is repaired: for reading a
    /// service's replies, none of which is to be lost to one field of it.
    ///
    /// Only [`json`](crate::json) repairs; any other format read leniently is read tolerantly.
    #[default]
    Lenient,
    /// What the document does not list is kept or passed over; what does not fit is an error: for finding out whether
    /// a value is of a type at all, such as an error's body.
    Tolerant,
    /// What the document does not allow is an error. A field that it does not list is none, unless the object is closed:
    /// for reading a request, which may be from a program that is newer than the document.
    Valid,
    /// Whatever would be noted in another mode is an error: for finding out that a service and its document have drifted
    /// apart.
    Strict,
}

impl Mode {
    /// Whether what the document does not allow is an error.
    pub(crate) fn refuses_unlisted(self) -> bool {
        match self {
            Self::Valid | Self::Strict => true,
            Self::Lenient | Self::Tolerant => false,
        }
    }
}

/// Runs `body`, during which values on this thread are read by `mode`.
///
/// Whatever is read outside any scope is read leniently.
pub fn scope<T>(mode: Mode, body: impl FnOnce() -> T) -> T {
    let _scope = Scope::enter(State::reading(mode, Notes::Ignored));
    body()
}

/// Runs `body` as [`scope`] does, and also gives what was met that the document does not allow for.
///
/// The notes of values that `body` reads by [`json`](crate::json) have their [path](Drift::path) in the JSON text; what
/// it reads from another format is found only up to the field.
pub fn noting<T>(mode: Mode, body: impl FnOnce() -> T) -> (T, Vec<Drift>) {
    let scope = Scope::enter(State::reading(mode, Notes::kept()));
    let value = body();
    (value, scope.leave().into_notes().into_drifts())
}

/// The mode by which this thread reads now.
pub fn current() -> Mode {
    state::mode()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::DriftKind;

    fn note_a(name: &str) {
        state::note(DriftKind::UnknownValue, "Run", format_args!("{name}"));
    }

    #[test]
    fn a_scope_ends_where_it_began() {
        assert_eq!(current(), Mode::Lenient);
        scope(Mode::Strict, || {
            assert_eq!(current(), Mode::Strict);
            scope(Mode::Tolerant, || assert_eq!(current(), Mode::Tolerant));
            assert_eq!(current(), Mode::Strict);
        });
        assert_eq!(current(), Mode::Lenient);
    }

    #[test]
    fn a_scope_ends_with_a_panic() {
        let panicked =
            std::panic::catch_unwind(|| scope(Mode::Strict, || panic!("expected by the test")));
        assert!(panicked.is_err());
        assert_eq!(current(), Mode::Lenient);
    }

    #[test]
    fn notes_are_kept_only_where_asked_for() {
        note_a("outside");
        let ((), drifts) = noting(Mode::Lenient, || {
            note_a("inside");
            scope(Mode::Lenient, || note_a("in a scope of its own"));
        });
        let values: Vec<_> = drifts.iter().map(|drift| drift.value.as_str()).collect();
        assert_eq!(values, ["inside"]);
    }
}
