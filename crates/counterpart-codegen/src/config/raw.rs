//! The configuration as TOML has it, each item with the bytes that it is written in.

use std::collections::BTreeMap;

use serde::Deserialize;
use toml::Spanned;

use crate::diag::{Diagnostics, Place, closest};
use crate::load::tree::{SourceId, Sources};

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Raw {
    #[serde(default)]
    pub(super) api: Vec<RawApi>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawApi {
    pub(super) name: Spanned<String>,
    pub(super) document: Spanned<String>,
    #[serde(default)]
    pub(super) overlays: Vec<Spanned<String>>,
    pub(super) root: Option<Spanned<String>>,
    pub(super) output: Spanned<String>,
    pub(super) crates: Option<Spanned<Vec<Spanned<String>>>>,
    pub(super) runtime: Option<Spanned<String>>,
    #[serde(default)]
    pub(super) formats: BTreeMap<Spanned<String>, Spanned<String>>,
    #[serde(default)]
    pub(super) skip: Vec<Spanned<RawSkip>>,
    #[serde(default)]
    pub(super) tags: Vec<Spanned<String>>,
    #[serde(default)]
    pub(super) operations: Vec<Spanned<String>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RawSkip {
    pub(super) operation: Spanned<String>,
    pub(super) reason: String,
}

/// Reads the TOML. The first fault goes to `diags`: after it nothing can be trusted.
pub(super) fn read(source: SourceId, sources: &Sources, diags: &mut Diagnostics) -> Option<Raw> {
    let error = match toml::from_str(&sources.get(source).text) {
        Ok(raw) => return Some(raw),
        Err(error) => error,
    };
    let place = error
        .span()
        .map(|span| Place::plain(sources.locate(source, span.start)));
    let message = error
        .message()
        .lines()
        .next()
        .unwrap_or("this cannot be read");
    let help = help(message);
    let diagnostic = diags.error(place, format!("in the configuration: {message}"));
    if let Some(help) = help {
        diagnostic.help(help);
    }
    None
}

/// What to do about the faults that TOML words in its own way.
fn help(message: &str) -> Option<String> {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    match quoted.as_slice() {
        [unknown, known @ ..] if message.starts_with("unknown field") => {
            closest(unknown, known.iter().copied()).map(|close| format!("did you mean `{close}`?"))
        }
        [missing] if message.starts_with("missing field") => {
            Some(format!("add a line `{missing} = …` to this table"))
        }
        _ => None,
    }
}
