//! Compares the files of a run with the disk, before anything is changed.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use super::{Files, MARKER};
use crate::diag::Diagnostics;

/// How many lines at the start of a file may hold the marker.
const MARKER_LINES: usize = 10;
/// How much of a file is read to look for it.
const MARKER_BYTES: u64 = 4096;

/// What there is to do.
pub(super) struct Survey {
    /// How many files are as they should be.
    pub(super) unchanged: usize,
    /// The files to write.
    pub(super) changed: Vec<Change>,
    /// The generated files to remove.
    pub(super) orphans: Vec<PathBuf>,
}

/// A file to write.
pub(super) struct Change {
    /// Its path below the root.
    pub(super) path: PathBuf,
    /// What is there now.
    pub(super) old: Option<Vec<u8>>,
}

/// Looks at every file and at everything else in the owned folders. `None` when one of
/// the files cannot be written; `diags` has an error for each of those.
pub(super) fn survey(
    files: &Files,
    root: &Path,
    owned: &[PathBuf],
    diags: &mut Diagnostics,
) -> Option<Survey> {
    let before = diags.errors();
    let mut survey = Survey {
        unchanged: 0,
        changed: Vec::new(),
        orphans: Vec::new(),
    };
    let mut folders = BTreeSet::new();
    for (path, text) in files {
        assert!(is_marked(text), "bug: {} has no marker", path.display());
        match look(root, path, &mut folders) {
            Ok(Some(old)) if old == text.as_bytes() => survey.unchanged += 1,
            Ok(old) => survey.changed.push(Change {
                path: path.clone(),
                old,
            }),
            Err(refusal) => refusal.report(&root.join(path), diags),
        }
    }
    for folder in owned {
        if let Err((path, error)) = orphans(root, folder, files, &mut survey.orphans) {
            Refusal::from(error).report(&path, diags);
        }
    }
    survey.orphans.sort_unstable();
    survey.orphans.dedup();
    (diags.errors() == before).then_some(survey)
}

/// Why a file cannot be written.
struct Refusal {
    why: String,
    help: &'static str,
}

impl Refusal {
    fn new(why: &str, help: &'static str) -> Self {
        Self {
            why: why.to_owned(),
            help,
        }
    }

    fn report(self, path: &Path, diags: &mut Diagnostics) {
        diags
            .error(
                None,
                format!("cannot write `{}`: {}", path.display(), self.why),
            )
            .help(self.help);
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        Self::new(
            &error.to_string(),
            "nothing was changed; make the path accessible",
        )
    }
}

