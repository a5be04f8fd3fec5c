//! The methods of HTTP, as the runtime has them.

use crate::api::Method;

/// How the runtime is told a method.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verb {
    /// By a function of its own: `get`.
    Own(String),
    /// By its name: `COPY`.
    Named(String),
}

impl Verb {
    /// How a method is told.
    pub(super) fn of(method: &Method) -> Self {
        match method {
            Method::Query | Method::Other(_) => Self::Named(method.verb()),
            _ => Self::Own(method.key().to_owned()),
        }
    }

    /// The method as HTTP writes it.
    pub fn text(&self) -> String {
        match self {
            Self::Own(name) => name.to_ascii_uppercase(),
            Self::Named(name) => name.clone(),
        }
    }
}
