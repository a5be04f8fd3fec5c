//! Arbitrary values of a schema.
//!
//! In: a schema. Out: a strategy for JSON that is of it, with the members of objects in any order. Limits such as
//! `maxLength` play no part in reading a value, so none in making one.

use crate::height::Heights;
use crate::{keys, texts};
use counterpart_codegen::api::{
    Additional, Api, Dispatch, EnumValues, EventUnion, Field, Kind, Object, Schema, SchemaId,
    StringFormat, Union, Use, Variant,
};
use counterpart_wire::{Map, Value};
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::HashMap;

/// How often a type may stand inside itself before its values come to an end as soon as they can.
const AGAIN: usize = 2;

/// What is made of a schema's openness.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Openness {
    /// Only what the document lists.
    Listed,
    /// Also values of enums and variants of unions that it does not list.
    Open,
}

/// Makes strategies, each once.
pub struct Maker<'a> {
    api: &'a Api,
    openness: Openness,
    heights: Heights,
    made: HashMap<Use, BoxedStrategy<Value>>,
    /// What is being made, from the outermost on.
    open: Vec<Use>,
    /// How many of these came too often already. Where there is one, what is made ends as soon as it can.
    ending: usize,
}

impl<'a> Maker<'a> {
    /// Makes values of this document.
    pub fn new(api: &'a Api, openness: Openness) -> Self {
        Self {
            api,
            openness,
            heights: Heights::of(api),
            made: HashMap::new(),
            open: Vec::new(),
            ending: 0,
        }
    }

    /// Values of this schema.
    pub fn values(&mut self, ty: Use) -> BoxedStrategy<Value> {
        let again = self.open.iter().filter(|open| **open == ty).count();
        let is_too_often = usize::from(again == AGAIN);
        self.open.push(ty);
        self.ending += is_too_often;
        let values = self.made_or_new(ty);
        self.ending -= is_too_often;
        self.open.pop();
        values
    }

    fn made_or_new(&mut self, ty: Use) -> BoxedStrategy<Value> {
        if self.is_ending() {
            return match ty.nullable {
                true => Just(Value::Null).boxed(),
                false => self.schema(ty.schema),
            };
        }
        if let Some(made) = self.made.get(&ty) {
            return made.clone();
        }
        let values = self.schema(ty.schema);
        let values = match ty.nullable {
            true => prop_oneof![1 => Just(Value::Null), 3 => values].boxed(),
            false => values,
        };
        self.made.insert(ty, values.clone());
        values
    }

    fn is_ending(&self) -> bool {
        self.ending > 0
    }

    fn schema(&mut self, id: SchemaId) -> BoxedStrategy<Value> {
        let schema = self.api.schema(id);
        match &schema.kind {
            Kind::Any => any_json(self.api),
            Kind::Null => Just(Value::Null).boxed(),
            Kind::Boolean => any::<bool>().prop_map(Value::from).boxed(),
            Kind::Integer { short, unsigned } => integers(*short, *unsigned),
            Kind::Number => numbers(),
            Kind::String(format) => strings(*format),
            Kind::Enum(values) => self.listed(schema, values),
            Kind::Constant(value) => Just(value.clone()).boxed(),
            Kind::Array(_) if self.is_ending() => Just(Value::Array(Vec::new())).boxed(),
            Kind::Map(_) if self.is_ending() => Just(Value::Object(Map::new())).boxed(),
            Kind::Array(items) => {
                let items = self.values(*items);
                vec(items, 0..3).prop_map(Value::from).boxed()
            }
            Kind::Map(inner) => {
                let entries = vec((".{0,5}", self.values(*inner)), 0..3);
                entries.prop_map(|entries| object(entries, None)).boxed()
            }
            Kind::Object(object) => self.object(object, None),
            Kind::Union(union) => match self.api.events.get(&id) {
                Some(events) => self.events(events),
                None => self.union(union),
            },
        }
    }

