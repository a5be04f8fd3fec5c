//! Which parts of a message, or calls of a step, have been begun and are done.

use std::collections::BTreeMap;

/// Parts by the index that deltas give them.
#[derive(Debug, Default)]
pub(super) struct Parts {
    /// Whether each is done.
    done: BTreeMap<i64, bool>,
    /// The part that deltas were about last.
    open: Option<i64>,
}

/// What a delta of a part says beside the addition.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Reached {
    /// The part was not there before.
    pub(super) is_new: bool,
    /// Another part, which deltas were about before, is done by that.
    pub(super) done: Option<i64>,
}

impl Parts {
    /// A delta is about this part.
    pub(super) fn reach(&mut self, index: i64) -> Reached {
        let before = self.open.replace(index).filter(|open| *open != index);
        let is_new = !self.done.contains_key(&index);
        self.done.entry(index).or_insert(false);
        let done = before.filter(|before| self.finish(*before).is_some());
        Reached { is_new, done }
    }

    /// Where a part stands: parts are in the order of their indexes, and there are no gaps between them.
    pub(super) fn position(&self, index: i64) -> usize {
        self.done.range(..index).count()
    }

    /// The part at this place of the whole is done. `None` if that was known before; otherwise its index, and whether
    /// it is new.
    pub(super) fn finish_at(&mut self, position: usize) -> Option<(i64, bool)> {
        match self.done.keys().nth(position).copied() {
            Some(index) => self.finish(index).map(|index| (index, false)),
            None => {
                let next = self
                    .done
                    .keys()
                    .next_back()
                    .map_or(0, |last| last.saturating_add(1));
                self.done.insert(next, true);
                Some((next, true))
            }
        }
    }

    fn finish(&mut self, index: i64) -> Option<i64> {
        let done = self.done.get_mut(&index)?;
        (!std::mem::replace(done, true)).then_some(index)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_part_means_that_the_one_before_is_done() {
        let mut parts = Parts::default();
        let reached = |is_new, done| Reached { is_new, done };

        assert_eq!(parts.reach(3), reached(true, None));
        assert_eq!(parts.reach(3), reached(false, None));
        assert_eq!(parts.reach(1), reached(true, Some(3)));
        assert_eq!(parts.reach(3), reached(false, Some(1)));
        assert_eq!(parts.reach(1), reached(false, None));
        assert_eq!([parts.position(1), parts.position(3)], [0, 1]);
    }

    #[test]
    fn parts_that_nobody_spoke_of_come_at_the_end() {
        let mut parts = Parts::default();
        parts.reach(0);
        assert_eq!(parts.finish_at(0), Some((0, false)));
        assert_eq!(parts.finish_at(0), None);
        assert_eq!(parts.finish_at(1), Some((1, true)));
        assert_eq!(parts.finish_at(1), None);
    }
}
