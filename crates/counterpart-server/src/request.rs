//! The request as generated code takes it apart: each parameter by its name, then the body.
//!
//! ```
//! use counterpart_server::{FromRequest, Rejection, Request};
//!
//! struct ListMessages {
//!     thread_id: String,
//!     limit: Option<i64>,
//! }
//!
//! impl FromRequest for ListMessages {
//!     async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
//!         Ok(Self { thread_id: request.path("thread_id")?, limit: request.query_optional("limit")? })
//!     }
//! }
//! ```
//!
//! Everything is read strictly: what the document does not allow is a [`Rejection`].

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use axum::body::Body;
use counterpart_wire::params::{Pairs, ParamError, Place, Reason};
use http::header::COOKIE;

use crate::body_stream::Broken;
use crate::context::Context;
use crate::operation::Operation;
use crate::rejection::Rejection;

/// What an operation takes, made from a request.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be made from a request",
    note = "the third argument of a handler is the operation's generated request type"
)]
pub trait FromRequest: Sized + Send {
    /// Checks the request and takes it apart.
    fn from_request(request: &mut Request) -> impl Future<Output = Result<Self, Rejection>> + Send;
}

/// An operation without parameters and body.
impl FromRequest for () {
    async fn from_request(_: &mut Request) -> Result<Self, Rejection> {
        Ok(())
    }
}

/// A request whose body has not been read.
pub struct Request {
    context: Context,
    operation: Arc<Operation>,
    body: Body,
    query: Option<Pairs>,
    cookies: Option<Pairs>,
    /// What a body broke that the method reads; nothing where it reads none.
    broken: Option<Broken>,
}

impl Request {
    pub(crate) fn new(context: Context, operation: Arc<Operation>, body: Body) -> Self {
        Self {
            context,
            operation,
            body,
            query: None,
            cookies: None,
            broken: None,
        }
    }

    /// All that is known of the request beside its body.
    pub fn context(&self) -> &Context {
        &self.context
    }

    pub(crate) fn into_context(self) -> Context {
        self.context
    }

    pub(crate) fn operation(&self) -> &Operation {
        &self.operation
    }

    /// The query's pairs; `None` if the request has no query.
    pub(crate) fn query_pairs(&mut self) -> Result<Option<&Pairs>, Rejection> {
        let Some(raw) = self.context.uri().query() else {
            return Ok(None);
        };
        if self.query.is_none() {
            self.query = Some(Pairs::parse_query(raw)?);
        }
        Ok(self.query.as_ref())
    }

    /// The cookies; `None` if the request has none.
    pub(crate) fn cookie_pairs(&mut self) -> Result<Option<&Pairs>, Rejection> {
        if self.cookies.is_none() {
            // HTTP/2 may split the header at its semicolons.
            let Some(text) = self.header_text(COOKIE.as_str(), "; ")? else {
                return Ok(None);
            };
            self.cookies = Some(Pairs::parse_cookies(&text)?);
        }
        Ok(self.cookies.as_ref())
    }

    pub(crate) fn take_body(&mut self) -> Body {
        std::mem::take(&mut self.body)
    }

    /// Where to keep what the body breaks while the method reads it.
    pub(crate) fn watch_body(&mut self) -> Broken {
        self.broken.get_or_insert_default().clone()
    }

    pub(crate) fn broken(&mut self) -> Option<Broken> {
        self.broken.take()
    }

    /// The header's lines as one text.
    pub(crate) fn header_text(
        &self,
        name: &str,
        separator: &str,
    ) -> Result<Option<Cow<'_, str>>, Rejection> {
        let mut lines = self.context.headers().get_all(name).into_iter();
        let Some(first) = lines.next() else {
            return Ok(None);
        };

        let mut text = Cow::Borrowed(utf8(name, first.as_bytes())?);
        for line in lines {
            let text = text.to_mut();
            text.push_str(separator);
            text.push_str(utf8(name, line.as_bytes())?);
        }
        Ok(Some(text))
    }
}

impl fmt::Debug for Request {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Request")
            .field("context", &self.context)
            .finish_non_exhaustive()
    }
}

fn utf8<'b>(name: &str, bytes: &'b [u8]) -> Result<&'b str, Rejection> {
    std::str::from_utf8(bytes)
        .map_err(|_| ParamError::new(Place::Header, name, Reason::Utf8).into())
}
