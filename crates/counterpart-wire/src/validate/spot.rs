//! One value and its place: what rules are called on.

use std::fmt;

use indexmap::IndexMap;
use serde_json::{Map, Number, Value};

use super::Validate;
use super::checker::Checker;
use super::format;
use super::path::{Path, Step};
use super::pattern::Pattern;
use super::violation::{Rule, Violation, Violations};
use crate::Base64;

/// A value, if there is one, and where it stands. Every rule gives it back, so that rules are called in a row.
pub struct Spot<'a, T> {
    found: &'a mut Violations,
    path: Path<'a>,
    value: Option<&'a T>,
}

impl<T> fmt::Debug for Spot<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Spot")
            .field("path", &self.path.pointer())
            .finish_non_exhaustive()
    }
}

impl<'a, T> Spot<'a, T> {
    pub(super) fn new(found: &'a mut Violations, path: Path<'a>, value: Option<&'a T>) -> Self {
        Self { found, path, value }
    }

    /// Reports a rule that is broken.
    pub(super) fn report(&mut self, rule: Rule, actual: Option<String>) {
        self.found.add(|| Violation {
            pointer: self.path.pointer(),
            path: self.path.dotted(),
            rule,
            actual,
        });
    }

    /// Checks a value that is not what `keeps` asks for.
    fn rule(
        mut self,
        keeps: impl FnOnce(&T) -> bool,
        broken: impl FnOnce(&T) -> (Rule, Option<String>),
    ) -> Self {
        if let Some(value) = self.value
            && !keeps(value)
        {
            let (rule, actual) = broken(value);
            self.report(rule, actual);
        }
        self
    }
}

impl<T: Validate> Spot<'_, T> {
    /// What the value's own type says of it.
    pub fn nested(self) -> Self {
        if let Some(value) = self.value {
            value.check(&mut Checker::at(self.found, &self.path));
        }
        self
    }
}

impl<T> Spot<'_, Option<T>> {
    /// What holds for the value unless it is `null`.
    pub fn present(self, check: impl for<'i> Fn(Spot<'i, T>) -> Spot<'i, T>) -> Self {
        let value = self.value.and_then(Option::as_ref);
        check(Spot::new(self.found, self.path, value));
        self
    }
}

impl<T: Limit> Spot<'_, T> {
    /// `minimum`.
    pub fn minimum(self, limit: T) -> Self {
        let limited = |value: &T| (Rule::Minimum(limit.number()), Some(show(*value)));
        self.rule(|value| *value >= limit, limited)
    }

    /// `maximum`.
    pub fn maximum(self, limit: T) -> Self {
        let limited = |value: &T| (Rule::Maximum(limit.number()), Some(show(*value)));
        self.rule(|value| *value <= limit, limited)
    }

    /// `exclusiveMinimum`.
    pub fn exclusive_minimum(self, limit: T) -> Self {
        let limited = |value: &T| (Rule::ExclusiveMinimum(limit.number()), Some(show(*value)));
        self.rule(|value| *value > limit, limited)
    }

    /// `exclusiveMaximum`.
    pub fn exclusive_maximum(self, limit: T) -> Self {
        let limited = |value: &T| (Rule::ExclusiveMaximum(limit.number()), Some(show(*value)));
        self.rule(|value| *value < limit, limited)
    }

    /// `multipleOf`.
    pub fn multiple_of(self, unit: T) -> Self {
        let limited = |value: &T| (Rule::MultipleOf(unit.number()), Some(show(*value)));
        self.rule(|value| value.is_multiple(unit), limited)
    }
}

fn show(value: impl Limit) -> String {
    value.number().to_string()
}

impl Spot<'_, String> {
    /// `minLength`, in Unicode scalar values.
    pub fn min_length(self, limit: usize) -> Self {
        let length = |text: &String| text.chars().count();
        // No text has fewer bytes than characters.
        self.rule(
            |text| text.len() >= limit && length(text) >= limit,
            |text| (Rule::MinLength(limit), Some(length(text).to_string())),
        )
    }

    /// `maxLength`, in Unicode scalar values.
    pub fn max_length(self, limit: usize) -> Self {
        let length = |text: &String| text.chars().count();
        self.rule(
            |text| text.len() <= limit || length(text) <= limit,
            |text| (Rule::MaxLength(limit), Some(length(text).to_string())),
        )
    }

    /// `pattern`; see [`pattern!`](crate::pattern!). The text is not repeated in the violation: it may be a secret.
    pub fn pattern(self, pattern: &'static Pattern) -> Self {
        self.rule(
            |text| pattern.matches(text),
            |_| (Rule::Pattern(pattern.as_str()), None),
        )
    }

    /// `format: uri`.
    pub fn uri(self) -> Self {
        self.format("uri", format::is_uri)
    }

    /// `format: date-time`.
    pub fn date_time(self) -> Self {
        self.format("date-time", format::is_date_time)
    }

    /// `format: date`.
    pub fn date(self) -> Self {
        self.format("date", format::is_date)
    }

    /// `format: uuid`.
    pub fn uuid(self) -> Self {
        self.format("uuid", format::is_uuid)
    }

    /// `format: byte`.
    pub fn base64(self) -> Self {
        self.format("byte", format::is_base64)
    }

    fn format(self, name: &'static str, has: fn(&str) -> bool) -> Self {
        self.rule(|text| has(text), |_| (Rule::Format(name), None))
    }
}

