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
fn an_operation_without_a_command_has_a_page_all_the_same() {
    let mut case = Case::read("fixtures", "body_multipart");
    case.config
        .push_str("\ncrates = [\"types\", \"client\", \"cli\", \"docs\"]\n");
    let output = case.output();
    let pages = output.files.iter();
    let pages = pages.filter(|(path, _)| path.starts_with("docs/src/operations"));
    let text: String = pages.map(|(_, page)| page.as_str()).collect();
    let (operations, commands) = (text.matches("\n### "), text.matches("**Command line**"));
    assert_eq!(
        (operations.count(), commands.count()),
        (2, output.plan.cli.commands.len())
    );
    assert_eq!(output.plan.cli.commands.len(), 1);
}
