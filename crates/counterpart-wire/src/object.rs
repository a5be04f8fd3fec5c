//! Objects with known properties.
//!
//! In: a type that says how it is read and written key by key. Out, through [`object!`](crate::object!): a serde type.

use crate::reader::Reader;
use crate::writer::{Counter, Entries, Writer};
use serde::de::{Deserializer, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// An object with known properties.
///
/// ```
/// use counterpart_wire::{MapAccess, Object, Reader, Writer, object};
///
/// #[derive(Debug, PartialEq)]
/// pub struct Run {
///     pub id: String,
///     pub temperature: Option<f64>,
/// }
///
/// impl Run {
///     pub const OBJECT: &'static str = "thread.run";
/// }
///
/// impl Object for Run {
///     const NAME: &'static str = "Run";
///     const FIELDS: &'static [&'static str] = &["id", "object", "temperature"];
///
///     fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
///         let mut id = None;
///         let mut temperature = None;
///         while let Some(field) = reader.next(Self::FIELDS) {
///             match field {
///                 0 => reader.value(&mut id),
///                 1 => reader.constant(Self::OBJECT),
///                 2 => reader.optional(&mut temperature),
///                 _ => reader.skip(),
///             }
///         }
///         reader.present(1);
///         Some(Self {
///             id: reader.required("id", id)?,
///             temperature,
///         })
///     }
///
///     fn write<W: Writer>(&self, writer: &mut W) {
///         writer.required("id", &self.id);
///         writer.constant("object", Self::OBJECT);
///         writer.optional("temperature", &self.temperature);
///     }
/// }
///
/// object!(Run);
///
/// let run: Run = serde_json::from_str(r#"{"object": "thread.run", "id": "run_1", "new": true}"#)?;
/// assert_eq!(run, Run { id: "run_1".to_owned(), temperature: None });
/// assert_eq!(serde_json::to_string(&run)?, r#"{"id":"run_1","object":"thread.run"}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Object: Sized {
    /// The type's name, for messages.
    const NAME: &'static str;
    /// The keys of its properties, constants included, in the order of the document.
    const FIELDS: &'static [&'static str];

    /// Reads all entries.
    ///
    /// None where something is missing; what it is, and whatever else is wrong, the reader keeps.
    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self>;

    /// Writes all entries; the same ones each time. What goes wrong the writer keeps.
    fn write<W: Writer>(&self, writer: &mut W);
}

/// Makes serde types of types that implement [`Object`](trait@crate::Object), which has an example.
#[macro_export]
macro_rules! object {
    ($($name:ty),+ $(,)?) => {$(
        impl $crate::Serialize for $name {
            fn serialize<S: $crate::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                $crate::object::serialize(self, serializer)
            }
        }

        impl<'de> $crate::Deserialize<'de> for $name {
            fn deserialize<D: $crate::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::object::deserialize(deserializer)
            }
        }
    )+};
}

/// Writes an object to any format.
pub fn serialize<T: Object, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
    let length = (!serializer.is_human_readable()).then(|| count(value));
    let mut map = serializer.serialize_map(length)?;
    let mut entries = Entries::new(&mut map);
    value.write(&mut entries);
    entries.finish()?;
    map.end()
}

/// Reads an object from any format.
pub fn deserialize<'de, T: Object, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    deserializer.deserialize_map(ObjectVisitor(PhantomData))
}

/// How many entries an object writes, which only binary formats need to know beforehand.
fn count(value: &impl Object) -> usize {
    let mut counter = Counter::default();
    value.write(&mut counter);
    counter.0
}

struct ObjectVisitor<T>(PhantomData<T>);

impl<'de, T: Object> Visitor<'de> for ObjectVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object ({})", T::NAME)
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<T, A::Error> {
        let mut reader = Reader::new(T::NAME, map);
        let value = T::read(&mut reader);
        reader.finish(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Mode, json};

    #[derive(Debug, PartialEq)]
    struct Point {
        x: Option<i64>,
        y: Option<i64>,
    }

    impl Object for Point {
        const NAME: &'static str = "Point";
        const FIELDS: &'static [&'static str] = &["x", "y"];

        fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
            let (mut x, mut y) = (None, None);
            while let Some(field) = reader.next(Self::FIELDS) {
                match field {
                    0 => reader.optional(&mut x),
                    1 => reader.optional(&mut y),
                    _ => reader.skip(),
                }
            }
            Some(Self { x, y })
        }

        fn write<W: Writer>(&self, writer: &mut W) {
            writer.optional("x", &self.x);
            writer.optional("y", &self.y);
        }
    }

    crate::object!(Point);

    #[test]
    fn the_number_of_entries_is_that_of_those_written() {
        for (point, expected) in [
            (Point { x: None, y: None }, &[0xa0][..]),
            (
                Point {
                    x: None,
                    y: Some(2),
                },
                &[0xa1, 0x61, b'y', 2],
            ),
            (
                Point {
                    x: Some(1),
                    y: Some(2),
                },
                &[0xa2, 0x61, b'x', 1, 0x61, b'y', 2],
            ),
        ] {
            let mut cbor = Vec::new();
            ciborium::into_writer(&point, &mut cbor).unwrap();
            // The low bits of the first byte are the number of entries.
            assert_eq!(cbor, expected);
            assert_eq!(ciborium::from_reader::<Point, _>(expected).unwrap(), point);
        }
    }

    #[test]
    fn what_is_no_object_is_named() {
        let error = json::decode::<Point>(b"[1, 2]", Mode::Lenient).unwrap_err();
        assert_eq!(
            error.message,
            "invalid type: sequence, expected an object (Point)"
        );
    }
}
