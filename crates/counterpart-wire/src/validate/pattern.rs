//! `pattern`: regular expressions, each compiled once and only when something is checked.

use std::sync::OnceLock;

use regex::Regex;

/// A regular expression; [`pattern!`](crate::pattern!) makes it.
#[derive(Debug)]
pub struct Pattern {
    text: &'static str,
    regex: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// A pattern that is compiled when it is first needed.
    pub const fn new(text: &'static str) -> Self {
        Self {
            text,
            regex: OnceLock::new(),
        }
    }

    /// The expression.
    pub fn as_str(&self) -> &'static str {
        self.text
    }

    /// Whether it is found in the text. The generator writes no pattern that does not compile; one that does not is
    /// found in everything, so that a mistake of ours refuses nobody's request.
    pub fn matches(&self, text: &str) -> bool {
        let regex = self.regex.get_or_init(|| Regex::new(self.text).ok());
        regex.as_ref().is_none_or(|regex| regex.is_match(text))
    }
}

/// A [`Pattern`](crate::validate::Pattern) of its own place in the source, compiled once.
#[macro_export]
macro_rules! pattern {
    ($text:literal) => {{
        static PATTERN: $crate::validate::Pattern = $crate::validate::Pattern::new($text);
        &PATTERN
    }};
}
