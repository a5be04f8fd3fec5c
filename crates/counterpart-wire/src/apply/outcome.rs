//! What became of a delta.

use serde_json::Value;
use std::fmt;

/// What of a delta found no place in the value; nothing, as a rule.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Applied {
    leftovers: Vec<Leftover>,
}

impl Applied {
    /// Whether everything found its place.
    pub fn is_whole(&self) -> bool {
        self.leftovers.is_empty()
    }

    /// What found none.
    pub fn leftovers(&self) -> &[Leftover] {
        &self.leftovers
    }

    pub(super) fn add(&mut self, leftover: Leftover) {
        self.leftovers.push(leftover);
    }
}

/// A part of a delta that the value could not take.
#[derive(Debug, Clone, PartialEq)]
pub struct Leftover {
    /// Where it stands in the delta, as in `delta.content[2].text.quote`. In brackets is an item's `index`, or its
    /// position in the delta if it has none.
    pub path: String,
    /// The part itself.
    pub value: Value,
    /// What was in its way.
    pub why: Why,
}

impl fmt::Display for Leftover {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}: {}", self.path, self.why, self.value)
    }
}

/// Why a part of a delta found no place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Why {
    /// The delta has another id than the value.
    OtherId,
    /// The value has no such property, or one of another shape.
    NoPlace,
    /// What grows is of another kind: a text's delta for an image.
    OtherKind,
    /// The index is negative, or so far beyond the end of the list that what is between would have to be made up.
    Index,
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::OtherId => "belongs to another value",
            Self::NoPlace => "has no place in the whole",
            Self::OtherKind => "is of another kind than what came before",
            Self::Index => "has an index out of reach",
        })
    }
}
