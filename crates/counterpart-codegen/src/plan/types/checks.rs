//! What `validate` checks: which types have limits, themselves or in what they hold, and
//! which rules those are.

use std::collections::BTreeSet;

use serde_json::Number;

use crate::api::{Additional, Bounds, Kind, Object, SchemaId, StringFormat, Use};

use super::super::Input;
use super::super::ty::Type;
use super::model::Literal;

/// What is checked of a type, part by part.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Checks {
    /// What holds for the keys of an object.
    pub keys: Vec<Rule>,
    /// What holds for its parts, by the position of the member or the variant.
    pub parts: Vec<(usize, Check)>,
    /// What holds for the map of what is not listed.
    pub extra: Option<Check>,
}

impl Checks {
    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty() && self.parts.is_empty() && self.extra.is_none()
    }

    /// Whether a pattern is among them.
    pub fn has_pattern(&self) -> bool {
        let parts = self.parts.iter().map(|(_, check)| check);
        parts.chain(&self.extra).any(Check::has_pattern)
    }
}

/// What is checked of a value.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Check {
    /// Whether the value may be `null` inside a list, a map or a union.
    pub nullable: bool,
    /// What holds for the value itself.
    pub rules: Vec<Rule>,
    /// What holds for what is inside it.
    pub inner: Inner,
}

impl Check {
    /// Whether there is nothing to check.
    pub fn is_empty(&self) -> bool {
        self.rules.is_empty() && self.inner == Inner::Nothing
    }

    /// Whether a pattern is among the rules.
    pub fn has_pattern(&self) -> bool {
        let own = |rule: &Rule| matches!(rule.argument, Argument::Pattern(_));
        self.rules.iter().any(own)
            || match &self.inner {
                Inner::Items(inner) | Inner::Values(inner) => inner.has_pattern(),
                Inner::Nothing | Inner::Nested => false,
            }
    }

    /// Whether the type of the value says all that is checked.
    pub fn is_nested(&self) -> bool {
        self.rules.is_empty() && self.inner == Inner::Nested
    }
}

/// What holds for what is inside a value.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Inner {
    /// Nothing.
    #[default]
    Nothing,
    /// What its type says.
    Nested,
    /// This, for every item of a list.
    Items(Box<Check>),
    /// This, for every value of a map.
    Values(Box<Check>),
}

/// A rule: the method that checks it.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Its name.
    pub method: &'static str,
    /// What it takes.
    pub argument: Argument,
}

/// What a rule takes.
#[derive(Debug, Clone, PartialEq)]
pub enum Argument {
    /// Nothing.
    Nothing,
    /// A number of the value's own type.
    Number(Literal),
    /// How many, or how long.
    Count(u64),
    /// A regular expression.
    Pattern(String),
    /// Sets of keys.
    Sets(Vec<Vec<String>>),
}

/// The types that have limits, themselves or in what they hold.
pub(in crate::plan) fn checked(input: Input<'_>) -> BTreeSet<SchemaId> {
    let mut found = BTreeSet::new();
    // A type that holds itself has limits if anything else in it has, so the set only grows.
    loop {
        let before = found.len();
        for (id, _) in input.names.types() {
            if !found.contains(id) && !input.checks_of(*id, &found).is_empty() {
                found.insert(*id);
            }
        }
        if found.len() == before {
            return found;
        }
    }
}

