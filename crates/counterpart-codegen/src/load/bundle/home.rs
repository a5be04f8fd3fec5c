//! Where in the document each target from another file goes.
//!
//! `other.yaml#/components/schemas/Pet` becomes the component `Pet`, the file `pet.yaml` the
//! component `pet`. A component that is nothing but a reference to a file is that file's home,
//! and so is a path. What lies inside another target stays inside of it. Names that would
//! clash are told apart by the file or the folder that they come from: `cats.Pet`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use indexmap::{IndexMap, IndexSet};

use super::collect::Found;
use super::files::{FileId, Files};
use super::part::Part;
use super::{Target, link, rewrite};
use crate::diag::Diagnostics;
use crate::load::tree::{Node, escape};

/// Keys whose members are named by the author of a file.
const SECTIONS: [&str; 13] = [
    "schemas",
    "responses",
    "parameters",
    "examples",
    "requestBodies",
    "headers",
    "securitySchemes",
    "links",
    "callbacks",
    "pathItems",
    "mediaTypes",
    "$defs",
    "definitions",
];

/// Steps of a pointer that tell nothing of what is there.
const STRUCTURE: [&str; 7] = [
    "components",
    "schemas",
    "properties",
    "items",
    "paths",
    "content",
    "schema",
];

/// Where targets go.
#[derive(Default)]
pub(super) struct Homes {
    /// The pointer of each target from another file in the document.
    of: BTreeMap<Target, String>,
    /// Those that have to be copied there; the others are inside of one.
    pub(super) moved: IndexSet<Target>,
}

impl Homes {
    /// The pointer of a target in the document.
    pub(super) fn pointer<'h>(&'h self, target: &'h Target) -> Option<&'h str> {
        match target.file {
            FileId::DOCUMENT => Some(&target.pointer),
            _ => self.of.get(target).map(String::as_str),
        }
    }

    /// As the text of a reference.
    pub(super) fn reference(&self, target: &Target) -> Option<String> {
        let pointer = self.pointer(target)?;
        Some(format!("#{}", pointer.replace('%', "%25")))
    }
}

/// Finds a place for every target that is not in the document.
pub(super) fn homes(files: &Files<'_>, found: &Found, diags: &mut Diagnostics) -> Homes {
    let mut homes = Homes::default();
    let elsewhere = found.targets.keys();
    let (inside, moved): (Vec<&Target>, Vec<&Target>) = elsewhere
        .filter(|target| target.file != FileId::DOCUMENT)
        .partition(|target| around(found, target).is_some());
    homes.moved = moved.into_iter().cloned().collect();
    homes.of = hosts(files, found, &homes.moved);
    names(files, found, &mut homes, diags);
    let mut inside: Vec<&Target> = inside;
    // What is around something comes before it.
    inside.sort_by_key(|target| target.pointer.len());
    for target in inside {
        if let Some(outer) = around(found, target)
            && let Some(home) = homes.of.get(&outer)
        {
            let pointer = format!("{home}{}", &target.pointer[outer.pointer.len()..]);
            homes.of.insert(target.clone(), pointer);
        }
    }
    homes
}

/// The nearest target that this one is a part of. A definition inside another schema is none:
/// it has a name of its own.
fn around(found: &Found, target: &Target) -> Option<Target> {
    if is_definition(&target.pointer) {
        return None;
    }
    let steps: Vec<String> = link::tokens(&target.pointer).collect();
    let steps: Vec<&str> = steps.iter().map(String::as_str).collect();
    let ends = target.pointer.match_indices('/').map(|(end, _)| end);
    let ends: Vec<usize> = ends.collect();
    ends.into_iter().enumerate().rev().find_map(|(depth, end)| {
        let parts = Part::REFERABLE.into_iter();
        let mut outer = parts.map(|part| Target {
            file: target.file,
            pointer: target.pointer[..end].to_owned(),
            part,
        });
        outer.find(|outer| {
            found.targets.contains_key(outer)
                && outer.part.reach(&steps[depth..]) == Some(target.part)
        })
    })
}

/// Whether a pointer leads to a named schema inside another.
pub(super) fn is_definition(pointer: &str) -> bool {
    let mut steps = pointer.rsplit('/').skip(1);
    matches!(steps.next(), Some("$defs" | "definitions"))
}

/// Components and paths of the document that are nothing but a reference to one of `moved`:
/// each target goes where it is named by its own name, else where it is referred to first.
fn hosts(files: &Files<'_>, found: &Found, moved: &IndexSet<Target>) -> BTreeMap<Target, String> {
    let document = files.root(FileId::DOCUMENT);
    let mut hosts: BTreeMap<Target, (bool, String)> = BTreeMap::new();
    let sections = Part::REFERABLE.into_iter().filter_map(|part| {
        let section = part.section()?;
        Some((format!("/components/{section}"), part))
    });
    let paths = ["/paths", "/webhooks"].map(|path| (path.to_owned(), Part::PathItem));
    for (pointer, part) in paths.into_iter().chain(sections) {
        let members = document.pointer(&pointer).and_then(Node::as_object);
        for (key, member) in members.into_iter().flatten() {
            let text = rewrite::pure_reference(&member.node);
            let target = text.and_then(|text| found.link(FileId::DOCUMENT, text, part));
            let Some(target) = target.filter(|target| moved.contains(*target)) else {
                continue;
            };
            let own = fold(key) == fold(&own_name(files, target));
            let host = format!("{pointer}/{}", escape(key));
            match hosts.get_mut(target) {
                Some((true, _)) => {}
                Some(known) if own => *known = (own, host),
                Some(_) => {}
                None => {
                    hosts.insert(target.clone(), (own, host));
                }
            }
        }
    }
    let hosts = hosts.into_iter();
    hosts.map(|(target, (_, host))| (target, host)).collect()
}

