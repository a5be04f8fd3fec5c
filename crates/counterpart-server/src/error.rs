//! The error that a method answers with: status, headers and a body, which by default is the API's own
//! `{"error": {"message", "type", "param", "code"}}`.
//!
//! ```
//! use counterpart_server::ApiError;
//!
//! let error = ApiError::not_found("No thread found with id 'thread_1'.").param("thread_id").code("no_such_thread");
//! assert_eq!(error.status(), 404);
//! assert_eq!(error.to_string(), "404 Not Found: No thread found with id 'thread_1'.");
//! ```

use std::borrow::Cow;
use std::fmt;

use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use crate::{Rejection, Reply, excerpt};

/// Any error, boxed, for the log.
pub(crate) type Cause = Box<dyn std::error::Error + Send + Sync>;

const INTERNAL: &str = "The server had an error while processing your request.";

/// What a method returns instead of a documented reply.
pub struct ApiError(Box<Inner>);

struct Inner {
    status: StatusCode,
    headers: HeaderMap,
    body: Body,
    rejection: Option<Rejection>,
    cause: Option<Cause>,
}

enum Body {
    Details(ErrorDetails),
    Json(Bytes),
}

/// What the default body says: the value of its key `error`, and the data of an `error` event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ErrorDetails {
    /// What went wrong, for people.
    pub message: Cow<'static, str>,
    /// The class of error, such as `invalid_request_error`: `type` on the wire.
    pub kind: Cow<'static, str>,
    /// The parameter, or the place in the body, that is at fault.
    pub param: Option<Cow<'static, str>>,
    /// What went wrong, for programs.
    pub code: Option<Cow<'static, str>>,
}

/// The default body: the details under the key `error`.
struct Envelope<'a>(&'a ErrorDetails);

impl ApiError {
    /// An error with the default body. Its `type` is `server_error` from status 500 on, else `invalid_request_error`.
    pub fn new(status: StatusCode, message: impl Into<Cow<'static, str>>) -> Self {
        let kind = if status.is_server_error() {
            "server_error"
        } else {
            "invalid_request_error"
        };
        let details = ErrorDetails {
            message: message.into(),
            kind: kind.into(),
            param: None,
            code: None,
        };
        Self::from_body(status, Body::Details(details))
    }

    /// An error with a body of its own, written as JSON.
    pub fn with_body<T: Serialize + ?Sized>(status: StatusCode, body: &T) -> Self {
        match counterpart_wire::json::encode(body) {
            Ok(bytes) => Self::from_body(status, Body::Json(bytes)),
            Err(error) => Self::internal(error),
        }
    }

    /// 500. The cause goes to `tracing` and is never shown to the caller.
    pub fn internal(cause: impl Into<Cause>) -> Self {
        let mut error = Self::from(Rejection::Internal);
        error.0.cause = Some(cause.into());
        error
    }

    /// 400.
    pub fn bad_request(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, message)
    }

    /// 401.
    pub fn unauthorized(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, message)
    }

    /// 403.
    pub fn forbidden(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, message)
    }

    /// 404.
    pub fn not_found(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, message)
    }

    /// 409.
    pub fn conflict(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::CONFLICT, message)
    }

    /// 429.
    pub fn too_many_requests(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::TOO_MANY_REQUESTS, message)
    }

    /// 501, for an operation that the service leaves out.
    pub fn not_implemented(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_IMPLEMENTED, message)
    }

    /// 503.
    pub fn unavailable(message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, message)
    }

    /// Sets `code`. Without effect on a body of one's own, as are the next two.
    #[must_use]
    pub fn code(self, code: impl Into<Cow<'static, str>>) -> Self {
        self.edit(|details| details.code = Some(code.into()))
    }

    /// Sets `param`.
    #[must_use]
    pub fn param(self, param: impl Into<Cow<'static, str>>) -> Self {
        self.edit(|details| details.param = Some(param.into()))
    }

    /// Sets `type`.
    #[must_use]
    pub fn kind(self, kind: impl Into<Cow<'static, str>>) -> Self {
        self.edit(|details| details.kind = kind.into())
    }

    /// Adds a header, such as `Retry-After`. One that cannot be sent is logged and left out.
    #[must_use]
    pub fn header<T: Serialize>(mut self, name: &str, value: T) -> Self {
        if let Err(error) = crate::reply::append_header(&mut self.0.headers, name, &value) {
            tracing::error!(name, %error, "a header of an error cannot be sent");
        }
        self
    }

    /// Sets what went wrong behind the error, for the log: the caller does not see it.
    #[must_use]
    pub fn caused_by(mut self, cause: impl Into<Cause>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// The reply's status.
    pub fn status(&self) -> StatusCode {
        self.0.status
    }

    /// The reply's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.0.headers
    }

    /// What the default body says; `None` if the error has a body of its own.
    pub fn details(&self) -> Option<&ErrorDetails> {
        match &self.0.body {
            Body::Details(details) => Some(details),
            Body::Json(_) => None,
        }
    }

    /// What the runtime refused, if the error is not the service's.
    pub fn rejection(&self) -> Option<&Rejection> {
        self.0.rejection.as_ref()
    }

    /// The error as a reply.
    pub fn into_reply(self) -> Reply {
        let Inner {
            status,
            headers,
            body,
            ..
        } = *self.0;
        let mut reply = match body {
            Body::Details(error) => Reply::json(status, &Envelope(&error)),
            Body::Json(bytes) => Reply::bytes(status, "application/json", bytes),
        };
        reply.headers_mut().extend(headers);
        reply
    }

    /// What stands in the `data` of an `error` event: the details bare, as the API itself sends them, and once more
    /// under the key `error`, without which one of the official libraries would take the event for any other. The
    /// same goes for a body of one's own that has such a key; any other body stands there as it is.
    pub(crate) fn event_data(&self) -> String {
        match &self.0.body {
            Body::Details(details) => serde_json::to_string(&Doubled {
                details,
                error: details,
            })
            .unwrap_or_default(),
            Body::Json(bytes) => {
                doubled(bytes).unwrap_or_else(|| String::from_utf8_lossy(bytes).into_owned())
            }
        }
    }

    pub(crate) fn cause(&self) -> Option<&Cause> {
        self.0.cause.as_ref()
    }

    /// Replaced by what a hook made of it: headers that the hook did not set stay, as `Allow` must.
    pub(crate) fn replaced(mut self, hook: impl FnOnce(Self) -> Self) -> Self {
        let headers = std::mem::take(&mut self.0.headers);
        let mut new = hook(self);
        for name in headers
            .keys()
            .filter(|name| !new.0.headers.contains_key(*name))
            .collect::<Vec<_>>()
        {
            for value in headers.get_all(name) {
                new.0.headers.append(name, value.clone());
            }
        }
        new
    }

    /// Adds a header of the runtime's own making.
    pub(crate) fn with_header(mut self, name: HeaderName, value: String) -> Self {
        if let Ok(value) = HeaderValue::try_from(value) {
            self.0.headers.append(name, value);
        }
        self
    }

    pub(crate) fn rejecting(mut self, rejection: Rejection) -> Self {
        self.0.rejection = Some(rejection);
        self
    }

    fn from_body(status: StatusCode, body: Body) -> Self {
        Self(Box::new(Inner {
            status,
            headers: HeaderMap::new(),
            body,
            rejection: None,
            cause: None,
        }))
    }

    fn edit(mut self, edit: impl FnOnce(&mut ErrorDetails)) -> Self {
        if let Body::Details(details) = &mut self.0.body {
            edit(details);
        }
        self
    }
}

