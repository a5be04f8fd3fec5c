//! Tests of the generated client and the generated server against each other: there is nothing else in this package.
//!
//! | tests | what they hold together |
//! | --- | --- |
//! | `operations` | client and server, operation by operation, in process and over a socket |
//! | `values` | every generated type and the document that it was generated from, with arbitrary values |
//! | `programs` | the two programs of `examples/`, as processes |
//! | `compile_fail` | what must not compile, and what the compiler says about it |
//! | `cli` | the command-line client, as a process, against a server |
//! | `docs` | the generated reference: its facts, names and links |
//! | the doc tests of this file | what `README.md` and the reference show |

#![deny(missing_docs)]

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../../README.md")]
pub struct Readme;

/// The snippets of the generated reference compile.
#[cfg(doctest)]
pub mod reference {
    include!(concat!(env!("OUT_DIR"), "/reference.rs"));
}
