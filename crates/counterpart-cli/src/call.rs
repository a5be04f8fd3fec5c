//! A request as the client sends it.

use counterpart_client::{Call, Empty, Http, Json, NoBody, OptionalJson, Response};
use counterpart_client::{Download, PendingEvents};
use counterpart_wire::event::RawEvent;
use counterpart_wire::params::Param;
use http::Method;
use serde_json::Value;

use crate::failure::Failure;
use crate::input::Input;
use crate::program::{Command, Place, Reply};

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
            let reply: Response<Value> = match &input.body {
                Some(body) => {
                    dressed::<Value>(http, command, input)?
                        .json(body.clone())
                        .send()
                        .await?
                }
                None => without_body(http, command, input)?.send().await?,
            };
            Answer::Json(reply.into_inner())
        }
        Reply::Bytes => {
            let call = dressed::<Download>(http, command, input)?;
            let reply = match &input.body {
                Some(body) => call.json(body.clone()).send().await?,
                None => call.send().await?,
            };
            Answer::Bytes(reply.into_inner())
        }
        Reply::Empty => {
            let call = dressed::<Empty>(http, command, input)?;
            match &input.body {
                Some(body) => call.json(body.clone()).send().await?,
                None => call.send().await?,
            };
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
    let call = dressed::<Value>(http, command, input)?;
    Ok(match &input.body {
        Some(body) => call.content(Json(body.clone())).stream(),
        None => call.stream(),
    })
}

/// An operation that can have a body says so, even where it has none this time.
fn without_body(
    http: &Http,
    command: &'static Command,
    input: &Input,
) -> Result<Call<OptionalJson<Value>, Value, Value>, Failure> {
    Ok(dressed::<Value>(http, command, input)?.optional_json())
}

/// A call with all its parameters.
fn dressed<T>(
    http: &Http,
    command: &'static Command,
    input: &Input,
) -> Result<Call<NoBody, T, Value>, Failure> {
    let method = Method::from_bytes(command.method.as_bytes())
        .map_err(|error| Failure::usage(format!("{}: {error}", command.method)))?;
    let mut call: Call<NoBody, T, Value> = http.call(method, command.operation, command.path);
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
