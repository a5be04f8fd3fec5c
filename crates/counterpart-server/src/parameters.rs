//! A request's parameters, read by name and by the style in which the document lays them out. The router reads
//! strictly: a value that the document does not list is refused.
//!
//! ```
//! use counterpart_server::params::Param;
//! use counterpart_server::{Rejection, Request};
//!
//! fn read(request: &mut Request) -> Result<(String, i64, Option<Vec<String>>), Rejection> {
//!     Ok((
//!         request.path("thread_id")?,
//!         request.query_or("limit", 20)?,
//!         request.styled(Param::PIPE_DELIMITED).query_optional("tags")?,
//!     ))
//! }
//! ```

use std::borrow::Cow;
use std::fmt;

use counterpart_wire::params::{Param, ParamError, Place, Reason};
use serde::de::DeserializeOwned;

use crate::rejection::Rejection;
use crate::request::Request;
use crate::table::asked_path;

/// A request whose parameters are read in another style than the usual one of their place.
pub struct Styled<'r> {
    request: &'r mut Request,
    param: Param,
}

/// Parameters, in the usual style of their place: `simple` in paths and headers, exploded `form` in queries and
/// cookies.
impl Request {
    /// Reads what follows in another style.
    pub fn styled(&mut self, param: Param) -> Styled<'_> {
        Styled {
            request: self,
            param,
        }
    }

    /// A path parameter.
    pub fn path<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Rejection> {
        self.styled(Param::SIMPLE).path(name)
    }

    /// A required query parameter.
    pub fn query<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Rejection> {
        self.styled(Param::FORM).query(name)
    }

    /// A query parameter that may be absent.
    pub fn query_optional<T: DeserializeOwned>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Rejection> {
        self.styled(Param::FORM).query_optional(name)
    }

    /// A query parameter that stands for `default` when absent.
    pub fn query_or<T: DeserializeOwned>(
        &mut self,
        name: &str,
        default: T,
    ) -> Result<T, Rejection> {
        self.styled(Param::FORM).query_or(name, default)
    }

    /// A query parameter that is repeated for each item, as in `include[]=a&include[]=b`, and may be absent.
    pub fn query_list<T: DeserializeOwned>(
        &mut self,
        name: &str,
    ) -> Result<Option<Vec<T>>, Rejection> {
        self.query_optional(name)
    }

    /// A required header.
    pub fn header<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Rejection> {
        self.styled(Param::SIMPLE).header(name)
    }

    /// A header that may be absent.
    pub fn header_optional<T: DeserializeOwned>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Rejection> {
        self.styled(Param::SIMPLE).header_optional(name)
    }

    /// A header that stands for `default` when absent.
    pub fn header_or<T: DeserializeOwned>(
        &mut self,
        name: &str,
        default: T,
    ) -> Result<T, Rejection> {
        self.styled(Param::SIMPLE).header_or(name, default)
    }

    /// A required cookie.
    pub fn cookie<T: DeserializeOwned>(&mut self, name: &str) -> Result<T, Rejection> {
        self.styled(Param::FORM).cookie(name)
    }

    /// A cookie that may be absent.
    pub fn cookie_optional<T: DeserializeOwned>(
        &mut self,
        name: &str,
    ) -> Result<Option<T>, Rejection> {
        self.styled(Param::FORM).cookie_optional(name)
    }

    /// A cookie that stands for `default` when absent.
    pub fn cookie_or<T: DeserializeOwned>(
        &mut self,
        name: &str,
        default: T,
    ) -> Result<T, Rejection> {
        self.styled(Param::FORM).cookie_or(name, default)
    }

    /// Checks that a header has the one value that it must have. A list that contains it will do.
    pub fn constant_header(
        &self,
        name: &'static str,
        expected: &'static str,
    ) -> Result<(), Rejection> {
        let found = self.header_text(name, ", ")?;
        let fits =
            |text: &str| text == expected || text.split(',').any(|item| item.trim() == expected);
        match found {
            Some(text) if fits(&text) => Ok(()),
            found => Err(Rejection::ConstantHeader {
                name,
                expected,
                found: found.map(Cow::into_owned),
            }),
        }
    }

    /// Checks that a query parameter has the one value that it must have.
    pub fn constant_query(
        &mut self,
        name: &'static str,
        expected: &'static str,
    ) -> Result<(), Rejection> {
        let found: String = self.query(name)?;
        if found == expected {
            return Ok(());
        }
        let reason = Reason::Invalid(format!("expected `{expected}`, got `{found}`"));
        Err(ParamError::new(Place::Query, name, reason).into())
    }

    /// axum lets a parameter be empty: `/threads//runs` comes here, although there is nothing at such a path.
    #[cold]
    fn uncaptured(&self, name: &str) -> Rejection {
        if !self.operation().template.has_parameter(name) {
            return missing(Place::Path, name);
        }
        let cx = self.context();
        Rejection::NotFound {
            method: cx.method().clone(),
            path: asked_path(cx.uri(), cx.extensions()),
        }
    }
}

