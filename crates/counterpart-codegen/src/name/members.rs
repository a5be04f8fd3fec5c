//! Names of what types are made of: fields, values, variants.

use crate::api::{
    Api, EnumValue, EnumValues, EventUnion, Field, Kind, Origin, Schema, SchemaId, Union, Variant,
};
use crate::diag::Diagnostics;

use super::settle::{Wanted, settled};
use super::symbols::begins_well;
use super::types::{json_path, kind_word};
use super::{Names, casing};

/// Names the members of every type.
pub(super) fn members(api: &Api, names: &mut Names, diags: &mut Diagnostics) {
    let types = names.types.clone();
    for (id, name) in &types {
        let schema = api.schema(*id);
        let wanted: Vec<Wanted> = match &schema.kind {
            Kind::Object(object) => object
                .fields
                .iter()
                .map(|field| wanted_field(field, name))
                .collect(),
            Kind::Enum(EnumValues::Strings(values)) => values
                .iter()
                .map(|value| wanted_value(value, name))
                .collect(),
            Kind::Enum(EnumValues::Integers(values)) => values
                .iter()
                .map(|value| wanted_value(value, name))
                .collect(),
            Kind::Constant(value) => {
                let value = EnumValue {
                    value: value.as_str().unwrap_or_default().to_owned(),
                    rust_name: None,
                    docs: None,
                };
                vec![wanted_value(&value, name)]
            }
            Kind::Union(union) => match api.events.get(id) {
                Some(events) => wanted_events(events, name),
                None => wanted_variants(api, names, union, name),
            },
            _ => Vec::new(),
        };
        let join: fn(&str, &str) -> String = match &schema.kind {
            Kind::Object(_) => |name, style| format!("{name}_{style}"),
            _ => |name, style| format!("{name}{}", casing::pascal(style)),
        };
        let is_object = matches!(schema.kind, Kind::Object(_));
        let (idents, collisions) = settled(&wanted, join, |_, text| match is_object {
            true => field_ident(text, name),
            false => variant_ident(text, name),
        });
        for collision in collisions {
            report(diags, schema, &wanted, &collision);
        }
        names.members.insert(*id, idents);
    }
}

fn report(diags: &mut Diagnostics, schema: &Schema, wanted: &[Wanted], collision: &[usize]) {
    let texts: Vec<String> = collision
        .iter()
        .map(|index| format!("`{}`", wanted[*index].text))
        .collect();
    let last = &wanted[collision[collision.len() - 1]];
    let whole = json_path(&schema.place.pointer);
    let (target, name) = match &schema.kind {
        Kind::Object(_) => {
            let property = last.text.replace('\'', "\\'");
            (
                format!("{whole}.properties['{property}']"),
                "x-rust-name: …",
            )
        }
        Kind::Union(_) => (whole, "x-rust-variants: [a name for each]"),
        _ => (whole, "x-enum-varnames: [a name for each]"),
    };
    diags
        .error(
            schema.place.clone(),
            format!("{} would be `{}` in Rust", texts.join(" and "), last.ident),
        )
        .help(format!(
            "in an overlay, add an action with the target `{target}` and `update: {{{name}}}`"
        ));
}

fn wanted_field(field: &Field, parent: &str) -> Wanted {
    match &field.rust_name {
        Some(name) => Wanted {
            text: field.name.clone(),
            ident: name.clone(),
            fixed: true,
        },
        None => Wanted {
            text: field.name.clone(),
            ident: field_ident(&field.name, parent),
            fixed: false,
        },
    }
}

/// A field's name: cased, and qualified by the object where it could not stand alone.
fn field_ident(text: &str, parent: &str) -> String {
    let ident = casing::field(text);
    match begins_well(&ident) {
        true => ident,
        false => format!("{}_{ident}", last_word(parent).to_lowercase()),
    }
}

fn wanted_value<T: ToString>(value: &EnumValue<T>, parent: &str) -> Wanted {
    let text = value.value.to_string();
    let (ident, fixed) = match &value.rust_name {
        Some(name) => (casing::pascal(name), true),
        None => (variant_ident(&text, parent), false),
    };
    Wanted { text, ident, fixed }
}

