//! Copies targets from other files to their homes, and lets every reference lead there.

use indexmap::IndexMap;

use super::collect::{Found, MAX_CHAIN};
use super::files::{FileId, Files};
use super::home::{self, Homes};
use super::part::{self, Part};
use super::{Target, link};
use crate::diag::Diagnostics;
use crate::load::build::{MAX_DEPTH, MAX_VALUES};
use crate::load::tree::{Location, Member, Node, Value};

/// The text of a reference that is nothing else.
pub(super) fn pure_reference(node: &Node) -> Option<&str> {
    let members = node.as_object().filter(|members| members.len() == 1)?;
    members.get("$ref")?.node.as_str()
}

/// Makes one document of all files.
pub(super) fn rewrite(
    files: &mut Files<'_>,
    found: &Found,
    homes: &Homes,
    diags: &mut Diagnostics,
) {
    let copies = copies(files, found, homes, diags);
    let own = found.targets.keys();
    let own: Vec<&Target> = own
        .filter(|target| target.file == FileId::DOCUMENT)
        .collect();
    let document = Target {
        file: FileId::DOCUMENT,
        pointer: String::new(),
        part: Part::Document,
    };
    for target in std::iter::once(&document).chain(own) {
        let nothing = nothing(files.document().at);
        let mut root = std::mem::replace(files.document(), nothing);
        if let Some(node) = node_mut(&mut root, &target.pointer) {
            relink(node, target, files, found, homes);
        }
        *files.document() = root;
    }
    for (pointer, node) in copies {
        put(files.document(), &pointer, node);
    }
    put_in_place(files.document());
}

/// How many callbacks may be in callbacks. Those of an operation may hold that operation again.
const MOST_CALLBACKS: usize = 4;

/// How deep something may be put in place: what holds itself again comes to no end otherwise.
const DEEPEST_PLACE: usize = MAX_DEPTH / 2;

/// Puts operations, and all else that no reference can stand for, where references to them are.
fn put_in_place(document: &mut Node) {
    let is_one = |node: &Node, part| {
        Part::IN_PLACE.contains(&part) && node.get("$ref").is_some_and(|it| it.as_str().is_some())
    };
    let is_any = |document: &Node| {
        let mut is_any = false;
        let mut see = |node: &Node, part: Part, _: &str| is_any |= is_one(node, part);
        part::each(document, Part::Document, &mut String::new(), &mut see);
        is_any
    };
    if !is_any(document) {
        return;
    }
    let whole = document.clone();
    let mut values = whole.count();
    let mut change = |node: &mut Node, part: Part, pointer: &str| {
        for _ in 0..MAX_CHAIN {
            if !is_one(node, part) {
                return;
            }
            let is_deep = pointer.matches("/callbacks/").count() > MOST_CALLBACKS
                || link::tokens(pointer).count() > DEEPEST_PLACE;
            if is_deep {
                return;
            }
            let text = node.get("$ref").and_then(Node::as_str);
            let target = text.and_then(|text| text.strip_prefix('#'));
            let target = target.and_then(|text| whole.pointer(&link::percent_decoded(text)));
            let Some(target) = target else { return };
            values += target.count();
            if values > MAX_VALUES {
                return;
            }
            let reference = std::mem::replace(node, target.clone());
            // What is said beside the reference holds here.
            if let Value::Object(members) = reference.value {
                for (key, member) in members.into_iter().filter(|(key, _)| key != "$ref") {
                    set(node, &key, member.node);
                }
            }
        }
    };
    part::each_mut(document, Part::Document, &mut String::new(), &mut change);
    if is_any(document) {
        // What is left leads there.
        return;
    }
    if let Some(Value::Object(components)) =
        member_mut(document, "components").map(|components| &mut components.value)
    {
        for section in Part::IN_PLACE.into_iter().filter_map(Part::section) {
            components.shift_remove(section);
        }
    }
}

/// The content of each home.
fn copies(
    files: &Files<'_>,
    found: &Found,
    homes: &Homes,
    diags: &mut Diagnostics,
) -> Vec<(String, Node)> {
    let mut copies = Vec::new();
    let mut values = files.root(FileId::DOCUMENT).count();
    for target in &homes.moved {
        let node = files.root(target.file).pointer(&target.pointer);
        let (Some(node), Some(home)) = (node, homes.pointer(target)) else {
            continue;
        };
        values += node.count();
        let place = &found.targets[target];
        if values > MAX_VALUES {
            diags
                .error(
                    place.clone(),
                    format!(
                        "the document would have over {MAX_VALUES} values with what it refers to"
                    ),
                )
                .help("refer to fewer files as a whole");
            break;
        }
        if node.height() + link::tokens(home).count() > MAX_DEPTH {
            diags
                .error(
                    place.clone(),
                    format!("values would nest deeper than {MAX_DEPTH} levels"),
                )
                .help("refer to something less deep");
            break;
        }
        let mut node = node.clone();
        relink(&mut node, target, files, found, homes);
        copies.push((home.to_owned(), node));
    }
    copies
}

/// Lets the references in `node`, which is `target` or a copy of it, lead to their homes.
fn relink(node: &mut Node, target: &Target, files: &Files<'_>, found: &Found, homes: &Homes) {
    let file = target.file;
    let mut pointer = target.pointer.clone();
    part::each_mut(
        node,
        target.part,
        &mut pointer,
        &mut |node, part, pointer| {
            if home::is_definition(pointer) && pointer != target.pointer {
                move_out(
                    node,
                    &Target {
                        file,
                        pointer: pointer.to_owned(),
                        part,
                    },
                    homes,
                );
                return;
            }
            match part {
                Part::Discriminator => relink_mapping(node, file, found, homes),
                Part::Schema => {
                    keep_tags(node, file, files, found, homes);
                    relink_one(node, file, part, found, homes);
                }
                _ if part.section().is_some() => relink_one(node, file, part, found, homes),
                _ => {}
            }
        },
    );
}

