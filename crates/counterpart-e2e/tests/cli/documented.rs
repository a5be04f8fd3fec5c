//! What the reference says a person may type: each command line does what the `curl` below it does.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The pages of the operations.
const PAGE: &str = include_str!("../../../../generated/docs/src/operations/assistants.md");

/// What stands in for what a reader would fill in.
const VARIABLES: [(&str, &str); 8] = [
    ("ASSISTANT_ID", "asst_1"),
    ("THREAD_ID", "thread_1"),
    ("RUN_ID", "run_1"),
    ("MESSAGE_ID", "msg_1"),
    ("STEP_ID", "step_1"),
    ("MODEL", "gpt-4o"),
    ("CONTENT", "Hello"),
    ("OPENAI_API_KEY", "sk-1"),
];

/// A request as `curl` is told to make it.
#[derive(Debug, PartialEq)]
struct Asked {
    method: String,
    url: String,
    headers: BTreeMap<String, String>,
    /// The names in the body.
    names: Vec<String>,
}

/// The code below a bold line.
fn code<'p>(entry: &'p str, title: &str) -> &'p str {
    let below = entry.split_once(&format!("\n**{title}**\n\n```sh\n"));
    let (_, below) = below.unwrap_or_else(|| panic!("no {title} in {entry}"));
    below.split_once("\n```").expect("the code ends").0
}

/// What a shell makes of a call of `curl`.
fn asked(call: &str) -> Asked {
    let mut shell = Command::new("sh");
    shell.env_clear().envs(VARIABLES);
    shell.args([
        "-c",
        &format!("curl() {{ printf '%s\\0' \"$@\"; }}\nset -u\n{call}"),
    ]);
    let output = shell.output().expect("there is a shell");
    assert!(
        output.status.success(),
        "{call}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("it is text");
    let mut words = text.split_terminator('\0');
    let mut asked = Asked {
        method: "GET".to_owned(),
        url: words.next().expect("a URL").to_owned(),
        headers: BTreeMap::new(),
        names: Vec::new(),
    };
    let mut method = None;
    while let Some(option) = words.next() {
        let value = words.next().expect("an option has a value");
        match option {
            "-X" => method = Some(value.to_owned()),
            "-H" => {
                let (name, value) = value.split_once(": ").expect("a header has a value");
                asked
                    .headers
                    .insert(name.to_ascii_lowercase(), value.to_owned());
            }
            "-d" | "--data-raw" => {
                let body: Value = serde_json::from_str(value).expect("the body is JSON");
                let names = body.as_object().expect("the body is an object").keys();
                asked.names = names.cloned().collect();
                asked.names.sort();
                asked.method = "POST".to_owned();
            }
            option => panic!("{option} is not known here"),
        }
    }
    asked.method = method.unwrap_or(asked.method);
    // What is accepted is up to who asks.
    asked.headers.remove("accept");
    asked
}

/// What a command line would send.
fn dry(line: &str) -> Asked {
    let mut shell = Command::new("sh");
    let program = Path::new(env!("CARGO_BIN_EXE_e2e-cli"))
        .display()
        .to_string();
    let run = format!("assistants() {{ '{program}' \"$@\" --dry-run; }}\nset -u\n{line}");
    shell.env_clear().envs(VARIABLES).args(["-c", &run]);
    let output = shell.output().expect("there is a shell");
    assert!(
        output.status.success(),
        "{line}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    asked(&String::from_utf8(output.stdout).expect("it is text"))
}

#[test]
fn every_command_line_of_the_reference_is_its_curl() {
    let entries: Vec<&str> = PAGE.split("\n### ").skip(1).collect();
    assert_eq!(entries.len(), 23);
    for entry in entries {
        let name = entry.lines().next().unwrap_or_default();
        let (line, call) = (code(entry, "Command line"), code(entry, "curl"));
        assert_eq!(dry(line), asked(call), "{name}");
    }
}
