//! The contents and the front page.

use crate::plan::Plan;
use crate::plan::reference::{Group, Page};

use super::markdown::{code, code_cell, in_cell, paragraphs, table};

/// `SUMMARY.md`, from which `mdbook` makes the contents.
pub(super) fn summary(plan: &Plan) -> String {
    let mut text = format!(
        "# Summary\n\n[{}](README.md)\n\n# Operations\n\n",
        title(plan)
    );
    for group in &plan.reference.groups {
        text.push_str(&format!(
            "- [{}](operations/{}.md)\n",
            escaped(&group.title),
            group.page
        ));
    }
    if !plan.reference.pages.is_empty() {
        text.push_str("\n# Types\n\n");
    }
    for page in &plan.reference.pages {
        text.push_str(&line(page));
    }
    text
}

fn line(page: &Page) -> String {
    let indent = if page.parent.is_some() { "  " } else { "" };
    format!("{indent}- [{0}](types/{0}.md)\n", page.ident)
}

/// What the API is, how to call it, and every operation.
pub(super) fn readme(plan: &Plan) -> String {
    let mut text = format!("# {}\n\n", title(plan));
    if !plan.docs.is_empty() {
        text.push_str(&format!("{}\n\n", paragraphs(&plan.docs)));
    }
    text.push_str(&format!("Version {}.\n\n", plan.doc_version()));
    text.push_str(&surroundings(plan));
    if !plan.reference.groups.is_empty() {
        text.push_str("## Operations\n\n");
    }
    for group in &plan.reference.groups {
        text.push_str(&index(group, plan.reference.groups.len() > 1));
    }
    text.push_str(&crates(plan));
    text
}

fn title(plan: &Plan) -> String {
    let title = plan.plain_title();
    let mut letters = title.chars();
    let first = letters.next().into_iter().flat_map(char::to_uppercase);
    first.chain(letters).collect()
}

fn escaped(text: &str) -> String {
    text.replace('[', "\\[").replace(']', "\\]")
}

/// Where the API is and who may call it.
fn surroundings(plan: &Plan) -> String {
    let reference = &plan.reference;
    let mut rows = Vec::new();
    if let Some(url) = &reference.base_url {
        rows.push(vec!["Base URL".to_owned(), code(url)]);
    }
    if let Some(scheme) = &reference.authorization {
        rows.push(vec!["Authorization".to_owned(), in_cell(scheme)]);
    }
    for (variable, what) in &reference.environment {
        rows.push(vec![
            format!("{} in the environment", code(variable)),
            in_cell(what),
        ]);
    }
    match rows.is_empty() {
        true => String::new(),
        false => format!("{}\n", table(&["Setting", "Value"], rows)),
    }
}

/// The operations of a tag.
fn index(group: &Group, named: bool) -> String {
    let mut text = String::new();
    if named {
        text.push_str(&format!("### {}\n\n", escaped(&group.title)));
    }
    for section in &group.sections {
        let rows = section.operations.iter().map(|entry| {
            vec![
                format!(
                    "[{}](operations/{}.md#{})",
                    escaped(&entry.heading),
                    group.page,
                    entry.anchor
                ),
                format!("{} {}", entry.verb, code_cell(&entry.path)),
                in_cell(&entry.summary),
            ]
        });
        let titles = [section.title.as_str(), "HTTP request", "What it does"];
        text.push_str(&format!("{}\n", table(&titles, rows)));
    }
    text
}

/// The crates that the snippets are for.
fn crates(plan: &Plan) -> String {
    let rows: Vec<Vec<String>> = plan
        .crates
        .iter()
        .filter_map(|package| Some((package, package.holds()?)))
        .map(|(package, what)| vec![code(&plan.crate_name(*package)), what.to_owned()])
        .collect();
    match rows.is_empty() {
        true => String::new(),
        false => format!("## Crates\n\n{}", table(&["Crate", "What it holds"], rows)),
    }
}
