//! Leaves out of a document what is not asked for: operations, and the components that only
//! those need.
//!
//! This happens before anything is understood, so that a mistake in a part that nobody wants
//! stops nobody.
//!
//! ```text
//! operations = ["listPets"]      paths:                        paths:
//!                                  /pets: {get, post}    ->      /pets: {get}
//!                                  /owners: {get}              components:
//!                                components:                     schemas: {Pet}
//!                                  schemas: {Pet, Owner}
//! ```

use std::collections::BTreeSet;

use indexmap::IndexMap;

use crate::api::Method;
use crate::config::{self, Selected};
use crate::diag::{Diagnostics, closest};
use crate::load::Document;
use crate::load::tree::{Member, Node, Value, escape};
use crate::lower::id_of_path;

/// The part of the document that the configuration asks for. `None` when it asks for
/// something that is not there.
pub fn selected(
    mut document: Document,
    config: &config::Api,
    diags: &mut Diagnostics,
) -> Option<Document> {
    if !config.is_selective() {
        return Some(document);
    }
    let before = diags.errors();
    let known = inline_path_items(&mut document.root);
    check(config, &known, diags);
    let kept: BTreeSet<(String, String)> = known
        .iter()
        .filter(|operation| operation.is_selected(config))
        .map(|operation| (operation.path.clone(), operation.method.clone()))
        .collect();
    let kept_ids: BTreeSet<&str> = known
        .iter()
        .filter(|operation| kept.contains(&operation.key()))
        .map(|operation| operation.id.as_str())
        .collect();
    retain_operations(&mut document.root, &kept, &kept_ids);
    retain_components(&mut document.root);
    (diags.errors() == before).then_some(document)
}

/// An operation, as much of it as is needed to choose.
struct Operation {
    path: String,
    method: String,
    id: String,
    tags: Vec<String>,
}

impl Operation {
    fn key(&self) -> (String, String) {
        (self.path.clone(), self.method.clone())
    }

    /// `GET /users/{id}`
    fn line(&self) -> String {
        format!("{} {}", self.method.to_uppercase(), self.path)
    }

    fn is_called(&self, name: &str) -> bool {
        self.id == name || self.line() == name
    }

    fn is_selected(&self, config: &config::Api) -> bool {
        let tagged = |tag: &Selected| self.tags.contains(&tag.name);
        let called = |operation: &Selected| self.is_called(&operation.name);
        config.tags.iter().any(tagged) || config.operations.iter().any(called)
    }
}

/// The operations of the document. A path item that is a reference is put in its place, so
/// that single operations can be taken from it.
fn inline_path_items(root: &mut Node) -> Vec<Operation> {
    let mut operations = Vec::new();
    let whole = root.clone();
    for (path, item) in members_mut(root, "paths").into_iter().flatten() {
        if let Some(Value::Object(target)) = target(&whole, &item.node).map(|node| &node.value)
            && let Value::Object(own) = &mut item.node.value
        {
            own.shift_remove("$ref");
            let mut both = target.clone();
            both.append(own);
            *own = both;
        }
        let methods = item.node.as_object().into_iter().flatten();
        let methods = methods.filter(|(key, _)| is_method(key));
        let additional = item.node.get(ADDITIONAL).and_then(Node::as_object);
        for (method, member) in methods.chain(additional.into_iter().flatten()) {
            operations.push(operation(path, method, &member.node));
        }
    }
    operations
}

/// The operations of a path item whose methods have no key (OpenAPI 3.2).
const ADDITIONAL: &str = "additionalOperations";

fn operation(path: &str, method: &str, node: &Node) -> Operation {
    let tags = node.get("tags").and_then(Node::as_array);
    let tags = tags.unwrap_or_default().iter().filter_map(Node::as_str);
    let id = node.get("operationId").and_then(Node::as_str);
    Operation {
        path: path.to_owned(),
        method: method.to_owned(),
        id: id.map_or_else(|| id_of_path(path, method), str::to_owned),
        tags: tags.map(str::to_owned).collect(),
    }
}

/// What a reference points to, through further references.
fn target<'n>(root: &'n Node, node: &Node) -> Option<&'n Node> {
    let mut found = root.pointer(reference(node)?)?;
    // A chain longer than this is a cycle.
    for _ in 0..64 {
        let Some(next) = reference(found) else {
            return Some(found);
        };
        found = root.pointer(next)?;
    }
    None
}

fn reference(node: &Node) -> Option<&str> {
    node.get("$ref")?.as_str()?.strip_prefix('#')
}

/// Reports what is asked for and not there.
fn check(config: &config::Api, known: &[Operation], diags: &mut Diagnostics) {
    for tag in &config.tags {
        let tags = || known.iter().flat_map(|operation| &operation.tags);
        if !tags().any(|known| *known == tag.name) {
            let near = closest(&tag.name, tags().map(String::as_str));
            missing(tag, "no operation has the tag", near, diags);
        }
    }
    for wanted in &config.operations {
        if !known
            .iter()
            .any(|operation| operation.is_called(&wanted.name))
        {
            let ids = known.iter().map(|operation| operation.id.as_str());
            let near = closest(&wanted.name, ids);
            missing(wanted, "there is no operation", near, diags);
        }
    }
}

