//! How the disk differs from what would be generated.

use std::fmt;
use std::path::PathBuf;

use super::Files;
use super::survey::Survey;
use crate::diag::escape;

/// How the disk differs from the files of a run. All paths are below the root, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Check {
    /// Files with another text.
    pub stale: Vec<Difference>,
    /// Files that are not there.
    pub missing: Vec<PathBuf>,
    /// Generated files that are generated no longer.
    pub orphaned: Vec<PathBuf>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

/// The first line in which a file differs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The file.
    pub path: PathBuf,
    /// The number of the line, counted from one.
    pub line: usize,
    /// The line on the disk; `None` where the file has ended.
    pub found: Option<String>,
    /// The line that would be generated; `None` where the file should have ended.
    pub expected: Option<String>,
}

impl Check {
    /// Whether the disk is as it should be.
    pub fn is_clean(&self) -> bool {
        self.stale.is_empty() && self.missing.is_empty() && self.orphaned.is_empty()
    }
}

/// One paragraph for each stale file, one line for each other:
///
/// ```text
/// stale: assistants-types/src/lib.rs, line 12
///   - pub struct Thread {
///   + pub struct Run {
/// missing: assistants-types/src/run.rs
/// orphaned: assistants-types/src/thread.rs
/// ```
impl fmt::Display for Check {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for stale in &self.stale {
            writeln!(f, "stale: {}, line {}", stale.path.display(), stale.line)?;
            writeln!(f, "  - {}", shown(stale.found.as_deref()))?;
            writeln!(f, "  + {}", shown(stale.expected.as_deref()))?;
        }
        for path in &self.missing {
            writeln!(f, "missing: {}", path.display())?;
        }
        for path in &self.orphaned {
            writeln!(f, "orphaned: {}", path.display())?;
        }
        Ok(())
    }
}

/// A line as it is shown: harmless, and not endless.
fn shown(line: Option<&str>) -> String {
    const WIDTH: usize = 160;
    let Some(line) = line else {
        return "(the file ends)".to_owned();
    };
    let mut chars = line.chars();
    let mut shown = escape(&chars.by_ref().take(WIDTH).collect::<String>());
    if chars.next().is_some() {
        shown.push('…');
    }
    shown
}

pub(super) fn check(files: &Files, survey: Survey) -> Check {
    let mut check = Check {
        orphaned: survey.orphans,
        unchanged: survey.unchanged,
        ..Check::default()
    };
    for change in survey.changed {
        match change.old {
            None => check.missing.push(change.path),
            Some(old) => {
                let old = String::from_utf8_lossy(&old);
                let new = &files[&change.path];
                check.stale.push(difference(change.path, &old, new));
            }
        }
    }
    check
}

/// The first line in which two texts differ. A line is what stands between line feeds, so
/// that other line ends and a missing last one are differences too.
fn difference(path: PathBuf, found: &str, expected: &str) -> Difference {
    let mut found = found.split('\n');
    let mut expected = expected.split('\n');
    let mut line = 1;
    loop {
        match (found.next(), expected.next()) {
            (Some(a), Some(b)) if a == b => line += 1,
            // Bytes that are no text can differ where their replacements do not.
            (None, None) => {
                return Difference {
                    path,
                    line,
                    found: None,
                    expected: None,
                };
            }
            (found, expected) => {
                return Difference {
                    path,
                    line,
                    found: found.map(str::to_owned),
                    expected: expected.map(str::to_owned),
                };
            }
        }
    }
}
