//! Every link leads somewhere.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use crate::pages;

/// The targets of the links in a text that lead to other pages.
fn targets(text: &str) -> Vec<String> {
    let parts = text.split("](").skip(1);
    let targets = parts.filter_map(|part| part.split_once(')').map(|(target, _)| target));
    let local = targets.filter(|target| !target.starts_with("http"));
    local.map(str::to_owned).collect()
}

/// The end of a link to each heading of a page.
fn anchors(text: &str) -> BTreeSet<String> {
    let headings = text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|heading| {
            let words = heading.trim_start_matches('#').trim().to_lowercase();
            let kept = words
                .chars()
                .filter(|letter| letter.is_alphanumeric() || " -_".contains(*letter));
            kept.map(|letter| if letter == ' ' { '-' } else { letter })
                .collect()
        })
        .collect()
}

/// `../types/Run.md`, seen from a page.
fn resolved(page: &Path, target: &str) -> PathBuf {
    let mut path = page.parent().unwrap_or(Path::new("")).to_owned();
    for step in Path::new(target).components() {
        match step {
            Component::ParentDir => assert!(path.pop(), "{target} leaves the docs"),
            step => path.push(step),
        }
    }
    path
}

#[test]
fn every_link_leads_to_a_page_and_a_heading() {
    let pages = pages::all();
    let mut seen = 0;
    for (path, text) in &pages {
        for target in targets(text) {
            let (file, anchor) = target.split_once('#').unwrap_or((&target, ""));
            let to = resolved(path, file);
            let page = pages
                .get(&to)
                .unwrap_or_else(|| panic!("{}: no {target}", path.display()));
            let known = anchor.is_empty() || anchors(page).contains(anchor);
            assert!(known, "{}: no heading for {target}", path.display());
            seen += 1;
        }
    }
    assert!(seen > 500, "the pages are linked");
}

#[test]
fn every_page_is_in_the_contents() {
    let pages = pages::all();
    let contents: BTreeSet<PathBuf> = targets(&pages[Path::new("SUMMARY.md")])
        .iter()
        .map(PathBuf::from)
        .collect();
    let others: BTreeSet<PathBuf> = pages
        .into_keys()
        .filter(|path| path != Path::new("SUMMARY.md"))
        .collect();
    assert_eq!(contents, others);
}
