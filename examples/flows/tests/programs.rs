//! Runs the programs against the server of `examples/server`.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::Command;

use assistants_server::{Router, router};
use example_server::Service;
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

/// Serves as long as the runtime lives.
fn serve(runtime: &Runtime) -> SocketAddr {
    let listener = runtime.block_on(TcpListener::bind((Ipv4Addr::LOCALHOST, 0)));
    let listener = listener.unwrap();
    let address = listener.local_addr().unwrap();
    let app = Router::new().nest("/v1", router(Service::new()));
    runtime.spawn(async move { axum::serve(listener, app).await });
    address
}

/// What a program prints.
fn run(program: &str) -> String {
    let runtime = Runtime::new().unwrap();
    let url = format!("http://{}/v1", serve(&runtime));
    let mut command = Command::new(program);
    command.env_clear();
    command
        .env("OPENAI_BASE_URL", url)
        .env("OPENAI_API_KEY", "any");
    let output = command.output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert!(output.status.success());
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn streaming() {
    assert_eq!(
        run(env!("CARGO_BIN_EXE_streaming")),
        "You said: Write a haiku about rivers.\n\
         The run is completed.\n\
         assistant wrote: You said: Write a haiku about rivers.\n"
    );
}

#[test]
fn function_calling() {
    assert_eq!(
        run(env!("CARGO_BIN_EXE_function_calling")),
        "get_weather({}): It rains.\n\
         The run is completed.\n\
         get_weather returned: It rains.\n"
    );
}

#[test]
fn paging() {
    let user = |number| format!("{number}. from the user\n");
    let items: String = (1..=5).map(user).collect();
    let pages = "a page of 2, more: true\na page of 2, more: true\na page of 1, more: false\n";
    assert_eq!(
        run(env!("CARGO_BIN_EXE_paging")),
        format!("{items}{pages}5 in all\n")
    );
}
