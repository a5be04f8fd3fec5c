//! The command-line client: a table, and one module for every command.
//!
//! ```text
//! assistants-cli/
//!   Cargo.toml
//!   src/main.rs         the program
//!   src/create_run.rs   assistants create-run
//! ```

mod command;

use std::path::PathBuf;

use proc_macro2::TokenStream;
use quote::quote;

use crate::config::Package;
use crate::plan::cli::CommandPlan;
use crate::plan::{Docs, Plan};

use super::manifest::{Dependency, Target, cargo_toml};
use super::tokens::{ident, inner_docs, recursion_attr};
use super::{Content, Draft};

/// The drafts of the command-line client.
pub(super) fn emit(plan: &Plan) -> Vec<Draft<'_>> {
    let folder = PathBuf::from(plan.crate_name(Package::CLI)).join("src");
    let rust = |path: &str, content| Draft {
        path: folder.join(path),
        emitter: "cli",
        content,
    };
    let main = Content::rust(|| root(plan));
    let mut drafts = vec![manifest(plan), rust("main.rs", main)];
    drafts.extend(plan.cli.commands.iter().map(|command| {
        let module = Content::rust(|| command::module(plan, command));
        rust(&format!("{}.rs", command.module), module)
    }));
    drafts
}

fn manifest(plan: &Plan) -> Draft<'static> {
    let mut dependencies = vec![
        Dependency::sibling(plan, Package::CLIENT),
        Dependency::runtime(plan, "counterpart-cli"),
    ];
    if plan.cli.commands.iter().any(CommandPlan::names_types) {
        dependencies.push(Dependency::sibling(plan, Package::TYPES));
    }
    let what = format!("Calls {} from the command line.", plan.plain_title());
    cargo_toml(
        plan,
        Package::CLI,
        Target::Binary,
        &what,
        "",
        dependencies,
        Vec::new(),
    )
}

fn root(plan: &Plan) -> TokenStream {
    let docs = Docs::raw(&format!(
        "`{}`: {} on the command line.",
        plan.name,
        plan.doc_title()
    ));
    let docs = inner_docs(&docs);
    let client = ident(&plan.crate_path(Package::CLIENT));
    let modules = plan.cli.commands.iter().map(|command| {
        let module = ident(&command.module);
        quote!(mod #module;)
    });
    let commands = plan.cli.commands.iter().map(|command| {
        let module = ident(&command.module);
        quote!(&#module::COMMAND)
    });
    let (name, version) = (&plan.name, &plan.version);
    let about = format!("Calls {}, version {}.", plan.plain_title(), plan.version);
    let recursion_limit = recursion_attr(plan);
    quote! {
        #docs
        #recursion_limit

        #(#modules)*

        use std::process::ExitCode;

        use #client::Client;
        use counterpart_cli::Program;

        /// The program: a command for each operation.
        const PROGRAM: Program = Program {
            name: #name,
            version: #version,
            about: #about,
            config: Client::CONFIG,
            commands: &[#(#commands),*],
        };

        fn main() -> ExitCode {
            counterpart_cli::main(&PROGRAM)
        }
    }
}
