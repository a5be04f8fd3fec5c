//! Reading an object key by key.
//!
//! In: the entries of an object, in any format. Out: for each, which field it is and, on demand, its value.

use crate::constant::Constant;
use crate::content::{Buffered, Checked, Content, inside};
use crate::drift::DriftKind;
use crate::key::KeySeed;
use crate::object::Object;
use crate::repair;
use crate::state;
use crate::trail::{self, Step};
use indexmap::IndexMap;
use seen::Seen;
use serde::Deserialize;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, IgnoredAny, MapAccess, Unexpected};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::hash::BuildHasher;

/// The entries of an object that is being read.
///
/// [`next`](Self::next) says which field comes; exactly one of [`value`](Self::value), [`optional`](Self::optional),
/// [`nullable`](Self::nullable), [`constant`](Self::constant), [`extra`](Self::extra), [`skip`](Self::skip) and
/// [`refuse`](Self::refuse) then takes it. [`Object`] has an example.
///
/// What goes wrong is kept here, so that the code of an object needs no word for it: from then on no entry follows, and
/// the object that is made of what was read is not used.
pub struct Reader<'de, A: MapAccess<'de>> {
    map: A,
    /// What went wrong first.
    error: Option<A::Error>,
    /// The name of the type being read, for notes.
    name: &'static str,
    fields: &'static [&'static str],
    /// The field found last; `fields.len()` for an unknown key, which is then `key`.
    current: usize,
    /// Where to look first for the next field.
    hint: usize,
    key: Cow<'de, str>,
    seen: Seen,
    /// Whether the variant that this object is of is none that the document lists.
    unknown: bool,
    /// What [`unknown`](Self::unknown) is to give instead of the entries.
    instead: Option<Box<Value>>,
    /// The key of the tag that told the variant; none where the object is not one of a union.
    tag: Option<&'static str>,
    /// How many entries stand before the tag in the input, although it comes first here.
    before_tag: usize,
    /// Whether the tag is still to be met, and the variant was told by another key.
    awaits_tag: bool,
}

impl<'de, A: MapAccess<'de>> fmt::Debug for Reader<'de, A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reader")
            .field("name", &self.name)
            .field("key", &self.key())
            .finish_non_exhaustive()
    }
}

