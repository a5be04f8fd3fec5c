//! Schemas with `allOf`, one inside the other: what is merged may hold itself again.
//!
//! `parent: {allOf: [{$ref: Node}, {minProperties: 1}]}` inside `Node` has a `parent` of its own,
//! which is written in the same place and therefore is the same schema.

use crate::api::{Origin, Use};
use crate::load::tree::Node;

use super::Ctx;
use super::read::At;

/// How many values all merged schemas together may have. Large published documents come to a
/// hundredth of this; whoever has more multiplies on purpose.
const MOST: usize = 1_000_000;

/// What is being merged, and what was merged inside it.
#[derive(Debug, Default)]
pub(super) struct Merges {
    known: Vec<Merge>,
    /// How many of them are still open.
    open: usize,
    /// How many values were merged so far.
    spent: usize,
}

#[derive(Debug)]
struct Merge {
    /// The schema as written.
    node: Node,
    pointer: String,
    /// What it became, once that is known.
    ty: Option<Use>,
}

impl Merges {
    /// Says what the schema at `pointer` became, if it is among those being merged.
    pub fn name(&mut self, pointer: &str, ty: Use) {
        let mut known = self.known.iter_mut().rev();
        let is_it = |merge: &&mut Merge| merge.ty.is_none() && merge.pointer == pointer;
        if let Some(merge) = known.find(is_it) {
            merge.ty = Some(ty);
        }
    }

    /// The same schema, written in the same place, that was met before.
    fn find(&self, node: &Node) -> Option<&Merge> {
        let mut known = self.known.iter();
        known.find(|merge| merge.node.at == node.at && merge.node == *node)
    }
}

impl Ctx<'_> {
    /// The schema at `at`, which has `allOf`.
    pub(super) fn whole(&mut self, at: &At<'_>, origin: Origin) -> Use {
        if let Some(merge) = self.merges.find(at.node) {
            if let Some(ty) = merge.ty {
                return ty;
            }
            self.diags
                .error(at.place(), "this `allOf` is nothing but itself")
                .help("let one of the schemas on the way be an object, a list or a union");
            return self.any(at, origin);
        }
        if self.merges.spent > MOST {
            // It was said once, and the rest would say the same.
            return self.any(at, origin);
        }
        let Some(merged) = self.merged(at) else {
            return self.any(at, origin);
        };
        self.merges.spent = self.merges.spent.saturating_add(merged.count());
        if self.merges.spent > MOST {
            self.diags
                .error(
                    at.place(),
                    "the `allOf`s of this document multiply beyond measure",
                )
                .help("give what is taken in many times a name, and refer to it by properties");
            return self.any(at, origin);
        }
        let index = self.merges.known.len();
        self.merges.known.push(Merge {
            node: at.node.clone(),
            pointer: at.pointer.clone(),
            ty: None,
        });
        self.merges.open += 1;
        let merged = At {
            node: &merged,
            pointer: at.pointer.clone(),
        };
        let ty = self.structured(&merged, origin);
        self.merges.known[index].ty = Some(ty);
        self.merges.open -= 1;
        if self.merges.open == 0 {
            self.merges.known.clear();
        }
        ty
    }
}
