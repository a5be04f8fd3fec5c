//! A server in this process, and the client as a process of its own.

use std::io::Write;
use std::process::{Command, Output, Stdio};

use assistants_server::router;
use axum::Router;
use serde_json::Value;
use tokio::net::TcpListener;

/// The server of the examples, on a port that is free, until the test ends.
pub struct Server {
    /// Where it listens.
    pub url: String,
}

impl Server {
    /// Starts it on a thread of its own, as the client is waited for.
    pub fn start() -> Self {
        Self::of(Router::new().nest("/v1", router(example_server::Service::new())))
    }

    /// As [`start`](Self::start), with another service.
    pub fn of(app: Router) -> Self {
        let (send, receive) = std::sync::mpsc::channel();
        std::thread::spawn(move || {
            let runtime = tokio::runtime::Runtime::new().expect("a runtime starts");
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0")
                    .await
                    .expect("a port is free");
                let address = listener.local_addr().expect("it has an address");
                send.send(format!("http://{address}/v1"))
                    .expect("the test waits for it");
                axum::serve(listener, app).await.expect("it serves");
            });
        });
        let url = receive.recv().expect("the server starts");
        Self { url }
    }

    /// Runs a command line against it.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.run_with(arguments, "")
    }

    /// As [`run`](Self::run), with something on standard input.
    pub fn run_with(&self, arguments: &[&str], input: &str) -> Ran {
        let mut command = self.command(arguments);
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped());
        let mut process = command.spawn().expect("the client starts");
        let mut stdin = process.stdin.take().expect("it has a standard input");
        // A client that does not read it closes it, which is no matter here.
        let _ = stdin.write_all(input.as_bytes());
        drop(stdin);
        Ran(process.wait_with_output().expect("the client ends"))
    }

    /// The command line, not run yet.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = cli(arguments);
        command
            .env("OPENAI_BASE_URL", &self.url)
            .env("OPENAI_API_KEY", "sk-secret");
        command
    }

    /// What a command prints, as JSON.
    pub fn json(&self, arguments: &[&str]) -> Value {
        let ran = self.run(arguments);
        assert_eq!(ran.code(), 0, "{arguments:?}: {}", ran.errors());
        serde_json::from_str(&ran.text()).expect("it prints JSON")
    }

    /// The id of what a command makes.
    pub fn id(&self, arguments: &[&str]) -> String {
        let value = self.json(arguments);
        value["id"].as_str().expect("it has an id").to_owned()
    }
}

/// The client with these arguments and an empty environment.
pub fn cli(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_e2e-cli"));
    command.args(arguments).env_clear();
    command
}

/// A command that has ended.
pub struct Ran(pub Output);

impl Ran {
    /// The exit code.
    pub fn code(&self) -> i32 {
        self.0.status.code().expect("it ended by itself")
    }

    /// What it printed.
    pub fn text(&self) -> String {
        String::from_utf8(self.0.stdout.clone()).expect("it prints text")
    }

    /// What it complained of.
    pub fn errors(&self) -> String {
        String::from_utf8(self.0.stderr.clone()).expect("it prints text")
    }
}
