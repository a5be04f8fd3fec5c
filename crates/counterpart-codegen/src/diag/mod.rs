//! Diagnostics: what is wrong with the input, where, and what to type next.
//!
//! Every stage collects into one [`Diagnostics`] and the pipeline stops between stages
//! when it holds an error, so that a user sees all of a stage's errors at once:
//!
//! ```text
//! error: two variants of `Delta` accept the same JSON
//!   --> spec/assistants.yaml:41:7
//!    |
//! 41 |       oneOf:
//!    |       ^^^^^
//!    |
//!    = in: #/components/schemas/Delta/oneOf
//!    = help: add an action that gives the variants a tag
//! ```

mod excerpt;
mod json;
mod render;
mod suggest;
#[cfg(test)]
mod tests;

use crate::load::tree::Location;

pub use excerpt::escape;
pub use json::render_json;
pub use render::render;
pub use suggest::closest;

/// How bad a diagnostic is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Nothing is written.
    Error,
    /// Output is written; something deserves a look.
    Warning,
}

/// A place in the document: where it is written and its JSON pointer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Where the node is written.
    pub at: Location,
    /// The pointer with a leading `#`, such as `#/components/schemas/Run`; empty where a
    /// pointer has no meaning (a syntax error, the configuration).
    pub pointer: String,
}

impl Place {
    /// A place without a pointer.
    pub fn plain(at: Location) -> Self {
        Self {
            at,
            pointer: String::new(),
        }
    }
}

/// One thing to tell the user.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in one line, lower case, without a full stop.
    pub message: String,
    /// Where, when it is somewhere.
    pub place: Option<Place>,
    /// A second place that matters, with what it is: the other of two duplicates, say.
    pub related: Option<(Place, String)>,
    /// What to do next.
    pub help: Option<String>,
}

impl Diagnostic {
    /// An error that is not in a collection yet.
    pub fn error(place: impl Into<Option<Place>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Error, place.into(), message.into())
    }

    /// A warning that is not in a collection yet.
    pub fn warning(place: impl Into<Option<Place>>, message: impl Into<String>) -> Self {
        Self::new(Severity::Warning, place.into(), message.into())
    }

    fn new(severity: Severity, place: Option<Place>, message: String) -> Self {
        Self {
            severity,
            message,
            place,
            related: None,
            help: None,
        }
    }

    /// Adds what to do next.
    pub fn help(&mut self, help: impl Into<String>) -> &mut Self {
        self.help = Some(help.into());
        self
    }

    /// Adds a second place.
    pub fn related(&mut self, place: Place, label: impl Into<String>) -> &mut Self {
        self.related = Some((place, label.into()));
        self
    }
}

/// How many diagnostics of each severity are kept. A hostile document can be wrong in a
/// million places; nobody reads more than the first few.
const KEPT: usize = 2_000;

/// The diagnostics of a run, in the order in which they were found.
///
/// Beyond the first 2,000 errors and the first 2,000 warnings they are only counted.
#[derive(Debug, Clone, Default)]
pub struct Diagnostics {
    items: Vec<Diagnostic>,
    errors: usize,
    warnings: usize,
    /// Where a diagnostic that is no longer kept can still be written to.
    spare: Option<Diagnostic>,
}

impl Diagnostics {
    /// Adds an error.
    pub fn error(
        &mut self,
        place: impl Into<Option<Place>>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Diagnostic::error(place, message))
    }

    /// Adds a warning.
    pub fn warning(
        &mut self,
        place: impl Into<Option<Place>>,
        message: impl Into<String>,
    ) -> &mut Diagnostic {
        self.add(Diagnostic::warning(place, message))
    }

    /// Adds a diagnostic that was made elsewhere.
    pub fn add(&mut self, diagnostic: Diagnostic) -> &mut Diagnostic {
        let found = match diagnostic.severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        };
        *found += 1;
        if *found <= KEPT {
            self.items.push(diagnostic);
            self.items.last_mut().expect("bug: one was just pushed")
        } else {
            self.spare.insert(diagnostic)
        }
    }

    /// Moves everything that `other` holds to the end of this collection.
    pub fn append(&mut self, other: Diagnostics) {
        let dropped = (
            other.errors - count(&other.items, Severity::Error),
            other.warnings - count(&other.items, Severity::Warning),
        );
        for diagnostic in other.items {
            self.add(diagnostic);
        }
        self.errors += dropped.0;
        self.warnings += dropped.1;
    }

    /// Whether anything in here stops the run.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// How many errors were found, those that were not kept included.
    pub fn errors(&self) -> usize {
        self.errors
    }

    /// How many warnings were found, those that were not kept included.
    pub fn warnings(&self) -> usize {
        self.warnings
    }

    /// Those that are kept, in the order in which they were found.
    pub fn items(&self) -> &[Diagnostic] {
        &self.items
    }
}

fn count(items: &[Diagnostic], severity: Severity) -> usize {
    items
        .iter()
        .filter(|item| item.severity == severity)
        .count()
}

/// The diagnostics in the order in which they are shown: errors first, each severity in
/// the order of the texts, and nothing said twice of one place.
fn shown(diags: &Diagnostics) -> Vec<&Diagnostic> {
    let mut items: Vec<&Diagnostic> = diags.items.iter().collect();
    // The sort is stable: what has the same place stays in the order of finding.
    items.sort_by_key(|item| (item.severity, item.place.as_ref().map(|place| place.at)));
    items.dedup_by(|a, b| {
        let place = |item: &Diagnostic| item.place.as_ref().map(|place| place.at);
        a.severity == b.severity && a.message == b.message && place(a) == place(b)
    });
    items
}
