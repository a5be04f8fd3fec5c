//! How fast generated types are read and written, beside plain derived ones and `serde_json::Value`.
//!
//! | | what |
//! | --- | --- |
//! | [`payloads`] | what is read: a run, messages, run steps, an event stream |
//! | [`derived`] | the types that one would write by hand with serde's derives |
//! | [`candidates`] | each payload with the ways to read and to write it |
//! | [`check`] | what figures have to be, for `--check` of the other programs |
//!
//! `cargo run --release -p counterpart-bench` prints a table of all of them; `cargo bench -p counterpart-bench` has
//! criterion measure them.

#![deny(missing_docs)]

pub mod candidates;
pub mod check;
pub mod derived;
pub mod payloads;
