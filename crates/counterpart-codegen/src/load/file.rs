//! Reads a text file: the only place outside of [`crate::write`] that touches the disk.

use std::fs;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use super::tree::{SourceId, Sources};
use crate::diag::{Diagnostics, Place};

/// The largest file that is read. The largest published documents have 40 MB.
const MAX_BYTES: u64 = 64 << 20;

/// A file to read, and where it is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Input {
    /// The path, which is also what the file is called in messages.
    pub path: PathBuf,
    /// The line of `counterpart.toml` that names it, when one does.
    pub asked: Option<Place>,
}

impl Input {
    /// A file that no configuration names.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self {
            path: path.into(),
            asked: None,
        }
    }
}

/// Reads a file of UTF-8 text into `sources`. What prevents it goes to `diags`.
pub fn read(input: &Input, sources: &mut Sources, diags: &mut Diagnostics) -> Option<SourceId> {
    let source = read_any(input, sources, diags)?;
    let text = &sources.get(source).text;
    if text.trim().is_empty() {
        let name = &sources.get(source).name;
        let help = match name.ends_with(".toml") {
            true => "a configuration starts with a line `[[api]]`",
            false => "an OpenAPI document starts with a line such as `openapi: 3.0.3`",
        };
        diags.error(None, format!("`{name}` is empty")).help(help);
        return None;
    }
    Some(source)
}

/// Where a path leads when all links are followed, if that is below `root`.
pub(super) fn below(root: &Path, path: &Path) -> Result<PathBuf, Refusal> {
    let root = or_here(root);
    let real = fs::canonicalize(path)?;
    if real.starts_with(fs::canonicalize(root)?) {
        return Ok(real);
    }
    Err(Refusal::new(
        format!("a link on the way leads outside of `{}`", root.display()),
        "put the file itself there: references are followed no further",
    ))
}

/// The path, or where it has no step the folder that it starts from.
pub(super) fn or_here(path: &Path) -> &Path {
    match path.as_os_str().is_empty() {
        true => Path::new("."),
        false => path,
    }
}

/// The names of what is in a folder below `root`, as far as it can be read.
pub(super) fn names(root: &Path, folder: &Path) -> Vec<String> {
    /// More than a person puts into one folder.
    const MOST: usize = 5_000;
    let entries = below(root, or_here(folder)).and_then(|folder| Ok(fs::read_dir(folder)?));
    let entries = entries.into_iter().flatten().flatten().take(MOST);
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

/// As [`read()`], of a text that may be empty.
pub(super) fn read_any(
    input: &Input,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<SourceId> {
    let name = input.path.display().to_string();
    let bytes = match bytes(&input.path) {
        Ok(bytes) => bytes,
        Err(refusal) => {
            let message = format!("cannot read `{name}`: {}", refusal.message);
            let error = diags.error(input.asked.clone(), message);
            if let Some(help) = refusal.help {
                error.help(help);
            }
            return None;
        }
    };
    match String::from_utf8(bytes) {
        Ok(text) => checked(name, text, sources, diags),
        Err(error) => {
            not_utf8(name, &error, input, sources, diags);
            None
        }
    }
}

/// Why a file cannot be read, and what to do about it.
pub(super) struct Refusal {
    pub(super) message: String,
    pub(super) help: Option<&'static str>,
}

impl Refusal {
    fn new(message: impl Into<String>, help: &'static str) -> Self {
        Self {
            message: message.into(),
            help: Some(help),
        }
    }
}

impl From<io::Error> for Refusal {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::NotFound => Self::new("there is no such file", "check the path"),
            io::ErrorKind::PermissionDenied => {
                Self::new("permission denied", "make the file readable")
            }
            _ => Self {
                message: error.to_string(),
                help: None,
            },
        }
    }
}

fn bytes(path: &Path) -> Result<Vec<u8>, Refusal> {
    // Looked at before it is opened: opening a pipe waits for a writer, perhaps for ever.
    let metadata = fs::metadata(path)?;
    if metadata.is_dir() {
        return Err(Refusal::new("it is a folder", "name a file in it"));
    }
    if !metadata.is_file() {
        return Err(Refusal::new(
            "it is a device or a pipe",
            "write the document to a file first",
        ));
    }
    let mut bytes = Vec::new();
    let file = fs::File::open(path)?;
    file.take(MAX_BYTES + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(Refusal::new(
            format!("it has over {} MiB", MAX_BYTES >> 20),
            "split the document, or leave out examples",
        ));
    }
    Ok(bytes)
}

/// Takes a text that has no NUL, which no text has.
fn checked(
    name: String,
    text: String,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<SourceId> {
    let nul = text.find('\0');
    let source = sources.add(name, text);
    if let Some(offset) = nul {
        let place = Place::plain(sources.locate(source, offset));
        diags
            .error(place, "this file is not text: it has a NUL character")
            .help("save it as UTF-8 text");
        return None;
    }
    Some(source)
}

fn not_utf8(
    name: String,
    error: &std::string::FromUtf8Error,
    input: &Input,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) {
    let bytes = error.as_bytes();
    let kind = match bytes {
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => Some(("UTF-16 text", "save it as UTF-8")),
        [0x1f, 0x8b, ..] => Some(("gzip-compressed", "unpack it with `gunzip`")),
        [b'P', b'K', 3, 4, ..] => Some(("a zip archive", "unpack it first")),
        _ if bytes.contains(&0) => Some(("not text", "name the document itself")),
        _ => None,
    };
    if let Some((kind, help)) = kind {
        diags
            .error(
                input.asked.clone(),
                format!("cannot read `{name}`: it is {kind}"),
            )
            .help(help);
        return;
    }
    let offset = error.utf8_error().valid_up_to();
    let source = sources.add(name, String::from_utf8_lossy(bytes));
    let place = Place::plain(sources.locate(source, offset));
    diags
        .error(
            place,
            "this file is not UTF-8 text: a byte here is no character",
        )
        .help("save it as UTF-8; editors call the present encoding Latin-1 or Windows-1252");
}