impl Input<'_> {
    /// What is checked of a type.
    pub(super) fn checks(&self, id: SchemaId) -> Checks {
        self.checks_of(id, self.checked)
    }

    fn checks_of(&self, id: SchemaId, checked: &BTreeSet<SchemaId>) -> Checks {
        let schema = self.api.schema(id);
        match &schema.kind {
            Kind::Object(object) => self.object_checks(object, &schema.bounds, checked),
            Kind::Union(union) => {
                let payloads: Vec<Use> = match self.api.events.get(&id) {
                    Some(events) => events.variants.iter().map(|event| event.payload).collect(),
                    None => union.variants.iter().map(|variant| variant.ty).collect(),
                };
                Checks {
                    parts: self.parts(payloads.into_iter(), checked),
                    ..Checks::default()
                }
            }
            _ => Checks::default(),
        }
    }

    fn object_checks(
        &self,
        object: &Object,
        bounds: &Bounds,
        checked: &BTreeSet<SchemaId>,
    ) -> Checks {
        let extra = match object.additional {
            Additional::Typed(values) => inner(self.check_in(values, checked), Inner::Values),
            Additional::Refused | Additional::Tolerated => Inner::Nothing,
        };
        let extra = Check {
            inner: extra,
            ..Check::default()
        };
        Checks {
            keys: key_rules(bounds),
            parts: self.parts(object.fields.iter().map(|field| field.ty), checked),
            extra: (!extra.is_empty()).then_some(extra),
        }
    }

    fn parts(
        &self,
        values: impl Iterator<Item = Use>,
        checked: &BTreeSet<SchemaId>,
    ) -> Vec<(usize, Check)> {
        let checks = values.map(|ty| self.check_in(ty, checked)).enumerate();
        checks.filter(|(_, check)| !check.is_empty()).collect()
    }

    /// What is checked of a value.
    pub(in crate::plan) fn check(&self, ty: Use) -> Check {
        self.check_in(ty, self.checked)
    }

    fn check_in(&self, ty: Use, checked: &BTreeSet<SchemaId>) -> Check {
        let schema = self.api.schema(ty.schema);
        let bounds = &schema.bounds;
        let (rules, inner) = match &schema.kind {
            Kind::Object(_) | Kind::Union(_) => {
                let nested = checked.contains(&self.names.canonical(ty.schema));
                let inner = if nested {
                    Inner::Nested
                } else {
                    Inner::Nothing
                };
                (Vec::new(), inner)
            }
            kind @ (Kind::Integer { .. } | Kind::Number) => {
                (number_rules(bounds, &self.spelled(kind)), Inner::Nothing)
            }
            Kind::String(_) if self.api.files.contains(&ty.schema) => (Vec::new(), Inner::Nothing),
            kind @ Kind::String(format) if self.spelled(kind) == Type::Text => {
                (self.text_rules(*format, bounds), Inner::Nothing)
            }
            kind @ Kind::String(_) if self.spelled(kind) == Type::Base64 => {
                let (low, high) = (bounds.min_length, bounds.max_length);
                (
                    counts("min_length", low, "max_length", high),
                    Inner::Nothing,
                )
            }
            Kind::Array(items) => {
                let inner = inner(self.check_in(*items, checked), Inner::Items);
                (list_rules(bounds), inner)
            }
            Kind::Map(values) => {
                let inner = inner(self.check_in(*values, checked), Inner::Values);
                let (low, high) = (bounds.min_properties, bounds.max_properties);
                (counts("min_properties", low, "max_properties", high), inner)
            }
            _ => (Vec::new(), Inner::Nothing),
        };
        Check {
            nullable: ty.nullable,
            rules,
            inner,
        }
    }

    fn text_rules(&self, format: StringFormat, bounds: &Bounds) -> Vec<Rule> {
        let (low, high) = (bounds.min_length, bounds.max_length);
        let mut rules = counts("min_length", low, "max_length", high);
        let pattern = bounds.pattern.as_ref();
        if let Some(pattern) = pattern.and_then(|pattern| self.patterns.get(pattern)) {
            rules.push(Rule {
                method: "pattern",
                argument: Argument::Pattern(pattern.clone()),
            });
        }
        rules.extend(format_rule(format));
        rules
    }
}

/// What holds for a text of a format that is not a type of its own.
fn format_rule(format: StringFormat) -> Option<Rule> {
    let method = match format {
        StringFormat::DateTime => "date_time",
        StringFormat::Date => "date",
        StringFormat::Uuid => "uuid",
        StringFormat::Uri => "uri",
        StringFormat::Byte => "base64",
        StringFormat::Plain | StringFormat::Binary => return None,
    };
    let argument = Argument::Nothing;
    Some(Rule { method, argument })
}

