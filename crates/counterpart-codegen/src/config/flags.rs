//! A configuration from flags, for a document that has no `counterpart.toml`.

use std::path::{Path, PathBuf};

use super::check::{crate_name, suggested_name};
use super::{Api, Config, Package, Selected, Skip, document_label};
use crate::diag::Diagnostics;
use crate::load::file::Input;

/// What is asked for on a command line.
#[derive(Debug, Clone, Default)]
pub struct Flags {
    /// The OpenAPI document.
    pub document: PathBuf,
    /// The overlays that are applied to it, in this order.
    pub overlays: Vec<PathBuf>,
    /// The folder that gets the crates.
    pub output: PathBuf,
    /// What the crates are named for; without it, the name of the document's file.
    pub name: Option<String>,
    /// Which crates are wanted; those that they need come along. Empty: the usual ones.
    pub crates: Vec<Package>,
    /// The folder that references to files may not leave; without it, that of the document.
    pub root: Option<PathBuf>,
    /// The folder that holds the runtime crates.
    pub runtime: Option<PathBuf>,
    /// Tags of the operations that are wanted.
    pub tags: Vec<String>,
    /// Operations that are wanted.
    pub operations: Vec<String>,
    /// Operations that are left out.
    pub skip: Vec<String>,
}

impl Flags {
    /// The configuration that says the same. `None` when the name fits no crate.
    pub fn config(self, diags: &mut Diagnostics) -> Option<Config> {
        let before = diags.errors();
        let name = self.name.unwrap_or_else(|| name_of(&self.document));
        crate_name(&name, &None, diags);
        let label = document_label(&self.document, &self.output);
        let api = Api {
            name,
            place: None,
            document_name: label.unwrap_or_else(|| self.document.display().to_string()),
            root: self
                .root
                .unwrap_or_else(|| folder_of(&self.document).to_owned()),
            document: Input::new(self.document),
            overlays: self.overlays.into_iter().map(Input::new).collect(),
            output: self.output,
            crates: with_needed(self.crates),
            runtime: self.runtime,
            formats: Vec::new(),
            skip: self.skip.into_iter().map(skipped).collect(),
            tags: self.tags.into_iter().map(selected).collect(),
            operations: self.operations.into_iter().map(selected).collect(),
        };
        (diags.errors() == before).then(|| Config { apis: vec![api] })
    }
}

/// `specs/Pet Store.v2.yaml` gives `pet-store-v2`.
fn name_of(document: &Path) -> String {
    let stem = document.file_stem().unwrap_or_default();
    suggested_name(&stem.to_string_lossy())
}

fn folder_of(document: &Path) -> &Path {
    document.parent().unwrap_or(Path::new(""))
}

/// The crates, each after those that it needs.
fn with_needed(crates: Vec<Package>) -> Vec<Package> {
    if crates.is_empty() {
        return Package::DEFAULT.to_vec();
    }
    let mut all: Vec<Package> = Vec::new();
    for package in crates {
        for package in package.needs().iter().chain([&package]) {
            if !all.contains(package) {
                all.push(*package);
            }
        }
    }
    all
}

fn skipped(operation: String) -> Skip {
    Skip {
        operation,
        reason: "the command line says so".to_owned(),
        place: None,
    }
}

fn selected(name: String) -> Selected {
    Selected { name, place: None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn flags() -> Flags {
        Flags {
            document: PathBuf::from("specs/Pet Store.v2.yaml"),
            output: PathBuf::from("out"),
            ..Flags::default()
        }
    }

    #[test]
    fn crates_are_named_for_the_file() {
        let config = flags().config(&mut Diagnostics::default()).unwrap();
        assert_eq!(config.apis[0].name, "pet-store-v2");
        assert_eq!(config.apis[0].crates, Package::DEFAULT);
    }

    #[test]
    fn crates_bring_those_that_they_need() {
        let flags = Flags {
            crates: vec![Package::CLI],
            ..flags()
        };
        let config = flags.config(&mut Diagnostics::default()).unwrap();
        let all = [Package::TYPES, Package::CLIENT, Package::CLI];
        assert_eq!(config.apis[0].crates, all);
    }

    #[test]
    fn a_name_that_fits_no_crate_is_an_error() {
        let flags = Flags {
            name: Some("Pet Store".to_owned()),
            ..flags()
        };
        let mut diags = Diagnostics::default();
        assert_eq!(flags.config(&mut diags), None);
        let error = &diags.items()[0];
        assert_eq!(
            error.message,
            "`Pet Store` cannot start the name of a crate"
        );
        assert!(error.help.as_ref().unwrap().contains("`pet-store`"));
    }
}
