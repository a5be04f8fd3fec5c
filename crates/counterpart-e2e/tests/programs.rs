//! The programs of `examples/` as processes: the clients talk to the server.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// The server, which is killed with its test.
struct Server {
    process: Child,
    stdout: BufReader<ChildStdout>,
    /// Where it says that it listens.
    url: String,
}

impl Server {
    /// Starts it on a port that is free.
    fn start() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_e2e-server"));
        let process = command.arg("127.0.0.1:0").stdout(Stdio::piped()).spawn();
        let mut process = process.unwrap();
        let mut stdout = BufReader::new(process.stdout.take().unwrap());

        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let url = line.trim_end().strip_prefix("Listening on ");
        let url = url.unwrap_or_else(|| panic!("{line:?}")).to_owned();
        Self {
            process,
            stdout,
            url,
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // Both fail only if the process has ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Runs the client, with nothing in its environment but these variables.
fn client(variables: &[(&str, &str)]) -> Output {
    run(env!("CARGO_BIN_EXE_e2e-client"), variables)
}

fn run(program: &str, variables: &[(&str, &str)]) -> Output {
    let mut command = Command::new(program);
    command.env_clear().envs(variables.iter().copied());
    command.output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const CONVERSATION: &str = "\
Assistant: Math tutor
Run: completed
Streamed: You said: And what is 2x?
Run: completed
user: Solve 3x + 11 = 14.
assistant: You said: Solve 3x + 11 = 14.
user: And what is 2x?
assistant: You said: And what is 2x?
";

/// Twice, as nothing of the first conversation is left.
#[test]
fn the_client_converses_with_the_server() {
    let server = Server::start();
    for key in ["sk-first", "sk-second"] {
        let output = client(&[("OPENAI_BASE_URL", &server.url), ("OPENAI_API_KEY", key)]);

        assert_eq!(text(&output.stderr), "");
        assert_eq!(text(&output.stdout), CONVERSATION);
        assert!(output.status.success());
    }
}

#[test]
fn the_assistant_calls_its_functions() {
    let server = Server::start();
    let program = env!("CARGO_BIN_EXE_e2e-functions");
    let output = run(
        program,
        &[("OPENAI_BASE_URL", &server.url), ("OPENAI_API_KEY", "any")],
    );

    assert_eq!(text(&output.stderr), "");
    let weather = r#"{"city":"Bergen","celsius":9.5,"rain":true}"#;
    let expected = format!("get_weather returned: {weather}\nRun: completed\n");
    assert_eq!(text(&output.stdout), expected);
    assert!(output.status.success());
}

#[test]
fn the_readme_s_client_converses_with_the_server() {
    let server = Server::start();
    let variables = [
        ("OPENAI_BASE_URL", &*server.url),
        ("OPENAI_API_KEY", "sk-any"),
    ];
    let output = run(env!("CARGO_BIN_EXE_e2e-readme"), &variables);

    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout), "completed\n2 messages\n");
    assert!(output.status.success());
}

#[test]
fn a_client_without_a_key_says_what_is_missing() {
    let output = client(&[]);

    let message = "error: no credentials: set the environment variable OPENAI_API_KEY\n";
    assert_eq!(text(&output.stderr), message);
    assert_eq!(output.status.code(), Some(1));
}

#[test]
fn a_server_that_cannot_listen_says_where() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();

    let mut command = Command::new(env!("CARGO_BIN_EXE_e2e-server"));
    let output = command.arg(&address).output().unwrap();

    let message = text(&output.stderr);
    let expected = format!("error: cannot serve on {address}: ");
    assert!(message.starts_with(&expected), "{message}");
    assert_eq!(output.status.code(), Some(1));
}

#[cfg(unix)]
#[test]
fn an_interrupted_server_ends_in_peace() {
    let mut server = Server::start();

    let process = server.process.id().to_string();
    let sent = Command::new("kill")
        .args(["-INT", &process])
        .status()
        .unwrap();
    assert!(sent.success());

    assert_eq!(server.process.wait().unwrap().code(), Some(0));
    let mut rest = String::new();
    assert_eq!(server.stdout.read_line(&mut rest).unwrap(), 0, "{rest:?}");
}
