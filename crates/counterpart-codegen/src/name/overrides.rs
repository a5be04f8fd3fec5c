//! Names that a person chose: they are used as they stand, so they must be right.

use crate::api::{Api, EnumValues, Field, Kind, Origin, Schema, SchemaId};
use crate::diag::{Diagnostics, Place};

use super::reserved;

/// Reports every name from the document that Rust would not take.
pub(super) fn check(api: &Api, diags: &mut Diagnostics) {
    for (index, schema) in api.schemas.iter().enumerate() {
        let id = SchemaId(u32::try_from(index).expect("bug: over 2^32 schemas"));
        check_schema(api, id, schema, diags);
    }
    for operation in &api.operations {
        let parameters = operation.parameters.iter();
        let parameters = parameters.chain(operation.reply_headers());
        let parameters = parameters.map(|parameter| (&parameter.rust_name, &parameter.place));
        for (name, place) in parameters.chain([(&operation.rust_name, &operation.place)]) {
            check_name(name.as_deref(), "x-rust-name", place, diags);
        }
    }
}

fn check_schema(api: &Api, id: SchemaId, schema: &Schema, diags: &mut Diagnostics) {
    let place = &schema.place;
    check_name(schema.rust_name.as_deref(), "x-rust-name", place, diags);
    if let Some(name) = &schema.rust_name
        && matches!(schema.origin, Origin::Component(_))
        && !name.starts_with(char::is_uppercase)
    {
        diags
            .error(
                place.clone(),
                format!("`x-rust-name: {name}` names a type, so it begins with a capital"),
            )
            .help("write it as Rust writes types, such as `ModelId`");
    }
    let mut each = |name: &Option<String>, key: &str| {
        check_name(name.as_deref(), key, place, diags);
    };
    match &schema.kind {
        Kind::Object(object) => {
            // A schema that is written in the property has the name as well.
            let own = |field: &Field| api.schema(field.ty.schema).rust_name != field.rust_name;
            let fields = object.fields.iter().filter(|field| own(field));
            fields.for_each(|field| each(&field.rust_name, "x-rust-name"));
        }
        Kind::Enum(EnumValues::Strings(values)) => {
            let values = values.iter();
            values.for_each(|value| each(&value.rust_name, "x-enum-varnames"));
        }
        Kind::Enum(EnumValues::Integers(values)) => {
            let values = values.iter();
            values.for_each(|value| each(&value.rust_name, "x-enum-varnames"));
        }
        Kind::Union(union) => match api.events.get(&id) {
            Some(events) => {
                let events = events.variants.iter();
                events.for_each(|event| each(&event.rust_name, "x-rust-variants"));
            }
            None => {
                let variants = union.variants.iter();
                variants.for_each(|variant| each(&variant.rust_name, "x-rust-variants"));
            }
        },
        Kind::Any
        | Kind::Null
        | Kind::Boolean
        | Kind::Integer { .. }
        | Kind::Number
        | Kind::String(_)
        | Kind::Constant(_)
        | Kind::Array(_)
        | Kind::Map(_) => {}
    }
}

fn check_name(name: Option<&str>, key: &str, place: &Place, diags: &mut Diagnostics) {
    let Some(name) = name.filter(|name| !reserved::is_identifier(name)) else {
        return;
    };
    diags
        .error(
            place.clone(),
            format!("`{key}` has `{name}`, which is no name in Rust"),
        )
        .help("use letters, digits and `_`, a letter first, and no keyword");
}
