//! What a method answers with: a status, headers, and a body or a stream of events.
//!
//! Generated reply enums turn themselves into a [`Reply`]; a service needs it only for what the document leaves out.
//!
//! ```
//! use counterpart_server::{Reply, StatusCode};
//!
//! let reply = Reply::json(StatusCode::OK, &["a", "b"]).header("x-ratelimit-remaining-requests", 59);
//! assert_eq!(reply.headers()["content-type"], "application/json");
//! assert_eq!(reply.headers()["x-ratelimit-remaining-requests"], "59");
//! ```

use std::fmt;
use std::sync::Arc;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use counterpart_wire::Binary;
use counterpart_wire::event::{Event, Format};
use counterpart_wire::params::Param;
use http::header::{
    CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_LENGTH, CONTENT_TYPE, InvalidHeaderValue,
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::answer::Site;
use crate::context::Context;
use crate::error::{ApiError, Cause};
use crate::event_body::{EventBody, EventSource};
use crate::events::EventStream;

/// A reply, not yet written.
#[must_use = "a reply is sent by returning it"]
pub struct Reply {
    status: StatusCode,
    headers: HeaderMap,
    content: Content,
}

enum Content {
    Empty,
    Bytes(Bytes),
    Body(Body),
    Events(Box<dyn EventSource>),
    /// Something could not be written; the router answers with this instead.
    Failed(ApiError),
}

/// A type that a method may return: the generated reply enums, and for the simplest cases `()`, which is a 204.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a reply",
    note = "return the operation's generated reply type, or a `Reply`"
)]
pub trait IntoReply {
    /// The value as a reply.
    fn into_reply(self) -> Reply;
}

impl Reply {
    /// A JSON body.
    pub fn json<T: Serialize + ?Sized>(status: StatusCode, value: &T) -> Self {
        Self::json_as(status, "application/json", value)
    }

    /// A JSON body by another name, such as `application/problem+json`.
    pub fn json_as<T>(status: StatusCode, media_type: &'static str, value: &T) -> Self
    where
        T: Serialize + ?Sized,
    {
        match counterpart_wire::json::encode(value) {
            Ok(bytes) => Self::bytes(status, media_type, bytes),
            Err(error) => Self::failed(error),
        }
    }

    /// No body.
    pub fn empty(status: StatusCode) -> Self {
        Self {
            status,
            headers: HeaderMap::new(),
            content: Content::Empty,
        }
    }

    /// A body of any media type.
    pub fn bytes(status: StatusCode, media_type: &'static str, bytes: impl Into<Bytes>) -> Self {
        Self::typed(
            status,
            HeaderValue::from_static(media_type),
            Content::Bytes(bytes.into()),
        )
    }

    /// A plain text.
    pub fn text(status: StatusCode, text: impl Into<String>) -> Self {
        Self::bytes(status, "text/plain; charset=utf-8", text.into())
    }

    /// A body that is produced while it is sent, such as a file.
    pub fn body(status: StatusCode, media_type: &'static str, body: Body) -> Self {
        Self::typed(
            status,
            HeaderValue::from_static(media_type),
            Content::Body(body),
        )
    }

    /// Bytes, which are read while they are sent. `media_type` is what they are unless they say it themselves; a name
    /// of theirs makes them a file to save.
    pub fn binary(
        status: StatusCode,
        media_type: &'static str,
        content: impl Into<Binary>,
    ) -> Self {
        let content = content.into();
        let own = content.media_type().map(HeaderValue::from_str);
        let media_type = own.unwrap_or(Ok(HeaderValue::from_static(media_type)));
        let disposition = content.file_name().map(attachment);
        let (media_type, disposition) = match (media_type, disposition.transpose()) {
            (Ok(media_type), Ok(disposition)) => (media_type, disposition),
            (Err(error), _) | (_, Err(error)) => return Self::failed(error),
        };
        let length = content.length();
        let body = match content.as_bytes() {
            Some(bytes) => Content::Bytes(bytes.clone()),
            None => Content::Body(Body::from_stream(content.chunks())),
        };
        let mut reply = Self::typed(status, media_type, body);
        if let Some(disposition) = disposition {
            reply.headers.insert(CONTENT_DISPOSITION, disposition);
        }
        if let Some(length) = length {
            reply.headers.insert(CONTENT_LENGTH, length.into());
        }
        reply
    }

    /// Server-sent events, or the values of another stream.
    pub fn events<E: Event + Send + 'static>(status: StatusCode, events: EventStream<E>) -> Self {
        let media_type = match E::FORMAT {
            Format::Events => "text/event-stream; charset=utf-8",
            format => format.media_type(),
        };
        let media_type = HeaderValue::from_static(media_type);
        let mut reply = Self::typed(
            status,
            media_type,
            Content::Events(crate::event_body::source(events)),
        );
        reply
            .headers
            .insert(CACHE_CONTROL, HeaderValue::from_static("no-cache"));
        // Asks nginx and its like to pass events on at once.
        reply.headers.insert(
            HeaderName::from_static("x-accel-buffering"),
            HeaderValue::from_static("no"),
        );
        reply
    }

