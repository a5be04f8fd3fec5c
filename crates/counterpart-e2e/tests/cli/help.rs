//! The help of every command: a golden, and short enough for a screen of 80 columns and 50 lines.

use std::process::Command;

use crate::support::cli;

/// What a command prints.
fn printed(mut command: Command) -> String {
    let output = command.output().unwrap();
    assert_eq!(
        output.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    String::from_utf8(output.stdout).unwrap()
}

/// The names of the commands, as the program's own help lists them.
fn commands(help: &str) -> Vec<String> {
    let listed = help.lines().take_while(|line| *line != "This program:");
    let listed = listed.filter(|line| line.starts_with("  "));
    listed
        .filter_map(|line| line.split_whitespace().next().map(str::to_owned))
        .collect()
}

/// What the help of a command says, if a screen holds it.
fn on_a_screen(arguments: &[&str]) -> String {
    let help = printed(cli(arguments));
    let count = help.lines().count();
    assert!(count <= 50, "{arguments:?}: {count} lines");
    for line in help.lines() {
        assert!(line.chars().count() <= 80, "{arguments:?}: {line}");
    }
    help
}

#[test]
fn every_help_fits_a_screen() {
    let help = on_a_screen(&["--help"]);
    let names = commands(&help);
    assert_eq!(names.len(), 23);
    let mut text = format!("$ assistants --help\n{help}");
    for name in names {
        let help = on_a_screen(&[&name, "--help"]);
        assert_eq!(printed(cli(&["help", &name])), help);
        text.push_str(&format!("\n$ assistants {name} --help\n{help}"));
    }
    insta::assert_snapshot!("help", text);
}

#[test]
fn the_program_speaks_of_commands_and_flags() {
    let help = printed(cli(&["create-run", "--help"]));
    let usage = "Usage: assistants create-run --thread-id <TEXT> --assistant-id <TEXT> [OPTIONS]";
    assert!(help.contains(usage), "{help}");
    assert!(
        help.contains("`get-run`") && help.contains("`--stream`"),
        "{help}"
    );
    assert!(!help.contains("getRun"), "{help}");
}

#[test]
fn the_programs_own_commands_have_help() {
    for name in ["completions", "man", "help"] {
        let help = printed(cli(&[name, "--help"]));
        assert!(
            help.contains(&format!("Usage: assistants {name}")),
            "{help}"
        );
    }
    assert_eq!(printed(cli(&["help"])), printed(cli(&["--help"])));
    let unknown = cli(&["help", "nothing"]).output().unwrap();
    assert_eq!(unknown.status.code(), Some(2));
}

#[test]
fn completions_and_man_page_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let script = printed(cli(&["completions", shell]));
        assert!(script.contains("create-run"), "{shell}");
    }
    let page = printed(cli(&["man"]));
    assert!(page.starts_with(".TH assistants 1"), "{page}");
    for name in commands(&printed(cli(&["--help"]))) {
        let heading = format!(".SS {}\n", name.replace('-', "\\-"));
        assert!(page.contains(&heading), "{name}");
    }
    assert!(page.contains("\\fB\\-\\-max\\-prompt\\-tokens"), "{page}");
}
