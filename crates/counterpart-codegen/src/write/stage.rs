//! Replaces files all at once: each new text is written beside its place, and only when
//! all of them are there is the first renamed.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::diag::Diagnostics;

/// A new text for a file.
pub(super) struct Text<'a> {
    /// Where it goes.
    pub(super) path: PathBuf,
    /// The text.
    pub(super) text: &'a str,
    /// What is there now, to go back to.
    pub(super) old: Option<&'a [u8]>,
}

/// What has been made so far, and is taken back when something fails.
#[derive(Default)]
struct Made {
    folders: Vec<PathBuf>,
    /// The written files, by the number of their text.
    files: Vec<PathBuf>,
}

/// Writes all texts, or none.
pub(super) fn replace(root: &Path, texts: &[Text<'_>], diags: &mut Diagnostics) -> Option<()> {
    let mut made = Made::default();
    for text in texts {
        if let Err(error) = prepare(root, text, &mut made) {
            undo(&made);
            return failed(&text.path, &error, diags);
        }
    }
    for (index, text) in texts.iter().enumerate() {
        if let Err(error) = fs::rename(&made.files[index], &text.path) {
            restore(&texts[..index]);
            undo(&made);
            return failed(&text.path, &error, diags);
        }
    }
    Some(())
}

/// Writes a text to a file beside its place.
fn prepare(root: &Path, text: &Text<'_>, made: &mut Made) -> io::Result<()> {
    let folder = text.path.parent().unwrap_or(root);
    make_folder(folder, made)?;
    let name = text.path.file_name().unwrap_or_default().to_string_lossy();
    // The number of the process keeps two runs apart that write the same folder at once.
    let temporary = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let mut file = create(&temporary)?;
    made.files.push(temporary);
    file.write_all(text.text.as_bytes())
}

/// Creates a file that is not there yet. What a killed run of the same number has left is
/// removed, and so is a link, which must not be followed.
fn create(path: &Path) -> io::Result<fs::File> {
    let new = || fs::File::create_new(path);
    match new() {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            fs::remove_file(path)?;
            new()
        }
        other => other,
    }
}

fn make_folder(folder: &Path, made: &mut Made) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(parent) = folder.parent() {
        make_folder(parent, made)?;
    }
    fs::create_dir(folder)?;
    made.folders.push(folder.to_owned());
    Ok(())
}

/// Removes what was made. What cannot be removed is left: the first error is what matters.
fn undo(made: &Made) {
    for file in &made.files {
        let _ = fs::remove_file(file);
    }
    for folder in made.folders.iter().rev() {
        let _ = fs::remove_dir(folder);
    }
}

/// Puts back what was there before.
fn restore(texts: &[Text<'_>]) {
    for text in texts {
        let _ = match text.old {
            Some(old) => fs::write(&text.path, old),
            None => fs::remove_file(&text.path),
        };
    }
}

/// Removes a file and the folders that it leaves empty.
pub(super) fn remove(root: &Path, path: &Path, diags: &mut Diagnostics) -> Option<()> {
    let full = root.join(path);
    if let Err(error) = fs::remove_file(&full) {
        let message = format!("cannot remove `{}`: {error}", full.display());
        diags
            .error(None, message)
            .help("it is generated no longer: remove it by hand");
        return None;
    }
    for folder in path.ancestors().skip(1) {
        let is_root = folder.as_os_str().is_empty();
        // Fails for a folder that still holds something, which ends the climb.
        if is_root || fs::remove_dir(root.join(folder)).is_err() {
            break;
        }
    }
    Some(())
}

fn failed(path: &Path, error: &io::Error, diags: &mut Diagnostics) -> Option<()> {
    diags
        .error(None, format!("cannot write `{}`: {error}", path.display()))
        .help("nothing was changed");
    None
}
