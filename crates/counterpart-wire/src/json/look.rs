//! Looking at a JSON text once, and once more where that has not settled everything.
//!
//! The first look is fast, and enough for what is as the document says. The second one is at a buffered value, where the
//! way to each value is known and can be gone again: it finds the places of what is to be noted, and repairs.

use super::{DecodeError, locate};
use crate::content::{Buffered, Content};
use crate::drift::{Drift, Notes};
use crate::mode::Mode;
use crate::repair;
use crate::shorten::shorten;
use crate::state::{self, Look, State};
use crate::trail::Step;
use serde::Deserialize;

/// Reads a value, and gives what there is to note, if anybody wants to know.
pub(super) fn read<'de, T: Deserialize<'de>>(
    json: &'de [u8],
    mode: Mode,
    is_noting: bool,
) -> Result<(T, Vec<Drift>), DecodeError> {
    let flag = if is_noting {
        Notes::Flagged(false)
    } else {
        Notes::Ignored
    };
    let (first, notes) = state::within(State::reading(mode, flag), || first(json));
    let look = match &first {
        Ok(_) if notes.len() == 0 => Look::Away,
        Ok(_) => Look::Following,
        Err(error) if mode == Mode::Lenient && error.error.is_data() => Look::Repairing,
        Err(_) => Look::Away,
    };
    if look == Look::Away {
        let value = first.map_err(|failure| failure.describe(json))?;
        return Ok((value, Vec::new()));
    }
    let notes = if is_noting {
        Notes::kept()
    } else {
        Notes::Ignored
    };
    let state = State::looking(mode, look, notes);
    let (second, notes) = state::within(state, || second(json));
    let value = match (first, second) {
        (Ok(value), _) => value,
        (Err(_), Ok(value)) => value,
        (Err(_), Err(Misread::NoJson(failure))) => return Err(failure.describe(json)),
        // What the first look found is what is wrong; the second one may have come to grief over the repair.
        (Err(failure), Err(Misread::NoValue)) => return Err(failure.describe(json)),
    };
    Ok((value, notes.into_drifts()))
}

/// An error, with the way from what the format was reading to its place.
struct Failure {
    error: serde_json::Error,
    trail: Option<Vec<Step>>,
}

fn first<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Failure> {
    serde_json::from_slice(json).map_err(Failure::new)
}

/// Why a second look gave nothing.
enum Misread {
    /// The text is no JSON after all: the first look did not get as far as that.
    NoJson(Failure),
    /// The value is beyond repair.
    NoValue,
}

#[cold]
fn second<'de, T: Deserialize<'de>>(json: &'de [u8]) -> Result<T, Misread> {
    let content: Content<'de> = first(json).map_err(Misread::NoJson)?;
    repair::retry(|| T::deserialize(Buffered::<serde_json::Error>::content(&content)))
        .map_err(|_| Misread::NoValue)
}

impl Failure {
    #[cold]
    fn new(error: serde_json::Error) -> Self {
        let trail = state::take_trail().steps_for(&error.to_string());
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
            message: shorten(message.to_owned(), 2_000),
            line,
            column,
        }
    }
}
