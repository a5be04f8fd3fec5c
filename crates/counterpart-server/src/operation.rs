//! One operation, its types erased: what the router keeps and calls.
//!
//! In: a handler such as `|api, cx, request| async move { api.create_run(cx, request).await }`. Out: an [`Endpoint`],
//! so that everything around it is compiled once and not once per operation.

use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use counterpart_wire::mode::{self, Mode};
use http::Method;

use crate::authenticate::Guard;
use crate::body_stream::Broken;
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
    pub(crate) body_timeout: Option<Duration>,
    pub(crate) endpoint: Box<dyn Endpoint>,
}

/// Admits a request, decodes it, calls the method, and encodes what that returns.
pub(crate) trait Endpoint: Send + Sync {
    fn call(&self, request: Request) -> Pending;
}

/// An endpoint over a service and a handler of its operation.
pub(crate) struct Handled<A, G, H, Q> {
    api: Arc<A>,
    guard: G,
    handler: H,
    /// `fn` keeps the request's own threading out of it.
    request: PhantomData<fn() -> Q>,
}

impl<A, G, H, Q> Handled<A, G, H, Q> {
    pub(crate) fn new(api: Arc<A>, guard: G, handler: H) -> Self {
        Self {
            api,
            guard,
            handler,
            request: PhantomData,
        }
    }
}

impl<A, G, H, Q, R, F> Endpoint for Handled<A, G, H, Q>
where
    A: Send + Sync + 'static,
    G: Guard<A>,
    H: Fn(Arc<A>, Context<G::Principal>, Q) -> F + Clone + Send + Sync + 'static,
    Q: FromRequest + 'static,
    R: IntoReply,
    F: Future<Output = Result<R, ApiError>> + Send + 'static,
{
    fn call(&self, mut request: Request) -> Pending {
        let api = self.api.clone();
        let guard = self.guard.clone();
        let handler = self.handler.clone();

        Box::pin(async move {
            // Before this nothing is read of what was sent, its body least of all.
            let principal = guard.admit(&api, request.context()).await?;
            let decoded = strictly(Q::from_request(&mut request)).await?;
            let broken = request.broken();
            let cx = request.into_context().of(principal);
            match handler(api, cx, decoded).await {
                Ok(reply) => Ok(reply.into_reply()),
                Err(error) => Err(blamed(broken, error)),
            }
        })
    }
}

/// The error of a method, or what its caller's body broke while the method read it.
fn blamed(broken: Option<Broken>, error: ApiError) -> ApiError {
    let rejection = broken.and_then(|broken| broken.get().cloned());
    rejection.map_or(error, ApiError::from)
}

/// Awaits a future while nothing is read that the document does not allow.
async fn strictly<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    poll_fn(|task| mode::scope(Mode::Valid, || future.as_mut().poll(task))).await
}
