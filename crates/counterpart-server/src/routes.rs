//! The routes of a service: each operation's method, template and handler in, an axum router out.
//!
//! ```
//! use std::sync::Arc;
//! use counterpart_server::{ApiError, Context, FromRequest, Rejection, Reply, Request, Router, Routes, StatusCode};
//!
//! struct Greeter;
//!
//! impl Greeter {
//!     async fn greet(&self, _cx: Context, request: Greet) -> Result<Reply, ApiError> {
//!         Ok(Reply::text(StatusCode::OK, format!("Hello, {}!", request.name)))
//!     }
//! }
//!
//! struct Greet {
//!     name: String,
//! }
//!
//! impl FromRequest for Greet {
//!     async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
//!         Ok(Self { name: request.path("name")? })
//!     }
//! }
//!
//! let router: Router = Routes::new(Greeter)
//!     .get("greet", "/greetings/{name}", |api, cx, request| async move { api.greet(cx, request).await })
//!     .into_router();
//! ```

use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use http::{Method, StatusCode};
use tower::service_fn;

use crate::answer::Site;
use crate::authenticate::Guard;
use crate::context::Context;
use crate::error::ApiError;
use crate::operation::{Handled, Operation};
use crate::rejection::Rejection;
use crate::reply::{IntoReply, Reply};
use crate::request::FromRequest;
use crate::route::Route;
use crate::segment::Segment;
use crate::shutdown::Shutdown;
use crate::table;
use crate::template::{Template, TemplateError};

const BODY_LIMIT: usize = 16 * 1024 * 1024;
const BODY_TIMEOUT: Duration = Duration::from_secs(60);

/// The operations of a service of type `A`, and how they are served.
#[must_use = "routes do nothing until they become a router"]
pub struct Routes<A> {
    api: Arc<A>,
    operations: Vec<Operation>,
    taken: HashMap<(Method, Vec<Segment>), &'static str>,
    problems: Vec<RouteProblem>,
    site: Site,
    body_limit: usize,
    body_limits: HashMap<&'static str, usize>,
    body_timeout: Option<Duration>,
    document: &'static str,
    fallback: bool,
}

/// An operation that cannot be served.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the operation `{operation}` at `{method} {template}` is not served: {reason}")]
pub struct RouteProblem {
    /// The operation's id.
    pub operation: &'static str,
    /// Its method.
    pub method: Method,
    /// Its template.
    pub template: &'static str,
    /// What is wrong with it.
    pub reason: RouteError,
}

/// Why an operation cannot be served.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum RouteError {
    /// The template cannot be matched.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// Another operation answers the same requests.
    #[error("`{0}` answers the same requests")]
    Taken(&'static str),
}

impl<A: Send + Sync + 'static> Routes<A> {
    /// No routes yet, all of them to this service.
    pub fn new(api: A) -> Self {
        Self::shared(Arc::new(api))
    }

    /// The same for a service that others hold too.
    pub fn shared(api: Arc<A>) -> Self {
        Self {
            api,
            operations: Vec::new(),
            taken: HashMap::new(),
            problems: Vec::new(),
            site: Site::default(),
            body_limit: BODY_LIMIT,
            body_limits: HashMap::new(),
            body_timeout: Some(BODY_TIMEOUT),
            document: "{}",
            fallback: true,
        }
    }

    /// Adds an operation.
    ///
    /// One that cannot be served is left out and becomes one of the [`problems`](Self::problems). Of two that answer
    /// the same requests, the first stays.
    pub fn operation<Q, R, H, F>(
        self,
        method: Method,
        id: &'static str,
        template: &'static str,
        handler: H,
    ) -> Self
    where
        Q: FromRequest + 'static,
        R: IntoReply,
        H: Fn(Arc<A>, Context, Q) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, ApiError>> + Send + 'static,
    {
        self.route(Route::new(method, id, template), handler)
    }

    /// Adds an operation with a method that is not among those of HTTP itself, such as `QUERY` or `COPY`: see
    /// [`Route::method`].
    pub fn method<Q, R, H, F>(
        self,
        method: &'static str,
        id: &'static str,
        template: &'static str,
        handler: H,
    ) -> Self
    where
        Q: FromRequest + 'static,
        R: IntoReply,
        H: Fn(Arc<A>, Context, Q) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, ApiError>> + Send + 'static,
    {
        self.route(Route::method(method, id, template), handler)
    }

    /// The same where the route also says who may call, and with that what the handler learns of the caller.
    pub fn route<G, Q, R, H, F>(mut self, route: Route<G>, handler: H) -> Self
    where
        G: Guard<A>,
        Q: FromRequest + 'static,
        R: IntoReply,
        H: Fn(Arc<A>, Context<G::Principal>, Q) -> F + Clone + Send + Sync + 'static,
        F: Future<Output = Result<R, ApiError>> + Send + 'static,
    {
        let Route {
            method,
            id,
            template,
            guard,
        } = route;
        let endpoint = Box::new(Handled::new(self.api.clone(), guard, handler));
        match self.claim(&method, id, template) {
            Ok(template) => {
                self.operations.push(Operation {
                    id,
                    method,
                    template,
                    body_limit: BODY_LIMIT,
                    body_timeout: Some(BODY_TIMEOUT),
                    endpoint,
                });
            }
            Err(reason) => self.problems.push(RouteProblem {
                operation: id,
                method,
                template,
                reason,
            }),
        }
        self
    }
}

impl<A: Send + Sync + 'static> Routes<A> {
    /// Serves the document, as JSON, at a path such as `/openapi.json`. Everybody may read it there.
    pub fn serve_document(self, path: &'static str) -> Self {
        let document = self.document;
        self.get("openapi.json", path, move |_, _, ()| async move {
            Ok(Reply::bytes(StatusCode::OK, "application/json", document))
        })
    }
}

