//! The way from a value to the place inside it where an error arose.
//!
//! A format's own error knows a line and a column at best, and those are of no use inside a value that was buffered and
//! read again. So whoever reads such a value adds a [`Step`] to the thread's [`Trail`] as an error passes by. Nothing
//! is done unless there is an error.

use crate::state;
use std::fmt::{self, Write};

/// One step into a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    /// To an object's member.
    Key(String),
    /// To a list's item.
    Index(usize),
}

impl Step {
    /// Whether it goes to this member.
    pub(crate) fn is_key(&self, name: &str) -> bool {
        matches!(self, Self::Key(key) if key == name)
    }
}

/// The steps towards an error, innermost first.
#[derive(Debug, Default)]
pub(crate) struct Trail {
    message: String,
    steps: Vec<Step>,
}

impl Trail {
    /// Adds the next step outwards for the error with this message.
    pub(crate) fn extend(&mut self, message: String, step: Step) {
        // Another message: the last error was swallowed by whoever tried something else afterwards.
        if self.message != message {
            self.steps.clear();
            self.message = message;
        }
        self.steps.push(step);
    }

    /// The steps towards the error with this text, outermost first. The text may go on after the message: a format
    /// adds the line and the column.
    pub(crate) fn steps_for(self, text: &str) -> Option<Vec<Step>> {
        let mut steps = self.steps;
        steps.reverse();
        (!steps.is_empty() && text.starts_with(&self.message)).then_some(steps)
    }
}

/// Passes `error` on after noting that it came from the member `key`.
#[cold]
pub(crate) fn at_key<E: fmt::Display>(error: E, key: &str) -> E {
    state::extend_trail(&error, Step::Key(key.to_owned()));
    error
}

/// Passes `error` on after noting that it came from the item at `index`.
#[cold]
pub(crate) fn at_index<E: fmt::Display>(error: E, index: usize) -> E {
    state::extend_trail(&error, Step::Index(index));
    error
}

/// A JSON path such as `data[3].content[0].type`; empty for the whole value.
pub(crate) fn path(steps: &[Step]) -> String {
    let mut path = String::new();
    steps.iter().for_each(|step| add(&mut path, step));
    path
}

/// Adds a step to a path.
pub(crate) fn add(path: &mut String, step: &Step) {
    match step {
        Step::Index(index) => {
            // Writing to a string cannot fail.
            let _ = write!(path, "[{index}]");
        }
        Step::Key(key) => add_key(path, key),
    }
}

/// Adds the step to a member to a path.
pub(crate) fn add_key(path: &mut String, key: &str) {
    if !is_plain(key) {
        // Writing to a string cannot fail.
        let _ = write!(path, "[{}]", serde_json::Value::from(key));
        return;
    }
    if !path.is_empty() {
        path.push('.');
    }
    path.push_str(key);
}

/// The path to what is at `inner` below `outer`.
pub(crate) fn join(outer: &str, inner: &str) -> String {
    let is_apart = outer.is_empty() || inner.is_empty() || inner.starts_with('[');
    let between = if is_apart { "" } else { "." };
    format!("{outer}{between}{inner}")
}

/// Whether a key can stand in a path as it is.
fn is_plain(key: &str) -> bool {
    !key.is_empty()
        && key.chars().all(|character| {
            character.is_alphanumeric() || matches!(character, '_' | '-' | '$' | '@')
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> Step {
        Step::Key(name.to_owned())
    }

    #[test]
    fn a_path_is_readable_and_unambiguous() {
        assert_eq!(path(&[]), "");
        assert_eq!(
            path(&[
                key("data"),
                Step::Index(3),
                key("content"),
                Step::Index(0),
                key("type")
            ]),
            "data[3].content[0].type"
        );
        assert_eq!(
            path(&[Step::Index(0), key("a.b"), key(""), key("\"")]),
            r#"[0]["a.b"][""]["\""]"#
        );
    }

    #[test]
    fn another_error_starts_anew() {
        let mut trail = Trail::default();
        trail.extend("first".to_owned(), key("a"));
        trail.extend("second".to_owned(), Step::Index(1));
        trail.extend("second".to_owned(), key("b"));
        assert_eq!(
            trail.steps_for("second at line 1"),
            Some(vec![key("b"), Step::Index(1)])
        );
    }

    #[test]
    fn a_stale_trail_is_not_taken() {
        let mut trail = Trail::default();
        trail.extend("first".to_owned(), key("a"));
        assert_eq!(trail.steps_for("second"), None);
    }
}