    /// The values of a stream, by the name that the document has for its media type.
    pub fn events_as<E: Event + Send + 'static>(
        status: StatusCode,
        media_type: &'static str,
        events: EventStream<E>,
    ) -> Self {
        let mut reply = Self::events(status, events);
        let media_type = HeaderValue::from_static(media_type);
        reply.headers.insert(CONTENT_TYPE, media_type);
        reply
    }

    /// Adds a header; nothing for `None`. A value that no header can hold makes the reply a 500.
    pub fn header<T: Serialize>(self, name: &str, value: T) -> Self {
        self.header_styled(Param::SIMPLE, name, value)
    }

    /// Adds a header laid out as `param` says.
    pub fn header_styled<T: Serialize>(mut self, param: Param, name: &str, value: T) -> Self {
        match append_styled(&mut self.headers, param, name, &value) {
            Ok(()) => self,
            Err(error) => Self::failed(error),
        }
    }

    /// The status of this number, for those that have no constant.
    pub fn status_code(code: u16) -> StatusCode {
        StatusCode::from_u16(code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The reply's status.
    pub fn status(&self) -> StatusCode {
        self.status
    }

    /// The reply's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.headers
    }

    /// The reply's headers, to be changed.
    pub fn headers_mut(&mut self) -> &mut HeaderMap {
        &mut self.headers
    }

    fn typed(status: StatusCode, media_type: HeaderValue, content: Content) -> Self {
        // Room for what every reply has: this, its length and the request's id.
        let mut headers = HeaderMap::with_capacity(4);
        headers.insert(CONTENT_TYPE, media_type);
        Self {
            status,
            headers,
            content,
        }
    }

    fn failed(cause: impl Into<Cause>) -> Self {
        let error = ApiError::internal(cause);
        Self {
            status: error.status(),
            headers: HeaderMap::new(),
            content: Content::Failed(error),
        }
    }

    /// The HTTP response, or the error to answer with instead.
    pub(crate) fn render(
        self,
        site: &Arc<Site>,
        cx: Option<&Context>,
    ) -> Result<Response, ApiError> {
        let body = match self.content {
            Content::Empty => Body::empty(),
            Content::Bytes(bytes) => Body::from(bytes),
            Content::Body(body) => body,
            Content::Events(source) => Body::new(EventBody::new(source, site.clone(), cx.cloned())),
            Content::Failed(error) => return Err(error),
        };
        let mut response = Response::new(body);
        *response.status_mut() = self.status;
        *response.headers_mut() = self.headers;
        Ok(response)
    }
}

impl fmt::Debug for Reply {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Reply")
            .field("status", &self.status)
            .finish_non_exhaustive()
    }
}

impl IntoReply for Reply {
    fn into_reply(self) -> Reply {
        self
    }
}

impl IntoReply for () {
    fn into_reply(self) -> Reply {
        Reply::empty(StatusCode::NO_CONTENT)
    }
}

impl IntoReply for serde_json::Value {
    fn into_reply(self) -> Reply {
        Reply::json(StatusCode::OK, &self)
    }
}

impl IntoReply for String {
    fn into_reply(self) -> Reply {
        Reply::text(StatusCode::OK, self)
    }
}

/// For what axum can say and a [`Reply`] cannot.
impl From<Response> for Reply {
    fn from(response: Response) -> Self {
        let (parts, body) = response.into_parts();
        Self {
            status: parts.status,
            headers: parts.headers,
            content: Content::Body(body),
        }
    }
}

/// For layers and plain axum handlers beside the generated routes.
impl IntoResponse for Reply {
    fn into_response(self) -> Response {
        let site = Arc::default();
        self.render(&site, None)
            .unwrap_or_else(IntoResponse::into_response)
    }
}

/// A file to save, in a form that every name survives (RFC 6266).
fn attachment(name: &str) -> Result<HeaderValue, InvalidHeaderValue> {
    let escaped = utf8_percent_encode(name, NON_ALPHANUMERIC);
    HeaderValue::try_from(format!("attachment; filename*=UTF-8''{escaped}"))
}

/// Appends a header in OpenAPI's default style.
pub(crate) fn append_header<T: Serialize>(
    headers: &mut HeaderMap,
    name: &str,
    value: &T,
) -> Result<(), Cause> {
    append_styled(headers, Param::SIMPLE, name, value)
}

fn append_styled<T: Serialize>(
    headers: &mut HeaderMap,
    param: Param,
    name: &str,
    value: &T,
) -> Result<(), Cause> {
    if let Some(text) = param.write_header(name, value)? {
        headers.append(HeaderName::try_from(name)?, HeaderValue::try_from(text)?);
    }
    Ok(())
}