/// Limits of the text that bytes are written as, not of the bytes themselves.
impl Spot<'_, Base64> {
    /// `minLength`.
    pub fn min_length(self, limit: usize) -> Self {
        self.rule(
            |bytes| bytes.text_len() >= limit,
            |bytes| (Rule::MinLength(limit), Some(bytes.text_len().to_string())),
        )
    }

    /// `maxLength`.
    pub fn max_length(self, limit: usize) -> Self {
        self.rule(
            |bytes| bytes.text_len() <= limit,
            |bytes| (Rule::MaxLength(limit), Some(bytes.text_len().to_string())),
        )
    }
}

impl<T> Spot<'_, Vec<T>> {
    /// `minItems`.
    pub fn min_items(self, limit: usize) -> Self {
        let limited = |list: &Vec<T>| (Rule::MinItems(limit), Some(list.len().to_string()));
        self.rule(|list| list.len() >= limit, limited)
    }

    /// `maxItems`.
    pub fn max_items(self, limit: usize) -> Self {
        let limited = |list: &Vec<T>| (Rule::MaxItems(limit), Some(list.len().to_string()));
        self.rule(|list| list.len() <= limit, limited)
    }

    /// What holds for each item.
    pub fn each(self, check: impl for<'i> Fn(Spot<'i, T>) -> Spot<'i, T>) -> Self {
        for (index, item) in self.value.into_iter().flatten().enumerate() {
            let path = Path {
                parent: Some(&self.path),
                step: Step::Index(index),
            };
            check(Spot::new(self.found, path, Some(item)));
        }
        self
    }
}

impl<T: PartialEq> Spot<'_, Vec<T>> {
    /// `uniqueItems`.
    pub fn unique_items(self) -> Self {
        self.rule(
            |list| twins(list).is_none(),
            |list| {
                let twins = twins(list).map(|(first, second)| format!("{first} and {second}"));
                (Rule::UniqueItems, twins)
            },
        )
    }
}

/// The places of two items that are equal. Items need not be hashable, so each is compared with those before it; lists
/// that are this limited are short.
fn twins<T: PartialEq>(list: &[T]) -> Option<(usize, usize)> {
    list.iter().enumerate().find_map(|(second, item)| {
        let first = list[..second].iter().position(|other| other == item)?;
        Some((first, second))
    })
}

impl<T: Count> Spot<'_, T> {
    /// `minProperties`.
    pub fn min_properties(self, limit: usize) -> Self {
        let limited = |map: &T| (Rule::MinProperties(limit), Some(map.count().to_string()));
        self.rule(|map| map.count() >= limit, limited)
    }

    /// `maxProperties`.
    pub fn max_properties(self, limit: usize) -> Self {
        let limited = |map: &T| (Rule::MaxProperties(limit), Some(map.count().to_string()));
        self.rule(|map| map.count() <= limit, limited)
    }
}

impl<T> Spot<'_, IndexMap<String, T>> {
    /// What holds for each value of the map.
    pub fn each_value(self, check: impl for<'i> Fn(Spot<'i, T>) -> Spot<'i, T>) -> Self {
        for (key, value) in self.value.into_iter().flatten() {
            let path = Path {
                parent: Some(&self.path),
                step: Step::Key(key),
            };
            check(Spot::new(self.found, path, Some(value)));
        }
        self
    }
}

/// What has a number of entries.
pub trait Count {
    /// How many.
    fn count(&self) -> usize;
}

impl<T> Count for IndexMap<String, T> {
    fn count(&self) -> usize {
        self.len()
    }
}

impl Count for Map<String, Value> {
    fn count(&self) -> usize {
        self.len()
    }
}

/// A number that can be limited.
pub trait Limit: Copy + PartialOrd {
    /// The number as JSON has it.
    fn number(self) -> Number;

    /// Whether it is a whole multiple of `unit`; anything is one of zero, which no document should ask for.
    fn is_multiple(self, unit: Self) -> bool;
}

macro_rules! whole {
    ($($ty:ty)*) => {$(
        impl Limit for $ty {
            fn number(self) -> Number {
                Number::from(self)
            }

            fn is_multiple(self, unit: Self) -> bool {
                self.checked_rem(unit).is_none_or(|rest| rest == 0)
            }
        }
    )*};
}

whole!(i32 i64 u32 u64);

impl Limit for f64 {
    fn number(self) -> Number {
        // A whole number is shown as a person would write it, as far as every one of them is exact.
        let whole = self.fract() == 0.0 && self.abs() < 9_007_199_254_740_992.0;
        match whole {
            true => Number::from(self as i64),
            // JSON has no infinities, so no value and no limit is one.
            false => Number::from_f64(self).unwrap_or_else(|| Number::from(0)),
        }
    }

    fn is_multiple(self, unit: Self) -> bool {
        let times = self / unit;
        // 0.3 is no exact multiple of 0.1 in binary, and is one to whoever wrote the document.
        !times.is_finite() || (times - times.round()).abs() <= 1e-9 * times.abs().max(1.0)
    }
}
