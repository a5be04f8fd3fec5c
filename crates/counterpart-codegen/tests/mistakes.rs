//! Mistakes that people make, and what they are told: `mistakes/<mistake>.yaml` is a document
//! with one, `mistakes/config/<mistake>.toml` a configuration; the whole output is beside it.
//!
//! `INSTA_UPDATE=always` rewrites the outputs. Read each as somebody who made the mistake and
//! does not know it yet: it must say what is wrong, where, and what to type.

use std::path::Path;

use counterpart_codegen::diag::{self, Diagnostics};
use counterpart_codegen::load::tree::Sources;
use counterpart_codegen::{config, emit, run};

use crate::support::{self, Case};

#[test]
fn a_mistake_in_a_document_is_told_in_one_reading() {
    let names = support::stems("tests/mistakes", ".yaml");
    assert!(names.len() >= 20, "only {} mistakes", names.len());
    check("tests/mistakes", &names, |name| {
        Case::read("mistakes", name).told()
    });
}

#[test]
fn a_mistake_in_the_configuration_is_told_in_one_reading() {
    let names = support::stems("tests/mistakes/config", ".toml");
    assert!(names.len() >= 15, "only {} mistakes", names.len());
    check("tests/mistakes/config", &names, |name| {
        let path = format!("tests/mistakes/config/{name}.toml");
        // Paths in what is told are those from the folder that a user works in.
        let told = generated(&support::root().join(&path));
        let root = format!(
            "{}/",
            support::root().join("tests/mistakes/config").display()
        );
        told.replace(&root, "")
    });
}

/// What `cargo xtask generate` says of a configuration. Nothing is written.
fn generated(config: &Path) -> String {
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let config = config::load(config, &emit::packages(), &mut sources, &mut diags);
    let all = config.and_then(|config| run::generate_all(config, &mut sources, &mut diags));
    if let Some(all) = all {
        run::check(&all, &mut diags);
    }
    diag::render(&diags, &sources, false)
}

/// Compares with the accepted texts, or rewrites them.
fn check(folder: &str, names: &[String], told: impl Fn(&str) -> String) {
    let mut wrong = String::new();
    for name in names {
        let path = format!("{folder}/{name}.stderr");
        let told = told(name);
        assert!(!told.is_empty(), "{name}: nothing is said of it");
        // A file that is not there, or is empty, has no place.
        let says_where = told.contains("--> ") || told.contains("` is empty");
        assert!(says_where, "{name}: where is it?\n{told}");
        assert!(told.contains("= help: "), "{name}: what is to do?\n{told}");
        wrong.push_str(&support::unlike_accepted(&path, &told));
    }
    let texts = support::stems(folder, ".stderr");
    assert_eq!(texts, names, "every text belongs to a mistake");
    assert!(wrong.is_empty(), "{wrong}");
}
