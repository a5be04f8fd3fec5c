//! Values to text: one text for paths and headers, pairs for queries and cookies.

use serde::Serialize;
use serde_json::Value;

use super::escape;
use super::flat::{Flat, flat, json, scalar};
use super::text::Layout;
use super::tree::MAX_DEPTH;
use super::{Pairs, Param, Reason, Style};

/// The value as percent-encoded path text.
pub(super) fn path<T>(param: Param, name: &str, value: &T) -> Result<String, Reason>
where
    T: Serialize + ?Sized,
{
    let layout = Layout::path(param)?;
    let value = flat(value)?.ok_or(Reason::Empty)?;
    let text = text(layout, &escape::encode(name), value, |part, text| {
        Ok(match (layout.style, part) {
            (Style::Label, Part::Item | Part::Key) => escape::encode_label(text),
            _ => escape::encode(text),
        })
    })?;
    if text.is_empty() {
        Err(Reason::Empty)
    } else {
        Ok(text)
    }
}

/// The value as a header's text.
pub(super) fn header<T>(param: Param, name: &str, value: &T) -> Result<Option<String>, Reason>
where
    T: Serialize + ?Sized,
{
    let layout = Layout::header(param)?;
    let Some(value) = flat(value)? else {
        return Ok(None);
    };
    let text = text(layout, name, value, |part, text| {
        let delimiters: &[char] = match part {
            Part::Scalar => &[],
            Part::Key if layout.explode => &[',', '='],
            Part::Item | Part::Key => &[','],
        };
        escape::check_header(text, delimiters)?;
        Ok(text.to_owned())
    })?;
    Ok(Some(text))
}

/// What a piece of text is within its parameter, which decides what must be escaped in it.
#[derive(Debug, Clone, Copy)]
enum Part {
    Scalar,
    Item,
    Key,
}

fn text<E>(layout: Layout, name: &str, value: Flat, escape: E) -> Result<String, Reason>
where
    E: Fn(Part, &str) -> Result<String, Reason>,
{
    let body = match value {
        Flat::Scalar(text) => named(layout, name, &escape(Part::Scalar, &text)?),
        Flat::List(items) => {
            let items = items.iter().map(|item| escape(Part::Item, item));
            list(layout, name, items.collect::<Result<_, _>>()?)?
        }
        Flat::Object(entries) => {
            let entries = entries
                .iter()
                .map(|(key, value)| Ok((escape(Part::Key, key)?, escape(Part::Item, value)?)));
            object(layout, name, entries.collect::<Result<_, Reason>>()?)
        }
    };
    Ok(format!("{}{body}", layout.prefix))
}

fn list(layout: Layout, name: &str, items: Vec<String>) -> Result<String, Reason> {
    let delimiter = layout.delimiter.to_string();
    if layout.explode {
        let items: Vec<_> = items.iter().map(|item| named(layout, name, item)).collect();
        not_empty(items.join(&delimiter))
    } else {
        Ok(named(layout, name, &not_empty(items.join(&delimiter))?))
    }
}

fn object(layout: Layout, name: &str, entries: Vec<(String, String)>) -> String {
    let delimiter = layout.delimiter.to_string();
    if layout.explode {
        let entries = entries.iter().map(|(key, value)| entry(layout, key, value));
        entries.collect::<Vec<_>>().join(&delimiter)
    } else {
        let parts = entries.into_iter().flat_map(|(key, value)| [key, value]);
        named(layout, name, &parts.collect::<Vec<_>>().join(&delimiter))
    }
}

/// The parts of a list, which read as an empty list if there is no text at all.
fn not_empty(text: String) -> Result<String, Reason> {
    if text.is_empty() {
        Err(Reason::EmptyItem)
    } else {
        Ok(text)
    }
}

/// `name=text` in a matrix, and the text alone elsewhere.
fn named(layout: Layout, name: &str, text: &str) -> String {
    if layout.style == Style::Matrix {
        entry(layout, name, text)
    } else {
        text.to_owned()
    }
}

/// `key=value`. A matrix leaves the sign out where the value is empty.
fn entry(layout: Layout, key: &str, value: &str) -> String {
    if layout.style == Style::Matrix && value.is_empty() && !key.is_empty() {
        key.to_owned()
    } else {
        format!("{key}={value}")
    }
}

/// Appends the value to a query.
pub(super) fn query<T>(param: Param, name: &str, value: &T, query: &mut Pairs) -> Result<(), Reason>
where
    T: Serialize + ?Sized,
{
    match param.style {
        Style::Form => form(param, name, value, query),
        Style::SpaceDelimited => delimited(param, ' ', name, value, query),
        Style::PipeDelimited => delimited(param, '|', name, value, query),
        Style::DeepObject => deep(param, name.to_owned(), json(value)?, 0, query),
        Style::Simple | Style::Label | Style::Matrix => Err(Reason::Style(param.style)),
    }
}

