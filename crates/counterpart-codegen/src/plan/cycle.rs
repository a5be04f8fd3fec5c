//! Which fields and variants are boxed: those that close a cycle of types held by value,
//! and those that would make a value of very many types, one inside the other.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Kind, SchemaId};
use crate::name::Names;

/// How many types may be held one inside the other: the compiler's own limit is 128, and
/// `Option` counts as well.
const DEEPEST: usize = 24;

/// The members, by type and position, whose value is boxed.
pub(super) fn boxed(api: &Api, names: &Names) -> BTreeSet<(SchemaId, usize)> {
    let mut search = Search {
        api,
        names,
        open: BTreeSet::new(),
        heights: BTreeMap::new(),
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
    /// How many types each finished type holds, one inside the other.
    heights: BTreeMap<SchemaId, usize>,
    boxed: BTreeSet<(SchemaId, usize)>,
}

impl Search<'_> {
    /// Depth first; an edge to a type that is still open closes a cycle.
    fn visit(&mut self, id: SchemaId) -> usize {
        if let Some(height) = self.heights.get(&id) {
            return *height;
        }
        self.open.insert(id);
        let mut height = 0;
        for (index, held) in held(self.api, id).into_iter().enumerate() {
            let held = self.names.canonical(held);
            let below = match self.open.contains(&held) {
                true => DEEPEST,
                false => self.visit(held),
            };
            match below >= DEEPEST {
                true => {
                    self.boxed.insert((id, index));
                }
                false => height = height.max(below + 1),
            }
        }
        self.open.remove(&id);
        self.heights.insert(id, height);
        height
    }
}

/// The compiler's limit of how many types one may be made of, one inside the other.
const COMPILER_LIMIT: usize = 128;

/// The `recursion_limit` that crates of these types need, where it is not the usual one:
/// whether a future that holds a value can be sent to another thread is asked of every type
/// in it, boxed or not.
pub(super) fn recursion_limit(api: &Api, names: &Names) -> Option<usize> {
    let mut depths = BTreeMap::new();
    let ids = names.types().iter().map(|(id, _)| *id);
    let deepest = ids.map(|id| depth(api, id, &mut depths)).max()?;
    // The type itself and an `Option`, for each; now and then a box; what futures are made of.
    let needed = 2 * deepest + deepest / 8 + 24;
    (needed > COMPILER_LIMIT).then(|| needed.next_power_of_two())
}

/// How many types a type is made of, one inside the other.
fn depth(api: &Api, id: SchemaId, depths: &mut BTreeMap<SchemaId, usize>) -> usize {
    if let Some(depth) = depths.get(&id) {
        return *depth;
    }
    // What is met again on the way adds nothing.
    depths.insert(id, 0);
    let below = api
        .parts(id)
        .into_iter()
        .map(|part| depth(api, part, depths))
        .max();
    let depth = 1 + below.unwrap_or(0);
    depths.insert(id, depth);
    depth
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
