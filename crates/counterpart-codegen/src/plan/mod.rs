//! What Rust is written: the output of planning, the input of every emitter.
//!
//! Every choice is made here. An emitter that needs an `if` about the API is missing a
//! field in this model.

pub mod answer;
pub mod body;
pub mod cli;
pub mod client;
mod cycle;
pub mod docs;
mod example;
pub mod exchange;
mod facts;
pub mod headers;
mod hints;
pub mod imports;
mod pattern;
pub mod poll;
pub mod reference;
mod sample;
pub mod server;
mod shape;
mod shell;
mod size;
pub mod stream;
mod support;
pub mod ty;
pub mod types;
mod verb;

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, SchemaId};
use crate::config::{self, Package};
use crate::diag::Diagnostics;
use crate::name::Names;

pub use docs::Docs;
pub use ty::Type;
pub use verb::Verb;

/// Everything that is written for one document.
#[derive(Debug, Clone)]
pub struct Plan {
    /// The crates' common prefix: `assistants`.
    pub name: String,
    /// What the API calls itself.
    pub title: String,
    /// Its version.
    pub version: String,
    /// Its description.
    pub docs: Docs,
    /// The document, as a reader of the output finds it from the repository's root.
    pub source: String,
    /// Which crates are written.
    pub crates: Vec<Package>,
    /// Where each runtime crate is, seen from a generated crate; those that are missing
    /// come from the registry.
    pub runtime: BTreeMap<String, String>,
    /// The `recursion_limit` that the crates need, where it is not the usual one.
    pub recursion_limit: Option<usize>,
    /// The types crate.
    pub types: types::Types,
    /// The client crate.
    pub client: client::Client,
    /// The server crate.
    pub server: server::Server,
    /// The tests of client and server together.
    pub exchanges: Vec<exchange::Exchange>,
    /// The command-line client; empty where neither it nor the reference is written.
    pub cli: cli::Cli,
    /// The reference for people; empty where it is not written.
    pub reference: reference::Reference,
}

/// What planning reads.
#[derive(Clone, Copy)]
pub(crate) struct Input<'a> {
    pub api: &'a Api,
    pub names: &'a Names,
    pub config: &'a config::Api,
    /// The fields and variants, by schema and position, that are boxed because they close
    /// a cycle.
    pub boxed: &'a BTreeSet<(SchemaId, usize)>,
    /// About how many bytes a value of each type takes.
    pub sizes: &'a BTreeMap<SchemaId, usize>,
    /// The patterns that can be checked.
    pub patterns: &'a pattern::Patterns,
    /// The types that have limits, themselves or in what they hold.
    pub checked: &'a BTreeSet<SchemaId>,
    /// The types inside which a server fills in defaults.
    pub filled: &'a BTreeSet<SchemaId>,
}

/// Plans everything for `api`.
pub fn plan(api: &Api, names: &Names, config: &config::Api, diags: &mut Diagnostics) -> Plan {
    let boxed = cycle::boxed(api, names);
    let sizes = size::sizes(api, names, &boxed);
    let patterns = pattern::Patterns::of(api, diags);
    let input = Input {
        api,
        names,
        config,
        boxed: &boxed,
        sizes: &sizes,
        patterns: &patterns,
        checked: &BTreeSet::new(),
        filled: &BTreeSet::new(),
    };
    let checked = types::checked(input);
    types::check_defaults(input, diags);
    let filled = types::filled(input);
    let input = Input {
        checked: &checked,
        filled: &filled,
        ..input
    };
    let operations = support::supported(input, diags);
    let client = client::client(input, &operations);
    hints::check(input, &client.operations, diags);
    let server = server::server(input, &operations);
    let exchanges = exchange::exchanges(config, &client, &server);
    let types = types::types(input);
    let [with_cli, with_docs] =
        [Package::CLI, Package::DOCS].map(|package| config.crates.contains(&package));
    let cli = match with_cli || with_docs {
        true => cli::cli(input, &operations, &client),
        false => cli::Cli::default(),
    };
    let reference = match with_docs {
        true => reference::reference(input, &operations, &types, &client, &server, &cli),
        false => reference::Reference::default(),
    };
    Plan {
        name: config.name.clone(),
        title: api.title.clone(),
        version: api.version.clone(),
        docs: Docs::of(api.docs.as_deref()),
        source: config.document_name.clone(),
        crates: config.crates.clone(),
        runtime: runtime(config),
        recursion_limit: cycle::recursion_limit(api, names),
        cli,
        reference,
        types,
        client,
        server,
        exchanges,
    }
}

const RUNTIME: [&str; 5] = [
    "counterpart-cli",
    "counterpart-contract",
    "counterpart-wire",
    "counterpart-client",
    "counterpart-server",
];

fn runtime(config: &config::Api) -> BTreeMap<String, String> {
    let paths = RUNTIME.iter().filter_map(|name| {
        let path = config.runtime_crate(name)?;
        // Cargo wants forward slashes on every system.
        let steps = path
            .components()
            .map(|step| step.as_os_str().to_string_lossy());
        let steps: Vec<_> = steps.collect();
        Some(((*name).to_owned(), steps.join("/")))
    });
    paths.collect()
}

impl Plan {
    /// The name of one of the crates: `assistants-client`.
    pub fn crate_name(&self, package: Package) -> String {
        format!("{}-{}", self.name, package.word())
    }

    /// One of the crates in a path: `assistants_client`.
    pub fn crate_path(&self, package: Package) -> String {
        self.crate_name(package).replace('-', "_")
    }

    /// The title as documentation text.
    pub fn doc_title(&self) -> String {
        let title = Docs::of(Some(&self.title));
        match title.is_empty() {
            true => format!("`{}`", self.name),
            false => title.lines().join(" "),
        }
    }

    /// The version as documentation text.
    pub fn doc_version(&self) -> String {
        Docs::of(Some(&self.version)).lines().join(" ")
    }

    /// The title as a string in a manifest: letters, digits and plain punctuation only.
    pub fn plain_title(&self) -> String {
        let plain = |letter: char| letter.is_alphanumeric() || " -_.,()'".contains(letter);
        let title: String = self.title.chars().filter(|letter| plain(*letter)).collect();
        match title.trim() {
            "" => format!("the {} API", self.name),
            title => title.to_owned(),
        }
    }
}
