//! The schemas of a document: as much of JSON Schema as documents of OpenAPI use.
//!
//! [`example`](Schemas::example) makes values of a schema, [`misfit`](Schemas::misfit) says why a value is not of one,
//! and [`wrong`](Schemas::wrong) makes values that are not.

mod example;
mod limits;
mod misfit;
mod text;
mod wrong;

use serde_json::Value;

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

    /// The schema of an object's property, which may stand in a part of the schema.
    pub(super) fn property(self, schema: &'d Value, name: &str) -> Option<&'d Value> {
        let schema = self.resolved(schema);
        let own = schema["properties"].get(name);
        own.or_else(|| parts(schema).find_map(|part| self.property(part, name)))
    }

    /// Whether a schema takes no properties but those that it lists.
    pub(super) fn is_closed(self, schema: &'d Value) -> bool {
        self.resolved(schema)["additionalProperties"] == false
    }

    /// The schemas of which a value has to fit one, those of unions among them included.
    pub(super) fn variants(self, schema: &'d Value) -> Vec<&'d Value> {
        let schema = self.resolved(schema);
        let variants: Vec<&Value> = variants(schema).collect();
        match &variants[..] {
            [] => vec![schema],
            several => several.iter().flat_map(|it| self.variants(it)).collect(),
        }
    }
}

/// The members of `oneOf` and `anyOf`.
fn variants(schema: &Value) -> impl Iterator<Item = &Value> {
    let lists = [&schema["oneOf"], &schema["anyOf"]];
    lists.into_iter().filter_map(Value::as_array).flatten()
}

/// The properties of which an object is to have those of one set: `oneOf` or `anyOf` of nothing but `required`.
fn sets<'d>(schema: &'d Value, one_of: &str) -> Vec<Vec<&'d str>> {
    let variants = schema[one_of].as_array().into_iter().flatten();
    let sets = variants.map(|variant| {
        let others = ["$ref", "properties", "oneOf", "anyOf", "allOf", "items"];
        let alone = others.iter().all(|key| variant.get(*key).is_none());
        let required = variant["required"].as_array().filter(|_| alone)?;
        Some(required.iter().filter_map(Value::as_str).collect())
    });
    sets.collect::<Option<_>>().unwrap_or_default()
}

/// The members of `allOf`.
fn parts(schema: &Value) -> impl Iterator<Item = &Value> {
    schema["allOf"].as_array().into_iter().flatten()
}

/// The first type that a schema names; one with properties is an object without saying so.
pub(super) fn kind(schema: &Value) -> &str {
    let named = match &schema["type"] {
        Value::Array(several) => several
            .iter()
            .filter_map(Value::as_str)
            .find(|kind| *kind != "null"),
        one => one.as_str(),
    };
    named.unwrap_or(match schema["properties"].is_object() {
        true => "object",
        false => "",
    })
}

/// The one value that a schema takes, if it is one.
pub(super) fn constant(schema: &Value) -> Option<&Value> {
    let only = match schema["enum"].as_array().map(Vec::as_slice) {
        Some([only]) => Some(only),
        _ => None,
    };
    schema.get("const").or(only)
}

/// Whether an object must have this property.
pub(super) fn requires(schema: &Value, name: &str) -> bool {
    let required = schema["required"].as_array();
    required.is_some_and(|required| required.iter().any(|known| known == name))
}
