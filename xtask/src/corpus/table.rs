//! The table of a corpus run.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

use comfy_table::{Cell, CellAlignment, Table, presets};

use super::Row;
use super::find::Expect;
use super::generate::End;

impl Row {
    /// What must not be, if anything is.
    pub fn fault(&self) -> Option<String> {
        let found = self.found.as_ref();
        if let Some(found) = found.filter(|found| found.errors + found.warnings > 0) {
            let first = found.first.as_deref().unwrap_or("clippy complains");
            return Some(format!("does not compile cleanly: {first}"));
        }
        match self.outcome.end {
            End::TooLong => return Some("takes too long".to_owned()),
            End::TooBig => return Some("takes too much memory".to_owned()),
            End::Crashed => return Some("crashes the generator".to_owned()),
            End::Generated | End::Refused => {}
        }
        let refused = self.outcome.end == End::Refused;
        let located = |severity: &str| {
            let mut said = self.outcome.said_as(severity);
            said.any(|said| said.line.is_some())
        };
        // A file that cannot be read at all has no lines.
        let named = self.outcome.said.iter().any(|said| {
            let name = self.document.path.file_name().unwrap_or_default();
            said.message.contains(&*name.to_string_lossy())
        });
        let told = located("error") || refused && named;
        match self.document.expect {
            Some(Expect::Generate) if refused => Some("should generate".to_owned()),
            Some(Expect::Error) if !refused => Some("should be refused".to_owned()),
            Some(Expect::Diagnose) if !told && !located("warning") => {
                Some("nothing is said of what is wrong with it".to_owned())
            }
            _ if refused && !told => Some("is refused without a place".to_owned()),
            _ => None,
        }
    }

    fn result(&self) -> &'static str {
        match self.outcome.end {
            End::Generated if self.outcome.said_as("warning").next().is_some() => "warnings",
            End::Generated => "generated",
            End::Refused => "refused",
            End::TooLong => "too long",
            End::TooBig => "too big",
            End::Crashed => "crashed",
        }
    }

    /// What was made in numbers: operations, types, open places, lines.
    fn numbers(&self) -> [String; 4] {
        let Some(api) = &self.outcome.api else {
            return Default::default();
        };
        [
            format!("{}/{}", api.operations, api.operations_in_document),
            api.types.to_string(),
            api.open.len().to_string(),
            api.lines.to_string(),
        ]
    }

    fn checked(&self) -> String {
        match &self.found {
            None => String::new(),
            Some(found) if found.errors > 0 => format!("{} errors", found.errors),
            Some(found) if found.warnings > 0 => format!("{} warnings", found.warnings),
            Some(_) => "clean".to_owned(),
        }
    }

    /// Why places are left open: each reason and how often.
    fn open(&self) -> String {
        let mut reasons: BTreeMap<&str, usize> = BTreeMap::new();
        for open in self.outcome.api.iter().flat_map(|api| &api.open) {
            *reasons.entry(&open.why).or_default() += 1;
        }
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        let reasons: Vec<String> = reasons
            .into_iter()
            .map(|(why, count)| format!("{count}: {why}"))
            .collect();
        reasons.join("; ")
    }
}

const HEAD: [&str; 9] = [
    "document",
    "result",
    "operations",
    "types",
    "open",
    "lines",
    "ms",
    "MiB",
    "clippy",
];

fn cells(row: &Row) -> [String; 9] {
    let [operations, types, open, lines] = row.numbers();
    [
        row.document.name.clone(),
        row.result().to_owned(),
        operations,
        types,
        open,
        lines,
        row.outcome.milliseconds.to_string(),
        (row.outcome.bytes >> 20).to_string(),
        row.checked(),
    ]
}

/// The table for people, and below it what must not be.
pub fn text(rows: &[Row]) -> String {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING);
    table.set_header(HEAD);
    for row in rows {
        let cells = cells(row).into_iter().enumerate();
        table.add_row(cells.map(|(column, cell)| match column {
            2..=7 => Cell::new(cell).set_alignment(CellAlignment::Right),
            _ => Cell::new(cell),
        }));
    }
    let mut text = format!("{table}\n\n");
    for row in rows {
        if let Some(fault) = row.fault() {
            let _ = writeln!(text, "{}: {fault}", row.document.name);
        }
    }
    let _ = write!(text, "{}", sums(rows));
    text
}

/// `170 documents: 131 generated, 39 refused; 2 not as they should be`
fn sums(rows: &[Row]) -> String {
    let of = |end: End| rows.iter().filter(|row| row.outcome.end == end).count();
    let operations = |row: &Row| row.outcome.api.as_ref().map_or(0, |api| api.operations);
    let clean = rows.iter().filter(|row| {
        let found = row.found.as_ref();
        found.is_some_and(|found| found.errors + found.warnings == 0)
    });
    let checked = rows.iter().filter(|row| row.found.is_some()).count();
    format!(
        "{} documents: {} generated with {} operations, {} refused; {} of {checked} compile cleanly; {} not as they should be",
        rows.len(),
        of(End::Generated),
        rows.iter().map(operations).sum::<usize>(),
        of(End::Refused),
        clean.count(),
        rows.iter().filter(|row| row.fault().is_some()).count(),
    )
}

/// Saves the table with tabs, and with the reasons for what is left open and what was said.
pub fn save(rows: &[Row], path: &Path) -> io::Result<()> {
    let mut text = HEAD.join("\t");
    text.push_str("\twhy open\tfault\tfirst message\n");
    for row in rows {
        let first = row.outcome.said.first();
        let first = first.map(|said| said.message.clone()).unwrap_or_default();
        let more = [row.open(), row.fault().unwrap_or_default(), first];
        let cells = cells(row).into_iter().chain(more);
        let cells: Vec<String> = cells.map(|cell| cell.replace(['\t', '\n'], " ")).collect();
        text.push_str(&cells.join("\t"));
        text.push('\n');
    }
    fs::write(path, text)
}
