//! The command line, as one documented table.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use clap::builder::PossibleValue;
use clap::{Args, Parser, Subcommand, ValueEnum};
use counterpart_codegen::config::{self, Package};
use counterpart_codegen::emit;

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
    /// Try the generator on every document below a folder
    ///
    /// Generates each document, holds its time and memory against limits, and lets clippy
    /// look at all that was generated, in one target directory. Prints a table, and saves it
    /// as `target/corpus/report.tsv` with the reasons for what was left open.
    ///
    /// A file `INDEX.tsv` in the folder, with the columns `path` and `expect`, says what is
    /// expected of each document: `generate`, `error`, `either`, `diagnose`. Without it, every
    /// YAML or JSON file that says `openapi` is tried.
    Corpus(Corpus),
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
    /// Which document, where there is no configuration.
    #[command(flatten)]
    pub document: Document,
    /// Write nothing; list what is stale, missing or orphaned, and fail if anything is
    #[arg(long)]
    pub check: bool,
    /// Write nothing if there are warnings
    #[arg(long)]
    pub deny_warnings: bool,
    /// How to say what happens: for people, or as a JSON object on each line
    #[arg(long, value_name = "FORMAT", default_value = "text")]
    pub message_format: MessageFormat,
}

/// How messages are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MessageFormat {
    /// For people, on standard error.
    Text,
    /// A JSON object on each line of standard output.
    Json,
}

/// A document, and what is made of it.
#[derive(Debug, Args)]
pub struct Document {
    /// Generate from this document, without a configuration
    #[arg(long, value_name = "FILE", requires = "out", conflicts_with = "config")]
    pub spec: Option<PathBuf>,
    /// Apply this overlay to it; may be given several times
    #[arg(long, value_name = "FILE", requires = "spec")]
    overlay: Vec<PathBuf>,
    /// The folder that gets the crates
    #[arg(long, value_name = "DIR", requires = "spec")]
    out: Option<PathBuf>,
    /// What the crates are named for; `pets` gives `pets-client` [default: the file's name]
    #[arg(long, requires = "spec")]
    name: Option<String>,
    /// Generate only these, and what they need [default: types,client,server]
    #[arg(
        long,
        value_name = "CRATES",
        value_delimiter = ',',
        requires = "spec",
        value_parser = clap::value_parser!(Wanted)
    )]
    only: Vec<Wanted>,
    /// Generate only operations with this tag; may be given several times
    #[arg(long, requires = "spec")]
    tag: Vec<String>,
    /// Generate only this operation, an `operationId` or `GET /users/{id}`; may be given
    /// several times
    #[arg(long, value_name = "OPERATION", requires = "spec")]
    operation: Vec<String>,
    /// Leave out this operation, which needs what is not supported; may be given several times
    #[arg(long, value_name = "OPERATION", requires = "spec")]
    skip: Vec<String>,
    /// The folder that references to files may not leave [default: that of the document]
    #[arg(long, value_name = "DIR", requires = "spec")]
    root: Option<PathBuf>,
    /// The folder of the runtime crates [default: `crates` of this repository]
    #[arg(long, value_name = "DIR", requires = "spec")]
    runtime: Option<PathBuf>,
}

impl Document {
    /// What the generator is asked for, when a document is named.
    pub fn asked(&self) -> Option<config::Flags> {
        Some(config::Flags {
            document: self.spec.clone()?,
            overlays: self.overlay.clone(),
            output: self.out.clone()?,
            name: self.name.clone(),
            crates: self.only.iter().map(|wanted| wanted.0).collect(),
            root: self.root.clone(),
            runtime: Some(self.runtime.clone().unwrap_or(root().join("crates"))),
            tags: self.tag.clone(),
            operations: self.operation.clone(),
            skip: self.skip.clone(),
        })
    }
}

/// A crate that is wanted.
#[derive(Debug, Clone, Copy)]
pub struct Wanted(pub Package);

impl ValueEnum for Wanted {
    fn value_variants<'a>() -> &'a [Self] {
        static ALL: LazyLock<Vec<Wanted>> =
            LazyLock::new(|| emit::packages().into_iter().map(Wanted).collect());
        &ALL
    }

    fn to_possible_value(&self) -> Option<PossibleValue> {
        Some(PossibleValue::new(self.0.word()))
    }
}

/// Flags of `corpus`.
#[derive(Debug, Args)]
pub struct Corpus {
    /// The folder [default: the corpus beside this repository]
    pub dir: Option<PathBuf>,
    /// Try only documents whose path has this in it; may be given several times
    #[arg(long, value_name = "TEXT")]
    pub filter: Vec<String>,
    /// Only generate; let no compiler look at what is generated
    #[arg(long)]
    pub no_check: bool,
    /// How many documents to generate at a time [default: one for each processor]
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..))]
    pub jobs: Option<u32>,
    /// The seconds that a document may take
    #[arg(long, default_value_t = 10)]
    pub seconds: u64,
    /// The mebibytes of memory that a document may take
    #[arg(long, default_value_t = 1024)]
    pub mebibytes: u64,
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
