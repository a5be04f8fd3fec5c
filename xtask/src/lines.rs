//! What `generate --message-format json` writes: a JSON object on each line, told apart by
//! its `reason`. Diagnostics are lines as well; `diag::render_json` writes those.

use std::fmt;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub enum Line {
    /// Something is wrong.
    Diagnostic(DiagnosticLine),
    /// What was made of one document.
    Api(ApiLine),
    /// How the disk differs, with `--check`.
    Checked(CheckedLine),
    /// The end of a run that wrote what it should.
    Finished(FinishedLine),
}

/// As much of a diagnostic as is counted.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct DiagnosticLine {
    /// `error` or `warning`.
    pub severity: String,
    /// What is wrong.
    pub message: String,
    /// The file, where there is one.
    pub file: Option<String>,
    /// The line in it.
    pub line: Option<u32>,
}

/// What was made of one document.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct ApiLine {
    /// What its crates are named for.
    pub name: String,
    /// How many operations are generated.
    pub operations: usize,
    /// How many the document has.
    pub operations_in_document: usize,
    /// How many types are generated.
    pub types: usize,
    /// The places that hold any JSON.
    pub open: Vec<OpenLine>,
    /// How many lines are written.
    pub lines: usize,
}

/// A place that holds any JSON.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OpenLine {
    /// The file.
    pub file: String,
    /// The line in it.
    pub line: u32,
    /// The JSON pointer.
    pub pointer: String,
    /// Why.
    pub why: String,
}

/// How the disk differs from what would be written.
#[derive(Debug, Serialize, Deserialize)]
pub struct CheckedLine {
    /// Files that would change.
    pub stale: Vec<PathBuf>,
    /// Files that would be added.
    pub missing: Vec<PathBuf>,
    /// Files that would be removed.
    pub orphaned: Vec<PathBuf>,
    /// How many files are as they should be.
    pub unchanged: usize,
}

/// What was written, and how long the run took.
#[derive(Debug, Serialize, Deserialize)]
pub struct FinishedLine {
    /// How many files were written.
    pub written: usize,
    /// How many were as they should be.
    pub unchanged: usize,
    /// How many were removed.
    pub removed: usize,
    /// How long all of it took.
    pub milliseconds: u64,
}

impl fmt::Display for Line {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = serde_json::to_string(self).map_err(|_| fmt::Error)?;
        formatter.write_str(&text)
    }
}
