//! What holds for every document: the same input gives the same output, and what is not changed
//! keeps its name.

mod assistants;
mod determinism;
mod docs;
mod stability;
mod text;

use std::path::Path;
use std::sync::LazyLock;

use counterpart_codegen::Output;

use crate::support::{self, Case};

/// Every fixture, and the document of the repository, with what is generated of each.
static CASES: LazyLock<Vec<(Case, Output)>> = LazyLock::new(|| {
    let names = support::stems("tests/fixtures", ".yaml");
    let fixtures = names.iter().map(|name| Case::read("fixtures", name));
    let cases = fixtures.chain([Case::assistants()]);
    cases
        .map(|case| {
            let output = case.output();
            (case, output)
        })
        .collect()
});

/// The document of the repository alone.
fn assistants() -> &'static (Case, Output) {
    CASES.last().expect("it is the last of the cases")
}

/// The files of an output that are Rust.
fn rust(output: &Output) -> impl Iterator<Item = (&Path, &str)> {
    let files = output.files.iter();
    let files = files.map(|(path, text)| (path.as_path(), text.as_str()));
    files.filter(|(path, _)| path.extension().is_some_and(|ending| ending == "rs"))
}
