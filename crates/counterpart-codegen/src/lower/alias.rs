//! Named lists and maps that hold themselves with no type on the way: `Tree` is a list of
//! `Tree`. No Rust type is that, and hardly a document means it.

use crate::api::{Kind, SchemaId};

use super::Ctx;

impl Ctx<'_> {
    /// Reports every named schema that holds nothing but itself.
    pub(super) fn check_aliases(&mut self) {
        let components: Vec<(String, SchemaId)> = self
            .api
            .components
            .iter()
            .map(|(name, ty)| (name.clone(), ty.schema))
            .collect();
        for (name, id) in components {
            if !self.holds_only_itself(id) {
                continue;
            }
            let place = self.api.schema(id).place.clone();
            self.diags
                .error(place, format!("`{name}` holds itself and nothing else"))
                .help("make it an object, with a property for the list or the map");
        }
    }

    /// Follows items and values, as far as they are lists and maps themselves.
    fn holds_only_itself(&self, id: SchemaId) -> bool {
        let mut seen = vec![id];
        let mut last = id;
        while let Kind::Array(inner) | Kind::Map(inner) = &self.api.schema(last).kind {
            last = inner.schema;
            if seen.contains(&last) {
                return last == id;
            }
            seen.push(last);
        }
        false
    }
}
