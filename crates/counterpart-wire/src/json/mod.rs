//! JSON, with the strictness of a [`Mode`] and errors that name the place.
//!
//! In: bytes, or a value. Out: the value, or the bytes.
//!
//! ```
//! use counterpart_wire::{Mode, json};
//!
//! let error = json::decode::<Vec<Vec<u8>>>(b"[[1], [2, true]]", Mode::Strict).unwrap_err();
//! assert_eq!(error.path, "[1][1]");
//! assert_eq!((error.line, error.column), (1, 14));
//! ```

mod error;
mod locate;
mod look;
mod met;
mod quick;
mod unique;

pub use error::{DecodeError, EncodeError};
pub(crate) use quick::LOOK_AHEAD;

use crate::drift::{Drift, Notes};
use crate::mode::Mode;
use crate::state::{self, Scope, State};
use bytes::Bytes;
use serde::{Deserialize, Serialize};
use std::cell::Cell;

/// Reads a value from JSON.
///
/// In [lenient](Mode::Lenient) mode a value is not lost to what does not fit in it. What a type cannot be read from is
/// repaired:
///
/// - A required field that is missing, `null` or of the wrong type is its type's empty value: `""`, 0, `false`, `[]`,
///   `{}`, an object whose own required fields are empty, an enum's `Unknown("")`, a union's `Unknown(null)`. A date is
///   the first of 1970, a UUID all zeros, a URL `about:blank`. An optional field of the wrong type is absent.
/// - A number or a boolean is read as a string where one is expected, and the other way round if that is what the
///   string spells; 0 and 1 are read as booleans, and an integer is read from a number without its fraction.
/// - What fits no variant of a union is its `Unknown`, as it came.
/// - Strings, numbers, booleans and lists that do not fit as items of a list are empty, so that the others keep their
///   places. Any other item, such as one that should be an object, and an entry of a map, is left out.
///
/// What is no JSON stays an error, as does a value of another type altogether: one of another JSON type, or an object
/// that has some fields, none of which the type knows.
///
/// [`decode_noting`] says what was repaired. Where the value that is decoded stands inside another that
/// [`mode::noting`](crate::mode::noting) listens to, that gets the notes.
pub fn decode<'de, T: Deserialize<'de>>(json: &'de [u8], mode: Mode) -> Result<T, DecodeError> {
    let (first, state) = look::first(json, || Scope::enter_within(mode));
    match first {
        Ok(value) if state.notes().is_empty() => Ok(value),
        first => {
            let (value, drifts) = look::again(json, mode, first, state)?;
            state::pass_on(drifts);
            Ok(value)
        }
    }
}

/// Reads a value from JSON, and gives what was met and tolerated, or repaired, on the way.
///
/// Where there is anything to say, the value is read a second time, to find out where it is.
///
/// ```
/// use counterpart_wire::{Mode, json};
/// # use counterpart_wire::{MapAccess, Object, Reader, Writer, object, open_enum};
/// # #[derive(Debug)]
/// # pub enum RunStatus { Queued, Unknown(String) }
/// # impl RunStatus {
/// #     pub const ALL: &'static [Self] = &[Self::Queued];
/// #     pub fn as_str(&self) -> &str { "" }
/// # }
/// # impl From<&str> for RunStatus {
/// #     fn from(value: &str) -> Self {
/// #         if value == "queued" { Self::Queued } else { Self::Unknown(value.to_owned()) }
/// #     }
/// # }
/// # open_enum!(RunStatus);
/// # #[derive(Debug)]
/// # struct Run { id: String, status: RunStatus }
/// # impl Object for Run {
/// #     const NAME: &'static str = "Run";
/// #     const FIELDS: &'static [&'static str] = &["id", "status"];
/// #     fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
/// #         let mut id = None;
/// #         let mut status = None;
/// #         while let Some(field) = reader.next(Self::FIELDS) {
/// #             match field {
/// #                 0 => reader.value(&mut id),
/// #                 1 => reader.value(&mut status),
/// #                 _ => reader.skip(),
/// #             }
/// #         }
/// #         Some(Self { id: reader.required("id", id)?, status: reader.required("status", status)? })
/// #     }
/// #     fn write<W: Writer>(&self, _: &mut W) {}
/// # }
/// # object!(Run);
///
/// let page = br#"[{"id": "run_1", "status": "paused", "speed": 3}, {"id": null, "status": "queued"}]"#;
/// let (runs, drifts) = json::decode_noting::<Vec<Run>>(page, Mode::Lenient)?;
/// let drifts: Vec<String> = drifts.iter().map(ToString::to_string).collect();
/// assert_eq!(drifts, [
///     r#"[0].status: unknown value "paused" of RunStatus"#,
///     "[0].speed: unknown field of Run: 3",
///     "[1].id: invalid type: null, expected a string; read as empty",
/// ]);
/// assert_eq!(runs[1].id, "");
/// # Ok::<(), counterpart_wire::DecodeError>(())
/// ```
pub fn decode_noting<'de, T: Deserialize<'de>>(
    json: &'de [u8],
    mode: Mode,
) -> Result<(T, Vec<Drift>), DecodeError> {
    let enter = || Scope::enter(State::reading(mode, Notes::Flagged(false)));
    let (first, state) = look::first(json, enter);
    match first {
        Ok(value) if state.notes().is_empty() => Ok((value, Vec::new())),
        first => look::again(json, mode, first, state),
    }
}

