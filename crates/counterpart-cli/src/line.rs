//! The command line as clap sees it.

use clap::builder::PossibleValuesParser;
use clap::{Arg, ArgAction, Command as Clap, ValueHint};

use crate::help;
use crate::output::Format;
use crate::program::{Command, Flag, Kind, Place, Program};

/// The whole command line.
pub(crate) fn clap(program: &Program) -> Clap {
    let mut clap = Clap::new(program.name)
        .bin_name(program.name)
        .version(program.version)
        .about(program.about)
        .subcommand_required(true)
        .arg_required_else_help(true)
        .disable_help_subcommand(true)
        .disable_help_flag(true)
        .override_help(help::root(program))
        .override_usage(help::root_usage(program))
        .args(common())
        .arg(help_flag());
    for command in program.commands {
        clap = clap.subcommand(subcommand(program, command));
    }
    let own = help::OWN.iter();
    for (name, _, about) in own.filter(|(name, ..)| help::is_free(program, name)) {
        clap = clap.subcommand(own_command(name, about));
    }
    clap
}

/// A command of the program itself.
fn own_command(name: &'static str, about: &'static str) -> Clap {
    let clap = Clap::new(name).about(about).disable_help_flag(true);
    let clap = match name {
        "completions" => clap.arg(
            Arg::new("shell")
                .required(true)
                .value_parser(clap::value_parser!(clap_complete::Shell)),
        ),
        "help" => clap.arg(Arg::new("command").value_name("COMMAND")),
        _ => clap,
    };
    clap.args(hidden()).arg(help_flag())
}

fn subcommand(program: &Program, command: &Command) -> Clap {
    let mut clap = Clap::new(command.name)
        .about(command.about)
        .override_help(help::command(program, command))
        .override_usage(help::command_usage(program, command))
        .disable_help_flag(true)
        .args(command.flags.iter().map(flag));
    if let Some(body) = &command.body {
        clap = clap.arg(
            Arg::new("body")
                .long("body")
                .value_name("BODY")
                .allow_hyphen_values(true)
                .value_hint(ValueHint::Other)
                .help(help::body_about(body)),
        );
    }
    if command.pages.is_some() {
        clap = clap.arg(
            Arg::new("all")
                .long("all")
                .action(ArgAction::SetTrue)
                .help(help::ALL),
        );
    }
    if command.events.is_some_and(|events| !events.always) {
        clap = clap.arg(
            Arg::new("events")
                .long("stream")
                .action(ArgAction::SetTrue)
                .help(help::STREAM),
        );
    }
    clap.args(hidden()).arg(help_flag())
}

/// The flags of every command, in a command: the program's own help describes them.
fn hidden() -> Vec<Arg> {
    let common = common().into_iter();
    common.map(|arg| arg.hide(true)).collect()
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
        .help(help::about(flag));
    let arg = arg.value_name(help::value_name(&flag.kind));
    let arg = match scalar(&flag.kind) {
        Kind::File => arg.value_hint(ValueHint::FilePath),
        _ => arg,
    };
    match &flag.kind {
        Kind::Boolean => arg
            // There are no arguments without a flag that `--flag true` could be mistaken for.
            .num_args(0..=1)
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
