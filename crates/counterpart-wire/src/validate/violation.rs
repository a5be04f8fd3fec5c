//! What is wrong with a value, and where.

use std::fmt;

use serde_json::Number;

use crate::shorten::shorten;

/// At most this many violations are kept: a hostile list must not make an endless report.
const MOST: usize = 100;

/// A value that is not within a limit.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Violation {
    /// Where the value stands, as a JSON pointer: `/messages/0/content`. Empty for the whole.
    pub pointer: String,
    /// The same place as errors of decoding have it: `messages[0].content`.
    pub path: String,
    /// The rule with its limit.
    pub rule: Rule,
    /// What there is instead: the number, the length, or how many.
    pub actual: Option<String>,
}

impl fmt::Display for Violation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.pointer.is_empty() {
            write!(f, "{}: ", shorten(self.pointer.clone(), 200))?;
        }
        write!(f, "{}", self.rule)?;
        match &self.actual {
            Some(actual) => write!(f, " ({actual})"),
            None => Ok(()),
        }
    }
}

/// A rule of the document, with its limit. Displayed as what is wrong where it is broken.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// `minimum`.
    Minimum(Number),
    /// `exclusiveMinimum`.
    ExclusiveMinimum(Number),
    /// `maximum`.
    Maximum(Number),
    /// `exclusiveMaximum`.
    ExclusiveMaximum(Number),
    /// `multipleOf`.
    MultipleOf(Number),
    /// `minLength`, in Unicode scalar values.
    MinLength(usize),
    /// `maxLength`, in Unicode scalar values.
    MaxLength(usize),
    /// `pattern`.
    Pattern(&'static str),
    /// `format`, of a text.
    Format(&'static str),
    /// `minItems`.
    MinItems(usize),
    /// `maxItems`.
    MaxItems(usize),
    /// `uniqueItems`.
    UniqueItems,
    /// `minProperties`.
    MinProperties(usize),
    /// `maxProperties`.
    MaxProperties(usize),
    /// Exactly one of these sets of properties must be there as a whole.
    OneOf(&'static [&'static [&'static str]]),
    /// At least one of these sets of properties must be there as a whole.
    AnyOf(&'static [&'static [&'static str]]),
}

impl fmt::Display for Rule {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Minimum(limit) => write!(f, "less than {limit}"),
            Self::ExclusiveMinimum(limit) => write!(f, "not greater than {limit}"),
            Self::Maximum(limit) => write!(f, "greater than {limit}"),
            Self::ExclusiveMaximum(limit) => write!(f, "not less than {limit}"),
            Self::MultipleOf(unit) => write!(f, "not a multiple of {unit}"),
            Self::MinLength(limit) => write!(f, "shorter than {}", many(*limit, "character")),
            Self::MaxLength(limit) => write!(f, "longer than {}", many(*limit, "character")),
            Self::Pattern(pattern) => write!(f, "does not match the pattern {pattern}"),
            Self::Format(format) => write!(f, "not of the format {format}"),
            Self::MinItems(limit) => write!(f, "fewer than {}", many(*limit, "item")),
            Self::MaxItems(limit) => write!(f, "more than {}", many(*limit, "item")),
            Self::UniqueItems => f.write_str("two items are equal"),
            Self::MinProperties(limit) => write!(f, "fewer than {}", many(*limit, "property")),
            Self::MaxProperties(limit) => write!(f, "more than {}", many(*limit, "property")),
            Self::OneOf(sets) => write!(f, "exactly one is needed of {}", listed(sets)),
            Self::AnyOf(sets) => write!(f, "at least one is needed of {}", listed(sets)),
        }
    }
}

/// `1 item`, `2 items`, `2 properties`.
fn many(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

/// `id, name and place`.
fn listed(sets: &[&[&str]]) -> String {
    let sets: Vec<String> = sets.iter().map(|set| set.join(" and ")).collect();
    sets.join(", ")
}

/// Everything that is wrong with a value; at least one thing, and not more than a hundred are kept.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Violations {
    found: Vec<Violation>,
    more: usize,
}

impl Violations {
    /// Those that are kept, in the order of the type's fields.
    pub fn iter(&self) -> std::slice::Iter<'_, Violation> {
        self.found.iter()
    }

    /// The first.
    pub fn first(&self) -> Option<&Violation> {
        self.found.first()
    }

    /// How many there are beyond those that are kept.
    pub fn more(&self) -> usize {
        self.more
    }

    pub(super) fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    pub(super) fn add(&mut self, make: impl FnOnce() -> Violation) {
        match self.found.len() < MOST {
            true => self.found.push(make()),
            false => self.more += 1,
        }
    }
}

impl<'a> IntoIterator for &'a Violations {
    type Item = &'a Violation;
    type IntoIter = std::slice::Iter<'a, Violation>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// All of them in one line.
impl fmt::Display for Violations {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, violation) in self.found.iter().enumerate() {
            if index > 0 {
                f.write_str("; ")?;
            }
            write!(f, "{violation}")?;
        }
        match self.more {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

impl std::error::Error for Violations {}