fn missing(asked: &Selected, message: &str, near: Option<&str>, diags: &mut Diagnostics) {
    let error = diags.error(asked.place.clone(), format!("{message} `{}`", asked.name));
    match near {
        Some(near) => error.help(format!("did you mean `{near}`?")),
        None => error.help(
            "name a tag of an operation, an `operationId`, or a line such as `GET /users/{id}`",
        ),
    };
}

/// Removes the other operations, and what is left of their paths. Webhooks are nobody's
/// operations, so they go as well.
fn retain_operations(root: &mut Node, kept: &BTreeSet<(String, String)>, ids: &BTreeSet<&str>) {
    if let Some(paths) = members_mut(root, "paths") {
        paths.retain(|path, item| {
            let is_kept = |method: &str| kept.contains(&(path.clone(), method.to_owned()));
            let mut any = false;
            if let Some(additional) = members_mut(&mut item.node, ADDITIONAL) {
                additional.retain(|method, _| is_kept(method));
                let members = additional.values_mut();
                members.for_each(|member| unpoll(&mut member.node, ids));
                any = !additional.is_empty();
            }
            let Value::Object(members) = &mut item.node.value else {
                return false;
            };
            members.retain(|key, _| !is_method(key) || is_kept(key));
            for (_, member) in members.iter_mut().filter(|(key, _)| is_method(key)) {
                unpoll(&mut member.node, ids);
                any = true;
            }
            any
        });
    }
    if let Value::Object(members) = &mut root.value {
        members.shift_remove("webhooks");
    }
}

/// An operation cannot wait with one that is not there.
fn unpoll(operation: &mut Node, ids: &BTreeSet<&str>) {
    let polled = operation
        .get("x-poll")
        .and_then(|poll| poll.get("operation"))
        .and_then(Node::as_str);
    if polled.is_some_and(|polled| !ids.contains(polled))
        && let Value::Object(members) = &mut operation.value
    {
        members.shift_remove("x-poll");
    }
}

/// Removes the components that nothing refers to any more. Security schemes stay: they are
/// referred to by name.
fn retain_components(root: &mut Node) {
    let reached = reached(root);
    let kinds = members_mut(root, "components").into_iter().flatten();
    for (kind, components) in kinds.filter(|(kind, _)| *kind != "securitySchemes") {
        let Value::Object(members) = &mut components.node.value else {
            continue;
        };
        if !kind.starts_with("x-") {
            members.retain(|name, _| reached.contains(&format!("{kind}/{}", escape(name))));
        }
    }
}

/// The components that are referred to from outside of `components`, and on from there: each
/// as its kind and its name, `schemas/Pet`.
fn reached(root: &Node) -> BTreeSet<String> {
    let mut reached = BTreeSet::new();
    let members = root.as_object().into_iter().flatten();
    let outside = members.filter(|(key, _)| *key != "components");
    let mut waiting: Vec<&Node> = outside.map(|(_, member)| &member.node).collect();
    while let Some(node) = waiting.pop() {
        let components = match &node.value {
            Value::Array(items) => {
                waiting.extend(items);
                Vec::new()
            }
            Value::Object(members) => {
                waiting.extend(members.values().map(|member| &member.node));
                named_by_mapping(node)
            }
            Value::String(text) => component(text).into_iter().collect(),
            Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
        };
        for component in components {
            if let Some(node) = root.pointer(&format!("/components/{component}"))
                && reached.insert(component)
            {
                waiting.push(node);
            }
        }
    }
    reached
}

/// The component that a reference leads into.
fn component(text: &str) -> Option<String> {
    let mut steps = text.strip_prefix("#/components/")?.split('/');
    Some(format!("{}/{}", steps.next()?, steps.next()?))
}

/// The schemas that the `mapping` of a discriminator calls by their plain names.
fn named_by_mapping(discriminator: &Node) -> Vec<String> {
    let mapping = discriminator.get("mapping").and_then(Node::as_object);
    let values = mapping.into_iter().flatten();
    values
        .filter_map(|(_, value)| value.node.as_str())
        .map(|name| format!("schemas/{}", escape(name)))
        .collect()
}

fn is_method(key: &str) -> bool {
    Method::ALL.iter().any(|(name, _)| *name == key)
}

fn members_mut<'n>(node: &'n mut Node, key: &str) -> Option<&'n mut IndexMap<String, Member>> {
    let Value::Object(members) = &mut node.value else {
        return None;
    };
    match &mut members.get_mut(key)?.node.value {
        Value::Object(members) => Some(members),
        _ => None,
    }
}
