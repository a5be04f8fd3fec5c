//! What goes wrong, and the exit code that tells it.

use axum::Router;

use crate::support::{Server, cli};

/// The exit code and the complaint of a command.
fn failed(server: &Server, arguments: &[&str]) -> (i32, String) {
    let ran = server.run(arguments);
    assert_eq!(ran.text(), "", "{arguments:?}");
    (ran.code(), ran.errors())
}

#[test]
fn a_refusal_is_1() {
    let server = Server::start();
    let (code, text) = failed(&server, &["get-thread", "--thread-id", "thread_x"]);
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("404") && text.contains("thread_x"), "{text}");
}

#[test]
fn a_mistake_is_2_and_names_the_flag() {
    let server = Server::start();
    let thread = ["--thread-id", "t"];
    let cases: [(&[&str], &str); 12] = [
        (&["get-thread"], "--thread-id"),
        (
            &["create-run", thread[0], thread[1]],
            "--assistant-id: missing field",
        ),
        (
            &["create-assistant", "--model", "m", "--temperature", "3"],
            "--temperature: ",
        ),
        (
            &["create-assistant", "--model", "m", "--temperature", "warm"],
            "--temperature: `warm` is not a number",
        ),
        (
            &["create-assistant", "--model", "m", "--tools", "{"],
            "--tools: `{` is not JSON",
        ),
        (
            &["create-assistant", "--model", "m", "--metadata", "x"],
            "--metadata: `x` is not KEY=VALUE",
        ),
        (
            &["create-assistant", "--body", "[1"],
            "`--body` is neither JSON nor YAML",
        ),
        (
            &["list-assistants", "--order", "up"],
            "possible values: asc, desc",
        ),
        (
            &["list-assistants", "--limit", "500"],
            "--limit: greater than 100 (500)",
        ),
        (&["get-thread", "--thread-id", ""], "--thread-id: "),
        (
            &["list-assistants", "-q", ".data"],
            "did you mean `$.data`?",
        ),
        (
            &["list-assistants", "-q", "$.data["],
            "such as `$.data[*].id`",
        ),
    ];
    for (arguments, expected) in cases {
        let (code, text) = failed(&server, arguments);
        assert_eq!(code, 2, "{arguments:?}: {text}");
        assert!(text.contains(expected), "{arguments:?}: {text}");
    }
}

#[test]
fn a_nested_mistake_is_told_with_its_place() {
    let server = Server::start();
    let body = r#"{"model": "m", "tools": [{"type": "function", "function": {"name": 1}}]}"#;
    let (code, text) = failed(&server, &["create-assistant", "--body", body]);
    assert_eq!(code, 2);
    assert!(text.contains("tools[0].function.name"), "{text}");
}

#[test]
fn no_answer_is_3() {
    let mut command = cli(&[
        "list-assistants",
        "--retries",
        "0",
        "--base-url",
        "http://127.0.0.1:9/v1",
    ]);
    let output = command.env("OPENAI_API_KEY", "sk-secret").output().unwrap();
    assert_eq!(output.status.code(), Some(3));
    assert!(!String::from_utf8_lossy(&output.stderr).contains("sk-secret"));
}

#[test]
fn a_missing_key_is_told_by_its_variable() {
    let output = cli(&["list-assistants"]).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("OPENAI_API_KEY"));
}

#[test]
fn a_stream_that_ends_badly_is_1() {
    const EVENTS: &str = "event: thread.run.failed\n\
        data: {\"last_error\": {\"code\": \"server_error\", \"message\": \"no luck\"}}\n\n\
        event: done\ndata: [DONE]\n\n";
    let events = || async { ([("content-type", "text/event-stream")], EVENTS) };
    let server = Server::of(Router::new().fallback(events));
    let arguments = [
        "create-run",
        "--thread-id",
        "t",
        "--assistant-id",
        "a",
        "--stream",
    ];
    let (code, text) = failed(&server, &[&arguments[..], &["-o", "text"]].concat());
    assert_eq!(code, 1, "{text}");
    assert!(text.contains("`thread.run.failed`: no luck"), "{text}");

    let lines = server.run(&arguments);
    assert_eq!(lines.code(), 0, "{}", lines.errors());
    assert_eq!(lines.text().lines().count(), 2);
}
