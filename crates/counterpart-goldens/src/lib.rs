//! Every accepted golden of the generator's tests, compiled: what is generated from
//! `open_enum.yaml` is [`open_enum`], with the modules `types`, `client` and `server` in place of
//! crates.
//!
//! `build.rs` takes the goldens apart. They compile under the lints of the generated crates; the
//! tests of this crate send values through them.

#![deny(missing_docs)]

// So that the goldens, and the examples in their docs, find each other by one and the same path.
extern crate self as counterpart_goldens;

include!(concat!(env!("OUT_DIR"), "/goldens.rs"));
