//! Building a client: base URL, credentials, defaults, limits, transport.
//!
//! ```no_run
//! use std::time::Duration;
//! use counterpart_client::{Builder, Config, Http, Security};
//!
//! const CONFIG: Config = Config::new("https://api.example.com/v1")
//!     .security(&[Security::bearer("ApiKeyAuth").env("EXAMPLE_API_KEY")]);
//!
//! let http: Http = Builder::new(CONFIG)
//!     .credentials("sk-123")
//!     .base_url("https://staging.example.com/v1/")
//!     .default_header("X-Team", "search")
//!     .timeout(Duration::from_secs(60))
//!     .build()?;
//! # Ok::<(), counterpart_client::ConfigError>(())
//! ```

use std::fmt;
use std::marker::PhantomData;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use counterpart_wire::Drift;
use counterpart_wire::params::Pairs;
use http::header::USER_AGENT;
use http::{HeaderMap, Request, Response};
use tower::{Layer, Service};

use crate::config::header_name;
use crate::credentials::Credential;
use crate::draft::header;
use crate::drift::Warned;
use crate::http::{OnDrift, Shared};
use crate::transport::{BoxError, HttpService};
use crate::url::Base;
use crate::{Body, Config, ConfigError, Credentials, Http, Options};

/// Our own part of `User-Agent`.
const AGENT: &str = concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION"));

/// The time that a connection may take to come about.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

type Wrap = Box<dyn FnOnce(HttpService) -> HttpService + Send>;

/// Builds a client of type `C`.
///
/// Setters do not fail. The first problem is the result of [`build`](Self::build).
#[must_use = "a builder does nothing until `build` is called"]
pub struct Builder<C = Http> {
    config: Config,
    base_url: Option<String>,
    /// The base URL of the client that this one is to be like.
    base: Option<Base>,
    headers: HeaderMap,
    query: Pairs,
    /// In the order of the document's schemes; at most one of each.
    credentials: Vec<(usize, Credential)>,
    options: Options,
    connect_timeout: Duration,
    service: Option<HttpService>,
    layers: Vec<Wrap>,
    on_drift: Option<OnDrift>,
    problem: Option<ConfigError>,
    client: PhantomData<fn() -> C>,
}

impl<C> Builder<C> {
    /// For a service, without looking at the environment.
    pub fn new(config: Config) -> Self {
        let mut builder = Self {
            config,
            base_url: None,
            base: None,
            headers: HeaderMap::new(),
            query: Pairs::new(),
            credentials: Vec::new(),
            options: Options::default(),
            connect_timeout: CONNECT_TIMEOUT,
            service: None,
            layers: Vec::new(),
            on_drift: None,
            problem: None,
            client: PhantomData,
        };
        let agent = match config.agent {
            Some(agent) => format!("{agent} {AGENT}"),
            None => AGENT.to_owned(),
        };
        builder.set_header(USER_AGENT.as_str(), &agent);
        builder
    }

    /// For a client like one that there is.
    pub(crate) fn of(shared: &Shared) -> Self {
        let credentials = shared.schemes.iter().copied();
        Self {
            config: shared.config,
            base_url: None,
            base: Some(shared.base.clone()),
            headers: shared.headers.clone(),
            query: shared.added_query.clone(),
            credentials: credentials
                .zip(shared.credentials.iter().cloned())
                .collect(),
            options: shared.options,
            connect_timeout: CONNECT_TIMEOUT,
            service: Some(shared.service.clone()),
            layers: Vec::new(),
            on_drift: shared.on_drift.clone(),
            problem: None,
            client: PhantomData,
        }
    }

    /// Where the service is. A path is kept, with or without a slash at its end; so is a query.
    pub fn base_url(mut self, url: impl Into<String>) -> Self {
        self.base_url = Some(url.into());
        self
    }

    /// The credentials for the document's first security scheme.
    pub fn credentials(mut self, source: impl Credentials) -> Self {
        if self.config.security.is_empty() {
            self.fail(ConfigError::NoSecurity);
            return self;
        }
        self.set_credentials(0, source);
        self
    }

    /// The credentials for the document's security scheme of this name. All that are given are sent.
    pub fn credentials_for(mut self, scheme: &str, source: impl Credentials) -> Self {
        let security = self.config.security;
        match security.iter().position(|security| security.name == scheme) {
            Some(index) => self.set_credentials(index, source),
            None if security.is_empty() => self.fail(ConfigError::NoSecurity),
            None => {
                let known = security.iter().map(|security| security.name).collect();
                self.fail(ConfigError::NoScheme {
                    name: scheme.to_owned(),
                    known,
                });
            }
        }
        self
    }

    fn set_credentials(&mut self, index: usize, source: impl Credentials) {
        match Credential::new(self.config.security[index].scheme, source) {
            Ok(credential) => {
                self.credentials.retain(|(other, _)| *other != index);
                self.credentials.push((index, credential));
            }
            Err(problem) => self.fail(problem),
        }
    }

    /// A header of every call that does not set it itself. Of several values for one name, the last is sent.
    pub fn default_header(mut self, name: impl AsRef<str>, value: impl AsRef<str>) -> Self {
        self.set_header(name.as_ref(), value.as_ref());
        self
    }

