//! Where secrets come from: a fixed text, or a source that fetches and refreshes them.
//!
//! ```
//! use counterpart_client::{Credentials, Secret};
//!
//! async fn from_vault() -> Result<String, std::io::Error> {
//!     Ok("sk-123".to_owned())
//! }
//!
//! fn takes(_: impl Credentials) {}
//! takes("sk-123");
//! takes(Secret::basic("user", "password"));
//! takes(from_vault);
//! ```

use std::future::{Future, ready};
use std::sync::Arc;

use counterpart_wire::params::Pairs;
use http::header::AUTHORIZATION;
use http::{HeaderMap, HeaderName, HeaderValue};

use crate::draft::add_cookie;
use crate::transport::{BoxError, BoxFuture};
use crate::{ConfigError, Scheme, Secret};

/// A source of secrets, asked before every attempt of every call.
///
/// Text and [`Secret`] are sources of that one secret; so is every function that returns a future of
/// `Result<impl Into<Secret>, _>`. A source that asks another service should keep what it got until that expires, or
/// until the secret is [refused](Self::refused).
pub trait Credentials: Send + Sync + 'static {
    /// The secret to send.
    fn secret(&self) -> impl Future<Output = Result<Secret, BoxError>> + Send;

    /// The secret, if it is known now and never changes. It is then checked when the client is built.
    fn fixed(&self) -> Option<Secret> {
        None
    }

    /// Told that the service answered 401 to this secret; true asks for the call to be sent once more with a new one.
    fn refused(&self, secret: &Secret) -> bool {
        let _ = secret;
        false
    }
}

impl Credentials for Secret {
    fn secret(&self) -> impl Future<Output = Result<Secret, BoxError>> + Send {
        ready(Ok(self.clone()))
    }

    fn fixed(&self) -> Option<Secret> {
        Some(self.clone())
    }
}

impl Credentials for &'static str {
    fn secret(&self) -> impl Future<Output = Result<Secret, BoxError>> + Send {
        ready(Ok(Secret::new(self)))
    }

    fn fixed(&self) -> Option<Secret> {
        Some(Secret::new(self))
    }
}

impl Credentials for String {
    fn secret(&self) -> impl Future<Output = Result<Secret, BoxError>> + Send {
        ready(Ok(Secret::new(self)))
    }

    fn fixed(&self) -> Option<Secret> {
        Some(Secret::new(self))
    }
}

impl<F, Fut, S, E> Credentials for F
where
    F: Fn() -> Fut + Send + Sync + 'static,
    Fut: Future<Output = Result<S, E>> + Send,
    S: Into<Secret>,
    E: Into<BoxError>,
{
    async fn secret(&self) -> Result<Secret, BoxError> {
        self().await.map(Into::into).map_err(Into::into)
    }
}

/// The credentials of one security scheme, ready to be put on requests.
#[derive(Clone)]
pub(crate) struct Credential {
    scheme: Scheme,
    source: Source,
}

#[derive(Clone)]
enum Source {
    Fixed(Mark),
    Live(Arc<dyn Live>),
}

/// A secret in the form in which a request carries it.
#[derive(Clone)]
enum Mark {
    Header(HeaderName, HeaderValue),
    Query(&'static str, Secret),
    Cookie(HeaderValue),
}

/// [`Credentials`] behind a pointer.
trait Live: Send + Sync {
    fn secret(&self) -> BoxFuture<'_, Result<Secret, BoxError>>;
    fn refused(&self, secret: &Secret) -> bool;
}

impl<C: Credentials> Live for C {
    fn secret(&self) -> BoxFuture<'_, Result<Secret, BoxError>> {
        Box::pin(Credentials::secret(self))
    }

    fn refused(&self, secret: &Secret) -> bool {
        Credentials::refused(self, secret)
    }
}

impl Credential {
    pub(crate) fn new(scheme: Scheme, source: impl Credentials) -> Result<Self, ConfigError> {
        let source = match source.fixed() {
            Some(secret) => Source::Fixed(mark(scheme, &secret)?),
            None => Source::Live(Arc::new(source)),
        };
        Ok(Self { scheme, source })
    }

    /// Whether the secret has to be asked for.
    pub(crate) fn is_live(&self) -> bool {
        matches!(self.source, Source::Live(_))
    }

