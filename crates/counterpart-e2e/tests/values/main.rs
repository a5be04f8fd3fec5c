//! Every type of the checked-in types crate, with values made from the document that it was generated from.
//!
//! | module | what |
//! | --- | --- |
//! | `types` | the types, each with what can be done with it |
//! | `document` | the document, as the generator understands it |
//!
//! `counterpart-values` makes the values, and breaks them.

mod document;
mod junk;
mod listed;
mod refused;
mod survive;
mod types;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};

/// Runs a property a number of times, and says of which type it does not hold.
#[track_caller]
fn holds<S: Strategy>(
    name: &str,
    cases: u32,
    values: &S,
    property: impl Fn(S::Value) -> TestCaseResult,
) {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    };
    if let Err(error) = TestRunner::new(config).run(values, property) {
        panic!("{name}: {error}");
    }
}
