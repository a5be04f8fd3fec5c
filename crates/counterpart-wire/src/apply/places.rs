//! Which item of a list had which index: the memory of an [`Accumulator`](super::Accumulator).
//!
//! A tree beside the value, with a branch only where deltas have been. Full objects have no room for an index, and
//! their position is none: items 0 and 2 of a stream are the first and the second of the list until item 1 comes.

/// What is remembered of one value.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Places {
    members: Vec<(&'static str, Places)>,
    items: Vec<Item>,
}

/// What is remembered of one item; items are in the order of their indexes, as they are in the list.
#[derive(Debug, Clone, PartialEq)]
struct Item {
    index: i64,
    places: Places,
}

/// Where an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Found {
    /// At this position.
    At(usize),
    /// Nowhere yet; its place is before this position.
    Before(usize),
}

impl Places {
    /// What is remembered of a property.
    pub(super) fn member(&mut self, name: &'static str) -> &mut Self {
        let known = self.members.iter().position(|(known, _)| *known == name);
        let position = known.unwrap_or_else(|| {
            self.members.push((name, Self::default()));
            self.members.len() - 1
        });
        &mut self.members[position].1
    }

    /// What is remembered of the item at a position of a list that has been [matched](Self::fit).
    pub(super) fn item(&mut self, position: usize) -> Option<&mut Self> {
        self.items.get_mut(position).map(|item| &mut item.places)
    }

    /// Makes the memory as long as the list. Items of which nothing is remembered came with the value that the deltas
    /// go on from, and were counted in order.
    pub(super) fn fit(&mut self, length: usize) {
        self.items.truncate(length);
        while self.items.len() < length {
            let next = self.next();
            self.insert(self.items.len(), next);
        }
    }

    /// The index after all that are known.
    pub(super) fn next(&self) -> i64 {
        self.items
            .last()
            .map_or(0, |item| item.index.saturating_add(1))
    }

    /// Where the item with an index is.
    pub(super) fn find(&self, index: i64) -> Found {
        // The item that grew last is most often the last one.
        match self.items.last() {
            Some(last) if last.index == index => return Found::At(self.items.len() - 1),
            Some(last) if last.index > index => {}
            _ => return Found::Before(self.items.len()),
        }
        match self.items.binary_search_by_key(&index, |item| item.index) {
            Ok(position) => Found::At(position),
            Err(position) => Found::Before(position),
        }
    }

    /// Remembers a new item at a position.
    pub(super) fn insert(&mut self, position: usize, index: i64) {
        let item = Item {
            index,
            places: Self::default(),
        };
        self.items.insert(position, item);
    }
}
