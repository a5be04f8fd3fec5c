//! The keys of an object: how many there are, and which must be there together.

use std::fmt;

use serde::Serialize;

use crate::object::Object;
use crate::writer::Writer;

use super::spot::Spot;
use super::violation::Rule;

/// The keys that an object writes; [`Checker::keys`](super::Checker::keys) makes it.
pub struct Keys<'a> {
    spot: Spot<'a, ()>,
    names: Vec<String>,
}

impl fmt::Debug for Keys<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Keys").field(&self.names).finish()
    }
}

impl<'a> Keys<'a> {
    pub(super) fn new(spot: Spot<'a, ()>, object: &impl Object) -> Self {
        let mut names = Names(Vec::new());
        object.write(&mut names);
        Self {
            spot,
            names: names.0,
        }
    }

    /// `minProperties`.
    pub fn at_least(self, limit: usize) -> Self {
        let keeps = self.names.len() >= limit;
        self.rule(keeps, Rule::MinProperties(limit))
    }

    /// `maxProperties`.
    pub fn at_most(self, limit: usize) -> Self {
        let keeps = self.names.len() <= limit;
        self.rule(keeps, Rule::MaxProperties(limit))
    }

    /// `oneOf` of nothing but `required`: exactly one of the sets is there as a whole.
    pub fn one_of(mut self, sets: &'static [&'static [&'static str]]) -> Self {
        if self.whole(sets) != 1 {
            self.spot.report(Rule::OneOf(sets), None);
        }
        self
    }

    /// `anyOf` of nothing but `required`: at least one of the sets is there as a whole.
    pub fn any_of(mut self, sets: &'static [&'static [&'static str]]) -> Self {
        if self.whole(sets) == 0 {
            self.spot.report(Rule::AnyOf(sets), None);
        }
        self
    }

    /// How many of the sets are there as a whole.
    fn whole(&self, sets: &[&[&str]]) -> usize {
        let has = |name: &&str| self.names.iter().any(|own| own == name);
        sets.iter().filter(|set| set.iter().all(has)).count()
    }

    fn rule(mut self, keeps: bool, rule: Rule) -> Self {
        if !keeps {
            self.spot.report(rule, Some(self.names.len().to_string()));
        }
        self
    }
}

/// Keeps the keys of what is written.
struct Names(Vec<String>);

impl Writer for Names {
    fn entry<T: Serialize + ?Sized>(&mut self, key: &str, _: &T) {
        self.0.push(key.to_owned());
    }
}