    fn set_header(&mut self, name: &str, value: &str) {
        match (header_name(name), header(name, Some(value.to_owned()))) {
            (Err(problem), _) => self.fail(problem),
            (Ok(_), None) => self.fail(ConfigError::HeaderValue {
                name: name.to_owned(),
            }),
            (Ok(_), Some((_, None))) => {}
            (Ok(name), Some((_, Some(value)))) => drop(self.headers.insert(name, value)),
        }
    }

    /// A query parameter of every call that does not set it itself.
    pub fn default_query(mut self, name: impl Into<String>, value: impl AsRef<str>) -> Self {
        self.query.push(name, value.as_ref());
        self
    }

    /// The value of `User-Agent`, in place of the client's own.
    pub fn user_agent(self, agent: impl AsRef<str>) -> Self {
        self.default_header(USER_AGENT.as_str(), agent)
    }

    /// The time that one attempt may take: [`Options::timeout`].
    pub fn timeout(self, limit: Duration) -> Self {
        self.options(|options| options.timeout(limit))
    }

    /// The time that a connection may take to come about; 5 s unless told. A service of one's own has its own limit.
    pub fn connect_timeout(mut self, limit: Duration) -> Self {
        self.connect_timeout = limit;
        self
    }

    /// The time that a whole call may take: [`Options::deadline`].
    pub fn deadline(self, limit: Duration) -> Self {
        self.options(|options| options.deadline(limit))
    }

    /// How often a call is sent again at most: [`Options::retries`].
    pub fn retries(self, retries: u32) -> Self {
        self.options(|options| options.retries(retries))
    }

    /// Any of the options.
    pub fn options(mut self, change: impl FnOnce(Options) -> Options) -> Self {
        self.options = change(self.options);
        self
    }

    /// Sends requests through this service, which is cloned for each: a `tower` stack, or a router in this process.
    ///
    /// The base URL stays what it is. A router takes the URL's path alone.
    pub fn service<S, B>(mut self, service: S) -> Self
    where
        S: Service<Request<Body>, Response = Response<B>> + Clone + Send + 'static,
        S::Error: Into<BoxError>,
        S::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        self.service = Some(HttpService::new(service));
        self
    }

    /// Sends requests through a `reqwest` client of one's own, with its proxies, certificates and limits.
    #[cfg(feature = "reqwest")]
    pub fn reqwest(mut self, client: reqwest::Client) -> Self {
        self.service = Some(crate::reqwest::wrap(client));
        self
    }

    /// Tells a function of every answer and event that has something which its document does not allow for, and which
    /// was tolerated: the operation's id, and what it is.
    pub fn on_drift(
        mut self,
        tell: impl Fn(&'static str, &[Drift]) + Send + Sync + 'static,
    ) -> Self {
        self.on_drift = Some(Arc::new(tell));
        self
    }

    /// Puts a layer around the transport, outside those that were put before. It sees every attempt.
    pub fn layer<L, B>(mut self, layer: L) -> Self
    where
        L: Layer<HttpService> + Send + 'static,
        L::Service: Service<Request<Body>, Response = Response<B>> + Clone + Send + 'static,
        <L::Service as Service<Request<Body>>>::Error: Into<BoxError>,
        <L::Service as Service<Request<Body>>>::Future: Send + 'static,
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        let wrap = move |inner| HttpService::new(layer.layer(inner));
        self.layers.push(Box::new(wrap));
        self
    }

    pub(crate) fn fail(&mut self, problem: ConfigError) {
        self.problem.get_or_insert(problem);
    }

    pub(crate) fn config(&self) -> Config {
        self.config
    }
}

impl<C: From<Http>> Builder<C> {
    /// The client, or the first problem that there was.
    pub fn build(self) -> Result<C, ConfigError> {
        if let Some(problem) = self.problem {
            return Err(problem);
        }
        let base = match (&self.base_url, self.base) {
            (None, Some(base)) => base,
            (url, _) => Base::parse(url.as_deref().unwrap_or(self.config.base_url))?,
        };
        let service = match self.service {
            Some(service) => service,
            None => default_service(&base, self.connect_timeout)?,
        };
        let mut query = base.query.clone();
        query.append(self.query.clone());
        let mut credentials = self.credentials;
        credentials.sort_by_key(|(index, _)| *index);
        let (schemes, credentials) = credentials.into_iter().unzip();
        let http = Http::new(Shared {
            service: self
                .layers
                .into_iter()
                .fold(service, |inner, wrap| wrap(inner)),
            base,
            headers: self.headers,
            query,
            added_query: self.query,
            credentials,
            schemes,
            config: self.config,
            options: self.options,
            on_drift: self.on_drift,
            warned: Warned::default(),
            request_id: self.config.request_id,
        });
        Ok(http.into())
    }
}

#[cfg(feature = "reqwest")]
fn default_service(base: &Base, connect_timeout: Duration) -> Result<HttpService, ConfigError> {
    crate::reqwest::service(base, connect_timeout)
}

#[cfg(not(feature = "reqwest"))]
fn default_service(_: &Base, _: Duration) -> Result<HttpService, ConfigError> {
    Err(ConfigError::NoTransport)
}

/// Names only: any value may be a secret.
impl<C> fmt::Debug for Builder<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.keys().collect();
        f.debug_struct("Builder")
            .field("headers", &headers)
            .field("options", &self.options)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
