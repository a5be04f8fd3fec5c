//! A small part of the Assistants API, written by hand exactly as the generator prints it.

pub mod server;
pub mod types;