impl<'de, A: MapAccess<'de>> Reader<'de, A> {
    /// A reader of these entries for the type called `name`.
    pub fn new(name: &'static str, map: A) -> Self {
        Self {
            map,
            error: None,
            name,
            fields: &[],
            current: 0,
            hint: 0,
            key: Cow::Borrowed(""),
            seen: Seen::default(),
            unknown: false,
            instead: None,
            tag: None,
            before_tag: 0,
            awaits_tag: false,
        }
    }

    /// A reader for a variant of a union that is told by the entry called `tag`; the variant says the name.
    /// Where the tag was given before its turn, so many entries stand before it in the input.
    pub(crate) fn tagged(tag: &'static str, before_tag: usize, map: A) -> Self {
        Self {
            tag: Some(tag),
            before_tag,
            ..Self::new("", map)
        }
    }

    /// A reader for a variant that another key than the tag told. It fails unless the tag agrees.
    pub(crate) fn told(tag: &'static str, map: A) -> Self {
        Self {
            awaits_tag: true,
            ..Self::tagged(tag, 0, map)
        }
    }

    /// A reader for the variant of a union that keeps this value.
    pub(crate) fn of_unknown(map: A, value: Value) -> Self {
        Self {
            instead: Some(Box::new(value)),
            ..Self::new("", map)
        }
    }

    /// Goes on to the next entry and gives the position of its key in `fields`, or `fields.len()` if it is not there.
    ///
    /// The field after the last one is looked at first, since most objects are written in the order of the document.
    /// None when there are no more, or something has gone wrong.
    pub fn next(&mut self, fields: &'static [&'static str]) -> Option<usize> {
        if self.error.is_some() {
            return None;
        }
        let field = self.next_field(fields);
        self.good(field).flatten()
    }

    fn next_field(&mut self, fields: &'static [&'static str]) -> Result<Option<usize>, A::Error> {
        self.fields = fields;
        let seed = KeySeed {
            names: fields,
            hint: self.hint,
            other: &mut self.key,
        };
        let Some(index) = self.map.next_key_seed(seed)? else {
            return Ok(None);
        };
        self.current = index;
        if index < fields.len() {
            self.hint = index + 1;
            if self.seen.insert(index) {
                self.repeated()?;
            }
        }
        Ok(Some(index))
    }

    /// Reads the value of a required property.
    ///
    /// Where what does not fit is [repaired](crate::Mode::Lenient), one that cannot be read leaves nothing.
    pub fn value<T: Deserialize<'de>>(&mut self, value: &mut Option<T>) {
        let found = self.any();
        if let Some(found) = self.good(found) {
            *value = found;
        }
    }

    /// Reads the value of an optional property.
    ///
    /// A `null` counts as no value, but the document does not allow it: in strict mode it is an error.
    pub fn optional<T: Deserialize<'de>>(&mut self, value: &mut Option<T>) {
        let found = match self.map.next_value() {
            Ok(None) => self.forbidden_null().map(|()| None),
            Ok(found) => Ok(found),
            Err(error) => self.value_again(error).map(Option::flatten),
        };
        if let Some(found) = self.good(found) {
            *value = found;
        }
    }

    /// Reads the value of a property of which `null` is a value.
    ///
    /// Where what does not fit is [repaired](crate::Mode::Lenient), one that cannot be read changes nothing.
    pub fn nullable<T: Deserialize<'de>>(&mut self, value: &mut T) {
        let found = self.any();
        if let Some(found) = self.good(found).flatten() {
            *value = found;
        }
    }

    fn any<T: Deserialize<'de>>(&mut self) -> Result<Option<T>, A::Error> {
        match self.map.next_value() {
            Ok(value) => Ok(Some(value)),
            Err(error) => self.value_again(error),
        }
    }

    /// Compares the value with the one that the document fixes.
    ///
    /// In strict mode another one is an error; else it is noted.
    pub fn constant(&mut self, expected: impl Into<Constant>) {
        let result = self.compare(expected.into());
        self.good(result);
    }

    /// Passes over an entry that the document does not list, which in strict mode is an error that names it.
    pub fn skip(&mut self) {
        if self.is_tag() || !state::is_strict() {
            let result = self.pass();
            self.good(result);
        } else {
            self.fail_unlisted();
        }
    }

    fn pass(&mut self) -> Result<(), A::Error> {
        if self.is_tag() || !state::keeps_notes() {
            self.map.next_value::<IgnoredAny>()?;
            if !self.is_tag() {
                self.note(DriftKind::UnknownField, format_args!(""));
            }
            return Ok(());
        }
        let content: Content<'_> = self.map.next_value()?;
        let value = content.to_value();
        self.note(DriftKind::UnknownField, format_args!("{value}"));
        Ok(())
    }

    /// Passes over an entry that the document rules out, which is an error where only what is
    /// [valid](crate::Mode::Valid) is read.
    pub fn refuse(&mut self) {
        if self.is_tag() || !state::refuses_unlisted() {
            return self.skip();
        }
        self.fail_unlisted();
    }

    /// Keeps the error that the document does not list the current entry.
    #[cold]
    fn fail_unlisted(&mut self) {
        let error = A::Error::unknown_field(&self.key, self.fields);
        let error = trail::at_key(error, &self.key);
        self.fail(error);
    }

    /// Puts an entry that the document does not list by name into `extra`.
    pub fn extra<T, S>(&mut self, extra: &mut IndexMap<String, T, S>)
    where
        T: Deserialize<'de>,
        S: BuildHasher,
    {
        let result = self.add_to(extra);
        self.good(result);
    }

    fn add_to<T, S>(&mut self, extra: &mut IndexMap<String, T, S>) -> Result<(), A::Error>
    where
        T: Deserialize<'de>,
        S: BuildHasher,
    {
        if extra.contains_key(self.key()) {
            self.repeated()?;
        }
        let value = self.any()?;
        let key = std::mem::take(&mut self.key);
        if let Some(value) = value {
            extra.insert(key.into_owned(), value);
        }
        Ok(())
    }

    /// What was read for the required property `name`; none, and an error, if it is missing.
    ///
    /// Where what does not fit is [repaired](crate::Mode::Lenient), the empty value of its type, if it has one.
    pub fn required<T: Deserialize<'de>>(
        &mut self,
        name: &'static str,
        value: Option<T>,
    ) -> Option<T> {
        match value {
            Some(value) => Some(value),
            None => self.missing(name),
        }
    }

    /// Sees whether the constant at this position of the fields was there, which it has to be in strict mode.
    pub fn present(&mut self, index: usize) {
        if !self.seen.contains(index) {
            self.absent(index);
        }
    }

    /// Reads a variant of a union from the entries.
    pub fn object<T: Object>(&mut self) -> Option<T> {
        self.name = T::NAME;
        T::read(self)
    }

    /// Reads a variant that the document does not list, which in strict mode is an error.
    pub fn unknown(&mut self) -> Option<Value> {
        self.unknown = true;
        let value = self.whole();
        self.good(value)
    }

    fn whole(&mut self) -> Result<Value, A::Error> {
        if state::refuses_unlisted() {
            let message = "a variant that the document does not list";
            return Err(A::Error::custom(message));
        }
        match self.instead.take() {
            Some(value) => Ok(*value),
            None => Value::deserialize(MapAccessDeserializer::new(&mut self.map))
                .map(|value| self.with_tag_in_place(value)),
        }
    }

    /// What the entries make, or what went wrong with them.
    pub(crate) fn finish<T>(self, value: Option<T>) -> Result<T, A::Error> {
        match (self.error, value) {
            (None, _) if self.awaits_tag => Err(A::Error::custom("the tag was another")),
            (None, Some(value)) => Ok(value),
            (Some(error), _) => Err(error),
            (None, None) => Err(A::Error::custom(format_args!("no {}", self.name))),
        }
    }

    /// A result without its error, which is kept.
    #[inline]
    fn good<T>(&mut self, result: Result<T, A::Error>) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(error) => {
                self.fail(error);
                None
            }
        }
    }

    /// Keeps an error, unless there is one already.
    #[cold]
    fn fail(&mut self, error: A::Error) {
        self.error.get_or_insert(error);
    }

    /// The value with its tag where it stands in the input.
    fn with_tag_in_place(&self, mut value: Value) -> Value {
        if self.before_tag > 0
            && let (Some(key), Value::Object(members)) = (self.tag, &mut value)
            && let Some(tag) = members.shift_remove(key)
        {
            let place = self.before_tag.min(members.len());
            members.shift_insert(place, key.to_owned(), tag);
        }
        value
    }

    /// Whether the entries were read by [`unknown`](Self::unknown).
    pub(crate) fn is_unknown(&self) -> bool {
        self.unknown
    }

    /// The key of the current entry.
    fn key(&self) -> &str {
        self.fields.get(self.current).copied().unwrap_or(&self.key)
    }

    fn compare(&mut self, expected: Constant) -> Result<(), A::Error> {
        let mut other = None;
        self.map.next_value_seed(Checked(&mut |content| {
            if expected.is(&content) {
                return Ok(());
            }
            if state::refuses_other_constants() {
                return Err(expected.refusal(&content));
            }
            other = Some(content.to_value());
            Ok(())
        }))?;
        if self.awaits_tag && self.tag == Some(self.key()) {
            self.awaits_tag = false;
            if other.is_some() {
                return Err(A::Error::custom("the tag is another"));
            }
        }
        if let Some(value) = other {
            self.note(DriftKind::OtherConstant, format_args!("{value}"));
        }
        Ok(())
    }

    /// Whether the current entry, which is not among the fields, is the tag: the union knows it, though the variant may
    /// not.
    fn is_tag(&self) -> bool {
        self.tag.is_some_and(|tag| tag == self.key)
    }

    /// Notes something about the current entry.
    #[cold]
    fn note(&self, kind: DriftKind, value: fmt::Arguments<'_>) {
        state::note_at(self.key(), kind, self.name, value);
    }

    #[cold]
    fn forbidden_null(&self) -> Result<(), A::Error> {
        if state::refuses_unlisted() {
            let error = A::Error::invalid_type(Unexpected::Unit, &"a value or nothing at all");
            return Err(trail::at_key(error, self.key()));
        }
        self.note(DriftKind::Null, format_args!("null"));
        Ok(())
    }

    #[cold]
    fn repeated(&self) -> Result<(), A::Error> {
        let key = self.key();
        if state::refuses_unlisted() {
            let error = A::Error::custom(format_args!("duplicate field `{key}`"));
            return Err(trail::at_key(error, key));
        }
        self.note(DriftKind::DuplicateField, format_args!(""));
        Ok(())
    }

    #[cold]
    fn absent(&mut self, index: usize) {
        if self.error.is_some() {
            return;
        }
        let field = self.fields.get(index).copied().unwrap_or_default();
        if state::refuses_unlisted() {
            return self.fail(missing(field));
        }
        let kind = DriftKind::MissingConstant;
        state::note_at(field, kind, self.name, format_args!(""));
    }

    /// What is made of a value that could not be read: where that is repaired, it is read once more without the items
    /// inside it that are to blame, and counts as missing if that is of no use.
    #[cold]
    fn value_again<T: Deserialize<'de>>(&mut self, error: A::Error) -> Result<Option<T>, A::Error> {
        if !state::is_repairing() {
            return Err(error);
        }
        let mut error = error;
        if state::again(Some(self.key())) {
            let content: Content<'de> = self.map.next_value()?;
            let step = || Step::Key(self.key().to_owned());
            let read = || T::deserialize(Buffered::content(&content));
            loop {
                match inside(step, &content, read) {
                    Ok(value) => return Ok(Some(value)),
                    Err(_) if state::again(Some(self.key())) => {}
                    Err(last) => {
                        error = last;
                        break;
                    }
                }
            }
        }
        let message = error.to_string();
        self.note(DriftKind::Misfit, format_args!("{message}"));
        Ok(None)
    }

    #[cold]
    fn missing<T: Deserialize<'de>>(&mut self, name: &'static str) -> Option<T> {
        if self.error.is_some() {
            return None;
        }
        let value = self.empty(name);
        self.good(value)
    }

    /// An empty value for the required property `name`, where what is missing is repaired.
    #[cold]
    fn empty<T: Deserialize<'de>>(&self, name: &'static str) -> Result<T, A::Error> {
        if state::is_repairing() && !self.is_of_another_type() {
            let value = repair::empty::<T, A::Error>();
            if let Some(value) = value {
                if !self.was_there(name) {
                    state::note_at(name, DriftKind::MissingField, self.name, format_args!(""));
                }
                return Ok(value);
            }
        }
        Err(missing(name))
    }

    /// Whether the whole input has nothing in common with this type: it is a proxy's error, say.
    fn is_of_another_type(&self) -> bool {
        state::is_at_root() && self.tag.is_none() && self.seen.is_empty() && !self.key.is_empty()
    }

    /// Whether the property was there, though it could not be read.
    fn was_there(&self, name: &str) -> bool {
        let index = self.fields.iter().position(|field| *field == name);
        index.is_some_and(|index| self.seen.contains(index))
    }
}

/// The error that a property is not there, at the place where it should be.
#[cold]
pub(crate) fn missing<E: Error>(name: &'static str) -> E {
    trail::at_key(E::missing_field(name), name)
}

mod seen;

#[cfg(test)]
mod tests;
