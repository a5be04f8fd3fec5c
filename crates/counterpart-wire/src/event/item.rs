//! Streams of one type: what each event holds, however the stream is written.
//!
//! ```
//! use counterpart_wire::event::{Event, Format, JsonLine, RawEvent};
//!
//! let JsonLine(count) = JsonLine::<u32>::read(&RawEvent::text("", "42"))?;
//! assert_eq!(count, 42);
//! assert_eq!(Format::Lines.encode(&JsonLine(7).write().unwrap()), "7\n");
//! # Ok::<(), counterpart_wire::DecodeError>(())
//! ```

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::{Event, Format, RawEvent, Told};
use crate::{Checker, DecodeError, Defaults, EncodeError, Validate};

macro_rules! items {
    ($($(#[$docs:meta])* $name:ident as $format:ident, $told:expr;)*) => {$(
        $(#[$docs])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
        pub struct $name<T>(pub T);

        impl<T: Serialize + DeserializeOwned> Event for $name<T> {
            const FORMAT: Format = Format::$format;

            fn read(event: &RawEvent) -> Result<Self, DecodeError> {
                event.data().map(Self)
            }

            fn write(&self) -> Result<RawEvent, EncodeError> {
                RawEvent::json("", &self.0)
            }

            fn told(event: &RawEvent) -> Option<Told> {
                $told(event)
            }
        }

        impl<T: Validate> Validate for $name<T> {
            fn check(&self, checker: &mut Checker<'_>) {
                self.0.check(checker);
            }
        }

        impl<T: Defaults> Defaults for $name<T> {
            fn fill_defaults(&mut self) {
                self.0.fill_defaults();
            }
        }

        impl<T> From<T> for $name<T> {
            fn from(value: T) -> Self {
                Self(value)
            }
        }
    )*};
}

items! {
    /// The data of a server-sent event, whatever its name.
    EventData as Events, by_custom;

    /// A line of JSON.
    JsonLine as Lines, |_| None;

    /// A value of a JSON text sequence.
    JsonRecord as Records, |_| None;
}

/// What most services mean by an event that holds no value.
fn by_custom(event: &RawEvent) -> Option<Told> {
    match (event.name(), event.data_str()) {
        (_, "[DONE]") => Some(Told::Done),
        ("error", _) => Some(Told::Failed),
        _ => None,
    }
}
