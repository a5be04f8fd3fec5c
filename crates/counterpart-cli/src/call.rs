//! A request as the client sends it.

use counterpart_client::{Call, Empty, Http, Response};
use counterpart_client::{Download, PendingEvents};
use counterpart_wire::event::RawEvent;
use counterpart_wire::params::Param;
use http::Method;
use serde_json::Value;

use crate::failure::Failure;
use crate::input::Input;
use crate::program::{Command, Place, Reply};
use crate::sent::Sent;

/// What came.
pub(crate) enum Answer {
    /// A value.
    Json(Value),
    /// Bytes that are still coming.
    Bytes(Download),
    /// Nothing.
    Empty,
}

/// Sends the request and waits for the answer.
pub(crate) async fn send(
    http: &Http,
    command: &'static Command,
    input: &Input,
) -> Result<Answer, Failure> {
    Ok(match command.reply {
        Reply::Json => {
            let reply: Response<Value> = dressed(http, command, input)?.send().await?;
            Answer::Json(reply.into_inner())
        }
        Reply::Bytes => {
            let reply: Response<Download> = dressed(http, command, input)?.send().await?;
            Answer::Bytes(reply.into_inner())
        }
        Reply::Empty => {
            dressed::<Empty>(http, command, input)?.send().await?;
            Answer::Empty
        }
    })
}

/// Sends the request for the events that it is answered with.
pub(crate) fn stream(
    http: &Http,
    command: &'static Command,
    input: &Input,
) -> Result<PendingEvents<RawEvent, Value>, Failure> {
    Ok(dressed::<Value>(http, command, input)?.stream())
}

/// A call with all its parameters and its body.
fn dressed<T>(
    http: &Http,
    command: &'static Command,
    input: &Input,
) -> Result<Call<Sent, T, Value>, Failure> {
    let method = Method::from_bytes(command.method.as_bytes())
        .map_err(|error| Failure::usage(format!("{}: {error}", command.method)))?;
    let call = http.call(method, command.operation, command.path);
    let mut call: Call<Sent, T, Value> = call.content(Sent::new(command, input.body.as_ref()));
    for (name, value) in command.headers {
        call = call.header(name, value);
    }
    for (name, value) in command.query {
        call = call.query(name, value);
    }
    for (flag, value) in &input.parameters {
        let style = flag.style.unwrap_or(match flag.place {
            Place::Path | Place::Header => Param::SIMPLE,
            Place::Query | Place::Cookie | Place::Body => Param::FORM,
        });
        call = match flag.place {
            Place::Path => call.path_as(style, flag.wire, value),
            Place::Query => call.query_as(style, flag.wire, value),
            Place::Header => call.header_as(style, flag.wire, value),
            Place::Cookie => call.cookie(flag.wire, value),
            Place::Body => call,
        };
    }
    Ok(match command.idempotent {
        Some(idempotent) => call.idempotent(idempotent),
        None => call,
    })
}
