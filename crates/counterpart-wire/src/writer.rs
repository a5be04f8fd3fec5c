//! Writing an object key by key.
//!
//! In: keys and values, in the order of the document. Out: the entries of a serde map, or only their number: binary
//! formats write lengths and must know it before the first entry, so that for them every object is gone through twice.

use crate::constant::Constant;
use crate::nullable::Presence;
use serde::Serialize;
use serde::ser::SerializeMap;

/// Where an object's entries go. [`Object`](crate::Object) has an example.
///
/// What goes wrong is kept by the writer, which passes over what comes after it.
pub trait Writer {
    /// Writes an entry.
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T);

    /// Writes a required property.
    #[inline]
    fn required<T: Serialize + ?Sized>(&mut self, name: &'static str, value: &T) {
        self.entry(name, value);
    }

    /// Writes a property that has the same value in every object of its type.
    #[inline]
    fn constant(&mut self, name: &'static str, value: impl Into<Constant>) {
        self.entry(name, &value.into());
    }

    /// Writes a property unless it is absent.
    #[inline]
    fn optional<T: Presence>(&mut self, name: &'static str, value: &T) {
        if !value.is_absent() {
            self.entry(name, value);
        }
    }

    /// Writes the entries that the document does not list by name.
    fn extra<'a, T: Serialize + 'a>(
        &mut self,
        entries: impl IntoIterator<Item = (&'a String, &'a T)>,
    ) {
        for (key, value) in entries {
            self.entry(key, value);
        }
    }
}

/// Counts entries.
#[derive(Default)]
pub(crate) struct Counter(pub(crate) usize);

impl Writer for Counter {
    fn entry<T: Serialize + ?Sized>(&mut self, _: &str, _: &T) {
        self.0 += 1;
    }
}

/// Writes entries to a serde map, up to the first that cannot be written.
pub(crate) struct Entries<'m, M: SerializeMap> {
    map: &'m mut M,
    result: Result<(), M::Error>,
}

impl<'m, M: SerializeMap> Entries<'m, M> {
    pub(crate) fn new(map: &'m mut M) -> Self {
        Self {
            map,
            result: Ok(()),
        }
    }

    /// Whether everything was written.
    pub(crate) fn finish(self) -> Result<(), M::Error> {
        self.result
    }
}

impl<M: SerializeMap> Writer for Entries<'_, M> {
    #[inline]
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        if self.result.is_ok() {
            self.result = self.map.serialize_entry(key, value);
        }
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
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, value: &T) {
        if key != self.key {
            self.writer.entry(key, value);
        }
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

    fn write_all<W: Writer>(writer: &mut W) {
        writer.required("id", "a");
        writer.required("error", &None::<u8>);
        writer.constant("stream", true);
        writer.optional("absent", &None::<u8>);
        writer.optional("limit", &Some(1));
        writer.optional("missing", &Nullable::<u8>::Absent);
        writer.optional("name", &Nullable::<u8>::Null);
        writer.extra(&IndexMap::from([("z".to_owned(), 1), ("y".to_owned(), 2)]));
        writer.extra(&serde_json::Map::from_iter([("x".to_owned(), Value::Null)]));
    }

    /// What `write` writes, as JSON.
    fn json(write: impl FnOnce(&mut Entries<'_, JsonMap>)) -> String {
        let mut map = serde_json::value::Serializer.serialize_map(None).unwrap();
        let mut entries = Entries::new(&mut map);
        write(&mut entries);
        entries.finish().unwrap();
        map.end().unwrap().to_string()
    }

    #[test]
    fn writes_in_order_and_leaves_out_what_is_absent() {
        assert_eq!(
            json(|entries| write_all(entries)),
            r#"{"id":"a","error":null,"stream":true,"limit":1,"name":null,"z":1,"y":2,"x":null}"#
        );
    }

    #[test]
    fn counts_what_is_written() {
        let mut counter = Counter::default();
        write_all(&mut counter);
        assert_eq!(counter.0, 8);
    }

    #[test]
    fn passes_over_what_comes_after_an_error() {
        let mut map = serde_json::value::Serializer.serialize_map(None).unwrap();
        let mut entries = Entries::new(&mut map);
        entries.required("before", &1);
        // No key of JSON is a list.
        entries.required("bad", &std::collections::BTreeMap::from([([1, 2], 3)]));
        entries.required("after", &1);
        let error = entries.finish().unwrap_err();
        assert_eq!(error.to_string(), "key must be a string");
        assert_eq!(map.end().unwrap().to_string(), r#"{"before":1}"#);
    }

    #[test]
    fn leaves_out_one_key() {
        assert_eq!(
            json(|entries| write_all(&mut Without::new("z", entries))),
            r#"{"id":"a","error":null,"stream":true,"limit":1,"name":null,"y":2,"x":null}"#
        );
    }
}
