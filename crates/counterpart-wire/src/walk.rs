//! The way from the root to the value being read, on a second look, and what became of the items that could not be read.
//!
//! The visitors of lists and maps are foreign: when an item fails, they give up the whole list. So the item is marked,
//! and whoever can, reads the list again, this time as if the item was `null`, or was not there.
//!
//! In: steps in and out, and who is to blame for an error. Out: paths, and what to do about an item.

use crate::trail::{self, Step};
use std::collections::HashMap;

/// How often something is read again because of an item, in all of a value: each time may cost as much as reading the
/// whole value. A list with more bad items than that is given up.
const MOST_AGAIN: usize = 200;

/// How deep a made-up value may be, since a type may require itself, and of how many values it may consist.
const DEEPEST: usize = 16;
const MOST_MADE_UP: usize = 10_000;

/// The way to the value being read.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    steps: Vec<Step>,
    blamed: Option<Blamed>,
    marks: HashMap<Vec<Step>, Mark>,
    /// How often something was read again.
    again: usize,
    /// How many made-up values stand inside each other now, and how many there were in the outermost.
    depth: usize,
    made_up: usize,
}

/// Who is to blame for an error: the innermost item or entry that it came out of.
#[derive(Debug)]
struct Blamed {
    steps: Vec<Step>,
    message: String,
    is_null: bool,
}

/// What earlier readings of a place have found, with the message of the error.
#[derive(Debug)]
enum Mark {
    /// It cannot be read as it is.
    Unfit(String),
    /// It cannot be read as `null` either.
    Unreadable(String),
    /// None of the items that are `null` can be read.
    NoNulls(String),
}

/// What to do about an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judgement {
    /// Read it as it is.
    Read,
    /// Read it as if it was `null`.
    ReadAsNull,
    /// Pass over it.
    LeaveOut,
}

impl Walk {
    pub(crate) fn enter(&mut self, step: Step) {
        self.steps.push(step);
    }

    /// Leaves a value that was read: what may have failed in it was overcome.
    pub(crate) fn leave(&mut self) {
        self.steps.pop();
        self.blamed = None;
    }

    /// Leaves a value that could not be read. Unless it came out of an item further inside, it is to blame.
    pub(crate) fn give_up(&mut self, message: Option<String>, is_null: bool) {
        if let Some(message) = message {
            self.blamed = Some(Blamed {
                steps: self.steps.clone(),
                message,
                is_null,
            });
        }
        self.steps.pop();
    }

    /// The path to the value being read.
    pub(crate) fn path(&self) -> String {
        trail::path(&self.steps)
    }

    pub(crate) fn is_at_root(&self) -> bool {
        self.steps.is_empty() && self.depth == 0
    }

    pub(crate) fn has_blame(&self) -> bool {
        self.blamed.is_some()
    }

    /// Marks the item that is to blame, if it is inside the value being read (or inside its member `key`), and says
    /// whether reading that again may do better.
    pub(crate) fn again(&mut self, key: Option<&str>) -> bool {
        let Some(blamed) = self.blamed.take() else {
            return false;
        };
        let depth = self.steps.len() + usize::from(key.is_some());
        let is_inside = blamed.steps.len() > depth
            && blamed.steps.starts_with(&self.steps)
            && key.is_none_or(|key| blamed.steps[depth - 1].is_key(key));
        if !is_inside || self.again == MOST_AGAIN {
            return false;
        }
        self.again += 1;
        self.mark(blamed)
    }

    /// Marks an item as worse than it was held to be, and says whether it could be any worse.
    fn mark(&mut self, blamed: Blamed) -> bool {
        let Blamed {
            mut steps,
            message,
            is_null,
        } = blamed;
        if is_null {
            steps.pop();
            return self.marks.insert(steps, Mark::NoNulls(message)).is_none();
        }
        let mark = match self.marks.remove(&steps) {
            Some(Mark::Unreadable(_)) => return false,
            // The first error says better what is wrong than that of a `null` which was never there.
            Some(Mark::Unfit(first)) => Mark::Unreadable(first),
            Some(Mark::NoNulls(_)) | None => Mark::Unfit(message),
        };
        self.marks.insert(steps, mark);
        true
    }

