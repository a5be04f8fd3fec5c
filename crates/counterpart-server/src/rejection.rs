//! Why the runtime refused a request before any method saw it.
//!
//! A rejection is a value: [`Routes::rejections`](crate::Routes::rejections) may turn it into any reply. Left alone,
//! it becomes the API's own error body:
//!
//! ```
//! use counterpart_server::{ApiError, Rejection};
//!
//! let error = ApiError::from(Rejection::BodyTooLarge { limit: 1024 });
//! assert_eq!(error.status(), 413);
//! assert_eq!(error.details().unwrap().code.as_deref(), Some("request_too_large"));
//! ```

use std::borrow::Cow;
use std::fmt;
use std::time::Duration;

use counterpart_wire::params::{ParamError, Reason};
use counterpart_wire::{DecodeError, Violations};
use http::{Method, StatusCode};

use crate::credentials::{Scheme, Security};
use crate::excerpt;

/// A refused request.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rejection {
    /// 404: no operation has such a path.
    NotFound {
        /// The request's method.
        method: Method,
        /// The request's path.
        path: String,
    },
    /// 405: the path is known, but not with this method. The reply's `Allow` lists those it has.
    MethodNotAllowed {
        /// The request's method.
        method: Method,
        /// The request's path.
        path: String,
    },
    /// 401: the request shows no credential, and the operation asks for one.
    CredentialMissing {
        /// What would do.
        security: Security,
    },
    /// 401: what the request shows for this scheme cannot be understood.
    CredentialMalformed {
        /// The scheme.
        scheme: Scheme,
    },
    /// 401: the credentials are worth nothing.
    CredentialRefused,
    /// 400: a parameter in path, query, header or cookie is missing or not valid.
    Parameter(ParamError),
    /// 400: a header that must have one certain value is missing or has another.
    ConstantHeader {
        /// The header's name.
        name: &'static str,
        /// What it must be.
        expected: &'static str,
        /// What it is.
        found: Option<String>,
    },
    /// 415: the body is not of a media type that the operation takes.
    MediaType {
        /// Those it takes.
        expected: &'static str,
        /// The request's `Content-Type`.
        found: Option<String>,
    },
    /// 408: the body did not arrive in time.
    BodyTimeout {
        /// How long it was waited for.
        patience: Duration,
    },
    /// 413: the body is longer than allowed.
    BodyTooLarge {
        /// The most that is allowed, in bytes.
        limit: usize,
    },
    /// 400: there is no body, and the operation needs one.
    BodyMissing,
    /// 400: the body broke off.
    BodyIncomplete,
    /// 400: the body cannot be parsed, as JSON or as what it claims to be.
    BodyMalformed(DecodeError),
    /// 400: the body can be parsed, but is not what the document says.
    BodyInvalid(DecodeError),
    /// 400: the values are of the right types, but not within the limits of the document.
    Invalid(Violations),
    /// 501: the service says that it leaves this operation out.
    Unanswered {
        /// The operation's id.
        operation: &'static str,
    },
    /// 500: a method panicked, or failed for reasons that are none of the caller's business.
    Internal,
}

impl Rejection {
    /// The status of the default reply.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound { .. } => StatusCode::NOT_FOUND,
            Self::MethodNotAllowed { .. } => StatusCode::METHOD_NOT_ALLOWED,
            Self::CredentialMissing { .. }
            | Self::CredentialMalformed { .. }
            | Self::CredentialRefused => StatusCode::UNAUTHORIZED,
            Self::Parameter(_)
            | Self::ConstantHeader { .. }
            | Self::BodyMissing
            | Self::BodyIncomplete
            | Self::BodyMalformed(_)
            | Self::BodyInvalid(_)
            | Self::Invalid(_) => StatusCode::BAD_REQUEST,
            Self::MediaType { .. } => StatusCode::UNSUPPORTED_MEDIA_TYPE,
            Self::BodyTimeout { .. } => StatusCode::REQUEST_TIMEOUT,
            Self::BodyTooLarge { .. } => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Unanswered { .. } => StatusCode::NOT_IMPLEMENTED,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The `code` of the default reply.
    pub fn code(&self) -> Option<Cow<'static, str>> {
        let code = match self {
            Self::NotFound { .. } => "unknown_url",
            Self::MethodNotAllowed { .. } => "method_not_supported",
            Self::CredentialMissing { .. } => "missing_credentials",
            Self::CredentialMalformed { .. } | Self::CredentialRefused => "invalid_api_key",
            Self::Parameter(error) if *error.reason() == Reason::Missing => {
                "missing_required_parameter"
            }
            Self::Parameter(_) => "invalid_value",
            Self::ConstantHeader { name, .. } => return Some(constant_header_code(name).into()),
            Self::MediaType { .. } => "unsupported_content_type",
            Self::BodyTimeout { .. } => "request_timeout",
            Self::BodyTooLarge { .. } => "request_too_large",
            Self::BodyMissing => "missing_body",
            Self::BodyIncomplete => "incomplete_body",
            Self::BodyMalformed(_) => "invalid_body",
            Self::BodyInvalid(_) | Self::Invalid(_) => "invalid_value",
            Self::Unanswered { .. } => "not_implemented",
            Self::Internal => return None,
        };
        Some(code.into())
    }

    /// The `param` of the default reply: the parameter, or the place in the body.
    pub fn param(&self) -> Option<&str> {
        match self {
            Self::Parameter(error) => Some(error.name()),
            Self::BodyInvalid(error) => (!error.path.is_empty()).then_some(&error.path),
            Self::Invalid(violations) => {
                let path = violations.first().map(|first| first.path.as_str());
                path.filter(|path| !path.is_empty())
            }
            Self::NotFound { .. }
            | Self::MethodNotAllowed { .. }
            | Self::CredentialMissing { .. }
            | Self::CredentialMalformed { .. }
            | Self::CredentialRefused
            | Self::ConstantHeader { .. }
            | Self::MediaType { .. }
            | Self::BodyTimeout { .. }
            | Self::BodyTooLarge { .. }
            | Self::BodyMissing
            | Self::BodyIncomplete
            | Self::BodyMalformed(_)
            | Self::Unanswered { .. }
            | Self::Internal => None,
        }
    }
}

