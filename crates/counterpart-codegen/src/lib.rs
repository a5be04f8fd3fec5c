//! The Counterpart generator: OpenAPI documents in, Rust crates out.
//!
//! The whole pipeline is [`generate`]: each stage is a function from one type to the next,
//! and it stops between stages when anything is wrong.
//!
//! ```text
//! load    text, overlays -> Document   parsed; every node knows its place
//! select  Document      -> Document   only what is asked for
//! lower   &Document      -> Api        what the service is, in no language
//! name    &Api           -> Names      identifiers
//! plan    &Api, &Names   -> Plan       what Rust is written
//! emit    &Plan          -> Drafts     tokens
//! print   Drafts         -> Files      text
//! write   Files          -> Report     the disk
//! ```

#![deny(missing_docs)]

pub mod api;
pub mod census;
pub mod config;
pub mod diag;
pub mod emit;
pub mod load;
pub mod lower;
pub mod name;
pub mod plan;
pub mod print;
pub mod run;
pub mod select;
pub mod show;
pub mod write;

use std::collections::BTreeMap;
use std::iter;
use std::num::NonZero;
use std::panic::resume_unwind;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;

use api::Api;
use diag::Diagnostics;
use load::Document;
use load::tree::Sources;
use name::Names;
use plan::Plan;

/// What a run made of one document, stage by stage.
#[derive(Debug)]
pub struct Output {
    /// The document with its overlays.
    pub document: Document,
    /// What the service is.
    pub api: Api,
    /// What everything is called.
    pub names: Names,
    /// What Rust is written.
    pub plan: Plan,
    /// The files, by their path below the output folder.
    pub files: BTreeMap<PathBuf, String>,
}

/// Runs the pipeline for one document, up to but without writing. `None` when `diags` holds
/// an error afterwards.
pub fn generate(
    config: &config::Api,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Output> {
    let document = load::document(
        &config.document,
        &config.overlays,
        &config.root,
        sources,
        diags,
    )?;
    from_document(document, config, diags)
}

/// As [`generate`], of a document that is loaded already.
pub fn from_document(
    document: Document,
    config: &config::Api,
    diags: &mut Diagnostics,
) -> Option<Output> {
    // References lead from schema to schema, and the stages follow them, however many they are.
    let stack = STACK + STACK_OF_REFERENCE * document.root.references();
    let mut document = Some(document);
    let mut follow = || stages(document.take()?, config, diags);
    let finished = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(stack);
        let thread = thread.spawn_scoped(scope, &mut follow).ok()?;
        Some(thread.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    // Where there is no such thread to be had, this one has to do.
    finished.unwrap_or_else(follow)
}

fn stages(document: Document, config: &config::Api, diags: &mut Diagnostics) -> Option<Output> {
    let before = diags.errors();
    let checked = |diags: &Diagnostics| (diags.errors() == before).then_some(());

    let document = select::selected(document, config, diags)?;
    let api = lower::api(&document, diags);
    checked(diags)?;
    let names = name::names(&api, &name::pascal(&config.name), diags);
    checked(diags)?;
    let plan = plan::plan(&api, &names, config, diags);
    checked(diags)?;
    let files = files(&plan);
    Some(Output {
        document,
        api,
        names,
        plan,
        files,
    })
}

/// As much stack as the first thread of a program has. Types inside types need it.
const STACK: usize = 8 << 20;

/// How much stack it takes to follow one reference more. What is not used is no memory.
const STACK_OF_REFERENCE: usize = 48 << 10;

/// Everything that the plan asks for, as text. Files know nothing of each other, so each processor
/// makes the next one that is left.
fn files(plan: &Plan) -> BTreeMap<PathBuf, String> {
    let emitters = emit::wanted(plan);
    let drafts = emitters.flat_map(|emitter| (emitter.emit)(plan));
    let drafts: Vec<_> = drafts.chain([emit::shared()]).collect();
    // The last crates have the longest files, with something for every operation. They come first, so that no processor
    // is left alone with one.
    let left = Mutex::new(drafts.into_iter().rev());
    let next = || left.lock().unwrap_or_else(PoisonError::into_inner).next();
    let make = || -> Vec<(PathBuf, String)> {
        iter::from_fn(next)
            .map(|draft| print::file(draft, &plan.source))
            .collect()
    };
    let processors = thread::available_parallelism().map_or(1, NonZero::get);
    thread::scope(|scope| {
        let threads: Vec<_> = (0..processors)
            .filter_map(|_| {
                let thread = thread::Builder::new().stack_size(STACK);
                thread.spawn_scoped(scope, make).ok()
            })
            .collect();
        let mut files = BTreeMap::new();
        for thread in threads {
            files.extend(thread.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        // Where there is no thread to be had, this one makes them.
        files.extend(make());
        files
    })
}
