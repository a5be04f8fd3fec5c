//! What a method knows about the request beside its checked parameters: who asked what, under which id.
//!
//! `cx.principal()` is what [`Authenticate`](crate::Authenticate) made of the caller's credentials.

use std::fmt;
use std::mem::take;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::request::Parts;
use http::{Extensions, HeaderMap, Method, Uri};
use serde::Serialize;

use crate::reply::append_header;
use crate::request_id::RequestId;

/// The request as it arrived, without its body, and who sent it. Cheap to clone if the principal is: give one to
/// whatever outlives the method.
///
/// The principal `P` is `()` where the document asks for no credential, and an `Option` where it leaves them to the
/// caller.
///
/// ```
/// # use counterpart_server::Context;
/// #[derive(Clone)]
/// struct Tenant(u32); // put there by a tower layer
///
/// fn tenant(cx: &Context) -> Option<u32> {
///     cx.extensions().get::<Tenant>().map(|tenant| tenant.0)
/// }
/// ```
#[derive(Clone)]
pub struct Context<P = ()> {
    inner: Arc<Inner>,
    principal: P,
}

struct Inner {
    operation: &'static str,
    request_id: RequestId,
    parts: Parts,
    /// What the reply is to have beside its own headers.
    reply: Mutex<HeaderMap>,
}

impl Context {
    pub(crate) fn new(operation: &'static str, parts: Parts) -> Self {
        let request_id = RequestId::new(&parts.headers);
        let inner = Inner {
            operation,
            request_id,
            parts,
            reply: Mutex::default(),
        };
        Self {
            inner: Arc::new(inner),
            principal: (),
        }
    }

    /// The same request with its sender.
    pub(crate) fn of<P>(self, principal: P) -> Context<P> {
        Context {
            inner: self.inner,
            principal,
        }
    }
}

impl<P> Context<P> {
    /// Who is calling.
    pub fn principal(&self) -> &P {
        &self.principal
    }

    /// Who is calling, to be kept.
    pub fn into_principal(self) -> P {
        self.principal
    }

    /// The operation's id in the document. Empty where no operation was reached, as for a 404.
    pub fn operation(&self) -> &'static str {
        self.inner.operation
    }

    /// The request's id, which the reply's `x-request-id` repeats.
    pub fn request_id(&self) -> &str {
        self.inner.request_id.as_str()
    }

    /// The request's method.
    pub fn method(&self) -> &Method {
        &self.inner.parts.method
    }

    /// The request's target, as the innermost router saw it.
    pub fn uri(&self) -> &Uri {
        &self.inner.parts.uri
    }

    /// The request's headers.
    pub fn headers(&self) -> &HeaderMap {
        &self.inner.parts.headers
    }

    /// What tower layers and axum have attached to the request.
    pub fn extensions(&self) -> &Extensions {
        &self.inner.parts.extensions
    }

    /// Adds a header to the reply, whatever that will be: a documented one, an error, a stream. Nothing is added for
    /// `None`; a header that cannot be sent is logged and left out.
    ///
    /// A header that the reply has by itself gives way to what is added here. Once a method has returned, it is too
    /// late.
    ///
    /// ```
    /// # use counterpart_server::{ApiError, Context, Reply, StatusCode};
    /// async fn get_run(cx: Context) -> Result<Reply, ApiError> {
    ///     cx.reply_header("openai-poll-after-ms", 500);
    ///     Ok(Reply::json(StatusCode::OK, "in_progress"))
    /// }
    /// ```
    pub fn reply_header<T: Serialize>(&self, name: &str, value: T) {
        if let Err(error) = append_header(&mut self.added(), name, &value) {
            tracing::error!(name, %error, "a header of a reply cannot be sent");
        }
    }

    /// Moves what was added to the reply into its headers.
    pub(crate) fn add_reply_headers(&self, headers: &mut HeaderMap) {
        let mut added = self.added();
        if !added.is_empty() {
            headers.extend(take(&mut *added));
        }
    }

    fn added(&self) -> MutexGuard<'_, HeaderMap> {
        self.inner
            .reply
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn id(&self) -> &RequestId {
        &self.inner.request_id
    }
}

/// Header values and the principal stay out of it: they may be secret.
impl<P> fmt::Debug for Context<P> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Context")
            .field("operation", &self.operation())
            .field("request_id", &self.inner.request_id)
            .field("method", self.method())
            .field("path", &self.uri().path())
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debug_shows_no_secret() {
        let request = http::Request::get("/threads?key=sk-query")
            .header("authorization", "Bearer sk-header")
            .header("x-request-id", "abc")
            .body(())
            .expect("a request");
        let cx = Context::new("listThreads", request.into_parts().0);

        let shown = format!("{cx:?}");
        assert!(
            shown.contains("listThreads") && shown.contains("abc") && shown.contains("/threads")
        );
        assert!(!shown.contains("sk-"), "{shown}");
    }
}
