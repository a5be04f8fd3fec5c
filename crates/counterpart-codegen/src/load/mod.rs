//! Text in, [`Document`] out: files are read, parsed with places, and overlays applied.
//!
//! YAML and JSON become the same tree of [`Node`]s, in which every value knows the file,
//! line and column where it is written. Nothing here knows what a schema says; of OpenAPI
//! only the version line is looked at, and where references may stand: those to files beside
//! the document bring their targets into the tree.

mod build;
pub(crate) mod bundle;
mod cursor;
pub mod file;
mod json;
mod overlay;
mod scalar;
/// Why a text is no JSONPath (RFC 9535), if it is none.
pub fn json_path_problem(text: &str) -> Option<String> {
    overlay::json_path_problem(text)
}

#[cfg(test)]
mod tests;
pub mod tree;
mod version;
mod yaml;
mod yaml_errors;

use std::path::Path;

use bundle::Beside;
pub use file::Input;
use tree::{Node, SourceId, Sources};
pub use version::Version;

use crate::diag::{Diagnostic, Diagnostics, Place};

/// An OpenAPI document with its overlays applied, and with all that it refers to in other
/// files.
#[derive(Debug, Clone)]
pub struct Document {
    /// The root object. What an overlay added has its place in the overlay, and what came
    /// from another file has it there.
    pub root: Node,
    /// Which edition of the specification the document follows.
    pub version: Version,
    /// The text of the document itself, without overlays.
    pub source: SourceId,
}

/// Reads a document, applies the overlays to it, in their order, and takes in what it refers
/// to in files below the folder `root`. `None` when anything is wrong that keeps the later
/// stages from starting; `diags` says what.
pub fn document(
    document: &Input,
    overlays: &[Input],
    root: &Path,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Document> {
    let before = diags.errors();
    let source = file::read(document, sources, diags);
    let tree = source.and_then(|source| parse(source, sources, diags));
    // A fault in the document does not hide those in the overlays.
    let overlays: Vec<Option<Node>> = overlays
        .iter()
        .map(|overlay| parse(file::read(overlay, sources, diags)?, sources, diags))
        .collect();
    let mut whole = finish(source?, tree?, overlays, diags)?;
    let beside = Beside::Folder(root);
    bundle::take_in(&mut whole.root, &document.path, &beside, sources, diags);
    Some(whole).filter(|_| diags.errors() == before)
}

/// As [`document()`], of texts in memory. `beside` are the files that it may refer to, by
/// their paths.
pub fn document_from_texts(
    name: &str,
    text: &str,
    overlays: &[(&str, &str)],
    beside: &[(&str, &str)],
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Document> {
    let before = diags.errors();
    let source = sources.add(name, text);
    let root = parse(source, sources, diags);
    let overlays: Vec<Option<Node>> = overlays
        .iter()
        .map(|(name, text)| self::text(name, text, sources, diags))
        .collect();
    let mut whole = finish(source, root?, overlays, diags)?;
    let beside = Beside::Texts(beside);
    bundle::take_in(&mut whole.root, Path::new(name), &beside, sources, diags);
    Some(whole).filter(|_| diags.errors() == before)
}

/// Parses a text in memory. The ending of `name` says how: `.json` as JSON, all else as
/// YAML, of which JSON is a part. A value may come with errors: a key that is written
/// twice, say, of which the first is taken.
pub fn text(
    name: &str,
    text: &str,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Option<Node> {
    let source = sources.add(name, text);
    parse(source, sources, diags)
}

fn finish(
    source: SourceId,
    mut root: Node,
    overlays: Vec<Option<Node>>,
    diags: &mut Diagnostics,
) -> Option<Document> {
    let version = version::check(&root, diags)?;
    for overlay in overlays {
        overlay::apply(&mut root, &overlay?, diags)?;
    }
    Some(Document {
        root,
        version,
        source,
    })
}

/// What stopped a parser.
#[derive(Debug)]
struct Failure {
    error: Box<Diagnostic>,
    /// Whether the text may still be right in another format.
    syntax: bool,
}

impl Failure {
    /// The text breaks the rules of the format.
    fn syntax(error: Diagnostic) -> Self {
        Self {
            error: Box::new(error),
            syntax: true,
        }
    }

    /// The text asks for too much, in whatever format.
    fn limit(error: Diagnostic) -> Self {
        Self {
            error: Box::new(error),
            syntax: false,
        }
    }
}

/// Parses a source as JSON, as YAML, or as both, by its name and first character.
fn parse(source: SourceId, sources: &Sources, diags: &mut Diagnostics) -> Option<Node> {
    let parsed = parse_any(source, sources, diags)?;
    if parsed.is_none() {
        let name = &sources.get(source).name;
        diags
            .error(
                Place::plain(sources.locate(source, 0)),
                format!("`{name}` has no content but comments"),
            )
            .help("an OpenAPI document starts with a line such as `openapi: 3.0.3`");
    }
    parsed
}

/// As [`parse()`], of a text that may have no content: then the inner `None`.
fn parse_any(source: SourceId, sources: &Sources, diags: &mut Diagnostics) -> Option<Option<Node>> {
    let tree::Source { name, text } = sources.get(source);
    let extension = Path::new(name)
        .extension()
        .and_then(|ending| ending.to_str());
    let is_json = extension.is_some_and(|ending| ending.eq_ignore_ascii_case("json"));
    let parsed = if is_json {
        json::parse(text, source, diags).map(Some)
    } else if text.trim_start().starts_with(['{', '[']) {
        either(text, source, diags)
    } else {
        yaml::parse(text, source, diags)
    };
    match parsed {
        Ok(node) => Some(node),
        Err(failure) => {
            diags.add(*failure.error);
            None
        }
    }
}

/// Parses a text in brackets as JSON, which is faster and takes tabs, or else as YAML.
fn either(text: &str, source: SourceId, diags: &mut Diagnostics) -> Result<Option<Node>, Failure> {
    let mut json_diags = Diagnostics::default();
    match json::parse(text, source, &mut json_diags) {
        Err(json) if json.syntax => yaml::parse(text, source, diags).map_err(|yaml| {
            let explain_json = yaml.syntax && is_meant_as_json(text);
            if explain_json { json } else { yaml }
        }),
        other => {
            diags.append(json_diags);
            other.map(Some)
        }
    }
}

/// Whether a text in brackets goes on as JSON does and YAML hardly ever: then JSON's own
/// words for a mistake help more.
fn is_meant_as_json(text: &str) -> bool {
    let inner = text.trim_start().trim_start_matches(['{', '[']);
    inner.trim_start().starts_with('"')
}
