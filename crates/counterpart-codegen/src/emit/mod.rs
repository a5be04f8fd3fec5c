//! Plan in, drafts out: every `quote!` is here, and no decision.
//!
//! An emitter is a folder and a line in [`EMITTERS`]. Emitters do not know each other.

mod cli;
mod client;
mod docs;
mod manifest;
mod rules;
mod server;
mod tokens;
mod types;

use std::path::PathBuf;

use proc_macro2::TokenStream;

use crate::config::Package;
use crate::plan::Plan;

/// A file before it is made and printed.
pub struct Draft<'p> {
    /// Its path below the output folder.
    pub path: PathBuf,
    /// The folder of the emitter that it comes from, for the first line of the file.
    pub emitter: &'static str,
    /// What it holds.
    pub content: Content<'p>,
}

/// What a draft holds, once it is made: tokens stay on the thread that makes them.
pub enum Content<'p> {
    /// Rust, to be printed.
    Rust(Box<dyn FnOnce() -> TokenStream + Send + 'p>),
    /// Text as it is, with the line that says who wrote it.
    Text(Box<dyn FnOnce() -> String + Send + 'p>),
}

impl<'p> Content<'p> {
    fn rust(make: impl FnOnce() -> TokenStream + Send + 'p) -> Self {
        Self::Rust(Box::new(make))
    }

    fn text(make: impl FnOnce() -> String + Send + 'p) -> Self {
        Self::Text(Box::new(make))
    }
}

/// One output: what asks for it, and how it is made.
#[derive(Clone, Copy)]
pub struct Emitter {
    /// What it writes.
    pub package: Package,
    /// Lists its drafts.
    pub emit: fn(&Plan) -> Vec<Draft<'_>>,
}

impl Emitter {
    const fn new(package: Package, emit: fn(&Plan) -> Vec<Draft<'_>>) -> Self {
        Self { package, emit }
    }
}

/// Everything that can be written.
pub const EMITTERS: &[Emitter] = &[
    Emitter::new(Package::TYPES, types::emit),
    Emitter::new(Package::CLIENT, client::emit),
    Emitter::new(Package::SERVER, server::emit),
    Emitter::new(Package::CLI, cli::emit),
    Emitter::new(Package::DOCS, docs::emit),
];

/// What can be asked for.
pub fn packages() -> Vec<Package> {
    EMITTERS.iter().map(|emitter| emitter.package).collect()
}

/// The emitters of what the plan asks for.
pub fn wanted(plan: &Plan) -> impl Iterator<Item = &'static Emitter> {
    EMITTERS
        .iter()
        .filter(|emitter| plan.crates.contains(&emitter.package))
}

/// What belongs to all crates and to none.
pub fn shared() -> Draft<'static> {
    manifest::formatting()
}
