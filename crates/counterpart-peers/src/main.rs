//! Services of the generated trait, for peers that we did not write: `counterpart-peers scripted [address]`.
//!
//! `peers/run` starts them and lets the peers loose on them; ARCHITECTURE.md tells more.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `service.rs` | the trait, each operation answered by a [`service::Source`] of JSON |
//! | `script.rs` | the source `scripted`: answers by a script, which the peer writes, and remembers what it was asked |
//! | `answer.rs` | what stands in a script, made into typed replies |
//! | `made.rs` | the source `made`: answers everything |
//! | `absent.rs` | a service that leaves everything out |
//! | `values.rs`, `random.rs` | values made from the schemas of the document |

#![deny(missing_docs)]

mod absent;
mod answer;
mod made;
mod random;
mod script;
mod service;
mod values;

use std::process::ExitCode;
use std::time::Duration;

use assistants_server::{Router, router, routes, serve};
use tokio::net::TcpListener;

use absent::Absent;
use made::Made;
use script::Script;
use service::{Service, Source};

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let address = arguments.get(1).map_or("127.0.0.1:8080", String::as_str);
    let app = match arguments.first().map(String::as_str) {
        Some("scripted") => {
            let script = Script::default();
            Some(scripted(script.clone()).merge(script::control(script)))
        }
        Some("made") => Made::load().map(|made| {
            let document = made.document();
            app(made).merge(document)
        }),
        _ => None,
    };
    let Some(app) = app else {
        eprintln!("usage: counterpart-peers scripted|made [address]");
        return ExitCode::FAILURE;
    };
    match listen(app, address).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: cannot serve on {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// The API at `/v1`.
fn app(source: impl Source) -> Router {
    Router::new().nest("/v1", router(Service(source)))
}

/// The API as a script has it, and what a service may do beside: at `/small/v1` it takes small bodies, and those soon; at
/// `/absent/v1` it answers nothing.
fn scripted(script: Script) -> Router {
    let small = routes(Service(script.clone())).body_limit(1_000);
    let small = small.body_timeout(Duration::from_millis(200));
    app(script)
        .nest("/small/v1", small.into_router())
        .nest("/absent/v1", router(Absent))
}

/// Serves until the process is ended.
async fn listen(app: Router, address: &str) -> std::io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    serve(listener, app).await;
    Ok(())
}
