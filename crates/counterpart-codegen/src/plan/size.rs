//! About how large values are, to know which unions have variants of very unequal size.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Additional, Api, Kind, SchemaId, StringFormat};
use crate::name::Names;

use super::cycle::held;

/// A vector, a string, a boxed thing with its length.
const HEAP: usize = 24;
/// An index map with its hasher.
const MAP: usize = 72;
/// A URL, taken apart.
const URL: usize = 88;

/// About how many bytes a value of each schema takes where it is held.
pub(super) fn sizes(
    api: &Api,
    names: &Names,
    boxed: &BTreeSet<(SchemaId, usize)>,
) -> BTreeMap<SchemaId, usize> {
    let mut sizes = BTreeMap::new();
    for (id, _) in names.types() {
        size(api, boxed, *id, &mut sizes);
    }
    sizes
}

fn size(
    api: &Api,
    boxed: &BTreeSet<(SchemaId, usize)>,
    id: SchemaId,
    sizes: &mut BTreeMap<SchemaId, usize>,
) -> usize {
    if let Some(size) = sizes.get(&id) {
        return *size;
    }
    // What is met again on the way is boxed.
    sizes.insert(id, 8);
    let member = |index: usize, held: SchemaId, sizes: &mut BTreeMap<SchemaId, usize>| match boxed
        .contains(&(id, index))
    {
        true => 8,
        false => size(api, boxed, held, sizes),
    };
    let members = held(api, id).into_iter().enumerate();
    let schema = api.schema(id);
    let bytes = match &schema.kind {
        Kind::Boolean => 1,
        Kind::Integer { .. } | Kind::Number => 16,
        Kind::Null | Kind::Constant(_) => 0,
        Kind::String(StringFormat::Uri) => URL,
        Kind::String(_) | Kind::Enum(_) | Kind::Array(_) => HEAP,
        Kind::Any | Kind::Map(_) => MAP,
        Kind::Object(object) => {
            let fields: usize = members
                .filter(|(index, _)| api.constant(&object.fields[*index]).is_none())
                .map(|(index, held)| member(index, held, sizes))
                .sum();
            match object.additional {
                Additional::Typed(_) => fields + MAP,
                Additional::Refused | Additional::Tolerated => fields,
            }
        }
        Kind::Union(_) => {
            let variants = members.map(|(index, held)| member(index, held, sizes));
            variants.max().unwrap_or_default().max(MAP) + 8
        }
    };
    sizes.insert(id, bytes);
    bytes
}
