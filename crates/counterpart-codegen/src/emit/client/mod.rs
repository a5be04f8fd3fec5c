//! The client crate: the client, and one module for every operation.
//!
//! ```text
//! assistants-client/
//!   Cargo.toml
//!   src/lib.rs          Client, its configuration, re-exports
//!   src/create_run.rs   Client::create_run and the call that it makes
//! ```

mod answer;
mod body;
mod call;
mod root;

use std::path::PathBuf;

use crate::config::Package;
use crate::plan::Plan;

use super::manifest::{Dependency, Target, builders_feature, cargo_toml};
use super::{Content, Draft};

/// The drafts of the client crate.
pub(super) fn emit(plan: &Plan) -> Vec<Draft<'_>> {
    let folder = PathBuf::from(plan.crate_name(Package::CLIENT)).join("src");
    let rust = |path: &str, content| Draft {
        path: folder.join(path),
        emitter: "client",
        content,
    };
    let root = Content::rust(|| root::root(plan));
    let mut drafts = vec![manifest(plan), rust("lib.rs", root)];
    drafts.extend(plan.client.operations.iter().map(|operation| {
        let module = Content::rust(|| call::module(plan, operation));
        rust(&format!("{}.rs", operation.module), module)
    }));
    drafts
}

fn manifest(plan: &Plan) -> Draft<'static> {
    let features = format!(
        "\n[features]\n\
         default = [\"reqwest\"]\n\
         # HTTP over sockets. Without it, a client needs a `tower` service of yours.\n\
         reqwest = [\"counterpart-client/reqwest\"]\n\
         # Calls without `async`.\n\
         blocking = [\"counterpart-client/blocking\"]\n\
         {}",
        builders_feature(plan)
    );
    let mut dependencies = Dependency::externals(&plan.client.externals);
    dependencies.push(Dependency::sibling(plan, Package::TYPES));
    dependencies.push(Dependency::runtime(plan, "counterpart-client").without_defaults());
    let what = format!("A client of {}.", plan.plain_title());
    cargo_toml(
        plan,
        Package::CLIENT,
        Target::Library,
        &what,
        &features,
        dependencies,
        Vec::new(),
    )
}