/// What holds inside a list or a map, given what holds for each of its values.
fn inner(each: Check, make: impl FnOnce(Box<Check>) -> Inner) -> Inner {
    match () {
        () if each.is_empty() => Inner::Nothing,
        // Lists and maps of checked types are checked types.
        () if each.is_nested() => Inner::Nested,
        () => make(Box::new(each)),
    }
}

fn list_rules(bounds: &Bounds) -> Vec<Rule> {
    let (low, high) = (bounds.min_items, bounds.max_items);
    let mut rules = counts("min_items", low, "max_items", high);
    if bounds.unique_items {
        rules.push(Rule {
            method: "unique_items",
            argument: Argument::Nothing,
        });
    }
    rules
}

fn key_rules(bounds: &Bounds) -> Vec<Rule> {
    let (low, high) = (bounds.min_properties, bounds.max_properties);
    let mut rules = counts("at_least", low, "at_most", high);
    rules.extend(bounds.required_sets.iter().map(|(exactly, sets)| Rule {
        method: if *exactly { "one_of" } else { "any_of" },
        argument: Argument::Sets(sets.clone()),
    }));
    rules
}

fn counts(
    least: &'static str,
    low: Option<u64>,
    most: &'static str,
    high: Option<u64>,
) -> Vec<Rule> {
    let low = low.filter(|count| *count > 0).map(|count| (least, count));
    let high = high.map(|count| (most, count));
    let rules = low.into_iter().chain(high).map(|(method, count)| Rule {
        method,
        argument: Argument::Count(count),
    });
    rules.collect()
}

fn number_rules(bounds: &Bounds, ty: &Type) -> Vec<Rule> {
    let low = bounds.minimum.as_ref().and_then(|(limit, exclusive)| {
        let (limit, exclusive) = limit_of(limit, *exclusive, ty, f64::ceil)?;
        // An unsigned type says it already.
        let unsigned = matches!(ty, Type::U32 | Type::U64);
        if unsigned && !exclusive && limit == Literal::Integer(0) {
            return None;
        }
        let method = if exclusive {
            "exclusive_minimum"
        } else {
            "minimum"
        };
        Some((method, limit))
    });
    let high = bounds.maximum.as_ref().and_then(|(limit, exclusive)| {
        let (limit, exclusive) = limit_of(limit, *exclusive, ty, f64::floor)?;
        let method = if exclusive {
            "exclusive_maximum"
        } else {
            "maximum"
        };
        Some((method, limit))
    });
    let unit = bounds.multiple_of.as_ref().and_then(|unit| {
        let positive = unit.as_f64().is_some_and(|unit| unit > 0.0);
        let (unit, exact) = limit_of(unit, true, ty, f64::floor)?;
        (positive && exact).then_some(("multiple_of", unit))
    });
    let rules = low.into_iter().chain(high).chain(unit);
    let rules = rules.map(|(method, limit)| Rule {
        method,
        argument: Argument::Number(limit),
    });
    rules.collect()
}

/// A limit in the type of what it limits; `None` where the type cannot reach it. Whole numbers
/// keep to a fraction if they keep to the next whole one inwards, itself included.
fn limit_of(
    limit: &Number,
    exclusive: bool,
    ty: &Type,
    inwards: impl Fn(f64) -> f64,
) -> Option<(Literal, bool)> {
    if *ty == Type::F64 {
        return Some((Literal::Float(limit.as_f64()?), exclusive));
    }
    let (whole, exclusive) = match limit.as_i64() {
        Some(whole) => (whole, exclusive),
        None => {
            let number = limit.as_f64()?;
            let whole = inwards(number);
            // Beyond this not every whole number is a float, and no limit is meant.
            if whole.abs() >= 9_007_199_254_740_992.0 {
                return None;
            }
            (whole as i64, exclusive && whole == number)
        }
    };
    let fits = match ty {
        Type::I32 => i32::try_from(whole).is_ok(),
        Type::U32 => u32::try_from(whole).is_ok(),
        Type::U64 => whole >= 0,
        _ => true,
    };
    fits.then_some((Literal::Integer(whole), exclusive))
}
