//! Things by id.

use std::collections::BTreeMap;

use assistants_server::ApiError;

use crate::page::{Listed, Page};

/// Things of one kind by id, which is also the order in which they were created.
#[derive(Debug)]
pub(crate) struct Table<T> {
    /// What one of them is called.
    kind: &'static str,
    items: BTreeMap<String, T>,
}

impl<T> Table<T> {
    pub(crate) fn new(kind: &'static str) -> Self {
        let items = BTreeMap::new();
        Self { kind, items }
    }

    pub(crate) fn insert(&mut self, id: &str, item: T) {
        self.items.insert(id.to_owned(), item);
    }

    pub(crate) fn get(&self, id: &str) -> Result<&T, ApiError> {
        let item = self.items.get(id);
        item.ok_or_else(|| missing(self.kind, id))
    }

    pub(crate) fn get_mut(&mut self, id: &str) -> Result<&mut T, ApiError> {
        let item = self.items.get_mut(id);
        item.ok_or_else(|| missing(self.kind, id))
    }

    pub(crate) fn remove(&mut self, id: &str) -> Result<T, ApiError> {
        let item = self.items.remove(id);
        item.ok_or_else(|| missing(self.kind, id))
    }

    /// All of them, the oldest first.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = &T> {
        self.items.values()
    }

    /// As [`iter`](Self::iter), to be changed.
    pub(crate) fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut T> {
        self.items.values_mut()
    }

    /// A page of those that are to be listed.
    pub(crate) fn page(&self, page: &Page, listed: impl Fn(&T) -> bool) -> Listed<'_, T> {
        page.of(self.items.iter().filter(|(_, item)| listed(item)))
    }
}

fn missing(kind: &str, id: &str) -> ApiError {
    ApiError::not_found(format!("No {kind} found with id '{id}'."))
}
