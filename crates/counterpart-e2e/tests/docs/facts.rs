//! Every fact of the reference that this project was asked for is found in ours.
//!
//! `facts.tsv` holds them: 23 operations with method, path, parameters, types, defaults, what is required, content types,
//! the type that is returned, and the authorization.

use crate::pages;

const FACTS: &str = include_str!("facts.tsv");

/// The facts of one kind, each split into its columns.
fn facts(kind: &str) -> Vec<Vec<&'static str>> {
    let lines = FACTS.lines().filter(|line| !line.starts_with('#'));
    let split = lines.map(|line| line.split('\t').collect::<Vec<_>>());
    split.filter(|fact| fact[0] == kind).collect()
}

#[test]
fn every_operation_is_there_with_its_facts() {
    let operations = pages::operations();
    let facts = facts("operation");
    assert_eq!(facts.len(), 23);
    for fact in facts {
        let [_, id, verb, path, schema, scheme, sent, accepted] = fact[..] else {
            panic!("a fact of an operation has eight columns: {fact:?}");
        };
        let page = &operations[id];
        assert!(
            page.contains(&format!("**{verb}** `{path}`")),
            "{id}: method and path"
        );
        let rows = pages::rows(page);
        let success = rows
            .iter()
            .find(|row| row[0] == "200" && row[1] == format!("`{accepted}`"));
        let success = success.unwrap_or_else(|| panic!("{id}: a success as {accepted}"));
        assert!(
            success[2].starts_with(&format!("[{schema}](")),
            "{id}: returns {}",
            success[2]
        );
        assert!(
            page.contains(&format!("**Authorization**: `{scheme}`")),
            "{id}: authorization"
        );
        let headers = page
            .lines()
            .find(|line| line.starts_with("**Headers**"))
            .expect("headers");
        assert_eq!(
            headers.contains("`Content-Type: "),
            sent != "-",
            "{id}: {headers}"
        );
        if sent != "-" {
            assert!(
                headers.contains(&format!("`Content-Type: {sent}`")),
                "{id}: {headers}"
            );
        }
        assert!(
            headers.contains(&format!("`Accept: {accepted}")),
            "{id}: {headers}"
        );
    }
}

#[test]
fn every_parameter_is_there_with_its_facts() {
    let operations = pages::operations();
    let facts = facts("parameter");
    assert_eq!(facts.len(), 59);
    for fact in facts {
        let [_, id, name, place, ty, need, default] = fact[..] else {
            panic!("a fact of a parameter has seven columns: {fact:?}");
        };
        let page = &operations[id];
        if place == "body" {
            let start = format!("**Body**: [{name}](");
            let line = page.lines().find(|line| line.starts_with(&start));
            let line = line.unwrap_or_else(|| panic!("{id}: a body {name}"));
            assert!(line.contains(&format!("`, {need}.")), "{id}: {line}");
            continue;
        }
        let rows = pages::rows(page);
        let row = rows
            .iter()
            .find(|row| row[0] == format!("`{name}`") && row[1] == place);
        let row = row.unwrap_or_else(|| panic!("{id}: {name} in {place}"));
        assert_eq!(kind(&row[2]), ty, "{id}: {name}");
        assert_eq!(
            row[4],
            if need == "required" { "yes" } else { "no" },
            "{id}: {name}"
        );
        let said = row[5].trim_matches('`');
        assert_eq!(
            if said.is_empty() { "-" } else { said },
            default,
            "{id}: {name}"
        );
    }
}

/// The basic type that a cell speaks of; an enum is a string.
fn kind(cell: &str) -> String {
    let words = cell.split("<br>").next().unwrap_or_default();
    match words.split_once('[') {
        None => words.to_owned(),
        Some((before, link)) => {
            let target = link.split_once("](../").expect("a link has a target").1;
            let target = target.split(')').next().expect("a target ends");
            let page = &pages::all()[std::path::Path::new(target)];
            assert!(page.contains("\n## Values\n"), "{target} is an enum");
            format!("{before}string")
        }
    }
}

#[test]
fn the_front_page_lists_every_operation() {
    let pages = pages::all();
    let rows = pages::rows(&pages[std::path::Path::new("README.md")]);
    for fact in facts("operation") {
        let request = format!("{} `{}`", fact[2], fact[3]);
        let row = rows
            .iter()
            .find(|row| row[0].starts_with(&format!("[{}](", fact[1])));
        let row = row.unwrap_or_else(|| panic!("{} is listed", fact[1]));
        assert_eq!(row[1], request);
        assert!(!row[2].is_empty(), "{} has a description", fact[1]);
    }
}
