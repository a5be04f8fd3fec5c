//! The command line as clap sees it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command as Clap, ValueHint};

use crate::output::Format;
use crate::program::{Command, Flag, Kind, Place, Program};

/// The whole command line.
pub(crate) fn clap(program: &Program) -> Clap {
    let mut clap = Clap::new(program.name)
        .version(program.version)
        .about(program.about)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .max_term_width(100)
        .help_template(
            "{about-section}\n{usage-heading} {usage}\n{after-help}\n\nOptions:\n{options}",
        )
        .after_help(commands(program))
        .args(common())
        .arg(help_flag());
    for command in program.commands {
        clap = clap.subcommand(subcommand(program, command));
    }
    clap.subcommand(
        Clap::new("completions")
            .about("Prints completions for a shell")
            .arg(
                Arg::new("shell")
                    .required(true)
                    .value_parser(clap::value_parser!(clap_complete::Shell)),
            ),
    )
    .subcommand(Clap::new("man").about("Prints the man page"))
}

/// The commands by what they are about.
fn commands(program: &Program) -> String {
    let width = program
        .commands
        .iter()
        .map(|command| command.name.len())
        .max();
    let width = width.unwrap_or_default().max("completions".len());
    let mut groups: indexmap::IndexMap<&str, Vec<&Command>> = indexmap::IndexMap::new();
    for command in program.commands {
        groups.entry(command.group).or_default().push(command);
    }
    let mut text = String::new();
    for (group, commands) in groups {
        let heading = if group.is_empty() { "Commands" } else { group };
        text.push_str(&format!("\n{heading}:\n"));
        for command in commands {
            text.push_str(&format!("  {:width$}  {}\n", command.name, command.about));
        }
    }
    text.push_str(&format!(
        "\nThis program:\n  {:width$}  Prints completions for bash, zsh, fish and others\n  {:width$}  Prints the man page\n",
        "completions", "man"
    ));
    let variables = program.config.variables();
    if !variables.is_empty() {
        text.push_str(&format!("\nEnvironment: {}", variables.join(", ")));
    }
    text
}

fn subcommand(program: &Program, command: &Command) -> Clap {
    let about = match command.details.is_empty() {
        true => format!("{}.", command.about),
        false => format!("{}.\n\n{}", command.about, command.details),
    };
    let mut clap = Clap::new(command.name)
        .about(about)
        .disable_help_flag(true)
        .args(command.flags.iter().map(flag));
    if command.body.is_some() {
        clap = clap.arg(
            Arg::new("body")
                .long("body")
                .value_name("BODY")
                .allow_hyphen_values(true)
                .value_hint(ValueHint::Other)
                .help(
                    "The whole body: JSON or YAML, @FILE, or - for standard input; flags go on top",
                ),
        );
    }
    if command.pages.is_some() {
        clap = clap.arg(
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .help("Fetch every page and print the items; -q sees each page"),
        );
    }
    if command.events.is_some_and(|events| !events.always) {
        clap = clap.arg(
            Arg::new("events")
                .long("stream")
                .action(ArgAction::SetTrue)
                .help("Print text as it comes, or events as JSON lines where no terminal is"),
        );
    }
    // They are described by the program's own help: here they would fill the screen.
    clap.args(common().into_iter().map(|arg| arg.hide(true)))
        .arg(help_flag())
        .after_help(format!(
            "Also -o, -q, --base-url, --timeout, --retries, --dry-run and --color: see `{} --help`.",
            program.name
        ))
}

/// A short help is all there is: a flag takes a line.
fn help_flag() -> Arg {
    Arg::new("help")
        .short('h')
        .long("help")
        .action(ArgAction::HelpShort)
        .help("Print help")
}

/// The id under which clap knows a flag: no flag of a command is one of ours.
pub(crate) fn id(flag: &Flag) -> String {
    format!("flag:{}", flag.name)
}

fn flag(flag: &Flag) -> Arg {
    let arg = Arg::new(id(flag))
        .long(flag.name)
        // A property may come with `--body`; whether it is there is checked when all is together.
        .required(flag.required && flag.place != Place::Body)
        .allow_hyphen_values(!matches!(
            scalar(&flag.kind),
            Kind::Values(_) | Kind::Boolean
        ))
        .help(help(flag));
    let arg = arg.value_name(value_name(&flag.kind));
    match &flag.kind {
        Kind::Boolean => arg
            .num_args(0..=1)
            .require_equals(true)
            .default_missing_value("true")
            .value_parser(PossibleValuesParser::new(["true", "false"]))
            .hide_possible_values(true),
        Kind::Values(values) => arg.value_parser(PossibleValuesParser::new(*values)),
        Kind::List(Kind::Values(values)) => arg
            .action(ArgAction::Append)
            .value_parser(PossibleValuesParser::new(*values)),
        Kind::List(_) | Kind::Map(_) => arg.action(ArgAction::Append),
        _ => arg,
    }
}

fn scalar(kind: &Kind) -> &Kind {
    match kind {
        Kind::List(inner) | Kind::Map(inner) => scalar(inner),
        kind => kind,
    }
}

fn value_name(kind: &Kind) -> &'static str {
    match kind {
        Kind::Text | Kind::Known(_) => "TEXT",
        Kind::TextOrJson => "TEXT|JSON",
        Kind::Values(_) => "VALUE",
        Kind::Integer | Kind::Number => "NUMBER",
        Kind::Boolean => "BOOL",
        Kind::Json => "JSON",
        Kind::List(Kind::List(_) | Kind::Map(_)) => "JSON",
        Kind::List(inner) => value_name(inner),
        Kind::Map(_) => "KEY=VALUE",
    }
}

/// A line; what a value may be and what it is otherwise stand in brackets.
fn help(flag: &Flag) -> String {
    let mut text = flag.help.trim_end_matches('.').to_owned();
    let mut notes = Vec::new();
    if flag.required && flag.place == Place::Body {
        notes.push("required".to_owned());
    }
    notes.extend(flag.limits.map(str::to_owned));
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

/// The flags that every command has. They are described once, by the program's own help.
fn common() -> Vec<Arg> {
    let every = |arg: Arg| arg.global(true);
    vec![
        every(
            Arg::new("output")
                .short('o')
                .long("output")
                .value_name("FORMAT")
                .value_parser(PossibleValuesParser::new(Format::NAMES))
                .help("How to print [default: pretty]"),
        ),
        every(
            Arg::new("query")
                .short('q')
                .long("query")
                .value_name("JSONPATH")
                .help("Print only what this selects, as in $.data[*].id"),
        ),
        every(
            Arg::new("base-url")
                .long("base-url")
                .value_name("URL")
                .value_hint(ValueHint::Url)
                .help("Where the API is"),
        ),
        every(
            Arg::new("timeout")
                .long("timeout")
                .value_name("SECONDS")
                .value_parser(clap::value_parser!(f64))
                .help("How long an attempt may take"),
        ),
        every(
            Arg::new("retries")
                .long("retries")
                .value_name("NUMBER")
                .value_parser(clap::value_parser!(u32))
                .help("How often to try again at most"),
        ),
        every(
            Arg::new("dry-run")
                .long("dry-run")
                .action(ArgAction::SetTrue)
                .help("Send nothing; print the curl command, without the secret"),
        ),
        every(
            Arg::new("color")
                .long("color")
                .value_name("WHEN")
                .value_parser(PossibleValuesParser::new(["auto", "always", "never"]))
                .hide_possible_values(true)
                .help("auto, always or never"),
        ),
    ]
}
