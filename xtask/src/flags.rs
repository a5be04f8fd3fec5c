//! The command line, as one documented table.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};

/// The commands of this repository.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
pub struct Flags {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the crates that the configuration names
    ///
    /// Reads the documents, applies their overlays and writes the crates. Only files that
    /// changed are written, files that are generated no longer are removed, and nothing is
    /// touched when anything is wrong.
    Generate(Generate),
    /// Print what each stage makes of an operation or a schema
    ///
    /// Shows where it is written in the document, what it means there (`Api`), what it is
    /// called in Rust, what is planned for it (`Plan`), and the code.
    Show(Show),
    /// Measure how long the compiler takes to check generated crates
    ///
    /// Checks each crate by itself several times, everything it depends on being built, and
    /// prints the medians and their sum. The time that cargo takes when there is nothing to
    /// do is taken off.
    CheckTime(CheckTime),
}

/// Flags of `check-time`.
#[derive(Debug, Args)]
pub struct CheckTime {
    /// Folders of crates, those that others depend on first; the crates in `generated/` if
    /// there are none
    pub crates: Vec<PathBuf>,
    /// How often to check each
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u32).range(1..))]
    pub runs: u32,
}

/// Flags of `generate`.
#[derive(Debug, Args)]
pub struct Generate {
    /// Which configuration.
    #[command(flatten)]
    pub config: Config,
    /// Write nothing; list what is stale, missing or orphaned, and fail if anything is
    #[arg(long)]
    pub check: bool,
}

/// Flags of `show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Which configuration.
    #[command(flatten)]
    pub config: Config,
    /// An `operationId`, a schema, a Rust method or type, or a pointer such as
    /// `#/components/schemas/RunObject`
    pub name: String,
}

/// Which configuration.
#[derive(Debug, Args)]
pub struct Config {
    /// The configuration, if it is not `spec/counterpart.toml` of this repository
    #[arg(long, value_name = "FILE")]
    config: Option<PathBuf>,
}

impl Config {
    /// The path of the configuration, short when the command runs at the repository's root.
    pub fn path(&self) -> PathBuf {
        if let Some(path) = &self.config {
            return path.clone();
        }
        let root = root();
        let usual = Path::new("spec").join("counterpart.toml");
        match std::env::current_dir() {
            Ok(folder) if folder == root => usual,
            _ => root.join(usual),
        }
    }
}

/// The root of this repository.
pub fn root() -> &'static Path {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent();
    root.expect("bug: xtask is a folder of the repository")
}
