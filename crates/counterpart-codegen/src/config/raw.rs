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
    let begins = |start: &str| message.starts_with(start);
    match quoted.as_slice() {
        [unknown, "api"] if begins("unknown field") && API_KEYS.contains(unknown) => {
            return Some("put a line `[[api]]` before it".to_owned());
        }
        [unknown, known @ ..] if begins("unknown field") => {
            let near = closest(unknown, known.iter().copied());
            return Some(match near {
                Some(close) => format!("did you mean `{close}`?"),
                None => format!("possible are `{}`", known.join("`, `")),
            });
        }
        [missing] if begins("missing field") => {
            return Some(format!("add a line `{missing} = …` to this table"));
        }
        _ => {}
    }
    let help = match message {
        _ if begins("invalid type: map, expected a sequence") => {
            "write `[[api]]`, with two brackets on each side"
        }
        _ if message.ends_with("expected a string") => "write a text in quotes here",
        _ if message.ends_with("expected a sequence") => "write a list here, such as `[\"…\"]`",
        _ if message.contains("quoted") => "put the text in quotes",
        _ if begins("duplicate key") => "remove one of the two",
        _ => return None,
    };
    Some(help.to_owned())
}

/// The keys of a table `[[api]]`, which people also write without one.
const API_KEYS: [&str; 8] = [
    "name", "document", "overlays", "output", "crates", "runtime", "formats", "skip",
];
