//! `pattern`: from ECMA-262, as documents write it, to the syntax of the `regex` crate.

use std::collections::BTreeMap;

use regex::Regex;

use crate::api::Api;
use crate::diag::Diagnostics;

/// The patterns of a document that can be checked, and how they are written in Rust.
#[derive(Debug, Default)]
pub(crate) struct Patterns(BTreeMap<String, String>);

impl Patterns {
    /// Translates every pattern of `api`; what cannot be is reported and not checked.
    pub(super) fn of(api: &Api, diags: &mut Diagnostics) -> Self {
        let mut patterns = BTreeMap::new();
        for schema in &api.schemas {
            let Some(pattern) = &schema.bounds.pattern else {
                continue;
            };
            if patterns.contains_key(pattern) {
                continue;
            }
            let translated = translate(pattern);
            match Regex::new(&translated) {
                Ok(_) => {
                    patterns.insert(pattern.clone(), translated);
                }
                Err(error) => {
                    diags
                        .warning(
                            schema.place.clone(),
                            format!("the pattern `{}` is not checked", pattern.escape_debug()),
                        )
                        .help(reason(&error));
                }
            }
        }
        Self(patterns)
    }

    /// The pattern as Rust has it, if it can be checked.
    pub(super) fn get(&self, pattern: &str) -> Option<&String> {
        self.0.get(pattern)
    }
}

/// Why a pattern does not compile: the last line of the error, which has the sentence.
fn reason(error: &regex::Error) -> String {
    let text = error.to_string();
    let last = text.lines().last().unwrap_or_default();
    let last = last.strip_prefix("error: ").unwrap_or(last);
    format!("the `regex` crate says: {last}")
}

/// The same expression for the `regex` crate: its `\d` and `\w` know all of Unicode, those of
/// ECMA-262 only ASCII; and brackets in a class are ordinary letters in ECMA-262.
fn translate(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut class = false;
    let mut letters = pattern.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => match letters.next() {
                Some('d') => out.push_str(&ascii("0-9", class, letters.as_str())),
                Some('D') => out.push_str("[^0-9]"),
                Some('w') => out.push_str(&ascii("0-9A-Za-z_", class, letters.as_str())),
                Some('W') => out.push_str("[^0-9A-Za-z_]"),
                Some(other) => out.extend(['\\', other]),
                None => out.push('\\'),
            },
            '[' | '&' | '~' if class => out.extend(['\\', letter]),
            '[' => {
                class = true;
                out.push(letter);
            }
            ']' => {
                class = false;
                out.push(letter);
            }
            _ => out.push(letter),
        }
    }
    out
}

/// These letters as a class. Inside another one they need no brackets of their own, unless a
/// hyphen follows that would make a range of the last of them.
fn ascii(letters: &str, class: bool, rest: &str) -> String {
    let hyphen = rest.starts_with('-') && !rest.starts_with("-]");
    match class && !hyphen {
        true => letters.to_owned(),
        false => format!("[{letters}]"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_are_those_of_ecma_262() {
        assert_eq!(translate(r"^\d+\.\w$"), r"^[0-9]+\.[0-9A-Za-z_]$");
        assert_eq!(translate(r"[\w.[&-]\["), r"[0-9A-Za-z_.\[\&-]\[");
        assert_eq!(translate(r"[\d-][\w-.]"), r"[0-9-][[0-9A-Za-z_]-.]");
        for (pattern, fits, other) in [
            (r"^[\w-.]+$", "a-b.c", "a b"),
            (r"^[^\d]$", "x", "7"),
            (r"^\d$", "7", "٧"),
            (r"^a\/b$", "a/b", "ab"),
        ] {
            let regex = Regex::new(&translate(pattern)).expect(pattern);
            assert!(regex.is_match(fits), "{pattern} {fits}");
            assert!(!regex.is_match(other), "{pattern} {other}");
        }
    }
}
