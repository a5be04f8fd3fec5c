//! Reading any type from [`Content`].
//!
//! In: a reference to a content, or to a text. Out: a deserializer, with the error type of whichever format the content
//! came from. Errors leave their [trail](crate::trail), since the format cannot know their place any more.
//!
//! On a second look this is what [repairs](crate::repair): a type's `Deserialize` says what it wants, and where that is
//! not what there is, it may get something else.

use super::Content;
use super::access::{Entries, visit_items};
use super::scalar::{self, Wanted};
use crate::state;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserializer, Error, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::marker::PhantomData;

/// A deserializer of a buffered value.
pub(crate) struct Buffered<'c, 'de, E> {
    value: Value<'c, 'de>,
    place: Place,
    error: PhantomData<E>,
}

enum Value<'c, 'de> {
    Content(&'c Content<'de>),
    /// A text that is neither in a content nor borrowed from the input.
    Text(&'c str),
}

/// Where a value stands, which decides what becomes of it if it is unfit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// Where its reader knows what to do without it.
    Apart,
    /// Among the items of a list, all of which must be read for the list to be.
    Item,
    /// Nowhere: it is missing, and an empty value is to be made up.
    Nowhere,
}

impl<'c, 'de, E> Buffered<'c, 'de, E> {
    pub(crate) fn content(content: &'c Content<'de>) -> Self {
        Self::at(Place::Apart, Value::Content(content))
    }

    pub(super) fn item(content: &'c Content<'de>) -> Self {
        Self::at(Place::Item, Value::Content(content))
    }

    pub(crate) fn text(text: &'c str) -> Self {
        Self::at(Place::Apart, Value::Text(text))
    }

    /// A value that is not there, and is read as whatever is empty.
    pub(crate) fn nothing() -> Self {
        Self::at(Place::Nowhere, Value::Content(&Content::Null))
    }

    fn at(place: Place, value: Value<'c, 'de>) -> Self {
        Self {
            value,
            place,
            error: PhantomData,
        }
    }
}

impl<'de, E: Error> Buffered<'_, 'de, E> {
    /// Visits a scalar, on a second look perhaps another one than there is.
    fn visit_scalar<V: Visitor<'de>>(self, wanted: Wanted, visitor: V) -> Result<V::Value, E> {
        if state::is_repairing()
            && let Value::Content(content) = self.value
            && let Some(instead) = scalar::instead(content, wanted, self.place)
        {
            let instead: Content<'de> = instead;
            return Buffered::content(&instead).deserialize_any(visitor);
        }
        self.deserialize_any(visitor)
    }
}

/// Methods that ask for a scalar.
macro_rules! scalars {
    ($($method:ident $wanted:expr;)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
            self.visit_scalar($wanted, visitor)
        }
    )*};
}

impl<'de, E: Error> Deserializer<'de> for Buffered<'_, 'de, E> {
    type Error = E;

    scalars! {
        deserialize_bool Wanted::Boolean;
        deserialize_i8 Wanted::integer::<i8>();
        deserialize_i16 Wanted::integer::<i16>();
        deserialize_i32 Wanted::integer::<i32>();
        deserialize_i64 Wanted::integer::<i64>();
        deserialize_u8 Wanted::integer::<u8>();
        deserialize_u16 Wanted::integer::<u16>();
        deserialize_u32 Wanted::integer::<u32>();
        deserialize_u64 Wanted::integer::<u64>();
        deserialize_f32 Wanted::Number;
        deserialize_f64 Wanted::Number;
        deserialize_str Wanted::Text;
        deserialize_string Wanted::Text;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match self.value {
            Value::Text(text) => visitor.visit_str(text),
            Value::Content(content) => match content {
                Content::Null => visitor.visit_unit(),
                Content::Boolean(value) => visitor.visit_bool(*value),
                Content::Unsigned(value) => visitor.visit_u64(*value),
                Content::Signed(value) => visitor.visit_i64(*value),
                Content::Float(value) => visitor.visit_f64(*value),
                Content::String(Cow::Borrowed(value)) => visitor.visit_borrowed_str(value),
                Content::String(Cow::Owned(value)) => visitor.visit_str(value),
                Content::Bytes(Cow::Borrowed(value)) => visitor.visit_borrowed_bytes(value),
                Content::Bytes(Cow::Owned(value)) => visitor.visit_bytes(value),
                Content::Array(items) => visit_items(items, false, visitor),
                Content::Object(entries) => visitor.visit_map(Entries::new(entries)),
            },
        }
    }

