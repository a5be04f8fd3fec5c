//! Every type of every golden, with values made from the fixture that it was generated from.
//!
//! | module | what |
//! | --- | --- |
//! | `fixture` | the documents, as the generator understands them |
//! | `types` | the types, each with what can be done with it |
//! | `survive` | what is of a type survives being read and written |
//! | `refused` | what is not of a type is refused, at its place |
//! | `junk` | any JSON is a value or an error |

mod fixture;
mod junk;
mod refused;
mod survive;
mod types;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, TestCaseResult, TestRunner};

/// Runs a property a number of times, and says of which type it does not hold.
fn holds<S: Strategy>(
    name: &str,
    cases: u32,
    values: &S,
    property: impl Fn(S::Value) -> TestCaseResult,
) -> Result<(), String> {
    let config = Config {
        cases,
        failure_persistence: None,
        max_shrink_iters: 4_000,
        ..Config::default()
    };
    let result = TestRunner::new(config).run(values, property);
    result.map_err(|error| format!("{name}: {error}"))
}

/// Checks each type of each golden, and tells of all that are not as they should be.
#[track_caller]
fn each(mut check: impl FnMut(&fixture::Fixture, &types::Type) -> Result<(), String>) {
    let mut told = Vec::new();
    for (golden, types) in types::all() {
        let fixture = fixture::Fixture::of(golden);
        for ty in &types {
            told.extend(check(&fixture, ty).err());
        }
    }
    assert!(told.is_empty(), "{}", told.join("\n\n"));
}
