//! Values of a schema: `{"type": "integer", "minimum": 3}` gives `3`.

use serde_json::{Map, Value, json};

use super::{Schemas, constant, kind, limits, parts, requires, sets, text, variants};

/// How deep optional properties are still made.
const DEPTH: usize = 6;
/// How deep anything is made. What requires itself has no value.
const END: usize = 64;

impl<'d> Schemas<'d> {
    /// A value of this schema; with all of its properties if `full`, else with those that it must have.
    pub(in crate::contract) fn example(self, schema: &'d Value, full: bool) -> Value {
        self.made(schema, full, 0)
    }

    /// As [`example`](Self::example), if that is of the schema.
    pub(in crate::contract) fn fitting(self, schema: &'d Value, full: bool) -> Option<Value> {
        let made = self.example(schema, full);
        self.misfit(schema, &made).is_none().then_some(made)
    }

    fn made(self, schema: &'d Value, full: bool, depth: usize) -> Value {
        let schema = self.resolved(schema);
        let chosen = [&schema["const"], &schema["enum"][0]];
        if let Some(chosen) = chosen.into_iter().find(|value| !value.is_null()) {
            return chosen.clone();
        }
        if depth > END {
            return Value::Null;
        }
        if ["oneOf", "anyOf"]
            .iter()
            .any(|it| !sets(schema, it).is_empty())
        {
            return self.one_set(schema, full, depth).into();
        }
        if let Some(first) = variants(schema).next() {
            let own = self.object(schema, full, depth);
            let made = merged(own.into(), self.made(first, full, depth + 1));
            return self.tagged(schema, first, made);
        }
        if schema["allOf"].is_array() {
            let parts = parts(schema).map(|part| self.made(part, full, depth + 1));
            let own = self.object(schema, full, depth);
            let made = parts.chain([own.into()]).fold(Value::Null, merged);
            return self.completed(schema, made, full, depth);
        }
        match kind(schema) {
            "object" => self.object(schema, full, depth).into(),
            "array" => {
                let least = schema["minItems"].as_u64().unwrap_or(0);
                let count = if depth < DEPTH { least.max(1) } else { least };
                let count = count.min(schema["maxItems"].as_u64().unwrap_or(count));
                (0..count)
                    .map(|_| self.made(&schema["items"], full, depth + 1))
                    .collect()
            }
            "string" => text::of(schema).into(),
            "integer" => limits::number(schema, &[json!(1), json!(0)]),
            "number" => limits::number(schema, &[json!(0.5), json!(1)]),
            "boolean" => false.into(),
            "null" => Value::Null,
            _ => json!({}),
        }
    }

    /// A value of a variant, with the property that tells it from the others: a schema need not require that.
    fn tagged(self, union: &'d Value, variant: &'d Value, mut made: Value) -> Value {
        let name = union["discriminator"]["propertyName"].as_str();
        let (Some(name), Value::Object(members)) = (name, &mut made) else {
            return made;
        };
        if members.contains_key(name) {
            return made;
        }
        let target = variant["$ref"].as_str().unwrap_or_default();
        let mapping = union["discriminator"]["mapping"].as_object();
        let mut mapped = mapping.into_iter().flatten();
        let mapped = mapped.find(|(_, to)| to.as_str() == Some(target));
        let property = self.property(variant, name);
        let constant = property.and_then(|property| constant(self.resolved(property)));
        let tag = match (constant, mapped) {
            (Some(constant), _) => constant.clone(),
            (None, Some((tag, _))) => tag.as_str().into(),
            (None, None) => target.rsplit('/').next().into(),
        };
        members.insert(name.to_owned(), tag);
        made
    }

    /// An object made of parts, with what one of them requires and another describes.
    fn completed(self, schema: &'d Value, mut made: Value, full: bool, depth: usize) -> Value {
        let Value::Object(members) = &mut made else {
            return made;
        };
        for name in self.required(schema, 0) {
            if !members.contains_key(name)
                && let Some(property) = self.property(schema, name)
            {
                members.insert(name.to_owned(), self.made(property, full, depth + 1));
            }
        }
        made
    }

    /// What an object must have by any of its parts.
    fn required(self, schema: &'d Value, depth: usize) -> Vec<&'d str> {
        let schema = self.resolved(schema);
        let own = schema["required"].as_array().into_iter().flatten();
        let mut names: Vec<&str> = own.filter_map(Value::as_str).collect();
        if depth < END {
            names.extend(parts(schema).flat_map(|part| self.required(part, depth + 1)));
        }
        names
    }

    /// An object that has the first of its sets of properties, and where one set excludes the others, none of those.
    fn one_set(self, schema: &'d Value, full: bool, depth: usize) -> Map<String, Value> {
        let mut object = self.object(schema, full, depth);
        for one_of in ["oneOf", "anyOf"] {
            let sets = sets(schema, one_of);
            let Some((first, others)) = sets.split_first() else {
                continue;
            };
            for name in others.iter().flatten().filter(|_| one_of == "oneOf") {
                if !first.contains(name) && !requires(schema, name) {
                    object.shift_remove(*name);
                }
            }
            for name in first {
                let property = self.property(schema, name).unwrap_or(&Value::Null);
                let made = || self.made(property, full, depth + 1);
                object.entry(*name).or_insert_with(made);
            }
        }
        object
    }

    fn object(self, schema: &'d Value, full: bool, depth: usize) -> Map<String, Value> {
        let properties = schema["properties"].as_object().into_iter().flatten();
        let wanted =
            properties.filter(|(name, _)| (full && depth < DEPTH) || requires(schema, name));
        let made = wanted.map(|(name, schema)| (name.clone(), self.made(schema, full, depth + 1)));
        made.collect()
    }
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
