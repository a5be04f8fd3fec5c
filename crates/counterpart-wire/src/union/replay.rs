//! The entries of an object whose tag has been looked for.
//!
//! In: an object's entries. Out: its tag, and the same entries again: first those that came before the tag (buffered),
//! then the tag, then the others straight from the format. When the tag comes first, or when the format can
//! [look ahead](crate::json::LOOK_AHEAD), nothing is buffered. Then a key that only one variant has may stand in for the
//! tag, which is still to come.

use super::tag::{Found, TagSeed, TagValue};
use crate::content::{Buffered, Content, inside};
use crate::key::KeySeed;
use crate::state;
use crate::trail::{self, Step};
use serde::de::value::{BorrowedStrDeserializer, StrDeserializer};
use serde::de::{DeserializeSeed, MapAccess};
use std::borrow::Cow;

type Entry<'de> = (Cow<'de, str>, Content<'de>);

/// The entries up to the tag, or all of them if it is missing.
pub(crate) struct Head<'de> {
    before: Vec<Entry<'de>>,
    tag: Option<Entry<'de>>,
    /// How many entries stand before the tag in the input that come after it now.
    skipped: usize,
    /// The key that told the tag, whose value is the next of the map, and that tag.
    told: Option<Telling>,
}

/// A key that only one variant has, and the tag of that variant.
type Telling = (&'static str, &'static str);

impl<'de> Head<'de> {
    /// No entries.
    pub(crate) const EMPTY: Self = Self {
        before: Vec::new(),
        tag: None,
        skipped: 0,
        told: None,
    };

    /// Reads up to the entry called `name`, or to the key that tells its value if the format can look ahead.
    pub(crate) fn read<A: MapAccess<'de>>(
        name: &'static str,
        telling: &'static [Telling],
        map: &mut A,
    ) -> Result<Self, A::Error> {
        let mut other = Cow::Borrowed("");
        let mut seed = KeySeed {
            names: &[name],
            hint: 0,
            other: &mut other,
        };
        let mut head = Self::EMPTY;
        let mut next = match state::is_quick() {
            false => map.next_key_seed(seed.again())?,
            true => match map.next_key_seed(TagSeed {
                tag: seed.again(),
                telling,
            })? {
                None => None,
                Some(Found::Next(key)) => Some(key),
                Some(Found::Nowhere) => map.next_key_seed(seed.again())?,
                Some(Found::Behind(skipped)) => {
                    head.skipped = skipped;
                    Some(0)
                }
                Some(Found::Told(telling)) => {
                    head.told = Some(*telling);
                    return Ok(head);
                }
            },
        };
        while let Some(key) = next {
            if key == 0 {
                head.tag = Some((Cow::Borrowed(name), map.next_value_seed(TagValue)?));
                break;
            }
            let key = std::mem::take(seed.other);
            head.before.push((key, map.next_value()?));
            next = map.next_key_seed(seed.again())?;
        }
        Ok(head)
    }

    /// The tag as a text, unless it is missing.
    pub(crate) fn tag(&self) -> Option<Cow<'_, str>> {
        if let Some((_, tag)) = self.told {
            return Some(Cow::Borrowed(tag));
        }
        self.tag.as_ref().and_then(|(_, tag)| tag.scalar_text())
    }

    /// Whether the tag has not been met, and is what another key says it must be.
    pub(crate) fn is_told(&self) -> bool {
        self.told.is_some()
    }

    /// How many entries stand before the tag in the input that come after it now.
    pub(crate) fn skipped(&self) -> usize {
        self.skipped
    }

    #[inline]
    fn entry(&self, index: usize) -> Option<&Entry<'de>> {
        match self.before.get(index) {
            None if index == self.before.len() => self.tag.as_ref(),
            entry => entry,
        }
    }
}

/// All entries: those of a [`Head`], then what is left of the map that it was read from.
pub(crate) struct Replay<'h, 'de, A> {
    head: &'h Head<'de>,
    next: usize,
    /// The entry of the head whose key was given last; none once the map itself is being read.
    current: Option<&'h Entry<'de>>,
    map: A,
}

impl<'h, 'de, A> Replay<'h, 'de, A> {
    pub(crate) fn new(head: &'h Head<'de>, map: A) -> Self {
        Self {
            head,
            next: 0,
            current: None,
            map,
        }
    }
}

impl<'de, A: MapAccess<'de>> MapAccess<'de> for Replay<'_, 'de, A> {
    type Error = A::Error;

    #[inline]
    fn next_key_seed<K: DeserializeSeed<'de>>(
        &mut self,
        seed: K,
    ) -> Result<Option<K::Value>, A::Error> {
        if let Some((key, _)) = self.head.told {
            if self.next > 0 {
                return self.map.next_key_seed(seed);
            }
            self.next = 1;
            return seed
                .deserialize(BorrowedStrDeserializer::new(key))
                .map(Some);
        }
        self.current = self.head.entry(self.next);
        let Some((key, _)) = self.current else {
            // Without a tag the map has come to its end, behind which some formats read on.
            return match self.head.tag {
                Some(_) => self.map.next_key_seed(seed),
                None => Ok(None),
            };
        };
        self.next += 1;
        match key {
            Cow::Borrowed(key) => seed.deserialize(BorrowedStrDeserializer::new(key)),
            Cow::Owned(key) => seed.deserialize(StrDeserializer::new(key)),
        }
        .map(Some)
    }

    fn next_value_seed<V: DeserializeSeed<'de>>(&mut self, seed: V) -> Result<V::Value, A::Error> {
        match self.current {
            None => self.map.next_value_seed(seed),
            Some((key, value)) => {
                let step = || Step::Key(key.to_string());
                inside(step, value, || seed.deserialize(Buffered::content(value)))
                    .map_err(|error| trail::at_key(error, key))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde::de::value::MapDeserializer;
    use serde_json::Value;

    /// The head up to `tag`, and then all entries as they are replayed.
    fn replayed(entries: &[(&str, i64)]) -> (usize, Option<String>, Vec<(String, Value)>) {
        let entries = entries.iter().copied();
        let mut map = MapDeserializer::<_, serde_json::Error>::new(entries);
        let head = Head::read("tag", &[], &mut map).unwrap();
        let mut replay = Replay::new(&head, map);
        let mut all = Vec::new();
        while let Some(entry) = replay.next_entry().unwrap() {
            all.push(entry);
        }
        assert!(
            replay.next_key::<String>().unwrap().is_none(),
            "the end stays the end"
        );
        (head.before.len(), head.tag().map(Cow::into_owned), all)
    }

    #[test]
    fn entries_come_in_the_order_of_the_input() {
        let entries = [("a", 1), ("tag", 7), ("b", 2), ("tag", 8)];
        for first in 0..2 {
            let entries = &entries[first..];
            let (buffered, tag, all) = replayed(entries);
            assert_eq!(
                buffered,
                1 - first,
                "only what comes before the tag is buffered"
            );
            assert_eq!(tag.as_deref(), Some("7"));
            let expected: Vec<_> = entries
                .iter()
                .map(|(key, value)| (key.to_string(), Value::from(*value)))
                .collect();
            assert_eq!(all, expected);
        }
    }

    #[test]
    fn a_missing_tag_leaves_all_entries() {
        let (buffered, tag, all) = replayed(&[("a", 1), ("b", 2)]);
        assert_eq!((buffered, tag, all.len()), (2, None, 2));
        assert_eq!(replayed(&[]), (0, None, Vec::new()));
    }
}
