//! Turns the TOML into a [`Config`] and says what is wrong with it: all of it at once.

use std::ops::Range;
use std::path::{Path, PathBuf};

use toml::Spanned;

use super::raw::{Raw, RawApi, RawSkip};
use super::{
    Api, Config, Format, Mapping, Package, Selected, Skip, absolute, document_label, tidy,
};
use crate::diag::{Diagnostic, Diagnostics, Place, closest};
use crate::load::file::Input;
use crate::load::tree::{SourceId, Sources};

/// What is needed to say where something is and what its paths are relative to.
pub(super) struct Context<'a> {
    pub(super) source: SourceId,
    pub(super) base: &'a Path,
    /// What may be asked for.
    pub(super) known: &'a [Package],
    pub(super) sources: &'a Sources,
    pub(super) diags: &'a mut Diagnostics,
}

impl Context<'_> {
    fn place(&self, span: Range<usize>) -> Place {
        Place::plain(self.sources.locate(self.source, span.start))
    }

    fn path(&mut self, written: &Spanned<String>, what: &str) -> PathBuf {
        if written.get_ref().trim().is_empty() {
            self.diags
                .error(self.place(written.span()), format!("`{what}` is empty"))
                .help("write a path, relative to the folder of this file");
        }
        let path = tidy(&self.base.join(written.get_ref()));
        if path.as_os_str().is_empty() {
            return PathBuf::from(".");
        }
        path
    }

    fn input(&mut self, written: &Spanned<String>, what: &str) -> Input {
        Input {
            path: self.path(written, what),
            asked: Some(self.place(written.span())),
        }
    }
}

/// The configuration, when nothing is wrong with it.
pub(super) fn config(cx: &mut Context<'_>, raw: Raw) -> Option<Config> {
    let before = cx.diags.errors();
    if raw.api.is_empty() {
        let name = &cx.sources.get(cx.source).name;
        let start = Place::plain(cx.sources.locate(cx.source, 0));
        cx.diags
            .error(start, format!("`{name}` names no API"))
            .help("add a table `[[api]]` with `name`, `document` and `output`");
    }
    let apis: Vec<Api> = raw.api.into_iter().map(|raw| api(cx, raw)).collect();
    distinct(cx, &apis);
    (cx.diags.errors() == before).then_some(Config { apis })
}

fn api(cx: &mut Context<'_>, raw: RawApi) -> Api {
    let place = Some(cx.place(raw.name.span()));
    crate_name(raw.name.get_ref(), &place, cx.diags);
    let crates = match raw.crates {
        Some(crates) => packages(cx, crates),
        None => Package::DEFAULT.to_vec(),
    };
    let document = cx.input(&raw.document, "document");
    let output = cx.path(&raw.output, "output");
    let root = root(cx, raw.root.as_ref(), &document.path);
    let document_name = document_label(&document.path, &output);
    Api {
        place,
        document,
        document_name: document_name.unwrap_or_else(|| raw.document.into_inner()),
        overlays: raw
            .overlays
            .iter()
            .map(|path| cx.input(path, "overlays"))
            .collect(),
        root,
        output,
        crates,
        runtime: raw.runtime.map(|path| cx.path(&path, "runtime")),
        formats: formats(cx, raw.formats),
        skip: skips(cx, raw.skip),
        tags: selected(cx, raw.tags),
        operations: selected(cx, raw.operations),
        name: raw.name.into_inner(),
    }
}

/// The folder that references to files may not leave, which is that of the document where
/// nothing else is said.
fn root(cx: &mut Context<'_>, written: Option<&Spanned<String>>, document: &Path) -> PathBuf {
    let Some(written) = written else {
        return document.parent().unwrap_or(Path::new("")).to_owned();
    };
    let root = cx.path(written, "root");
    if !absolute(document).starts_with(absolute(&root)) {
        let message = format!("the document is not below the folder `{}`", root.display());
        cx.diags
            .error(cx.place(written.span()), message)
            .help("`root` is a folder that holds the document and all files that it refers to");
    }
    root
}

/// The name becomes the start of crate names and of their paths in `use`.
pub(super) fn crate_name(name: &str, place: &Option<Place>, diags: &mut Diagnostics) {
    let inner =
        |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-';
    let fits = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.chars().all(inner)
        && !name.ends_with('-')
        && !name.contains("--")
        && name.len() <= 48;
    if fits {
        return;
    }
    let suggestion = suggested_name(name);
    diags
        .error(
            place.clone(),
            format!("`{name}` cannot start the name of a crate"),
        )
        .help(format!(
            "use lower-case letters, digits and single hyphens, such as `{suggestion}`"
        ));
}

pub(super) fn suggested_name(name: &str) -> String {
    let lower: String = name
        .chars()
        .map(|letter| match letter {
            letter if letter.is_ascii_alphanumeric() => letter.to_ascii_lowercase(),
            _ => '-',
        })
        .take(48)
        .collect();
    let words: Vec<&str> = lower
        .trim_start_matches(|first: char| !first.is_ascii_lowercase())
        .split('-')
        .filter(|word| !word.is_empty())
        .collect();
    if words.is_empty() {
        return "api".to_owned();
    }
    words.join("-")
}