/// What is at the place of a file now; `None` for nothing. `folders` are those that are
/// known to be real ones.
fn look(
    root: &Path,
    path: &Path,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<Option<Vec<u8>>, Refusal> {
    let names_only = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    if !names_only || path.as_os_str().is_empty() {
        return Err(Refusal::new(
            "the path leads out of the output folder",
            "this is a fault of the generator: please report it",
        ));
    }
    if !folders_exist(root, path, folders)? {
        return Ok(None);
    }
    let full = root.join(path);
    match kind(&full, false)? {
        Kind::Nothing => Ok(None),
        Kind::Folder => Err(Refusal::new(
            "a folder is there",
            "move it away, or change `output`",
        )),
        Kind::Link => Err(Refusal::new("a symbolic link is there", "remove the link")),
        Kind::File => {
            let old = fs::read(&full)?;
            if is_marked(&String::from_utf8_lossy(&old)) {
                return Ok(Some(old));
            }
            let why = "a file that was not generated is there (it has no `@generated` line)";
            Err(Refusal::new(
                why,
                "move it away or delete it, or change `output`",
            ))
        }
    }
}

/// Whether all folders above a file are there. One that is no folder is an error.
fn folders_exist(
    root: &Path,
    path: &Path,
    folders: &mut BTreeSet<PathBuf>,
) -> Result<bool, Refusal> {
    let ancestors: Vec<&Path> = path.ancestors().skip(1).collect();
    for folder in ancestors.into_iter().rev() {
        if folders.contains(folder) {
            continue;
        }
        let full = root.join(folder);
        match kind(&full, folder.as_os_str().is_empty())? {
            Kind::Folder => folders.insert(folder.to_owned()),
            Kind::Nothing => return Ok(false),
            Kind::File => {
                let why = format!("`{}` is a file", full.display());
                return Err(Refusal::new(&why, "move it away, or change `output`"));
            }
            Kind::Link => {
                let why = format!("`{}` is a symbolic link", full.display());
                return Err(Refusal::new(&why, "replace the link with a folder"));
            }
        };
    }
    Ok(true)
}

enum Kind {
    Nothing,
    File,
    Folder,
    Link,
}

/// What is at a path. Only the root itself may be reached through a link.
fn kind(path: &Path, follow: bool) -> io::Result<Kind> {
    let metadata = if follow {
        // A relative root such as `generated` has the path `generated/` here, and the
        // present folder has none at all.
        let here = Path::new(".");
        fs::metadata(if path.as_os_str().is_empty() {
            here
        } else {
            path
        })
    } else {
        fs::symlink_metadata(path)
    };
    Ok(match metadata {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Kind::Nothing,
        Err(error) => return Err(error),
        Ok(metadata) if metadata.is_symlink() => Kind::Link,
        Ok(metadata) if metadata.is_dir() => Kind::Folder,
        Ok(_) => Kind::File,
    })
}

fn is_marked(text: &str) -> bool {
    text.lines()
        .take(MARKER_LINES)
        .any(|line| line.contains(MARKER))
}

/// Finds the generated files in an owned folder that are not among `files`.
fn orphans(
    root: &Path,
    owned: &Path,
    files: &Files,
    orphans: &mut Vec<PathBuf>,
) -> Result<(), (PathBuf, io::Error)> {
    let mut folders = vec![owned.to_owned()];
    while let Some(folder) = folders.pop() {
        let full = root.join(&folder);
        let at = |error| (full.clone(), error);
        match kind(&full, folder.as_os_str().is_empty()).map_err(at)? {
            Kind::Folder => {}
            Kind::Nothing | Kind::File | Kind::Link => continue,
        }
        // The joined path of an empty one ends in a slash, which every system takes.
        for entry in fs::read_dir(&full).map_err(at)? {
            let entry = entry.map_err(at)?;
            let path = folder.join(entry.file_name());
            // The type of the entry itself: a link is neither a file nor a folder.
            let kind = entry.file_type().map_err(at)?;
            if kind.is_dir() {
                let in_root = folder.as_os_str().is_empty();
                if !is_foreign(&full, &path) && (!in_root || is_ours(&full, &path, files)) {
                    folders.push(path);
                }
            } else if kind.is_file() && !files.contains_key(&path) {
                let marked = is_marked_file(&entry.path());
                if marked.map_err(|error| (entry.path(), error))? {
                    orphans.push(path);
                }
            }
        }
    }
    Ok(())
}

/// Whether a folder directly in the root is one of ours: it holds a file of this run, or it
/// is a generated crate. The root may hold anything else besides, the output of another
/// configuration too, which must not be taken for what this one left behind.
fn is_ours(root: &Path, path: &Path, files: &Files) -> bool {
    let holds_file = files
        .range(path.to_owned()..)
        .next()
        .is_some_and(|(file, _)| file.starts_with(path));
    let manifest = |name: &str| is_marked_file(&root.join(path).join(name)).unwrap_or(false);
    holds_file || manifest("Cargo.toml") || manifest("book.toml")
}

/// Whether a folder holds nothing of ours whatever is in it: what cargo builds in a crate
/// or workspace, and what tools hide.
fn is_foreign(parent: &Path, path: &Path) -> bool {
    let name = path
        .file_name()
        .and_then(|name| name.to_str())
        .unwrap_or_default();
    let in_crate = || parent.join("Cargo.toml").exists() || parent.join("Cargo.lock").exists();
    name.starts_with('.') || name == "target" && in_crate()
}

fn is_marked_file(path: &Path) -> io::Result<bool> {
    let mut start = Vec::new();
    fs::File::open(path)?
        .take(MARKER_BYTES)
        .read_to_end(&mut start)?;
    Ok(is_marked(&String::from_utf8_lossy(&start)))
}
