//! Values of a schema, within its limits.
//!
//! In: a schema of the document and a source of randomness. Out: JSON that is of it: of a union any variant, of
//! optional properties some, of numbers and texts also the shortest and the longest.

use counterpart_codegen::api::{
    Additional, Api, Bounds, Dispatch, EnumValues, EventUnion, Field, Kind, Object, Schema,
    StringFormat, Union, Use,
};
use serde_json::{Map, Number, Value, json};

use crate::random::Random;

/// From this depth on, what can be left out is left out: types may contain themselves.
const DEEP: usize = 8;

/// Characters of texts: of one to four bytes, and those that JSON escapes.
const CHARACTERS: &[char] = &[
    'a', 'Z', '0', ' ', '"', '\\', '\n', '\u{1}', 'é', '世', '🦀',
];

/// Makes values of a document.
#[derive(Debug)]
pub(crate) struct Maker<'a> {
    api: &'a Api,
    random: Random,
}

impl<'a> Maker<'a> {
    pub(crate) fn new(api: &'a Api, random: Random) -> Self {
        Self { api, random }
    }

    /// A value of this schema.
    pub(crate) fn value(&mut self, ty: Use) -> Value {
        self.at(ty, 0)
    }

    /// Some events, each as its name and its data.
    pub(crate) fn events(&mut self, events: &EventUnion) -> Vec<(String, Value)> {
        let count = self.random.below(6);
        let mut event = || {
            let event = self.random.pick(&events.variants);
            (event.tag.clone(), self.at(event.payload, 0))
        };
        (0..count).map(|_| event()).collect()
    }

    fn at(&mut self, ty: Use, depth: usize) -> Value {
        if ty.nullable && (depth > DEEP || self.random.once_in(4)) {
            return Value::Null;
        }
        let schema = self.api.schema(ty.schema);
        match &schema.kind {
            Kind::Any => json!({"any": [self.random.below(9), null]}),
            Kind::Null => Value::Null,
            Kind::Boolean => self.random.once_in(2).into(),
            Kind::Integer { short, unsigned } => self.integer(*short, *unsigned, &schema.bounds),
            Kind::Number => self.number(&schema.bounds),
            Kind::String(format) => self.text(*format, &schema.bounds),
            Kind::Enum(values) => self.listed(schema, values),
            Kind::Constant(value) => value.clone(),
            Kind::Array(items) => self.array(*items, &schema.bounds, depth),
            Kind::Map(values) => Value::Object(self.entries(*values, &schema.bounds, depth)),
            Kind::Object(object) => Value::Object(self.object(object, &schema.bounds, depth)),
            Kind::Union(union) => self.union(union, depth),
        }
    }

    fn integer(&mut self, short: bool, unsigned: bool, bounds: &Bounds) -> Value {
        let (low, high) = match (short, unsigned) {
            (true, false) => (i32::MIN.into(), i32::MAX.into()),
            (true, true) => (0, u32::MAX.into()),
            (false, false) => (i64::MIN, i64::MAX),
            (false, true) => (0, i64::MAX),
        };
        let whole = |bound: &(Number, bool), step: i64| {
            let value = bound.0.as_i64().unwrap_or_default();
            if bound.1 { value + step } else { value }
        };
        let low = bounds.minimum.as_ref().map_or(low, |bound| whole(bound, 1));
        let high = bounds
            .maximum
            .as_ref()
            .map_or(high, |bound| whole(bound, -1));
        let near = low
            .max(0)
            .saturating_add_unsigned(self.random.next() % 1000);
        let value = *self.random.pick(&[low, high, near, near]);
        value.clamp(low, high).into()
    }

    fn number(&mut self, bounds: &Bounds) -> Value {
        let limit = |bound: &Option<(Number, bool)>, other: f64| {
            let bound = bound.as_ref().and_then(|(bound, _)| bound.as_f64());
            bound.unwrap_or(other)
        };
        let (low, high) = (limit(&bounds.minimum, -1e6), limit(&bounds.maximum, 1e6));
        let between = low + (high - low) * self.random.fraction();
        let open = bounds
            .minimum
            .as_ref()
            .is_some_and(|(_, excluded)| *excluded)
            || bounds
                .maximum
                .as_ref()
                .is_some_and(|(_, excluded)| *excluded);
        match open {
            true => between.into(),
            false => (*self.random.pick(&[low, high, between])).into(),
        }
    }

