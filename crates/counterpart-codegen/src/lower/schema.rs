//! One schema: what values it has and what limits them.

use serde_json::Value as Json;

use crate::api::{
    Additional, Bounds, EnumValue, EnumValues, Field, Kind, Object, Origin, Schema, SchemaId,
    StringFormat, Use,
};
use crate::load::tree::Value;

use super::Ctx;
use super::content::is_file;
use super::merge;
use super::read::At;
use super::reference::Target;
use super::several;

/// Keywords that only objects have.
const OF_OBJECTS: [&str; 3] = ["properties", "additionalProperties", "propertyNames"];

impl Ctx<'_> {
    /// The schema at `at`, wherever it is written.
    pub(super) fn schema(&mut self, at: &At<'_>, origin: Origin) -> Use {
        if let Some(reference) = at.get("$ref") {
            if let Some(narrowed) = self.narrowed(at, &origin) {
                return narrowed;
            }
            let target = self.schema_reference(&reference);
            let target = target.unwrap_or_else(|| self.any(at, origin));
            return Use {
                nullable: target.nullable || at.is_true("nullable"),
                ..target
            };
        }
        self.named_schema(at, origin)
    }

    /// The schema at `at`, which may be what a `$ref` somewhere points to.
    pub(super) fn named_schema(&mut self, at: &At<'_>, origin: Origin) -> Use {
        match &at.node.value {
            Value::Object(_) => {}
            Value::Bool(_) => return self.any(at, origin),
            _ => {
                self.wrong_type(at, "an object (a schema)");
                return self.any(at, origin);
            }
        }
        let reworded = self.reworded(at);
        let at = &At {
            node: reworded.as_ref().unwrap_or(at.node),
            pointer: at.pointer.clone(),
        };
        if at.get("$ref").is_some() {
            return self.schema(at, origin);
        }
        if let Some(only) = self.only_member(at) {
            let ty = self.stand_in(&only, at, origin);
            return Use {
                nullable: ty.nullable || merge::says_nullable(at.node),
                ..ty
            };
        }
        if at.get("allOf").is_some() {
            return self.whole(at, origin);
        }
        self.structured(at, origin)
    }

    /// A schema with neither `$ref` nor `allOf` of its own.
    pub(super) fn structured(&mut self, at: &At<'_>, origin: Origin) -> Use {
        if let Some(collapsed) = self.collapsed_union(at, &origin) {
            return collapsed;
        }
        let nullable = self.flag(at, "nullable")
            || self.union_allows_null(at)
            || enum_has_null(at)
            || several::lists_null(at.node);
        // In a list or a map a single listed value is still a choice: to be there or not.
        let is_element = matches!(origin, Origin::Items(_) | Origin::Values(_));
        let schema = self.reserve(at, origin);
        let ty = Use { schema, nullable };
        self.merges.name(&at.pointer, ty);
        if matches!(self.targets.get(&at.pointer), Some(Target::Opening)) {
            self.targets.insert(at.pointer.clone(), Target::Known(ty));
        }
        let kind = match at.get("enum") {
            Some(_) => self.enumeration(at, is_element),
            None => self.kind(at, schema),
        };
        let bounds = self.bounds(at);
        let entry = &mut self.api.schemas[schema.index()];
        entry.kind = kind;
        entry.bounds = bounds;
        ty
    }

    /// An arena entry with everything but its kind.
    fn reserve(&mut self, at: &At<'_>, origin: Origin) -> SchemaId {
        let id = SchemaId(u32::try_from(self.api.schemas.len()).expect("bug: over 2^32 schemas"));
        let entry = Schema {
            place: at.place(),
            origin,
            title: self.text(at, "title"),
            docs: self.text(at, "description"),
            rust_name: self.text(at, "x-rust-name"),
            deprecated: self.flag(at, "deprecated"),
            default: at.get("default").map(|value| value.node.to_json()),
            kind: Kind::Any,
            bounds: Bounds::default(),
            any_other: false,
        };
        self.api.schemas.push(entry);
        id
    }

    /// A schema that allows anything, where the document says nothing usable.
    pub(super) fn any(&mut self, at: &At<'_>, origin: Origin) -> Use {
        let schema = match &at.node.value {
            Value::Object(_) => self.reserve(at, origin),
            _ => {
                let empty = crate::load::tree::Node {
                    value: Value::Object(indexmap::IndexMap::new()),
                    at: at.node.at,
                };
                let empty = At {
                    node: &empty,
                    pointer: at.pointer.clone(),
                };
                self.reserve(&empty, origin)
            }
        };
        Use {
            schema,
            nullable: false,
        }
    }

    /// A text of which nothing is said.
    pub(super) fn text_schema(&mut self, at: &At<'_>, origin: Origin) -> Use {
        let empty = crate::load::tree::Node {
            value: Value::Object(indexmap::IndexMap::new()),
            at: at.node.at,
        };
        let empty = At {
            node: &empty,
            pointer: at.pointer.clone(),
        };
        let ty = self.any(&empty, origin);
        self.api.schemas[ty.schema.index()].kind = Kind::String(StringFormat::Plain);
        ty
    }

    fn kind(&mut self, at: &At<'_>, id: SchemaId) -> Kind {
        if let Some(value) = at.get("const") {
            return Kind::Constant(value.node.to_json());
        }
        if let Some(union) = self.raw_union(at, id) {
            self.unions.insert(id, union);
            return Kind::Any;
        }
        let ty = self.type_names(at);
        if ty.len() > 1 {
            let union = self.several_types(at, id, &ty);
            self.unions.insert(id, union);
            return Kind::Any;
        }
        match ty.first().map(String::as_str) {
            Some("boolean") => Kind::Boolean,
            Some("integer") => self.integer(at),
            Some("number") => Kind::Number,
            Some("string") => Kind::String(self.string_format(at)),
            Some("array") => self.array(at, id),
            Some("object") => self.object(at, id),
            Some("null") => Kind::Null,
            Some(other) => {
                let at = at.get("type").expect("bug: the type was just read");
                self.unknown_type(&at, other);
                Kind::Any
            }
            None if has_any(at, &OF_OBJECTS) => self.object(at, id),
            None if has_any(at, &["items", "contains"]) => self.array(at, id),
            None if has_any(at, &["contentEncoding", "contentMediaType"]) => {
                Kind::String(self.string_format(at))
            }
            None => Kind::Any,
        }
    }

    fn unknown_type(&mut self, at: &At<'_>, name: &str) {
        let help = match name {
            "file" => "write `type: string` with `format: binary`".to_owned(),
            "int" | "long" | "int32" | "int64" => "write `type: integer`".to_owned(),
            "float" | "double" | "decimal" => "write `type: number`".to_owned(),
            "bool" => "write `type: boolean`".to_owned(),
            "str" | "text" => "write `type: string`".to_owned(),
            "datetime" | "timestamp" => "write `type: string` with `format: date-time`".to_owned(),
            "date" | "date-time" | "uuid" | "uri" | "email" => {
                format!("write `type: string` with `format: {name}`")
            }
            "list" => "write `type: array`".to_owned(),
            "map" | "dict" | "struct" => "write `type: object`".to_owned(),
            _ => "use string, number, integer, boolean, array or object".to_owned(),
        };
        self.diags
            .error(at.place(), format!("there is no type `{name}`"))
            .help(help);
    }

    fn integer(&mut self, at: &At<'_>) -> Kind {
        let format = self.text(at, "format").unwrap_or_default();
        let minimum = self.number(at, "minimum").and_then(|value| value.as_f64());
        let exclusive = self.number_or_flag(at, "exclusiveMinimum");
        Kind::Integer {
            short: matches!(format.as_str(), "int32" | "uint32" | "int16" | "int8"),
            unsigned: minimum.is_some_and(|value| value >= 0.0)
                || exclusive.is_some_and(|value| value >= -1.0)
                || format.starts_with("uint"),
        }
    }

    /// `exclusiveMinimum` as a number, as 3.1 has it; 3.0's flag says nothing of the sign.
    fn number_or_flag(&mut self, at: &At<'_>, key: &str) -> Option<f64> {
        match &at.get(key)?.node.value {
            Value::Number(number) => number.as_f64(),
            _ => None,
        }
    }

    fn string_format(&mut self, at: &At<'_>) -> StringFormat {
        match self.text(at, "format").as_deref() {
            Some("date-time") => StringFormat::DateTime,
            Some("date") => StringFormat::Date,
            Some("uuid") => StringFormat::Uuid,
            Some("uri") => StringFormat::Uri,
            Some("byte") => StringFormat::Byte,
            Some("binary") => StringFormat::Binary,
            Some(_) => StringFormat::Plain,
            None => self.content_format(at),
        }
    }

    /// What 3.1 says in place of `format: byte` and `format: binary`.
    fn content_format(&mut self, at: &At<'_>) -> StringFormat {
        let encoding = self.text(at, "contentEncoding");
        let media_type = self.text(at, "contentMediaType");
        match (encoding.as_deref(), media_type.as_deref()) {
            (Some("base64"), _) => StringFormat::Byte,
            (None | Some("binary"), Some(media_type)) if is_file(media_type) => {
                StringFormat::Binary
            }
            (Some("binary"), None) => StringFormat::Binary,
            _ => StringFormat::Plain,
        }
    }

    fn array(&mut self, at: &At<'_>, id: SchemaId) -> Kind {
        let items = match at.get("items") {
            Some(items) => self.schema(&items, Origin::Items(id)),
            None => {
                self.diags
                    .warning(at.place(), "this list does not say what its items are")
                    .help("add `items`; until then they are any JSON");
                let nothing = at.clone();
                let any = self.any(&nothing, Origin::Items(id));
                self.api.schemas[any.schema.index()].docs = None;
                any
            }
        };
        Kind::Array(items)
    }

    fn object(&mut self, at: &At<'_>, id: SchemaId) -> Kind {
        let properties = self.members(at, "properties");
        let required = self.texts(at, "required");
        let additional = self.additional(at, id);
        if properties.is_empty() {
            match additional {
                Additional::Typed(values) => return Kind::Map(values),
                Additional::Tolerated => {
                    let values = self.free_form(at, id);
                    return Kind::Map(values);
                }
                Additional::Refused => {}
            }
        }
        let fields = properties
            .iter()
            .map(|(name, property)| {
                let required = required.contains(name);
                self.field(id, name, property, required)
            })
            .collect();
        Kind::Object(Object { fields, additional })
    }

    fn field(&mut self, id: SchemaId, name: &str, at: &At<'_>, required: bool) -> Field {
        let ty = self.schema(at, Origin::Property(id, name.to_owned()));
        let rust_name = match at.node.as_object() {
            Some(_) => self.text(at, "x-rust-name"),
            None => None,
        };
        Field {
            name: name.to_owned(),
            ty,
            required,
            docs: at
                .node
                .get("description")
                .and_then(|docs| docs.as_str())
                .map(str::to_owned),
            rust_name: rust_name.filter(|name| !names_type(name)),
            default: at.get("default").map(|value| value.node.to_json()),
            deprecated: at.is_true("deprecated"),
            delta: self.delta_text(at),
        }
    }

    fn additional(&mut self, at: &At<'_>, id: SchemaId) -> Additional {
        let Some(additional) = at.get("additionalProperties") else {
            return Additional::Tolerated;
        };
        match additional.node.value {
            Value::Bool(false) => Additional::Refused,
            Value::Bool(true) => Additional::Typed(self.any(&additional, Origin::Values(id))),
            _ => Additional::Typed(self.schema(&additional, Origin::Values(id))),
        }
    }

    /// The values of an object of which nothing is said.
    fn free_form(&mut self, at: &At<'_>, id: SchemaId) -> Use {
        let any = self.any(at, Origin::Values(id));
        let schema = &mut self.api.schemas[any.schema.index()];
        schema.docs = None;
        schema.title = None;
        schema.rust_name = None;
        any
    }

    fn enumeration(&mut self, at: &At<'_>, is_element: bool) -> Kind {
        let names = self.texts(at, "x-enum-varnames");
        let docs = self.texts(at, "x-enum-descriptions");
        let items = self.items(at, "enum");
        let values: Vec<Json> = items
            .iter()
            .map(|item| item.node.to_json())
            .filter(|value| !value.is_null())
            .collect();
        match &values[..] {
            [] if !items.is_empty() => return Kind::Null,
            [] => {
                let listed = at.get("enum").unwrap_or_else(|| at.clone());
                self.diags
                    .error(listed.place(), "this `enum` lists no value")
                    .help("list its values, or remove `enum`");
                return Kind::Any;
            }
            [only] if !is_element && !only.is_array() && !only.is_object() => {
                return Kind::Constant(only.clone());
            }
            _ => {}
        }
        let name = |index: usize| names.get(index).cloned();
        let words = |index: usize| docs.get(index).cloned();
        if let Some(strings) = all(&values, |value| value.as_str().map(str::to_owned)) {
            return Kind::Enum(EnumValues::Strings(listed(strings, name, words)));
        }
        if let Some(integers) = all(&values, Json::as_i64) {
            return Kind::Enum(EnumValues::Integers(listed(integers, name, words)));
        }
        if all(&values, Json::as_bool).is_some() {
            return Kind::Boolean;
        }
        if all(&values, Json::as_f64).is_some() {
            return Kind::Number;
        }
        Kind::Any
    }

    fn bounds(&mut self, at: &At<'_>) -> Bounds {
        Bounds {
            minimum: self.limit(at, "minimum", "exclusiveMinimum"),
            maximum: self.limit(at, "maximum", "exclusiveMaximum"),
            multiple_of: self.number(at, "multipleOf"),
            min_length: self.count(at, "minLength"),
            max_length: self.count(at, "maxLength"),
            pattern: self.text(at, "pattern"),
            min_items: self.count(at, "minItems"),
            max_items: self.count(at, "maxItems"),
            unique_items: self.flag(at, "uniqueItems"),
            min_properties: self.count(at, "minProperties"),
            max_properties: self.count(at, "maxProperties"),
            required_sets: self.required_sets(at),
        }
    }

    fn limit(
        &mut self,
        at: &At<'_>,
        key: &str,
        exclusive: &str,
    ) -> Option<(serde_json::Number, bool)> {
        match at.get(exclusive).map(|value| value.node.value.clone()) {
            Some(Value::Number(limit)) => Some((limit, true)),
            Some(Value::Bool(flag)) => self.number(at, key).map(|limit| (limit, flag)),
            Some(_) => {
                let value = at.get(exclusive).expect("bug: it was just read");
                self.wrong_type(&value, "`true`, `false` or a number");
                None
            }
            None => self.number(at, key).map(|limit| (limit, false)),
        }
    }
}

