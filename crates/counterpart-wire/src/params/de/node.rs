//! The deserializer of a [`Node`]: of one text, or of a list or object of them.

use std::borrow::Cow;
use std::vec;

use serde::Deserializer;
use serde::de::{DeserializeSeed, Error, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde_json::Value;

use super::{Failure, boolean, integer, invalid, number, visit_text};
use crate::binary::FILE;
use crate::params::node::{Node, excerpt};

/// Methods that parse a text.
macro_rules! parsed {
    ($($method:ident $visit:ident $parse:ident)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
            visitor.$visit($parse(&self.into_text()?)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for Node<'de> {
    type Error = Failure;

    parsed! {
        deserialize_bool visit_bool boolean
        deserialize_i8 visit_i8 integer
        deserialize_i16 visit_i16 integer
        deserialize_i32 visit_i32 integer
        deserialize_i64 visit_i64 integer
        deserialize_i128 visit_i128 integer
        deserialize_u8 visit_u8 integer
        deserialize_u16 visit_u16 integer
        deserialize_u32 visit_u32 integer
        deserialize_u64 visit_u64 integer
        deserialize_u128 visit_u128 integer
        deserialize_f32 visit_f64 number
        deserialize_f64 visit_f64 number
    }

    fn deserialize_char<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_str(visitor)
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self {
            Self::Text(text) => visit_text(text, visitor),
            Self::List(_) => self.deserialize_seq(visitor),
            Self::Object(_) => self.deserialize_map(visitor),
            Self::Field(field) => field.into_any()?.deserialize_any(visitor),
            Self::Json(Value::Array(_)) => self.deserialize_seq(visitor),
            Self::Json(Value::Object(_)) => self.deserialize_map(visitor),
            Self::Json(value) => value.deserialize_any(visitor).map_err(Failure::custom),
        }
    }

    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visit_text(self.into_text()?, visitor)
    }

    fn deserialize_bytes<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self.into_text()? {
            Cow::Borrowed(text) => visitor.visit_borrowed_bytes(text.as_bytes()),
            Cow::Owned(text) => visitor.visit_byte_buf(text.into_bytes()),
        }
    }

    fn deserialize_byte_buf<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_bytes(visitor)
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        match self {
            Self::Json(Value::Null) => visitor.visit_none(),
            node => visitor.visit_some(node),
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        match self {
            Self::Field(field) if name == FILE => visitor.visit_newtype_struct(field.into_file()),
            node => visitor.visit_newtype_struct(node),
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let text = self.into_text()?;
        if text.is_empty() {
            visitor.visit_unit()
        } else {
            Err(invalid("no text", &text))
        }
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Failure> {
        self.deserialize_unit(visitor)
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        let items = self.into_list()?;
        let length = items.len();
        let mut access = Items {
            items: items.into_iter(),
            taken: 0,
        };
        let value = visitor.visit_seq(&mut access)?;
        if access.taken == length {
            Ok(value)
        } else {
            Err(Error::custom(format_args!(
                "expected {} items, got {length}",
                access.taken
            )))
        }
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Failure> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Failure>
    where
        V: Visitor<'de>,
    {
        self.deserialize_seq(visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_map(Entries {
            entries: self.into_object()?.into_iter(),
            value: None,
        })
    }

    fn deserialize_struct<V>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        v: V,
    ) -> Result<V::Value, Failure>
    where
        V: Visitor<'de>,
    {
        self.deserialize_map(v)
    }

    fn deserialize_enum<V>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        v: V,
    ) -> Result<V::Value, Failure>
    where
        V: Visitor<'de>,
    {
        v.visit_enum(self.into_text()?.into_deserializer())
    }

    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Failure> {
        visitor.visit_unit()
    }
}

struct Items<'de> {
    items: vec::IntoIter<Node<'de>>,
    taken: usize,
}

impl<'de> SeqAccess<'de> for &mut Items<'de> {
    type Error = Failure;

    fn next_element_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        let Some(item) = self.items.next() else {
            return Ok(None);
        };
        self.taken += 1;
        let value = seed
            .deserialize(item)
            .map_err(|failure| failure.within(&format!("item {}", self.taken)))?;
        Ok(Some(value))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.items.len())
    }
}

struct Entries<'de> {
    entries: indexmap::map::IntoIter<Cow<'de, str>, Node<'de>>,
    /// The value of the key that was read last, and the key for messages.
    value: Option<(Cow<'de, str>, Node<'de>)>,
}

impl<'de> MapAccess<'de> for Entries<'de> {
    type Error = Failure;

    fn next_key_seed<S: DeserializeSeed<'de>>(
        &mut self,
        seed: S,
    ) -> Result<Option<S::Value>, Failure> {
        let Some((key, value)) = self.entries.next() else {
            return Ok(None);
        };
        self.value = Some((key.clone(), value));
        seed.deserialize(Node::Text(key)).map(Some)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Result<S::Value, Failure> {
        let (key, value) = self
            .value
            .take()
            .ok_or_else(|| Failure::custom("a value was asked for before its key"))?;
        seed.deserialize(value)
            .map_err(|failure| failure.within(&format!("`{}`", excerpt(&key))))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.entries.len())
    }
}
