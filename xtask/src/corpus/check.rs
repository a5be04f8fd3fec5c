//! What clippy says of generated crates: one run of cargo over a workspace of all of them.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use indicatif::ProgressBar;
use serde::Deserialize;

use super::super::flags;

/// What was found in the crates of one document.
#[derive(Debug, Clone, Default)]
pub struct Found {
    /// How many errors.
    pub errors: usize,
    /// How many warnings.
    pub warnings: usize,
    /// The first of them, on one line.
    pub first: Option<String>,
}

/// As much of a line of `cargo --message-format json` as is of use.
#[derive(Debug, Deserialize)]
struct Message {
    reason: String,
    #[serde(default)]
    manifest_path: PathBuf,
    message: Option<Rendered>,
}

#[derive(Debug, Deserialize)]
struct Rendered {
    level: String,
    message: String,
    #[serde(default)]
    spans: Vec<Span>,
}

#[derive(Debug, Deserialize)]
struct Span {
    file_name: String,
    line_start: u32,
}

/// Checks the crates, which are two folders below `output`; the result is by the first.
pub fn crates(
    crates: &[PathBuf],
    output: &Path,
    bar: &ProgressBar,
) -> io::Result<BTreeMap<String, Found>> {
    workspace(crates, output)?;
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let mut child = Command::new(cargo)
        .args(["clippy", "--workspace", "--keep-going", "--quiet"])
        .args(["--message-format", "json"])
        .env("CARGO_TARGET_DIR", output.join("target"))
        .env("CARGO_INCREMENTAL", "0")
        .current_dir(output)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let stderr = child.stderr.take().expect("bug: it is piped");
    let stderr = std::thread::spawn(move || {
        let mut text = String::new();
        let _ = BufReader::new(stderr).read_to_string(&mut text);
        text
    });
    let stdout = child.stdout.take().expect("bug: it is piped");
    let mut found: BTreeMap<String, Found> = BTreeMap::new();
    let mut finished = false;
    for line in BufReader::new(stdout).lines() {
        let Ok(message) = serde_json::from_str::<Message>(&line?) else {
            continue;
        };
        finished |= message.reason == "build-finished";
        let Some(slug) = slug(&message.manifest_path, output) else {
            continue;
        };
        if message.reason == "compiler-artifact" {
            bar.inc(1);
        }
        if let Some(rendered) = message.message {
            note(found.entry(slug).or_default(), &rendered);
        }
    }
    child.wait()?;
    let stderr = stderr.join().unwrap_or_default();
    match finished {
        true => Ok(found),
        // Cargo did not come to build anything.
        false => Err(io::Error::other(stderr.trim().to_owned())),
    }
}

/// A workspace of the crates, with the versions that this repository uses.
fn workspace(crates: &[PathBuf], output: &Path) -> io::Result<()> {
    let members: Vec<String> = crates
        .iter()
        .filter_map(|folder| folder.strip_prefix(output).ok())
        .map(|folder| {
            format!(
                "    \"{}\",\n",
                folder.display().to_string().replace('\\', "/")
            )
        })
        .collect();
    let manifest = format!(
        "[workspace]\nresolver = \"3\"\nmembers = [\n{}]\n\n[profile.dev]\ndebug = false\n",
        members.concat()
    );
    fs::write(output.join("Cargo.toml"), manifest)?;
    fs::copy(flags::root().join("Cargo.lock"), output.join("Cargo.lock"))?;
    Ok(())
}

/// The document that a crate was made of.
fn slug(manifest: &Path, output: &Path) -> Option<String> {
    let below = manifest.strip_prefix(output).ok()?;
    let slug = below.components().next()?;
    Some(slug.as_os_str().to_string_lossy().into_owned())
}

fn note(found: &mut Found, rendered: &Rendered) {
    match rendered.level.as_str() {
        "error" | "error: internal compiler error" => found.errors += 1,
        "warning" => found.warnings += 1,
        _ => return,
    }
    let at = rendered.spans.first();
    let at = at.map(|span| format!(" ({}:{})", span.file_name, span.line_start));
    found
        .first
        .get_or_insert(format!("{}{}", rendered.message, at.unwrap_or_default()));
}
