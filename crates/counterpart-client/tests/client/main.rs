//! The client against services in this process and on the loopback interface.
//!
//! No test sleeps: where time matters it is paused, and passes only when everything waits.

mod building;
mod errors;
#[cfg(feature = "reqwest")]
mod faults;
#[cfg(feature = "reqwest")]
mod faulty;
mod generated;
mod items;
mod limits;
mod matrix;
mod pages;
mod polls;
mod redirects;
mod requests;
mod responses;
mod retries;
mod secrets;
#[cfg(feature = "reqwest")]
mod sockets;
mod streams;
mod support;
mod traces;
#[cfg(feature = "blocking")]
mod waits;
