//! Tests that put client and server against each other: how each operation is called there, and what is compared.

use crate::api::Media;
use crate::config::{self, Package};

use super::Type;
use super::body::BodyPlan;
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
    /// The body.
    Body,
}

/// What is compared of a reply.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Check {
    /// Its value.
    Value,
    /// Its status and headers.
    Status,
}

/// The tests of the operations that can be called with JSON, or with no body; none without a
/// client.
pub(super) fn exchanges(config: &config::Api, client: &Client, server: &Server) -> Vec<Exchange> {
    let calls = client.operations.iter().zip(&server.operations);
    let answered = calls.filter(|(_, answer)| !answer.replies.is_empty());
    let tested = answered.filter(|_| config.crates.contains(&Package::CLIENT));
    tested.filter_map(|(call, _)| exchange(call)).collect()
}

fn exchange(call: &CallPlan) -> Option<Exchange> {
    let body = call.body.as_ref().filter(|body| body.required);
    let is_json = |body: &BodyPlan| match &body.choices[..] {
        [only] => only.media == Media::Json,
        _ => false,
    };
    if body.is_some_and(|body| !is_json(body)) {
        return None;
    }
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
        arguments: arguments.chain(body.map(|_| Given::Body)).collect(),
        check: match call.output {
            Type::Unit | Type::Own(_) | Type::Binary | Type::PlainText => Check::Status,
            _ => Check::Value,
        },
        streams: call.stream.is_some(),
    })
}
