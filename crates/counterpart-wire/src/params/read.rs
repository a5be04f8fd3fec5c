//! Text to the parts that a type asks for: one text, a list, or an object.
//!
//! Only the type that is read knows which of them a parameter is, so nothing is split before it asks.

use std::borrow::Cow;

use super::node::{Node, excerpt};
use super::text::Layout;
use super::tree::tree;
use super::{Param, Place, Reason, Style, escape};

/// Something that a type can ask for a text, a list or an object, once.
pub(super) trait Parts<'de>: Sized {
    /// The value as one text.
    fn scalar(self) -> Result<Cow<'de, str>, Reason>;
    /// The value as a list.
    fn list(self) -> Result<Node<'de>, Reason>;
    /// The value as an object.
    fn object(self) -> Result<Node<'de>, Reason>;
    /// The value as what it most looks like.
    fn any(self) -> Result<Node<'de>, Reason>;
}

type Decode = for<'de> fn(&'de str) -> Result<Cow<'de, str>, Reason>;

/// A path argument or a header: one text.
#[derive(Debug)]
pub(super) struct Text<'de, 'n> {
    layout: Layout,
    name: &'n str,
    raw: &'de str,
    decode: Decode,
}

impl<'de, 'n> Text<'de, 'n> {
    pub(super) fn path(param: Param, name: &'n str, raw: &'de str) -> Result<Self, Reason> {
        Ok(Self {
            layout: Layout::path(param)?,
            name,
            raw,
            decode: escape::decode,
        })
    }

    pub(super) fn header(param: Param, name: &'n str, raw: &'de str) -> Result<Self, Reason> {
        Ok(Self {
            layout: Layout::header(param)?,
            name,
            raw,
            decode: |raw| Ok(Cow::Borrowed(escape::trim(raw))),
        })
    }

    fn body(&self) -> Result<&'de str, Reason> {
        self.raw.strip_prefix(self.layout.prefix).ok_or_else(|| {
            Reason::Invalid(format!(
                "expected `{}` at its start, got `{}`",
                self.layout.prefix,
                excerpt(self.raw)
            ))
        })
    }

    /// The text after the parameter's own name, which a matrix repeats.
    fn unnamed(&self, text: &'de str) -> Result<&'de str, Reason> {
        if self.layout.style != Style::Matrix {
            return Ok(text);
        }
        let (name, text) = text.split_once('=').unwrap_or((text, ""));
        if (self.decode)(name)? == self.name {
            Ok(text)
        } else {
            Err(Reason::Invalid(format!(
                "expected `;{}=`, got `;{}`",
                self.name,
                excerpt(name)
            )))
        }
    }

    fn split(&self, text: &'de str) -> impl Iterator<Item = &'de str> + use<'de> {
        split(text, self.layout.delimiters())
    }
}

impl<'de> Parts<'de> for Text<'de, '_> {
    fn scalar(self) -> Result<Cow<'de, str>, Reason> {
        (self.decode)(self.unnamed(self.body()?)?)
    }

    fn list(self) -> Result<Node<'de>, Reason> {
        let body = self.body()?;
        if self.layout.explode {
            self.split(body)
                .map(|item| (self.decode)(self.unnamed(item)?))
                .collect()
        } else {
            self.split(self.unnamed(body)?).map(self.decode).collect()
        }
    }

    fn object(self) -> Result<Node<'de>, Reason> {
        let body = self.body()?;
        if self.layout.explode {
            let entries = self
                .split(body)
                .map(|entry| entry.split_once('=').unwrap_or((entry, "")));
            entries
                .map(|(key, value)| Ok(((self.decode)(key)?, (self.decode)(value)?)))
                .collect()
        } else {
            entries(self.split(self.unnamed(body)?).map(self.decode))
        }
    }

    fn any(self) -> Result<Node<'de>, Reason> {
        self.scalar().map(Node::Text)
    }
}

/// A parameter in a query or among the cookies: the pairs of its name.
#[derive(Debug)]
pub(super) struct Pairs<'de, 'n> {
    param: Param,
    name: &'n str,
    pairs: &'de super::Pairs,
}

impl<'de, 'n> Pairs<'de, 'n> {
    pub(super) fn new(
        param: Param,
        place: Place,
        name: &'n str,
        pairs: &'de super::Pairs,
    ) -> Result<Self, Reason> {
        match (param.style, place) {
            (Style::Form, _)
            | (Style::SpaceDelimited | Style::PipeDelimited | Style::DeepObject, Place::Query) => {
                Ok(Self { param, name, pairs })
            }
            (style, _) => Err(Reason::Style(style)),
        }
    }

