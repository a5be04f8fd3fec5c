//! The YAML parser's errors in words for the author of a document, with what to do.

use super::build::MAX_DEPTH;
use super::tree::Location;
use crate::diag::{Diagnostic, Place};

/// What the parser says, what we say, and what helps.
const ERRORS: &[(&str, &str, &str)] = &[
    (
        "mapping values are not allowed",
        "a `:` cannot stand here",
        "put a text that has `: ` in it in quotes; give every key a line of its own, indented \
         like the keys beside it",
    ),
    (
        "tab",
        "a tab stands where YAML takes only spaces",
        "replace the tabs at the start of lines with spaces",
    ),
    (
        "unexpected end of stream",
        "this text has no closing quote",
        "add the closing quote",
    ),
    (
        "invalid indentation in quoted scalar",
        "this text has no closing quote, or its later lines are not indented",
        "add the closing quote, or indent the later lines deeper than the key",
    ),
    (
        "unknown anchor",
        "nothing has the name of this alias",
        "write `&name` before the value that `*name` repeats; quote a text that starts with `*`",
    ),
    (
        "unexpected character",
        "an unquoted text cannot start like this",
        "quote a text that starts with `@`, `%` or a backtick",
    ),
    (
        "block mapping, did not find expected key",
        "this line does not fit the keys around it",
        "indent it exactly like the keys that it belongs to",
    ),
    (
        "did not find expected '-'",
        "this line is no entry of the list above it",
        "start it with `- `, or indent it like the key that it belongs to",
    ),
    (
        "flow mapping, did not find expected",
        "a `,` or `}` is missing before this",
        "close the `{`, or quote the text: within brackets, an unquoted text has no `,`, `[` or `{`",
    ),
    (
        "flow sequence, expected",
        "a `,` or `]` is missing before this",
        "close the `[`, or quote the text: within brackets, an unquoted text has no `,`, `[` or `{`",
    ),
    (
        "illegal placement of ':'",
        "a `]` is missing before this, or a key in brackets goes over two lines",
        "close the `[`, or quote a text that starts with it",
    ),
    (
        "expected <document start>",
        "the document is complete, and this follows it",
        "indent all top-level keys alike, and leave out everything that is not YAML",
    ),
    (
        "unknown escape character",
        "a backslash in this text starts no escape that YAML knows",
        "write the backslash twice, or use single quotes, which take it as it is",
    ),
    (
        "trailing content after",
        "a quoted text has ended, and this follows it",
        "quote the whole text; within double quotes, a quote is written `\\\"`",
    ),
    (
        "block sequence entries are not allowed",
        "a list cannot start on the line of its key",
        "give every `- ` a line of its own; quote a text that starts with `- `",
    ),
    (
        "misplaced bracket",
        "this bracket closes nothing",
        "remove it, or quote a text that starts with it",
    ),
    (
        "scanning a block scalar, did not find",
        "nothing may follow `|` or `>` on its line",
        "start the text on the next line, indented; quote a text that starts with `|` or `>`",
    ),
    (
        "intercepting the multiline text",
        "a comment stands within a text of several lines",
        "quote the text, or move the comment above it",
    ),
    (
        "unprintable character",
        "a control character stands here",
        "remove it, or write it as an escape in double quotes",
    ),
];

/// The parser's `info` as a diagnostic at `at`. `opened` is where the innermost array or
/// object starts, which helps with missing brackets.
pub(super) fn explain(
    info: &str,
    at: Location,
    opened: Option<Location>,
    text: &str,
) -> Diagnostic {
    let place = Place::plain(within(at, text));
    if info.contains("recursion limit") {
        let message = format!("values nest deeper than {MAX_DEPTH} levels here");
        return Diagnostic::error(place, message);
    }
    let known = ERRORS.iter().find(|(needle, ..)| info.contains(needle));
    let Some((needle, message, help)) = known else {
        return Diagnostic::error(place, format!("not valid YAML: {info}"));
    };
    let mut error = Diagnostic::error(place, format!("not valid YAML: {message}"));
    error.help(*help);
    if let Some(opened) = opened.filter(|_| needle.starts_with("flow")) {
        error.related(Place::plain(opened), "it was opened here");
    }
    error
}

/// The parser puts what is wrong with the end of the text on a line after it: that is
/// moved to the end of the last line that has anything.
fn within(at: Location, text: &str) -> Location {
    let lines: Vec<&str> = text.trim_end().lines().collect();
    if at.line as usize <= lines.len() {
        return at;
    }
    let last = lines.last().map_or(0, |line| line.chars().count());
    Location {
        line: lines.len().max(1) as u32,
        column: last.max(1) as u32,
        ..at
    }
}
