//! Looking at a JSON text, and once more where the first look has not settled everything.
//!
//! The first look is fast, and enough for what is as the document says. The second one is at a buffered value, where the
//! way to each value is known and can be gone again: it finds the places of what is to be noted, and repairs.

use super::{DecodeError, locate, quick, unique};
use crate::content::{Buffered, Content};
use crate::drift::{Drift, Notes};
use crate::mode::Mode;
use crate::repair;
use crate::shorten::elide;
use crate::state::{self, Look, Scope, State};
use crate::trail::Step;
use serde::Deserialize;

/// How long a message may be: long enough for the names of the fields of any object but the largest.
const MESSAGE: usize = 800;

/// Reads a value fast, in a scope. An error is that of `serde_json`.
#[inline]
pub(super) fn first<'de, T: Deserialize<'de>>(
    json: &'de [u8],
    enter: impl Fn() -> Scope,
) -> (Result<T, serde_json::Error>, State) {
    if let Ok(text) = std::str::from_utf8(json) {
        let scope = enter();
        state::read_quickly();
        if let Ok(value) = quick::read(text) {
            return (Ok(value), scope.leave());
        }
    }
    slowly(json, enter())
}

#[cold]
fn slowly<'de, T: Deserialize<'de>>(
    json: &'de [u8],
    scope: Scope,
) -> (Result<T, serde_json::Error>, State) {
    let mut value = serde_json::from_slice(json);
    if value.is_ok() && state::refuses_unlisted() {
        value = unique::check(json).and(value);
    }
    (value, scope.leave())
}

/// Reads a value once more after a first look, which left this state and either an error or something to note.
#[cold]
pub(super) fn again<'de, T: Deserialize<'de>>(
    json: &'de [u8],
    mode: Mode,
    first: Result<T, serde_json::Error>,
    state: State,
) -> Result<(T, Vec<Drift>), DecodeError> {
    let look = match &first {
        Ok(_) => Look::Following,
        Err(error) if mode == Mode::Lenient && error.is_data() => Look::Repairing,
        Err(_) => Look::Away,
    };
    let notes = match state.notes() {
        Notes::Ignored => Notes::Ignored,
        Notes::Flagged(_) | Notes::Kept(_) => Notes::kept(),
    };
    let first = first.map_err(|error| Failure::new(error, state));
    if look == Look::Away {
        let value = first.map_err(|failure| failure.describe(json))?;
        return Ok((value, Vec::new()));
    }
    let scope = Scope::enter(State::looking(mode, look, notes));
    let second = second(json);
    let state = scope.leave();
    let value = match (first, second) {
        (Ok(value), _) | (Err(_), Ok(value)) => value,
        (Err(_), Err(Misread::NoJson(error))) => {
            return Err(Failure::new(error, state).describe(json));
        }
        // What the first look found is what is wrong; the second one may have come to grief over the repair.
        (Err(failure), Err(Misread::NoValue)) => return Err(failure.describe(json)),
    };
    Ok((value, state.into_notes().into_drifts()))
}

/// An error, with the way from what the format was reading to its place.
struct Failure {
    error: serde_json::Error,
    trail: Option<Vec<Step>>,
}

/// Why a second look gave nothing.
enum Misread {
    /// The text is no JSON after all: the first look did not get as far as that.
    NoJson(serde_json::Error),
    /// The value is beyond repair.
    NoValue,
}

fn second<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Misread> {
    let content: Content<'de> = serde_json::from_slice(json).map_err(Misread::NoJson)?;
    repair::retry(|| T::deserialize(Buffered::<serde_json::Error>::content(&content)))
        .map_err(|_| Misread::NoValue)
}

impl Failure {
    fn new(error: serde_json::Error, state: State) -> Self {
        let trail = state.into_trail().steps_for(&error.to_string());
        Self { error, trail }
    }

    /// The error as it is for whoever wanted the value.
    fn describe(self, json: &[u8]) -> DecodeError {
        let text = self.error.to_string();
        let (line, column) = (self.error.line(), self.error.column());
        let position = format!(" at line {line} column {column}");
        let message = text.strip_suffix(&position).unwrap_or(&text);
        DecodeError {
            path: locate::path(json, line, column, self.trail),
            message: elide(message.to_owned(), MESSAGE),
            line,
            column,
        }
    }
}
