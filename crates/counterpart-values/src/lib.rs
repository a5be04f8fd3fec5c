//! Arbitrary values of a document's schemas, and what can be broken in them: for tests of types that were generated.
//!
//! In: a document, as the generator understands it, and a schema of it. Out: JSON. Nothing here repeats a document: a
//! schema that changes changes the values.

#![deny(missing_docs)]

mod height;
mod make;
mod places;

pub use make::{Maker, Openness, any_json};
pub use places::{Break, anywhere, breaks};

use counterpart_codegen::api::{Api, EnumValues, Kind};
use std::collections::BTreeSet;

/// Every name of a property in a document.
pub fn keys(api: &Api) -> Vec<String> {
    let fields = |kind: &Kind| match kind {
        Kind::Object(object) => object.fields.clone(),
        _ => Vec::new(),
    };
    let schemas = api.schemas.iter();
    let names = schemas.flat_map(|schema| fields(&schema.kind));
    let names: BTreeSet<String> = names.map(|field| field.name).collect();
    names.into_iter().collect()
}

/// Every text that a document lists: tags, constants and values of enums.
pub fn texts(api: &Api) -> Vec<String> {
    let mut texts = BTreeSet::new();
    for schema in &api.schemas {
        match &schema.kind {
            Kind::Constant(value) => texts.extend(value.as_str().map(str::to_owned)),
            Kind::Enum(EnumValues::Strings(values)) => {
                texts.extend(values.iter().map(|value| value.value.clone()));
            }
            _ => {}
        }
    }
    texts.into_iter().collect()
}
