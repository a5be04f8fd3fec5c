//! Every type of every golden, with what can be done with each without knowing it.
//!
//! `build.rs` makes the list of what the goldens export.

use counterpart_wire::json::{self, DecodeError};
use counterpart_wire::{Deserialize, Event, Mode, RawEvent, Serialize, Value, mode};
use std::fmt::Debug;

/// A type, seen from outside.
#[derive(Clone, Copy)]
pub(crate) struct Type {
    /// What it is called.
    pub(crate) name: &'static str,
    /// Reads JSON, writes what was read, and reads that again, which must give an equal value and the same bytes.
    pub(crate) through: fn(&str, Mode) -> Result<String, DecodeError>,
    /// Reads JSON, whatever it is.
    pub(crate) read: fn(&str, Mode) -> Result<(), DecodeError>,
}

impl Type {
    fn of<T: Serialize + for<'de> Deserialize<'de> + PartialEq + Debug>(
        name: &'static str,
    ) -> Self {
        let through = |text: &str, mode| {
            let value: T = json::decode(text.as_bytes(), mode)?;
            let written = json::encode(&value).expect("a value can be written");
            let again: T = json::decode(&written, mode)
                .unwrap_or_else(|error| panic!("{error}: {written:?} of {text}"));
            assert_eq!(again, value, "{mode:?}: {written:?} of {text}");
            let twice = json::encode(&again).expect("a value can be written");
            assert_eq!(twice, written, "{mode:?}: of {text}");
            Ok(String::from_utf8(written.to_vec()).expect("JSON is text"))
        };
        Self {
            name,
            through,
            read: |text, mode| json::decode::<T>(text.as_bytes(), mode).map(drop),
        }
    }

    /// Events are written as objects of `event` and `data`.
    fn of_events<T: Event + PartialEq + Debug>(name: &'static str) -> Self {
        let through = |text: &str, mode| {
            let Some(raw) = raw_event(text) else {
                return Err(DecodeError::new("no event"));
            };
            let event = mode::scope(mode, || T::read(&raw))?;
            let written = event.write().expect("an event can be written");
            let again = mode::scope(mode, || T::read(&written));
            assert_eq!(
                again.as_ref(),
                Ok(&event),
                "{mode:?}: {written:?} of {text}"
            );
            let (name, data) = (written.name(), written.data_str());
            let data = serde_json::from_str(data).unwrap_or_else(|_| Value::from(data));
            Ok(serde_json::json!({"event": name, "data": data}).to_string())
        };
        Self {
            name,
            through,
            read: |text, mode| {
                let raw = raw_event(text).ok_or_else(|| DecodeError::new("no event"))?;
                mode::scope(mode, || T::read(&raw)).map(drop)
            },
        }
    }
}

/// The event that an object of `event` and `data` stands for. Data that is a text stands there as it is.
fn raw_event(text: &str) -> Option<RawEvent> {
    let value: Value = serde_json::from_str(text).ok()?;
    let (name, data) = (value.get("event")?.as_str()?.to_owned(), value.get("data")?);
    Some(match data {
        Value::String(text) => RawEvent::text(name, text.clone()),
        data => RawEvent::text(name, data.to_string()),
    })
}

/// The types of each golden.
pub(crate) fn all() -> Vec<(&'static str, Vec<Type>)> {
    Vec::from(include!(concat!(env!("OUT_DIR"), "/values.rs")))
}

#[test]
fn every_type_is_listed() {
    for (golden, types) in all() {
        let fixture = crate::fixture::Fixture::of(golden);
        let mut listed: Vec<&str> = types.iter().map(|ty| ty.name).collect();
        let mut generated: Vec<&str> = fixture.types().collect();
        listed.sort_unstable();
        generated.sort_unstable();
        assert_eq!(listed, generated, "{golden}");
    }
}
