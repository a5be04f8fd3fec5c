//! The commands of this repository: flags and printing. What they do is in
//! `counterpart-codegen`.

mod check_time;
mod flags;

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::Instant;

use clap::Parser;
use counterpart_codegen::diag::{self, Diagnostics};
use counterpart_codegen::load::tree::Sources;
use counterpart_codegen::run::{self, Generated};
use counterpart_codegen::show;

use flags::{CheckTime, Command, Flags, Generate, Show};

fn main() -> ExitCode {
    match Flags::parse().command {
        Command::Generate(flags) => generate(&flags),
        Command::Show(flags) => show(&flags),
        Command::CheckTime(flags) => check_time(&flags),
    }
}

/// `cargo xtask check-time`
fn check_time(flags: &CheckTime) -> ExitCode {
    match check_time::measure(flags, &mut |line| say(line)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `cargo xtask generate`
fn generate(flags: &Generate) -> ExitCode {
    let start = Instant::now();
    let mut session = Session::default();
    let Some(generated) = session.generated(flags.config.path()) else {
        return session.failed();
    };
    match flags.check {
        true => check(&generated, session),
        false => write(&generated, session, start),
    }
}

fn write(generated: &[Generated], mut session: Session, start: Instant) -> ExitCode {
    let Some(report) = run::write(generated, &mut session.diags) else {
        return session.failed();
    };
    session.print_diagnostics();
    for Generated { config, output } in generated {
        let operations = output.plan.client.operations.len();
        let types = output.plan.types.count();
        say(&format!(
            "{}: {}, {}",
            config.name,
            count(operations, "operation"),
            count(types, "type")
        ));
    }
    say(&format!(
        "{} written, {} unchanged, {} removed in {} ms",
        count(report.written.len(), "file"),
        report.unchanged,
        report.removed.len(),
        start.elapsed().as_millis(),
    ));
    ExitCode::SUCCESS
}

fn check(generated: &[Generated], mut session: Session) -> ExitCode {
    let Some(check) = run::check(generated, &mut session.diags) else {
        return session.failed();
    };
    session.print_diagnostics();
    if check.is_clean() {
        say(&format!("up to date: {}", count(check.unchanged, "file")));
        return ExitCode::SUCCESS;
    }
    say(check.to_string().trim_end());
    eprintln!(
        "error: {} stale, {} missing, {} orphaned; run `cargo xtask generate` and commit what it writes",
        check.stale.len(),
        check.missing.len(),
        check.orphaned.len(),
    );
    ExitCode::FAILURE
}

/// `cargo xtask show`
fn show(flags: &Show) -> ExitCode {
    let mut session = Session::default();
    let Some(generated) = session.generated(flags.config.path()) else {
        return session.failed();
    };
    let mut near = None;
    for Generated { output, .. } in &generated {
        match show::show(output, &session.sources, &flags.name) {
            Ok(text) => {
                say(text.trim_end());
                return ExitCode::SUCCESS;
            }
            Err(name) => near = near.or(name),
        }
    }
    eprintln!(
        "error: no operation and no schema is called `{}`",
        flags.name
    );
    match near {
        Some(near) => eprintln!("help: did you mean `{near}`?"),
        None => eprintln!("help: name an `operationId`, a schema, a type, a method or a pointer"),
    }
    ExitCode::FAILURE
}

/// What a command reads and what it has to say about it.
#[derive(Default)]
struct Session {
    sources: Sources,
    diags: Diagnostics,
}

impl Session {
    fn generated(&mut self, config: PathBuf) -> Option<Vec<Generated>> {
        run::generate_all(&config, &mut self.sources, &mut self.diags)
    }

    fn print_diagnostics(&self) {
        if !self.diags.items().is_empty() {
            let color = std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none();
            eprintln!(
                "{}",
                diag::render(&self.diags, &self.sources, color).trim_end()
            );
        }
    }

    fn failed(&self) -> ExitCode {
        self.print_diagnostics();
        ExitCode::FAILURE
    }
}

/// `1 file`, `2 files`.
fn count(number: usize, noun: &str) -> String {
    match number {
        1 => format!("1 {noun}"),
        _ => format!("{number} {noun}s"),
    }
}

/// Prints a line; whoever stopped listening (`| head`) is no error.
fn say(text: &str) {
    let _ = writeln!(std::io::stdout(), "{text}");
}