    fn listed(&self, schema: &Schema, values: &EnumValues) -> BoxedStrategy<Value> {
        let known: Vec<Value> = match values {
            EnumValues::Strings(values) => values.iter().map(|v| v.value.clone().into()).collect(),
            EnumValues::Integers(values) => values.iter().map(|v| v.value.into()).collect(),
        };
        let is_text = matches!(values, EnumValues::Strings(_));
        let known = prop::sample::select(known);
        if self.openness == Openness::Listed && !schema.any_other {
            return known.boxed();
        }
        let other = match is_text {
            true => ".{0,8}".prop_map(Value::from).boxed(),
            false => any::<i64>().prop_map(Value::from).boxed(),
        };
        prop_oneof![2 => known, 1 => other].boxed()
    }

    /// Objects; those that are a variant of a union have the `tag`, whether their own schema says so or not.
    fn object(&mut self, object: &Object, tag: Option<(&str, &[String])>) -> BoxedStrategy<Value> {
        let is_ending = self.is_ending();
        let fields = object.fields.iter();
        let fields = fields.filter(|field| field.required || !is_ending);
        let fields: Vec<_> = fields.map(|field| self.field(field)).collect();
        let others = match object.additional {
            Additional::Typed(values) if !self.is_ending() => {
                vec(("[A-Z]{1,4}", self.values(values)), 0..3).boxed()
            }
            Additional::Typed(_) | Additional::Tolerated | Additional::Refused => {
                Just(Vec::new()).boxed()
            }
        };
        let tag = match tag {
            Some((key, tags)) if !tags.is_empty() => {
                let key = key.to_owned();
                let tag = prop::sample::select(tags.to_vec());
                tag.prop_map(move |tag| Some((key.clone(), tag))).boxed()
            }
            _ => Just(None).boxed(),
        };
        let entries = (fields, others).prop_map(|(fields, others)| {
            let fields = fields.into_iter().flatten();
            fields.chain(others).collect::<Vec<_>>()
        });
        (entries.prop_shuffle(), tag)
            .prop_map(|(entries, tag)| self::object(entries, tag))
            .boxed()
    }

    fn field(&mut self, field: &Field) -> BoxedStrategy<Option<(String, Value)>> {
        let name = field.name.clone();
        let values = self.values(field.ty);
        let there = values.prop_map(move |value| Some((name.clone(), value)));
        match field.required {
            true => there.boxed(),
            false => prop_oneof![1 => Just(None), 2 => there].boxed(),
        }
    }

    fn union(&mut self, union: &Union) -> BoxedStrategy<Value> {
        let tag = match &union.dispatch {
            Dispatch::Tag(tag) => Some(tag.as_str()),
            Dispatch::Type { tag } => tag.as_deref(),
            Dispatch::Order => None,
        };
        let listed: Vec<_> = self
            .possible(union)
            .into_iter()
            .map(|variant| self.variant(variant, tag))
            .collect();
        let listed = prop::strategy::Union::new(listed);
        match (self.openness, tag) {
            (Openness::Open, Some(tag)) => {
                prop_oneof![4 => listed, 1 => unlisted_variant(self.api, tag)].boxed()
            }
            _ => listed.boxed(),
        }
    }

    /// The variants to choose from: where values are to end, those that end first.
    fn possible<'u>(&self, union: &'u Union) -> Vec<&'u Variant> {
        let height = |variant: &Variant| self.heights.at(variant.ty);
        let lowest = union.variants.iter().map(height).min();
        let variants = union.variants.iter();
        variants
            .filter(|variant| !self.is_ending() || Some(height(variant)) == lowest)
            .collect()
    }

    fn variant(&mut self, variant: &Variant, tag: Option<&str>) -> BoxedStrategy<Value> {
        match &self.api.schema(variant.ty.schema).kind {
            Kind::Object(object) => {
                let tag = tag.map(|tag| (tag, variant.tags.as_slice()));
                self.object(object, tag)
            }
            _ => self.values(variant.ty),
        }
    }

    /// Events, written as objects of `event` and `data`.
    fn events(&mut self, events: &EventUnion) -> BoxedStrategy<Value> {
        let envelope = |name: &str, data: BoxedStrategy<Value>| {
            let name = name.to_owned();
            data.prop_map(move |data| {
                let entries = vec![("event".to_owned(), Value::from(name.as_str()))];
                object(entries, None).with("data", data)
            })
            .boxed()
        };
        let variants = events.variants.iter();
        let mut all: Vec<_> = variants
            .map(|event| envelope(&event.tag, self.values(event.payload)))
            .collect();
        if self.openness == Openness::Open {
            all.push(envelope("unlisted", any_json(self.api)));
        }
        prop::strategy::Union::new(all).boxed()
    }
}

