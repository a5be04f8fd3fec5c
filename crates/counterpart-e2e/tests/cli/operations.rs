//! Each of the 23 operations by its command.

use serde_json::{Value, json};

use crate::support::Server;

const FUNCTION: &str =
    r#"{"type": "function", "function": {"name": "get_weather", "parameters": {}}}"#;

#[test]
fn assistants() {
    let server = Server::start();
    let made = server.json(&[
        "create-assistant",
        "--model",
        "gpt-4o",
        "--name",
        "Tutor",
        "--metadata",
        "a=b",
    ]);
    assert_eq!(
        (&made["name"], &made["metadata"]),
        (&json!("Tutor"), &json!({"a": "b"}))
    );
    let id = made["id"].as_str().unwrap();
    assert_eq!(server.json(&["get-assistant", "--assistant-id", id]), made);
    let changed = server.json(&[
        "modify-assistant",
        "--assistant-id",
        id,
        "--body",
        "name: Sage",
        "--temperature",
        "0.5",
    ]);
    assert_eq!(
        (&changed["name"], &changed["temperature"]),
        (&json!("Sage"), &json!(0.5))
    );
    let list = server.json(&["list-assistants", "--limit", "5", "--order", "asc"]);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    let gone = server.json(&["delete-assistant", "--assistant-id", id]);
    assert_eq!(gone["deleted"], true);
}

#[test]
fn threads_and_messages() {
    let server = Server::start();
    let thread = server.id(&["create-thread"]);
    assert_eq!(
        server.json(&["get-thread", "--thread-id", &thread])["id"],
        json!(thread)
    );
    let changed = server.json(&[
        "modify-thread",
        "--thread-id",
        &thread,
        "--metadata",
        "k=v=w",
    ]);
    assert_eq!(changed["metadata"], json!({"k": "v=w"}));

    let body = r#"{"role": "user", "content": "from standard input"}"#;
    let ran = server.run_with(
        &["create-message", "--thread-id", &thread, "--body", "-"],
        body,
    );
    assert_eq!(ran.code(), 0, "{}", ran.errors());
    let made: Value = serde_json::from_str(&ran.text()).unwrap();
    let id = made["id"].as_str().unwrap();
    let of = ["--thread-id", &thread, "--message-id", id];
    let with = |command: &'static str, more: &[&'static str]| {
        let mut arguments = vec![command];
        arguments.extend(of);
        arguments.extend(more);
        server.json(&arguments)
    };
    assert_eq!(with("get-message", &[]), made);
    assert_eq!(
        with("modify-message", &["--metadata", "a=b"])["metadata"],
        json!({"a": "b"})
    );
    let list = server.json(&["list-messages", "--thread-id", &thread]);
    assert_eq!(
        list["data"][0]["content"][0]["text"]["value"],
        "from standard input"
    );
    assert_eq!(with("delete-message", &[])["deleted"], true);
    assert_eq!(
        server.json(&["delete-thread", "--thread-id", &thread])["deleted"],
        true
    );
}

#[test]
fn runs_and_steps() {
    let server = Server::start();
    let assistant = server.id(&["create-assistant", "--model", "gpt-4o", "--tools", FUNCTION]);
    let thread = server.id(&[
        "create-thread",
        "--body",
        "messages: [{role: user, content: hello}]",
    ]);
    let run = server.id(&[
        "create-run",
        "--thread-id",
        &thread,
        "--assistant-id",
        &assistant,
    ]);
    let of = ["--thread-id", thread.as_str(), "--run-id", run.as_str()];
    let with = |command: &str, more: &[&str]| {
        let mut arguments = vec![command];
        arguments.extend(of);
        arguments.extend(more);
        server.json(&arguments)
    };
    let waiting = with("get-run", &[]);
    assert_eq!(waiting["status"], "requires_action");
    assert_eq!(
        with("modify-run", &["--metadata", "a=b"])["metadata"],
        json!({"a": "b"})
    );
    let call = &waiting["required_action"]["submit_tool_outputs"]["tool_calls"][0]["id"];
    let output = json!({"tool_call_id": call, "output": "sunny"}).to_string();
    with("submit-tool-outputs-to-run", &["--tool-outputs", &output]);
    assert_eq!(with("get-run", &[])["status"], "completed");

    let steps = with(
        "list-run-steps",
        &[
            "--include",
            "step_details.tool_calls[*].file_search.results[*].content",
        ],
    );
    let step = steps["data"][0]["id"].as_str().unwrap();
    assert_eq!(
        with("get-run-step", &["--step-id", step])["id"],
        json!(step)
    );
    assert_eq!(
        server.json(&["list-runs", "--thread-id", &thread])["data"][0]["id"],
        json!(run)
    );

    let other = server.json(&["create-thread-and-run", "--assistant-id", &assistant]);
    let (thread, run) = (
        other["thread_id"].as_str().unwrap(),
        other["id"].as_str().unwrap(),
    );
    let cancelled = server.json(&["cancel-run", "--thread-id", thread, "--run-id", run]);
    assert!(
        cancelled["status"].as_str().unwrap().starts_with("cancel"),
        "{cancelled}"
    );
}

#[test]
fn streams_are_lines_for_programs_and_text_for_people() {
    let server = Server::start();
    let assistant = server.id(&["create-assistant", "--model", "gpt-4o"]);
    let thread = server.id(&[
        "create-thread",
        "--body",
        "messages: [{role: user, content: hello}]",
    ]);
    let arguments = [
        "create-run",
        "--thread-id",
        &thread,
        "--assistant-id",
        &assistant,
        "--stream",
    ];
    let ran = server.run(&arguments);
    assert_eq!(ran.code(), 0, "{}", ran.errors());
    let events: Vec<Value> = ran
        .text()
        .lines()
        .map(|line| serde_json::from_str(line).expect("a line is JSON"))
        .collect();
    assert_eq!(events[0]["event"], "thread.run.created");
    let last = events.last().unwrap();
    assert_eq!(
        (&last["event"], &last["data"]),
        (&json!("done"), &json!("[DONE]"))
    );

    let text = server.run(&[&arguments[..], &["-o", "text"]].concat());
    assert_eq!(text.text(), "You said: hello\n");

    let with = |more: &[&str]| server.run(&[&arguments[..], more].concat());
    let names = with(&["-q", "$.event"]).text();
    assert!(names.starts_with("thread.run.created\n"), "{names}");
    assert!(names.ends_with("\ndone\n"), "{names}");
    let documents = with(&["-o", "yaml"]).text();
    assert!(
        documents.starts_with("---\nevent: thread.run.created\n"),
        "{documents}"
    );
    let table = with(&["-o", "table"]);
    assert_eq!((table.code(), table.text().as_str()), (2, ""));
    assert!(table.errors().contains("--output: "), "{}", table.errors());
}
