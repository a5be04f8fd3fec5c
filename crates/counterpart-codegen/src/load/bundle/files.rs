//! The files of a document: each is read once, and only from where files may be.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::link;
use crate::diag::{Diagnostics, Place, closest};
use crate::load::build::MAX_VALUES;
use crate::load::file::{self, Input, or_here};
use crate::load::parse_any;
use crate::load::tree::{Node, SourceId, Sources};

/// How many files are read beside a document. The largest sets that are published have about
/// two thousand.
const MAX_FILES: usize = 4_096;

/// How long they may be together.
const MAX_BYTES: usize = 64 << 20;

/// Where the files beside a document are.
#[derive(Debug)]
pub(crate) enum Beside<'a> {
    /// In this folder of the disk, or below it.
    Folder(&'a Path),
    /// In memory: each path and text.
    Texts(&'a [(&'a str, &'a str)]),
}

/// The number of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct FileId(usize);

impl FileId {
    /// The document itself.
    pub(super) const DOCUMENT: Self = Self(0);
}

/// The document and the files that were read beside it.
pub(super) struct Files<'a> {
    beside: &'a Beside<'a>,
    files: Vec<File>,
    /// Every path that was asked for. `None`: it could not be read, and that is said.
    known: BTreeMap<PathBuf, Option<FileId>>,
    bytes: usize,
    values: usize,
}

struct File {
    path: PathBuf,
    root: Node,
}

impl<'a> Files<'a> {
    /// The document alone.
    pub(super) fn new(path: &Path, root: Node, beside: &'a Beside<'a>) -> Self {
        let path = link::joined(Path::new(""), path);
        let mut known = BTreeMap::from([(path.clone(), Some(FileId::DOCUMENT))]);
        if let Beside::Folder(folder) = beside
            && let Ok(real) = file::below(folder, &path)
        {
            known.insert(real, Some(FileId::DOCUMENT));
        }
        Self {
            beside,
            values: root.count(),
            files: vec![File { path, root }],
            known,
            bytes: 0,
        }
    }

    /// The tree of a file.
    pub(super) fn root(&self, id: FileId) -> &Node {
        &self.files[id.0].root
    }

    /// The tree of the document, to be changed.
    pub(super) fn document(&mut self) -> &mut Node {
        &mut self.files[0].root
    }

    /// The path of a file, as it is shown.
    pub(super) fn path(&self, id: FileId) -> &Path {
        &self.files[id.0].path
    }

    /// The steps of the path of a file from the folder that holds all of them.
    pub(super) fn steps(&self, id: FileId) -> Vec<String> {
        let path = self.path(id);
        let root = match self.beside {
            Beside::Folder(root) => absolute(root),
            Beside::Texts(_) => PathBuf::new(),
        };
        let path = match self.beside {
            Beside::Folder(_) => absolute(path),
            Beside::Texts(_) => path.to_owned(),
        };
        let below = path.strip_prefix(&root).unwrap_or(&path);
        let steps = below.iter().map(|step| step.to_string_lossy().into_owned());
        steps.collect()
    }

    /// The file at `path`, which the file `from` refers to at `asked`.
    pub(super) fn open(
        &mut self,
        from: FileId,
        path: &str,
        asked: &Place,
        sources: &mut Sources,
        diags: &mut Diagnostics,
    ) -> Option<FileId> {
        let folder = self.path(from).parent().unwrap_or(Path::new(""));
        let joined = link::joined(folder, Path::new(path));
        let joined = or_here(&joined).to_owned();
        if let Some(known) = self.known.get(&joined) {
            return *known;
        }
        let id = self.find(&joined, path, asked, sources, diags);
        self.known.insert(joined, id);
        id
    }

    fn find(
        &mut self,
        path: &Path,
        written: &str,
        asked: &Place,
        sources: &mut Sources,
        diags: &mut Diagnostics,
    ) -> Option<FileId> {
        let real = match self.beside {
            Beside::Folder(root) => self.real(root, path, written, asked, diags)?,
            Beside::Texts(_) => path.to_owned(),
        };
        if let Some(known) = self.known.get(&real) {
            return *known;
        }
        if self.files.len() > MAX_FILES {
            diags
                .error(
                    asked.clone(),
                    format!("this document needs over {MAX_FILES} files"),
                )
                .help("bundle them into one document first");
            return None;
        }
        let source = self.source(path, written, asked, sources, diags)?;
        let id = self.parsed(path, source, asked, sources, diags);
        self.known.insert(real, id);
        id
    }

