//! The pages as they are checked in.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The folder of the pages.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generated/docs/src")
}

/// Every page, by its path below the folder.
pub fn all() -> BTreeMap<PathBuf, String> {
    let mut pages = BTreeMap::new();
    let mut folders = vec![root()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder of the docs can be read") {
            let path = entry.expect("an entry can be read").path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "md") {
                let text = fs::read_to_string(&path).expect("a page is text");
                let path = path.strip_prefix(root()).expect("it is below the folder");
                pages.insert(path.to_owned(), text);
            }
        }
    }
    assert!(pages.len() > 100, "the docs are generated");
    pages
}

/// The part of the operations' pages below each third-level heading.
pub fn operations() -> BTreeMap<String, String> {
    let mut operations = BTreeMap::new();
    for (path, text) in all() {
        if !path.starts_with("operations") {
            continue;
        }
        for part in text.split("\n### ").skip(1) {
            let (heading, text) = part
                .split_once('\n')
                .expect("there is text below a heading");
            let text = text.split("\n## ").next().unwrap_or_default();
            operations.insert(heading.to_owned(), text.to_owned());
        }
    }
    operations
}

/// The cells of every row of every table in a text.
pub fn rows(text: &str) -> Vec<Vec<String>> {
    let rows = text.lines().filter(|line| line.starts_with("| "));
    rows.map(|row| {
        let row = row.replace("\\|", "\u{0}");
        let cells = row.trim_matches('|').split('|');
        cells
            .map(|cell| cell.trim().replace('\u{0}', "|"))
            .collect()
    })
    .collect()
}
