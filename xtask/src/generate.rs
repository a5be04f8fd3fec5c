//! `cargo xtask generate`

use std::process::ExitCode;
use std::time::Instant;

use counterpart_codegen::census::census;
use counterpart_codegen::run::{self, Generated};
use counterpart_codegen::{config, emit};

use super::flags::{Generate, MessageFormat};
use super::lines::{ApiLine, CheckedLine, FinishedLine, Line, OpenLine};
use super::session::{Session, count, say};

/// Generates what the flags ask for.
pub fn run(flags: &Generate) -> ExitCode {
    let start = Instant::now();
    let mut session = Session::new(flags.message_format);
    let config = match flags.document.asked() {
        Some(asked) => asked.config(&mut session.diags),
        None => {
            let path = flags.config.path();
            config::load(
                &path,
                &emit::packages(),
                &mut session.sources,
                &mut session.diags,
            )
        }
    };
    let Some(generated) = session.generated(config) else {
        return session.failed();
    };
    if flags.deny_warnings && session.diags.warnings() > 0 {
        session.print_diagnostics();
        if session.format == MessageFormat::Text {
            eprintln!("error: nothing is written: warnings are denied");
        }
        return ExitCode::FAILURE;
    }
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
    let finished = FinishedLine {
        written: report.written.len(),
        unchanged: report.unchanged,
        removed: report.removed.len(),
        milliseconds: u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX),
    };
    match session.format {
        MessageFormat::Text => say_as_text(generated, &finished),
        MessageFormat::Json => say_as_json(generated, &session, finished),
    }
    ExitCode::SUCCESS
}

fn say_as_text(generated: &[Generated], finished: &FinishedLine) {
    for Generated { config, output } in generated {
        say(&format!(
            "{}: {}, {}",
            config.name,
            count(output.plan.client.operations.len(), "operation"),
            count(output.plan.types.count(), "type")
        ));
    }
    say(&format!(
        "{} written, {} unchanged, {} removed in {} ms",
        count(finished.written, "file"),
        finished.unchanged,
        finished.removed,
        finished.milliseconds,
    ));
}

fn say_as_json(generated: &[Generated], session: &Session, finished: FinishedLine) {
    for Generated { config, output } in generated {
        let census = census(output);
        let open = census.open.into_iter().map(|open| OpenLine {
            file: session.sources.get(open.place.at.source).name.clone(),
            line: open.place.at.line,
            pointer: open.place.pointer,
            why: open.why,
        });
        say(&Line::Api(ApiLine {
            name: config.name.clone(),
            operations: census.operations,
            operations_in_document: census.operations_in_document,
            types: census.types,
            open: open.collect(),
            lines: census.lines,
        })
        .to_string());
    }
    say(&Line::Finished(finished).to_string());
}

fn check(generated: &[Generated], mut session: Session) -> ExitCode {
    let Some(check) = run::check(generated, &mut session.diags) else {
        return session.failed();
    };
    session.print_diagnostics();
    let is_clean = check.is_clean();
    if session.format == MessageFormat::Json {
        let stale = check.stale.into_iter().map(|stale| stale.path);
        let checked = CheckedLine {
            stale: stale.collect(),
            missing: check.missing,
            orphaned: check.orphaned,
            unchanged: check.unchanged,
        };
        say(&Line::Checked(checked).to_string());
    } else if is_clean {
        say(&format!("up to date: {}", count(check.unchanged, "file")));
    } else {
        say(check.to_string().trim_end());
        eprintln!(
            "error: {} stale, {} missing, {} orphaned; run `cargo xtask generate` and commit what it writes",
            check.stale.len(),
            check.missing.len(),
            check.orphaned.len(),
        );
    }
    match is_clean {
        true => ExitCode::SUCCESS,
        false => ExitCode::FAILURE,
    }
}
