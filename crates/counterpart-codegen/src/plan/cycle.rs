//! Which fields and variants are boxed: those that close a cycle of types held by value.

use std::collections::BTreeSet;

use crate::api::{Api, Kind, SchemaId};
use crate::name::Names;

/// The members, by type and position, whose value is boxed.
pub(super) fn boxed(api: &Api, names: &Names) -> BTreeSet<(SchemaId, usize)> {
    let mut search = Search {
        api,
        names,
        open: BTreeSet::new(),
        done: BTreeSet::new(),
        boxed: BTreeSet::new(),
    };
    for (id, _) in names.types() {
        search.visit(*id);
    }
    search.boxed
}

struct Search<'a> {
    api: &'a Api,
    names: &'a Names,
    open: BTreeSet<SchemaId>,
    done: BTreeSet<SchemaId>,
    boxed: BTreeSet<(SchemaId, usize)>,
}

impl Search<'_> {
    /// Depth first; an edge to a type that is still open closes a cycle.
    fn visit(&mut self, id: SchemaId) {
        if self.done.contains(&id) || !self.open.insert(id) {
            return;
        }
        for (index, held) in held(self.api, id).into_iter().enumerate() {
            let held = self.names.canonical(held);
            if self.open.contains(&held) {
                self.boxed.insert((id, index));
            } else {
                self.visit(held);
            }
        }
        self.open.remove(&id);
        self.done.insert(id);
    }
}

/// The schemas that a value of this one holds directly, in the order of its members.
pub(super) fn held(api: &Api, id: SchemaId) -> Vec<SchemaId> {
    match &api.schema(id).kind {
        Kind::Object(object) => object.fields.iter().map(|field| field.ty.schema).collect(),
        Kind::Union(union) => match api.events.get(&id) {
            Some(events) => {
                let payloads = events.variants.iter().map(|event| event.payload.schema);
                payloads.collect()
            }
            None => union
                .variants
                .iter()
                .map(|variant| variant.ty.schema)
                .collect(),
        },
        Kind::Any
        | Kind::Null
        | Kind::Boolean
        | Kind::Integer { .. }
        | Kind::Number
        | Kind::String(_)
        | Kind::Enum(_)
        | Kind::Constant(_)
        | Kind::Array(_)
        | Kind::Map(_) => Vec::new(),
    }
}
