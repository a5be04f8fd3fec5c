//! Drafts in, texts out: `prettyplease`, then blank lines, then the line that says who wrote
//! the file.

mod space;

use std::collections::BTreeMap;
use std::path::PathBuf;

use proc_macro2::TokenStream;

use crate::emit::{Content, Draft};
use crate::write::MARKER;

/// The printed files by their path below the output folder. `source` is the document that
/// they come from.
///
/// # Panics
///
/// When an emitter made tokens that are not Rust, which is a bug of the emitter.
pub fn files(drafts: Vec<Draft>, source: &str) -> BTreeMap<PathBuf, String> {
    drafts
        .into_iter()
        .map(|draft| {
            let text = text(&draft, source);
            (draft.path, text)
        })
        .collect()
}

fn text(draft: &Draft, source: &str) -> String {
    match &draft.content {
        Content::Text(text) => text.clone(),
        Content::Rust(tokens) => {
            let emitter = format!("crates/counterpart-codegen/src/emit/{}", draft.emitter);
            let body = rust(tokens, &draft.path);
            format!("// {MARKER} from {source};\n// edit {emitter}.\n\n{body}")
        }
    }
}

fn rust(tokens: &TokenStream, path: &std::path::Path) -> String {
    let file = syn::parse2(tokens.clone()).unwrap_or_else(|error| {
        panic!(
            "bug: the tokens for {} are not Rust: {error}\n{tokens}",
            path.display()
        )
    });
    space::spaced(&prettyplease::unparse(&file))
}
