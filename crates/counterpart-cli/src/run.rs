//! A whole run: from the command line to the exit code.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;
use std::sync::PoisonError;
use std::time::Duration;

use clap::ArgMatches;
use counterpart_client::{Builder, ConfigError, Download, Http};

use crate::call::{self, Answer};
use crate::failure::Failure;
use crate::input::Input;
use crate::output::Output;
use crate::program::{Command, Program};
use crate::{curl, events, help, line, man, pages, sent};

/// Runs a program with the arguments of the process.
///
/// The exit code is 0 if all went well or whoever reads the output has had enough, 1 if the service said no, 2 if the
/// command is not what it should be, and 3 if there was no answer.
pub fn main(program: &'static Program) -> ExitCode {
    let matches = match line::clap(program).try_get_matches() {
        Ok(matches) => matches,
        Err(error) => {
            let code = if error.use_stderr() { 2 } else { 0 };
            // Where nobody reads, nothing more can be done.
            let _ = error.print();
            return ExitCode::from(code);
        }
    };
    match run(program, &matches) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            if !matches!(failure, Failure::Closed) {
                let _ = writeln!(std::io::stderr(), "{}: {failure}", error_word());
            }
            failure.code()
        }
    }
}

fn error_word() -> &'static str {
    match std::io::stderr().is_terminal() {
        true => "\x1b[31merror\x1b[0m",
        false => "error",
    }
}

fn run(program: &'static Program, matches: &ArgMatches) -> Result<(), Failure> {
    let Some((name, matches)) = matches.subcommand() else {
        return Err(Failure::usage("no command was given"));
    };
    match name {
        _ if !help::is_free(program, name) => {}
        "completions" => return completions(program, matches),
        "man" => return said(&man::page(program)),
        "help" => return helped(program, matches.get_one("command")),
        _ => {}
    }
    let command = named(program, name)?;
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::Transport(format!("cannot start: {error}")))?;
    runtime.block_on(execute(program, command, matches))
}

/// The command of this name.
fn named(program: &'static Program, name: &str) -> Result<&'static Command, Failure> {
    let mut commands = program.commands.iter();
    let command = commands.find(|command| command.name == name);
    command.copied().ok_or_else(|| {
        let known = format!("`{} help` lists them", program.name);
        Failure::usage(format!("there is no command `{name}`: {known}"))
    })
}

/// Prints the help of the program, or of a command.
fn helped(program: &'static Program, name: Option<&String>) -> Result<(), Failure> {
    let own = |name: &str| help::OWN.iter().any(|(own, ..)| *own == name);
    match name {
        Some(name) if !own(name) => said(&help::command(program, named(program, name)?)),
        _ => said(&help::root(program)),
    }
}

fn said(text: &str) -> Result<(), Failure> {
    Ok(std::io::stdout().write_all(text.as_bytes())?)
}

async fn execute(
    program: &'static Program,
    command: &'static Command,
    matches: &ArgMatches,
) -> Result<(), Failure> {
    let always = command.events.is_some_and(|events| events.always);
    let asked = command.events.is_some() && !always && matches.get_flag("events");
    let streams = always || asked;
    let input = Input::read(command, matches, streams)?;
    let mut output = Output::new(matches)?;
    if matches.get_flag("dry-run") {
        let text = dry(program, command, matches, &input, streams).await?;
        return output.text(&format!("{text}\n"));
    }
    let http = connect(builder(program, matches, false)?)?;
    match (command.events.filter(|_| streams), command.pages) {
        (Some(events), _) => events::print(&http, command, events, &input, &mut output).await,
        (None, Some(pages)) if matches.get_flag("all") => {
            pages::all(&http, command, pages, input, &mut output).await
        }
        (None, pages) => match call::send(&http, command, &input).await? {
            Answer::Json(value) => output.value(&value, pages.map(|pages| pages.items)),
            Answer::Bytes(download) => save(download, &mut output).await,
            Answer::Empty => Ok(()),
        },
    }
}

/// Writes bytes as they come.
async fn save(download: Download, output: &mut Output) -> Result<(), Failure> {
    let mut chunks = download.chunks();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|error| Failure::Transport(error.to_string()))?;
        output.bytes(&chunk)?;
    }
    Ok(())
}

/// What would be sent.
async fn dry(
    program: &'static Program,
    command: &'static Command,
    matches: &ArgMatches,
    input: &Input,
    streams: bool,
) -> Result<String, Failure> {
    // Events are of use when they come, not when a buffer is full.
    let options: &[&str] = if streams { &["-N"] } else { &[] };
    let parts = sent::curl_data(command, input.body.as_ref());
    let (service, written) = curl::recorder(program.config.credential_variables(), options, parts);
    let http = connect(builder(program, matches, true)?.retries(0).service(service))?;
    let failure = match streams {
        true => call::stream(&http, command, input)?
            .await
            .err()
            .map(Failure::from),
        false => call::send(&http, command, input).await.err(),
    };
    let written = written
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .take();
    match (written, failure) {
        (Some(text), _) => Ok(text),
        (None, Some(failure)) => Err(failure),
        (None, None) => Err(Failure::usage("nothing would be sent")),
    }
}

/// The client as environment and flags ask for. Without `secrets`, their variables stand in for them.
fn builder(
    program: &'static Program,
    matches: &ArgMatches,
    hidden: bool,
) -> Result<Builder<Http>, Failure> {
    let config = program.config;
    let secrets = config.credential_variables();
    let lookup = |name: &'static str| match hidden && secrets.contains(&name) {
        true => Ok(Some(format!("${name}"))),
        false => match std::env::var(name) {
            Ok(value) => Ok(Some(value)),
            Err(std::env::VarError::NotPresent) => Ok(None),
            Err(std::env::VarError::NotUnicode(_)) => {
                Err(ConfigError::NotUnicode { variable: name })
            }
        },
    };
    let mut builder = Builder::from_vars(config, lookup).map_err(config_failure)?;
    if let Some(url) = matches.get_one::<String>("base-url") {
        builder = builder.base_url(url);
    }
    if let Some(seconds) = matches.get_one::<f64>("timeout") {
        let limit = Duration::try_from_secs_f64(*seconds)
            .map_err(|error| Failure::usage(format!("--timeout: {error}")))?;
        builder = builder.timeout(limit);
    }
    if let Some(retries) = matches.get_one::<u32>("retries") {
        builder = builder.retries(*retries);
    }
    Ok(builder)
}

fn connect(builder: Builder<Http>) -> Result<Http, Failure> {
    builder.build().map_err(config_failure)
}

fn config_failure(error: ConfigError) -> Failure {
    Failure::usage(error.to_string())
}

fn completions(program: &'static Program, matches: &ArgMatches) -> Result<(), Failure> {
    let shell = matches.get_one::<clap_complete::Shell>("shell");
    let shell = shell
        .copied()
        .ok_or_else(|| Failure::usage("no shell was given"))?;
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut line::clap(program), program.name, &mut script);
    Ok(std::io::stdout().write_all(&script)?)
}
