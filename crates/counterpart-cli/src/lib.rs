//! The run time of every generated command-line client: flags, request bodies, output, paging and event streams.
//!
//! It knows no operation and no schema. A generated program is a table, a [`Program`] of [`Command`]s, which [`main`]
//! runs:
//!
//! ```no_run
//! use std::process::ExitCode;
//!
//! use counterpart_cli::{Command, Flag, Program};
//! use counterpart_client::{Config, Security};
//!
//! const GET_THREAD: Command = Command::get("get-thread", "getThread", "/threads/{thread_id}")
//!     .about("Fetches a thread.")
//!     .flags(&[Flag::path("thread-id", "thread_id").help("Id of the thread.")]);
//!
//! const PROGRAM: Program = Program {
//!     name: "example",
//!     version: "1.0.0",
//!     about: "Calls the Example API.",
//!     config: Config::new("https://api.example.com/v1")
//!         .security(&[Security::bearer("ApiKeyAuth").env("EXAMPLE_API_KEY")]),
//!     commands: &[&GET_THREAD],
//! };
//!
//! fn main() -> ExitCode {
//!     counterpart_cli::main(&PROGRAM)
//! }
//! ```
//!
//! `example get-thread --thread-id thread_1` then prints the thread. The exit code is 0 if all went well, 1 if the
//! service said no, 2 if the command was not understood, and 3 if there was no answer.
//!
//! A command goes through these modules, in this order: `line` makes clap's view of the table, `input` gathers the
//! request from flags and body, `call` sends it, `output` prints what came.

#![deny(missing_docs)]

mod body;
mod call;
mod check;
mod curl;
mod events;
mod failure;
mod help;
mod input;
mod line;
mod man;
mod output;
mod pages;
mod program;
mod run;
mod sent;
mod table;

pub use check::{check, check_shape, keeps};
pub use program::{Body, Command, Events, Flag, Kind, Pages, Place, Problem, Program, Reply};
pub use run::main;

/// The crate of clients, for what generated code needs of it.
pub use counterpart_client as client;
/// Any JSON.
pub use counterpart_wire::Value;
/// How the fields of a form are written.
pub use counterpart_wire::form::Encoding;
/// The styles of parameters.
pub use counterpart_wire::params::Param;
/// The regular expression that a text has to match.
pub use counterpart_wire::pattern;
