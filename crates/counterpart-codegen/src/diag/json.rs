//! Diagnostics as one JSON object per line, for editors and other programs.

use serde::Serialize;

use super::{Diagnostic, Diagnostics, Place, Severity, shown};
use crate::load::tree::Sources;

#[derive(Serialize)]
struct Line<'a> {
    reason: &'static str,
    severity: &'static str,
    message: &'a str,
    #[serde(flatten)]
    place: Option<Spot<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    related: Option<Related<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    help: Option<&'a str>,
}

#[derive(Serialize)]
struct Spot<'a> {
    file: &'a str,
    line: u32,
    column: u32,
    #[serde(skip_serializing_if = "str::is_empty")]
    pointer: &'a str,
}

#[derive(Serialize)]
struct Related<'a> {
    label: &'a str,
    #[serde(flatten)]
    place: Spot<'a>,
}

/// Every diagnostic that was kept, one JSON object on each line, errors first.
///
/// The members are `reason`, which is `diagnostic`, `severity`, `message` and, where they apply, `file`, `line`, `column`,
/// `pointer`, `help` and `related` (a `label` with a place of its own).
pub fn render_json(diags: &Diagnostics, sources: &Sources) -> String {
    let mut text = String::new();
    for item in shown(diags) {
        let line = serde_json::to_string(&line(item, sources));
        text.push_str(&line.expect("bug: a diagnostic is plain data"));
        text.push('\n');
    }
    text
}

fn line<'a>(item: &'a Diagnostic, sources: &'a Sources) -> Line<'a> {
    Line {
        reason: "diagnostic",
        severity: match item.severity {
            Severity::Error => "error",
            Severity::Warning => "warning",
        },
        message: &item.message,
        place: item.place.as_ref().map(|place| spot(place, sources)),
        related: item.related.as_ref().map(|(place, label)| Related {
            label,
            place: spot(place, sources),
        }),
        help: item.help.as_deref(),
    }
}

fn spot<'a>(place: &'a Place, sources: &'a Sources) -> Spot<'a> {
    Spot {
        file: &sources.get(place.at.source).name,
        line: place.at.line,
        column: place.at.column,
        pointer: &place.pointer,
    }
}
