//! Tests that put client and server against each other: how each operation is called there, and what is compared.

use crate::api::Media;
use crate::config::{self, Package};

use super::Type;
use super::body::{BodyPlan, preference};
use super::client::{CallPlan, Client};
use super::server::Server;

/// The test of an operation.
#[derive(Debug, Clone)]
pub struct Exchange {
    /// The method of the client, which is also the name of the test.
    pub method: String,
    /// The `operationId`.
    pub id: String,
    /// What it is given, in its order.
    pub arguments: Vec<Given>,
    /// What is compared.
    pub check: Check,
    /// Whether it streams as well; always, if there is nothing else.
    pub streams: bool,
}

/// An argument of a call.
#[derive(Debug, Clone)]
pub enum Given {
    /// A text, by the parameter's name.
    Text(String),
    /// A list, by the parameter's name.
    List(String),
    /// Any other value, by the parameter's name.
    Value(String),
    /// The body: what it is, and of one of several types its enum and its variant.
    Body(GivenBody, Option<(String, String)>),
}

/// What a body is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum GivenBody {
    /// A value.
    Value,
    /// A text.
    Text,
    /// Bytes.
    Bytes,
}

/// What is compared of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Its value.
    Value,
    /// Its status and headers.
    Status,
}

/// The tests of the operations, but of those whose body is items that follow each other; none without a client.
pub(super) fn exchanges(config: &config::Api, client: &Client, server: &Server) -> Vec<Exchange> {
    let calls = client.operations.iter().zip(&server.operations);
    let answered = calls.filter(|(_, answer)| !answer.replies.is_empty());
    let tested = answered.filter(|_| config.crates.contains(&Package::CLIENT));
    tested.filter_map(|(call, _)| exchange(call)).collect()
}

fn exchange(call: &CallPlan) -> Option<Exchange> {
    let body = match call.body.as_ref().filter(|body| body.required) {
        Some(body) => Some(given_body(body)?),
        None => None,
    };
    let arguments = call.arguments.iter().map(|argument| {
        let wire = argument.wire.clone();
        match argument.ty {
            Type::Text => Given::Text(wire),
            Type::List(_) => Given::List(wire),
            _ => Given::Value(wire),
        }
    });
    Some(Exchange {
        method: call.method.clone(),
        id: call.id.clone(),
        arguments: arguments.chain(body).collect(),
        check: match call.output {
            Type::Unit | Type::Own(_) | Type::Binary | Type::PlainText => Check::Status,
            _ => Check::Value,
        },
        streams: call.stream.is_some(),
    })
}

fn given_body(body: &BodyPlan) -> Option<Given> {
    let choices = body.choices.iter();
    let choice = choices.min_by_key(|choice| preference(choice.media))?;
    let given = match choice.media {
        Media::Json | Media::Form | Media::Multipart => GivenBody::Value,
        Media::Text => GivenBody::Text,
        Media::Binary => GivenBody::Bytes,
        Media::Events => return None,
    };
    let variant = body
        .enumeration()
        .map(|name| (name.to_owned(), choice.ident.clone()));
    Some(Given::Body(given, variant))
}