    /// Asks for the secret; `None` if it is known without.
    pub(crate) async fn fetch(&self) -> Result<Option<Secret>, BoxError> {
        match &self.source {
            Source::Fixed(_) => Ok(None),
            Source::Live(source) => source.secret().await.map(Some),
        }
    }

    /// Puts the secret, fetched if it had to be, on a request, or in what is to be added to its query.
    pub(crate) fn apply(
        &self,
        fetched: Option<&Secret>,
        headers: &mut HeaderMap,
        query: &Pairs,
        added: &mut Pairs,
    ) -> Result<(), ConfigError> {
        match (&self.source, fetched) {
            (Source::Fixed(mark), _) => mark.clone().put(headers, query, added),
            (Source::Live(_), Some(secret)) => {
                mark(self.scheme, secret)?.put(headers, query, added);
            }
            (Source::Live(_), None) => {}
        }
        Ok(())
    }

    /// Tells the source of a 401; true if it has, or can get, another secret.
    pub(crate) fn refused(&self, secret: &Secret) -> bool {
        match &self.source {
            Source::Fixed(_) => false,
            Source::Live(source) => source.refused(secret),
        }
    }
}

fn mark(scheme: Scheme, secret: &Secret) -> Result<Mark, ConfigError> {
    let mark = match scheme {
        Scheme::Bearer => secret
            .header("Bearer ")
            .map(|value| Mark::Header(AUTHORIZATION, value)),
        Scheme::Basic => secret
            .basic_header()
            .map(|value| Mark::Header(AUTHORIZATION, value)),
        Scheme::Header(name) => {
            let name = crate::config::header_name(name)?;
            secret.header("").map(|value| Mark::Header(name, value))
        }
        Scheme::Query(name) => Some(Mark::Query(name, secret.clone())),
        Scheme::Cookie(name) => secret.header(&format!("{name}=")).map(Mark::Cookie),
    };
    match mark {
        Some(mark) if !secret.reveal().is_empty() => Ok(mark),
        _ => Err(ConfigError::Secret),
    }
}

impl Mark {
    /// What a call says for itself goes before what the client holds.
    fn put(self, headers: &mut HeaderMap, query: &Pairs, added: &mut Pairs) {
        match self {
            Self::Header(name, value) => {
                headers.entry(name).or_insert(value);
            }
            Self::Query(name, secret) => {
                if query.get(name).is_none() {
                    added.push(name, secret.reveal());
                }
            }
            Self::Cookie(value) => {
                add_cookie(headers, &value);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn put(scheme: Scheme) -> (HeaderMap, String) {
        let mut headers = HeaderMap::new();
        let mut added = Pairs::new();
        mark(scheme, &Secret::new("s:3"))
            .unwrap()
            .put(&mut headers, &Pairs::new(), &mut added);
        (headers, added.to_query())
    }

    #[test]
    fn each_scheme_has_its_place() {
        assert_eq!(put(Scheme::Bearer).0["authorization"], "Bearer s:3");
        assert_eq!(put(Scheme::Basic).0["authorization"], "Basic czoz");
        assert_eq!(put(Scheme::Header("api-key")).0["api-key"], "s:3");
        assert_eq!(put(Scheme::Cookie("session")).0["cookie"], "session=s:3");
        assert_eq!(put(Scheme::Query("key")).1, "key=s%3A3");
    }

    #[test]
    fn an_empty_secret_is_refused() {
        assert!(mark(Scheme::Bearer, &Secret::new("")).is_err());
        assert!(mark(Scheme::Query("key"), &Secret::new("")).is_err());
    }

    #[test]
    fn what_a_call_says_itself_stays() {
        let mut headers = HeaderMap::new();
        headers.insert(AUTHORIZATION, HeaderValue::from_static("Bearer mine"));
        let query = Pairs::parse_query("key=mine").unwrap();
        let mut added = Pairs::new();
        for scheme in [Scheme::Bearer, Scheme::Query("key")] {
            mark(scheme, &Secret::new("other"))
                .unwrap()
                .put(&mut headers, &query, &mut added);
        }

        assert_eq!(headers[AUTHORIZATION], "Bearer mine");
        assert!(added.is_empty());
    }
}