    fn text(&mut self, format: StringFormat, bounds: &Bounds) -> Value {
        let formatted = match format {
            StringFormat::Plain | StringFormat::Binary => {
                let length = self.count(bounds.min_length, bounds.max_length, 12);
                let text = (0..length).map(|_| *self.random.pick(CHARACTERS));
                return text.collect::<String>().into();
            }
            StringFormat::DateTime => ["2024-02-29T23:59:59Z", "1970-01-01T00:00:00.5+01:00"],
            StringFormat::Date => ["2024-02-29", "1970-01-01"],
            StringFormat::Uuid => [
                "00000000-0000-4000-8000-000000000000",
                "f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            ],
            StringFormat::Uri => ["https://example.com/a?b=c%20d#e", "urn:a:b"],
            StringFormat::Byte => ["", "AAEC/w=="],
        };
        (*self.random.pick(&formatted)).into()
    }

    fn listed(&mut self, schema: &Schema, values: &EnumValues) -> Value {
        match values {
            EnumValues::Strings(_) if schema.any_other && self.random.once_in(3) => {
                "something else".into()
            }
            EnumValues::Strings(values) => self.random.pick(values).value.clone().into(),
            EnumValues::Integers(values) => self.random.pick(values).value.into(),
        }
    }

    fn array(&mut self, items: Use, bounds: &Bounds, depth: usize) -> Value {
        let most = if depth > DEEP { 0 } else { 4 };
        let count = self.count(bounds.min_items, bounds.max_items, most);
        let mut values: Vec<Value> = Vec::new();
        for _ in 0..count {
            let value = self.at(items, depth + 1);
            if !bounds.unique_items || !values.contains(&value) {
                values.push(value);
            }
        }
        values.into()
    }

    fn entries(&mut self, values: Use, bounds: &Bounds, depth: usize) -> Map<String, Value> {
        let most = if depth > DEEP { 0 } else { 3 };
        let count = self.count(bounds.min_properties, bounds.max_properties, most);
        let entries = (0..count).map(|number| {
            let key = format!("{}{number}", self.random.pick(CHARACTERS));
            (key, self.at(values, depth + 1))
        });
        entries.collect()
    }

    fn object(&mut self, object: &Object, bounds: &Bounds, depth: usize) -> Map<String, Value> {
        let mut map = match object.additional {
            Additional::Typed(values) => self.entries(values, bounds, depth),
            Additional::Tolerated | Additional::Refused => Map::new(),
        };
        for Field {
            name, ty, required, ..
        } in &object.fields
        {
            if *required || (depth <= DEEP && !self.random.once_in(3)) {
                map.insert(name.clone(), self.at(*ty, depth + 1));
            }
        }
        map
    }

    fn union(&mut self, union: &Union, depth: usize) -> Value {
        let variant = self.random.pick(&union.variants);
        let mut value = self.at(variant.ty, depth + 1);
        let tag = match &union.dispatch {
            Dispatch::Tag(tag) | Dispatch::Type { tag: Some(tag) } => Some(tag),
            Dispatch::Type { tag: None } | Dispatch::Order => None,
        };
        // Where a tag is declared, the variant's own schema need not say what it is.
        if let (Some(tag), Value::Object(object)) = (tag, &mut value)
            && !variant.tags.is_empty()
        {
            object.insert(tag.clone(), self.random.pick(&variant.tags).as_str().into());
        }
        value
    }

    /// How many there are to be of something, `usual` at most unless more are needed.
    fn count(&mut self, least: Option<u64>, most: Option<u64>, usual: u64) -> u64 {
        let least = least.unwrap_or_default();
        let most = most.unwrap_or(u64::MAX).min(usual.max(least));
        least + self.random.next() % (most.saturating_sub(least) + 1)
    }
}
