//! One operation, its types erased: what the router keeps and calls.
//!
//! In: a handler such as `|api, cx, request| async move { api.create_run(cx, request).await }`. Out: an [`Endpoint`],
//! so that everything around it is compiled once and not once per operation.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::sync::Arc;

use counterpart_wire::mode::{self, Mode};
use http::Method;

use crate::context::Context;
use crate::error::ApiError;
use crate::reply::{IntoReply, Reply};
use crate::request::{FromRequest, Request};
use crate::template::Template;

/// A reply in the making.
pub(crate) type Pending = Pin<Box<dyn Future<Output = Result<Reply, ApiError>> + Send>>;

/// An operation at its place.
pub(crate) struct Operation {
    pub(crate) id: &'static str,
    pub(crate) method: Method,
    pub(crate) template: Template,
    pub(crate) body_limit: usize,
    pub(crate) endpoint: Box<dyn Endpoint>,
}

/// Decodes a request, calls the method, and encodes what it returns.
pub(crate) trait Endpoint: Send + Sync {
    fn call(&self, request: Request) -> Pending;
}

/// An endpoint over a service and a handler of its operation.
pub(crate) struct Handled<A, H, Q> {
    api: Arc<A>,
    handler: H,
    /// `fn` keeps the request's own threading out of it.
    request: PhantomData<fn() -> Q>,
}

impl<A, H, Q> Handled<A, H, Q> {
    pub(crate) fn new(api: Arc<A>, handler: H) -> Self {
        Self {
            api,
            handler,
            request: PhantomData,
        }
    }
}

impl<A, H, Q, R, F> Endpoint for Handled<A, H, Q>
where
    A: Send + Sync + 'static,
    H: Fn(Arc<A>, Context, Q) -> F + Clone + Send + Sync + 'static,
    Q: FromRequest + 'static,
    R: IntoReply,
    F: Future<Output = Result<R, ApiError>> + Send + 'static,
{
    fn call(&self, mut request: Request) -> Pending {
        let api = self.api.clone();
        let handler = self.handler.clone();

        Box::pin(async move {
            let decoded = strictly(Q::from_request(&mut request)).await?;
            let reply = handler(api, request.into_context(), decoded).await?;
            Ok(reply.into_reply())
        })
    }
}

/// Awaits a future while everything that it reads is read strictly.
async fn strictly<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|task| mode::scope(Mode::Strict, || future.as_mut().poll(task))).await
}
