//! What a caller says of one call beside what its operation knows.
//!
//! It is kept apart from the operation's own parameters, so that a call which follows from another, as when a
//! long-running object is [polled](crate::Poll), is sent with the same.

use std::fmt;

use counterpart_wire::params::Pairs;
use http::{HeaderMap, HeaderName, HeaderValue};

/// Headers and query parameters that were added to a call, and those that were taken off.
#[derive(Clone, Default)]
pub struct Extras {
    headers: Vec<(HeaderName, HeaderValue)>,
    query: Pairs,
    no_headers: Vec<HeaderName>,
    no_query: Vec<String>,
}

impl Extras {
    pub(crate) fn header(&mut self, name: HeaderName, value: Option<HeaderValue>) {
        self.forget_header(&name);
        self.headers.extend(value.map(|value| (name, value)));
    }

    pub(crate) fn no_header(&mut self, name: HeaderName) {
        self.forget_header(&name);
        self.no_headers.push(name);
    }

    /// The header is set by the operation from here on.
    pub(crate) fn forget_header(&mut self, name: &HeaderName) {
        self.headers.retain(|(set, _)| set != name);
        self.no_headers.retain(|set| set != name);
    }

    /// Where a parameter of this name is to be written, in place of one that was set before.
    pub(crate) fn query(&mut self, name: &str) -> &mut Pairs {
        self.forget_query(name);
        &mut self.query
    }

    pub(crate) fn no_query(&mut self, name: &str) {
        self.forget_query(name);
        self.no_query.push(name.to_owned());
    }

    /// The parameter is set by the operation from here on.
    pub(crate) fn forget_query(&mut self, name: &str) {
        self.query.remove(name);
        self.no_query.retain(|set| set != name);
    }

    /// Whether the query has a parameter of this name, where it is said here.
    pub(crate) fn has_query(&self, name: &str) -> Option<bool> {
        if self.query.get(name).is_some() {
            return Some(true);
        }
        self.no_query.iter().any(|set| set == name).then_some(false)
    }

    pub(crate) fn apply_headers(&self, all: &mut HeaderMap) {
        for name in &self.no_headers {
            all.remove(name);
        }
        for (name, value) in &self.headers {
            all.insert(name, value.clone());
        }
    }

    pub(crate) fn apply_query(&self, all: &mut Pairs) {
        for name in &self.no_query {
            all.remove(name);
        }
        for (name, _) in self.query.iter() {
            all.remove(name);
        }
        all.append(self.query.clone());
    }
}

/// Names only: any value may be a secret.
impl fmt::Debug for Extras {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        let query: Vec<_> = self.query.iter().map(|(name, _)| name).collect();
        f.debug_struct("Extras")
            .field("headers", &headers)
            .field("query", &query)
            .field("no_headers", &self.no_headers)
            .field("no_query", &self.no_query)
            .finish()
    }
}