/// The `message` of the default reply.
impl fmt::Display for Rejection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotFound { method, path } => {
                write!(
                    f,
                    "Unknown request URL: {method} {}. Please check the URL for typos.",
                    excerpt::name(path)
                )
            }
            Self::MethodNotAllowed { method, path } => {
                write!(f, "Not allowed to {method} on {}.", excerpt::name(path))
            }
            Self::CredentialMissing { security } => {
                f.write_str("The request has no credentials. Send ")?;
                for (at, wanted) in security
                    .iter()
                    .filter(|wanted| !wanted.is_empty())
                    .enumerate()
                {
                    f.write_str(if at == 0 { "" } else { ", or " })?;
                    for (at, scheme) in wanted.iter().enumerate() {
                        write!(f, "{}{scheme}", if at == 0 { "" } else { " and " })?;
                    }
                }
                f.write_str(".")
            }
            Self::CredentialMalformed { scheme } => {
                write!(f, "The credentials in {scheme} cannot be understood.")
            }
            Self::CredentialRefused => {
                f.write_str("Incorrect API key or other credentials provided.")
            }
            Self::Parameter(error) => write!(
                f,
                "The {} `{}` {}.",
                error.place(),
                excerpt::name(error.name()),
                excerpt::message(&error.reason().to_string())
            ),
            Self::ConstantHeader {
                name,
                expected,
                found: None,
            } => {
                write!(f, "You must provide the header '{name}: {expected}'.")
            }
            Self::ConstantHeader {
                name,
                expected,
                found: Some(found),
            } => {
                write!(
                    f,
                    "The header '{name}' must be '{expected}', but you provided '{}'.",
                    excerpt::name(found)
                )
            }
            Self::MediaType {
                expected,
                found: None,
            } => {
                write!(
                    f,
                    "The request has no content type. This operation accepts '{expected}'."
                )
            }
            Self::MediaType {
                expected,
                found: Some(found),
            } => {
                write!(
                    f,
                    "Unsupported content type: '{}'. This operation accepts '{expected}'.",
                    excerpt::name(found)
                )
            }
            Self::BodyTimeout { patience } => {
                write!(f, "The request body did not arrive within {patience:?}.")
            }
            Self::BodyTooLarge { limit } => {
                write!(f, "The request body is longer than {limit} bytes.")
            }
            Self::BodyMissing => f.write_str("The request body is missing."),
            Self::BodyIncomplete => f.write_str("The request body is incomplete."),
            Self::BodyMalformed(error) => {
                let error = DecodeError {
                    path: excerpt::name(&error.path).into_owned(),
                    message: excerpt::message(&error.message).into_owned(),
                    ..*error
                };
                write!(f, "The request body could not be parsed: {error}.")
            }
            Self::BodyInvalid(error) if error.path.is_empty() => {
                let message = excerpt::message(&error.message);
                write!(f, "The request body is not valid: {message}.")
            }
            Self::BodyInvalid(error) => {
                let (path, message) =
                    (excerpt::name(&error.path), excerpt::message(&error.message));
                write!(f, "Invalid value for '{path}': {message}.")
            }
            Self::Invalid(violations) => {
                write!(f, "The request is not within its limits: {violations}.")
            }
            Self::Unanswered { operation } => {
                write!(f, "This server does not answer '{operation}'.")
            }
            Self::Internal => f.write_str("The server had an error while processing your request."),
        }
    }
}

impl std::error::Error for Rejection {}

impl From<ParamError> for Rejection {
    fn from(error: ParamError) -> Self {
        Self::Parameter(error)
    }
}

impl From<Violations> for Rejection {
    fn from(violations: Violations) -> Self {
        Self::Invalid(violations)
    }
}

/// `invalid_` and the last word of the header's name: `invalid_beta` for `OpenAI-Beta`, as the API itself has it.
fn constant_header_code(name: &str) -> String {
    let word = name.rsplit('-').next().unwrap_or(name);
    format!("invalid_{}", word.to_ascii_lowercase())
}