impl Styled<'_> {
    /// A path parameter.
    pub fn path<T: DeserializeOwned>(self, name: &str) -> Result<T, Rejection> {
        let request = self.request;
        let raw = request
            .operation()
            .template
            .capture(request.context().uri().path(), name);
        let raw = raw.ok_or_else(|| request.uncaptured(name))?;
        Ok(self.param.read_path(name, raw)?)
    }

    /// A required query parameter.
    pub fn query<T: DeserializeOwned>(self, name: &str) -> Result<T, Rejection> {
        self.query_optional(name)?
            .ok_or_else(|| missing(Place::Query, name))
    }

    /// A query parameter that may be absent.
    pub fn query_optional<T: DeserializeOwned>(self, name: &str) -> Result<Option<T>, Rejection> {
        match self.request.query_pairs()? {
            Some(query) => Ok(self.param.read_query(name, query)?),
            None => Ok(None),
        }
    }

    /// A query parameter that stands for `default` when absent.
    pub fn query_or<T: DeserializeOwned>(self, name: &str, default: T) -> Result<T, Rejection> {
        Ok(self.query_optional(name)?.unwrap_or(default))
    }

    /// A required header.
    pub fn header<T: DeserializeOwned>(self, name: &str) -> Result<T, Rejection> {
        self.header_optional(name)?
            .ok_or_else(|| missing(Place::Header, name))
    }

    /// A header that may be absent.
    pub fn header_optional<T: DeserializeOwned>(self, name: &str) -> Result<Option<T>, Rejection> {
        match self.request.header_text(name, ", ")? {
            Some(text) => Ok(Some(self.param.read_header(name, &text)?)),
            None => Ok(None),
        }
    }

    /// A header that stands for `default` when absent.
    pub fn header_or<T: DeserializeOwned>(self, name: &str, default: T) -> Result<T, Rejection> {
        Ok(self.header_optional(name)?.unwrap_or(default))
    }

    /// A required cookie.
    pub fn cookie<T: DeserializeOwned>(self, name: &str) -> Result<T, Rejection> {
        self.cookie_optional(name)?
            .ok_or_else(|| missing(Place::Cookie, name))
    }

    /// A cookie that may be absent.
    pub fn cookie_optional<T: DeserializeOwned>(self, name: &str) -> Result<Option<T>, Rejection> {
        match self.request.cookie_pairs()? {
            Some(cookies) => Ok(self.param.read_cookie(name, cookies)?),
            None => Ok(None),
        }
    }

    /// A cookie that stands for `default` when absent.
    pub fn cookie_or<T: DeserializeOwned>(self, name: &str, default: T) -> Result<T, Rejection> {
        Ok(self.cookie_optional(name)?.unwrap_or(default))
    }
}

impl fmt::Debug for Styled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Styled")
            .field("param", &self.param)
            .finish_non_exhaustive()
    }
}

fn missing(place: Place, name: &str) -> Rejection {
    ParamError::new(place, name, Reason::Missing).into()
}
