//! Values of a schema, and whether a value is of one: as much of JSON Schema as documents of OpenAPI 3.0 use.
//!
//! `{"type": "integer", "minimum": 3}` gives `3`, and takes any whole number from there on.

use serde_json::{Map, Value, json};

/// How deep optional properties are still made.
const DEPTH: usize = 6;

/// The schemas of a document.
#[derive(Debug, Clone, Copy)]
pub(super) struct Schemas<'d>(pub(super) &'d Value);

impl<'d> Schemas<'d> {
    /// What a reference leads to; anything else is itself.
    pub(super) fn resolved(self, node: &'d Value) -> &'d Value {
        let mut node = node;
        // A chain of references that is longer than this goes in circles.
        for _ in 0..16 {
            let Some(pointer) = node["$ref"]
                .as_str()
                .and_then(|text| text.strip_prefix('#'))
            else {
                break;
            };
            node = self.0.pointer(pointer).unwrap_or(&Value::Null);
        }
        node
    }

    /// A value of this schema; with all of its properties if `full`, else with those that it must have.
    pub(super) fn example(self, schema: &'d Value, full: bool) -> Value {
        self.made(schema, full, 0)
    }

    fn made(self, schema: &'d Value, full: bool, depth: usize) -> Value {
        let schema = self.resolved(schema);
        let chosen = [&schema["const"], &schema["enum"][0]];
        if let Some(chosen) = chosen.into_iter().find(|value| !value.is_null()) {
            return chosen.clone();
        }
        for one_of in ["oneOf", "anyOf"] {
            if let Some(first) = schema[one_of].get(0) {
                return self.made(first, full, depth);
            }
        }
        if let Some(parts) = schema["allOf"].as_array() {
            let parts = parts.iter().map(|part| self.made(part, full, depth));
            let own = self.object(schema, full, depth);
            return parts.chain([own.into()]).fold(Value::Null, merged);
        }
        match kind(schema) {
            "object" => self.object(schema, full, depth).into(),
            "array" => {
                let count = schema["minItems"].as_u64().unwrap_or(1).max(1);
                let count = if depth < DEPTH {
                    count
                } else {
                    schema["minItems"].as_u64().unwrap_or(0)
                };
                (0..count)
                    .map(|_| self.made(&schema["items"], full, depth + 1))
                    .collect()
            }
            "string" => text(schema).into(),
            "integer" => schema["minimum"].as_i64().unwrap_or(1).into(),
            "number" => schema["minimum"].as_f64().unwrap_or(0.5).into(),
            "boolean" => false.into(),
            _ => json!({}),
        }
    }

    fn object(self, schema: &'d Value, full: bool, depth: usize) -> Map<String, Value> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let wanted =
            properties.filter(|(name, _)| (full && depth < DEPTH) || requires(schema, name));
        let made = wanted.map(|(name, schema)| (name.clone(), self.made(schema, full, depth + 1)));
        made.collect()
    }

    /// What keeps a value from being of this schema.
    pub(super) fn misfit(self, schema: &'d Value, value: &Value) -> Option<String> {
        let schema = self.resolved(schema);
        if value.is_null() && (schema["nullable"] == true || kind(schema) == "null") {
            return None;
        }
        let listed = schema["enum"].as_array();
        if listed.is_some_and(|listed| !listed.contains(value)) {
            return Some(format!("{value} is not listed"));
        }
        for one_of in ["oneOf", "anyOf"] {
            if let Some(variants) = schema[one_of].as_array()
                && variants
                    .iter()
                    .all(|variant| self.misfit(variant, value).is_some())
            {
                return Some(format!("no variant fits {value}"));
            }
        }
        let parts = schema["allOf"].as_array().into_iter().flatten();
        let part = parts.filter_map(|part| self.misfit(part, value)).next();
        part.or_else(|| wrong_type(schema, value))
            .or_else(|| self.wrong_inside(schema, value))
    }

    fn wrong_inside(self, schema: &'d Value, value: &Value) -> Option<String> {
        if let Some(items) = value.as_array() {
            let wrong =
                |(at, item)| Some(format!("[{at}]: {}", self.misfit(&schema["items"], item)?));
            return items.iter().enumerate().find_map(wrong);
        }
        let object = value.as_object()?;
        let required = schema["required"].as_array().into_iter().flatten();
        let mut missing = required
            .filter_map(Value::as_str)
            .filter(|name| !object.contains_key(*name));
        if let Some(name) = missing.next() {
            return Some(format!("`{name}` is missing"));
        }
        object.iter().find_map(|(name, value)| {
            let property = schema["properties"].get(name);
            let wrong = match (property, &schema["additionalProperties"]) {
                (Some(property), _) => self.misfit(property, value),
                (None, Value::Bool(false)) => Some("is not listed".to_owned()),
                (None, others) if others.is_object() => self.misfit(others, value),
                (None, _) => None,
            };
            wrong.map(|wrong| format!("{name}: {wrong}"))
        })
    }
}

/// The first type that a schema names; one with properties is an object without saying so.
fn kind(schema: &Value) -> &str {
    let named = schema["type"]
        .as_str()
        .or_else(|| schema["type"][0].as_str());
    named.unwrap_or(if schema["properties"].is_object() {
        "object"
    } else {
        ""
    })
}

/// Whether an object must have this property.
pub(super) fn requires(schema: &Value, name: &str) -> bool {
    let required = schema["required"].as_array();
    required.is_some_and(|required| required.iter().any(|known| known == name))
}

fn wrong_type(schema: &Value, value: &Value) -> Option<String> {
    let fits = |kind: &str| match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        _ => true,
    };
    let several = schema["type"].as_array();
    let right = match several {
        Some(several) => several.iter().filter_map(Value::as_str).any(fits),
        None => fits(kind(schema)),
    };
    (!right).then(|| format!("{value} is no {}", schema["type"]))
}

/// A text of its format, no shorter and no longer than it may be.
fn text(schema: &Value) -> String {
    let written = ["example", "default"]
        .iter()
        .find_map(|key| schema[*key].as_str());
    let formatted = match schema["format"].as_str() {
        Some("date-time") => "2024-02-29T12:00:00Z",
        Some("date") => "2024-02-29",
        Some("uuid") => "123e4567-e89b-42d3-a456-426614174000",
        Some("uri") => "https://example.com/",
        Some("byte") => "YWJj",
        _ => written.unwrap_or("example"),
    };
    let least = usize::try_from(schema["minLength"].as_u64().unwrap_or(0)).unwrap_or(0);
    let most = schema["maxLength"]
        .as_u64()
        .and_then(|most| usize::try_from(most).ok());
    let padded = formatted.chars().chain(std::iter::repeat('x'));
    padded
        .take(
            formatted
                .chars()
                .count()
                .max(least)
                .min(most.unwrap_or(usize::MAX)),
        )
        .collect()
}

/// Two objects in one; anything else replaces.
fn merged(first: Value, second: Value) -> Value {
    match (first, second) {
        (Value::Object(mut all), Value::Object(more)) => {
            all.extend(more);
            all.into()
        }
        (first, Value::Object(more)) if more.is_empty() && !first.is_null() => first,
        (_, second) => second,
    }
}
