//! The commands of this repository: flags and printing. What they do is in
//! `counterpart-codegen`.

mod check_time;
mod flags;
mod generate;
mod lines;
mod session;
mod show;

use std::process::ExitCode;

use clap::Parser;

use flags::{CheckTime, Command, Flags};
use session::say;

fn main() -> ExitCode {
    match Flags::parse().command {
        Command::Generate(flags) => generate::run(&flags),
        Command::Show(flags) => show::run(&flags),
        Command::CheckTime(flags) => check_time(&flags),
    }
}

/// `cargo xtask check-time`
fn check_time(flags: &CheckTime) -> ExitCode {
    match check_time::measure(flags, &mut |line| say(line)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

fn failed(error: &std::io::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}
