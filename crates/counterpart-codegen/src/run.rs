//! A whole run: every API that a configuration names, and the folders that their crates
//! go to.
//!
//! APIs may share an output folder, and a folder is written as a whole: what one API no
//! longer generates is an orphan unless another does.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use crate::config::{self, Config};
use crate::diag::Diagnostics;
use crate::load::tree::Sources;
use crate::write::{self, Check, Files, Report};
use crate::{Output, generate};

/// What was made of one of the APIs.
#[derive(Debug)]
pub struct Generated {
    /// What the configuration says of it.
    pub config: config::Api,
    /// What was made of it.
    pub output: Output,
}

/// Generates all that a configuration names. `None` when anything is wrong with any of it;
/// `diags` says what.
pub fn generate_all(
    Config { apis }: Config,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Vec<Generated>> {
    let generated = apis.into_iter().map(|config| {
        let output = generate(&config, sources, diags)?;
        Some(Generated { config, output })
    });
    // All of them run, so that one run shows what is wrong with each.
    let generated: Vec<Option<Generated>> = generated.collect();
    generated.into_iter().collect()
}

/// Writes what was generated. `None` when something prevents it.
pub fn write(generated: &[Generated], diags: &mut Diagnostics) -> Option<Report> {
    let mut whole = Report::default();
    for (root, files) in folders(generated) {
        let report = write::write(&files, &root, &[PathBuf::new()], diags)?;
        whole.written.extend(below(&root, report.written));
        whole.removed.extend(below(&root, report.removed));
        whole.unchanged += report.unchanged;
    }
    Some(whole)
}

/// Says how the disk differs from what was generated.
pub fn check(generated: &[Generated], diags: &mut Diagnostics) -> Option<Check> {
    let mut whole = Check::default();
    for (root, files) in folders(generated) {
        let mut check = write::check(&files, &root, &[PathBuf::new()], diags)?;
        for stale in &mut check.stale {
            stale.path = root.join(&stale.path);
        }
        whole.stale.append(&mut check.stale);
        whole.missing.extend(below(&root, check.missing));
        whole.orphaned.extend(below(&root, check.orphaned));
        whole.unchanged += check.unchanged;
    }
    Some(whole)
}

/// The files by output folder.
fn folders(generated: &[Generated]) -> BTreeMap<PathBuf, Files> {
    let mut folders: BTreeMap<PathBuf, Files> = BTreeMap::new();
    for Generated { config, output } in generated {
        let files = folders.entry(config.output.clone()).or_default();
        files.extend(output.files.clone());
    }
    folders
}

fn below(root: &Path, paths: Vec<PathBuf>) -> impl Iterator<Item = PathBuf> {
    paths.into_iter().map(move |path| root.join(path))
}
