//! The handle that every call goes through: transport, credentials and defaults, shared by all its clones.

use std::fmt;
use std::sync::Arc;

use counterpart_wire::Drift;
use counterpart_wire::params::Pairs;
use http::{HeaderMap, Method, Uri};

use crate::Options;
use crate::credentials::Credential;
use crate::drift::Warned;
use crate::transport::HttpService;
use crate::url::Base;
use crate::{Builder, Call, Config, NoBody};

/// A client of one service, whatever its operations. Cloning it is cheap, and clones share connections.
#[derive(Clone)]
pub struct Http(Arc<Shared>);

pub(crate) struct Shared {
    pub(crate) service: HttpService,
    pub(crate) base: Base,
    pub(crate) headers: HeaderMap,
    pub(crate) query: Pairs,
    /// The part of the query that is not the base URL's own.
    pub(crate) added_query: Pairs,
    pub(crate) credentials: Vec<Credential>,
    /// The places of the credentials' schemes in the configuration.
    pub(crate) schemes: Vec<usize>,
    pub(crate) config: Config,
    pub(crate) options: Options,
    pub(crate) on_drift: Option<OnDrift>,
    pub(crate) warned: Warned,
    /// The header that holds the request id.
    pub(crate) request_id: &'static str,
}

/// Told of what answers have that their document does not allow for.
pub(crate) type OnDrift = Arc<dyn Fn(&'static str, &[Drift]) + Send + Sync>;

impl Http {
    pub(crate) fn new(shared: Shared) -> Self {
        Self(Arc::new(shared))
    }

    /// A call of the operation with this id, by this method, at this path, whose parameters stand in braces.
    pub fn call<T, E>(
        &self,
        method: Method,
        operation: &'static str,
        path: &'static str,
    ) -> Call<NoBody, T, E> {
        Call::new(self.clone(), method, operation, path)
    }

    /// A call by `GET`.
    pub fn get<T, E>(&self, operation: &'static str, path: &'static str) -> Call<NoBody, T, E> {
        self.call(Method::GET, operation, path)
    }

    /// A call by `POST`.
    pub fn post<T, E>(&self, operation: &'static str, path: &'static str) -> Call<NoBody, T, E> {
        self.call(Method::POST, operation, path)
    }

    /// A call by `PUT`.
    pub fn put<T, E>(&self, operation: &'static str, path: &'static str) -> Call<NoBody, T, E> {
        self.call(Method::PUT, operation, path)
    }

    /// A call by `PATCH`.
    pub fn patch<T, E>(&self, operation: &'static str, path: &'static str) -> Call<NoBody, T, E> {
        self.call(Method::PATCH, operation, path)
    }

    /// A call by `DELETE`.
    pub fn delete<T, E>(&self, operation: &'static str, path: &'static str) -> Call<NoBody, T, E> {
        self.call(Method::DELETE, operation, path)
    }

    /// A call by `HEAD`.
    pub fn head<T, E>(&self, operation: &'static str, path: &'static str) -> Call<NoBody, T, E> {
        self.call(Method::HEAD, operation, path)
    }

    /// A call by `OPTIONS`.
    pub fn options<T, E>(&self, operation: &'static str, path: &'static str) -> Call<NoBody, T, E> {
        self.call(Method::OPTIONS, operation, path)
    }

    /// A call by `TRACE`.
    pub fn trace<T, E>(&self, operation: &'static str, path: &'static str) -> Call<NoBody, T, E> {
        self.call(Method::TRACE, operation, path)
    }

    /// A call by a method that is not among these, such as `QUERY` or `COPY`.
    ///
    /// # Panics
    ///
    /// If that is no name of a method: generated code has such as HTTP allows.
    pub fn method<T, E>(
        &self,
        method: &'static str,
        operation: &'static str,
        path: &'static str,
    ) -> Call<NoBody, T, E> {
        let method = Method::from_bytes(method.as_bytes()).expect("a method is a token");
        self.call(method, operation, path)
    }

    /// A builder of a client like this one, on the same connections: for another base URL, or other credentials.
    ///
    /// What it is given is set in place of what this client has, or beside it, as for a client that is new. Another
    /// [`connect_timeout`](Builder::connect_timeout) has no effect on connections that are shared.
    ///
    /// ```
    /// # use counterpart_client::{Builder, Config, ConfigError, Http};
    /// # fn main() -> Result<(), ConfigError> {
    /// # let service = tower::service_fn(|_| async { Ok::<_, std::io::Error>(http::Response::new(http_body_util::Empty::new())) });
    /// let http: Http = Builder::new(Config::new("https://api.example.com/v1")).service(service).build()?;
    /// let staging: Http = http.to_builder().base_url("https://staging.example.com/v1").build()?;
    /// # Ok(())
    /// # }
    /// ```
    pub fn to_builder<C>(&self) -> Builder<C> {
        Builder::of(self.shared())
    }

    pub(crate) fn shared(&self) -> &Shared {
        &self.0
    }

    pub(crate) fn defaults(&self) -> Options {
        self.0.options
    }

    /// The whole query of a call: its own parameters go before the defaults of the same names.
    pub(crate) fn query(&self, own: Pairs) -> Pairs {
        if self.0.query.is_empty() {
            return own;
        }
        let mut all = self.0.query.clone();
        for (name, _) in own.iter() {
            all.remove(name);
        }
        all.append(own);
        all
    }

    /// Reports what was met and tolerated: a warning for each place and kind that is new, and all of it for whoever
    /// asked to be told. Values stay out of traces.
    pub(crate) fn report(&self, operation: &'static str, drift: &[Drift]) {
        if drift.is_empty() {
            return;
        }
        if tracing::enabled!(tracing::Level::WARN) {
            self.0.warned.warn(operation, drift);
        }
        if let Some(tell) = &self.0.on_drift {
            tell(operation, drift);
        }
    }

    pub(crate) fn url(&self, path: &str, query: &Pairs) -> Option<Uri> {
        self.0.base.join(path, query)
    }
}

impl fmt::Debug for Http {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.0.headers.keys().collect();
        f.debug_struct("Http")
            .field("base_url", &self.0.base)
            .field("headers", &headers)
            .field("options", &self.0.options)
            .finish_non_exhaustive()
    }
}
