//! Text that has been taken apart: the tree that types are read from.

use std::borrow::Cow;

use indexmap::IndexMap;
use indexmap::map::Entry;

use super::Reason;
use crate::shorten::shorten;

/// Text that has been taken apart.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node<'de> {
    Text(Cow<'de, str>),
    List(Vec<Node<'de>>),
    Object(IndexMap<Cow<'de, str>, Node<'de>>),
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
        }
    }

    /// A list may also be spelled with its indexes, as in `ids[0]=a&ids[1]=b`, and one item may come alone.
    pub(super) fn into_list(self) -> Result<Vec<Self>, Reason> {
        match self {
            Self::Text(_) => Ok(vec![self]),
            Self::List(items) => Ok(items),
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
        let item = Self::Text(item);
        match self {
            Self::List(items) => items.push(item),
            Self::Text(_) | Self::Object(_) => {
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
