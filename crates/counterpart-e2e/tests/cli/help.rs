//! The help of every command: a golden, and short enough for a screen.

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

#[test]
fn every_help_fits_a_screen() {
    let help = printed(cli(&["--help"]));
    let names = commands(&help);
    assert_eq!(names.len(), 23);
    let mut text = format!("$ assistants --help\n{help}");
    for name in names {
        let help = printed(cli(&[&name, "--help"]));
        assert!(
            help.lines().count() <= 50,
            "{name}: {} lines",
            help.lines().count()
        );
        assert!(
            help.lines().all(|line| line.chars().count() <= 100),
            "{name} is too wide"
        );
        text.push_str(&format!("\n$ assistants {name} --help\n{help}"));
    }
    insta::assert_snapshot!("help", text);
}

#[test]
fn completions_and_man_page_know_the_commands() {
    for shell in ["bash", "zsh", "fish"] {
        let script = printed(cli(&["completions", shell]));
        assert!(script.contains("create-run"), "{shell}");
    }
    let page = printed(cli(&["man"]));
    assert!(
        page.starts_with(".ie") || page.contains(".TH assistants"),
        "{}",
        &page[..80]
    );
}
