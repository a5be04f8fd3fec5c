//! What an operation is asked and answers, made from its schemas: for tests that put a client and a server against
//! each other.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::Contract;
use super::document::{Document, Operation, Response, has_properties};
use super::schema::constant;

/// A request of an operation, and one of the replies that the document lists for it.
#[derive(Debug, Clone, PartialEq)]
pub struct Made {
    /// The operation's id.
    pub operation: String,
    /// The parameters by name.
    pub parameters: BTreeMap<String, Value>,
    /// The body of the request: a value where that is JSON or a form, else a text.
    pub body: Option<Value>,
    /// The key of the reply's status: `200`, `4XX`, `default`.
    pub key: String,
    /// A status of that key.
    pub status: u16,
    /// The reply's media type; empty for one without a body.
    pub media_type: String,
    /// The body of the reply. Of a stream, a list of events as the schema has them; of text and bytes, a text.
    pub value: Value,
    /// The headers that the document lists for the reply.
    pub headers: Map<String, Value>,
}

impl Contract {
    /// Each reply of an operation that the document lists, once with all that its schemas know and once with only what
    /// they require. Of several representations, those that are events and the first that is JSON. What none could be made
    /// for, because a pattern asks for more than is understood here, or parts of a schema contradict each other, is left
    /// out.
    ///
    /// `None` if the document has no such operation.
    pub fn made(&self, operation: &str) -> Option<Vec<Made>> {
        let mut operations = Document(&self.document).operations();
        let operation = operations.find(|it| it.is_called(operation))?;
        // Another operation may be served in its place.
        if operation.path.contains(['?', '#']) {
            return Some(Vec::new());
        }
        let replies = replies(operation).into_iter();
        let both = replies.flat_map(|reply| [true, false].map(|full| made(operation, reply, full)));
        Some(both.flatten().collect())
    }
}

/// The replies of every status, except those that only a connection knows of.
fn replies(operation: Operation<'_>) -> Vec<Response<'_>> {
    let mut replies: Vec<Response<'_>> = Vec::new();
    let all = operation.responses().into_iter();
    for reply in all.filter(|reply| !reply.status.starts_with(['1', '3'])) {
        let rank = |reply: &Response<'_>| reply.content.map(|(name, _)| Kind::of(name));
        let same = |known: &&mut Response<'_>| {
            let streams = [rank(known), rank(&reply)].contains(&Some(Kind::Events));
            known.status == reply.status && (!streams || rank(known) == rank(&reply))
        };
        match replies.iter_mut().find(same) {
            // JSON is what a client asks for.
            Some(known) if rank(known) == Some(Kind::Other) => *known = reply,
            Some(_) => {}
            None => replies.push(reply),
        }
    }
    replies
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Json,
    Events,
    Other,
}

impl Kind {
    fn of(media_type: &str) -> Self {
        let essence = media_type.split(';').next().unwrap_or_default().trim();
        match essence {
            "text/event-stream" => Self::Events,
            json if json.ends_with("/json") || json.ends_with("+json") => Self::Json,
            _ => Self::Other,
        }
    }
}

fn made(operation: Operation<'_>, reply: Response<'_>, full: bool) -> Option<Made> {
    let schemas = operation.schemas();
    let parameters = operation.parameters().into_iter();
    let parameters = parameters.map(|it| {
        let value = schemas.fitting(it.schema, full)?;
        Some((it.name.to_owned(), value))
    });
    let parameters: Option<BTreeMap<String, Value>> = parameters.collect();
    let media_type = reply
        .content
        .map(|(media_type, _)| media_type)
        .unwrap_or_default();
    let value = match reply.content {
        None => Value::Null,
        Some((media_type, schema)) => match Kind::of(media_type) {
            Kind::Events => events(operation, schema, full),
            Kind::Json => schemas.fitting(schema, full)?,
            Kind::Other => "a text".into(),
        },
    };
    let headers = reply.headers(operation).into_iter();
    let headers = headers.filter(|(_, required, _)| full || *required);
    let headers = headers.map(|(name, _, schema)| match schema.is_null() {
        // A header of which nothing is said is a text.
        true => (name.to_owned(), "a text".into()),
        false => (name.to_owned(), schemas.example(schema, full)),
    });
    let body = match operation.sent() {
        None => None,
        Some((media_type, schema)) if has_properties(media_type) => {
            Some(schemas.fitting(schema, full)?)
        }
        Some(_) => Some("a text".into()),
    };
    Some(Made {
        operation: operation.id.to_owned(),
        parameters: parameters?,
        body,
        key: key(reply.status),
        status: status(operation, reply.status),
        media_type: media_type.to_owned(),
        value,
        headers: headers.collect(),
    })
}

/// An event of each variant, except the one that ends a stream, which a server adds, and those that tell of an error.
fn events(operation: Operation<'_>, schema: &Value, full: bool) -> Value {
    let schemas = operation.schemas();
    let variants = schemas.variants(schema).into_iter();
    let goes_on = variants.filter(|variant| {
        let property = |name| {
            schemas
                .property(variant, name)
                .map(|it| schemas.resolved(it))
        };
        let ends = property("data").and_then(constant).is_some();
        let fails = property("event")
            .and_then(constant)
            .is_some_and(|name| name == "error");
        !ends && !fails
    });
    goes_on
        .map(|variant| schemas.example(variant, full))
        .collect()
}

fn key(status: &str) -> String {
    match status {
        "default" => status.to_owned(),
        _ => status.to_uppercase(),
    }
}

/// A status of a key that no other key of the operation has.
fn status(operation: Operation<'_>, key: &str) -> u16 {
    let only = operation
        .responses()
        .iter()
        .all(|reply| reply.status == "default");
    let candidates = match key.as_bytes() {
        b"default" if only => 200..600,
        b"default" => 418..600,
        [digit @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
            let first = u16::from(digit - b'0') * 100;
            first + 18..first + 100
        }
        _ => return key.parse().unwrap_or(200),
    };
    let is_own = |status: &u16| {
        let replies = operation.responses_of(*status);
        replies.first().is_some_and(|reply| reply.status == key)
    };
    candidates.into_iter().find(is_own).unwrap_or(500)
}
