//! What is written for each feature: `fixtures/<feature>.yaml` in, `goldens/<feature>.snap`
//! out.
//!
//! A golden holds the plan in a few lines and then every Rust file, each under a line such as
//! `// ---- types/src/run.rs`. The crate `counterpart-goldens` compiles them all. After a change,
//! `INSTA_UPDATE=always cargo test -p counterpart-codegen` rewrites them; read the difference as
//! code.

use std::collections::BTreeSet;

use counterpart_codegen::Output;

use crate::support::{self, fixture, summary};

/// The plan and the files of an output, as a golden has them. The tests of generated crates are all alike; these two
/// fixtures show them.
fn golden(name: &str, output: &Output) -> String {
    let shows_tests = ["event_stream", "response_headers"].contains(&name);
    let mut text = format!("// ---- plan\n{}", summary::of(&output.plan));
    for (path, file) in &output.files {
        let path = path.to_string_lossy();
        // A manifest hardly varies; `manifests` looks at what does.
        if let Some(path) = path
            .strip_prefix("demo-")
            .filter(|path| path.ends_with(".rs"))
            .filter(|path| !path.contains("/tests/") || shows_tests)
        {
            text.push_str(&format!("// ---- {path}\n{file}"));
        }
    }
    text
}

fn check(name: &str) {
    let text = golden(name, &fixture(name));
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("goldens");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// A test for each fixture, and one that none is left out.
macro_rules! goldens {
    ($($name:ident)*) => {
        $(
            #[test]
            fn $name() {
                check(stringify!($name));
            }
        )*

        const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

goldens! {
    aliases
    all_of_alternatives
    all_of_diamond
    all_of_merge
    all_of_one_ref
    body_binary
    body_events
    body_form
    body_multipart
    body_sequence
    body_several
    body_text
    body_text_twice
    body_types
    bounds
    casing_collision
    closed_object
    complex_call
    component_refs
    constant_header
    constant_list
    constant_names
    deep_nesting
    default_response
    defaults
    defaults_of_bodies
    definitions
    deltas
    deltas_by_mark
    deprecated
    deprecated_operation
    discriminator_without_property
    docs
    docs_escaping
    empty_object
    encoded_texts
    event_stream
    event_stream_only
    files
    files_of_one_name
    files_of_variants
    formats
    formats_switched_off
    free_form
    generic_schemas
    hoisting_collision
    idempotent
    inline_body
    inline_hoisting
    inline_replies
    integer_enum
    item_streams
    keywords
    later_methods
    library_names
    listed_constants
    lists
    lists_of_places
    local_name_clash
    mangled_names
    many_arguments
    map
    map_beside_properties
    method_names
    methods
    mutual_recursion
    names_told_apart
    no_content
    no_operation_id
    nullable_ref
    nullable_with_a_name
    numbers
    open_enum
    operation_names
    optional
    optional_body
    optional_nullable
    overlay
    pagination
    parameter_names
    parameter_override
    parameter_styles
    parameters_content
    parameters_header
    parameters_path
    parameters_query
    path_ref
    polling
    prelude_names
    recursion
    recursion_through_all_of
    recursion_through_list
    recursion_through_union
    reference_siblings
    reference_words
    replies_by_status
    response_headers
    required
    required_body
    required_nullable
    runtime_names
    rust_names
    schema_or_bool
    security
    security_alternatives
    security_basic
    security_bearer
    security_cookie
    security_query
    several_statuses
    shared_rust_name
    single_value_constant
    status_range
    string_or_enum
    symbols_in_names
    symbols_in_values
    tag_left_open
    tagged_union_declared
    tagged_union_inferred
    tagged_union_mapping
    type_list
    unevaluated_properties
    union_by_type
    union_by_type_and_tag
    union_in_order
    union_nullable
    union_of_enum_tags
    union_of_inline_objects
    union_of_lists
    union_of_one_type
    union_of_unions
    union_with_constant
    union_with_open_enum
    union_with_shared_properties
    validate_bodies
    validate_nested
    validate_parameters
    validate_rules
    validate_unions
    webhooks
    whole_query
}

#[test]
fn every_fixture_has_a_golden_and_every_golden_a_fixture() {
    let names: BTreeSet<String> = NAMES.iter().map(|name| (*name).to_owned()).collect();
    for (folder, ending) in [("tests/fixtures", ".yaml"), ("tests/goldens", ".snap")] {
        let found = support::stems(folder, ending).into_iter().collect();
        let odd: Vec<&String> = names.symmetric_difference(&found).collect();
        assert!(
            odd.is_empty(),
            "in {folder} or in the list above, but not in both: {odd:?}"
        );
    }
}

#[test]
fn every_fixture_is_short() {
    for name in NAMES {
        let case = support::Case::read("fixtures", name);
        let lines = case.document.lines().count();
        assert!(
            lines <= 40,
            "{name}.yaml has {lines} lines: one feature needs fewer"
        );
    }
}
