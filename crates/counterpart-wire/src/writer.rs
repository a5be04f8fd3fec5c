//! Writing an object key by key.
//!
//! In: keys and values, in the order of the document. Out: the entries of a serde map, or only their number: formats
//! that write lengths must know it before the first entry, so every object is gone through twice.

use crate::constant::Constant;
use crate::nullable::Presence;
use serde::Serialize;
use serde::ser::SerializeMap;
use std::convert::Infallible;

/// Where an object's entries go. [`Object`](crate::Object) has an example.
pub trait Writer {
    /// What can go wrong.
    type Error;

    /// Writes an entry.
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), Self::Error>;

    /// Writes a required property.
    fn required<T: Serialize + ?Sized>(
        &mut self,
        name: &'static str,
        value: &T,
    ) -> Result<(), Self::Error> {
        self.entry(name, value)
    }

    /// Writes a property that has the same value in every object of its type.
    fn constant(
        &mut self,
        name: &'static str,
        value: impl Into<Constant>,
    ) -> Result<(), Self::Error> {
        self.entry(name, &value.into())
    }

    /// Writes a property unless it is absent.
    fn optional<T: Presence>(&mut self, name: &'static str, value: &T) -> Result<(), Self::Error> {
        if value.is_absent() {
            return Ok(());
        }
        self.entry(name, value)
    }

    /// Writes the entries that the document does not list by name.
    fn extra<'a, T: Serialize + 'a>(
        &mut self,
        entries: impl IntoIterator<Item = (&'a String, &'a T)>,
    ) -> Result<(), Self::Error> {
        entries
            .into_iter()
            .try_for_each(|(key, value)| self.entry(key, value))
    }
}

/// Counts entries.
#[derive(Default)]
pub(crate) struct Counter(pub(crate) usize);

impl Writer for Counter {
    type Error = Infallible;

    fn entry<T: Serialize + ?Sized>(&mut self, _: &str, _: &T) -> Result<(), Infallible> {
        self.0 += 1;
        Ok(())
    }
}

/// Writes entries to a serde map.
pub(crate) struct Entries<'m, M>(pub(crate) &'m mut M);

impl<M: SerializeMap> Writer for Entries<'_, M> {
    type Error = M::Error;

    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), M::Error> {
        self.0.serialize_entry(key, value)
    }
}

/// Writes entries to another writer, except those of one key.
pub(crate) struct Without<'w, W> {
    key: &'static str,
    writer: &'w mut W,
}

impl<'w, W> Without<'w, W> {
    pub(crate) fn new(key: &'static str, writer: &'w mut W) -> Self {
        Self { key, writer }
    }
}

impl<W: Writer> Writer for Without<'_, W> {
    type Error = W::Error;

    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) -> Result<(), W::Error> {
        if key == self.key {
            return Ok(());
        }
        self.writer.entry(key, value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::nullable::Nullable;
    use indexmap::IndexMap;
    use serde::ser::Serializer;
    use serde_json::Value;

    type JsonMap = <serde_json::value::Serializer as Serializer>::SerializeMap;

    fn write_all<W: Writer>(writer: &mut W) -> Result<(), W::Error> {
        writer.required("id", "a")?;
        writer.required("error", &None::<u8>)?;
        writer.constant("stream", true)?;
        writer.optional("absent", &None::<u8>)?;
        writer.optional("limit", &Some(1))?;
        writer.optional("missing", &Nullable::<u8>::Absent)?;
        writer.optional("name", &Nullable::<u8>::Null)?;
        writer.extra(&IndexMap::from([("z".to_owned(), 1), ("y".to_owned(), 2)]))?;
        writer.extra(&serde_json::Map::from_iter([("x".to_owned(), Value::Null)]))
    }

    /// What `write` writes, as JSON.
    fn json(write: impl FnOnce(&mut Entries<'_, JsonMap>)) -> String {
        let mut map = serde_json::value::Serializer.serialize_map(None).unwrap();
        write(&mut Entries(&mut map));
        map.end().unwrap().to_string()
    }

    #[test]
    fn writes_in_order_and_leaves_out_what_is_absent() {
        assert_eq!(
            json(|entries| write_all(entries).unwrap()),
            r#"{"id":"a","error":null,"stream":true,"limit":1,"name":null,"z":1,"y":2,"x":null}"#
        );
    }

    #[test]
    fn counts_what_is_written() {
        let mut counter = Counter::default();
        let Ok(()) = write_all(&mut counter);
        assert_eq!(counter.0, 8);
    }

    #[test]
    fn leaves_out_one_key() {
        assert_eq!(
            json(|entries| write_all(&mut Without::new("z", entries)).unwrap()),
            r#"{"id":"a","error":null,"stream":true,"limit":1,"name":null,"y":2,"x":null}"#
        );
    }
}