/// A refused request, in the default shape.
impl From<Rejection> for ApiError {
    fn from(rejection: Rejection) -> Self {
        let message = match &rejection {
            Rejection::Internal => INTERNAL.into(),
            other => Cow::Owned(other.to_string()),
        };
        let mut error = Self::new(rejection.status(), message).edit(|details| {
            let param = rejection.param().map(excerpt::name);
            details.param = param.map(|param| param.into_owned().into());
            details.code = rejection.code();
        });
        error.0.rejection = Some(rejection);
        error
    }
}

impl Serialize for ErrorDetails {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("ErrorDetails", 4)?;
        self.fields(&mut object)?;
        object.end()
    }
}

impl ErrorDetails {
    fn fields<S: SerializeStruct>(&self, object: &mut S) -> Result<(), S::Error> {
        object.serialize_field("message", &self.message)?;
        object.serialize_field("type", &self.kind)?;
        object.serialize_field("param", &self.param)?;
        object.serialize_field("code", &self.code)
    }
}

impl Serialize for Envelope<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Envelope", 1)?;
        object.serialize_field("error", self.0)?;
        object.end()
    }
}

impl fmt::Debug for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut shown = f.debug_struct("ApiError");
        shown.field("status", &self.0.status);
        match &self.0.body {
            Body::Details(details) => shown.field("details", details),
            Body::Json(bytes) => shown.field("body", &String::from_utf8_lossy(bytes)),
        };
        if let Some(cause) = &self.0.cause {
            shown.field("cause", cause);
        }
        shown.finish_non_exhaustive()
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0.body {
            Body::Details(details) => write!(f, "{}: {}", self.0.status, details.message),
            Body::Json(_) => write!(f, "{}", self.0.status),
        }
    }
}

impl std::error::Error for ApiError {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        self.0
            .cause
            .as_deref()
            .map(|cause| cause as &(dyn std::error::Error + 'static))
    }
}

/// For layers and plain axum handlers beside the generated routes.
impl IntoResponse for ApiError {
    fn into_response(self) -> Response {
        crate::answer::log(&self);
        self.into_reply().into_response()
    }
}

/// The details twice: see [`ApiError::event_data`].
struct Doubled<'a> {
    details: &'a ErrorDetails,
    error: &'a ErrorDetails,
}

impl Serialize for Doubled<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut object = serializer.serialize_struct("Doubled", 5)?;
        self.details.fields(&mut object)?;
        object.serialize_field("error", self.error)?;
        object.end()
    }
}

/// A body that is nothing but an object `error`, with what is in there also beside it.
fn doubled(bytes: &[u8]) -> Option<String> {
    let body: serde_json::Map<String, serde_json::Value> = serde_json::from_slice(bytes).ok()?;
    let inner = body.get("error").filter(|_| body.len() == 1)?;
    let mut both = inner.as_object()?.clone();
    both.entry("error").or_insert_with(|| inner.clone());
    serde_json::to_string(&both).ok()
}
