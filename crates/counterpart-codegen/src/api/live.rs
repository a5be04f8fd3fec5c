//! Which schemas anything needs.

use std::collections::BTreeSet;

use super::{Additional, Api, Kind, SchemaId, Webhook};

impl Api {
    /// The schemas that an operation reaches, and the named ones that are not part of
    /// another: nobody refers to those, but the document offers them.
    pub fn live(&self) -> BTreeSet<SchemaId> {
        let mut live = BTreeSet::new();
        for operation in &self.operations {
            let contents = operation.values().filter_map(|content| content.ty);
            let parameters = operation.parameters.iter().map(|parameter| parameter.ty);
            let headers = operation.reply_headers().map(|header| header.ty);
            for ty in contents.chain(parameters).chain(headers) {
                self.reach(ty.schema, &mut live);
            }
        }
        for ty in self.webhooks.iter().flat_map(Webhook::payloads) {
            self.reach(ty.schema, &mut live);
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
                waiting.extend(self.parts(id));
            }
        }
    }

    /// The schemas that one schema is made of.
    pub fn parts(&self, id: SchemaId) -> Vec<SchemaId> {
        match &self.schema(id).kind {
            Kind::Array(inner) | Kind::Map(inner) => vec![inner.schema],
            Kind::Object(object) => {
                let fields = object.fields.iter().map(|field| field.ty.schema);
                let others = match object.additional {
                    Additional::Typed(values) => Some(values.schema),
                    Additional::Tolerated | Additional::Refused => None,
                };
                fields.chain(others).collect()
            }
            Kind::Union(union) => match self.events.get(&id) {
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
            | Kind::Constant(_) => Vec::new(),
        }
    }
}
