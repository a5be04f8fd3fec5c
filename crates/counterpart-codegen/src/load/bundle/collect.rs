//! Everything that a document refers to, through files and back into itself.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use indexmap::IndexMap;

use super::files::{FileId, Files};
use super::link::{self, Link};
use super::part::{self, Part};
use super::{Target, rewrite};
use crate::diag::{Diagnostics, Place, closest};
use crate::load::tree::{Node, Sources, Value, escape};

/// How long a chain of references to references may be. What is longer is a circle.
pub(super) const MAX_CHAIN: usize = 64;

/// What a document refers to.
#[derive(Default)]
pub(super) struct Found {
    /// The targets that have to be gone through, and where each is first referred to: all in
    /// other files, and those in the document where no part of it is.
    pub(super) targets: IndexMap<Target, Place>,
    /// What each reference leads to, by the file that it stands in and its text.
    links: BTreeMap<(FileId, String, Part), Option<Target>>,
    /// As `links`, for the values of a `mapping`, which may be names as well.
    mappings: BTreeMap<(FileId, String), Option<Target>>,
}

impl Found {
    /// What a reference in `file` leads to.
    pub(super) fn link(&self, file: FileId, text: &str, part: Part) -> Option<&Target> {
        let known = self.links.get(&(file, text.to_owned(), part))?;
        known.as_ref()
    }

    /// What the value of a `mapping` in `file` leads to.
    pub(super) fn mapping(&self, file: FileId, text: &str) -> Option<&Target> {
        self.mappings.get(&(file, text.to_owned()))?.as_ref()
    }
}

/// A reference, as written.
struct Reference {
    text: String,
    part: Part,
    place: Place,
    /// Whether it is the value of a `mapping`.
    mapping: bool,
}

/// Finds everything that the document refers to. A reference that leads to nothing is
/// reported where it stands, unless it leads into the document: later stages see to those.
pub(super) fn collect(
    files: &mut Files<'_>,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) -> Found {
    let mut collector = Collector {
        files,
        sources,
        diags,
        found: Found::default(),
    };
    let document = Target {
        file: FileId::DOCUMENT,
        pointer: String::new(),
        part: Part::Document,
    };
    let ids = ids(collector.files.root(FileId::DOCUMENT));
    let mut waiting = VecDeque::from([document]);
    while let Some(target) = waiting.pop_front() {
        for reference in references(collector.files, &target) {
            let (id, _) = reference
                .text
                .split_once('#')
                .unwrap_or((&reference.text, ""));
            if target.file == FileId::DOCUMENT && ids.contains(id) {
                continue;
            }
            let place = reference.place.clone();
            if let Some(target) = collector.follow(target.file, reference)
                && !collector.is_known(&target)
            {
                collector.found.targets.insert(target.clone(), place);
                waiting.push_back(target);
            }
        }
    }
    collector.found
}

