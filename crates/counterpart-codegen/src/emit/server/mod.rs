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

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use crate::config::Package;
use crate::plan::Plan;
use crate::write::MARKER;

use super::manifest::{Dependency, builders_feature, cargo_toml};
use super::{Content, Draft};

/// The drafts of the server crate.
pub(super) fn emit(plan: &Plan) -> Vec<Draft> {
    let folder = PathBuf::from(plan.crate_name(Package::Server));
    let rust = |path: &str, tokens: TokenStream| Draft {
        path: folder.join("src").join(path),
        emitter: "server",
        content: Content::Rust(tokens),
    };
    let mut drafts = vec![
        manifest(plan),
        document(plan, &folder),
        rust("lib.rs", root::root(plan)),
        rust("api.rs", api::api(plan)),
        rust("router.rs", router::router(plan)),
        rust("unanswered.rs", unanswered::unanswered(plan)),
    ];
    drafts.extend(plan.server.operations.iter().map(|operation| {
        let tokens = operation::module(plan, operation);
        rust(&format!("{}.rs", operation.module), tokens)
    }));
    if !plan.exchanges.is_empty() {
        drafts.push(Draft {
            path: folder.join("tests/contract.rs"),
            emitter: "server",
            content: Content::Rust(contract::contract(plan)),
        });
    }
    drafts
}

fn manifest(plan: &Plan) -> Draft {
    let mut dependencies = Dependency::externals(&plan.server.externals);
    dependencies.push(Dependency::sibling(plan, Package::Types));
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
            Dependency::sibling(plan, Package::Client).without_defaults(),
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
        Package::Server,
        &what,
        &features,
        dependencies,
        dev.into_iter().flatten().collect(),
    )
}

/// The document as JSON. Its first member is the line that says who wrote the file.
fn document(plan: &Plan, folder: &Path) -> Draft {
    let mut members = serde_json::Map::new();
    let made = format!("{MARKER} from {}", plan.source);
    members.insert("x-generated".to_owned(), made.into());
    let document = plan.server.document.as_object();
    members.extend(document.cloned().unwrap_or_default());
    Draft {
        path: folder.join("openapi.json"),
        emitter: "server",
        content: Content::Text(format!("{:#}\n", serde_json::Value::from(members))),
    }
}
