//! The names are those on the wire and those in Rust, never what another tool made of them.

use crate::pages;

#[test]
fn no_mangled_name_is_anywhere() {
    for (path, text) in pages::all() {
        for mangled in [
            "Left_Square_Bracket",
            "Right_Square_Bracket",
            "includeLeft",
            "Inner",
            "&#39;",
        ] {
            assert!(!text.contains(mangled), "{}: {mangled}", path.display());
        }
    }
}

#[test]
fn the_name_on_the_wire_stands_beside_that_in_rust() {
    let operations = pages::operations();
    let rows = pages::rows(&operations["createRun"]);
    let row = rows
        .iter()
        .find(|row| row[0] == "`include[]`")
        .expect("there is such a row");
    assert_eq!(row[3], "`include: Vec<RunInclude>`");
    assert!(operations["submitToolOuputsToRun"].contains(".submit_tool_outputs_to_run("));
}

#[test]
fn every_operation_has_a_command_and_a_call_of_curl() {
    for (id, page) in pages::operations() {
        assert!(
            page.contains("**Command line**\n\n```sh\nassistants "),
            "{id}"
        );
        assert!(page.contains("**curl**\n\n```sh\ncurl "), "{id}");
    }
}
