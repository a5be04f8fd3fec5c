//! Event unions: the schema of a `text/event-stream` whose variants are envelopes.
//!
//! Such a union is `{event: "thread.created", data: …}` in the document, but on the wire
//! the tag stands in the `event:` line and `data:` holds the bare payload.

use std::collections::BTreeSet;

use crate::api::{Dispatch, EventUnion, EventVariant, Kind, Object, SchemaId, Union};

use super::Ctx;

/// The properties of an envelope, as the server-sent events format calls its fields.
const TAG: &str = "event";
const PAYLOAD: &str = "data";

impl Ctx<'_> {
    /// Finds the event unions among the schemas of event streams.
    pub(super) fn classify_events(&mut self) {
        let streams: BTreeSet<SchemaId> = self
            .api
            .operations
            .iter()
            .flat_map(|operation| &operation.responses)
            .flat_map(|response| &response.contents)
            .filter(|content| content.is_event_stream())
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

fn payload(envelope: &Object) -> Option<crate::api::Use> {
    let field = envelope.fields.iter().find(|field| field.name == PAYLOAD)?;
    field.required.then_some(field.ty)
}