    /// What to do about the item at `step`, and why.
    pub(crate) fn judge(&mut self, step: &Step, is_null: bool) -> (Judgement, &str) {
        if self.marks.is_empty() {
            return (Judgement::Read, "");
        }
        if is_null && let Some(Mark::NoNulls(message)) = self.marks.get(&self.steps) {
            return (Judgement::LeaveOut, message);
        }
        self.steps.push(step.clone());
        let mark = self.marks.get(&self.steps);
        self.steps.pop();
        match mark {
            Some(Mark::Unfit(message)) => (Judgement::ReadAsNull, message),
            Some(Mark::Unreadable(message)) => (Judgement::LeaveOut, message),
            Some(Mark::NoNulls(_)) | None => (Judgement::Read, ""),
        }
    }

    /// Whether another value may be made up, inside those that are.
    pub(crate) fn begin_making_up(&mut self) -> bool {
        if self.depth == DEEPEST || self.made_up == MOST_MADE_UP {
            return false;
        }
        self.depth += 1;
        self.made_up += 1;
        true
    }

    pub(crate) fn end_making_up(&mut self) {
        self.depth -= 1;
        if self.depth == 0 {
            self.made_up = 0;
        }
    }

    pub(crate) fn is_making_up(&self) -> bool {
        self.depth > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Step {
        Step::Key(name.to_owned())
    }

    /// Lets the item at this index of `list` fail, and says whether `list` is worth another reading.
    fn fail(walk: &mut Walk, index: usize, is_null: bool) -> bool {
        walk.enter(key("list"));
        walk.enter(Step::Index(index));
        walk.give_up(Some("message".to_owned()), is_null);
        walk.give_up(None, false);
        walk.again(Some("list"))
    }

    fn judge(walk: &mut Walk, index: usize, is_null: bool) -> Judgement {
        walk.enter(key("list"));
        let (judgement, _) = walk.judge(&Step::Index(index), is_null);
        walk.leave();
        judgement
    }

    #[test]
    fn an_item_is_read_as_null_before_it_is_left_out() {
        let mut walk = Walk::default();
        assert_eq!(judge(&mut walk, 1, false), Judgement::Read);
        for expected in [Judgement::ReadAsNull, Judgement::LeaveOut] {
            assert!(fail(&mut walk, 1, false));
            assert_eq!(judge(&mut walk, 1, false), expected);
            assert_eq!(judge(&mut walk, 0, false), Judgement::Read);
        }
        assert!(!fail(&mut walk, 1, false), "nothing is left to try");
    }

    #[test]
    fn one_null_stands_for_all() {
        let mut walk = Walk::default();
        assert!(fail(&mut walk, 1, true));
        assert_eq!(judge(&mut walk, 7, true), Judgement::LeaveOut);
        assert_eq!(judge(&mut walk, 7, false), Judgement::Read);
    }

    #[test]
    fn only_what_is_inside_is_read_again() {
        let mut walk = Walk::default();
        walk.enter(key("list"));
        walk.give_up(Some("message".to_owned()), false);
        assert!(!walk.again(Some("list")), "the list itself is to blame");
        assert!(!walk.again(None), "and that is settled");

        for (place, expected) in [(Some("list"), true), (Some("other"), false), (None, true)] {
            walk.marks.clear();
            walk.enter(key("list"));
            walk.enter(Step::Index(9));
            walk.give_up(Some("message".to_owned()), false);
            walk.give_up(None, false);
            assert_eq!(walk.again(place), expected, "{place:?}");
        }

        walk.enter(key("list"));
        walk.enter(Step::Index(9));
        walk.give_up(Some("message".to_owned()), false);
        walk.give_up(None, false);
        walk.enter(key("other"));
        assert!(!walk.again(None), "another list is to blame");
    }

    #[test]
    fn what_was_overcome_is_not_blamed() {
        let mut walk = Walk::default();
        walk.enter(key("list"));
        walk.enter(Step::Index(9));
        walk.give_up(Some("message".to_owned()), false);
        walk.leave();
        assert!(!walk.again(None));
    }

    #[test]
    fn reading_again_comes_to_an_end() {
        let mut walk = Walk::default();
        assert!((0..MOST_AGAIN).all(|index| fail(&mut walk, index, false)));
        assert!(!fail(&mut walk, MOST_AGAIN, false));
    }

    #[test]
    fn made_up_values_are_bounded_in_depth_and_number() {
        let mut walk = Walk::default();
        let depth = (0..1_000).take_while(|_| walk.begin_making_up()).count();
        assert_eq!(depth, DEEPEST);
        (1..depth).for_each(|_| walk.end_making_up());
        assert!(walk.is_making_up());
        let mut number = depth;
        while walk.begin_making_up() {
            walk.end_making_up();
            number += 1;
        }
        assert_eq!(number, MOST_MADE_UP);
        walk.end_making_up();
        assert!(walk.begin_making_up(), "the next value is counted anew");
    }
}
