//! Whether two schemas written in different places are one type.

use std::collections::BTreeSet;

use crate::api::{Additional, Api, Kind, SchemaId, Use};

/// Whether two schemas have the same values and the same shape. Words do not count; limits
/// and defaults do, as the type checks the ones and offers the others.
pub(super) fn same(api: &Api, a: SchemaId, b: SchemaId) -> bool {
    same_schema(api, a, b, &mut BTreeSet::new())
}

fn same_schema(
    api: &Api,
    a: SchemaId,
    b: SchemaId,
    open: &mut BTreeSet<(SchemaId, SchemaId)>,
) -> bool {
    // A pair that is being compared already is the same as far as this question goes.
    if a == b || !open.insert((a, b)) {
        return true;
    }
    if api.schema(a).bounds != api.schema(b).bounds {
        return false;
    }
    let mut equal =
        |a: Use, b: Use| a.nullable == b.nullable && same_schema(api, a.schema, b.schema, open);
    match (&api.schema(a).kind, &api.schema(b).kind) {
        (Kind::Array(a), Kind::Array(b)) | (Kind::Map(a), Kind::Map(b)) => equal(*a, *b),
        (Kind::Object(a), Kind::Object(b)) => {
            let additional = match (a.additional, b.additional) {
                (Additional::Typed(a), Additional::Typed(b)) => equal(a, b),
                (a, b) => a == b,
            };
            additional
                && a.fields.len() == b.fields.len()
                && a.fields.iter().zip(&b.fields).all(|(a, b)| {
                    a.name == b.name
                        && a.required == b.required
                        && a.default == b.default
                        && equal(a.ty, b.ty)
                })
        }
        (Kind::Union(a), Kind::Union(b)) => {
            a.dispatch == b.dispatch
                && a.variants.len() == b.variants.len()
                && a.variants
                    .iter()
                    .zip(&b.variants)
                    .all(|(a, b)| a.tags == b.tags && equal(a.ty, b.ty))
        }
        (a, b) => a == b,
    }
}
