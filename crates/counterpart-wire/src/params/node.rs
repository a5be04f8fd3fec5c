//! Text that has been taken apart: the tree that types are read from.

use std::borrow::Cow;

use indexmap::IndexMap;
use indexmap::map::Entry;
use serde_json::Value;

use super::Reason;
use super::flat::scalar;
use super::form::Field;
use crate::shorten::shorten;

/// Text that has been taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node<'de> {
    Text(Cow<'de, str>),
    List(Vec<Node<'de>>),
    Object(IndexMap<Cow<'de, str>, Node<'de>>),
    /// A field of a form, which becomes what its type asks for.
    Field(Field<'de>),
    /// What stands in JSON inside of a field.
    Json(Value),
}

impl<'de> Node<'de> {
    pub(super) fn into_text(self) -> Result<Cow<'de, str>, Reason> {
        match self {
            Self::Text(text) => Ok(text),
            Self::List(items) => Err(Reason::Invalid(format!(
                "expected one value, got {}",
                items.len()
            ))),
            Self::Object(_) => Err(Reason::Invalid(
                "expected a single value, got an object".to_owned(),
            )),
            Self::Field(field) => field.into_text(),
            Self::Json(value) => scalar(value).map(Cow::Owned),
        }
    }

    /// A list may also be spelled with its indexes, as in `ids[0]=a&ids[1]=b`, and one item may come alone.
    pub(super) fn into_list(self) -> Result<Vec<Self>, Reason> {
        match self {
            Self::Text(_) => Ok(vec![self]),
            Self::List(items) => Ok(items),
            Self::Field(field) => field.into_list(),
            Self::Json(Value::Array(items)) => Ok(items.into_iter().map(Self::Json).collect()),
            Self::Json(_) => Err(Reason::Invalid("expected a list".to_owned())),
            Self::Object(entries) => {
                let items = entries
                    .into_iter()
                    .map(|(key, item)| Some((key.parse::<u64>().ok()?, item)));
                let items: Option<Vec<_>> = items.collect();
                let mut items = items
                    .ok_or_else(|| Reason::Invalid("expected a list, got an object".to_owned()))?;
                items.sort_by_key(|(index, _)| *index);
                Ok(items.into_iter().map(|(_, item)| item).collect())
            }
        }
    }

    /// Appends an item to a list; what is no list becomes the first item of one.
    pub(super) fn push(&mut self, item: Cow<'de, str>) {
        self.push_node(Self::Text(item));
    }

    /// Appends an item to a list; what is no list becomes the first item of one.
    pub(super) fn push_node(&mut self, item: Self) {
        match self {
            Self::List(items) => items.push(item),
            Self::Text(_) | Self::Object(_) | Self::Field(_) | Self::Json(_) => {
                let first = std::mem::replace(self, Self::List(Vec::new()));
                *self = Self::List(vec![first, item]);
            }
        }
    }

    pub(super) fn into_object(self) -> Result<IndexMap<Cow<'de, str>, Self>, Reason> {
        match self {
            Self::Text(text) => Err(Reason::Invalid(format!(
                "expected an object, got `{}`",
                excerpt(&text)
            ))),
            Self::List(_) => Err(Reason::Invalid("expected an object, got a list".to_owned())),
            Self::Object(entries) => Ok(entries),
            Self::Field(field) => field.into_object(),
            Self::Json(Value::Object(map)) => {
                let entries = map.into_iter();
                Ok(entries
                    .map(|(key, value)| (key.into(), Self::Json(value)))
                    .collect())
            }
            Self::Json(_) => Err(Reason::Invalid("expected an object".to_owned())),
        }
    }
}

impl<'de> FromIterator<Cow<'de, str>> for Node<'de> {
    fn from_iter<I: IntoIterator<Item = Cow<'de, str>>>(items: I) -> Self {
        Self::List(items.into_iter().map(Node::Text).collect())
    }
}

/// Makes an object. A key that comes again makes its value a list.
impl<'de> FromIterator<(Cow<'de, str>, Cow<'de, str>)> for Node<'de> {
    fn from_iter<I: IntoIterator<Item = (Cow<'de, str>, Cow<'de, str>)>>(entries: I) -> Self {
        let mut object = IndexMap::<_, Node<'de>>::new();
        for (key, value) in entries {
            match object.entry(key) {
                Entry::Occupied(mut entry) => entry.get_mut().push(value),
                Entry::Vacant(entry) => {
                    entry.insert(Node::Text(value));
                }
            }
        }
        Self::Object(object)
    }
}

/// The beginning of a text, for messages: a request may hold anything, of any length.
pub(super) fn excerpt(text: &str) -> String {
    shorten(text.to_owned(), 80)
}
