//! A page for each type.

use crate::plan::Plan;
use crate::plan::reference::{Link, Page, Shape, VariantRow};

use super::markdown::{cell, code, code_cell, paragraphs, rust, table, words};
use super::operations::properties;

/// The page of a type.
pub(super) fn page(plan: &Plan, page: &Page) -> String {
    let mut parts = vec![format!("# {}", page.ident)];
    if page.deprecated {
        parts.push("**Deprecated.**".to_owned());
    }
    parts.push(paragraphs(&page.docs));
    parts.push(origin(plan, page));
    parts.push(shape(&page.shape));
    if let Some(made) = &page.made {
        parts.push(format!("## In Rust\n\n{}", rust(made)));
    }
    if let Some(sample) = &page.sample {
        parts.push(format!("## On the wire\n\n```json\n{sample}\n```"));
    }
    parts.push(users(page));
    let parts = parts.iter().map(|part| part.trim_end());
    let parts: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
    parts.join("\n\n")
}

/// What the document calls it, and where it stands there.
fn origin(plan: &Plan, page: &Page) -> String {
    let place = format!("{} of {}", code(&page.pointer), code(&plan.source));
    match &page.schema {
        Some(name) => format!("Schema {} ({place}).", code(name)),
        None => format!("Schema {place}."),
    }
}

fn shape(shape: &Shape) -> String {
    match shape {
        Shape::Object {
            rows,
            extra,
            closed,
        } => {
            let mut parts = Vec::new();
            if !rows.is_empty() {
                parts.push(format!("## Properties\n\n{}", properties(rows, "")));
            }
            if let Some(extra) = extra {
                parts.push(format!(
                    "Other properties are kept: each is {}.",
                    words(extra, "")
                ));
            }
            if *closed {
                parts.push("A server refuses other properties.".to_owned());
            }
            parts.join("\n\n")
        }
        Shape::Values { values, open } => {
            let rows = values
                .iter()
                .map(|(wire, ident, docs)| vec![code_cell(wire), code_cell(ident), cell(docs)]);
            let rest = match open {
                true => "Any other value is fine, too.",
                false => "A client keeps a value that is not listed; a server refuses it.",
            };
            let table = table(&["Value", "In Rust", "Meaning"], rows);
            format!("## Values\n\n{table}\n{rest}")
        }
        Shape::Variants { told, variants } => {
            format!("## Variants\n\n{told}\n\n{}", variant_table(variants))
        }
        Shape::Alias(stands_for) => format!("Another name for {}.", words(stands_for, "")),
    }
}

fn variant_table(variants: &[VariantRow]) -> String {
    let rows = variants.iter().map(|variant| {
        vec![
            code_cell(&variant.tag),
            words(&variant.words, ""),
            code_cell(&variant.ident),
            cell(&variant.docs),
        ]
    });
    table(&["Told by", "Type", "In Rust", "Meaning"], rows)
}

fn users(page: &Page) -> String {
    let mut lines = Vec::new();
    if !page.operations.is_empty() {
        let links: Vec<String> = page.operations.iter().map(operation).collect();
        lines.push(format!("- Operations: {}", links.join(", ")));
    }
    if !page.holders.is_empty() {
        let links: Vec<String> = page
            .holders
            .iter()
            .map(|holder| format!("[{holder}]({holder}.md)"))
            .collect();
        lines.push(format!("- Types: {}", links.join(", ")));
    }
    match lines.is_empty() {
        true => String::new(),
        false => format!("## Used by\n\n{}", lines.join("\n")),
    }
}

fn operation(link: &Link) -> String {
    let words = link.words.replace('[', "\\[").replace(']', "\\]");
    format!("[{words}](../operations/{}.md#{})", link.page, link.anchor)
}
