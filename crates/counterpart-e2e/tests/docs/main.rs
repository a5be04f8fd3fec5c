//! The generated reference: its facts, its names, its links.
//!
//! That its snippets compile is a matter of the doc tests of this package.

mod facts;
mod links;
mod names;
mod pages;
