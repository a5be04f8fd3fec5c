//! `counterpart.toml`: what is generated, from which document, to where.
//!
//! ```toml
//! [[api]]
//! name = "assistants"                       # crates are assistants-types, assistants-client, …
//! document = "assistants.yaml"              # paths are relative to this file
//! overlays = ["assistants.overlay.yaml"]
//! root = "."                                # references to files go no further; left out: the document's folder
//! output = "../generated"                   # the folder that holds the crates
//! crates = ["types", "client", "server"]    # these when left out; there are also "cli", which needs "client", and "docs"
//! runtime = "../crates"                     # where the runtime crates are; left out: crates.io
//! formats = { uri = "string" }              # no library type for this format
//! skip = [{ operation = "uploadFile", reason = "multipart is not supported yet" }]
//! tags = ["Assistants"]                     # only operations with one of these tags,
//! operations = ["listFiles"]                # and these; left out: all
//! ```
//!
//! Every item keeps its place, so that a later stage that has something to say about it
//! (a `skip` that is no longer needed, say) can point to its line.

mod check;
mod flags;
mod package;
mod raw;
#[cfg(test)]
mod tests;

use std::path::{Component, Path, PathBuf};

use crate::diag::{Diagnostics, Place};
use crate::load::file::{self, Input};
use crate::load::tree::{SourceId, Sources};

pub use flags::Flags;
pub use package::Package;

/// Everything that one `counterpart.toml` asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Config {
    /// What is generated, in the order of the file.
    pub apis: Vec<Api>,
}

/// One document and the crates that are made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Api {
    /// What the crates are named for: `assistants` gives `assistants-types` and so on.
    pub name: String,
    /// Where the name is written, when it is in a file.
    pub place: Option<Place>,
    /// The OpenAPI document.
    pub document: Input,
    /// The path of the document from the folder that holds [`Api::output`], for use in
    /// generated text: unlike [`Input::path`] it does not depend on where the generator is
    /// started.
    pub document_name: String,
    /// The overlays that are applied to it, in this order.
    pub overlays: Vec<Input>,
    /// The folder that holds all files that the document may refer to.
    pub root: PathBuf,
    /// The folder that holds the generated crates.
    pub output: PathBuf,
    /// Which crates are generated; what a crate needs is among them.
    pub crates: Vec<Package>,
    /// The folder that holds the runtime crates. `None`: their published versions.
    pub runtime: Option<PathBuf>,
    /// Formats that are treated otherwise than by default.
    pub formats: Vec<Format>,
    /// Operations that are left out.
    pub skip: Vec<Skip>,
    /// Only operations with one of these tags are generated, and those of
    /// [`Api::operations`]. When both are empty, all are.
    pub tags: Vec<Selected>,
    /// Operations that are generated, by `operationId` or as `GET /users/{id}`.
    pub operations: Vec<Selected>,
}

/// How a `format` is treated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Format {
    /// The format, as the document has it.
    pub name: String,
    /// What it becomes.
    pub mapping: Mapping,
    /// Where this is written.
    pub place: Place,
}

/// What a `format` becomes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Mapping {
    /// The plain type, as if the schema had no format.
    Plain,
}

/// An operation that is left out on purpose.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Skip {
    /// Its `operationId`.
    pub operation: String,
    /// Why it is left out, for whoever reads the configuration.
    pub reason: String,
    /// Where this is written, when it is in a file.
    pub place: Option<Place>,
}

/// A tag or an operation that is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Selected {
    /// What it is called.
    pub name: String,
    /// Where this is written, when it is in a file.
    pub place: Option<Place>,
}

impl Api {
    /// The name of one of the crates: `assistants-client`.
    pub fn crate_name(&self, package: Package) -> String {
        format!("{}-{}", self.name, package.word())
    }

    /// Whether a format is treated as if it were not there.
    pub fn is_plain(&self, format: &str) -> bool {
        let plain = |known: &Format| known.name == format && known.mapping == Mapping::Plain;
        self.formats.iter().any(plain)
    }

    /// Whether only a part of the document is asked for.
    pub fn is_selective(&self) -> bool {
        !self.tags.is_empty() || !self.operations.is_empty()
    }

    /// The path from a folder directly below [`Api::output`] to a runtime crate, as a
    /// `Cargo.toml` there needs it. `None` without a `runtime`, and where the two folders
    /// have no common root that the configuration names.
    pub fn runtime_crate(&self, name: &str) -> Option<PathBuf> {
        let to = absolute(&self.runtime.as_ref()?.join(name));
        relative(&absolute(&self.output.join("crate")), &to)
    }
}

/// Reads and checks a configuration file, which may ask for what is `known`. `None` when anything is wrong with it.
pub fn load(
    path: &Path,
    known: &[Package],
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Config> {
    let source = file::read(&Input::new(path), sources, diags)?;
    let base = path.parent().unwrap_or(Path::new(""));
    parse(source, base, known, sources, diags)
}

/// As [`load`], of a text in memory; its paths are relative to `base`.
pub fn text(
    name: &str,
    text: &str,
    base: &Path,
    known: &[Package],
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Config> {
    let source = sources.add(name, text);
    parse(source, base, known, sources, diags)
}

fn parse(
    source: SourceId,
    base: &Path,
    known: &[Package],
    sources: &Sources,
    diags: &mut Diagnostics,
) -> Option<Config> {
    let raw = raw::read(source, sources, diags)?;
    let mut context = check::Context {
        source,
        base,
        known,
        sources,
        diags,
    };
    check::config(&mut context, raw)
}

/// The path from the root of the file system, so that ways between paths are the same
/// wherever the generator is started.
fn absolute(path: &Path) -> PathBuf {
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    tidy(&absolute)
}

/// How a generated file names the document: its way from the folder of the output.
fn document_label(document: &Path, output: &Path) -> Option<String> {
    let output = absolute(output);
    let path = relative(output.parent()?, &absolute(document))?;
    let steps: Vec<_> = path
        .components()
        .map(|step| step.as_os_str().to_string_lossy())
        .collect();
    Some(steps.join("/"))
}

/// The path without `.` and, where a folder stands before it, without `..`.
fn tidy(path: &Path) -> PathBuf {
    let mut tidied = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(last(&tidied), Some(Component::Normal(_))) => {
                tidied.pop();
            }
            other => tidied.push(other),
        }
    }
    tidied
}

fn last(path: &Path) -> Option<Component<'_>> {
    path.components().next_back()
}

/// The way from one folder to another. `None` when it would need the name of a folder
/// above the ones that are named.
fn relative(from: &Path, to: &Path) -> Option<PathBuf> {
    let (from, to) = (tidy(from), tidy(to));
    if from.is_absolute() != to.is_absolute() {
        return Some(to).filter(|to| to.is_absolute());
    }
    let from: Vec<Component<'_>> = from.components().collect();
    let to: Vec<Component<'_>> = to.components().collect();
    let shared = from.iter().zip(&to).take_while(|(a, b)| a == b).count();
    if from[shared..].contains(&Component::ParentDir) {
        return None;
    }
    let mut path: PathBuf = from[shared..]
        .iter()
        .map(|_| Component::ParentDir)
        .collect();
    path.extend(&to[shared..]);
    Some(path)
}
