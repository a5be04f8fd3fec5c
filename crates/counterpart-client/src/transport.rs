//! How requests leave: any [`tower::Service`] over `http` types, behind one pointer.
//!
//! ```
//! use counterpart_client::{Body, HttpService};
//! use tower::Service;
//!
//! /// A layer that counts: it has what [`Builder::layer`](crate::Builder::layer) asks for.
//! #[derive(Clone)]
//! struct Counted(HttpService);
//!
//! impl Service<http::Request<Body>> for Counted {
//!     type Response = <HttpService as Service<http::Request<Body>>>::Response;
//!     type Error = <HttpService as Service<http::Request<Body>>>::Error;
//!     type Future = <HttpService as Service<http::Request<Body>>>::Future;
//!
//!     fn poll_ready(&mut self, cx: &mut std::task::Context<'_>) -> std::task::Poll<Result<(), Self::Error>> {
//!         self.0.poll_ready(cx)
//!     }
//!
//!     fn call(&mut self, request: http::Request<Body>) -> Self::Future {
//!         self.0.call(request)
//!     }
//! }
//! ```

use std::error::Error;
use std::fmt;
use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll};

use bytes::Bytes;
use http::{Request, Response};
use tower::Service;

use crate::{Body, ResponseBody};

/// Any error that can go from one thread to another.
pub type BoxError = Box<dyn Error + Send + Sync>;

pub(crate) type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

type Answer = BoxFuture<'static, Result<Response<ResponseBody>, BoxError>>;

/// A client's transport. Itself a [`tower::Service`], for layers to stand on.
#[derive(Clone)]
pub struct HttpService(Arc<dyn Transport>);

/// A service behind a pointer.
pub(crate) trait Transport: Send + Sync {
    fn send(&self, operation: OperationId, request: Request<Body>) -> Answer;
}

impl HttpService {
    /// Takes a service; it is cloned for each request.
    pub fn new<S, B>(service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Arc::new(Shared(Mutex::new(service))))
    }

    #[cfg(feature = "reqwest")]
    pub(crate) fn from_transport(transport: impl Transport + 'static) -> Self {
        Self(Arc::new(transport))
    }

    pub(crate) fn send(&self, operation: OperationId, request: Request<Body>) -> Answer {
        self.0.send(operation, request)
    }
}

impl fmt::Debug for HttpService {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("HttpService")
    }
}

impl Service<Request<Body>> for HttpService {
    type Response = Response<ResponseBody>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        // Each request waits for the readiness of its own clone, in `send`.
        Poll::Ready(Ok(()))
    }

    /// For the layers on top, which have passed the operation on.
    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let operation = request.extensions().get::<OperationId>().copied();
        self.send(operation.unwrap_or(OperationId("")), request)
    }
}

/// A service from which each request takes a clone. The lock is held only while cloning, and spares services from
/// having to be `Sync`.
struct Shared<S>(Mutex<S>);

impl<S, B> Transport for Shared<S>
where
    S: Service<Request<Body>, Response = Response<B>> + Clone + Send + 'static,
    S::Error: Into<BoxError>,
    S::Future: Send + 'static,
    B: http_body::Body<Data = Bytes> + Send + 'static,
    B::Error: Into<BoxError>,
{
    fn send(&self, operation: OperationId, mut request: Request<Body>) -> Answer {
        request.extensions_mut().insert(operation);
        let mut service = self
            .0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone();
        Box::pin(async move {
            poll_fn(|context| service.poll_ready(context))
                .await
                .map_err(NotSent::new)?;
            let response = service.call(request).await.map_err(Into::into)?;
            Ok(response.map(ResponseBody::new))
        })
    }
}

/// The operation's id in the document, among the extensions of every request, for layers that count or name calls.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationId(pub &'static str);

/// Says that nothing of a request has left, so that it is safe to send it again.
///
/// A service of one's own returns this, anywhere in an error's chain of sources, where it knows. For `reqwest` and
/// for refused connections it is known already.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct NotSent(#[source] BoxError);

impl NotSent {
    /// With the reason.
    pub fn new(reason: impl Into<BoxError>) -> Self {
        Self(reason.into())
    }
}