fn packages(cx: &mut Context<'_>, crates: Spanned<Vec<Spanned<String>>>) -> Vec<Package> {
    let place = cx.place(crates.span());
    let mut packages = Vec::new();
    for word in crates.into_inner() {
        let at = cx.place(word.span());
        let word = word.into_inner();
        let known = cx.known;
        match known.iter().find(|package| package.word() == word) {
            Some(package) if packages.contains(package) => {}
            Some(package) => packages.push(*package),
            None => {
                let error = cx
                    .diags
                    .error(at, format!("there is no crate `{word}` to generate"));
                let words: Vec<&str> = known.iter().map(|package| package.word()).collect();
                match closest(&word, words.iter().copied()) {
                    Some(close) => error.help(format!("did you mean `{close}`?")),
                    None => error.help(format!("possible are `{}`", words.join("`, `"))),
                };
            }
        }
    }
    if packages.is_empty() {
        cx.diags
            .error(place, "`crates` names nothing to generate")
            .help("write `crates = [\"types\", …]`, or leave it out");
        return packages;
    }
    let needed = packages.iter().map(|package| (package, package.needs()));
    let missing = needed.filter_map(|(package, needs)| {
        let missing = needs.iter().find(|needed| !packages.contains(needed))?;
        Some((package, missing))
    });
    if let Some((package, missing)) = missing.min_by_key(|(_, missing)| missing.needs().len()) {
        let (package, missing) = (package.word(), missing.word());
        cx.diags
            .error(
                place,
                format!("`crates` must have `{missing}`: `{package}` needs it"),
            )
            .help(format!("add `\"{missing}\"` to it"));
    }
    packages
}

fn formats(
    cx: &mut Context<'_>,
    formats: std::collections::BTreeMap<Spanned<String>, Spanned<String>>,
) -> Vec<Format> {
    let mut mapped = Vec::new();
    for (name, mapping) in formats {
        let place = cx.place(name.span());
        if mapping.get_ref() != "string" {
            let message = format!("a format cannot become `{}`", mapping.get_ref());
            cx.diags
                .error(cx.place(mapping.span()), message)
                .help("write `\"string\"` for the plain type, or leave the format out");
        }
        mapped.push(Format {
            name: name.into_inner(),
            mapping: Mapping::Plain,
            place,
        });
    }
    mapped
}

fn skips(cx: &mut Context<'_>, skips: Vec<Spanned<RawSkip>>) -> Vec<Skip> {
    let mut read: Vec<Skip> = Vec::new();
    for skip in skips {
        let RawSkip { operation, reason } = skip.into_inner();
        let place = cx.place(operation.span());
        let operation = operation.into_inner();
        if reason.trim().is_empty() {
            cx.diags
                .error(
                    place.clone(),
                    format!("`{operation}` is skipped without a reason"),
                )
                .help("say why in `reason`: whoever reads this next wants to know");
        }
        let first = read.iter().find(|first| first.operation == operation);
        if let Some(first) = first.and_then(|first| first.place.clone()) {
            cx.diags
                .error(place.clone(), format!("`{operation}` is skipped twice"))
                .related(first, "the first is here")
                .help("remove one of them");
        }
        read.push(Skip {
            operation,
            reason,
            place: Some(place),
        });
    }
    read
}

fn selected(cx: &Context<'_>, names: Vec<Spanned<String>>) -> Vec<Selected> {
    let selected = names.into_iter().map(|name| Selected {
        place: Some(cx.place(name.span())),
        name: name.into_inner(),
    });
    selected.collect()
}

/// Two APIs of one name would write the same crates, and two references in one folder the
/// same pages.
fn distinct(cx: &mut Context<'_>, apis: &[Api]) {
    for (index, api) in apis.iter().enumerate() {
        let has_docs = |api: &Api| api.crates.contains(&Package::DOCS);
        let same_folder = |first: &&Api| has_docs(first) && first.output == api.output;
        if let Some(first) = apis[..index]
            .iter()
            .find(same_folder)
            .filter(|_| has_docs(api))
        {
            let message = format!(
                "the docs of `{}` go where those of `{}` are",
                api.name, first.name
            );
            beside(cx.diags, api, first, message)
                .help("give one of them another `output`, or leave `docs` out of its `crates`");
        }
        if let Some(first) = apis[..index].iter().find(|first| first.name == api.name) {
            let message = format!("a second API is named `{}`", api.name);
            beside(cx.diags, api, first, message)
                .help("give each its own name: crates are named for it");
        }
    }
}

/// An error about one API that another, written before it, is in the way of.
fn beside<'d>(
    diags: &'d mut Diagnostics,
    api: &Api,
    first: &Api,
    message: String,
) -> &'d mut Diagnostic {
    let error = diags.error(api.place.clone(), message);
    if let Some(place) = first.place.clone() {
        error.related(place, "the other one is here");
    }
    error
}
