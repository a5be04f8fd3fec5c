//! A request and a reply, and how each side takes them out.

use counterpart_server::contract::{Contract, Made};
use counterpart_server::{ApiError, Binary, EventStream, StatusCode};
use counterpart_wire::event::{Event, RawEvent};
use serde::de::DeserializeOwned;
use serde_json::Value;

/// A request of an operation, and one of the replies that the document lists for it.
#[derive(Debug, Clone)]
pub struct Exchange(pub(crate) Made);

/// The exchanges of an operation: at least one for each status, and for events beside it.
///
/// # Panics
///
/// If the document has no such operation.
pub fn exchanges(document: &str, operation: &str) -> Vec<Exchange> {
    let made = Contract::of(document).made(operation);
    let made = made.unwrap_or_else(|| panic!("the document has no operation {operation}"));
    made.into_iter().map(Exchange).collect()
}

/// What the client sends.
impl Exchange {
    /// A parameter that is a text.
    ///
    /// # Panics
    ///
    /// As all of these do, if the schema made no such value.
    pub fn text(&self, name: &str) -> String {
        match &self.0.parameters[name] {
            Value::String(text) => text.clone(),
            other => other.to_string(),
        }
    }

    /// A parameter.
    pub fn value<T: DeserializeOwned>(&self, name: &str) -> T {
        self.typed(&self.0.parameters[name])
    }

    /// The body, where that is JSON or a form.
    pub fn body<T: DeserializeOwned>(&self) -> T {
        self.typed(self.0.body.as_ref().expect("a body"))
    }

    /// The body, where that is a text.
    pub fn body_text(&self) -> String {
        let body = self.0.body.as_ref().and_then(Value::as_str);
        body.expect("a body that is a text").to_owned()
    }

    /// The body, where that is bytes.
    pub fn body_bytes(&self) -> Binary {
        Binary::new(self.body_text())
    }

    pub(crate) fn typed<T: DeserializeOwned>(&self, value: &Value) -> T {
        let typed = T::deserialize(value);
        typed.unwrap_or_else(|error| panic!("{}: {value} does not fit: {error}", self.0.operation))
    }
}

/// What the service answers.
impl Exchange {
    /// Which reply it is: the key of the status in the document, and the media type.
    pub fn reply(&self) -> (&str, &str) {
        (&self.0.key, &self.0.media_type)
    }

    /// Whether the reply is a stream of events.
    pub fn is_stream(&self) -> bool {
        self.0.media_type.starts_with("text/event-stream")
    }

    pub(crate) fn is_json(&self) -> bool {
        let essence = self.0.media_type.split(';').next().unwrap_or_default();
        essence.trim().ends_with("json")
    }

    /// The status, for replies that have several.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.0.status).expect("a status")
    }

    /// The reply as JSON.
    pub fn json<T: DeserializeOwned>(&self) -> T {
        self.typed(&self.0.value)
    }

    /// The reply as a text.
    pub fn plain(&self) -> String {
        self.0.value.as_str().unwrap_or_default().to_owned()
    }

    /// The reply as bytes.
    pub fn binary(&self) -> Binary {
        Binary::new(self.plain())
    }

    /// A header of the reply.
    pub fn header<T: DeserializeOwned>(&self, name: &str) -> T {
        self.typed(self.0.headers.get(name).unwrap_or(&Value::Null))
    }

    /// The reply as a stream.
    pub fn events<E: Event + Send + 'static>(&self) -> EventStream<E> {
        EventStream::iter(self.typed_events())
    }

    /// An error for a reply that the service does not have. No test gets it unless a reply of the document was lost.
    pub fn unknown(&self) -> ApiError {
        let (status, media_type) = self.reply();
        ApiError::not_implemented(format!("there is no reply {status} {media_type}"))
    }

    pub(crate) fn typed_events<E: Event>(&self) -> Vec<E> {
        let events = self.0.value.as_array().into_iter().flatten();
        let events = events.map(|event| {
            let name = event["event"].as_str().unwrap_or_default().to_owned();
            let raw = match &event["data"] {
                Value::String(text) => RawEvent::text(name, text.clone()),
                data => RawEvent::json(name, data).expect("JSON"),
            };
            E::read(&raw).unwrap_or_else(|error| panic!("{event} does not fit: {error}"))
        });
        events.collect()
    }
}
