//! Help texts, for a screen of 80 columns and 50 lines.
//!
//! Clap's own layout takes a third more lines: it leaves room for short flags that hardly any flag has.

use indexmap::IndexMap;

use crate::program::{Body, BodyFormat, Command, Flag, Kind, Place, Program};

/// The width of a screen.
const WIDTH: usize = 80;
/// How wide the column of names is at most; a longer name goes on into the next.
const COLUMN: usize = 26;

/// What the program itself can do: the command, how it is called, and what for.
pub(crate) const OWN: [(&str, &str, &str); 3] = [
    (
        "completions",
        "completions <SHELL>",
        "Prints completions for bash, zsh, fish and others",
    ),
    ("man", "man", "Prints the man page"),
    (
        "help",
        "help [COMMAND]",
        "Prints this, or the help of a command",
    ),
];

/// The flags that every command has.
pub(crate) const COMMON: [(&str, &str); 8] = [
    (
        "-o, --output <FORMAT>",
        "pretty (default), json, jsonl, yaml, table or text",
    ),
    (
        "-q, --query <JSONPATH>",
        "Print only what this selects, as in $.data[*].id",
    ),
    ("--base-url <URL>", "Where the API is"),
    ("--timeout <SECONDS>", "How long an attempt may take"),
    ("--retries <NUMBER>", "How often to try again at most"),
    (
        "--dry-run",
        "Send nothing; print the curl, without the secret",
    ),
    ("--color <WHEN>", "auto, always or never"),
    ("-h, --help, -V, --version", "Print help, or the version"),
];

/// The exit codes in a line.
pub(crate) const CODES: &str = "0 done, 1 the API said no, 2 a wrong command, 3 no answer";

/// What `--body` is for.
const BODY: &str = "All of it as JSON or YAML, @FILE or -; flags go on top";
/// What it is for where it is sent as it is.
const BYTES: &str = "What is sent: text as it is, @FILE or -";
/// What `--all` is for.
pub(crate) const ALL: &str = "Fetch every page and print the items; -q sees each page";
/// What `--stream` is for.
pub(crate) const STREAM: &str = "Print text as it comes; events where no terminal is";

/// The help of the program: its commands by what they are about.
pub(crate) fn root(program: &Program) -> String {
    let own = OWN.iter().filter(|(name, ..)| is_free(program, name));
    let own: Vec<(&str, &str)> = own.map(|(_, call, about)| (*call, *about)).collect();
    let names = program.commands.iter().map(|command| command.name);
    let names = names.chain(own.iter().map(|(call, _)| *call));
    let width = names.map(str::len).max().unwrap_or_default();
    let row = |name: &str, about: &str| {
        let about = shortened(about, WIDTH.saturating_sub(width + 4));
        format!("  {name:width$}  {about}\n")
    };

    let call = usage(&root_usage(program));
    let mut text = format!("{}\n\n{call}\n\n", wrapped(program.about, 0));
    for (group, commands) in groups(program) {
        let heading = if group.is_empty() { "Commands" } else { group };
        text.push_str(&format!("{heading}:\n"));
        for command in commands {
            text.push_str(&row(command.name, command.about));
        }
    }
    text.push_str("This program:\n");
    for (call, about) in own {
        text.push_str(&row(call, about));
    }
    let common = COMMON.map(|(name, about)| (name.to_owned(), about.to_owned()));
    text.push_str(&format!("\nOptions of all commands:\n{}", rows(&common)));
    let variables = program.config.variables();
    if !variables.is_empty() {
        let line = format!("Environment: {}", variables.join(", "));
        text.push_str(&format!("{}\n", wrapped(&line, 13)));
    }
    text.push_str(&format!("Exit codes: {CODES}\n"));
    text
}

fn groups(program: &Program) -> IndexMap<&'static str, Vec<&'static Command>> {
    let mut groups: IndexMap<&str, Vec<&Command>> = IndexMap::new();
    for command in program.commands {
        groups.entry(command.group).or_default().push(command);
    }
    groups
}

/// The help of a command.
pub(crate) fn command(program: &Program, command: &Command) -> String {
    let mut text = format!("{}\n", wrapped(&format!("{}.", command.about), 0));
    if !command.details.is_empty() {
        let lines = command.details.lines().map(|line| wrapped(line, 0));
        text.push_str(&format!("\n{}\n", lines.collect::<Vec<_>>().join("\n")));
    }
    text.push_str(&format!("\n{}\n", usage(&command_usage(program, command))));
    if command.example.contains(" --") {
        text.push_str(&format!("{}\n", example(command.example)));
    }
    let options = options(command);
    if !options.is_empty() {
        text.push_str(&format!("\nOptions:\n{}", rows(&options)));
    }
    let also = format!(
        "Also -h, -o, -q, --base-url, --timeout, --retries, --dry-run and --color: see `{} help`.",
        program.name
    );
    text.push_str(&format!("\n{}\n", wrapped(&also, 0)));
    text
}

/// Whether no command of the API has this name.
pub(crate) fn is_free(program: &Program, name: &str) -> bool {
    program.commands.iter().all(|command| command.name != name)
}

/// How the program is called.
pub(crate) fn root_usage(program: &Program) -> String {
    format!("{} <COMMAND> [OPTIONS]", program.name)
}

/// How a command is called, with all that it cannot do without.
pub(crate) fn command_usage(program: &Program, command: &Command) -> String {
    let required = command.flags.iter().filter(|flag| flag.required);
    let required: String = required.map(|flag| format!(" {}", call(flag))).collect();
    format!("{} {}{required} [OPTIONS]", program.name, command.name)
}

