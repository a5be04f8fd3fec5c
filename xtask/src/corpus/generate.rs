//! One document through `generate`, in a process that is watched.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::super::lines::{ApiLine, DiagnosticLine, Line};
use super::Document;

/// What a document may take.
pub struct Limits {
    /// Seconds.
    pub seconds: u64,
    /// Bytes of memory.
    pub bytes: u64,
}

/// What the generator made of a document.
#[derive(Debug, Default)]
pub struct Outcome {
    /// How it ended.
    pub end: End,
    /// What was made, if it was.
    pub api: Option<ApiLine>,
    /// What was said.
    pub said: Vec<DiagnosticLine>,
    /// How long it took.
    pub milliseconds: u128,
    /// The most memory that it had, in bytes; nothing where the system does not say.
    pub bytes: u64,
}

/// How a run of the generator ended.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// It wrote something.
    #[default]
    Generated,
    /// It said why it does not.
    Refused,
    /// It was ended: it took too long.
    TooLong,
    /// It was ended: it took too much memory.
    TooBig,
    /// It ended in no way that it should.
    Crashed,
}

impl Outcome {
    /// Whether there is something to compile.
    pub fn is_generated(&self) -> bool {
        self.end == End::Generated
    }

    /// Those of what was said that are of a severity.
    pub fn said_as(&self, severity: &str) -> impl Iterator<Item = &DiagnosticLine> {
        let severity = severity.to_owned();
        self.said
            .iter()
            .filter(move |said| said.severity == severity)
    }
}

/// The crates of a document that was generated, types first.
pub fn crates(output: &Path, document: &Document) -> Vec<PathBuf> {
    let folder = output.join(&document.slug);
    let names = ["types", "client", "server", "cli"];
    names
        .iter()
        .map(|name| folder.join(format!("{}-{name}", document.slug)))
        .filter(|folder| folder.join("Cargo.toml").is_file())
        .collect()
}

/// Generates everything that can be made of a document.
pub fn document(document: &Document, output: &Path, limits: &Limits) -> io::Result<Outcome> {
    let folder = output.join(&document.slug);
    // What an earlier run wrote would be taken for what this one writes.
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    fs::create_dir_all(output)?;
    let log = output.join(format!("{}.log", document.slug));
    let start = Instant::now();
    let mut child = Command::new(std::env::current_exe()?)
        .args(["generate", "--message-format", "json", "--spec"])
        .arg(&document.path)
        .arg("--out")
        .arg(&folder)
        .args(["--name", &document.slug])
        .args(["--only", "types,client,server,cli,docs"])
        .stdin(Stdio::null())
        .stdout(File::create(&log)?)
        .stderr(Stdio::null())
        .spawn()?;
    let (end, bytes) = watch(&mut child, start, limits)?;
    let mut outcome = Outcome {
        end,
        milliseconds: start.elapsed().as_millis(),
        bytes,
        ..Outcome::default()
    };
    let lines = fs::read_to_string(&log)?;
    for line in lines.lines() {
        match serde_json::from_str(line) {
            Ok(Line::Diagnostic(said)) => outcome.said.push(said),
            Ok(Line::Api(api)) => outcome.api = Some(api),
            Ok(Line::Checked(_) | Line::Finished(_)) | Err(_) => {}
        }
    }
    // Whoever refuses says why.
    if outcome.end == End::Refused && outcome.said_as("error").next().is_none() {
        outcome.end = End::Crashed;
    }
    Ok(outcome)
}

/// Waits for the end of a process, or makes it end.
fn watch(child: &mut Child, start: Instant, limits: &Limits) -> io::Result<(End, u64)> {
    let mut most = 0;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok((ended(status), most));
        }
        most = most.max(memory(child.id()).unwrap_or(0));
        let end = match () {
            () if start.elapsed() > Duration::from_secs(limits.seconds) => End::TooLong,
            () if most > limits.bytes => End::TooBig,
            () => {
                thread::sleep(Duration::from_millis(2));
                continue;
            }
        };
        child.kill()?;
        child.wait()?;
        return Ok((end, most));
    }
}

fn ended(status: ExitStatus) -> End {
    match status.code() {
        Some(0) => End::Generated,
        Some(1) => End::Refused,
        // 101 is a panic, no code a signal.
        Some(_) | None => End::Crashed,
    }
}

/// The most memory that a process had so far, in bytes, from `/proc/<pid>/status` (proc(5)).
fn memory(process: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kibibytes: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kibibytes << 10)
}
