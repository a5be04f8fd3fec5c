//! Values that are of their type go through every format and come back.

use crate::document::{api, schema_of};
use crate::holds;
use crate::types::{self, Plain, raw_event};
use counterpart_values::{Maker, Openness, texts};
use counterpart_wire::event::Decoder;
use counterpart_wire::{Event, Mode, Value, json, mode};
use proptest::prelude::*;
use proptest::test_runner::TestCaseResult;
use std::fmt::Debug;

/// The modes in which a value can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Modes {
    /// All of them, with nothing to note.
    All,
    /// Those that tolerate what the document does not list, which is noted.
    Tolerating,
}

impl Modes {
    fn each(self) -> &'static [Mode] {
        match self {
            Self::All => &[Mode::Strict, Mode::Valid, Mode::Tolerant, Mode::Lenient],
            Self::Tolerating => &[Mode::Tolerant, Mode::Lenient],
        }
    }
}

#[test]
fn what_the_document_lists_survives() {
    let mut maker = Maker::new(api(), Openness::Listed);
    for ty in types::all() {
        let values = maker.values(schema_of(ty.name));
        holds(ty.name, 24, &values, |value| {
            (ty.survives)(&value, Modes::All)
        });
    }
}

#[test]
fn what_the_document_does_not_list_survives() {
    let mut maker = Maker::new(api(), Openness::Open);
    for ty in types::all() {
        let values = maker.values(schema_of(ty.name));
        holds(ty.name, 24, &values, |value| {
            (ty.survives)(&value, Modes::Tolerating)
        });
    }
}

/// Checks that a value survives JSON in every mode, `serde_json` by itself, and a binary format.
pub(crate) fn plain<T: Plain>(value: &Value, modes: Modes) -> TestCaseResult {
    let text = value.to_string();
    let read: T = decoded(&text, Mode::Lenient)?;
    for mode in modes.each() {
        let (again, drifts) = json::decode_noting::<T>(text.as_bytes(), *mode).map_err(failed)?;
        prop_assert_eq!(&again, &read);
        prop_assert!(
            !drifts.iter().any(|drift| drift.kind.is_repair()),
            "{:?}",
            drifts
        );
        prop_assert!(
            modes == Modes::Tolerating || drifts.is_empty(),
            "{:?}",
            drifts
        );
    }

    let written = json::encode(&read).map_err(failed)?;
    let written = std::str::from_utf8(&written).map_err(failed)?;
    prop_assert_eq!(
        &serde_json::from_str::<Value>(written).map_err(failed)?,
        value
    );
    for mode in modes.each() {
        let back: T = decoded(written, *mode)?;
        prop_assert_eq!(&back, &read);
        prop_assert_eq!(json::encode(&back).map_err(failed)?, written.as_bytes());
    }

    prop_assert_eq!(&serde_json::from_str::<T>(&text).map_err(failed)?, &read);
    prop_assert_eq!(
        &serde_json::from_value::<T>(value.clone()).map_err(failed)?,
        &read
    );
    prop_assert_eq!(&serde_json::to_value(&read).map_err(failed)?, value);

    let mut binary = Vec::new();
    ciborium::into_writer(&read, &mut binary).map_err(failed)?;
    let back: T = ciborium::from_reader(binary.as_slice()).map_err(failed)?;
    prop_assert_eq!(&back, &read);
    Ok(())
}

/// Checks that an event survives being written to a stream, in every mode.
pub(crate) fn event<T: Event + PartialEq + Debug>(value: &Value, modes: Modes) -> TestCaseResult {
    let raw = raw_event(value).expect("what is made is an event");
    let read = T::read(&raw).map_err(failed)?;
    for mode in modes.each() {
        let (again, drifts) = mode::noting(*mode, || T::read(&raw));
        prop_assert_eq!(&again.map_err(failed)?, &read);
        prop_assert!(
            !drifts.iter().any(|drift| drift.kind.is_repair()),
            "{:?}",
            drifts
        );
        prop_assert!(
            modes == Modes::Tolerating || drifts.is_empty(),
            "{:?}",
            drifts
        );
    }

    let written = read.write().map_err(failed)?;
    prop_assert_eq!(written.name(), raw.name());
    prop_assert_eq!(data(written.data_str()), data(raw.data_str()));

    let mut decoder = Decoder::new();
    decoder.push(written.encode());
    let received = decoder.next_event().map_err(failed)?;
    prop_assert_eq!(received.as_ref(), Some(&written));
    let back = T::read(&written).map_err(failed)?;
    prop_assert_eq!(&back, &read);
    prop_assert_eq!(back.write().map_err(failed)?.encode(), written.encode());
    Ok(())
}

/// What the data of an event says: JSON, or a bare text.
fn data(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|_| text.into())
}

/// Checks that any JSON is a value or an error, and that what is a value stays the same one.
pub(crate) fn anything<T: Plain>(text: &str) -> TestCaseResult {
    for mode in [Mode::Strict, Mode::Valid, Mode::Tolerant, Mode::Lenient] {
        if let Ok(read) = json::decode::<T>(text.as_bytes(), mode) {
            let written = json::encode(&read).map_err(failed)?;
            let written = std::str::from_utf8(&written).map_err(failed)?;
            prop_assert_eq!(
                &decoded::<T>(written, mode)?,
                &read,
                "{:?}: {}",
                mode,
                written
            );
        }
    }
    Ok(())
}

/// As [`anything`], for events: any JSON is the data of each.
pub(crate) fn any_event<T: Event + PartialEq + Debug>(text: &str) -> TestCaseResult {
    let events = texts(api())
        .into_iter()
        .filter(|name| name.contains("thread."));
    for name in events.chain(["error", "done", "thread.unlisted"].map(str::to_owned)) {
        let raw = counterpart_wire::RawEvent::text(name, text.to_owned());
        for mode in [Mode::Strict, Mode::Valid, Mode::Tolerant, Mode::Lenient] {
            if let Ok(read) = mode::scope(mode, || T::read(&raw)) {
                let written = read.write().map_err(failed)?;
                let back = mode::scope(mode, || T::read(&written)).map_err(failed)?;
                prop_assert_eq!(&back, &read);
            }
        }
    }
    Ok(())
}

fn decoded<T: Plain>(json: &str, mode: Mode) -> Result<T, TestCaseError> {
    json::decode(json.as_bytes(), mode)
        .map_err(|error| TestCaseError::fail(format!("{mode:?}: {error}: {json}")))
}

fn failed(error: impl std::fmt::Display) -> TestCaseError {
    TestCaseError::fail(error.to_string())
}
