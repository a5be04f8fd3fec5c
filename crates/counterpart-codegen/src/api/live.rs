//! Which schemas anything needs.

use std::collections::BTreeSet;

use super::{Additional, Api, Kind, SchemaId};

impl Api {
    /// The schemas that an operation reaches, and the named ones that are not part of
    /// another: nobody refers to those, but the document offers them.
    pub fn live(&self) -> BTreeSet<SchemaId> {
        let mut live = BTreeSet::new();
        for operation in &self.operations {
            let contents = operation.values().filter_map(|content| content.ty);
            let parameters = operation.parameters.iter().map(|parameter| parameter.ty);
            for ty in contents.chain(parameters) {
                self.reach(ty.schema, &mut live);
            }
        }
        for ty in self.components.values() {
            if !self.absorbed.contains(&ty.schema) {
                self.reach(ty.schema, &mut live);
            }
        }
        live
    }

    /// Everything that these schemas are made of, themselves included.
    pub fn reached(&self, roots: impl IntoIterator<Item = SchemaId>) -> BTreeSet<SchemaId> {
        let mut found = BTreeSet::new();
        roots.into_iter().for_each(|id| self.reach(id, &mut found));
        found
    }

    fn reach(&self, id: SchemaId, live: &mut BTreeSet<SchemaId>) {
        let mut waiting = vec![id];
        while let Some(id) = waiting.pop() {
            if live.insert(id) {
                self.parts(id, &mut waiting);
            }
        }
    }

    /// The schemas that one schema is made of.
    fn parts(&self, id: SchemaId, parts: &mut Vec<SchemaId>) {
        match &self.schema(id).kind {
            Kind::Array(inner) | Kind::Map(inner) => parts.push(inner.schema),
            Kind::Object(object) => {
                parts.extend(object.fields.iter().map(|field| field.ty.schema));
                if let Additional::Typed(values) = object.additional {
                    parts.push(values.schema);
                }
            }
            Kind::Union(union) => match self.events.get(&id) {
                Some(events) => {
                    parts.extend(events.variants.iter().map(|event| event.payload.schema));
                }
                None => parts.extend(union.variants.iter().map(|variant| variant.ty.schema)),
            },
            Kind::Any
            | Kind::Null
            | Kind::Boolean
            | Kind::Integer { .. }
            | Kind::Number
            | Kind::String(_)
            | Kind::Enum(_)
            | Kind::Constant(_) => {}
        }
    }
}
