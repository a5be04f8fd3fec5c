//! Where a value stands, as a list that grows inwards and lives on the stack: nothing is
//! allocated unless something is wrong.

use std::fmt::Write;

/// One step inwards.
#[derive(Debug, Clone, Copy)]
pub(super) enum Step<'a> {
    /// Into a property or an entry of a map.
    Key(&'a str),
    /// Into a list.
    Index(usize),
    /// Nowhere: the value itself.
    Here,
}

/// All steps from the whole value.
#[derive(Debug, Clone, Copy)]
pub(super) struct Path<'a> {
    pub(super) parent: Option<&'a Path<'a>>,
    pub(super) step: Step<'a>,
}

impl Path<'_> {
    /// The steps, the outermost first.
    fn steps(&self) -> Vec<Step<'_>> {
        let mut steps: Vec<Step<'_>> = std::iter::successors(Some(self), |path| path.parent)
            .map(|path| path.step)
            .collect();
        steps.reverse();
        steps
    }

    /// As a JSON pointer (RFC 6901): `/messages/0/role`.
    pub(super) fn pointer(&self) -> String {
        let mut text = String::new();
        for step in self.steps() {
            match step {
                Step::Key(key) => {
                    text.push('/');
                    text.push_str(&key.replace('~', "~0").replace('/', "~1"));
                }
                Step::Index(index) => write!(text, "/{index}").unwrap_or_default(),
                Step::Here => {}
            }
        }
        text
    }

    /// As errors of decoding name a place: `messages[0].role`.
    pub(super) fn dotted(&self) -> String {
        let mut text = String::new();
        for step in self.steps() {
            match step {
                Step::Key(key) => {
                    if !text.is_empty() {
                        text.push('.');
                    }
                    text.push_str(key);
                }
                Step::Index(index) => write!(text, "[{index}]").unwrap_or_default(),
                Step::Here => {}
            }
        }
        text
    }
}