thread_local! {
    /// What values are written to, so that those that are small, such as events, need no memory but their own.
    static BUFFER: Cell<Vec<u8>> = const { Cell::new(Vec::new()) };
}

/// How many bytes are copied out of the buffer. If there are more, they go with the buffer.
const SMALL: usize = 16 * 1024;

/// Writes a value as JSON.
pub fn encode<T: Serialize + ?Sized>(value: &T) -> Result<Bytes, EncodeError> {
    // Another value may be written inside this one, or while the thread ends: there is always a buffer.
    let mut buffer = BUFFER.try_with(Cell::take).unwrap_or_default();
    buffer.clear();
    buffer.reserve(1024);
    if let Err(error) = serde_json::to_writer(&mut buffer, value) {
        return Err(EncodeError::new(error.to_string()));
    }
    if buffer.len() > SMALL {
        return Ok(buffer.into());
    }
    let json = Bytes::copy_from_slice(&buffer);
    // Where the thread ends there is nothing to keep the buffer for.
    let _ = BUFFER.try_with(|kept| kept.set(buffer));
    Ok(json)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::drift::DriftKind;
    use indexmap::IndexMap;

    #[test]
    fn an_error_has_its_place() {
        let json = b"{\n  \"a\": [1],\n  \"b\": [2, \"x\"]\n}";
        let error = decode::<IndexMap<String, Vec<u8>>>(json, Mode::Tolerant).unwrap_err();
        let expected = DecodeError {
            path: "b[1]".to_owned(),
            message: "invalid type: string \"x\", expected u8".to_owned(),
            line: 3,
            column: 14,
        };
        assert_eq!(error, expected);
    }

    #[test]
    fn what_is_no_json_is_an_error() {
        for json in ["", " ", "{", "[1,", "[1] 2", "nul", "\u{feff}[]", "\"\\x\""] {
            let error = decode::<serde_json::Value>(json.as_bytes(), Mode::Lenient).unwrap_err();
            assert!(error.line > 0, "{json}: {error}");
        }
        assert!(decode::<String>(b"\"\xff\"", Mode::Lenient).is_err());
    }

    #[test]
    fn a_message_does_not_repeat_all_of_the_input() {
        let json = format!("\"{}\"", "x".repeat(100_000));
        let error = decode::<u8>(json.as_bytes(), Mode::Lenient).unwrap_err();
        assert!(error.message.len() < 900);
        assert!(error.message.ends_with("expected u8"), "{error}");
    }

    #[test]
    fn reads_by_the_mode_and_notes_what_it_tolerates() {
        let by = |mode| decode_noting::<crate::enums::samples::Colour>(b"\"blue\"", mode);
        let (_, drifts) = by(Mode::Lenient).unwrap();
        assert_eq!(drifts.len(), 1);
        assert_eq!(drifts[0].kind, DriftKind::UnknownValue);
        assert!(by(Mode::Strict).is_err());
    }

    #[test]
    fn writes_what_can_be_written() {
        assert_eq!(encode(&[1, 2]).unwrap(), "[1,2]");
        let keys = IndexMap::from([((1, 2), 3)]);
        assert_eq!(encode(&keys).unwrap_err().message, "key must be a string");
        // What was written of that is gone, and what was large has taken its memory along.
        for length in [1, 100_000, 1] {
            assert_eq!(encode(&vec![0_u8; length]).unwrap().len(), 2 * length + 1);
        }
    }

    #[test]
    fn a_key_comes_once_where_reading_is_strict() {
        type Texts = IndexMap<String, String>;
        // More keys than are compared one by one, the last of them twice; and a number that only `serde_json` reads.
        let many: String = (0..40).map(|at| format!(r#""{at}": "", "#)).collect();
        let many = format!("{{{many}\"39\": \"\"}}");
        let rare = r#"{"a": {"b": 1, "c": 0.12345678901234567890123, "b": 2}}"#;
        assert_eq!(twice::<Texts>(r#"{"a": "1", "b": "2", "a": "3"}"#), "a");
        assert_eq!(twice::<Texts>(r#"{"a": "1", "\u0061": "3"}"#), "a");
        assert_eq!(twice::<Texts>(&many), "39");
        assert_eq!(
            twice::<IndexMap<String, Texts>>(r#"{"b": {"a": "", "a": ""}}"#),
            "b.a"
        );
        for json in [r#"[{}, {"a": {"b": [], "b": []}}]"#, rare] {
            assert!(twice::<serde_json::Value>(json).ends_with("a.b"), "{json}");
        }
        assert_eq!(
            twice::<serde_json::Map<String, serde_json::Value>>(rare),
            "a.b"
        );
    }

    /// Where a key comes twice, which is nobody's concern but a strict reader's.
    fn twice<T: for<'de> Deserialize<'de>>(json: &str) -> String {
        assert!(
            decode::<T>(json.as_bytes(), Mode::Lenient).is_ok(),
            "{json}"
        );
        assert!(
            decode::<T>(json.as_bytes(), Mode::Tolerant).is_ok(),
            "{json}"
        );
        let Err(error) = decode::<T>(json.as_bytes(), Mode::Strict) else {
            panic!("{json} is read");
        };
        assert!(error.message.starts_with("duplicate field `"), "{error}");
        error.path
    }

    #[test]
    fn the_same_key_in_different_maps_is_another() {
        let json = r#"[{"a": {"a": {}, "b": 1}, "b": {"a": 1}}, {"a": 1}]"#;
        assert!(decode::<serde_json::Value>(json.as_bytes(), Mode::Strict).is_ok());
    }
}
