//! The items of a list and the entries of an object, one by one.

use super::{LOOK_AHEAD, Misfit, Quick};
use crate::json::met::Met;
use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, Deserializer, MapAccess, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;
use std::borrow::Cow;

/// The items of a list, behind its bracket.
pub(super) struct Items<'q, 'de> {
    quick: &'q mut Quick<'de>,
    is_first: bool,
}

impl<'q, 'de> Items<'q, 'de> {
    pub(super) fn new(quick: &'q mut Quick<'de>) -> Self {
        let is_first = true;
        Self { quick, is_first }
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Misfit;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        match self.quick.scan.peek() {
            Some(b']') => return Ok(None),
            Some(b',') if !self.is_first => self.quick.scan.pass(),
            Some(_) if self.is_first => self.is_first = false,
            _ => return Err(Misfit),
        }
        seed.deserialize(&mut *self.quick).map(Some)
    }
}

/// The entries of an object, behind its brace.
pub(super) struct Entries<'q, 'de> {
    quick: &'q mut Quick<'de>,
    is_first: bool,
    /// Where to go on, behind an entry that was given before its turn.
    back: Option<usize>,
    /// Where the key of that entry is.
    given: Option<usize>,
    /// Where that entry ends, once it has been read.
    given_end: Option<usize>,
    /// The keys of a map.
    met: Met<'de>,
}

impl<'q, 'de> Entries<'q, 'de> {
    pub(super) fn new(quick: &'q mut Quick<'de>) -> Self {
        Self {
            quick,
            is_first: true,
            back: None,
            given: None,
            given_end: None,
            met: Met::default(),
        }
    }

    /// Goes to the next key, and says whether there is one.
    #[inline]
    fn advance(&mut self) -> Result<bool, Misfit> {
        match self.quick.scan.peek() {
            Some(b'}') => return Ok(false),
            Some(b',') if !self.is_first => {
                self.quick.scan.pass();
                self.quick.scan.peek();
            }
            Some(_) if self.is_first => self.is_first = false,
            _ => return Err(Misfit),
        }
        match self.quick.scan.byte() {
            Some(b'"') => Ok(true),
            _ => Err(Misfit),
        }
    }

    /// Goes to the next key where entries are not given in order.
    fn resume(&mut self) -> Result<bool, Misfit> {
        let is_there = match self.back.take() {
            Some(back) => {
                self.quick.scan.go_to(back);
                true
            }
            None => self.advance()?,
        };
        if !is_there || self.given != Some(self.quick.scan.place()) {
            return Ok(is_there);
        }
        self.given = None;
        self.quick.scan.go_to(self.given_end.take().ok_or(Misfit)?);
        self.advance()
    }

    /// Gives all keys to a visitor. The entry of the one that it stops at comes next.
    fn look_ahead<V: Visitor<'de>>(&mut self, visitor: V) -> Result<V::Value, Misfit> {
        let start = self.quick.scan.place();
        self.quick.passed.forget_before(start);
        let mut keys = Keys {
            quick: &mut *self.quick,
            key: None,
        };
        let value = visitor.visit_seq(&mut keys)?;
        let key = keys.key;
        if key != Some(start) {
            self.back = Some(start);
            self.given = key;
        }
        Ok(value)
    }
}

impl<'de> MapAccess<'de> for Entries<'_, 'de> {
    type Error = Misfit;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, Misfit> {
        let is_there = match (self.back, self.given) {
            (None, None) => self.advance()?,
            _ => self.resume()?,
        };
        if !is_there {
            return Ok(None);
        }
        seed.deserialize(Key(self)).map(Some)
    }

    #[inline]
    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, Misfit> {
        let value = seed.deserialize(&mut *self.quick)?;
        if self.given.is_some() && self.given_end.is_none() {
            self.given_end = Some(self.quick.scan.place());
        }
        Ok(value)
    }
}

/// The key that comes next. The keys of objects are read as identifiers, those of maps as texts.
struct Key<'e, 'q, 'de>(&'e mut Entries<'q, 'de>);

impl<'de> Key<'_, '_, 'de> {
    /// The key of a map, which none before it may be the same as.
    fn of_map<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let Entries { quick, met, .. } = self.0;
        let text = quick.text()?;
        quick.scan.expect(b':')?;
        let key = text.map_or_else(|| Cow::Owned(quick.scratch.clone()), Cow::Borrowed);
        if met.insert(key) {
            return Err(Misfit);
        }
        match text {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_str(&quick.scratch),
        }
    }
}

impl<'de> Deserializer<'de> for Key<'_, '_, 'de> {
    type Error = Misfit;

    // Inlined for the plain key of an object, the commonest thing there is, to be read by one function.
    #[inline(always)]
    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        let quick = &mut *self.0.quick;
        let text = quick.text()?;
        quick.scan.expect(b':')?;
        match text {
            Some(text) => visitor.visit_borrowed_str(text),
            None => visitor.visit_str(&quick.scratch),
        }
    }

    #[inline]
    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        name: &'static str,
        visitor: V,
    ) -> Result<V::Value, Misfit> {
        if name == LOOK_AHEAD {
            return self.0.look_ahead(visitor);
        }
        visitor.visit_newtype_struct(self)
    }

    #[inline(always)]
    fn deserialize_identifier<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_any(visitor)
    }

    #[inline]
    fn deserialize_str<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        if self.0.quick.is_strict {
            return self.of_map(visitor);
        }
        self.deserialize_any(visitor)
    }

    #[inline]
    fn deserialize_string<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Misfit> {
        self.deserialize_str(visitor)
    }

    // What a key is besides a text, serde_json makes of it.
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char bytes byte_buf option unit
        unit_struct seq tuple tuple_struct map struct enum ignored_any
    }
}

/// The keys from the next one on.
struct Keys<'q, 'de> {
    quick: &'q mut Quick<'de>,
    /// Where the key is that was given last; none before the first and behind the last one.
    key: Option<usize>,
}

impl<'de> SeqAccess<'de> for &mut Keys<'_, 'de> {
    type Error = Misfit;

    #[inline]
    fn next_element_seed<T: DeserializeSeed<'de>>(
        &mut self,
        seed: T,
    ) -> Result<Option<T::Value>, Misfit> {
        let quick = &mut *self.quick;
        if self.key.take().is_some() {
            quick.pass_over()?;
            match quick.scan.peek() {
                Some(b',') => quick.scan.pass(),
                _ => return Ok(None),
            }
        }
        if quick.scan.peek() != Some(b'"') {
            return Err(Misfit);
        }
        self.key = Some(quick.scan.place());
        let text = quick.text()?;
        quick.scan.expect(b':')?;
        match text {
            Some(text) => seed.deserialize(BorrowedStrDeserializer::new(text)),
            None => seed.deserialize(StrDeserializer::new(&quick.scratch)),
        }
        .map(Some)
    }
}
