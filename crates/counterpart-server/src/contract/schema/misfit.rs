//! Whether a value is of a schema, and if not, why.

use serde_json::Value;

use super::{Schemas, constant, kind, limits, parts, sets, variants};

impl<'d> Schemas<'d> {
    /// What keeps a value from being of this schema.
    pub(in crate::contract) fn misfit(self, schema: &'d Value, value: &Value) -> Option<String> {
        let schema = self.resolved(schema);
        if value.is_null() && (schema["nullable"] == true || kind(schema) == "null") {
            return None;
        }
        let listed = schema["enum"].as_array();
        let is_other = schema.get("const").is_some_and(|only| only != value);
        if is_other || listed.is_some_and(|listed| !listed.contains(value)) {
            return Some(format!("{value} is not listed"));
        }
        let part = parts(schema).find_map(|part| self.misfit(part, value));
        part.or_else(|| self.no_variant(schema, value))
            .or_else(|| wrong_type(schema, value))
            .or_else(|| limits::broken(schema, value))
            .or_else(|| self.wrong_inside(schema, value))
    }

    fn no_variant(self, schema: &'d Value, value: &Value) -> Option<String> {
        let has = |set: &&Vec<&str>| set.iter().all(|name| value.get(name).is_some());
        let several = sets(schema, "oneOf");
        let count = several.iter().filter(has).count();
        if count > 1 && value.is_object() {
            return Some(format!(
                "has {count} of {several:?}, which exclude each other"
            ));
        }
        let misfits: Option<Vec<_>> = variants(schema)
            .map(|variant| Some((variant, self.misfit(variant, value)?)))
            .collect();
        let misfits = misfits.filter(|misfits| !misfits.is_empty())?;
        // The variant that is meant has the same constants.
        let mut meant = misfits
            .iter()
            .filter(|(variant, _)| self.is_meant(variant, value));
        match (meant.next(), meant.next()) {
            (Some((_, misfit)), None) => Some(misfit.clone()),
            _ => Some(format!("no variant fits {value}")),
        }
    }

    /// Whether the constants of a variant, and there is one at least, are in the value.
    fn is_meant(self, variant: &'d Value, value: &Value) -> bool {
        let variants = self.variants(variant);
        variants.into_iter().any(|variant| {
            let properties = variant["properties"].as_object().into_iter().flatten();
            let mut constants = properties
                .filter_map(|(name, schema)| Some((name, constant(self.resolved(schema))?)))
                .peekable();
            constants.peek().is_some()
                && constants.all(|(name, constant)| value.get(name) == Some(constant))
        })
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
