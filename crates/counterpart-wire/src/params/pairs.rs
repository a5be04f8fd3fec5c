//! The names and values of a query or of the header `Cookie`, in their order.
//!
//! Names are kept decoded, so that `include[]` and `include%5B%5D` are equal. Values are kept percent-encoded, because
//! in `color=a%2Cb,c` only one of the commas is a delimiter.

use std::borrow::Cow;

use super::{ParamError, Place, escape, tree};

/// An ordered multimap of names and values: what a query or the header `Cookie` is made of.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pairs {
    /// Decoded name, percent-encoded value.
    pairs: Vec<(String, String)>,
}

impl Pairs {
    /// No pairs.
    pub const fn new() -> Self {
        Self { pairs: Vec::new() }
    }

    /// The pairs of a URL's query, which is given without its `?`. A `+` is a space. What does not decode to UTF-8 is
    /// an error.
    pub fn parse_query(raw: &str) -> Result<Self, ParamError> {
        let parts = raw.split('&').filter(|part| !part.is_empty());
        Self::parse(Place::Query, parts.map(|part| part.replace('+', "%20")))
    }

    /// The pairs of a header `Cookie`. Quotes around a value are no part of it.
    pub fn parse_cookies(raw: &str) -> Result<Self, ParamError> {
        let parts = raw
            .split(';')
            .map(escape::trim)
            .filter(|part| !part.is_empty());
        Self::parse(Place::Cookie, parts.map(str::to_owned))
    }

    fn parse(place: Place, parts: impl Iterator<Item = String>) -> Result<Self, ParamError> {
        let mut pairs = Self::new();
        for part in parts {
            let (name, value) = part.split_once('=').unwrap_or((&part, ""));
            let invalid = |reason| ParamError::new(place, name, reason);
            let value = match place {
                Place::Cookie => unquoted(value),
                Place::Path | Place::Query | Place::Header => value,
            };
            // Values are decoded when they are read. That they can be is known from here on.
            escape::decode(value).map_err(invalid)?;
            pairs.push_raw(escape::decode(name).map_err(invalid)?, value.to_owned());
        }
        Ok(pairs)
    }

    /// Appends a pair, neither part of which is encoded.
    pub fn push(&mut self, name: impl Into<String>, value: &str) {
        self.push_raw(name, escape::encode(value));
    }

    /// Appends a pair whose value is percent-encoded.
    pub(super) fn push_raw(&mut self, name: impl Into<String>, value: String) {
        self.pairs.push((name.into(), value));
    }

    /// Appends all pairs of another.
    pub fn append(&mut self, mut other: Self) {
        self.pairs.append(&mut other.pairs);
    }

    /// Removes every pair of this name, and those that `deepObject` derives from it (`name[key]`).
    pub fn remove(&mut self, name: &str) {
        self.pairs
            .retain(|(found, _)| tree::keys(name, found).is_none());
    }

    /// The pairs that have one of these names.
    pub fn only(&self, names: &[&str]) -> Self {
        let pairs = self
            .pairs
            .iter()
            .filter(|(name, _)| names.contains(&name.as_str()));
        Self {
            pairs: pairs.cloned().collect(),
        }
    }

    /// The decoded value of the first pair of this name.
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.iter()
            .find(|(found, _)| *found == name)
            .map(|(_, value)| value)
    }

    /// All names and decoded values, in their order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, Cow<'_, str>)> {
        // Values that do not decode were refused by `parse`, and the rest are of our own encoding.
        self.raw()
            .map(|(name, value)| (name, escape::decode(value).unwrap_or_default()))
    }

    /// All decoded names and encoded values, in their order.
    pub(super) fn raw(&self) -> impl Iterator<Item = (&str, &str)> {
        self.pairs
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// The number of pairs.
    pub fn len(&self) -> usize {
        self.pairs.len()
    }

    /// True if there is no pair.
    pub fn is_empty(&self) -> bool {
        self.pairs.is_empty()
    }

    /// The pairs as a URL's query, without `?`; names are percent-encoded like values: `include%5B%5D=content`.
    pub fn to_query(&self) -> String {
        self.joined("&")
    }

    /// The pairs as the value of a header `Cookie`.
    pub fn to_cookies(&self) -> String {
        self.joined("; ")
    }

    fn joined(&self, delimiter: &str) -> String {
        let mut text = String::new();
        for (name, value) in &self.pairs {
            if !text.is_empty() {
                text.push_str(delimiter);
            }
            text.push_str(&escape::encode(name));
            text.push('=');
            text.push_str(value);
        }
        text
    }
}

fn unquoted(value: &str) -> &str {
    value
        .strip_prefix('"')
        .and_then(|value| value.strip_suffix('"'))
        .unwrap_or(value)
}
