//! The page of a type.

use crate::api::{Additional, Kind, SchemaId, Use};
use crate::config::Package;

use super::super::docs::Docs;
use super::super::types::{
    EventPayload, Events, Item, Payload, TagTable, UnionDispatch, UnionEnum, Variant,
};
use super::uses::Uses;
use super::words::Words;
use super::{Page, Scope, Shape, VariantRow, Word};

impl Scope<'_> {
    /// A page for every type, in the order of the types crate.
    pub(super) fn pages(&self, uses: &Uses) -> Vec<Page> {
        let by_name = self.input.names.types().iter();
        let ids: std::collections::BTreeMap<&str, SchemaId> =
            by_name.map(|(id, ident)| (ident.as_str(), *id)).collect();
        let mut pages = Vec::new();
        for module in &self.types.modules {
            let first = module.items.first().map(Item::ident);
            for item in &module.items {
                let Some(id) = ids.get(item.ident()) else {
                    continue;
                };
                let parent = first.filter(|first| *first != item.ident());
                pages.push(self.page(*id, item, parent, uses));
            }
        }
        pages
    }

    fn page(&self, id: SchemaId, item: &Item, parent: Option<&str>, uses: &Uses) -> Page {
        let schema = self.input.api.schema(id);
        let ident = item.ident().to_owned();
        let sampled = matches!(item, Item::Struct(_));
        let use_ = Use {
            schema: id,
            nullable: false,
        };
        Page {
            parent: parent.map(str::to_owned),
            docs: Docs::of(schema.docs.as_deref().or(schema.title.as_deref())),
            schema: match &schema.origin {
                crate::api::Origin::Component(name) => Some(name.clone()),
                _ => None,
            },
            pointer: schema.place.pointer.clone(),
            deprecated: schema.deprecated,
            shape: self.shape(id, item),
            made: match uses.is_sent(&ident) && self.has(Package::TYPES) {
                true => self.made(id),
                false => None,
            },
            sample: sampled
                .then(|| serde_json::to_string_pretty(&self.input.sample(use_)).ok())
                .flatten(),
            operations: uses.operations(&ident),
            holders: uses.holders(&ident),
            ident,
        }
    }

    fn shape(&self, id: SchemaId, item: &Item) -> Shape {
        match item {
            Item::Struct(plan) => Shape::Object {
                rows: self.properties(id, plan),
                extra: self.extra(id),
                closed: plan.closed,
            },
            Item::Enum(plan) => Shape::Values {
                values: plan
                    .values
                    .iter()
                    .map(|value| (value.value.clone(), value.ident.clone(), value.docs.clone()))
                    .collect(),
                open: plan.any_other,
            },
            Item::IntegerEnum(plan) => Shape::Values {
                values: plan
                    .values
                    .iter()
                    .map(|value| {
                        (
                            value.value.to_string(),
                            value.ident.clone(),
                            value.docs.clone(),
                        )
                    })
                    .collect(),
                open: false,
            },
            Item::Union(plan) => self.union(id, plan),
            Item::Events(plan) => self.events(id, plan),
            Item::Alias(_) => Shape::Alias(self.kind(&self.input.api.schema(id).kind)),
        }
    }

    fn extra(&self, id: SchemaId) -> Option<Words> {
        match &self.input.api.schema(id).kind {
            Kind::Object(object) => match object.additional {
                Additional::Typed(ty) => Some(self.words(ty)),
                Additional::Refused | Additional::Tolerated => None,
            },
            _ => None,
        }
    }

    fn union(&self, id: SchemaId, plan: &UnionEnum) -> Shape {
        let Kind::Union(union) = &self.input.api.schema(id).kind else {
            return Shape::Alias(Words::default());
        };
        let uses: Vec<Use> = union.variants.iter().map(|variant| variant.ty).collect();
        let variants = plan.variants.iter().enumerate();
        Shape::Variants {
            told: told(&plan.dispatch),
            variants: variants
                .map(|(index, variant)| VariantRow {
                    tag: tags(&plan.dispatch, index),
                    ident: variant.ident.clone(),
                    words: match (&variant.payload, uses.get(index)) {
                        (Payload::Constant(_), Some(ty)) => {
                            self.kind(&self.input.api.schema(ty.schema).kind)
                        }
                        (Payload::Value(_), Some(ty)) => self.words(*ty),
                        (_, None) => Words::default(),
                    },
                    docs: variant_docs(variant),
                })
                .collect(),
        }
    }

    fn events(&self, id: SchemaId, plan: &Events) -> Shape {
        let events = self.input.api.events.get(&id);
        let payloads = events.iter().flat_map(|events| &events.variants);
        let variants = plan.variants.iter().zip(payloads);
        Shape::Variants {
            told:
                "Told apart by the `event:` line of the stream; the `data:` lines hold the value."
                    .to_owned(),
            variants: variants
                .map(|(event, variant)| VariantRow {
                    tag: event.tag.clone(),
                    ident: event.ident.clone(),
                    words: match &event.payload {
                        EventPayload::Json(_) => self.words(variant.payload),
                        EventPayload::Done(text) => Words(vec![Word::Code(text.clone())]),
                    },
                    docs: Docs::of(variant.docs.as_deref()),
                })
                .collect(),
        }
    }
}

fn variant_docs(variant: &Variant) -> Docs {
    variant.docs.clone()
}

fn told(dispatch: &UnionDispatch) -> String {
    let by_tag =
        |table: &TagTable| format!("Told apart by `{}`.", table.property.replace('`', "'"));
    match dispatch {
        UnionDispatch::Tag(table) => by_tag(table),
        UnionDispatch::Type { tag: None, .. } => "Told apart by the JSON type.".to_owned(),
        UnionDispatch::Type {
            tag: Some(table), ..
        } => format!(
            "Told apart by the JSON type, and objects by `{}`.",
            table.property.replace('`', "'")
        ),
        UnionDispatch::Order => "The first of these that a value fits.".to_owned(),
    }
}

fn tags(dispatch: &UnionDispatch, index: usize) -> String {
    let table = match dispatch {
        UnionDispatch::Tag(table) => Some(table),
        UnionDispatch::Type { tag, .. } => tag.as_ref(),
        UnionDispatch::Order => None,
    };
    let cases = table.iter().flat_map(|table| &table.cases);
    let case = cases
        .filter(|case| case.variant == index)
        .flat_map(|case| &case.tags);
    let tags: Vec<&str> = case.map(String::as_str).collect();
    tags.join(", ")
}
