//! Bodies of forms: `application/x-www-form-urlencoded` and `multipart/form-data`.
//!
//! A form is an object, each of whose properties is a field. A list is a field for each item, an object inside a field
//! is JSON (OpenAPI 3.1, Encoding Object, `contentType`), and an [`Encoding`] says what is otherwise:
//!
//! ```
//! use counterpart_wire::form::{self, Encoding};
//! use counterpart_wire::params::Param;
//! use serde_json::{Value, json};
//!
//! let value = json!({"name": "a b", "tags": ["x", "y"], "size": {"width": 2}});
//! assert_eq!(form::urlencoded(&value, &[])?, "name=a%20b&tags=x&tags=y&size=%7B%22width%22%3A2%7D");
//!
//! let encodings = [Encoding::styled("tags", Param::FORM.joined()), Encoding::styled("size", Param::DEEP_OBJECT)];
//! assert_eq!(form::urlencoded(&value, &encodings)?, "name=a%20b&tags=x,y&size%5Bwidth%5D=2");
//! # Ok::<(), counterpart_wire::EncodeError>(())
//! ```

mod field;
mod multipart;
mod parse;
mod parts;

#[cfg(test)]
mod tests;

pub(in crate::params) use field::Field;

pub use multipart::Multipart;
pub use parse::{boundary, file_name};

use std::borrow::Cow;

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::node::Node;
use super::tree::{keys, tree};
use super::{Pairs, Param, Reason, Style, flat};
use crate::{DecodeError, EncodeError};

/// How one property of a form is written, where that is not as usual.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Encoding {
    name: &'static str,
    how: How,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum How {
    Styled(Param),
    Typed(&'static str),
}

impl Encoding {
    /// In a style of query parameters.
    pub const fn styled(name: &'static str, param: Param) -> Self {
        Self {
            name,
            how: How::Styled(param),
        }
    }

    /// In a media type.
    pub const fn typed(name: &'static str, media_type: &'static str) -> Self {
        Self {
            name,
            how: How::Typed(media_type),
        }
    }

    fn of(encodings: &[Self], name: &str) -> Option<How> {
        let found = encodings.iter().find(|encoding| encoding.name == name);
        found.map(|encoding| encoding.how)
    }
}

impl How {
    fn param(self) -> Option<Param> {
        match self {
            Self::Styled(param) => Some(param),
            Self::Typed(_) => None,
        }
    }

    fn media_type(self) -> Option<&'static str> {
        match self {
            Self::Styled(_) => None,
            Self::Typed(media_type) => Some(media_type),
        }
    }
}

fn is_json(media_type: &str) -> bool {
    let essence = media_type.split(';').next().unwrap_or_default().trim();
    let essence = essence.to_ascii_lowercase();
    essence == "application/json" || essence.ends_with("+json")
}

/// The value as `application/x-www-form-urlencoded`.
pub fn urlencoded<T>(value: &T, encodings: &[Encoding]) -> Result<String, EncodeError>
where
    T: Serialize + ?Sized,
{
    let value = flat::json(value).map_err(unwritable)?;
    let mut pairs = Pairs::new();
    for (name, value) in object(value)? {
        let written = match Encoding::of(encodings, &name) {
            Some(How::Styled(param)) => super::write::query(param, &name, &value, &mut pairs),
            Some(How::Typed(media_type)) if is_json(media_type) => {
                pairs.push(name.as_str(), &value.to_string());
                Ok(())
            }
            Some(How::Typed(_)) | None => {
                for item in items(value) {
                    pairs.push(name.as_str(), &text(item));
                }
                Ok(())
            }
        };
        written.map_err(|reason| EncodeError::new(format!("`{name}` {reason}")))?;
    }
    Ok(pairs.to_query())
}

/// The value of `application/x-www-form-urlencoded`, by the mode in force.
pub fn from_urlencoded<T>(text: &str, encodings: &[Encoding]) -> Result<T, FormError>
where
    T: for<'de> Deserialize<'de>,
{
    let pairs = Pairs::parse_query(text).map_err(|error| FormError::malformed(error.reason()))?;
    let mut fields: IndexMap<Cow<'_, str>, Node<'_>> = IndexMap::new();
    for (name, value) in pairs.iter() {
        match styled(encodings, name) {
            Some((name, param)) if param.style == Style::DeepObject => {
                if !fields.contains_key(name)
                    && let Some(node) =
                        tree(name, &pairs).map_err(|reason| FormError::invalid(&reason))?
                {
                    fields.insert(Cow::Borrowed(name), node);
                }
            }
            how => {
                let mut field = Field::text(value);
                if let Some((_, param)) = how {
                    field = field.delimited(param);
                } else if let Some(How::Typed(media_type)) = Encoding::of(encodings, name) {
                    field = field.typed(media_type);
                }
                add(&mut fields, Cow::Borrowed(name), field);
            }
        }
    }
    read(fields)
}

/// The style of the property that a pair of this name belongs to.
fn styled(encodings: &[Encoding], found: &str) -> Option<(&'static str, Param)> {
    let mut styled = encodings
        .iter()
        .filter_map(|encoding| Some((encoding.name, encoding.how.param()?)));
    styled.find(|(name, param)| match param.style {
        Style::DeepObject => keys(name, found).is_some(),
        _ => *name == found,
    })
}

fn add<'de>(
    fields: &mut IndexMap<Cow<'de, str>, Node<'de>>,
    name: Cow<'de, str>,
    field: Field<'de>,
) {
    match fields.get_mut(&name) {
        Some(known) => known.push_node(Node::Field(field)),
        None => drop(fields.insert(name, Node::Field(field))),
    }
}

fn read<'de, T: Deserialize<'de>>(
    fields: IndexMap<Cow<'de, str>, Node<'de>>,
) -> Result<T, FormError> {
    let read = T::deserialize(Node::Object(fields));
    read.map_err(|failure| FormError::invalid(&Reason::from(failure)))
}

/// The properties to write: `null` is nothing.
fn object(value: Value) -> Result<Map<String, Value>, EncodeError> {
    match value {
        Value::Null => Ok(Map::new()),
        Value::Object(mut map) => {
            map.retain(|_, value| !value.is_null());
            Ok(map)
        }
        _ => Err(EncodeError::new(
            "a form can only be written from an object",
        )),
    }
}

fn items(value: Value) -> Vec<Value> {
    match value {
        Value::Array(items) => items,
        value => vec![value],
    }
}

/// A field's text: scalars as they are, all else as JSON.
fn text(value: Value) -> String {
    match value {
        Value::String(text) => text,
        value => value.to_string(),
    }
}

fn unwritable(reason: Reason) -> EncodeError {
    EncodeError::new(match reason {
        Reason::Invalid(message) => message,
        reason => format!("it {reason}"),
    })
}

/// What is wrong with a form that came.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FormError {
    /// It is no form at all.
    Malformed(DecodeError),
    /// It is a form, but its fields are not what they should be.
    Invalid(DecodeError),
}

impl FormError {
    fn malformed(what: impl std::fmt::Display) -> Self {
        Self::Malformed(DecodeError::new(what.to_string()))
    }

    fn invalid(reason: &Reason) -> Self {
        Self::Invalid(DecodeError::new(match reason {
            Reason::Invalid(message) => message.clone(),
            reason => format!("it {reason}"),
        }))
    }
}

impl std::fmt::Display for FormError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Malformed(error) | Self::Invalid(error)) = self;
        error.fmt(f)
    }
}

impl std::error::Error for FormError {}
