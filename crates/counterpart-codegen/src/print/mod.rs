//! Drafts in, texts out: `prettyplease`, then blank lines, then the line that says who wrote
//! the file.

mod space;

use std::path::{Path, PathBuf};

use proc_macro2::TokenStream;

use crate::emit::{Content, Draft};
use crate::write::MARKER;

/// The file that a draft makes, by its path below the output folder. `source` is the document that
/// it comes from.
///
/// # Panics
///
/// When an emitter made tokens that are not Rust, which is a bug of the emitter.
pub fn file(draft: Draft<'_>, source: &str) -> (PathBuf, String) {
    let text = match draft.content {
        Content::Text(text) => text(),
        Content::Rust(tokens) => {
            let emitter = format!("crates/counterpart-codegen/src/emit/{}", draft.emitter);
            let body = rust(tokens(), &draft.path);
            format!("// {MARKER} from {source};\n// edit {emitter}.\n\n{body}")
        }
    };
    (draft.path, text)
}

fn rust(tokens: TokenStream, path: &Path) -> String {
    let file = syn::parse2(tokens).unwrap_or_else(|error| {
        panic!(
            "bug: the tokens for {} are not Rust: {error}",
            path.display()
        )
    });
    space::spaced(&prettyplease::unparse(&file))
}
