//! A server of the shape that the generator prints, and what happens to requests that are sent to it.

pub mod assistants;

mod authentication;
mod excerpts;
mod harness;
mod hooks;
mod limits;
mod operation;
mod readers;
mod replies;
mod requests;
mod routing;
mod sequences;
mod service;
mod serving;
mod sockets;
mod streams;
mod templates;
mod uploads;
