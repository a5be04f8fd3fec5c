//! What stands in a script, made into typed replies.
//!
//! | an answer | what the service does |
//! | --- | --- |
//! | `{"json": …}` | answers with this value |
//! | `{"events": [["thread.created", {…}], …]}` | answers with these events |
//! | the same and `"failure": {"status": 500, "message": "…"}` | does so, and then fails |
//! | `{"error": {"status": 429, "message": "…"}}` | returns an `ApiError`: `type`, `param`, `code` and `headers` may be set |
//! | `{"documented": {"status": 404, "body": {…}}}` | answers with the document's error reply |
//! | `{"panic": "…"}` | panics |

use std::collections::BTreeMap;

use assistants_server::types::{AssistantStreamEvent, ErrorResponse};
use assistants_server::{ApiError, EventStream, StatusCode};
use counterpart_wire::event::{Event, RawEvent};
use counterpart_wire::mode::{self, Mode};
use futures_util::stream;
use serde::Deserialize;
use serde_json::Value;

use crate::service::{Answer, typed, unfit};

/// An answer as it stands in a script.
#[derive(Debug, Clone, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Scripted {
    /// A value.
    Json(Value),
    /// Events, and what the stream breaks off with.
    Events {
        list: Vec<(String, Value)>,
        failure: Option<Failure>,
    },
    /// An error of the service.
    Error(Failure),
    /// An error that the document describes.
    Documented { status: u16, body: Value },
    /// A panic with this message.
    Panic(String),
}

/// An [`ApiError`] in words.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Failure {
    status: u16,
    message: String,
    r#type: Option<String>,
    param: Option<String>,
    code: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
}

impl Scripted {
    /// The answer; an error where the script says so, or says what cannot be.
    pub(crate) fn into_answer(self) -> Result<Answer, ApiError> {
        match self {
            Self::Json(value) => Ok(Answer::Json(value)),
            Self::Events { list, failure } => events(&list, failure).map(Answer::Events),
            Self::Error(failure) => Err(failure.into_error()?),
            Self::Documented { status, body } => {
                let body: ErrorResponse = typed(&body)?;
                Ok(Answer::Documented(code(status)?, body))
            }
            Self::Panic(message) => panic!("{message}"),
        }
    }
}

impl Failure {
    fn into_error(self) -> Result<ApiError, ApiError> {
        let mut error = ApiError::new(code(self.status)?, self.message);
        if let Some(kind) = self.r#type {
            error = error.kind(kind);
        }
        if let Some(param) = self.param {
            error = error.param(param);
        }
        if let Some(code) = self.code {
            error = error.code(code);
        }
        let headers = self.headers.into_iter();
        Ok(headers.fold(error, |error, (name, value)| error.header(&name, value)))
    }
}

/// Events that are known, and what the stream then breaks off with.
pub(crate) fn events(
    list: &[(String, Value)],
    failure: Option<Failure>,
) -> Result<EventStream<AssistantStreamEvent>, ApiError> {
    let events: Result<Vec<_>, _> = list.iter().map(|(name, data)| event(name, data)).collect();
    let events = events?.into_iter().map(Ok);
    let failure = failure.map(Failure::into_error).transpose()?;
    Ok(EventStream::new(stream::iter(
        events.chain(failure.map(Err)),
    )))
}

/// An event of the document; one that it does not know cannot be sent.
fn event(name: &str, data: &Value) -> Result<AssistantStreamEvent, ApiError> {
    let raw = RawEvent::json(name.to_owned(), data).map_err(ApiError::internal)?;
    let read = mode::scope(Mode::Strict, || AssistantStreamEvent::read(&raw));
    match read {
        Ok(AssistantStreamEvent::Unknown(_)) => Err(unfit(&format!("an event {name}"))),
        read => read.map_err(|error| unfit(&format!("{name}: {error}"))),
    }
}

fn code(status: u16) -> Result<StatusCode, ApiError> {
    StatusCode::from_u16(status).map_err(|_| unfit(&format!("a status {status}")))
}
