//! Services of the generated trait, for peers that we did not write: `cargo run --package counterpart-peers`.
//!
//! `peers/run` starts them and lets the official SDKs loose on them; ARCHITECTURE.md tells more.
//!
//! | file | what it holds |
//! | --- | --- |
//! | `service.rs` | the trait, each operation answered by a [`service::Source`] of JSON |
//! | `script.rs` | a source that answers by a script, which the peer writes; and remembers what it was asked |
//! | `answer.rs` | what stands in a script, made into typed replies |

#![deny(missing_docs)]

mod answer;
mod script;
mod service;

use std::process::ExitCode;

use assistants_server::router;
use tokio::net::TcpListener;

use script::Script;
use service::Service;

#[tokio::main]
async fn main() -> ExitCode {
    let address = std::env::args().nth(1);
    let address = address.as_deref().unwrap_or("127.0.0.1:8080");
    match serve(address).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: cannot serve on {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until the process is ended.
async fn serve(address: &str) -> std::io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    println!("Listening on http://{}", listener.local_addr()?);
    let script = Script::default();
    let app = script::control(script.clone()).nest("/v1", router(Service(script)));
    axum::serve(listener, app).await
}