    /// The values of the parameter's name, as they came.
    fn values(&self) -> impl Iterator<Item = &'de str> {
        let found = self.pairs.raw().filter(|(found, _)| *found == self.name);
        found.map(|(_, raw)| raw)
    }

    /// The items of an exploded list. Many clients add brackets to the names of lists that have none in the document
    /// (the official OpenAI SDKs do), or leave them out where there are some.
    fn exploded(&self) -> Result<Vec<Cow<'de, str>>, Reason> {
        let name = without_brackets(self.name);
        let found = self
            .pairs
            .raw()
            .filter(|(found, _)| without_brackets(found) == name);
        let items = found
            .map(|(_, raw)| escape::decode(raw))
            .collect::<Result<Vec<_>, Reason>>()?;
        if items.is_empty() {
            Err(Reason::Missing)
        } else {
            Ok(items)
        }
    }

    /// The items of a value in which they are joined.
    fn items(&self, raw: &'de str) -> Result<Vec<Cow<'de, str>>, Reason> {
        let delimiter = match self.param.style {
            Style::SpaceDelimited => &[' '],
            Style::PipeDelimited => &['|'],
            _ => return split(raw, &[',']).map(escape::decode).collect(),
        };
        // These delimiters are percent-encoded themselves.
        Ok(match escape::decode(raw)? {
            Cow::Borrowed(text) => split(text, delimiter).map(Cow::Borrowed).collect(),
            Cow::Owned(text) => split(&text, delimiter)
                .map(|item| Cow::Owned(item.to_owned()))
                .collect(),
        })
    }

    fn joined(&self) -> Result<Vec<Cow<'de, str>>, Reason> {
        let values = self
            .values()
            .map(|raw| self.items(raw))
            .collect::<Result<Vec<_>, Reason>>()?;
        if values.is_empty() {
            Err(Reason::Missing)
        } else {
            Ok(values.into_iter().flatten().collect())
        }
    }

    fn tree(&self) -> Result<Node<'de>, Reason> {
        tree(self.name, self.pairs)?.ok_or(Reason::Missing)
    }
}

impl<'de> Parts<'de> for Pairs<'de, '_> {
    fn scalar(self) -> Result<Cow<'de, str>, Reason> {
        let mut values = self.values();
        match (values.next(), values.next()) {
            // `name[key]` alone is there, but is no scalar.
            (None, _) if self.param.style == Style::DeepObject => self.tree()?.into_text(),
            (None, _) => Err(Reason::Missing),
            (Some(raw), None) => escape::decode(raw),
            (Some(_), Some(_)) => Err(Reason::Repeated),
        }
    }

    fn list(self) -> Result<Node<'de>, Reason> {
        match self.param.style {
            Style::DeepObject => self.tree(),
            _ if self.param.explode => Ok(self.exploded()?.into_iter().collect()),
            _ => Ok(self.joined()?.into_iter().collect()),
        }
    }

    fn object(self) -> Result<Node<'de>, Reason> {
        match self.param.style {
            Style::DeepObject => self.tree(),
            _ if self.param.explode => {
                if self.pairs.is_empty() {
                    return Err(Reason::Missing);
                }
                self.pairs
                    .raw()
                    .map(|(key, raw)| Ok((Cow::Borrowed(key), escape::decode(raw)?)))
                    .collect()
            }
            _ => entries(self.joined()?.into_iter().map(Ok)),
        }
    }

    fn any(self) -> Result<Node<'de>, Reason> {
        match self.param.style {
            Style::DeepObject => self.tree(),
            _ if self.param.explode => {
                let mut items = self.exploded()?;
                Ok(match items.pop() {
                    Some(only) if items.is_empty() => Node::Text(only),
                    last => items.into_iter().chain(last).collect(),
                })
            }
            _ => self.scalar().map(Node::Text),
        }
    }
}

fn without_brackets(name: &str) -> &str {
    name.strip_suffix("[]").unwrap_or(name)
}

/// The parts between the delimiters. No text is no parts, rather than one empty part: that is how lists without
/// items are written by everyone who joins them.
fn split<'t>(
    text: &'t str,
    delimiters: &'static [char],
) -> impl Iterator<Item = &'t str> + use<'t> {
    let parts = (!text.is_empty()).then(|| text.split(delimiters));
    parts.into_iter().flatten()
}

/// The object whose keys and values take turns.
fn entries<'de>(
    mut parts: impl Iterator<Item = Result<Cow<'de, str>, Reason>>,
) -> Result<Node<'de>, Reason> {
    let mut entries = Vec::new();
    while let Some(key) = parts.next() {
        let key = key?;
        let Some(value) = parts.next() else {
            return Err(Reason::Invalid(format!(
                "`{}` is a key without a value",
                excerpt(&key)
            )));
        };
        entries.push((key, value?));
    }
    Ok(entries.into_iter().collect())
}
