//! `cargo xtask corpus`: the generator on every document below a folder.
//!
//! ```text
//! find      DIR               -> documents, and what is expected of each
//! generate  a document        -> what the generator said, in a process of its own
//! check     all that is there -> what clippy says of each crate
//! table     all of it         -> lines for people and for `report.tsv`
//! ```
//!
//! A document may hang the generator, crash it or eat all memory: that is what is to be found
//! out. So each has a process, which is watched and ended when it takes too much.

mod check;
mod find;
mod generate;
mod table;

use std::collections::{BTreeMap, VecDeque};
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::flags::{self, Corpus};
use super::session::say;
use check::Found;
use find::Document;
use generate::{Limits, Outcome};

/// What became of one document.
struct Row {
    document: Document,
    outcome: Outcome,
    /// What clippy found in its crates; none where nothing was compiled.
    found: Option<Found>,
}

/// Tries every document. Whether all went as it should.
pub fn run(flags: &Corpus) -> io::Result<bool> {
    let dir = match &flags.dir {
        Some(dir) => dir.clone(),
        None => flags::root().join("../shared/corpus"),
    };
    if !dir.is_dir() {
        let message = format!(
            "there is no folder `{}`; name one: cargo xtask corpus DIR",
            dir.display()
        );
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    let mut documents = find::documents(&dir)?;
    documents.retain(|document| {
        let name = document.name.as_str();
        flags.filter.is_empty() || flags.filter.iter().any(|part| name.contains(part))
    });
    if documents.is_empty() {
        let message = format!("no document is to be tried in `{}`", dir.display());
        return Err(io::Error::new(io::ErrorKind::NotFound, message));
    }
    let output = flags::root().join("target").join("corpus");
    let mut rows = generated(documents, &output, flags)?;
    if !flags.no_check {
        let found = checked(&rows, &output)?;
        for row in &mut rows {
            if row.outcome.is_generated() {
                row.found = Some(found.get(&row.document.slug).cloned().unwrap_or_default());
            }
        }
    }
    let report = output.join("report.tsv");
    table::save(&rows, &report)?;
    say(&table::text(&rows));
    say(&format!("saved as {}", report.display()));
    Ok(rows.iter().all(|row| row.fault().is_none()))
}

/// Generates the documents, several at a time. The rows are in the order of the documents.
fn generated(documents: Vec<Document>, output: &Path, flags: &Corpus) -> io::Result<Vec<Row>> {
    let limits = Limits {
        seconds: flags.seconds,
        bytes: flags.mebibytes << 20,
    };
    let jobs = match flags.jobs {
        Some(jobs) => jobs as usize,
        None => thread::available_parallelism().map_or(1, usize::from),
    };
    let bar = bar(documents.len(), "generating");
    let waiting: Mutex<VecDeque<_>> = Mutex::new(documents.into_iter().enumerate().collect());
    let done = Mutex::new(BTreeMap::new());
    let next = || waiting.lock().expect("bug: no thread panics").pop_front();
    thread::scope(|scope| {
        let work = || -> io::Result<()> {
            while let Some((index, document)) = next() {
                let outcome = generate::document(&document, output, &limits)?;
                let row = Row {
                    document,
                    outcome,
                    found: None,
                };
                done.lock()
                    .expect("bug: no thread panics")
                    .insert(index, row);
                bar.inc(1);
            }
            Ok(())
        };
        let threads: Vec<_> = (0..jobs).map(|_| scope.spawn(work)).collect();
        threads
            .into_iter()
            .try_for_each(|thread| thread.join().expect("bug: no thread panics"))
    })?;
    bar.finish_and_clear();
    let done = done.into_inner().expect("bug: no thread panics");
    Ok(done.into_values().collect())
}

/// Lets clippy look at all crates that were generated, by the slug of their document.
fn checked(rows: &[Row], output: &Path) -> io::Result<BTreeMap<String, Found>> {
    let crates: Vec<PathBuf> = rows
        .iter()
        .filter(|row| row.outcome.is_generated())
        .flat_map(|row| generate::crates(output, &row.document))
        .collect();
    let bar = bar(crates.len(), "checking");
    let found = check::crates(&crates, output, &bar)?;
    bar.finish_and_clear();
    Ok(found)
}

/// A progress bar, on a terminal.
fn bar(length: usize, what: &'static str) -> ProgressBar {
    let target = match io::stderr().is_terminal() {
        true => ProgressDrawTarget::stderr(),
        false => ProgressDrawTarget::hidden(),
    };
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}  {eta}");
    ProgressBar::with_draw_target(Some(length as u64), target)
        .with_style(style.expect("bug: the template is right"))
        .with_message(what)
}
