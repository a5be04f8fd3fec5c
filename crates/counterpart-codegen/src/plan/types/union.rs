//! Unions and events: their variants, and how a value finds its own.

use std::collections::BTreeMap;

use crate::api::{
    Dispatch, EventUnion, Field, Kind, Object, SchemaId, Union, Use, Variant as ApiVariant,
};

use super::super::docs::Docs;
use super::super::ty::Type;
use super::super::{Input, shape};
use super::model::{
    Conversion, Event, EventPayload, Events, Payload, TagCase, TagTable, UnionDispatch, UnionEnum,
    Variant,
};
use super::structure::literal;

impl Input<'_> {
    pub(super) fn union(
        &self,
        id: SchemaId,
        ident: String,
        docs: Docs,
        union: &Union,
    ) -> UnionEnum {
        let variants: Vec<Variant> = union
            .variants
            .iter()
            .enumerate()
            .map(|(index, variant)| self.variant(id, index, variant.ty))
            .collect();
        let mut conversions = shape::conversions(&variants);
        if conversions.iter().all(|known| known.from != Type::Text) {
            conversions.extend(self.text_conversion(id, union));
        }
        UnionEnum {
            dispatch: self.dispatch(union, &variants),
            uneven: self.uneven(union.variants.iter().map(|variant| variant.ty)),
            conversions,
            checks: self.checks(id),
            fills: self.union_fills(id, union),
            ident,
            docs,
            variants,
        }
    }

    /// A text converts into the variant that has the tag `text` and holds a text and nothing else.
    fn text_conversion(&self, id: SchemaId, union: &Union) -> Option<Conversion> {
        let tagged = |variant: &ApiVariant| variant.tags.iter().any(|tag| tag == "text");
        let index = union.variants.iter().position(tagged)?;
        let ty = union.variants[index].ty;
        let Kind::Object(object) = &self.api.schema(ty.schema).kind else {
            return None;
        };
        let choices = object
            .fields
            .iter()
            .filter(|field| self.api.constant(field).is_none());
        let [only] = choices.collect::<Vec<_>>()[..] else {
            return None;
        };
        let is_text = only.required && !only.ty.nullable && self.ty(only.ty) == Type::Text;
        let is_boxed = self.boxed.contains(&(id, index));
        (is_text && !is_boxed && !ty.nullable).then(|| Conversion {
            from: Type::Text,
            variant: self.names.member(id, index).to_owned(),
            boxed: false,
            through: self.names.ty(ty.schema).map(str::to_owned),
        })
    }

    fn variant(&self, id: SchemaId, index: usize, ty: Use) -> Variant {
        let schema = self.api.schema(ty.schema);
        let constant = match &schema.kind {
            Kind::Constant(value) => literal(value),
            _ => None,
        };
        let payload = match constant {
            Some(value) => Payload::Constant(value),
            None => {
                let ty = self.value_ty(ty);
                Payload::Value(match self.boxed.contains(&(id, index)) {
                    true => Type::Boxed(Box::new(ty)),
                    false => ty,
                })
            }
        };
        let words = schema.docs.as_deref().or(schema.title.as_deref());
        let docs = Docs::of_or(first_paragraph(words), &shape::variant_docs(&payload));
        Variant {
            ident: self.names.member(id, index).to_owned(),
            docs,
            payload,
        }
    }

    fn dispatch(&self, union: &Union, variants: &[Variant]) -> UnionDispatch {
        match &union.dispatch {
            Dispatch::Tag(property) => UnionDispatch::Tag(self.tag_table(union, property)),
            Dispatch::Order => UnionDispatch::Order,
            Dispatch::Type { tag } => UnionDispatch::Type {
                types: variants
                    .iter()
                    .zip(&union.variants)
                    .enumerate()
                    .filter_map(|(index, (_, variant))| {
                        let kind = &self.api.schema(variant.ty.schema).kind;
                        shape::json_type(kind).map(|ty| (ty, index))
                    })
                    .collect(),
                tag: tag.as_ref().map(|property| self.tag_table(union, property)),
            },
        }
    }

    fn tag_table(&self, union: &Union, property: &str) -> TagTable {
        let tagged: Vec<(usize, &ApiVariant, &Object)> = union
            .variants
            .iter()
            .enumerate()
            .filter(|(_, variant)| !variant.tags.is_empty())
            .map(
                |(index, variant)| match &self.api.schema(variant.ty.schema).kind {
                    Kind::Object(object) => (index, variant, object),
                    _ => unreachable!("bug: only objects have tags"),
                },
            )
            .collect();
        let cases = tagged.iter().map(|(index, variant, object)| {
            let own = object.fields.iter().find(|field| field.name == property);
            // A required property holds the tag itself, constant or not.
            let writes = own.is_some_and(|field| field.required);
            TagCase {
                tags: variant.tags.clone(),
                variant: *index,
                written_by_union: !writes,
            }
        });
        TagTable {
            property: property.to_owned(),
            cases: cases.collect(),
            telling: self.telling(&tagged, property),
        }
    }

    /// The properties that only one variant has, with its tag: those that it always has, if there are any.
    ///
    /// Only a constant is compared on reading, so that only such a tag is told by others.
    fn telling(
        &self,
        tagged: &[(usize, &ApiVariant, &Object)],
        property: &str,
    ) -> Vec<(String, String)> {
        let mut holders: BTreeMap<&str, usize> = BTreeMap::new();
        for field in tagged.iter().flat_map(|(_, _, object)| &object.fields) {
            *holders.entry(&field.name).or_default() += 1;
        }
        let mut telling = Vec::new();
        for (_, variant, object) in tagged {
            let mut fields = object.fields.iter();
            let own = fields.find(|field| field.name == property);
            let is_constant = own.is_some_and(|field| self.api.constant(field).is_some());
            let ([tag], true) = (variant.tags.as_slice(), is_constant) else {
                continue;
            };
            let unique = |field: &&Field| holders[field.name.as_str()] == 1;
            let (always, at_times): (Vec<&Field>, Vec<&Field>) = object
                .fields
                .iter()
                .filter(unique)
                .partition(|field| field.required);
            let fields = if always.is_empty() { at_times } else { always };
            telling.extend(fields.iter().map(|field| (field.name.clone(), tag.clone())));
        }
        telling
    }

    pub(super) fn events(
        &self,
        id: SchemaId,
        ident: String,
        docs: Docs,
        events: &EventUnion,
    ) -> Events {
        let variants = events.variants.iter().enumerate().map(|(index, event)| {
            let payload = match &self.api.schema(event.payload.schema).kind {
                Kind::Constant(serde_json::Value::String(text)) => EventPayload::Done(text.clone()),
                _ => EventPayload::Json(match self.boxed.contains(&(id, index)) {
                    true => Type::Boxed(Box::new(self.value_ty(event.payload))),
                    false => self.value_ty(event.payload),
                }),
            };
            Event {
                ident: self.names.member(id, index).to_owned(),
                docs: Docs::of_or(event.docs.as_deref(), &format!("`{}`.", event.tag)),
                tag: event.tag.clone(),
                payload,
            }
        });
        Events {
            variants: variants.collect(),
            uneven: self.uneven(events.variants.iter().map(|event| event.payload)),
            checks: self.checks(id),
            ident,
            docs,
        }
    }

    /// Whether the largest variant is so much larger than the next that clippy says so.
    fn uneven(&self, variants: impl Iterator<Item = Use>) -> bool {
        let sizes = variants.map(|ty| {
            let id = self.names.canonical(ty.schema);
            self.sizes.get(&id).copied().unwrap_or(24)
        });
        // The variant for what is unknown holds a JSON value.
        let mut sizes: Vec<usize> = sizes.chain([72]).collect();
        sizes.sort_unstable();
        // Clippy's own threshold is 200; our sizes are not exact.
        matches!(sizes[..], [.., second, first] if first - second > 120)
    }
}

fn first_paragraph(text: Option<&str>) -> Option<&str> {
    text.and_then(|text| text.split("\n\n").next())
}
