//! The schema of a function's arguments, from their Rust type, as the strict mode of the API wants it.
//!
//! Strict mode knows a part of JSON Schema: no `oneOf`, no keywords beside `$ref`, few formats, and objects that
//! require all of their properties and allow no others.

use assistants_client::types::FunctionParameters;
use schemars::JsonSchema;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

/// The parameters of a function.
pub(super) struct Parameters {
    pub(super) schema: FunctionParameters,
    /// Whether the schema is one for strict mode.
    pub(super) is_strict: bool,
    pub(super) shape: Shape,
}

/// How the object of arguments becomes the value that a function takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Shape {
    /// It is that value.
    Object,
    /// There is nothing in it, and the function takes nothing.
    Nothing,
    /// It has that value as its one property, for the API allows only objects.
    Wrapped,
}

/// The property of a value that is no object.
const VALUE: &str = "value";

/// The formats that strict mode allows.
const FORMATS: [&str; 9] = [
    "date",
    "date-time",
    "duration",
    "email",
    "hostname",
    "ipv4",
    "ipv6",
    "time",
    "uuid",
];

impl Shape {
    /// The value that a function takes.
    pub(super) fn unwrapped(self, arguments: Value) -> Result<Value, String> {
        match (self, arguments) {
            (Self::Object, arguments) => Ok(arguments),
            (Self::Nothing, _) => Ok(Value::Null),
            (Self::Wrapped, Value::Object(mut object)) => object
                .remove(VALUE)
                .ok_or_else(|| format!("the argument `{VALUE}` is missing")),
            (Self::Wrapped, _) => Err("the arguments are not a JSON object".to_owned()),
        }
    }
}

/// What a function that takes an `A` has for parameters.
pub(super) fn parameters<A: JsonSchema>() -> Parameters {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.meta_schema = None;
        settings.inline_subschemas = true;
    });
    let schema = settings.into_generator().into_root_schema_for::<A>();
    let mut root = match schema.to_value() {
        Value::Object(root) => root,
        // `true`, which is any value.
        _ => Map::new(),
    };
    // The name of a Rust type says nothing to a model.
    root.remove("title");
    let (root, shape) = match root.get("type").and_then(Value::as_str) {
        Some("object") => (root, Shape::Object),
        Some("null") => (object(Map::new()), Shape::Nothing),
        _ => (wrapped(root), Shape::Wrapped),
    };

    let mut strict = root.clone();
    let is_strict = make_strict(&mut strict).is_some();
    Parameters {
        schema: if is_strict { strict } else { root },
        is_strict,
        shape,
    }
}

/// The schema of an object with these properties, all of them required.
fn object(properties: Map<String, Value>) -> Map<String, Value> {
    let required: Vec<_> = properties.keys().cloned().map(Value::String).collect();
    Map::from_iter([
        ("type".to_owned(), json!("object")),
        ("properties".to_owned(), Value::Object(properties)),
        ("required".to_owned(), Value::Array(required)),
        ("additionalProperties".to_owned(), json!(false)),
    ])
}

/// The schema of an object whose only property is a value with this schema.
fn wrapped(mut schema: Map<String, Value>) -> Map<String, Value> {
    let definitions = schema.remove("$defs");
    let mut value = Value::Object(schema);
    move_root(&mut value);
    let mut wrapped = object(Map::from_iter([(VALUE.to_owned(), value)]));
    wrapped.extend(definitions.map(|definitions| ("$defs".to_owned(), definitions)));
    wrapped
}

/// Lets references to the whole schema point to where it is now.
fn move_root(schema: &mut Value) {
    match schema {
        Value::Object(object) => {
            if object.get("$ref") == Some(&json!("#")) {
                object.insert("$ref".to_owned(), json!(format!("#/properties/{VALUE}")));
            }
            object.values_mut().for_each(move_root);
        }
        Value::Array(items) => items.iter_mut().for_each(move_root),
        _ => {}
    }
}

/// Makes a schema one for strict mode; `None` if it says what cannot be said there.
fn make_strict(schema: &mut Map<String, Value>) -> Option<()> {
    if schema.contains_key("$ref") {
        schema.retain(|keyword, _| matches!(keyword.as_str(), "$ref" | "$defs"));
    }
    for unknown in ["default", "examples", "uniqueItems", "title"] {
        schema.remove(unknown);
    }
    let format = schema.get("format").and_then(Value::as_str);
    if format.is_some_and(|format| !FORMATS.contains(&format)) {
        schema.remove("format");
    }
    if let Some(choices) = schema.remove("oneOf") {
        schema.insert("anyOf".to_owned(), choices);
    }
    for keyword in ["anyOf", "items", "properties", "$defs"] {
        if let Some(inner) = schema.get_mut(keyword) {
            make_all_strict(inner, keyword)?;
        }
    }
    close(schema)?;
    says_something_known(schema).then_some(())
}

/// The schemas that stand below a keyword: one, or a list of them, or some by their names.
fn make_all_strict(inner: &mut Value, keyword: &str) -> Option<()> {
    match inner {
        Value::Object(schemas) if matches!(keyword, "properties" | "$defs") => schemas
            .values_mut()
            .try_for_each(|schema| make_strict(schema.as_object_mut()?)),
        Value::Object(schema) => make_strict(schema),
        Value::Array(schemas) => schemas
            .iter_mut()
            .try_for_each(|schema| make_strict(schema.as_object_mut()?)),
        // `true`: any value at all.
        _ => None,
    }
}

/// Lets an object require all of its properties and allow no others; `None` if others are what it is for.
fn close(schema: &mut Map<String, Value>) -> Option<()> {
    let is_object = match schema.get("type") {
        Some(Value::Array(types)) => types.contains(&json!("object")),
        Some(one) => one == "object",
        None => schema.contains_key("properties"),
    };
    if !is_object {
        return Some(());
    }
    if !matches!(
        schema.get("additionalProperties"),
        None | Some(Value::Bool(false))
    ) {
        return None;
    }
    let properties = match schema.get("properties") {
        Some(Value::Object(properties)) => properties.clone(),
        _ => Map::new(),
    };
    for (keyword, value) in object(properties) {
        if keyword != "type" {
            schema.insert(keyword, value);
        }
    }
    Some(())
}

/// Whether a schema limits its values at all, and by no keyword that strict mode lacks.
fn says_something_known(schema: &Map<String, Value>) -> bool {
    const LACKING: [&str; 13] = [
        "allOf",
        "contains",
        "dependentRequired",
        "dependentSchemas",
        "else",
        "if",
        "not",
        "patternProperties",
        "prefixItems",
        "propertyNames",
        "then",
        "unevaluatedItems",
        "unevaluatedProperties",
    ];
    const SAYING: [&str; 5] = ["type", "anyOf", "enum", "const", "$ref"];
    let has = |keyword: &&str| schema.contains_key(*keyword);
    SAYING.iter().any(has) && !LACKING.iter().any(has)
}
