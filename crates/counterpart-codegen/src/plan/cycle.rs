//! Which fields and variants are boxed: those that close a cycle of types held by value,
//! and those that would make a value of very many types, one inside the other.
//!
//! Which edge of a cycle is the one that closes it must not depend on what else is in the
//! document, or in what order. So each knot of types that hold each other is entered at the
//! type whose name comes first, and left in the order of names.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Kind, SchemaId};
use crate::name::Names;

/// How many types may be held one inside the other: the compiler's own limit is 128, and
/// `Option` counts as well.
const DEEPEST: usize = 24;

/// The members, by type and position, whose value is boxed.
pub(super) fn boxed(api: &Api, names: &Names) -> BTreeSet<(SchemaId, usize)> {
    let graph = Graph::of(api, names);
    let mut boxed = BTreeSet::new();
    for knot in graph.knots() {
        let first = knot.iter().min_by_key(|id| graph.name(**id));
        if let Some(first) = first {
            graph.close(*first, &knot, &mut BTreeMap::new(), &mut boxed);
        }
    }
    let mut heights = BTreeMap::new();
    for id in graph.edges.keys() {
        graph.height(*id, &mut heights, &mut boxed);
    }
    boxed
}

/// Which type holds which, by the position of the member.
struct Graph<'a> {
    names: &'a Names,
    edges: BTreeMap<SchemaId, Vec<SchemaId>>,
}

/// Where a search for knots is (Tarjan, "Depth-first search and linear graph algorithms").
#[derive(Default)]
struct Search {
    /// When each type was met, and the earliest that can be reached from it.
    met: BTreeMap<SchemaId, (usize, usize)>,
    waiting: Vec<SchemaId>,
    knots: Vec<BTreeSet<SchemaId>>,
}

impl<'a> Graph<'a> {
    fn of(api: &Api, names: &'a Names) -> Self {
        let edges = names.types().iter().map(|(id, _)| {
            let held = held(api, *id).into_iter();
            (*id, held.map(|held| names.canonical(held)).collect())
        });
        Self {
            names,
            edges: edges.collect(),
        }
    }

    fn name(&self, id: SchemaId) -> Option<&str> {
        self.names.ty(id)
    }

    /// The types that `id` holds, with the position of the member.
    fn held(&self, id: SchemaId) -> impl Iterator<Item = (usize, SchemaId)> {
        let held = self.edges.get(&id).into_iter().flatten().copied();
        held.enumerate()
    }

    /// The sets of types that hold each other, or themselves.
    fn knots(&self) -> Vec<BTreeSet<SchemaId>> {
        let mut search = Search::default();
        for id in self.edges.keys() {
            self.search(*id, &mut search);
        }
        let is_knot = |knot: &BTreeSet<SchemaId>| {
            let mut ids = knot.iter();
            knot.len() > 1 || ids.any(|id| self.held(*id).any(|(_, held)| held == *id))
        };
        search.knots.retain(is_knot);
        search.knots
    }

    fn search(&self, id: SchemaId, search: &mut Search) {
        if search.met.contains_key(&id) {
            return;
        }
        let order = search.met.len();
        search.met.insert(id, (order, order));
        search.waiting.push(id);
        let mut earliest = order;
        for (_, held) in self.held(id) {
            self.search(held, search);
            // What is in a knot of its own leads nowhere back.
            if search.waiting.contains(&held) {
                earliest = earliest.min(search.met[&held].1);
            }
        }
        search.met.insert(id, (order, earliest));
        if earliest == order {
            let start = search.waiting.iter().position(|waiting| *waiting == id);
            let knot = search.waiting.split_off(start.unwrap_or_default());
            search.knots.push(knot.into_iter().collect());
        }
    }

    /// Depth first through a knot; an edge to a type that is still open closes a cycle.
    fn close(
        &self,
        id: SchemaId,
        knot: &BTreeSet<SchemaId>,
        open: &mut BTreeMap<SchemaId, bool>,
        boxed: &mut BTreeSet<(SchemaId, usize)>,
    ) {
        open.insert(id, true);
        let mut held: Vec<_> = self
            .held(id)
            .filter(|(_, held)| knot.contains(held))
            .collect();
        held.sort_by_key(|(_, held)| self.name(*held));
        for (index, held) in held {
            match open.get(&held) {
                Some(true) => {
                    boxed.insert((id, index));
                }
                Some(false) => {}
                None => self.close(held, knot, open, boxed),
            }
        }
        open.insert(id, false);
    }

    /// How many types a type holds, one inside the other. What gets too high is boxed.
    fn height(
        &self,
        id: SchemaId,
        heights: &mut BTreeMap<SchemaId, usize>,
        boxed: &mut BTreeSet<(SchemaId, usize)>,
    ) -> usize {
        if let Some(height) = heights.get(&id) {
            return *height;
        }
        let mut height = 0;
        for (index, held) in self.held(id) {
            if boxed.contains(&(id, index)) {
                continue;
            }
            match self.height(held, heights, boxed) {
                below if below >= DEEPEST => {
                    boxed.insert((id, index));
                }
                below => height = height.max(below + 1),
            }
        }
        heights.insert(id, height);
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
