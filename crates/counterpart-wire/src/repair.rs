//! Making up for what is missing or does not fit, on a second look at a value that would be lost to it otherwise.
//!
//! Nothing here is in force but while [`json::decode`](crate::json::decode) looks again at what it could not read
//! leniently. Then:
//!
//! - A field that cannot be read counts as missing.
//! - A missing field is absent where it may be, and else its type's empty value: `""`, 0, `false`, `[]`, `{}`, an object
//!   whose required fields are made up in turn, an enum's or a union's `Unknown`.
//! - A text, number, truth value or list that is an item of a list is its type's empty value if it is unfit, so that
//!   the other items keep their places. Any other item that is unfit, such as one that should be an object, is left out:
//!   one that nobody sent would be worse than none. So is an entry of a map.
//! - A value that says the same in another type is read as what it says ([`read_as`](crate::content)).
//! - A union's value that fits no variant is its `Unknown`, as it came.
//! - The root is not repaired itself: what is of another type altogether is no answer to be saved.

use crate::content::Buffered;
use crate::state;
use serde::Deserialize;
use serde::de::Error;
use std::fmt::Display;

/// Texts that stand for nothing in types that have no empty text: times, dates, identifiers and addresses.
const NOTHING: [&str; 5] = [
    "1970-01-01T00:00:00Z",
    "1970-01-01",
    "00:00:00",
    "00000000-0000-0000-0000-000000000000",
    "about:blank",
];

/// The empty value of a type, if it has one.
pub(crate) fn empty<'de, T: Deserialize<'de>, E: Error>() -> Option<T> {
    if !state::begin_making_up() {
        return None;
    }
    let mut value = T::deserialize(Buffered::<E>::nothing()).ok();
    for text in NOTHING {
        value = value.or_else(|| T::deserialize(Buffered::<E>::text(text)).ok());
    }
    state::end_making_up();
    value
}

/// Reads a value again and again, each time without another item that could not be read, as long as that helps.
pub(crate) fn retry<T, E: Display>(mut read: impl FnMut() -> Result<T, E>) -> Result<T, E> {
    loop {
        let noted = state::noted();
        let result = read();
        if result.is_err() {
            state::forget_notes(noted);
            if state::again(None) {
                continue;
            }
        }
        return result;
    }
}
