//! Programs that must not compile, each with what the compiler says about it.
//!
//! `TRYBUILD=overwrite cargo test --package counterpart-mistakes` writes the messages anew. Read them as a user would:
//! a message that does not say what to do is a defect of the crates.

#[test]
fn mistakes_do_not_compile() {
    trybuild::TestCases::new().compile_fail("tests/compile_fail/*.rs");
}