/// Appends the value to a request's cookies, whose values have no reserved characters to keep.
pub(super) fn cookie<T>(
    mut param: Param,
    name: &str,
    value: &T,
    cookies: &mut Pairs,
) -> Result<(), Reason>
where
    T: Serialize + ?Sized,
{
    param.allow_reserved = false;
    match param.style {
        Style::Form => form(param, name, value, cookies),
        Style::Simple
        | Style::Label
        | Style::Matrix
        | Style::SpaceDelimited
        | Style::PipeDelimited
        | Style::DeepObject => Err(Reason::Style(param.style)),
    }
}

fn form<T>(param: Param, name: &str, value: &T, pairs: &mut Pairs) -> Result<(), Reason>
where
    T: Serialize + ?Sized,
{
    let Some(value) = flat(value)? else {
        return Ok(());
    };
    let item = if param.allow_reserved {
        escape::encode_reserved_item
    } else {
        escape::encode
    };
    match value {
        value if param.explode => exploded(param, name, value, pairs),
        Flat::Scalar(text) => pairs.push_raw(name, encode(param, &text)),
        Flat::List(items) => {
            let parts: Vec<_> = items.iter().map(|text| item(text)).collect();
            pairs.push_raw(name, not_empty(parts.join(","))?);
        }
        Flat::Object(entries) => {
            let parts: Vec<_> = entries
                .iter()
                .flat_map(|(key, value)| [item(key), item(value)])
                .collect();
            pairs.push_raw(name, parts.join(","));
        }
    }
    Ok(())
}

/// The space and the pipe are no characters of a URL, so the delimiters are encoded just as they would be in an item:
/// an item cannot contain them.
fn delimited<T>(
    param: Param,
    delimiter: char,
    name: &str,
    value: &T,
    pairs: &mut Pairs,
) -> Result<(), Reason>
where
    T: Serialize + ?Sized,
{
    let Some(value) = flat(value)? else {
        return Ok(());
    };
    let parts = match value {
        value if param.explode => {
            exploded(param, name, value, pairs);
            return Ok(());
        }
        Flat::Scalar(text) => {
            pairs.push_raw(name, encode(param, &text));
            return Ok(());
        }
        Flat::List(items) => items,
        Flat::Object(entries) => entries
            .into_iter()
            .flat_map(|(key, value)| [key, value])
            .collect(),
    };
    for part in &parts {
        escape::check_delimiters(part, &[delimiter])?;
    }
    let text = not_empty(parts.join(&delimiter.to_string()))?;
    pairs.push_raw(name, encode(param, &text));
    Ok(())
}

/// One pair for each item and property: the same in all styles of queries.
fn exploded(param: Param, name: &str, value: Flat, pairs: &mut Pairs) {
    match value {
        Flat::Scalar(text) => pairs.push_raw(name, encode(param, &text)),
        Flat::List(items) => {
            for text in &items {
                pairs.push_raw(name, encode(param, text));
            }
        }
        Flat::Object(entries) => {
            for (key, value) in entries {
                pairs.push_raw(key, encode(param, &value));
            }
        }
    }
}

/// `name[key]=value`, and beyond what OpenAPI defines, as most implementations do: `name[outer][inner]=value`, and
/// `name[]=item` for the items of a list.
fn deep(
    param: Param,
    name: String,
    value: Value,
    depth: usize,
    pairs: &mut Pairs,
) -> Result<(), Reason> {
    if depth > MAX_DEPTH {
        return Err(Reason::Nested);
    }
    match value {
        Value::Null => {}
        Value::Array(items) => {
            let name = format!("{name}[]");
            for item in items {
                pairs.push_raw(name.as_str(), encode(param, &scalar(item)?));
            }
        }
        Value::Object(entries) => {
            for (key, value) in entries {
                if key.is_empty() {
                    return Err(Reason::EmptyKey);
                }
                escape::check_delimiters(&key, &['[', ']'])?;
                deep(param, format!("{name}[{key}]"), value, depth + 1, pairs)?;
            }
        }
        value @ (Value::Bool(_) | Value::Number(_) | Value::String(_)) => {
            pairs.push_raw(name, encode(param, &scalar(value)?));
        }
    }
    Ok(())
}

fn encode(param: Param, text: &str) -> String {
    if param.allow_reserved {
        escape::encode_reserved(text)
    } else {
        escape::encode(text)
    }
}