/// What parts of a document call themselves by `$id`, and the document by `$self`. A reference
/// to one of them leads to no file; later stages know where it leads.
fn ids(document: &Node) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut waiting = vec![document];
    while let Some(node) = waiting.pop() {
        let own = ["$id", "$self"].into_iter();
        let own = own.filter_map(|key| node.get(key)?.as_str());
        found.extend(own.map(|id| id.trim_end_matches('#').to_owned()));
        match &node.value {
            Value::Array(items) => waiting.extend(items),
            Value::Object(members) => waiting.extend(members.values().map(|member| &member.node)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    found
}

/// The references in a target, as far as they concern files.
fn references(files: &Files<'_>, target: &Target) -> Vec<Reference> {
    let mut found = Vec::new();
    let Some(node) = files.root(target.file).pointer(&target.pointer) else {
        return found;
    };
    let mut pointer = target.pointer.clone();
    part::each(
        node,
        target.part,
        &mut pointer,
        &mut |node, part, pointer| {
            let place = |node: &Node, steps: &str| Place {
                at: node.at,
                pointer: format!("#{pointer}/{steps}"),
            };
            if part == Part::Discriminator {
                let mapping = node.get("mapping").and_then(Node::as_object);
                for (tag, member) in mapping.into_iter().flatten() {
                    if let Some(text) = member.node.as_str() {
                        found.push(Reference {
                            text: text.to_owned(),
                            part: Part::Schema,
                            place: place(&member.node, &format!("mapping/{}", escape(tag))),
                            mapping: true,
                        });
                    }
                }
            } else if part.section().is_some()
                && let Some(reference) = node.get("$ref")
                && let Some(text) = reference.as_str()
                && !is_plain(target.file, text)
            {
                found.push(Reference {
                    text: text.to_owned(),
                    part,
                    place: place(reference, "$ref"),
                    mapping: false,
                });
            }
        },
    );
    found
}

/// Whether a reference stays in the parts of the document, which are gone through anyway.
fn is_plain(file: FileId, text: &str) -> bool {
    if file != FileId::DOCUMENT || !text.starts_with('#') {
        return text.is_empty();
    }
    match link::parse(text) {
        Link::File { pointer, .. } => {
            let steps: Vec<String> = link::tokens(&pointer).collect();
            let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
            Part::Document.reach(&steps).is_some()
        }
        // Later stages have a word for it.
        Link::Url | Link::Absolute | Link::Anchor => true,
    }
}

struct Collector<'c, 'f> {
    files: &'c mut Files<'f>,
    sources: &'c mut Sources,
    diags: &'c mut Diagnostics,
    found: Found,
}

impl Collector<'_, '_> {
    fn is_known(&self, target: &Target) -> bool {
        if self.found.targets.contains_key(target) {
            return true;
        }
        let steps: Vec<String> = link::tokens(&target.pointer).collect();
        let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
        target.file == FileId::DOCUMENT && Part::Document.reach(&steps).is_some()
    }

    /// What a reference in `file` leads to.
    fn follow(&mut self, file: FileId, reference: Reference) -> Option<Target> {
        if !reference.mapping {
            return self.resolve(file, &reference.text, reference.part, &reference.place, 0);
        }
        let key = (file, reference.text.clone());
        if let Some(known) = self.found.mappings.get(&key) {
            return known.clone();
        }
        let target = self
            .mapped(file, &reference.text)
            .and_then(|text| self.resolve(file, &text, Part::Schema, &reference.place, 0));
        self.found.mappings.insert(key, target.clone());
        target
    }

    /// The value of a `mapping` as a reference. `None` where it is the name of a schema of the
    /// document, or may be one.
    fn mapped(&self, file: FileId, text: &str) -> Option<String> {
        let named = format!("/components/schemas/{}", escape(text));
        if self.files.root(file).pointer(&named).is_some() {
            return (file != FileId::DOCUMENT).then(|| format!("#{}", named.replace('%', "%25")));
        }
        let is_file = [".yaml", ".yml", ".json"]
            .iter()
            .any(|ending| text.ends_with(ending));
        let is_reference = text.contains(['#', '/']) || is_file;
        let leads = matches!(link::parse(text), Link::File { .. });
        (is_reference && leads && !is_plain(file, text)).then(|| text.to_owned())
    }

    /// What a text leads to, through further references if there is nothing else.
    fn resolve(
        &mut self,
        file: FileId,
        text: &str,
        part: Part,
        place: &Place,
        passed: usize,
    ) -> Option<Target> {
        let key = (file, text.to_owned(), part);
        if let Some(known) = self.found.links.get(&key) {
            return known.clone();
        }
        let target = self.target(file, text, part, place).and_then(|target| {
            match self.alias(&target).filter(|_| passed < MAX_CHAIN) {
                Some((text, place)) => self.resolve(target.file, &text, part, &place, passed + 1),
                None => Some(target),
            }
        });
        self.found.links.insert(key, target.clone());
        target
    }

    /// The reference that a target in another file is, if it is nothing else.
    fn alias(&self, target: &Target) -> Option<(String, Place)> {
        let node = self.files.root(target.file).pointer(&target.pointer)?;
        let text = rewrite::pure_reference(node).filter(|text| !text.is_empty())?;
        let place = Place {
            at: node.get("$ref")?.at,
            pointer: format!("#{}/$ref", target.pointer),
        };
        (target.file != FileId::DOCUMENT).then(|| (text.to_owned(), place))
    }

    fn target(&mut self, file: FileId, text: &str, part: Part, place: &Place) -> Option<Target> {
        let (path, pointer) = match link::parse(text) {
            Link::File { path, pointer } => (path, pointer),
            Link::Url => {
                self.diags
                    .error(
                        place.clone(),
                        format!("`{text}` is a URL, and nothing is fetched from a network"),
                    )
                    .help("place that file beside the document, and refer to it by its path");
                return None;
            }
            Link::Absolute => {
                self.absolute(file, text, place);
                return None;
            }
            Link::Anchor => {
                self.diags
                    .error(
                        place.clone(),
                        format!("`{text}` names an anchor, which is not looked for"),
                    )
                    .help("write the way through the file, such as `#/components/schemas/Pet`");
                return None;
            }
        };
        let to = match path.is_empty() {
            true => file,
            false => {
                self.bare_name(file, text, place)?;
                self.files
                    .open(file, &path, place, self.sources, self.diags)?
            }
        };
        let is_there = self.files.root(to).pointer(&pointer).is_some();
        if to != FileId::DOCUMENT && !is_there {
            self.dangling(to, text, &pointer, place);
            return None;
        }
        Some(Target {
            file: to,
            pointer,
            part,
        })
    }

    fn absolute(&mut self, file: FileId, text: &str, place: &Place) {
        let help = match self.files.root(file).pointer(text) {
            Some(_) => format!("did you mean `#{text}`?"),
            None => "write the path from the folder of this file, such as `./pet.yaml`".to_owned(),
        };
        self.diags
            .error(
                place.clone(),
                format!("`{text}` is a path from the root of a disk, and is not read"),
            )
            .help(help);
    }

    /// Reports the name of a schema where a reference to it is meant.
    fn bare_name(&mut self, file: FileId, text: &str, place: &Place) -> Option<()> {
        let pointer = format!("/components/schemas/{}", escape(text));
        if text.contains(['.', '#']) || self.files.root(file).pointer(&pointer).is_none() {
            return Some(());
        }
        self.diags
            .error(
                place.clone(),
                format!("`{text}` is the name of a schema, and no reference"),
            )
            .help(format!("write `#{pointer}`"));
        None
    }

    fn dangling(&mut self, file: FileId, text: &str, pointer: &str, place: &Place) {
        let path = text.split('#').next().unwrap_or_default();
        let (parent, name) = pointer.rsplit_once('/').unwrap_or_default();
        let siblings = self.files.root(file).pointer(parent);
        let names = siblings.map(|node| match &node.value {
            Value::Object(members) => members.keys().map(String::as_str).collect(),
            _ => Vec::new(),
        });
        let near = closest(name, names.unwrap_or_default());
        let shown = self.files.path(file).display().to_string();
        let in_document = self.files.root(FileId::DOCUMENT).pointer(pointer).is_some();
        let help = match near {
            Some(near) => format!("did you mean `{path}#{parent}/{}`?", escape(near)),
            None if path.is_empty() && in_document => {
                let document = self.files.path(FileId::DOCUMENT);
                let name = document.file_name().unwrap_or_default().to_string_lossy();
                format!(
                    "the document has it: write the way to `{name}` from this file before the `#`"
                )
            }
            None => format!("add `{name}` to `{shown}`, or correct the reference"),
        };
        self.diags
            .error(
                place.clone(),
                format!("`{text}` does not exist: `{shown}` has no `{pointer}`"),
            )
            .help(help);
    }
}
