//! Streams that operations are answered with.

use crate::api::{Content, Framing, Kind, Operation};

use super::Input;
use super::answer::is_success;
use super::body::BodyPlan;
use super::ty::Type;
use super::types::Presence;

/// An event stream.
#[derive(Debug, Clone)]
pub struct StreamPlan {
    /// The type of an event.
    pub event: Type,
    /// The media type, where that is not the usual one.
    pub media_type: Option<String>,
    /// The field of the body that asks for the stream.
    pub switch: Option<Switch>,
    /// Whether an event says that the stream has ended, so that ending without it is early.
    pub ends: bool,
}

/// The field of a body that asks for another representation.
#[derive(Debug, Clone)]
pub struct Switch {
    /// Its identifier.
    pub ident: String,
    /// Its name on the wire.
    pub wire: String,
    /// Whether it may be `null`, too.
    pub presence: Presence,
}

impl Input<'_> {
    pub(super) fn stream(
        &self,
        operation: &Operation,
        body: Option<&BodyPlan>,
    ) -> Option<StreamPlan> {
        let successes = operation
            .responses
            .iter()
            .filter(|response| is_success(response));
        let mut contents = successes.flat_map(|response| &response.contents);
        let content = contents.find(|content| content.is_event_stream())?;
        let (event, media_type) = self.event_ty(content)?;
        let is_done =
            |id: crate::api::SchemaId| matches!(self.api.schema(id).kind, Kind::Constant(_));
        let events = content.ty.and_then(|ty| self.api.events.get(&ty.schema));
        let ends = events.is_some_and(|events| {
            let mut variants = events.variants.iter();
            content.framing.is_none() && variants.any(|event| is_done(event.payload.schema))
        });
        let switch = content
            .switch
            .as_ref()
            .filter(|_| body.is_some_and(BodyPlan::is_plain_json))
            .and_then(|wire| self.switch(operation, wire));
        Some(StreamPlan {
            event,
            media_type,
            switch,
            ends,
        })
    }

    /// The type of an event, or of another item of a stream; and the media type of the stream,
    /// where that is not the usual one.
    pub(super) fn event_ty(&self, content: &Content) -> Option<(Type, Option<String>)> {
        let ty = content.ty?;
        let Some(framing) = content.framing else {
            self.api.events.get(&ty.schema)?;
            return Some((Type::Named(self.names.ty(ty.schema)?.to_owned()), None));
        };
        let usual = match framing {
            Framing::Events => "text/event-stream",
            Framing::Lines => "application/jsonl",
            Framing::Records => "application/json-seq",
        };
        let media_type = Some(content.media_type.clone()).filter(|name| name != usual);
        let media_type = media_type.filter(|_| framing != Framing::Events);
        Some((Type::Item(framing, Box::new(self.value_ty(ty))), media_type))
    }

    fn switch(&self, operation: &Operation, wire: &str) -> Option<Switch> {
        let body = operation.body.as_ref()?;
        let content = body.contents.iter().find(|content| content.is_json())?;
        let id = content.ty?.schema;
        let Kind::Object(object) = &self.api.schema(id).kind else {
            return None;
        };
        let index = object.fields.iter().position(|field| field.name == wire)?;
        let field = &object.fields[index];
        Some(Switch {
            ident: self.names.member(id, index).to_owned(),
            wire: wire.to_owned(),
            presence: match (field.required, field.ty.nullable) {
                (true, false) => Presence::Required,
                (true, true) => Presence::RequiredNullable,
                (false, false) => Presence::Optional,
                (false, true) => Presence::OptionalNullable,
            },
        })
    }
}
