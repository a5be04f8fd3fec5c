//! Makes a doc test of every page of the generated reference: a module that has the page for docs; and takes the
//! client out of the README, for a program that runs it.

use std::path::{Path, PathBuf};
use std::{env, fs};

fn main() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated/docs/src");
    println!("cargo::rerun-if-changed={}", root.display());
    let mut text = String::new();
    for (index, page) in pages(&root).iter().enumerate() {
        println!("cargo::rerun-if-changed={}", page.display());
        let page = page.to_str().expect("the path is text");
        text.push_str(&format!(
            "#[doc = include_str!({page:?})]\npub struct Page{index};\n"
        ));
    }
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("cargo sets it"));
    fs::write(out.join("reference.rs"), text).expect("the output can be written");
    fs::write(out.join("readme.rs"), readme()).expect("the output can be written");
}

/// The code of the first snippet below `## A client` of the README.
fn readme() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../README.md");
    println!("cargo::rerun-if-changed={}", path.display());
    let text = fs::read_to_string(path).expect("there is a README");
    let section = text.split("\n## A client\n").nth(1);
    let section = section.expect("the README shows a client");
    let mut lines = section
        .lines()
        .skip_while(|line| !line.starts_with("```rust"));
    lines.next();
    let code = lines.take_while(|line| *line != "```");
    code.map(|line| format!("{line}\n")).collect()
}

/// The pages that have snippets, sorted.
fn pages(root: &Path) -> Vec<PathBuf> {
    let mut pages = Vec::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).expect("the docs are generated") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if fs::read_to_string(&path).is_ok_and(|text| text.contains("```rust")) {
                pages.push(path);
            }
        }
    }
    pages.sort();
    pages
}
