//! Named lists and maps that hold themselves with no type on the way: `Tree` is a list of
//! `Tree`. No Rust type is that, so the innermost values become any JSON.

use std::collections::HashSet;

use crate::api::{Bounds, Kind, Origin, Schema, SchemaId, Use};

use super::Ctx;

impl Ctx<'_> {
    /// Breaks the circle of every named schema that holds nothing but itself.
    pub(super) fn break_aliases(&mut self) {
        let components: Vec<(String, SchemaId)> = self
            .api
            .components
            .iter()
            .map(|(name, ty)| (name.clone(), ty.schema))
            .collect();
        let mut ending = HashSet::new();
        for (name, id) in components {
            let Some(last) = self.last_before(id, &mut ending) else {
                continue;
            };
            self.diags
                .warning(
                    self.api.schema(id).place.clone(),
                    format!("`{name}` holds itself and nothing else"),
                )
                .help(
                    "its innermost values are any JSON; for a type, make it an object with a \
                     property for the list or the map",
                );
            self.hold_anything(last);
        }
    }

    /// Follows items and values as far as they are lists and maps themselves: the one that
    /// holds `id` again, if there is one. `ending` are those that are known to come to an end.
    fn last_before(&self, id: SchemaId, ending: &mut HashSet<SchemaId>) -> Option<SchemaId> {
        let mut seen = HashSet::from([id]);
        let mut last = id;
        while let Kind::Array(inner) | Kind::Map(inner) = &self.api.schema(last).kind {
            if inner.schema == id {
                return Some(last);
            }
            if ending.contains(&inner.schema) {
                break;
            }
            if !seen.insert(inner.schema) {
                // Around a circle that others are in.
                return None;
            }
            last = inner.schema;
        }
        ending.extend(seen);
        None
    }

    /// Lets a list or a map hold any JSON.
    fn hold_anything(&mut self, id: SchemaId) {
        let anything = SchemaId(u32::try_from(self.api.schemas.len()).expect("bug: over 2^32"));
        self.api.schemas.push(Schema {
            place: self.api.schema(id).place.clone(),
            origin: Origin::Items(id),
            title: None,
            docs: None,
            rust_name: None,
            deprecated: false,
            default: None,
            kind: Kind::Any,
            any_other: false,
            bounds: Bounds::default(),
        });
        let anything = Use {
            schema: anything,
            nullable: false,
        };
        let kind = &mut self.api.schemas[id.index()].kind;
        *kind = match kind {
            Kind::Array(_) => Kind::Array(anything),
            _ => Kind::Map(anything),
        };
    }
}