/// An object of these entries. A `tag` replaces what stands under its key.
fn object(entries: Vec<(String, Value)>, tag: Option<(String, String)>) -> Value {
    let mut map: Map<String, Value> = entries.into_iter().collect();
    if let Some((key, tag)) = tag {
        map.insert(key, tag.into());
    }
    map.into()
}

trait With {
    /// The object with one more member.
    fn with(self, key: &str, value: Value) -> Self;
}

impl With for Value {
    fn with(mut self, key: &str, value: Value) -> Self {
        self[key] = value;
        self
    }
}

fn integers(short: bool, unsigned: bool) -> BoxedStrategy<Value> {
    match (short, unsigned) {
        (false, false) => any::<i64>().prop_map(Value::from).boxed(),
        (false, true) => any::<u64>().prop_map(Value::from).boxed(),
        (true, false) => any::<i32>().prop_map(Value::from).boxed(),
        (true, true) => any::<u32>().prop_map(Value::from).boxed(),
    }
}

/// Numbers that JSON has and that `serde_json` reads back to the last bit.
fn numbers() -> BoxedStrategy<Value> {
    let numbers = (-1_000_000_i32..1_000_000).prop_map(|number| f64::from(number) / 64.0);
    numbers.prop_map(Value::from).boxed()
}

/// Texts; those of a format are as it prescribes, in the spelling that is written again.
fn strings(format: StringFormat) -> BoxedStrategy<Value> {
    let texts: BoxedStrategy<String> = match format {
        StringFormat::Plain | StringFormat::Binary => ".{0,8}".boxed(),
        StringFormat::Uri => "https://[a-z]{1,8}\\.test/[a-z0-9]{0,4}".boxed(),
        StringFormat::DateTime => "20[0-9]{2}-0[1-9]-1[0-9]T1[0-9]:[0-5][0-9]:[0-5][0-9]Z".boxed(),
        StringFormat::Date => "20[0-9]{2}-0[1-9]-1[0-9]".boxed(),
        StringFormat::Uuid => {
            "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}".boxed()
        }
        StringFormat::Byte => "([A-Za-z0-9+/]{4}){0,3}".boxed(),
    };
    texts.prop_map(Value::from).boxed()
}

/// A variant that no document lists.
fn unlisted_variant(api: &Api, tag: &str) -> BoxedStrategy<Value> {
    let tag = tag.to_owned();
    let entries = vec(("[A-Z]{1,4}", any_json(api)), 0..3);
    entries
        .prop_map(move |entries| object(entries, Some((tag.clone(), "unlisted".to_owned()))))
        .boxed()
}

/// Any JSON, with keys and texts of the document among others.
pub fn any_json(api: &Api) -> BoxedStrategy<Value> {
    let key = of_the_document(keys(api), 3);
    let text = of_the_document(texts(api), 1);
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        numbers(),
        text.prop_map(Value::from),
    ];
    let nested = leaf.prop_recursive(3, 12, 4, move |inner| {
        let entries = vec((key.clone(), inner.clone()), 0..4);
        prop_oneof![
            vec(inner, 0..3).prop_map(Value::from),
            entries.prop_map(|entries| object(entries, None)),
        ]
    });
    nested.boxed()
}

/// Any text, and as often as said one of these.
fn of_the_document(texts: Vec<String>, weight: u32) -> BoxedStrategy<String> {
    let any = ".{0,5}";
    match texts.is_empty() {
        true => any.boxed(),
        false => prop_oneof![weight => prop::sample::select(texts), 1 => any].boxed(),
    }
}
