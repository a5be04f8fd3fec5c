//! Lists in pages, forwards from a cursor or backwards from one.

use assistants_server::types::Order;

/// Which part of a list is asked for: the parameters that all lists have.
#[derive(Debug)]
pub(crate) struct Page {
    /// Checked already: from 1 to 100.
    pub(crate) limit: u64,
    pub(crate) order: Order,
    pub(crate) after: Option<String>,
    pub(crate) before: Option<String>,
}

/// A part of a list, with the ids.
#[derive(Debug)]
pub(crate) struct Listed<'t, T> {
    items: Vec<(&'t String, &'t T)>,
    /// Whether there are more in the direction that was asked for.
    pub(crate) has_more: bool,
}

impl Page {
    /// The page of a whole list, given in the order of its ids.
    ///
    /// A cursor stands for a place between ids, so that it need not be the id of anything any more.
    pub(crate) fn of<'t, T>(
        &self,
        list: impl DoubleEndedIterator<Item = (&'t String, &'t T)>,
    ) -> Listed<'t, T> {
        let mut items: Vec<_> = match self.order {
            Order::Desc => list.rev().collect(),
            Order::Asc | Order::Unknown(_) => list.collect(),
        };
        if let Some(after) = &self.after {
            items.retain(|(id, _)| self.follows(id, after));
        }
        if let Some(before) = &self.before {
            items.retain(|(id, _)| self.follows(before, id));
        }

        let limit = usize::try_from(self.limit).unwrap_or(usize::MAX);
        let has_more = items.len() > limit;
        if self.before.is_some() && self.after.is_none() {
            items.drain(..items.len().saturating_sub(limit));
        } else {
            items.truncate(limit);
        }
        Listed { items, has_more }
    }

    fn follows(&self, id: &str, other: &str) -> bool {
        match self.order {
            Order::Desc => id < other,
            Order::Asc | Order::Unknown(_) => id > other,
        }
    }
}

impl<T> Listed<'_, T> {
    pub(crate) fn first_id(&self) -> Option<String> {
        self.items.first().map(|(id, _)| (*id).clone())
    }

    pub(crate) fn last_id(&self) -> Option<String> {
        self.items.last().map(|(id, _)| (*id).clone())
    }

    /// What stands for each item in the reply.
    pub(crate) fn data<U>(&self, item: impl Fn(&T) -> U) -> Vec<U> {
        self.items.iter().map(|(_, it)| item(it)).collect()
    }
}