    /// Where a path leads, if that is no further than references may go. The disk is not
    /// asked about anything outside.
    fn real(
        &self,
        root: &Path,
        path: &Path,
        written: &str,
        asked: &Place,
        diags: &mut Diagnostics,
    ) -> Option<PathBuf> {
        if !absolute(path).starts_with(absolute(root)) {
            outside(root, path, asked, diags);
            return None;
        }
        match file::below(root, path) {
            Ok(real) => Some(real),
            Err(refusal) => {
                let near = self.nearest(root, path);
                let message = format!("cannot read `{}`: {}", path.display(), refusal.message);
                let error = diags.error(asked.clone(), message);
                match (near, refusal.help) {
                    (Some(name), _) => error.help(format!("did you mean `{name}`?")),
                    (None, _) if written.contains('\\') => {
                        error.help("write `/` between the folders of a path")
                    }
                    (None, Some(help)) => error.help(help),
                    (None, None) => error,
                };
                None
            }
        }
    }

    /// A file in the same folder that has nearly this name.
    fn nearest(&self, root: &Path, path: &Path) -> Option<String> {
        let names = file::names(root, path.parent()?);
        let name = path.file_name()?.to_str()?;
        closest(name, names.iter().map(String::as_str))
            .filter(|near| *near != name)
            .map(str::to_owned)
    }

    fn source(
        &mut self,
        path: &Path,
        written: &str,
        asked: &Place,
        sources: &mut Sources,
        diags: &mut Diagnostics,
    ) -> Option<SourceId> {
        let source = match self.beside {
            Beside::Folder(_) => {
                let input = Input {
                    path: path.to_owned(),
                    asked: Some(asked.clone()),
                };
                file::read_any(&input, sources, diags)?
            }
            Beside::Texts(texts) => {
                let mut texts = texts.iter();
                let Some((name, text)) = texts.find(|(name, _)| Path::new(name) == path) else {
                    let message = format!("cannot read `{written}`: there is no such file");
                    diags.error(asked.clone(), message).help("check the path");
                    return None;
                };
                sources.add(*name, *text)
            }
        };
        self.bytes += sources.get(source).text.len();
        if self.bytes > MAX_BYTES {
            let most = MAX_BYTES >> 20;
            diags
                .error(
                    asked.clone(),
                    format!("the files of this document have over {most} MiB together"),
                )
                .help("leave out examples, or generate from parts of it");
            return None;
        }
        Some(source)
    }

    fn parsed(
        &mut self,
        path: &Path,
        source: SourceId,
        asked: &Place,
        sources: &Sources,
        diags: &mut Diagnostics,
    ) -> Option<FileId> {
        let Some(root) = parse_any(source, sources, diags)? else {
            diags
                .error(asked.clone(), format!("`{}` is empty", path.display()))
                .help("write into it what is meant, or remove the reference");
            return None;
        };
        self.values += root.count();
        if self.values > MAX_VALUES {
            diags
                .error(
                    asked.clone(),
                    format!("the files of this document have over {MAX_VALUES} values together"),
                )
                .help("leave out examples, or generate from parts of it");
            return None;
        }
        self.files.push(File {
            path: path.to_owned(),
            root,
        });
        Some(FileId(self.files.len() - 1))
    }
}

fn outside(root: &Path, path: &Path, asked: &Place, diags: &mut Diagnostics) {
    let shown = or_here(root).display();
    diags
        .error(
            asked.clone(),
            format!("`{}` is outside of `{shown}`", path.display()),
        )
        .help(
            "references are followed no further than the folder of the document; a line such as \
             `root = \"..\"` beside `document` in `counterpart.toml` lets them",
        );
}

/// A path from the root of the disk, without asking the disk.
fn absolute(path: &Path) -> PathBuf {
    let path = or_here(path);
    let absolute = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    link::joined(Path::new(""), &absolute)
}
