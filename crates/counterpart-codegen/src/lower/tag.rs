//! Tags that the document leaves open: `petType: {type: string}` of a `Cat` that is only ever
//! `cat`. A discriminator says what it is, so it is a constant like any other.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::api::{Bounds, Dispatch, Kind, Schema, SchemaId, StringFormat, Use};

use super::Ctx;

impl Ctx<'_> {
    /// Makes constants of the properties that hold a tag, where every union with the object
    /// agrees on it.
    pub(super) fn fix_tags(&mut self) {
        for ((id, property), tags) in self.tags_of_variants() {
            let [tag] = &tags[..] else { continue };
            let Kind::Object(object) = &self.api.schema(id).kind else {
                continue;
            };
            let mut fields = object.fields.iter();
            let Some(index) = fields.position(|field| field.name == property) else {
                continue;
            };
            let field = &object.fields[index];
            let plain = self.api.schema(field.ty.schema);
            let is_open = plain.kind == Kind::String(StringFormat::Plain)
                && plain.bounds == Bounds::default();
            if !is_open || !field.required || field.ty.nullable {
                continue;
            }
            // A schema of its own: others may share the one that the property has.
            let constant = Schema {
                kind: Kind::Constant(Value::String(tag.clone())),
                ..plain.clone()
            };
            let schema = SchemaId(u32::try_from(self.api.schemas.len()).expect("bug: over 2^32"));
            self.api.schemas.push(constant);
            if let Kind::Object(object) = &mut self.api.schemas[id.index()].kind {
                object.fields[index].ty = Use {
                    schema,
                    nullable: false,
                };
            }
        }
    }

    /// The tags that unions give to each object, by the property that holds them.
    fn tags_of_variants(&self) -> BTreeMap<(SchemaId, String), Vec<String>> {
        let mut found: BTreeMap<(SchemaId, String), Vec<String>> = BTreeMap::new();
        for schema in &self.api.schemas {
            let Kind::Union(union) = &schema.kind else {
                continue;
            };
            let property = match &union.dispatch {
                Dispatch::Tag(property) => property,
                Dispatch::Type {
                    tag: Some(property),
                } => property,
                Dispatch::Type { tag: None } | Dispatch::Order => continue,
            };
            for variant in &union.variants {
                let tags = found
                    .entry((variant.ty.schema, property.clone()))
                    .or_default();
                for tag in &variant.tags {
                    if !tags.contains(tag) {
                        tags.push(tag.clone());
                    }
                }
            }
        }
        found
    }
}
