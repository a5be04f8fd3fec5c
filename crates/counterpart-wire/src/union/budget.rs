//! A bound on the work of trying variants.
//!
//! Where a union that is tried in order contains itself, every level multiplies the attempts of the level below: without
//! a bound, a few hundred bytes would keep a server busy for ever. In: the weight of the outermost value and of every
//! attempt. Out: whether the attempt may be made.

use std::cell::Cell;

/// How often the outermost value may be gone through: enough for four levels that are all tried in vain.
const TIMES: usize = 1_000;

thread_local! {
    /// What is left for the value that is being read on this thread.
    static LEFT: Cell<Option<usize>> = const { Cell::new(None) };
}

/// The budget of the outermost value, for as long as this lives.
pub(crate) struct Budget {
    is_outermost: bool,
}

impl Budget {
    /// Begins to read a value of this weight.
    pub(crate) fn enter(weight: usize) -> Self {
        let is_outermost = LEFT.get().is_none();
        if is_outermost {
            LEFT.set(Some(weight.saturating_mul(TIMES)));
        }
        Self { is_outermost }
    }
}

impl Drop for Budget {
    fn drop(&mut self) {
        if self.is_outermost {
            LEFT.set(None);
        }
    }
}

/// Takes the weight of one attempt from the budget, if so much is left.
pub(crate) fn spend(weight: usize) -> bool {
    let left = LEFT.get().unwrap_or_default().checked_sub(weight);
    if left.is_some() {
        LEFT.set(left);
    }
    left.is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_shared_by_all_levels_and_ends_with_the_outermost() {
        {
            let _outer = Budget::enter(2);
            assert!(spend(TIMES));
            {
                let _inner = Budget::enter(1_000_000);
                assert!(!spend(TIMES + 1));
                assert!(spend(TIMES));
            }
            assert!(!spend(1));
        }
        let _next = Budget::enter(1);
        assert!(spend(1));
    }

    #[test]
    fn is_nothing_where_nothing_is_read() {
        assert!(!spend(1));
    }
}
