//! A value as most styles see it: one text, a list of texts, or an object of texts.

use serde::Serialize;
use serde_json::{Map, Value};

use super::Reason;

/// A value that is no more than one level deep.
#[derive(Debug, PartialEq)]
pub(super) enum Flat {
    Scalar(String),
    List(Vec<String>),
    Object(Vec<(String, String)>),
}

/// The value, flat; `None` if there is nothing to write: `null`, or a list or object without content, which RFC 6570
/// calls undefined.
pub(super) fn flat<T>(value: &T) -> Result<Option<Flat>, Reason>
where
    T: Serialize + ?Sized,
{
    match json(value)? {
        Value::Null => Ok(None),
        Value::Array(items) => list(items),
        Value::Object(map) => object(map),
        value @ (Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            Ok(Some(Flat::Scalar(scalar(value)?)))
        }
    }
}

/// The value as JSON.
pub(super) fn json<T>(value: &T) -> Result<Value, Reason>
where
    T: Serialize + ?Sized,
{
    serde_json::to_value(value).map_err(|error| Reason::Invalid(error.to_string()))
}

/// The text of a value that is neither list nor object.
pub(super) fn scalar(value: Value) -> Result<String, Reason> {
    match value {
        Value::Null => Err(Reason::Null),
        Value::Bool(value) => Ok(value.to_string()),
        Value::Number(value) => Ok(value.to_string()),
        Value::String(value) => Ok(value),
        Value::Array(_) | Value::Object(_) => Err(Reason::Nested),
    }
}

fn list(items: Vec<Value>) -> Result<Option<Flat>, Reason> {
    let items = items
        .into_iter()
        .map(scalar)
        .collect::<Result<Vec<_>, Reason>>()?;
    Ok((!items.is_empty()).then_some(Flat::List(items)))
}

/// Properties that are `null` are left out, as RFC 6570 does.
fn object(map: Map<String, Value>) -> Result<Option<Flat>, Reason> {
    let entries = map
        .into_iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(key, value)| Ok((key, scalar(value)?)))
        .collect::<Result<Vec<_>, Reason>>()?;
    Ok((!entries.is_empty()).then_some(Flat::Object(entries)))
}