/// Leaves a reference in the place of a definition that has a home of its own.
fn move_out(node: &mut Node, target: &Target, homes: &Homes) {
    if target.file == FileId::DOCUMENT || !homes.moved.contains(target) {
        return;
    }
    let Some(text) = homes.reference(target) else {
        return;
    };
    let reference = Node {
        value: Value::String(text),
        at: node.at,
    };
    node.value = Value::Object([("$ref".to_owned(), member(reference))].into());
}

fn relink_one(node: &mut Node, file: FileId, part: Part, found: &Found, homes: &Homes) {
    let Some(text) = node.get("$ref").and_then(Node::as_str) else {
        return;
    };
    let target = found.link(file, text, part);
    if let Some(text) = target.and_then(|target| homes.reference(target))
        && let Value::Object(members) = &mut node.value
        && let Some(member) = members.get_mut("$ref")
    {
        member.node.value = Value::String(text);
    }
}

fn relink_mapping(node: &mut Node, file: FileId, found: &Found, homes: &Homes) {
    for member in mapping_mut(node).into_iter().flat_map(IndexMap::values_mut) {
        let text = member.node.as_str();
        let target = text.and_then(|text| found.mapping(file, text));
        if let Some(text) = target.and_then(|target| homes.reference(target)) {
            member.node.value = Value::String(text);
        }
    }
}

/// Where a discriminator leaves it to the names of schemas what their tags are, and the name of
/// one is another here than in its file: writes its tag into the mapping.
fn keep_tags(node: &mut Node, file: FileId, files: &Files<'_>, found: &Found, homes: &Homes) {
    let property = node
        .get("discriminator")
        .and_then(|it| it.get("propertyName"));
    let Some(property) = property.and_then(Node::as_str).map(str::to_owned) else {
        return;
    };
    let lists = ["oneOf", "anyOf"].into_iter();
    let members = lists.filter_map(|key| node.get(key)?.as_array()).flatten();
    let variants = members.filter_map(|member| {
        let text = member.get("$ref")?.as_str()?;
        found.link(file, text, Part::Schema)
    });
    let mut tags: Vec<(String, &Target)> = Vec::new();
    for target in variants.filter(|target| homes.moved.contains(*target)) {
        let own = home::own_name(files, target);
        let name = homes.pointer(target).map(|home| link::tokens(home).last());
        if name.flatten().as_ref() != Some(&own) && !says_tag(files, target, &property) {
            tags.push((own, target));
        }
    }
    let Some(discriminator) = member_mut(node, "discriminator").filter(|_| !tags.is_empty()) else {
        return;
    };
    if discriminator.get("mapping").is_none() {
        let mapping = Node {
            value: Value::Object(IndexMap::new()),
            at: discriminator.at,
        };
        set(discriminator, "mapping", mapping);
    }
    let Some(mapping) = mapping_mut(discriminator) else {
        return;
    };
    for (tag, target) in tags {
        let mut values = mapping.values().filter_map(|member| member.node.as_str());
        let is_mapped = values.any(|text| found.mapping(file, text) == Some(target));
        if let Some(text) = homes.reference(target).filter(|_| !is_mapped) {
            let text = Node {
                value: Value::String(text),
                at: found.targets[target].at,
            };
            mapping.entry(tag).or_insert_with(|| member(text));
        }
    }
}

/// Whether a schema says itself which tag it has.
fn says_tag(files: &Files<'_>, target: &Target, property: &str) -> bool {
    let schema = files.root(target.file).pointer(&target.pointer);
    let property = schema.and_then(|schema| schema.get("properties")?.get(property));
    property.is_some_and(|property| {
        ["const", "enum"]
            .iter()
            .any(|key| property.get(key).is_some())
    })
}

fn mapping_mut(discriminator: &mut Node) -> Option<&mut IndexMap<String, Member>> {
    match &mut member_mut(discriminator, "mapping")?.value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}

fn member_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut Node> {
    match &mut node.value {
        Value::Object(members) => members.get_mut(key).map(|member| &mut member.node),
        Value::Array(items) => items.get_mut(key.parse::<usize>().ok()?),
        _ => None,
    }
}

fn node_mut<'n>(root: &'n mut Node, pointer: &str) -> Option<&'n mut Node> {
    link::tokens(pointer).try_fold(root, |node, token| member_mut(node, &token))
}

/// Puts a node where `pointer` leads, making the objects on the way that are not there.
fn put(root: &mut Node, pointer: &str, node: Node) {
    let mut steps: Vec<String> = link::tokens(pointer).collect();
    let Some(last) = steps.pop() else { return };
    let mut inner = root;
    for step in steps {
        if inner.get(&step).is_none() {
            let object = Node {
                value: Value::Object(IndexMap::new()),
                at: inner.at,
            };
            set(inner, &step, object);
        }
        match member_mut(inner, &step) {
            Some(next) => inner = next,
            // Something of the wrong type is in the way: later stages see to that.
            None => return,
        }
    }
    set(inner, &last, node);
}

/// Gives an object this member; what is no object stays as it is.
fn set(object: &mut Node, key: &str, node: Node) {
    if let Value::Object(members) = &mut object.value {
        match members.get_mut(key) {
            Some(known) => known.node = node,
            None => {
                members.insert(key.to_owned(), member(node));
            }
        }
    }
}

fn member(node: Node) -> Member {
    Member {
        key_at: node.at,
        node,
    }
}

fn nothing(at: Location) -> Node {
    Node {
        value: Value::Null,
        at,
    }
}
