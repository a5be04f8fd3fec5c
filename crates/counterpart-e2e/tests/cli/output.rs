//! How answers are printed, and what would be sent.

use serde_json::{Value, json};

use crate::support::Server;

/// A server with assistants of these names.
fn server(names: &[&str]) -> Server {
    let server = Server::start();
    for name in names {
        server.id(&["create-assistant", "--model", "gpt-4o", "--name", name]);
    }
    server
}

#[test]
fn each_format_prints_the_same_list() {
    let server = server(&["Ada", "Grace"]);
    let list = |format: &str| {
        server
            .run(&["list-assistants", "--order", "asc", "-o", format])
            .text()
    };
    let pretty: Value = serde_json::from_str(&list("pretty")).unwrap();
    assert!(list("pretty").lines().count() > 20);
    assert_eq!(list("json").lines().count(), 1);
    assert_eq!(
        serde_json::from_str::<Value>(&list("json")).unwrap(),
        pretty
    );
    let lines: Vec<Value> = list("jsonl")
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    assert_eq!(json!(lines), pretty["data"]);
    assert!(list("yaml").contains("\n  name: Ada\n"));
    let table = list("table");
    let rows: Vec<&str> = table.lines().collect();
    assert!(
        rows[0].contains("NAME") && rows[1].contains("Ada") && rows[2].contains("Grace"),
        "{table}"
    );
    assert!(
        !list("pretty").contains('\u{1b}'),
        "no colour where no terminal is"
    );
}

#[test]
fn colour_is_there_when_asked_for() {
    let server = server(&["Ada"]);
    let text = server.run(&["list-assistants", "--color", "always"]).text();
    assert!(
        text.contains("\u{1b}[34m\"object\"\u{1b}[0m: \u{1b}[32m\"list\"\u{1b}[0m"),
        "{text}"
    );
}

#[test]
fn a_query_selects() {
    let server = server(&["Ada", "Grace"]);
    let query = |more: &[&str]| {
        let mut arguments = vec!["list-assistants", "--order", "asc", "-q", "$.data[*].name"];
        arguments.extend(more);
        server.run(&arguments).text()
    };
    assert_eq!(query(&[]), "Ada\nGrace\n");
    assert_eq!(query(&["-o", "json"]), "\"Ada\"\n\"Grace\"\n");
    let wrong = server.run(&["list-assistants", "-q", "data"]);
    assert_eq!(wrong.code(), 2);
    assert!(
        wrong.errors().starts_with("error: --query: "),
        "{}",
        wrong.errors()
    );
}

#[test]
fn all_follows_the_pages() {
    let names: Vec<String> = (0..7).map(|index| format!("a{index}")).collect();
    let server = server(&names.iter().map(String::as_str).collect::<Vec<_>>());
    let all = |more: &[&str]| {
        let mut arguments = vec!["list-assistants", "--all", "--limit", "2", "--order", "asc"];
        arguments.extend(more);
        server.run(&arguments).text()
    };
    assert_eq!(
        all(&["-q", "$.data[*].name"]).lines().collect::<Vec<_>>(),
        names
    );
    assert_eq!(all(&["-o", "jsonl"]).lines().count(), 7);
    for format in ["pretty", "json"] {
        let items: Vec<Value> = serde_json::from_str(&all(&["-o", format])).unwrap();
        assert_eq!(items.len(), 7, "{format}");
    }
    assert_eq!(all(&["-o", "yaml"]).matches("- id:").count(), 7);
    assert_eq!(all(&["-o", "table"]).lines().count(), 8);
    let table = all(&["-o", "table", "-q", "$.data[*]"]);
    assert_eq!(table.lines().count(), 8, "{table}");
}

#[test]
fn a_dry_run_prints_curl_without_the_secret() {
    let server = Server::start();
    let ran = server.run(&[
        "create-assistant",
        "--model",
        "gpt-4o",
        "--name",
        "It's",
        "--dry-run",
    ]);
    let text = ran.text();
    assert_eq!(ran.code(), 0, "{}", ran.errors());
    assert!(
        text.starts_with(&format!("curl '{}/assistants' \\\n", server.url)),
        "{text}"
    );
    assert!(
        text.contains(r#"-H "authorization: Bearer $OPENAI_API_KEY""#),
        "{text}"
    );
    assert!(text.contains("-H 'openai-beta: assistants=v2'"), "{text}");
    assert!(
        text.contains(r#"--data-raw '{"model":"gpt-4o","name":"It'\''s"}'"#),
        "{text}"
    );
    assert!(!text.contains("sk-secret"), "{text}");
    assert_eq!(
        server.json(&["list-assistants"])["data"],
        json!([]),
        "nothing was sent"
    );
}

#[test]
fn a_dry_run_of_a_stream_does_not_wait_for_a_buffer() {
    let server = Server::start();
    let ran = server.run(&[
        "create-run",
        "--thread-id",
        "$t",
        "--assistant-id",
        "a",
        "--stream",
        "--dry-run",
    ]);
    let text = ran.text();
    assert!(text.starts_with("curl -N '"), "{text}");
    assert!(text.contains("/threads/%24t/runs'"), "{text}");
}