/// Whether an `x-rust-name` on a property names its type; otherwise it names the field.
pub(super) fn names_type(name: &str) -> bool {
    name.starts_with(char::is_uppercase)
}

/// Whether any of these keywords is present.
pub(super) fn has_any(at: &At<'_>, keywords: &[&str]) -> bool {
    keywords.iter().any(|keyword| at.get(keyword).is_some())
}

fn enum_has_null(at: &At<'_>) -> bool {
    at.get("enum").is_some_and(|values| {
        let values = values.items();
        values.iter().any(|value| value.node.value == Value::Null)
    })
}

fn all<T>(values: &[Json], convert: impl Fn(&Json) -> Option<T>) -> Option<Vec<T>> {
    values.iter().map(convert).collect()
}

/// Enum values with their names and words; a value that is listed twice counts once.
fn listed<T: PartialEq>(
    values: Vec<T>,
    name: impl Fn(usize) -> Option<String>,
    docs: impl Fn(usize) -> Option<String>,
) -> Vec<EnumValue<T>> {
    let mut listed: Vec<EnumValue<T>> = Vec::with_capacity(values.len());
    for (index, value) in values.into_iter().enumerate() {
        if listed.iter().all(|known| known.value != value) {
            listed.push(EnumValue {
                value,
                rust_name: name(index),
                docs: docs(index),
            });
        }
    }
    listed
}
