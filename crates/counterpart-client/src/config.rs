//! What a generated crate knows of its service, and what can be wrong with a client's configuration.
//!
//! ```
//! use counterpart_client::{Config, Security};
//!
//! const CONFIG: Config = Config::new("https://api.example.com/v1")
//!     .agent("pets-client/1.2.0")
//!     .base_url_env("PETS_BASE_URL")
//!     .security(&[Security::bearer("ApiKeyAuth").env("PETS_API_KEY")])
//!     .env_headers(&[("PETS_ORG_ID", "Pets-Organization")]);
//! ```

use http::HeaderName;

use crate::transport::BoxError;

/// What the document and its overlay say of a service: a constant of each generated crate.
#[derive(Debug, Clone, Copy)]
pub struct Config {
    pub(crate) base_url: &'static str,
    pub(crate) agent: Option<&'static str>,
    pub(crate) base_url_env: Option<&'static str>,
    pub(crate) security: &'static [Security],
    pub(crate) env_headers: &'static [(&'static str, &'static str)],
    pub(crate) headers_env: Option<&'static str>,
    pub(crate) request_id: &'static str,
}

impl Config {
    /// A service at this URL that needs no credentials.
    pub const fn new(base_url: &'static str) -> Self {
        Self {
            base_url,
            agent: None,
            base_url_env: None,
            security: &[],
            env_headers: &[],
            headers_env: None,
            request_id: "x-request-id",
        }
    }

    /// The generated crate's name and version, with which `User-Agent` begins.
    pub const fn agent(mut self, agent: &'static str) -> Self {
        self.agent = Some(agent);
        self
    }

    /// The environment variable that replaces the base URL.
    pub const fn base_url_env(mut self, name: &'static str) -> Self {
        self.base_url_env = Some(name);
        self
    }

    /// The security schemes of the document, the most usual first.
    pub const fn security(mut self, security: &'static [Security]) -> Self {
        self.security = security;
        self
    }

    /// Environment variables that become headers if they are set: pairs of variable and header.
    pub const fn env_headers(mut self, pairs: &'static [(&'static str, &'static str)]) -> Self {
        self.env_headers = pairs;
        self
    }

    /// The environment variable that holds further headers, one `Name: value` a line.
    pub const fn headers_env(mut self, name: &'static str) -> Self {
        self.headers_env = Some(name);
        self
    }

    /// The environment variables that hold secrets.
    pub fn credential_variables(&self) -> Vec<&'static str> {
        let variables = self.security.iter().filter_map(|security| security.env);
        variables.collect()
    }

    /// Every environment variable that a client reads.
    pub fn variables(&self) -> Vec<&'static str> {
        let mut variables = self.credential_variables();
        variables.extend(self.base_url_env);
        variables.extend(self.env_headers.iter().map(|(variable, _)| *variable));
        variables.extend(self.headers_env);
        variables
    }

    /// The response header that identifies a request to the service's support; `x-request-id` unless told.
    pub const fn request_id(mut self, header: &'static str) -> Self {
        self.request_id = header;
        self
    }
}

/// A security scheme of the document.
#[derive(Debug, Clone, Copy)]
pub struct Security {
    pub(crate) name: &'static str,
    pub(crate) scheme: Scheme,
    pub(crate) env: Option<&'static str>,
}

/// How a request carries its secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scheme {
    /// `Authorization: Bearer …`
    Bearer,
    /// `Authorization: Basic …`; the secret is `user:password`.
    Basic,
    /// A header of this name.
    Header(&'static str),
    /// A query parameter of this name.
    Query(&'static str),
    /// A cookie of this name.
    Cookie(&'static str),
}

impl Security {
    /// A scheme with its name in the document.
    pub const fn new(name: &'static str, scheme: Scheme) -> Self {
        Self {
            name,
            scheme,
            env: None,
        }
    }

    /// A bearer token, which OAuth and OpenID Connect use as well.
    pub const fn bearer(name: &'static str) -> Self {
        Self::new(name, Scheme::Bearer)
    }

    /// HTTP's basic authentication.
    pub const fn basic(name: &'static str) -> Self {
        Self::new(name, Scheme::Basic)
    }

    /// A key in a header.
    pub const fn header(name: &'static str, header: &'static str) -> Self {
        Self::new(name, Scheme::Header(header))
    }

    /// A key in a query parameter.
    pub const fn query(name: &'static str, parameter: &'static str) -> Self {
        Self::new(name, Scheme::Query(parameter))
    }

    /// A key in a cookie.
    pub const fn cookie(name: &'static str, cookie: &'static str) -> Self {
        Self::new(name, Scheme::Cookie(cookie))
    }

    /// The environment variable that holds the secret.
    pub const fn env(mut self, name: &'static str) -> Self {
        self.env = Some(name);
        self
    }
}

/// What is wrong with a client's configuration.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// None of the environment variables that may hold credentials is set.
    #[error("no credentials: set the environment variable {}", .variables.join(" or "))]
    NoCredentials {
        /// The variables that were looked for.
        variables: Vec<&'static str>,
    },
    /// An environment variable is not Unicode.
    #[error("the environment variable `{variable}` is not valid Unicode")]
    NotUnicode {
        /// The variable.
        variable: &'static str,
    },
    /// The base URL is no URL of a service. The URL itself may hold a secret and is not shown.
    #[error("the base URL {problem}")]
    BaseUrl {
        /// What is wrong with it.
        problem: &'static str,
    },
    /// A header's name has a character that names cannot have.
    #[error("`{name}` is not the name of a header")]
    HeaderName {
        /// The name.
        name: String,
    },
    /// A header's value has a character that headers cannot carry.
    #[error("the value of the header `{name}` has a character that a header cannot carry")]
    HeaderValue {
        /// The header's name.
        name: String,
    },
    /// A secret is empty, or has a character that headers cannot carry.
    #[error(
        "the secret is empty, or has a character (such as a line break) that a header cannot carry"
    )]
    Secret,
    /// Credentials were given for a service whose document has no security scheme.
    #[error(
        "there is no security scheme, hence no place for credentials; `Builder::default_header` sets a header"
    )]
    NoSecurity,
    /// The document has no security scheme of this name.
    #[error("there is no security scheme `{name}`; there is {}", .known.join(", "))]
    NoScheme {
        /// The name asked for.
        name: String,
        /// The names there are.
        known: Vec<&'static str>,
    },
    /// The crate was built without the feature `reqwest`, and no service was given.
    #[error(
        "there is no transport: enable the feature `reqwest`, or give a `tower` service to `Builder::service`"
    )]
    NoTransport,
    /// The transport could not be set up.
    #[error("the transport could not be set up: {0}")]
    Transport(BoxError),
}

/// A header's name, however it is written.
pub(crate) fn header_name(name: &str) -> Result<HeaderName, ConfigError> {
    HeaderName::try_from(name).map_err(|_| ConfigError::HeaderName {
        name: name.to_owned(),
    })
}
