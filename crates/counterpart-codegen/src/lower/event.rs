//! Event unions: the schema of a `text/event-stream` whose variants are envelopes.
//!
//! Such a union is `{event: "thread.created", data: …}` in the document, but on the wire
//! the tag stands in the `event:` line and `data:` holds the bare payload.

use std::collections::BTreeSet;

use crate::api::{
    Content, Dispatch, EventUnion, EventVariant, Framing, Kind, Media, Object, Operation, Origin,
    SchemaId, Union, Use,
};
use crate::load::tree::{Node, Value};

use super::Ctx;
use super::merge::member;
use super::read::At;

/// The properties of an envelope, as the server-sent events format calls its fields.
const TAG: &str = "event";
const PAYLOAD: &str = "data";

impl Ctx<'_> {
    /// Finds the event unions among the schemas of event streams.
    pub(super) fn classify_events(&mut self) {
        let operations = self.api.operations.iter();
        let streams: BTreeSet<SchemaId> = operations
            .flat_map(Operation::contents)
            .filter(|content| content.media_type.contains("event-stream"))
            .filter_map(|content| content.ty)
            .map(|ty| ty.schema)
            .collect();
        for id in streams {
            let Some(events) = self.event_union(id) else {
                continue;
            };
            if let Kind::Union(union) = &self.api.schema(id).kind {
                let envelopes = union.variants.iter().map(|variant| variant.ty.schema);
                let envelopes: Vec<SchemaId> = envelopes.collect();
                self.api.absorbed.extend(envelopes);
            }
            self.api.events.insert(id, events);
        }
    }

    /// Finds what the events of streams hold that no name tells apart.
    pub(super) fn find_items(&mut self) {
        let contents = self.api.operations.iter().flat_map(Operation::contents);
        let found = contents.map(|content| {
            let is_stream = content.media_type.contains("event-stream");
            is_stream.then(|| self.items_of(content))
        });
        let found: Vec<_> = found.collect();
        let operations = self.api.operations.iter_mut();
        for (content, items) in operations.flat_map(Operation::contents_mut).zip(found) {
            if let Some((media, framing, ty)) = items {
                (content.media, content.framing, content.ty) = (media, framing, ty);
            }
        }
    }

    /// How server-sent events are read: as those of a union, as values, or as the text that they
    /// are.
    fn items_of(&self, content: &Content) -> (Media, Option<Framing>, Option<Use>) {
        let raw = (Media::Binary, None, content.ty);
        let Some(ty) = content.ty else { return raw };
        if self.api.events.contains_key(&ty.schema) {
            return (Media::Events, None, content.ty);
        }
        let item = match &self.api.schema(ty.schema).kind {
            Kind::Object(object) if is_envelope(object) => data(object),
            Kind::Object(_) | Kind::Union(_) | Kind::Map(_) | Kind::Array(_) => Some(ty),
            _ if content.framing.is_some() => Some(ty),
            _ => None,
        };
        match item {
            Some(item) => (Media::Events, Some(Framing::Events), Some(item)),
            None => raw,
        }
    }

    /// An `itemSchema`. Of an event, what its data is JSON of is the data itself.
    pub(super) fn item(&mut self, at: &At<'_>, framing: Option<Framing>, origin: Origin) -> Use {
        if framing != Some(Framing::Events) || at.get("$ref").is_some() {
            return self.schema(at, origin);
        }
        let node = unwrapped(at.node);
        let item = At {
            node: &node,
            pointer: at.pointer.clone(),
        };
        self.schema(&item, origin)
    }

    fn event_union(&self, id: SchemaId) -> Option<EventUnion> {
        let Kind::Union(Union { variants, dispatch }) = &self.api.schema(id).kind else {
            return None;
        };
        if *dispatch != Dispatch::Tag(TAG.to_owned()) {
            return None;
        }
        let variants = variants.iter().map(|variant| {
            let schema = self.api.schema(variant.ty.schema);
            let (Kind::Object(envelope), [tag]) = (&schema.kind, &variant.tags[..]) else {
                return None;
            };
            Some(EventVariant {
                tag: tag.clone(),
                payload: payload(envelope)?,
                docs: schema.docs.clone(),
                rust_name: variant.rust_name.clone(),
            })
        });
        Some(EventUnion {
            variants: variants.collect::<Option<_>>()?,
        })
    }
}

/// Whether an object is an event as the format has it, all of it.
fn is_envelope(object: &Object) -> bool {
    let mut fields = object.fields.iter();
    let mut names = object.fields.iter().map(|field| field.name.as_str());
    names.all(|name| ["event", "data", "id", "retry"].contains(&name))
        && fields.any(|field| field.name == PAYLOAD)
}

/// What the data of an envelope is; nothing where it is no JSON.
fn data(envelope: &Object) -> Option<Use> {
    let field = envelope.fields.iter().find(|field| field.name == PAYLOAD)?;
    Some(field.ty)
}

/// An event whose `data` has `contentSchema`, with that in its place; so for every alternative.
fn unwrapped(node: &Node) -> Node {
    let mut node = node.clone();
    let Value::Object(members) = &mut node.value else {
        return node;
    };
    let mut alternatives = false;
    for key in ["oneOf", "anyOf"] {
        if let Some(Value::Array(items)) = members.get_mut(key).map(|list| &mut list.node.value) {
            alternatives = true;
            items.iter_mut().for_each(|item| *item = unwrapped(item));
        }
    }
    let Some(properties) = members.get_mut("properties") else {
        return node;
    };
    let Value::Object(properties) = &mut properties.node.value else {
        return node;
    };
    if alternatives {
        // Each alternative says more of it.
        properties.shift_remove(PAYLOAD);
        return node;
    }
    let Some(data) = properties.get_mut(PAYLOAD) else {
        return node;
    };
    let Some(content) = data.node.get("contentSchema").cloned() else {
        return node;
    };
    data.node = content;
    let names = [TAG, PAYLOAD]
        .into_iter()
        .filter(|name| properties.contains_key(*name));
    let names = names.map(|name| Node {
        value: Value::String(name.to_owned()),
        at: node.at,
    });
    let required = Node {
        value: Value::Array(names.collect()),
        at: node.at,
    };
    members.insert("required".to_owned(), member(required));
    node
}

fn payload(envelope: &Object) -> Option<Use> {
    let field = envelope.fields.iter().find(|field| field.name == PAYLOAD)?;
    field.required.then_some(field.ty)
}
