//! A value on the wire, with what its schema requires.

use serde_json::{Map, Number, Value};

use crate::api::{Bounds, Dispatch, EnumValues, Kind, Schema, StringFormat, Use};

use super::Input;

/// How deep a sample goes into objects and lists.
const DEPTH: usize = 6;

impl Input<'_> {
    /// A value that fits the schema, as far as a placeholder can.
    pub(super) fn sample(&self, ty: Use) -> Value {
        self.sample_named(ty, "value")
    }

    /// As [`sample`](Self::sample), for the property of this name.
    pub(super) fn sample_named(&self, ty: Use, name: &str) -> Value {
        self.sample_of(ty, name, DEPTH)
    }

    fn sample_of(&self, ty: Use, name: &str, depth: usize) -> Value {
        let schema = self.api.schema(ty.schema);
        if let Some(default) = &schema.default
            && !default.is_null()
        {
            return default.clone();
        }
        if depth == 0 && ty.nullable {
            return Value::Null;
        }
        match &schema.kind {
            Kind::Any => Value::String(name.to_owned()),
            Kind::Null => Value::Null,
            Kind::Boolean => Value::Bool(true),
            Kind::Integer { .. } | Kind::Number => number(&schema.bounds, &schema.kind, name),
            Kind::String(format) => Value::String(text(*format, &schema.bounds, name)),
            Kind::Constant(value) => value.clone(),
            Kind::Enum(EnumValues::Strings(values)) => values
                .first()
                .map_or(Value::Null, |value| Value::String(value.value.clone())),
            Kind::Enum(EnumValues::Integers(values)) => values
                .first()
                .map_or(Value::Null, |value| value.value.into()),
            Kind::Array(items) => self.sample_list(schema, *items, name, depth),
            Kind::Map(_) => Value::Object(Map::new()),
            Kind::Object(_) => self.sample_object(schema, depth),
            Kind::Union(union) => {
                let Some(first) = union.variants.first() else {
                    return Value::Null;
                };
                let mut value = self.sample_of(first.ty, name, depth.saturating_sub(1));
                if let (Dispatch::Tag(tag), Value::Object(object), Some(first)) =
                    (&union.dispatch, &mut value, first.tags.first())
                {
                    object.insert(tag.clone(), Value::String(first.clone()));
                }
                value
            }
        }
    }

    fn sample_object(&self, schema: &Schema, depth: usize) -> Value {
        let Kind::Object(object) = &schema.kind else {
            return Value::Null;
        };
        let mut members = Map::new();
        if depth > 0 {
            for field in object.fields.iter().filter(|field| field.required) {
                let value = match &field.default {
                    Some(default) if !default.is_null() => default.clone(),
                    _ => self.sample_of(field.ty, &field.name, depth - 1),
                };
                members.insert(field.name.clone(), value);
            }
        }
        Value::Object(members)
    }

    fn sample_list(&self, schema: &Schema, items: Use, name: &str, depth: usize) -> Value {
        let least = schema.bounds.min_items.unwrap_or(0).max(1);
        if depth == 0 {
            return Value::Array(Vec::new());
        }
        let singular = name.strip_suffix('s').unwrap_or(name);
        let item = self.sample_of(items, singular, depth - 1);
        let count = usize::try_from(least.min(3)).unwrap_or(1);
        Value::Array(vec![item; count])
    }
}

fn number(bounds: &Bounds, kind: &Kind, name: &str) -> Value {
    // A moment in seconds is what such a name stands for, and 1 would puzzle.
    if name.ends_with("_at") && bounds.minimum.is_none() && bounds.maximum.is_none() {
        return Value::Number(1_700_000_000.into());
    }
    let low = bounds.minimum.as_ref().and_then(|(low, _)| low.as_f64());
    let open = bounds
        .minimum
        .as_ref()
        .is_some_and(|(_, excluded)| *excluded);
    let high = bounds.maximum.as_ref().and_then(|(high, _)| high.as_f64());
    let mut value = match (low, high) {
        (Some(low), _) if low > 1.0 => low,
        (_, Some(high)) if high < 1.0 => high,
        _ => 1.0,
    };
    if open && Some(value) == low {
        value += 1.0;
    }
    #[expect(clippy::cast_possible_truncation, reason = "placeholders are small")]
    match kind {
        Kind::Integer { .. } => Value::Number((value as i64).into()),
        _ => Number::from_f64(value).map_or(Value::Null, Value::Number),
    }
}

fn text(format: StringFormat, bounds: &Bounds, name: &str) -> String {
    let text = match format {
        StringFormat::Plain => name,
        StringFormat::DateTime => "2026-01-31T12:00:00Z",
        StringFormat::Date => "2026-01-31",
        StringFormat::Uuid => "0190a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b",
        StringFormat::Uri => "https://example.com",
        StringFormat::Byte | StringFormat::Binary => "aGVsbG8=",
    };
    let most = bounds
        .max_length
        .and_then(|most| usize::try_from(most).ok());
    text.chars().take(most.unwrap_or(usize::MAX)).collect()
}
