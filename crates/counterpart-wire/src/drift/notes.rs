//! The notes that a reading leaves, bounded whatever the input.

use super::{Drift, DriftKind};
use crate::trail;
use std::fmt::{self, Write};

/// How many notes are kept, and how many bytes of each value.
const MOST: usize = 100;
const LONGEST: usize = 200;

/// What becomes of notes.
#[derive(Default)]
pub(crate) enum Notes {
    /// Nothing: nobody asked for them.
    #[default]
    Ignored,
    /// Only whether there are any is of interest.
    Flagged(bool),
    /// They are kept.
    Kept(Vec<Drift>),
}

impl Notes {
    pub(crate) const fn kept() -> Self {
        Self::Kept(Vec::new())
    }

    /// Adds a note. Neither its text nor its path costs anything unless it is kept.
    pub(crate) fn add(
        &mut self,
        kind: DriftKind,
        of: &'static str,
        value: fmt::Arguments<'_>,
        path: impl FnOnce() -> String,
    ) {
        match self {
            Self::Ignored => {}
            Self::Flagged(flag) => *flag = true,
            Self::Kept(drifts) if drifts.len() == MOST => {}
            Self::Kept(drifts) => {
                let drift = Drift {
                    path: path(),
                    kind,
                    of,
                    value: bounded(value),
                };
                if kind.is_repair() || !drifts.iter().any(|said| is_same(said, &drift)) {
                    drifts.push(drift);
                }
            }
        }
    }

    /// Adds the notes of a value that was read by itself, whose place is `outer`.
    pub(crate) fn take_over(&mut self, drifts: Vec<Drift>, outer: &str) {
        for drift in drifts {
            let value = format_args!("{}", drift.value);
            let path = || trail::join(outer, &drift.path);
            self.add(drift.kind, drift.of, value, path);
        }
    }

    /// Whether there are none, or none of interest.
    pub(crate) fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        match self {
            Self::Ignored => 0,
            Self::Flagged(flag) => usize::from(*flag),
            Self::Kept(drifts) => drifts.len(),
        }
    }

    /// Forgets all but the first ones.
    pub(crate) fn truncate(&mut self, length: usize) {
        match self {
            Self::Ignored => {}
            Self::Flagged(flag) => *flag = *flag && length > 0,
            Self::Kept(drifts) => drifts.truncate(length),
        }
    }

    pub(crate) fn into_drifts(self) -> Vec<Drift> {
        match self {
            Self::Ignored | Self::Flagged(_) => Vec::new(),
            Self::Kept(drifts) => drifts,
        }
    }
}

/// Whether two notes say the same, but for the item of a list that they say it about.
fn is_same(one: &Drift, other: &Drift) -> bool {
    // What an unknown field holds differs from item to item, and it is the field that is news.
    let is_field = one.kind == DriftKind::UnknownField;
    one.kind == other.kind
        && one.of == other.of
        && (is_field || one.value == other.value)
        && without_indexes(&one.path).eq(without_indexes(&other.path))
}

/// A path's characters without the numbers of items.
fn without_indexes(path: &str) -> impl Iterator<Item = char> {
    let mut is_index = false;
    path.chars().filter(move |character| {
        is_index = *character == '[' || is_index && character.is_ascii_digit();
        !(is_index && character.is_ascii_digit())
    })
}

/// As much of a text as is kept.
fn bounded(text: fmt::Arguments<'_>) -> String {
    let mut bounded = Bounded(String::new());
    // Fails where the bound cuts the text off, which is what the bound is for.
    let _ = bounded.write_fmt(text);
    bounded.0
}

/// A text that grows to [`LONGEST`] bytes and no further.
struct Bounded(String);

impl Write for Bounded {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let mut end = text.len().min(LONGEST - self.0.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        self.0.push_str(&text[..end]);
        if end == text.len() {
            Ok(())
        } else {
            Err(fmt::Error)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn add(notes: &mut Notes, kind: DriftKind, path: &str, value: &str) {
        notes.add(kind, "Run", format_args!("{value}"), || path.to_owned());
    }

    fn pairs(notes: Notes) -> Vec<(String, String)> {
        let drifts = notes.into_drifts().into_iter();
        drifts.map(|drift| (drift.path, drift.value)).collect()
    }

    fn pair(path: &str, value: &str) -> (String, String) {
        (path.to_owned(), value.to_owned())
    }

    #[test]
    fn says_each_thing_once_but_each_repair_by_itself() {
        let mut notes = Notes::kept();
        for (kind, path, value) in [
            (DriftKind::UnknownField, "data[0].a", "1"),
            (DriftKind::UnknownField, "data[10].a", "2"),
            (DriftKind::UnknownField, "data[0].b", "1"),
            (DriftKind::UnknownValue, "data[0].a", "1"),
            (DriftKind::UnknownValue, "data[1].a", "1"),
            (DriftKind::UnknownValue, "data[1].a", "2"),
            (DriftKind::MissingField, "data[0].c", ""),
            (DriftKind::MissingField, "data[1].c", ""),
        ] {
            add(&mut notes, kind, path, value);
        }
        let expected = [
            pair("data[0].a", "1"),
            pair("data[0].b", "1"),
            pair("data[0].a", "1"),
            pair("data[1].a", "2"),
            pair("data[0].c", ""),
            pair("data[1].c", ""),
        ];
        assert_eq!(pairs(notes), expected);
    }

    #[test]
    fn only_numbers_in_brackets_are_indexes() {
        let same = |one, other| without_indexes(one).eq(without_indexes(other));
        assert!(same("a[1].b[22]", "a[333].b[4]"));
        assert!(!same("a1", "a2"));
        assert!(!same("a[1].b", "a[1].c"));
        assert!(!same("a[1]", "a"));
    }

    #[test]
    fn is_bounded() {
        let mut notes = Notes::kept();
        for number in 0..2 * MOST {
            let value = number.to_string();
            add(&mut notes, DriftKind::UnknownValue, "", &value);
        }
        assert_eq!(notes.len(), MOST);

        let mut notes = Notes::kept();
        // A character of two bytes across the bound is left out whole.
        let long = format!("-{}", "é".repeat(LONGEST));
        add(&mut notes, DriftKind::UnknownValue, "", &long);
        let cut = format!("-{}", "é".repeat(LONGEST / 2 - 1));
        assert_eq!(pairs(notes), [pair("", &cut)]);
    }

    #[test]
    fn a_flag_is_lowered_with_the_note_that_raised_it() {
        let mut notes = Notes::Flagged(false);
        add(&mut notes, DriftKind::Null, "", "");
        assert_eq!(notes.len(), 1);
        notes.truncate(1);
        assert_eq!(notes.len(), 1);
        notes.truncate(0);
        assert_eq!(notes.len(), 0);
    }
}
