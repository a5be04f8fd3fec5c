//! Serves the Assistants API from memory: `cargo run --package example-server [address]`.

use std::process::ExitCode;

use assistants_server::{Router, Shutdown, routes, serve};
use example_server::Service;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> ExitCode {
    let address = std::env::args().nth(1);
    let address = address.as_deref().unwrap_or("127.0.0.1:8080");
    match listen(address).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: cannot serve on {address}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until the process is interrupted, and then finishes the requests that are under way.
async fn listen(address: &str) -> std::io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    let url = format!("http://{}/v1", listener.local_addr()?);
    let shutdown = Shutdown::new();
    let api = routes(Service::new())
        .serve_document("/openapi.json")
        .shutdown(&shutdown)
        .into_router();
    let app = Router::new().nest("/v1", api);

    // Looked for before anybody is told where to connect, so that no interrupt is missed.
    let mut interrupted = Box::pin(interrupted());
    tokio::select! {
        biased;
        () = &mut interrupted => return Ok(()),
        () = std::future::ready(()) => println!("Listening on {url}"),
    }
    serve(listener, app)
        .until(async move {
            interrupted.await;
            shutdown.begin();
        })
        .await;
    Ok(())
}

/// Until Ctrl-C, or for good where there is no such signal.
async fn interrupted() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
