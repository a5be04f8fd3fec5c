//! What the service is, in no particular language: the output of [`crate::lower`].
//!
//! References are resolved, `allOf` is merged and unions are classified; nothing here
//! says how Rust will spell it. Ids are indexes into arenas, the order everywhere is
//! the document's.

mod live;
mod operation;
mod schema;

pub use operation::{
    Body, Content, Credential, Encoding, Framing, Location, Media, Method, Operation, Pagination,
    Parameter, Poll, Required, Requirement, Response, SecurityScheme, Status, Style, Webhook,
    chosen,
};
pub use schema::{
    Additional, Bounds, Delta, DeltaText, Dispatch, EnumValue, EnumValues, EventUnion,
    EventVariant, Field, Kind, Object, Origin, Schema, SchemaId, StringFormat, Union, Use, Variant,
};

use std::collections::{BTreeMap, BTreeSet};

use indexmap::IndexMap;
use serde_json::Value;

/// A whole service.
#[derive(Debug, Clone, Default)]
pub struct Api {
    /// `info.title`.
    pub title: String,
    /// `info.version`.
    pub version: String,
    /// `info.description`.
    pub docs: Option<String>,
    /// The URL of the first server, if the document names one.
    pub server: Option<String>,
    /// The environment and headers of a client, from `x-client`.
    pub client: ClientHints,
    /// The document that says all this, with its overlays.
    pub document: Value,
    /// How a client proves who it is, for the operations that ask for it.
    pub security: Option<SecurityScheme>,
    /// What a caller has to show where an operation does not say otherwise.
    pub requirements: Vec<Requirement>,
    /// Every schema; [`SchemaId`] is an index into this.
    pub schemas: Vec<Schema>,
    /// The tags that the document describes: each name and its words.
    pub tags: IndexMap<String, Option<String>>,
    /// The named schemas: each name and what it stands for.
    pub components: IndexMap<String, Use>,
    /// The operations, in the document's order.
    pub operations: Vec<Operation>,
    /// What the service sends by itself, in the document's order.
    pub webhooks: Vec<Webhook>,
    /// The unions that are events of a stream.
    pub events: BTreeMap<SchemaId, EventUnion>,
    /// What is added to a value in pieces, in the document's order.
    pub deltas: Vec<Delta>,
    /// The schemas of files in multipart forms.
    pub files: BTreeSet<SchemaId>,
    /// Schemas that became part of another: unions inside unions, envelopes of events.
    /// Unless something else uses them, they are no types of their own.
    pub absorbed: BTreeSet<SchemaId>,
}

/// What `x-client` says about the surroundings of a client.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ClientHints {
    /// The environment variable that holds the API key.
    pub api_key: Option<String>,
    /// The environment variable that holds the base URL.
    pub base_url: Option<String>,
    /// Environment variables whose values are sent as headers: variable, header.
    pub headers: Vec<(String, String)>,
}

impl Api {
    /// The schema with this id.
    pub fn schema(&self, id: SchemaId) -> &Schema {
        &self.schemas[id.index()]
    }

    /// The value of a property that leaves no choice: a required constant.
    pub fn constant(&self, field: &Field) -> Option<&Value> {
        match &self.schema(field.ty.schema).kind {
            Kind::Constant(value) if field.required && !field.ty.nullable => Some(value),
            _ => None,
        }
    }
}