/// The flags of a command, each with what it is for.
pub(crate) fn options(command: &Command) -> Vec<(String, String)> {
    let flags = command.flags.iter().map(|flag| (call(flag), about(flag)));
    let mut options: Vec<(String, String)> = flags.collect();
    let mut more = |name: &str, about: &str| options.push((name.to_owned(), about.to_owned()));
    if let Some(body) = &command.body {
        more("--body <BODY>", body_about(body));
    }
    if command.pages.is_some() {
        more("--all", ALL);
    }
    if command.events.is_some_and(|events| !events.always) {
        more("--stream", STREAM);
    }
    options
}

/// What `--body` is for.
pub(crate) fn body_about(body: &Body) -> &'static str {
    match body.format {
        BodyFormat::Bytes(_) => BYTES,
        BodyFormat::Json(_) | BodyFormat::Form(_) | BodyFormat::Multipart(_) => BODY,
    }
}

/// A flag with what it takes.
fn call(flag: &Flag) -> String {
    match flag.kind {
        Kind::Boolean => format!("--{}[=<BOOL>]", flag.name),
        _ => format!("--{} <{}>", flag.name, value_name(&flag.kind)),
    }
}

/// What a flag takes, in a word.
pub(crate) fn value_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Known(_) => "TEXT",
        Kind::TextOrJson => "TEXT|JSON",
        Kind::Values(_) => "VALUE",
        Kind::Integer | Kind::Number => "NUMBER",
        Kind::Boolean => "BOOL",
        Kind::Json | Kind::List(Kind::List(_) | Kind::Map(_)) => "JSON",
        Kind::List(inner) => value_name(inner),
        Kind::Map(_) => "KEY=VALUE",
        Kind::File => "FILE",
    }
}

/// A line; what a value may be and what it is otherwise stand in brackets.
pub(crate) fn about(flag: &Flag) -> String {
    let mut text = flag.help.trim_end_matches('.').to_owned();
    let mut notes = Vec::new();
    if flag.required && flag.place == Place::Body {
        notes.push("required".to_owned());
    }
    notes.extend(flag.limits.map(str::to_owned));
    if let Kind::Values(values) | Kind::List(Kind::Values(values)) = &flag.kind {
        notes.push(values.join(", "));
    }
    if let Some(default) = flag.default {
        notes.push(format!("default: {default}"));
    }
    if matches!(flag.kind, Kind::List(_) | Kind::Map(_)) {
        notes.push("may be repeated".to_owned());
    }
    if !notes.is_empty() {
        text.push_str(&format!(" [{}]", notes.join("; ")));
    }
    text
}

fn usage(call: &str) -> String {
    wrapped(&format!("Usage: {call}"), 7)
}

/// An example to copy: where it is too long for a line, it goes on as a shell takes it.
fn example(call: &str) -> String {
    let line = format!("Example: {call}");
    match line.chars().count() <= WIDTH {
        true => line,
        false => line.replace(" --", " \\\n    --"),
    }
}

/// Names and what they are, in two columns.
fn rows(rows: &[(String, String)]) -> String {
    let widths = rows.iter().map(|(name, _)| name.chars().count());
    let widths = widths.filter(|width| *width <= COLUMN);
    let width = widths.max().unwrap_or(COLUMN);
    let lines = rows.iter().map(|(name, about)| {
        let start = format!("  {name:width$}  ");
        format!("{}\n", wrapped_after(start, about, width + 4))
    });
    lines.collect()
}

/// The text in lines of a screen; all but the first begin with this many spaces.
fn wrapped(text: &str, indent: usize) -> String {
    wrapped_after(String::new(), text, indent)
}

/// As [`wrapped`], where something stands at the beginning already.
fn wrapped_after(start: String, text: &str, indent: usize) -> String {
    let mut lines = vec![start];
    let mut begins = true;
    for word in text.split_whitespace() {
        let used = lines.last().map_or(0, |line| line.chars().count());
        if !begins && used + 1 + word.chars().count() > WIDTH {
            // A word that is too long for the column begins before it.
            let room = WIDTH.saturating_sub(word.chars().count());
            lines.push(" ".repeat(indent.min(room)));
            begins = true;
        }
        if let Some(line) = lines.last_mut() {
            line.push_str(if begins { "" } else { " " });
            line.push_str(word);
        }
        begins = false;
    }
    lines.join("\n").trim_end().to_owned()
}

/// As many words as fit.
fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    let kept = kept
        .rsplit_once(' ')
        .map_or(kept.as_str(), |(kept, _)| kept);
    format!("{}…", kept.trim_end_matches([',', ':', ';']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_end_where_the_screen_does() {
        let lines = wrapped(&"word ".repeat(40), 4);
        assert!(lines.lines().all(|line| line.chars().count() <= WIDTH));
        let mut others = lines.lines().skip(1);
        assert!(others.all(|line| line.starts_with("    word")));
        assert_eq!(lines.split_whitespace().count(), 40);
    }

    #[test]
    fn a_long_name_goes_on_into_the_next_column() {
        let name = format!("--{}", "x".repeat(30));
        let short = ("--y".to_owned(), "what it is".to_owned());
        let row = rows(&[(name.clone(), "what it is ".repeat(8)), short]);
        let lines: Vec<&str> = row.lines().collect();
        assert!(
            lines[0].starts_with(&format!("  {name}  what it is")),
            "{row}"
        );
        assert!(
            lines[1].starts_with("       what") || lines[1].starts_with("       "),
            "{row}"
        );
        assert_eq!(lines.last(), Some(&"  --y  what it is"), "{row}");
    }

    #[test]
    fn an_index_keeps_to_its_line() {
        assert_eq!(shortened("one two three", 13), "one two three");
        assert_eq!(shortened("one two, three", 12), "one two…");
    }
}
