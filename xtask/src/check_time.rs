//! How long the compiler takes to check generated crates, dependencies built.
//!
//! Each crate is checked by itself: its `lib.rs` is made newer, and `cargo check` has nothing
//! else to do. Incremental compilation is off, as it would answer for unchanged code.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use super::flags::{self, CheckTime};

/// Measures the crates and says what was found, line by line.
pub fn measure(flags: &CheckTime, say: &mut impl FnMut(&str)) -> io::Result<()> {
    let crates = match &flags.crates[..] {
        [] => generated()?,
        crates => crates.to_vec(),
    };
    let mut sum = Sample::default();
    say(&format!("{:<28}{:>9}{:>11}", "", "elapsed", "processor"));
    for folder in &crates {
        let median = median_of(folder, flags.runs)?;
        say(&line(&folder.display().to_string(), median));
        sum = sum.plus(median);
    }
    say(&line("together", sum));
    Ok(())
}

fn line(name: &str, sample: Sample) -> String {
    let name = Path::new(name).file_name().unwrap_or_default();
    let processor = match sample.processor {
        Some(time) => format!("{:>9.2} s", time.as_secs_f64()),
        None => String::new(),
    };
    format!(
        "{:<28}{:>7.2} s{processor}",
        name.to_string_lossy(),
        sample.elapsed.as_secs_f64()
    )
}

/// The crates in `generated/`, those that others depend on first.
fn generated() -> io::Result<Vec<PathBuf>> {
    let mut crates = Vec::new();
    for entry in fs::read_dir(flags::root().join("generated"))? {
        let folder = entry?.path();
        if folder.join("src").join("lib.rs").is_file() {
            crates.push(folder);
        }
    }
    let is_types = |folder: &PathBuf| folder.to_string_lossy().ends_with("-types");
    crates.sort_by_key(|folder| (!is_types(folder), folder.clone()));
    Ok(crates)
}

/// What one check takes.
#[derive(Debug, Clone, Copy)]
struct Sample {
    elapsed: Duration,
    /// The time of the processor, user's part; none where the system does not tell.
    processor: Option<Duration>,
}

impl Default for Sample {
    fn default() -> Self {
        Self {
            elapsed: Duration::ZERO,
            processor: Some(Duration::ZERO),
        }
    }
}

impl Sample {
    fn plus(self, other: Self) -> Self {
        Self {
            elapsed: self.elapsed + other.elapsed,
            processor: self.processor.zip(other.processor).map(|(a, b)| a + b),
        }
    }

    fn minus(self, other: Self) -> Self {
        Self {
            elapsed: self.elapsed.saturating_sub(other.elapsed),
            processor: self
                .processor
                .zip(other.processor)
                .map(|(a, b)| a.saturating_sub(b)),
        }
    }
}

/// The median of several checks of one crate, without what cargo itself takes.
fn median_of(folder: &Path, runs: u32) -> io::Result<Sample> {
    // Builds what the crate depends on.
    check(folder)?;
    let idle = check(folder)?;
    let root = folder.join("src").join("lib.rs");
    let mut samples = Vec::new();
    for _ in 0..runs {
        File::options()
            .append(true)
            .open(&root)?
            .set_modified(SystemTime::now())?;
        samples.push(check(folder)?.minus(idle));
    }
    let middle = samples.len() / 2;
    samples.sort_by_key(|sample| sample.elapsed);
    let elapsed = samples[middle].elapsed;
    samples.sort_by_key(|sample| sample.processor);
    Ok(Sample {
        elapsed,
        processor: samples[middle].processor,
    })
}

/// Runs `cargo check`.
fn check(folder: &Path) -> io::Result<Sample> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let start = Instant::now();
    let before = processor_time();
    let status = Command::new(cargo)
        .args(["check", "--quiet", "--manifest-path"])
        .arg(folder.join("Cargo.toml"))
        .env("CARGO_INCREMENTAL", "0")
        .status()?;
    if !status.success() {
        let message = format!("`{}` does not compile", folder.display());
        return Err(io::Error::other(message));
    }
    let after = processor_time();
    Ok(Sample {
        elapsed: start.elapsed(),
        processor: after.zip(before).map(|(after, before)| after - before),
    })
}

/// The user time of all programs that this one has run, from `/proc/self/stat` (proc(5)).
fn processor_time() -> Option<Duration> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The name of the program may hold blanks; what follows it does not.
    let (_, fields) = stat.rsplit_once(')')?;
    let ticks: u64 = fields.split_whitespace().nth(13)?.parse().ok()?;
    // Linux shows a hundred ticks to the second, whatever it counts in.
    Some(Duration::from_millis(ticks * 10))
}
