//! The client in a pipe: whoever reads may leave, and what is not read is not kept.

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use axum::Router;
use axum::extract::Request;
use serde_json::{Value, json};

use crate::support::Server;

/// A server whose list of messages never ends.
fn endless() -> Server {
    let app = Router::new().fallback(|request: Request| async move {
        let query = request.uri().query().unwrap_or_default();
        let cursor = query
            .split('&')
            .find_map(|pair| pair.strip_prefix("after="));
        let first: u64 = cursor
            .and_then(|after| after.parse().ok())
            .unwrap_or_default();
        let messages: Vec<Value> = (first + 1..=first + 100).map(message).collect();
        let page = json!({
            "object": "list",
            "first_id": messages[0]["id"],
            "last_id": messages[99]["id"],
            "has_more": true,
            "data": messages,
        });
        ([("content-type", "application/json")], page.to_string())
    });
    Server::of(app)
}

fn message(number: u64) -> Value {
    json!({
        "id": number.to_string(),
        "object": "thread.message",
        "created_at": 1,
        "thread_id": "t",
        "status": "completed",
        "incomplete_details": null,
        "completed_at": 1,
        "incomplete_at": null,
        "role": "user",
        "content": [{"type": "text", "text": {"value": "x".repeat(1000), "annotations": []}}],
        "assistant_id": null,
        "run_id": null,
        "attachments": null,
        "metadata": {},
    })
}

#[test]
fn a_reader_that_leaves_is_no_error() {
    let server = endless();
    let mut command =
        server.command(&["list-messages", "--thread-id", "t", "--all", "-o", "jsonl"]);
    let mut process = command
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    for number in 1..=250_u64 {
        let line: Value = serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap();
        assert_eq!(line["id"], number.to_string());
    }
    drop(lines);
    let output = process.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}

#[cfg(target_os = "linux")]
#[test]
fn memory_stays_flat_over_many_pages() {
    let server = endless();
    let mut command =
        server.command(&["list-messages", "--thread-id", "t", "--all", "-o", "jsonl"]);
    let mut process = command.stdout(Stdio::piped()).spawn().unwrap();
    let id = process.id();
    let peak = || {
        let status = std::fs::read_to_string(format!("/proc/{id}/status")).unwrap();
        let line = status
            .lines()
            .find(|line| line.starts_with("VmHWM:"))
            .unwrap();
        line.split_whitespace()
            .nth(1)
            .unwrap()
            .parse::<u64>()
            .unwrap()
    };
    let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
    lines.by_ref().take(1_000).for_each(drop);
    let early = peak();
    lines.by_ref().take(9_000).for_each(drop);
    let late = peak();
    drop(lines);
    process.wait().unwrap();
    assert!(
        late < early + 4_096,
        "{early} kB after 1,000 messages, {late} kB after 10,000"
    );
}
