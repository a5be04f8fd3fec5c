//! The base URL: checked once, then joined with each call's path and query.

use std::fmt;

use counterpart_wire::params::Pairs;
use http::Uri;
use http::uri::{Authority, Parts, PathAndQuery, Scheme};

use crate::ConfigError;

/// `https://api.example.com/v1`: scheme, authority and path, in the form that requests are made of.
#[derive(Clone)]
pub(crate) struct Base {
    scheme: Scheme,
    authority: Authority,
    /// Without a slash at its end.
    path: String,
    /// The query that the base URL came with, which every request gets.
    pub(crate) query: Pairs,
}

impl Base {
    pub(crate) fn parse(url: &str) -> Result<Self, ConfigError> {
        let problem = |problem| ConfigError::BaseUrl { problem };
        let uri: Uri = url.trim().parse().map_err(|_| problem("is not a URL"))?;
        let query = Pairs::parse_query(uri.query().unwrap_or_default())
            .map_err(|_| problem("has a query that is not valid UTF-8"))?;
        let path = uri.path().trim_end_matches('/').to_owned();
        let (scheme, authority) = match uri.into_parts() {
            Parts {
                scheme: Some(scheme),
                authority: Some(authority),
                ..
            } if scheme == Scheme::HTTP || scheme == Scheme::HTTPS => (scheme, authority),
            _ => return Err(problem("does not begin with `http://` or `https://`")),
        };
        if authority.as_str().contains('@') {
            return Err(problem(
                "has a user name in it; give credentials to `Builder::credentials` instead",
            ));
        }
        Ok(Self {
            scheme,
            authority,
            path,
            query,
        })
    }

    /// Whether connections are secured by TLS.
    #[cfg(feature = "reqwest")]
    pub(crate) fn is_secure(&self) -> bool {
        self.scheme == Scheme::HTTPS
    }

    /// The URL of a request; `None` if the path, which is percent-encoded, is none.
    pub(crate) fn join(&self, path: &str, query: &Pairs) -> Option<Uri> {
        let slash = if path.starts_with('/') { "" } else { "/" };
        let text = with_pairs([&self.path, slash, path].concat(), query);
        let mut parts = Parts::default();
        parts.scheme = Some(self.scheme.clone());
        parts.authority = Some(self.authority.clone());
        parts.path_and_query = PathAndQuery::from_maybe_shared(text).ok();
        Uri::from_parts(parts).ok()
    }
}

impl fmt::Debug for Base {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}{}", self.scheme, self.authority, self.path)
    }
}

/// A URL with these pairs after those of its own.
pub(crate) fn with_query(uri: Uri, query: &Pairs) -> Option<Uri> {
    let mut parts = uri.into_parts();
    let text = parts.path_and_query?.as_str().to_owned();
    parts.path_and_query = PathAndQuery::from_maybe_shared(with_pairs(text, query)).ok();
    Uri::from_parts(parts).ok()
}

fn with_pairs(mut text: String, query: &Pairs) -> String {
    if !query.is_empty() {
        text.push(if text.contains('?') { '&' } else { '?' });
        text.push_str(&query.to_query());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_follows_the_base_whatever_their_slashes() {
        for (base, url) in [
            ("https://a.example", "https://a.example/threads"),
            ("https://a.example/", "https://a.example/threads"),
            ("https://a.example/v1", "https://a.example/v1/threads"),
            ("https://a.example/v1/", "https://a.example/v1/threads"),
            (" http://[::1]:8080/a/b// ", "http://[::1]:8080/a/b/threads"),
        ] {
            let base = Base::parse(base).unwrap();
            for path in ["/threads", "threads"] {
                assert_eq!(base.join(path, &Pairs::new()).unwrap(), url);
            }
        }
    }

    #[test]
    fn a_query_is_kept() {
        let base = Base::parse("https://a.example/v1?api-version=2024").unwrap();

        assert_eq!(base.query.to_query(), "api-version=2024");
        let url = base.join("/threads", &base.query).unwrap();
        assert_eq!(url, "https://a.example/v1/threads?api-version=2024");
        assert_eq!(
            with_query(url, &Pairs::parse_query("a=b").unwrap()).unwrap(),
            "https://a.example/v1/threads?api-version=2024&a=b"
        );
    }

    #[test]
    fn what_is_no_base_url_is_refused_without_showing_it() {
        for url in [
            "",
            "api.example.com/v1",
            "/v1",
            "ftp://a.example",
            "https://me:hunter2@a.example",
            "https://a b",
        ] {
            let error = Base::parse(url).map(|_| ()).unwrap_err();
            assert!(!error.to_string().contains("hunter2"), "{error}");
        }
    }
}
