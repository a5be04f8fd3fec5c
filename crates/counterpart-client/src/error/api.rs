//! Answers that are errors.

use std::fmt;

use bytes::Bytes;

use crate::message::message;
use crate::meta::{Meta, meta_accessors};

/// The service answered with an error.
pub struct ApiError<E> {
    pub(crate) meta: Meta,
    pub(crate) body: Option<E>,
    pub(crate) raw: Bytes,
    pub(crate) is_cut: bool,
}

impl<E> ApiError<E> {
    meta_accessors!();

    /// The body as the document declares it; `None` if it is something else, such as a proxy's error page.
    pub fn body(&self) -> Option<&E> {
        self.body.as_ref()
    }

    /// The body as it came.
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// Whether the body is only the beginning of what was to come: it broke off, did not come in time, or was longer than
    /// may be read.
    pub fn is_cut(&self) -> bool {
        self.is_cut
    }

    /// What the body says to a person, whatever its schema.
    pub fn message(&self) -> Option<String> {
        message(&self.raw)
    }

    /// The body as the document declares it, or as it came.
    pub fn into_body(self) -> Result<E, Bytes> {
        self.body.ok_or(self.raw)
    }
}

/// `getThread: 404 Not Found: No such thread (request id req_1)`
impl<E> fmt::Display for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.meta.operation, self.meta.status)?;
        if let Some(location) = self.redirect() {
            write!(
                f,
                ": redirects to {location}, which is not followed; is the base URL right?"
            )?;
        } else if let Some(message) = self.message() {
            write!(f, ": {message}")?;
        } else if self.is_cut {
            f.write_str(", with a body of which the end is missing")?;
        }
        write!(f, "{}", self.meta.tail())
    }
}

impl<E> ApiError<E> {
    /// Where a redirection leads, without a query, which may hold a secret.
    fn redirect(&self) -> Option<&str> {
        if !self.meta.status.is_redirection() {
            return None;
        }
        let location = self
            .meta
            .headers
            .get(http::header::LOCATION)?
            .to_str()
            .ok()?;
        location.split(['?', '#']).next()
    }
}

/// The raw body is left to [`ApiError::raw`]; it can be long.
impl<E: fmt::Debug> fmt::Debug for ApiError<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ApiError")
            .field("meta", &self.meta)
            .field("message", &self.message())
            .field("body", &self.body)
            .finish_non_exhaustive()
    }
}

impl<E: fmt::Debug> std::error::Error for ApiError<E> {}
