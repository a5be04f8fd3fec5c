//! The command-line client as a process, against a server over a socket.

mod documented;
mod failures;
mod help;
mod operations;
mod output;
mod pipes;
mod support;
