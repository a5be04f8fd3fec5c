//! Parameters: values as paths, queries, headers and cookies carry them.
//!
//! A [`Param`] says how a parameter is laid out (`style`, `explode` and `allowReserved` of OpenAPI's Parameter
//! Object). It writes any `Serialize` value and reads any `Deserialize` value back:
//!
//! ```
//! use counterpart_wire::params::{Pairs, Param, path};
//!
//! let mut query = Pairs::new();
//! Param::FORM.write_query("include[]", &["content", "a b"], &mut query)?;
//! assert_eq!(query.to_query(), "include%5B%5D=content&include%5B%5D=a%20b");
//!
//! let query = Pairs::parse_query("include[]=content&limit=20")?;
//! assert_eq!(Param::FORM.read_query::<i64>("limit", &query)?, Some(20));
//! assert_eq!(Param::FORM.read_query::<Vec<String>>("include[]", &query)?, Some(vec!["content".to_owned()]));
//!
//! let id = Param::SIMPLE.write_path("thread_id", "a/b")?;
//! assert_eq!(path::expand("/threads/{thread_id}/runs", &[("thread_id", &id)])?, "/threads/a%2Fb/runs");
//! # Ok::<(), counterpart_wire::params::ParamError>(())
//! ```
//!
//! Values are read by the mode in force: [`mode::scope`] makes it strict.
//!
//! What is written is read back equal, whatever the text holds. A value that a style cannot express without loss
//! (a list in a list, an item that contains a delimiter which the style cannot escape) is an error.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{json, mode};

mod de;
mod error;
mod escape;
mod flat;
mod node;
mod pairs;
mod read;
mod text;
mod tree;
mod write;

pub mod form;
pub mod path;

#[cfg(test)]
mod tests;

pub use error::{ParamError, Place, Reason};
pub use pairs::Pairs;

use de::Source;

/// How a parameter's value is laid out: `style` of OpenAPI's Parameter Object.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Style {
    /// `blue,black,brown`, in paths and headers.
    Simple,
    /// `.blue,black,brown`, in paths.
    Label,
    /// `;color=blue,black,brown`, in paths.
    Matrix,
    /// `color=blue&color=black&color=brown`, in queries and cookies.
    Form,
    /// `color=blue%20black%20brown`, in queries.
    SpaceDelimited,
    /// `color=blue%7Cblack%7Cbrown`, in queries.
    PipeDelimited,
    /// `color[R]=100&color[G]=200`, in queries.
    DeepObject,
}

impl Style {
    /// The style's name in an OpenAPI document.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Simple => "simple",
            Self::Label => "label",
            Self::Matrix => "matrix",
            Self::Form => "form",
            Self::SpaceDelimited => "spaceDelimited",
            Self::PipeDelimited => "pipeDelimited",
            Self::DeepObject => "deepObject",
        }
    }
}

impl fmt::Display for Style {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// How a parameter is written and read: its style, whether lists and objects are exploded into parts of their own,
/// and whether reserved characters are left alone.
///
/// The constants are the styles with OpenAPI's default for `explode`: true for `form`, false for the rest. `form` in
/// one pair is `Param::FORM.joined()`, and `label` with its items apart is `Param::LABEL.exploded()`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Param {
    style: Style,
    explode: bool,
    allow_reserved: bool,
    json: bool,
}

impl Param {
    /// The default of paths and headers: `blue,black,brown` and `R,100,G,200`.
    pub const SIMPLE: Self = Self::new(Style::Simple, false);
    /// In paths: `.blue,black,brown` and `.R,100,G,200`.
    pub const LABEL: Self = Self::new(Style::Label, false);
    /// In paths: `;color=blue,black,brown` and `;color=R,100,G,200`.
    pub const MATRIX: Self = Self::new(Style::Matrix, false);
    /// The default of queries and cookies: `color=blue&color=black` and `R=100&G=200`.
    pub const FORM: Self = Self::new(Style::Form, true);
    /// In queries: `color=blue%20black%20brown`.
    pub const SPACE_DELIMITED: Self = Self::new(Style::SpaceDelimited, false);
    /// In queries: `color=blue%7Cblack%7Cbrown`.
    pub const PIPE_DELIMITED: Self = Self::new(Style::PipeDelimited, false);
    /// In queries: `color[R]=100&color[G]=200`.
    pub const DEEP_OBJECT: Self = Self::new(Style::DeepObject, true);

    /// Anywhere: JSON, as parameters are that have `content` in place of `schema`.
    pub const JSON: Self = Self {
        json: true,
        ..Self::new(Style::Simple, false)
    };

    const fn new(style: Style, explode: bool) -> Self {
        Self {
            style,
            explode,
            allow_reserved: false,
            json: false,
        }
    }

    /// With `explode: true`: each item and property is a part of its own.
    pub const fn exploded(mut self) -> Self {
        self.explode = true;
        self
    }

    /// With `explode: false`: all items and properties are joined into one part.
    pub const fn joined(mut self) -> Self {
        self.explode = false;
        self
    }

    /// With `allowReserved: true`: a query's values keep the reserved characters of RFC 3986 as they are.
    ///
    /// Those that would be read as something else stay encoded: `#`, `&`, `+`, `[`, `]`, the comma within an item of
    /// a joined list, and `%`.
    pub const fn allow_reserved(mut self) -> Self {
        self.allow_reserved = true;
        self
    }

