//! Reading JSON that is as it should be, as fast as can be.
//!
//! In: a JSON text. Out: the value, or a [`Misfit`] that says nothing about what is wrong: then `serde_json` reads the
//! text again, and says it. So this reader need not explain itself, and it may give up on whatever is rare (a number
//! of forty digits, deep nesting). What it does read, it reads as `serde_json` does, but for numbers with a fraction,
//! which it rounds to the nearest.
//!
//! It is a deserializer like any other, with one thing to spare: asked for a key as a [`LOOK_AHEAD`], it gives all keys of
//! the object, and the one that the visitor stops at comes first. So a union finds its tag wherever it stands, without
//! keeping what comes before it.

mod access;
mod ahead;
mod number;
mod scan;

use crate::state;
use access::{Entries, Items};
use ahead::Passed;
use number::Number;
use scan::Scan;
use serde::de::value::{MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, Deserializer, Error, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;
use std::fmt;

/// The name of the newtype struct that a key is read as by whoever looks for one among those to come.
///
/// Every other format takes it for what it is, a value in a wrapper.
pub(crate) const LOOK_AHEAD: &str = "counterpart_wire::look_ahead";

/// How deep containers may be. `serde_json` allows a few more.
const DEEPEST: u8 = 120;

/// Reads a value from a text, all of it.
pub(super) fn read<'de, T: Deserialize<'de>>(text: &'de str) -> Result<T, Misfit> {
    let mut reader = Quick {
        scan: Scan::new(text),
        scratch: String::new(),
        passed: Passed::default(),
        depth: 0,
        is_strict: state::refuses_unlisted(),
    };
    let value = T::deserialize(&mut reader)?;
    match reader.scan.peek() {
        None => Ok(value),
        Some(_) => Err(Misfit),
    }
}

/// The text is no value of the type that was to be read, or of none that this reader can read.
#[derive(Debug)]
pub(super) struct Misfit;

impl Error for Misfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Self
    }
}

impl std::error::Error for Misfit {}

impl fmt::Display for Misfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not what was expected")
    }
}

/// The reader.
struct Quick<'de> {
    scan: Scan<'de>,
    /// A text without its escapes, while it is looked at.
    scratch: String,
    passed: Passed,
    /// How many containers are open.
    depth: u8,
    /// Whether a key that comes twice is one too many, in a map as anywhere.
    is_strict: bool,
}

impl<'de> Quick<'de> {
    /// Goes over a text, and gives it, or puts it into the scratch if it has escapes.
    #[inline]
    fn text(&mut self) -> Result<Option<&'de str>, Misfit> {
        match self.scan.plain_text()? {
            Some(text) => Ok(Some(text)),
            None => self.escaped().map(|()| None),
        }
    }

    #[cold]
    fn escaped(&mut self) -> Result<(), Misfit> {
        self.scratch.clear();
        self.scan.escaped_text(&mut self.scratch)
    }

    /// Goes past a value that will be read later.
    #[inline]
    fn pass_over(&mut self) -> Result<(), Misfit> {
        self.passed.pass_over(&mut self.scan)
    }

    #[inline]
    fn visit_text<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        match self.text()? {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_str(&self.scratch),
        }
    }

    #[inline]
    fn visit_number<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        match number::read(&mut self.scan)? {
            Number::Unsigned(value) => visitor.visit_u64(value),
            Number::Signed(value) => visitor.visit_i64(value),
            Number::Float(value) => visitor.visit_f64(value),
        }
    }

    #[inline]
    fn open(&mut self) -> Result<(), Misfit> {
        self.scan.pass();
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Misfit);
        }
        Ok(())
    }

    #[inline]
    fn close(&mut self, end: u8) -> Result<(), Misfit> {
        self.depth -= 1;
        self.scan.expect(end)
    }

    #[inline]
    fn visit_items<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        self.open()?;
        let value = visitor.visit_seq(Items::new(self))?;
        self.close(b']')?;
        Ok(value)
    }

    #[inline]
    fn visit_entries<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        self.open()?;
        let value = visitor.visit_map(Entries::new(self))?;
        self.close(b'}')?;
        Ok(value)
    }
}

/// Methods that read a number.
macro_rules! numbers {
    ($($method:ident)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            match self.scan.peek() {
                Some(b'-' | b'0'..=b'9') => self.visit_number(visitor),
                _ => Err(Misfit),
            }
        }
    )*};
}

/// Methods that read what begins with one byte.
macro_rules! begun_by {
    ($($method:ident $byte:literal $visit:ident;)*) => {$(
        #[inline]
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
            match self.scan.peek() {
                Some($byte) => self.$visit(visitor),
                _ => Err(Misfit),
            }
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Quick<'de> {
    type Error = Misfit;

    numbers! {
        deserialize_i8 deserialize_i16 deserialize_i32 deserialize_i64
        deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64
        deserialize_f32 deserialize_f64
    }

    begun_by! {
        deserialize_str b'"' visit_text;
        deserialize_string b'"' visit_text;
        deserialize_identifier b'"' visit_text;
        deserialize_seq b'[' visit_items;
        deserialize_map b'{' visit_entries;
    }

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        match self.scan.peek() {
            Some(b'"') => self.visit_text(visitor),
            Some(b'{') => self.visit_entries(visitor),
            Some(b'[') => self.visit_items(visitor),
            Some(b'-' | b'0'..=b'9') => self.visit_number(visitor),
            Some(b't') => {
                self.scan.word("true")?;
                visitor.visit_bool(true)
            }
            Some(b'f') => {
                self.scan.word("false")?;
                visitor.visit_bool(false)
            }
            Some(b'n') => {
                self.scan.word("null")?;
                visitor.visit_unit()
            }
            _ => Err(Misfit),
        }
    }

    #[inline]
    fn deserialize_bool<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let value = self.scan.peek() == Some(b't');
        self.scan.word(if value { "true" } else { "false" })?;
        visitor.visit_bool(value)
    }

    #[inline]
    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.scan.peek() == Some(b'n') {
            self.scan.word("null")?;
            return visitor.visit_none();
        }
        visitor.visit_some(self)
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.scan.peek();
        self.scan.word("null")?;
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_unit(visitor)
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, _: usize, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: usize,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        self.deserialize_seq(visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.scan.peek() {
            Some(b'{') => self.visit_entries(visitor),
            // As in serde_json, a struct may be a list of its fields.
            Some(b'[') => self.visit_items(visitor),
            _ => Err(Misfit),
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        match self.scan.peek() {
            Some(b'"') => {
                let text = self
                    .text()?
                    .map_or_else(|| Cow::Owned(self.scratch.clone()), Cow::Borrowed);
                StrDeserializer::new(&text).deserialize_enum(name, variants, visitor)
            }
            Some(b'{') => {
                self.open()?;
                let entries = Entries::new(self);
                let value = MapAccessDeserializer::new(entries)
                    .deserialize_enum(name, variants, visitor)?;
                self.close(b'}')?;
                Ok(value)
            }
            _ => Err(Misfit),
        }
    }

    #[inline]
    fn deserialize_ignored_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        // Read and not passed over: what is ignored must be JSON all the same.
        self.deserialize_any(visitor)
    }

    forward_to_deserialize_any! { i128 u128 char bytes byte_buf }
}

#[cfg(test)]
mod tests;
