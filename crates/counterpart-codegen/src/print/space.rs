//! Blank lines, which `prettyplease` never prints: between items, between methods, and
//! between fields when any of them has docs.
//!
//! The pass looks at lines alone and changes nothing but white space; doing it twice does
//! nothing more.

use std::borrow::Cow;

/// The text with blank lines where a person would put them.
pub(super) fn spaced(text: &str) -> String {
    let lines = text.lines().filter(|line| !line.is_empty());
    let lines = whole_calls(lines);
    let mut out = String::with_capacity(text.len() + text.len() / 16);
    let mut previous = Previous::default();
    for line in lines {
        let current = Line::of(&line);
        if previous.wants_blank_before(&current) {
            out.push('\n');
        }
        match is_macro_call(&line) {
            true => push_call(&mut out, &line),
            false => out.push_str(&line),
        }
        out.push('\n');
        previous.advance(current);
    }
    out
}

/// The lines, with what `call!` takes on one, however long it gets: it has types in it, which
/// `prettyplease` breaks anywhere.
fn whole_calls<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<Cow<'t, str>> {
    let mut whole: Vec<Cow<'t, str>> = Vec::new();
    let mut open = false;
    for line in lines {
        match whole.last_mut() {
            Some(last) if open => {
                let last = last.to_mut();
                if !last.ends_with('(') && line != ");" {
                    last.push(' ');
                }
                last.push_str(line.trim_start());
                open = line != ");";
            }
            _ => {
                open = line == "call!(";
                whole.push(Cow::Borrowed(line));
            }
        }
    }
    whole
}

/// A line of generated code is not longer than this.
const WIDTH: usize = 89;

/// Writes a call of a macro, each argument on a line of its own where one is too short.
fn push_call(out: &mut String, line: &str) {
    let line = with_tight_paths(line);
    let inner = line
        .strip_prefix("call!(")
        .and_then(|rest| rest.strip_suffix(");"));
    match inner {
        Some(inner) if line.len() > WIDTH => {
            let arguments = arguments(inner).join(",\n    ");
            out.push_str(&format!("call!(\n    {arguments}\n);"));
        }
        _ => out.push_str(&line),
    }
}

/// The arguments of a call: what stands between the commas that are inside of nothing.
fn arguments(text: &str) -> Vec<&str> {
    let mut depth = 0_i32;
    let mut previous = ' ';
    let between = |letter: char| {
        // The `>` of `=>` closes nothing.
        match letter {
            '<' | '(' | '[' => depth += 1,
            '>' if previous == '=' => {}
            '>' | ')' | ']' => depth -= 1,
            _ => {}
        }
        previous = letter;
        letter == ',' && depth == 0
    };
    let arguments = text.split(between).map(str::trim);
    arguments.filter(|argument| !argument.is_empty()).collect()
}

/// Whether a line is an item such as `call!(ListRuns => Vec<Run>, Error);`.
fn is_macro_call(line: &str) -> bool {
    let name = line.find("!(").map(|end| &line[..end]);
    let plain = |name: &str| {
        name.chars()
            .all(|letter| letter.is_ascii_lowercase() || letter == '_')
    };
    name.is_some_and(plain) && line.ends_with(");")
}

/// What a macro takes is tokens to `prettyplease`, which prints `Vec < Run >`.
fn with_tight_paths(line: &str) -> String {
    line.replace(" < ", "<").replace(" >", ">")
}

/// What a line is, as far as spacing goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// `//! …`.
    InnerDocs,
    /// `#![…]`.
    InnerAttribute,
    /// `/// …` or `#[…]`: belongs to what follows.
    Attribute,
    /// `use …;`, by where it comes from: those of one kind stand together.
    Import(Origin),
    /// `mod …;`.
    Module,
    /// A line that goes on with or ends what began on this indentation: `}`, `{`, `where`, the
    /// `for` of a long `impl`.
    Rest,
    /// `fn …`.
    Function,
    /// Anything else.
    Other,
}

/// Where an import comes from, and whether it goes on to others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Origin {
    Std,
    External,
    Crate,
    Exported,
}

#[derive(Debug, Clone, Copy)]
struct Line {
    indent: usize,
    kind: Kind,
    /// Whether the line opens a block.
    opens: bool,
}

impl Line {
    fn of(line: &str) -> Self {
        let text = line.trim_start();
        Self {
            indent: line.len() - text.len(),
            kind: kind(text),
            opens: !text.starts_with("//") && text.ends_with(['{', '(', '[']),
        }
    }
}

