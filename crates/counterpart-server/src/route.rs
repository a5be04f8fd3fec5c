//! Where an operation is found, and who may call it.
//!
//! ```
//! use counterpart_server::{Route, Scheme, Security};
//!
//! const SECURITY: Security = &[&[Scheme::bearer("ApiKeyAuth")]];
//!
//! let everybody = Route::get("getHealth", "/health");
//! let callers = Route::post("createRun", "/threads/{thread_id}/runs").secured(SECURITY);
//! let both = Route::get("getModel", "/models/{model}").secured(SECURITY).optional();
//! # let _ = (everybody, callers, both);
//! ```

use http::Method;

use crate::authenticate::{Anyone, Optional, Secured};
use crate::credentials::Security;

/// An operation's method, id and path template, and its guard. See [`Routes::route`](crate::Routes::route).
#[derive(Debug, Clone)]
#[must_use = "a route is added to `Routes`"]
pub struct Route<G = Anyone> {
    pub(crate) method: Method,
    pub(crate) id: &'static str,
    pub(crate) template: &'static str,
    pub(crate) guard: G,
}

impl Route {
    /// A route that everybody may call.
    pub const fn new(method: Method, id: &'static str, template: &'static str) -> Self {
        Self {
            method,
            id,
            template,
            guard: Anyone,
        }
    }

    /// A route with a method that is not among those of HTTP itself, such as `QUERY` or `COPY`.
    ///
    /// # Panics
    ///
    /// If that is no name of a method: generated code has such as HTTP allows.
    pub fn method(method: &'static str, id: &'static str, template: &'static str) -> Self {
        let method = Method::from_bytes(method.as_bytes()).expect("a method is a token");
        Self::new(method, id, template)
    }

    /// Only callers with these credentials.
    pub fn secured(self, security: Security) -> Route<Secured> {
        self.guarded(Secured(security))
    }
}

impl Route<Secured> {
    /// Callers without credentials, too.
    pub fn optional(self) -> Route<Optional> {
        let security = self.guard.0;
        self.guarded(Optional(security))
    }
}

impl<G> Route<G> {
    fn guarded<T>(self, guard: T) -> Route<T> {
        Route {
            method: self.method,
            id: self.id,
            template: self.template,
            guard,
        }
    }
}

/// A method of [`Route`] per HTTP method.
macro_rules! methods {
    ($($name:ident $method:ident),*) => {
        impl Route {
            $(
                #[doc = concat!("A route with the method ", stringify!($method), ".")]
                pub const fn $name(id: &'static str, template: &'static str) -> Self {
                    Self::new(Method::$method, id, template)
                }
            )*
        }
    };
}

methods!(get GET, post POST, put PUT, patch PATCH, delete DELETE, head HEAD, options OPTIONS, trace TRACE);