impl<A> Routes<A> {
    /// The most bytes that a request's body may have, 16 MiB if not set. More is a 413.
    pub fn body_limit(mut self, bytes: usize) -> Self {
        self.body_limit = bytes;
        self
    }

    /// The same for the operation of this id.
    pub fn body_limit_of(mut self, operation: &'static str, bytes: usize) -> Self {
        self.body_limits.insert(operation, bytes);
        self
    }

    /// How long a request's body is waited for, 60 seconds if not set, for good if zero. What takes longer is a 408. Of a
    /// body that the method reads by and by, this is how long each further part of it is waited for.
    pub fn body_timeout(mut self, patience: Duration) -> Self {
        self.body_timeout = Some(patience).filter(|patience| !patience.is_zero());
        self
    }

    /// Ends event streams when the server shuts down, with an `error` event that says so. A server that waits for
    /// open requests would otherwise wait for all streams to end by themselves.
    pub fn shutdown(mut self, shutdown: &Shutdown) -> Self {
        self.site.shutdown = Some(shutdown.clone());
        self
    }

    /// The document, for [`serve_document`](Self::serve_document). Generated code calls this.
    pub fn document(mut self, json: &'static str) -> Self {
        self.document = json;
        self
    }

    /// After how long without an event a stream sends a comment, so that nobody on the way takes the connection for
    /// dead: 15 seconds if not set, never if zero.
    pub fn keep_alive(mut self, period: Duration) -> Self {
        self.site.keep_alive = Some(period).filter(|period| !period.is_zero());
        self
    }

    /// Makes the error that a refused request is answered with. Headers that the hook does not set, such as `Allow`,
    /// are kept.
    pub fn rejections(
        mut self,
        hook: impl Fn(&Rejection, &Context) -> ApiError + Send + Sync + 'static,
    ) -> Self {
        self.site.rejections = Some(Box::new(hook));
        self
    }

    /// Changes every error on its way out: those of [`rejections`](Self::rejections), those that methods return, and
    /// those that end an event stream. For an API whose errors have another body than the default one:
    ///
    /// ```
    /// # use counterpart_server::{ApiError, Routes};
    /// # fn add<A>(routes: Routes<A>) -> Routes<A> {
    /// #[derive(serde::Serialize)]
    /// struct Fault<'a> {
    ///     reason: &'a str,
    /// }
    ///
    /// routes.errors(|error, _cx| match error.details() {
    ///     Some(details) => ApiError::with_body(error.status(), &Fault { reason: &details.message }),
    ///     None => error,
    /// })
    /// # }
    /// ```
    pub fn errors(
        mut self,
        hook: impl Fn(ApiError, &Context) -> ApiError + Send + Sync + 'static,
    ) -> Self {
        self.site.errors = Some(Box::new(hook));
        self
    }

    /// Leaves paths without an operation to others: axum merges two routers only if at most one of them answers
    /// everything else.
    pub fn without_fallback(mut self) -> Self {
        self.fallback = false;
        self
    }

    /// What could not be served so far.
    pub fn problems(&self) -> &[RouteProblem] {
        &self.problems
    }

    /// The routes as an axum router, to be nested, merged and layered like any other. Problems are logged.
    pub fn into_router(mut self) -> Router {
        for problem in &self.problems {
            tracing::error!("{problem}");
        }
        for id in self.body_limits.keys() {
            if !self.operations.iter().any(|operation| operation.id == *id) {
                tracing::error!("there is no operation `{id}` whose body could be limited");
            }
        }
        for operation in &mut self.operations {
            let limit = self.body_limits.get(operation.id);
            operation.body_limit = limit.copied().unwrap_or(self.body_limit);
            operation.body_timeout = self.body_timeout;
        }

        let site = Arc::new(self.site);
        let router = table::router(self.operations, &site);
        if !self.fallback {
            return router;
        }
        router.fallback_service(service_fn(move |request: http::Request<Body>| {
            let site = site.clone();
            async move { Ok(table::not_found(site, request).await) }
        }))
    }

    fn claim(
        &mut self,
        method: &Method,
        id: &'static str,
        template: &str,
    ) -> Result<Template, RouteError> {
        let template = Template::parse(template)?;
        let key = (method.clone(), template.anonymous());
        match self.taken.insert(key.clone(), id) {
            None => Ok(template),
            Some(first) => {
                self.taken.insert(key, first);
                Err(RouteError::Taken(first))
            }
        }
    }
}

/// A method of [`Routes`] per HTTP method.
macro_rules! methods {
    ($($name:ident $method:ident),*) => {
        impl<A: Send + Sync + 'static> Routes<A> {
            $(
                #[doc = concat!("Adds an operation with the method ", stringify!($method), ": see [`operation`](Self::operation).")]
                pub fn $name<Q, R, H, F>(self, id: &'static str, template: &'static str, handler: H) -> Self
                where
                    Q: FromRequest + 'static,
                    R: IntoReply,
                    H: Fn(Arc<A>, Context, Q) -> F + Clone + Send + Sync + 'static,
                    F: Future<Output = Result<R, ApiError>> + Send + 'static,
                {
                    self.operation(Method::$method, id, template, handler)
                }
            )*
        }
    };
}

methods!(get GET, post POST, put PUT, patch PATCH, delete DELETE, head HEAD, options OPTIONS, trace TRACE);

impl<A> fmt::Debug for Routes<A> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let operations: Vec<_> = self
            .operations
            .iter()
            .map(|operation| operation.id)
            .collect();
        f.debug_struct("Routes")
            .field("operations", &operations)
            .finish_non_exhaustive()
    }
}