/// A variant's name: cased, and qualified by the enum where it could not stand alone.
fn variant_ident(text: &str, parent: &str) -> String {
    let ident = casing::pascal(text);
    // `Err` would be taken for the associated type of `FromStr`.
    match begins_well(&ident) && !["Unknown", "Self", "Err"].contains(&ident.as_str()) {
        true => ident,
        false => format!("{}{ident}", last_word(parent)),
    }
}

/// `Size` of `ImageSize`.
fn last_word(name: &str) -> String {
    let snake = casing::snake(name);
    casing::pascal(snake.rsplit('_').next().unwrap_or_default())
}

fn wanted_events(events: &EventUnion, parent: &str) -> Vec<Wanted> {
    let wanted = events.variants.iter().map(|event| Wanted {
        text: event.tag.clone(),
        ident: match &event.rust_name {
            Some(name) => name.clone(),
            None => variant_ident(&event.tag, parent),
        },
        fixed: event.rust_name.is_some(),
    });
    wanted.collect()
}

fn wanted_variants(api: &Api, names: &Names, union: &Union, parent: &str) -> Vec<Wanted> {
    let mut wanted: Vec<Wanted> = union
        .variants
        .iter()
        .map(|variant| match &variant.rust_name {
            Some(name) => Wanted {
                text: name.clone(),
                ident: name.clone(),
                fixed: true,
            },
            None => {
                let text = variant_text(api, names, variant, parent);
                let ident = variant_ident(&text, parent);
                Wanted {
                    text,
                    ident,
                    fixed: false,
                }
            }
        })
        .collect();
    // Titles may repeat; what the variants hold may still tell them apart.
    for word in [element_word, exact_word] {
        let idents: Vec<String> = wanted.iter().map(|name| name.ident.clone()).collect();
        for (name, variant) in wanted.iter_mut().zip(&union.variants) {
            let repeated = idents.iter().filter(|ident| **ident == name.ident).count() > 1;
            if repeated && !name.fixed {
                let word = word(api, names, variant.ty.schema);
                name.ident = variant_ident(&word, parent);
            }
        }
    }
    wanted
}

/// What a variant is called after: its tag, its title, its type, its JSON type.
fn variant_text(api: &Api, names: &Names, variant: &Variant, parent: &str) -> String {
    let schema = api.schema(variant.ty.schema);
    if let [tag] = &variant.tags[..] {
        return tag.clone();
    }
    if let Kind::Constant(value) = &schema.kind
        && let Some(text) = value.as_str()
    {
        return text.to_owned();
    }
    let is_component = matches!(schema.origin, Origin::Component(_) | Origin::Pointer(_));
    if let Some(name) = names.ty(variant.ty.schema) {
        let short = name
            .strip_prefix(parent)
            .filter(|rest| rest.starts_with(char::is_uppercase));
        return short.unwrap_or(name).to_owned();
    }
    match &schema.title {
        Some(title) if !is_component => title.clone(),
        _ => element_word(api, names, variant.ty.schema),
    }
}

/// `TextList` for a list of strings: lists of different things are told apart by them.
fn element_word(api: &Api, names: &Names, id: SchemaId) -> String {
    if let Some(name) = names.ty(id) {
        return name.to_owned();
    }
    match &api.schema(id).kind {
        Kind::Array(items) => format!("{}List", element_word(api, names, items.schema)),
        Kind::Map(values) => format!("{}Map", element_word(api, names, values.schema)),
        other => kind_word(other).to_owned(),
    }
}

/// As [`element_word`], of numbers with their size and of constants with their value.
fn exact_word(api: &Api, names: &Names, id: SchemaId) -> String {
    if let Some(name) = names.ty(id) {
        return name.to_owned();
    }
    match &api.schema(id).kind {
        Kind::Array(items) => format!("{}List", exact_word(api, names, items.schema)),
        Kind::Map(values) => format!("{}Map", exact_word(api, names, values.schema)),
        Kind::Integer { short, unsigned } => {
            let size = if *short { 32 } else { 64 };
            let sign = if *unsigned { "Uint" } else { "Int" };
            format!("{sign}{size}")
        }
        Kind::Constant(value) => value.to_string(),
        other => kind_word(other).to_owned(),
    }
}
