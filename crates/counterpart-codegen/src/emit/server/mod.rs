//! The server crate: the trait, the router, and one module for every operation.
//!
//! ```text
//! assistants-server/
//!   Cargo.toml
//!   openapi.json        the document, as it is served
//!   src/lib.rs          re-exports
//!   src/api.rs          AssistantsApi
//!   src/router.rs       router(), which serves an AssistantsApi
//!   src/unanswered.rs   unanswered!, for services that leave operations out
//!   src/create_run.rs   CreateRun, CreateRunReply
//!   tests/contract.rs   each operation from the client to the router and back
//! ```

mod api;
mod body;
mod contract;
mod headers;
mod operation;
mod root;
mod router;
mod unanswered;

use std::path::PathBuf;

use crate::config::Package;
use crate::plan::Plan;
use crate::write::MARKER;

use super::manifest::{Dependency, Target, builders_feature, cargo_toml};
use super::{Content, Draft};

/// The drafts of the server crate.
pub(super) fn emit(plan: &Plan) -> Vec<Draft<'_>> {
    let folder = PathBuf::from(plan.crate_name(Package::SERVER));
    let file = |path: &str, content| Draft {
        path: folder.join(path),
        emitter: "server",
        content,
    };
    let mut drafts = vec![
        manifest(plan),
        file("openapi.json", Content::text(|| document(plan))),
        file("src/lib.rs", Content::rust(|| root::root(plan))),
        file("src/api.rs", Content::rust(|| api::api(plan))),
        file("src/router.rs", Content::rust(|| router::router(plan))),
        file(
            "src/unanswered.rs",
            Content::rust(|| unanswered::unanswered(plan)),
        ),
    ];
    drafts.extend(plan.server.operations.iter().map(|operation| {
        let module = Content::rust(|| operation::module(plan, operation));
        file(&format!("src/{}.rs", operation.module), module)
    }));
    if !plan.exchanges.is_empty() {
        let contract = Content::rust(|| contract::contract(plan));
        drafts.push(file("tests/contract.rs", contract));
    }
    drafts
}

fn manifest(plan: &Plan) -> Draft<'static> {
    let mut dependencies = Dependency::externals(&plan.server.externals);
    dependencies.push(Dependency::sibling(plan, Package::TYPES));
    dependencies.push(Dependency::runtime(plan, "counterpart-server").without_defaults());
    let what = format!("A server of {}.", plan.plain_title());
    let tested = !plan.exchanges.is_empty();
    let test = tested.then_some(
        "\n[[test]]\n\
         name = \"contract\"\n\
         path = \"tests/contract.rs\"\n\
         required-features = [\"contract\"]\n",
    );
    let dev = tested.then(|| {
        [
            Dependency::sibling(plan, Package::CLIENT).without_defaults(),
            Dependency::runtime(plan, "counterpart-contract"),
            Dependency::library("tokio", "1", &["macros", "rt"]),
        ]
    });
    let features = format!(
        "\n[features]\n\
         default = [\"serve\"]\n\
         # `serve`: a router over a listener. Without it, `axum` or another server of yours is needed.\n\
         serve = [\"counterpart-server/serve\"]\n\
         {}\
         # `contract()`, for the tests of a service.\n\
         contract = [\"counterpart-server/contract\"]\n{}",
        builders_feature(plan),
        test.unwrap_or_default()
    );
    cargo_toml(
        plan,
        Package::SERVER,
        Target::Library,
        &what,
        &features,
        dependencies,
        dev.into_iter().flatten().collect(),
    )
}

/// The document as JSON. Its first member is the line that says who wrote the file.
fn document(plan: &Plan) -> String {
    let mut members = serde_json::Map::new();
    let made = format!("{MARKER} from {}", plan.source);
    members.insert("x-generated".to_owned(), made.into());
    let document = plan.server.document.as_object();
    members.extend(document.cloned().unwrap_or_default());
    format!("{:#}\n", serde_json::Value::from(members))
}
