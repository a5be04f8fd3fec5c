//! A folder in, documents out: those that its index lists, or those that look like it.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// A document to try.
#[derive(Debug, Clone)]
pub struct Document {
    /// Its path below the folder, with `/`.
    pub name: String,
    /// Its path.
    pub path: PathBuf,
    /// What its crates are named for.
    pub slug: String,
    /// What is expected of it, where an index says.
    pub expect: Option<Expect>,
}

/// What is expected of a document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Expect {
    /// It must generate, and what is generated must compile.
    Generate,
    /// It must be refused, with a place.
    Error,
    /// It may be refused with a place, or generate what compiles.
    Either,
    /// Something must be said of it, with a place: an error or a warning.
    Diagnose,
}

impl Expect {
    /// What the column `expect` says; several words with `|` or `or` between them allow each.
    fn of(text: &str) -> Option<Self> {
        let has = |word: &str| text.contains(word);
        match () {
            () if has("generate") && (has("diagnose") || has("error")) => Some(Self::Either),
            () if has("either") => Some(Self::Either),
            () if has("generate") => Some(Self::Generate),
            () if has("diagnose") => Some(Self::Diagnose),
            () if has("error") => Some(Self::Error),
            () => None,
        }
    }
}

/// The documents of a folder, sorted by path.
pub fn documents(dir: &Path) -> io::Result<Vec<Document>> {
    let mut names = match fs::read_to_string(dir.join("INDEX.tsv")) {
        Ok(index) => listed(&index),
        Err(_) => {
            let mut found = Vec::new();
            below(dir, dir, &mut found)?;
            found.into_iter().map(|name| (name, None)).collect()
        }
    };
    names.sort();
    names.dedup_by(|a, b| a.0 == b.0);
    let mut slugs = BTreeSet::new();
    let documents = names.into_iter().map(|(name, expect)| Document {
        path: dir.join(&name),
        slug: slug(&name, &mut slugs),
        expect: expect.as_deref().and_then(Expect::of),
        name,
    });
    Ok(documents.collect())
}

/// The columns `path` and `expect` of an index.
fn listed(index: &str) -> Vec<(String, Option<String>)> {
    let mut lines = index
        .lines()
        .map(|line| line.split('\t').collect::<Vec<_>>());
    let head = lines.next().unwrap_or_default();
    let column = |name: &str| head.iter().position(|cell| *cell == name);
    let (Some(path), expect) = (column("path"), column("expect")) else {
        return Vec::new();
    };
    let rows = lines.filter_map(|cells| {
        let expect = expect.and_then(|column| cells.get(column).map(|cell| (*cell).to_owned()));
        Some(((*cells.get(path)?).to_owned(), expect))
    });
    rows.collect()
}

/// The paths of the files below `folder` that look like documents. Folders that begin with a
/// dot, and links to folders, are not looked into.
fn below(root: &Path, folder: &Path, found: &mut Vec<String>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let path = entry.path();
        let kind = entry.file_type()?;
        if kind.is_dir() && !entry.file_name().to_string_lossy().starts_with('.') {
            below(root, &path, found)?;
        } else if path.is_file() && is_document(&path) {
            let name = path.strip_prefix(root).unwrap_or(&path);
            found.push(name.to_string_lossy().replace('\\', "/"));
        }
    }
    Ok(())
}

/// Whether a file has the ending of a document and says `openapi` or `swagger` at the start of
/// a line, or somewhere if it has only one.
fn is_document(path: &Path) -> bool {
    let ending = path.extension().and_then(|ending| ending.to_str());
    if !matches!(ending, Some("yaml" | "yml" | "json")) {
        return false;
    }
    let Ok(bytes) = fs::read(path) else {
        return false;
    };
    let text = String::from_utf8_lossy(&bytes);
    let says = |line: &str| {
        let line = line.trim_start_matches(['\u{feff}', '{', '"', '\'', ' ', '\t']);
        ["openapi", "swagger"].iter().any(|key| {
            let rest = line.strip_prefix(key).unwrap_or_default();
            rest.trim_start_matches(['"', '\'', ' ']).starts_with(':')
        })
    };
    let one_line = text.lines().count() < 3;
    text.lines().any(says) || one_line && text.contains("\"openapi\"")
}

/// `real/Pet Store.yaml` is `real-pet-store-yaml`; a long one, or one that another has, ends
/// in a checksum of its path.
fn slug(name: &str, taken: &mut BTreeSet<String>) -> String {
    let letters = name.chars().map(|letter| match letter {
        letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
        _ => '-',
    });
    let letters: String = letters.collect();
    let words: Vec<&str> = letters.split('-').filter(|word| !word.is_empty()).collect();
    let mut slug = words.join("-");
    if !slug.starts_with(|first: char| first.is_ascii_lowercase()) {
        slug.insert_str(0, "d-");
    }
    if slug.len() > 48 || taken.contains(&slug) {
        let start: String = slug.chars().take(39).collect();
        slug = format!("{}-{:08x}", start.trim_end_matches('-'), checksum(name));
    }
    taken.insert(slug.clone());
    slug
}

/// FNV-1a, which is the same on every machine and in every run.
fn checksum(text: &str) -> u32 {
    text.bytes().fold(0x811c_9dc5, |sum, byte| {
        (sum ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slugs_are_names_of_crates() {
        let mut taken = BTreeSet::new();
        assert_eq!(
            slug("real/Pet Store.yaml", &mut taken),
            "real-pet-store-yaml"
        );
        let second = slug("real/pet-store.yaml", &mut taken);
        assert!(second.starts_with("real-pet-store-yaml-"), "{second}");
        assert_eq!(slug("3.json", &mut taken), "d-3-json");
        assert_eq!(slug(&"long/".repeat(40), &mut taken).len(), 48);
    }

    #[test]
    fn an_index_says_what_is_expected() {
        let index = "path\torigin\texpect\na.yaml\tx\tgenerate\nb.yaml\ty\tgenerate|diagnose\n";
        let listed = listed(index);
        assert_eq!(listed[0].0, "a.yaml");
        let expect = |index: usize| Expect::of(listed[index].1.as_deref().unwrap());
        assert_eq!(expect(0), Some(Expect::Generate));
        assert_eq!(expect(1), Some(Expect::Either));
    }
}
