//! A field of a form as it came, which its type may ask for a text, a list, an object or a file.

use std::borrow::Cow;

use indexmap::IndexMap;
use serde_json::Value;

use super::is_json;
use crate::params::node::{Node, excerpt};
use crate::params::{Param, Reason, Style};
use crate::{json, mode};

/// A field of a form.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::params) struct Field<'de> {
    /// `None` if it is not UTF-8.
    text: Option<Cow<'de, str>>,
    /// What stands between the items of a list, where they are joined.
    delimiter: Option<char>,
    /// Whether it says that it is JSON.
    json: bool,
    /// The ticket of its bytes as a file, and whether they have a file's name.
    file: Option<(String, usize, bool)>,
}

impl<'de> Field<'de> {
    pub(super) fn text(text: Cow<'de, str>) -> Self {
        Self {
            text: Some(text),
            delimiter: None,
            json: false,
            file: None,
        }
    }

    pub(super) fn file(text: Option<Cow<'de, str>>, ticket: (String, usize, bool)) -> Self {
        Self {
            text,
            delimiter: None,
            json: false,
            file: Some(ticket),
        }
    }

    pub(super) fn delimited(mut self, param: Param) -> Self {
        self.delimiter = match (param.style, param.explode) {
            (Style::SpaceDelimited, false) => Some(' '),
            (Style::PipeDelimited, false) => Some('|'),
            (Style::Form, false) => Some(','),
            _ => None,
        };
        self
    }

    pub(super) fn typed(mut self, media_type: &str) -> Self {
        self.json = is_json(media_type);
        self
    }

    pub(in crate::params) fn into_text(self) -> Result<Cow<'de, str>, Reason> {
        self.text.ok_or(Reason::Utf8)
    }

    pub(in crate::params) fn into_list(self) -> Result<Vec<Node<'de>>, Reason> {
        if let Some(delimiter) = self.delimiter {
            let text = self.into_text()?;
            let items = text.split(delimiter).filter(|_| !text.is_empty());
            return Ok(items
                .map(|item| Node::Text(item.to_owned().into()))
                .collect());
        }
        if self.json
            && let Ok(Value::Array(items)) = parsed(&self.clone().into_text()?)
        {
            return Ok(items.into_iter().map(Node::Json).collect());
        }
        Ok(vec![Node::Field(self)])
    }

    pub(in crate::params) fn into_object(
        self,
    ) -> Result<IndexMap<Cow<'de, str>, Node<'de>>, Reason> {
        let text = self.into_text()?;
        match parsed(&text)? {
            Value::Object(map) => {
                let entries = map.into_iter();
                Ok(entries
                    .map(|(key, value)| (key.into(), Node::Json(value)))
                    .collect())
            }
            _ => Err(Reason::Invalid(format!(
                "expected an object, got `{}`",
                excerpt(&text)
            ))),
        }
    }

    /// What it is for a type that takes anything.
    pub(in crate::params) fn into_any(self) -> Result<Node<'de>, Reason> {
        match self {
            Self {
                file: Some((_, _, named)),
                ref text,
                ..
            } if named || text.is_none() => Ok(self.into_file()),
            Self { json: true, .. } => parsed(&self.into_text()?).map(Node::Json),
            _ => self.into_text().map(Node::Text),
        }
    }

    /// What a file is read from.
    pub(in crate::params) fn into_file(self) -> Node<'de> {
        match (self.file, self.text) {
            (Some((key, index, _)), _) => Node::Object(IndexMap::from([(
                key.into(),
                Node::Text(index.to_string().into()),
            )])),
            (None, text) => Node::Text(text.unwrap_or_default()),
        }
    }
}

fn parsed(text: &str) -> Result<Value, Reason> {
    json::decode(text.as_bytes(), mode::current())
        .map_err(|error| Reason::Invalid(format!("`{}` is no JSON: {error}", excerpt(text))))
}
