//! The commands of this repository: flags and printing. What they do is in
//! `counterpart-codegen`.

mod check_time;
mod corpus;
mod flags;
mod generate;
mod lines;
mod session;
mod show;

use std::process::ExitCode;

use clap::Parser;
use mimalloc::MiMalloc;

use flags::{CheckTime, Command, Corpus, Flags};
use session::say;

/// Tokens and syntax trees are small pieces by the million, over which the usual allocators lose time.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    match Flags::parse().command {
        Command::Generate(flags) => generate::run(&flags),
        Command::Show(flags) => show::run(&flags),
        Command::CheckTime(flags) => check_time(&flags),
        Command::Corpus(flags) => corpus(&flags),
    }
}

/// `cargo xtask check-time`
fn check_time(flags: &CheckTime) -> ExitCode {
    match check_time::measure(flags, &mut |line| say(line)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failed(&error),
    }
}

/// `cargo xtask corpus`
fn corpus(flags: &Corpus) -> ExitCode {
    match corpus::run(flags) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => failed(&error),
    }
}

fn failed(error: &std::io::Error) -> ExitCode {
    eprintln!("error: {error}");
    ExitCode::FAILURE
}