    /// The value as percent-encoded path text, which [`path::expand`] takes.
    pub fn write_path<T>(self, name: &str, value: &T) -> Result<String, ParamError>
    where
        T: Serialize + ?Sized,
    {
        let written = match self.as_json(value, Self::SIMPLE) {
            Ok(Some((param, text))) => write::path(param, name, &text),
            Ok(None) => write::path(self, name, value),
            Err(reason) => Err(reason),
        };
        written.map_err(|reason| ParamError::new(Place::Path, name, reason))
    }

    /// Appends the value to a query; nothing for `null`, and nothing for a list or object that is empty.
    pub fn write_query<T>(self, name: &str, value: &T, query: &mut Pairs) -> Result<(), ParamError>
    where
        T: Serialize + ?Sized,
    {
        let written = match self.as_json(value, Self::FORM) {
            Ok(Some((param, text))) => write::query(param, name, &text, query),
            Ok(None) => write::query(self, name, value, query),
            Err(reason) => Err(reason),
        };
        written.map_err(|reason| ParamError::new(Place::Query, name, reason))
    }

    /// The value as a header's text, which is not percent-encoded; `None` for `null`, and for a list or object that
    /// is empty.
    pub fn write_header<T>(self, name: &str, value: &T) -> Result<Option<String>, ParamError>
    where
        T: Serialize + ?Sized,
    {
        let written = match self.as_json(value, Self::SIMPLE) {
            Ok(Some((param, text))) => write::header(param, name, &text),
            Ok(None) => write::header(self, name, value),
            Err(reason) => Err(reason),
        };
        written.map_err(|reason| ParamError::new(Place::Header, name, reason))
    }

    /// Appends the value to a request's cookies; nothing for `null`, and nothing for a list or object that is empty.
    pub fn write_cookie<T>(
        self,
        name: &str,
        value: &T,
        cookies: &mut Pairs,
    ) -> Result<(), ParamError>
    where
        T: Serialize + ?Sized,
    {
        let written = match self.as_json(value, Self::FORM) {
            Ok(Some((param, text))) => write::cookie(param, name, &text, cookies),
            Ok(None) => write::cookie(self, name, value, cookies),
            Err(reason) => Err(reason),
        };
        written.map_err(|reason| ParamError::new(Place::Cookie, name, reason))
    }

    /// The value as a text of JSON and how that is written; `None` where it is not to be JSON.
    fn as_json<T>(self, value: &T, usual: Self) -> Result<Option<(Self, String)>, Reason>
    where
        T: Serialize + ?Sized,
    {
        if !self.json {
            return Ok(None);
        }
        let allow_reserved = self.allow_reserved;
        let param = Self {
            allow_reserved,
            ..usual
        };
        Ok(Some((param, flat::json(value)?.to_string())))
    }

    /// The value that a text of JSON is.
    fn from_json<'de, T: Deserialize<'de>>(text: &str) -> Result<T, Reason> {
        let value = json::decode(text.as_bytes(), mode::current())
            .map_err(|error| Reason::Invalid(format!("expected JSON: {error}")))?;
        T::deserialize(node::Node::Json(value)).map_err(Reason::from)
    }

    /// Reads a value from path text as it stands in the URL, *not* percent-decoded: `a%2Cb,c` is a list of two items.
    pub fn read_path<'de, T>(self, name: &str, raw: &'de str) -> Result<T, ParamError>
    where
        T: Deserialize<'de>,
    {
        let read = || {
            if self.json {
                let text: String = Self::SIMPLE
                    .read_path(name, raw)
                    .map_err(|error| error.reason().clone())?;
                return Self::from_json(&text);
            }
            let source = read::Text::path(self, name, raw)?;
            T::deserialize(Source(source)).map_err(Reason::from)
        };
        read().map_err(|reason| ParamError::new(Place::Path, name, reason))
    }

    /// Reads a value from a query; `None` if the query has nothing of this name.
    ///
    /// An object in an exploded `form` is spread over the query without the parameter's own name: it reads every
    /// pair there is, unless [`Pairs::only`] is asked first for those that are its properties.
    pub fn read_query<'de, T>(self, name: &str, query: &'de Pairs) -> Result<Option<T>, ParamError>
    where
        T: Deserialize<'de>,
    {
        self.read_pairs(Place::Query, name, query)
    }

    /// Reads a value from a header's text; several lines of one header are to be joined by commas before.
    pub fn read_header<'de, T>(self, name: &str, text: &'de str) -> Result<T, ParamError>
    where
        T: Deserialize<'de>,
    {
        let read = || {
            if self.json {
                return Self::from_json(text);
            }
            let source = read::Text::header(self, name, text)?;
            T::deserialize(Source(source)).map_err(Reason::from)
        };
        read().map_err(|reason| ParamError::new(Place::Header, name, reason))
    }

    /// Reads a value from a request's cookies; `None` if there is none of this name.
    pub fn read_cookie<'de, T>(
        self,
        name: &str,
        cookies: &'de Pairs,
    ) -> Result<Option<T>, ParamError>
    where
        T: Deserialize<'de>,
    {
        self.read_pairs(Place::Cookie, name, cookies)
    }

    fn read_pairs<'de, T>(
        self,
        place: Place,
        name: &str,
        pairs: &'de Pairs,
    ) -> Result<Option<T>, ParamError>
    where
        T: Deserialize<'de>,
    {
        let read = || {
            if self.json {
                let text = pairs.get(name).ok_or(Reason::Missing)?;
                return Self::from_json(&text);
            }
            let source = read::Pairs::new(self, place, name, pairs)?;
            T::deserialize(Source(source)).map_err(Reason::from)
        };
        match read() {
            Ok(value) => Ok(Some(value)),
            Err(Reason::Missing) => Ok(None),
            Err(reason) => Err(ParamError::new(place, name, reason)),
        }
    }
}
