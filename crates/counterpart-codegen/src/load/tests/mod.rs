//! What is read, and what is said about what cannot be.

mod beside;
mod files;
mod json;
mod overlay;
mod version;
mod yaml;

use super::tree::{Node, Sources};
use super::{Document, document_from_texts, text};
use crate::diag::{Diagnostic, Diagnostics};

/// What came of reading a text.
struct Outcome {
    node: Option<Node>,
    diags: Diagnostics,
}

impl Outcome {
    /// The value as JSON text, which nothing was said about.
    fn json(self) -> String {
        assert_eq!(self.told(), Vec::<String>::new());
        self.value()
    }

    /// The value as JSON text.
    fn value(&self) -> String {
        self.node.as_ref().expect("a value").to_json().to_string()
    }

    /// Each diagnostic as `line:column message`, and where it is a warning, so marked.
    fn told(&self) -> Vec<String> {
        self.diags.items().iter().map(line).collect()
    }

    /// The help of the first diagnostic.
    fn help(&self) -> &str {
        let first = self.diags.items().first().expect("a diagnostic");
        first.help.as_deref().unwrap_or_default()
    }
}

fn line(item: &Diagnostic) -> String {
    let message = match item.severity {
        crate::diag::Severity::Error => item.message.clone(),
        crate::diag::Severity::Warning => format!("(warning) {}", item.message),
    };
    match &item.place {
        Some(place) => format!("{}:{} {message}", place.at.line, place.at.column),
        None => message,
    }
}

fn read(name: &str, content: &str) -> Outcome {
    let mut diags = Diagnostics::default();
    let node = text(name, content, &mut Sources::default(), &mut diags);
    Outcome { node, diags }
}

fn yaml(content: &str) -> Outcome {
    read("a.yaml", content)
}

fn json(content: &str) -> Outcome {
    read("a.json", content)
}

/// What a document with overlays becomes.
fn overlaid(document: &str, overlays: &[&str]) -> (Option<Document>, Diagnostics, Sources) {
    let mut sources = Sources::default();
    let mut diags = Diagnostics::default();
    let names: Vec<(String, &str)> = overlays
        .iter()
        .enumerate()
        .map(|(index, text)| (format!("{index}.overlay.yaml"), *text))
        .collect();
    let named: Vec<(&str, &str)> = names
        .iter()
        .map(|(name, text)| (name.as_str(), *text))
        .collect();
    let document = document_from_texts("api.yaml", document, &named, &[], &mut sources, &mut diags);
    (document, diags, sources)
}