    fn deserialize_option<V: Visitor<'de>>(mut self, visitor: V) -> Result<V::Value, E> {
        if let Value::Content(Content::Null) = self.value {
            return visitor.visit_none();
        }
        // What is unfit may be no value here rather than an empty one.
        self.place = Place::Apart;
        visitor.visit_some(self)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match (self.place, &self.value) {
            (_, Value::Content(Content::Array(items))) => visit_items(items, true, visitor),
            (Place::Nowhere, _) => visit_items(&[], true, visitor),
            (Place::Item, Value::Content(content)) if state::is_repairing() => {
                scalar::note_emptied(content, "a list");
                visit_items(&[], true, visitor)
            }
            (Place::Item | Place::Apart, _) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, E> {
        match (self.place, &self.value) {
            (_, Value::Content(Content::Object(entries))) => {
                visitor.visit_map(Entries::of_type(entries))
            }
            (Place::Nowhere, _) => visitor.visit_map(Entries::of_type(&[])),
            // A `serde_json::Map` would read it as an empty one, though from a text it does not.
            (_, Value::Content(null @ Content::Null)) => {
                Err(E::invalid_type(null.unexpected(), &visitor))
            }
            (Place::Item | Place::Apart, _) => self.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        self.deserialize_map(visitor)
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, E> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, E> {
        match self.value {
            Value::Text(text) => {
                StrDeserializer::new(text).deserialize_enum(name, variants, visitor)
            }
            Value::Content(Content::String(text)) => {
                StrDeserializer::new(text).deserialize_enum(name, variants, visitor)
            }
            Value::Content(Content::Object(entries)) => {
                MapAccessDeserializer::new(Entries::new(entries))
                    .deserialize_enum(name, variants, visitor)
            }
            Value::Content(content) => Err(E::invalid_type(content.unexpected(), &visitor)),
        }
    }

    forward_to_deserialize_any! {
        i128 u128 char bytes byte_buf unit unit_struct tuple tuple_struct identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::mode::{self, Mode};
    use crate::trail;
    use indexmap::IndexMap;
    use serde::Deserialize;

    fn read<T: for<'de> Deserialize<'de>>(json: &str) -> Result<T, serde_json::Error> {
        let content: Content = serde_json::from_str(json)?;
        T::deserialize(Buffered::content(&content))
    }

    #[derive(Debug, PartialEq, Deserialize)]
    enum Shape {
        Point,
        Circle(f64),
        Square { side: u8 },
    }

    #[derive(Debug, PartialEq, Deserialize)]
    struct Wrapper(Option<u8>);

    #[test]
    fn reads_what_the_format_itself_reads() {
        fn same<T: for<'de> Deserialize<'de> + PartialEq + std::fmt::Debug>(json: &str) {
            let expected = serde_json::from_str::<T>(json).ok();
            assert_eq!(read::<T>(json).ok(), expected, "{json}");
        }
        for json in [
            "null",
            "true",
            "7",
            "-7",
            "7.5",
            "\"7\"",
            "[7, 8]",
            "[7]",
            "{\"a\": 7}",
            "{}",
            "300",
        ] {
            same::<serde_json::Value>(json);
            same::<Option<u8>>(json);
            same::<f64>(json);
            same::<String>(json);
            same::<Vec<i32>>(json);
            same::<(u8, u8)>(json);
            same::<IndexMap<String, u8>>(json);
            same::<Wrapper>(json);
            same::<()>(json);
        }
        for json in [
            "\"Point\"",
            "{\"Circle\": 1}",
            "{\"Square\": {\"side\": 2}}",
            "\"Other\"",
            "3",
        ] {
            same::<Shape>(json);
        }
        assert_eq!(read::<Shape>("\"P\\u006fint\"").unwrap(), Shape::Point);
    }

    #[test]
    fn null_is_no_map() {
        let read = read::<serde_json::Map<String, serde_json::Value>>;
        let error = read("null").unwrap_err();
        assert_eq!(error.to_string(), "invalid type: null, expected a map");
        assert!(read("{}").unwrap().is_empty());
    }

    #[test]
    fn lends_out_texts_of_the_input() {
        let content: Content = serde_json::from_str("[\"plain\"]").unwrap();
        let texts: Vec<&str> =
            Vec::deserialize(Buffered::<serde_json::Error>::content(&content)).unwrap();
        assert_eq!(texts, ["plain"]);
    }

    #[test]
    fn an_item_left_over_is_an_error() {
        let error = read::<(u8, u8)>("[1, 2, 3]").unwrap_err();
        assert_eq!(error.to_string(), "invalid length 3, expected 2 items");
    }

    #[test]
    fn an_error_leaves_its_trail() {
        mode::scope(Mode::Lenient, || {
            let error =
                read::<IndexMap<String, Vec<u8>>>(r#"{"a": [1], "b": [2, "x"]}"#).unwrap_err();
            let steps = state::take_trail().steps_for(&error.to_string()).unwrap();
            assert_eq!(trail::path(&steps), "b[1]");
        });
    }
}