/// A name for each target that has no home yet.
fn names(files: &Files<'_>, found: &Found, homes: &mut Homes, diags: &mut Diagnostics) {
    let homeless = homes
        .moved
        .iter()
        .filter(|target| !homes.of.contains_key(*target));
    let homeless: Vec<Target> = homeless.cloned().collect();
    let mut wanted: Vec<Wanted> = homeless
        .iter()
        .map(|target| Wanted::new(files, target))
        .collect();
    let taken = taken(files.root(FileId::DOCUMENT));
    loop {
        let clashing = clashing(&wanted, &taken);
        let longer = clashing.into_iter().filter(|index| {
            let wanted = &mut wanted[*index];
            let more = wanted.words.len() > wanted.used;
            wanted.used += usize::from(more);
            more
        });
        if longer.count() == 0 {
            break;
        }
    }
    let mut first: IndexMap<(&str, String), usize> = IndexMap::new();
    for (index, (target, wanted)) in homeless.iter().zip(&wanted).enumerate() {
        let key = wanted.key();
        let pointer = format!("/components/{}/{}", wanted.section, escape(&key));
        let is_taken = files.root(FileId::DOCUMENT).pointer(&pointer).is_some();
        let other = first.insert((wanted.section, key.clone()), index);
        if is_taken || other.is_some() {
            let error = diags.error(
                found.targets[target].clone(),
                format!(
                    "two different things would be `{key}` of `components/{}`",
                    wanted.section
                ),
            );
            if let Some(other) = other {
                let other = found.targets[&homeless[other]].clone();
                error.related(other, "the other one is referred to here");
            }
            error.help("rename one of the files, or what is referred to in it");
        }
        homes.of.insert(target.clone(), pointer);
    }
}

/// The names that the components of the document have, folded.
fn taken(document: &Node) -> BTreeSet<(&'static str, String)> {
    let sections = Part::REFERABLE.into_iter().filter_map(Part::section);
    let names = sections.flat_map(|section| {
        let members = document.pointer(&format!("/components/{section}"));
        let members = members.and_then(Node::as_object).into_iter().flatten();
        members.map(move |(key, _)| (section, fold(key)))
    });
    names.collect()
}

/// Those whose name another has as well.
fn clashing(wanted: &[Wanted], taken: &BTreeSet<(&'static str, String)>) -> Vec<usize> {
    let mut groups: BTreeMap<(&'static str, String), Vec<usize>> = BTreeMap::new();
    for (index, wanted) in wanted.iter().enumerate() {
        let name = (wanted.section, fold(&wanted.key()));
        groups.entry(name).or_default().push(index);
    }
    let clashing = groups
        .into_iter()
        .filter(|(name, group)| group.len() > 1 || taken.contains(name));
    clashing.flat_map(|(_, group)| group).collect()
}

/// The name that a target is to have.
struct Wanted {
    section: &'static str,
    /// The name, and then what it can be told apart by: its file, the folders of that.
    words: Vec<String>,
    /// How many of the words are used.
    used: usize,
}

impl Wanted {
    fn new(files: &Files<'_>, target: &Target) -> Self {
        let mut steps = files.steps(target.file);
        steps.reverse();
        if let Some(file) = steps.first_mut() {
            *file = stem(file);
        }
        let mut words = vec![own_name(files, target)];
        let around = usize::from(target.pointer.is_empty());
        words.extend(steps.into_iter().skip(around));
        let mut words: Vec<String> = words.iter().map(|word| plain(word)).collect();
        words.retain(|word| !word.is_empty());
        // `Fish` of `fish.yaml` is told apart by the folder.
        let name = words.first().map(|name| fold(name));
        let mut place = 0..;
        words.retain(|word| place.next() == Some(0) || Some(fold(word)) != name);
        Self {
            section: target.part.section().unwrap_or("schemas"),
            words,
            used: 1,
        }
    }

    fn key(&self) -> String {
        let mut words = self.words[..self.used.min(self.words.len())].to_vec();
        words.reverse();
        words.join(".")
    }
}

/// What a target is called where it is: by its key, or by its file.
pub(super) fn own_name(files: &Files<'_>, target: &Target) -> String {
    let steps: Vec<String> = link::tokens(&target.pointer).collect();
    match &steps[..] {
        [] => {
            let name = files.path(target.file).file_name().unwrap_or_default();
            stem(&name.to_string_lossy())
        }
        [only] => only.clone(),
        [.., section, name] if SECTIONS.contains(&section.as_str()) => name.clone(),
        _ => {
            let steps = steps.iter().map(String::as_str);
            let words = steps.filter(|step| !STRUCTURE.contains(step));
            words.collect::<Vec<_>>().join(".")
        }
    }
}

/// The name of a file without its ending.
fn stem(name: &str) -> String {
    let stem = Path::new(name).file_stem().unwrap_or_default();
    stem.to_string_lossy().into_owned()
}

/// A name with the symbols only that the keys of components may have.
fn plain(name: &str) -> String {
    let letters = name.chars().map(|letter| match letter {
        '-' | '.' | '_' => letter,
        letter if letter.is_alphanumeric() => letter,
        _ => '_',
    });
    letters.collect::<String>().trim_matches('_').to_owned()
}

/// A name without what casing changes.
fn fold(name: &str) -> String {
    let letters = name.chars().filter(|letter| letter.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}