fn kind(text: &str) -> Kind {
    let begins = |starts: &[&str]| starts.iter().any(|start| text.starts_with(start));
    if begins(&["//!"]) {
        Kind::InnerDocs
    } else if begins(&["#!["]) {
        Kind::InnerAttribute
    } else if begins(&["///", "#["]) {
        Kind::Attribute
    } else if begins(&["pub use "]) {
        Kind::Import(Origin::Exported)
    } else if begins(&["use std::"]) {
        Kind::Import(Origin::Std)
    } else if begins(&["use crate"]) {
        Kind::Import(Origin::Crate)
    } else if begins(&["use "]) {
        Kind::Import(Origin::External)
    } else if begins(&["mod "]) && text.ends_with(';') {
        Kind::Module
    } else if begins(&["}", ")", "]", ">", "{", "where", "for "]) {
        Kind::Rest
    } else if begins(&["fn ", "pub fn ", "async fn ", "pub async fn "]) {
        Kind::Function
    } else {
        Kind::Other
    }
}

/// The line before, and what it ended.
#[derive(Debug, Default)]
struct Previous {
    line: Option<Line>,
    /// The import or attribute that takes several lines and is not closed yet.
    open: Option<Line>,
}

impl Previous {
    fn wants_blank_before(&self, current: &Line) -> bool {
        let Some(previous) = self.line else {
            return false;
        };
        if self.open.is_some() || previous.opens || current.kind == Kind::Rest {
            return false;
        }
        match (previous.kind, current.kind) {
            // Attributes stand with what they belong to.
            (Kind::Attribute, _) => false,
            (Kind::InnerDocs, Kind::InnerDocs) => false,
            (Kind::InnerAttribute, Kind::InnerAttribute) => false,
            (Kind::Module, Kind::Module) => false,
            (Kind::Import(before), Kind::Import(now)) => before != now,
            // Documented members and methods stand apart; statements do not.
            (_, Kind::Attribute | Kind::Function) => true,
            _ => current.indent == 0,
        }
    }

    fn advance(&mut self, line: Line) {
        match (self.open, line.kind) {
            (Some(open), Kind::Rest) if line.indent == open.indent => {
                self.open = None;
                self.line = Some(Line {
                    opens: false,
                    ..open
                });
            }
            (Some(_), _) => {}
            (None, Kind::Import(_) | Kind::Attribute) if line.opens => {
                self.open = Some(line);
                self.line = Some(line);
            }
            (None, _) => self.line = Some(line),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "\
//! Runs.
#![deny(missing_docs)]
use a::B;
use c::{
    D, E,
};
use crate::F;
/// A run.
#[derive(Debug)]
pub struct Run {
    /// Its id.
    pub id: String,
    pub name: String,
    /// Its state.
    pub state: String,
}
impl Run {
    /// The kind.
    pub const KIND: &'static str = \"run\";
    /// Makes one.
    pub fn new() -> Self {
        let id = 1;
        Self { id }
    }
}
object!(Run);
";

    #[test]
    fn items_methods_and_documented_fields_stand_apart() {
        let expected = "\
//! Runs.

#![deny(missing_docs)]

use a::B;
use c::{
    D, E,
};

use crate::F;

/// A run.
#[derive(Debug)]
pub struct Run {
    /// Its id.
    pub id: String,
    pub name: String,

    /// Its state.
    pub state: String,
}

impl Run {
    /// The kind.
    pub const KIND: &'static str = \"run\";

    /// Makes one.
    pub fn new() -> Self {
        let id = 1;
        Self { id }
    }
}

object!(Run);
";
        assert_eq!(spaced(TEXT), expected);
    }

    #[test]
    fn an_attribute_of_several_lines_stands_with_its_item() {
        let text = "\
fn a() {}

#[doc(
    hidden,
)]
fn b() {}
";
        assert_eq!(spaced(text), text);
    }

    #[test]
    fn types_that_a_macro_takes_are_spelled_as_elsewhere() {
        assert_eq!(
            spaced("call!(A => Map < String, Vec < B > >, C);\n"),
            "call!(A => Map<String, Vec<B>>, C);\n"
        );
    }

    #[test]
    fn a_long_call_of_a_macro_has_an_argument_on_each_line() {
        let text = "\
call!(
    FindRecords => IndexMap < String, Vec < IndexMap < String, Vec < String > > > >,
    FindRecordsError, paged
);
";
        let expected = "\
call!(
    FindRecords => IndexMap<String, Vec<IndexMap<String, Vec<String>>>>,
    FindRecordsError,
    paged
);
";
        assert_eq!(spaced(text), expected);
        assert_eq!(spaced(expected), expected);
    }

    #[test]
    fn a_long_impl_stays_together() {
        let text = "\
impl From<GetAuthorizationDetailsOfTheApplicationResponse>
for GetAuthorizationDetailsOfTheApplicationReply {
    fn from(value: Response) -> Self {
        Self::Ok(value)
    }
}
";
        assert_eq!(spaced(text), text);
    }

    #[test]
    fn spacing_twice_is_spacing_once() {
        let once = spaced(TEXT);
        assert_eq!(spaced(&once), once);
    }
}
