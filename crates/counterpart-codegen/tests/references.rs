//! The reference pages of a few fixtures: `references/<feature>.snap`.

use crate::support::Case;

fn check(name: &str) {
    let mut case = Case::read("fixtures", name);
    case.config.push_str("\ncrates = [\"types\", \"docs\"]\n");
    let output = case.output();
    let pages = output.files.iter();
    let pages = pages.filter(|(path, _)| path.starts_with("docs"));
    let text: String = pages
        .map(|(path, page)| format!("---- {}\n{page}\n", path.display()))
        .collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("references");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn operations_with_parameters_bodies_and_replies() {
    check("several_statuses");
    check("validate_parameters");
    check("security_query");
    check("optional_body");
}

#[test]
fn streams_and_pages() {
    check("event_stream");
    check("pagination");
}

#[test]
fn words_of_a_document_cannot_break_a_page() {
    check("docs_escaping");
}

#[test]
fn types_of_every_shape() {
    check("tagged_union_mapping");
    check("open_enum");
    check("map_beside_properties");
}

#[test]
fn headers_of_replies() {
    check("response_headers");
}

#[test]
fn bodies_of_every_kind_have_a_command() {
    for (name, operations) in [
        ("body_multipart", 2),
        ("body_form", 2),
        ("body_binary", 3),
        ("body_sequence", 4),
        ("body_text", 3),
    ] {
        let mut case = Case::read("fixtures", name);
        case.config
            .push_str("\ncrates = [\"types\", \"client\", \"cli\", \"docs\"]\n");
        let output = case.output();
        let pages = output.files.iter();
        let pages = pages.filter(|(path, _)| path.starts_with("docs/src/operations"));
        let text: String = pages.map(|(_, page)| page.as_str()).collect();
        let commands = text.matches("**Command line**").count();
        assert_eq!(
            (text.matches("\n### ").count(), commands),
            (operations, operations),
            "{name}"
        );
        check_commands(name, &output);
    }
}

/// The commands of the command-line client, and how a shell would send the same.
fn check_commands(name: &str, output: &counterpart_codegen::Output) {
    let shown = output.files.iter().filter(|(path, _)| {
        path.starts_with("demo-cli/src") || path.starts_with("docs/src/operations")
    });
    let text: String = shown
        .map(|(path, page)| match path.starts_with("docs") {
            false => format!("---- {}\n{page}\n", path.display()),
            true => page
                .split("\n### ")
                .filter_map(|entry| Some(entry.split_once("**Command line**")?.1))
                .map(|commands| format!("---- in the reference{commands}\n"))
                .collect(),
        })
        .collect();
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("references");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(format!("{name}_commands"), text));
}
