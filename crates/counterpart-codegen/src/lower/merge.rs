//! `allOf`: the members become one schema before anything else looks at them.
//!
//! Members that only annotate (`nullable`, `description`, …) do not make a new type:
//! `allOf: [{$ref: A}, {nullable: true}]` is `A`, nullable.

use std::collections::HashSet;

use indexmap::IndexMap;

use crate::load::Version;
use crate::load::tree::{Member, Node, Value};

use super::Ctx;
use super::anchor::{Bound, bound, filled};
use super::read::At;
use super::union::only_require;

/// Keywords that say nothing about what values there are.
const ANNOTATIONS: [&str; 27] = [
    "nullable",
    "description",
    "title",
    "default",
    "example",
    "examples",
    "deprecated",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "$comment",
    "discriminator",
    "contentSchema",
    "definitions",
    "dependentRequired",
    "maxContains",
    "minContains",
    "not",
    "propertyNames",
    "$anchor",
    "$defs",
    "$dynamicAnchor",
    "$id",
    "$schema",
    "$self",
    "$vocabulary",
];

/// Whether `nullable: true` stands here or at a member of `allOf` that only annotates.
pub(super) fn says_nullable(node: &Node) -> bool {
    let here = |node: &Node| node.get("nullable").and_then(Node::as_bool) == Some(true);
    let members = node.get("allOf").and_then(Node::as_array);
    here(node)
        || members
            .unwrap_or_default()
            .iter()
            .any(|member| only_annotates(member) && here(member))
}

/// Whether this keyword, or extension, says nothing about what values there are.
pub(super) fn is_annotation(key: &str) -> bool {
    key.starts_with("x-") || ANNOTATIONS.contains(&key)
}

/// Whether every keyword here is an annotation or an extension.
fn only_annotates(node: &Node) -> bool {
    node.as_object().is_some_and(|members| {
        let mut keys = members.keys();
        keys.all(|key| is_annotation(key))
    })
}

impl<'d> Ctx<'d> {
    /// The only member of `allOf` that is more than annotation, if nothing beside `allOf`
    /// is either.
    pub(super) fn only_member<'n>(&mut self, at: &At<'n>) -> Option<At<'n>> {
        at.get("allOf")?;
        let siblings = at.node.as_object()?;
        let mut siblings = siblings.keys().filter(|key| *key != "allOf");
        if !siblings.all(|key| is_annotation(key)) || !bound(at).is_empty() {
            return None;
        }
        let members = self.items(at, "allOf");
        let mut members: Vec<_> = members
            .into_iter()
            .enumerate()
            .filter(|(_, member)| !only_annotates(member.node))
            .collect();
        match members.len() {
            1 => {
                let (index, member) = members.remove(0);
                Some(At {
                    node: member.node,
                    pointer: format!("{}/allOf/{index}", at.pointer),
                })
            }
            _ => None,
        }
    }

    /// The schema at `at` with its `allOf` merged into it.
    pub(super) fn merged(&mut self, at: &At<'_>) -> Option<Node> {
        let mut merge = Merge {
            members: IndexMap::new(),
            at: at.clone(),
            bound: bound(at),
            open: HashSet::new(),
            done: HashSet::new(),
        };
        self.collect(at, &mut merge)?;
        // The words and the name are those of the whole, not of a member.
        for (key, member) in at.node.as_object().into_iter().flatten() {
            if is_annotation(key) {
                merge.members.insert(key.clone(), member.clone());
            }
        }
        Some(Node {
            value: Value::Object(merge.members),
            at: at.node.at,
        })
    }

    /// Adds `at` and, through references and `allOf`, everything that it takes in.
    fn collect<'n>(&mut self, at: &At<'n>, merge: &mut Merge<'_>) -> Option<()>
    where
        'd: 'n,
    {
        if let Some(reference) = at.get("$ref") {
            let target = self.resolve(&reference)?;
            if merge.open.contains(&target.pointer) {
                self.diags
                    .error(reference.place(), "this `allOf` takes itself in")
                    .help("remove the reference that closes the circle");
                return None;
            }
            // What is taken in twice is the same the second time.
            if merge.done.contains(&target.pointer) {
                return Some(());
            }
            merge.open.insert(target.pointer.clone());
            let filled = filled(target.node, &merge.bound);
            let generic = At {
                node: filled.as_ref().unwrap_or(target.node),
                pointer: target.pointer.clone(),
            };
            self.collect(&generic, merge)?;
            merge.open.remove(&target.pointer);
            merge.done.insert(target.pointer);
            if self.document.version == Version::V3_0 {
                return Some(());
            }
        }
        let reworded = self.reworded(at);
        let at = &At {
            node: reworded.as_ref().unwrap_or(at.node),
            pointer: at.pointer.clone(),
        };
        for member in self.items(at, "allOf") {
            if !self.adds_nothing(at, &member) {
                self.collect(&member, merge)?;
            }
        }
        for (key, member) in at.node.as_object().into_iter().flatten() {
            self.add(merge, at, key, member);
        }
        Some(())
    }

    /// Whether a member of the `allOf` at `at` is that schema itself, beside another that is
    /// referred to. Where it is the only one, another was meant, and nobody knows which.
    fn adds_nothing(&mut self, at: &At<'_>, member: &At<'_>) -> bool {
        let own = format!("#{}", at.pointer);
        let target = |member: &At<'_>| Some(member.node.get("$ref")?.as_str()?.to_owned());
        let members = self.items(at, "allOf");
        let targets: Vec<String> = members.iter().filter_map(target).collect();
        let is_own = target(member).is_some_and(|target| target == own);
        if !is_own || targets.iter().all(|target| *target == own) {
            return false;
        }
        self.diags
            .warning(
                member.place(),
                "this `allOf` takes itself in, which adds nothing",
            )
            .help("remove this member, or let it refer to the schema that was meant");
        true
    }

    /// Adds one keyword to what is merged so far.
    fn add(&mut self, merge: &mut Merge<'_>, at: &At<'_>, key: &str, member: &Member) {
        if key == "allOf" || key == "$ref" || is_annotation(key) {
            return;
        }
        let Some(known) = merge.members.get_mut(key) else {
            merge.members.insert(key.to_owned(), member.clone());
            return;
        };
        match key {
            "properties" => merge_properties(&mut known.node, &member.node),
            "required" => append_new(&mut known.node, &member.node),
            "enum" => intersect(&mut known.node, &member.node),
            "minimum" | "exclusiveMinimum" | "minLength" | "minItems" | "minProperties" => {
                tighten(&mut known.node, &member.node, |new, old| new > old);
            }
            "maximum" | "exclusiveMaximum" | "maxLength" | "maxItems" | "maxProperties" => {
                tighten(&mut known.node, &member.node, |new, old| new < old);
            }
            "type" if !same(&known.node, &member.node) => {
                let (one, other) = (article(&known.node), article(&member.node));
                self.diags
                    .error(
                        at.child("type", &member.node).place(),
                        format!("members of this `allOf` disagree: one is {one}, another {other}"),
                    )
                    .related(merge.at.place(), "the `allOf`")
                    .help("no value can be both; give the members the same `type`");
            }
            "additionalProperties" if known.node.value == Value::Bool(false) => {}
            "oneOf" | "anyOf" => match combined(&known.node, &member.node) {
                Some(both) => known.node = both,
                None => {
                    self.diags
                        .warning(
                            at.child(key, &member.node).place(),
                            "these alternatives are not looked at, because another member of the `allOf` has many of its own",
                        )
                        .related(merge.at.place(), "the `allOf`")
                        .help("list the alternatives that the whole has, beside the `allOf`");
                }
            },
            _ => *known = member.clone(),
        }
    }
}

/// What both of two lists of alternatives allow: each of one with each of the other. `None` where
/// those are too many to be meant.
fn combined(known: &Node, new: &Node) -> Option<Node> {
    let (Value::Array(ours), Value::Array(theirs)) = (&known.value, &new.value) else {
        return Some(new.clone());
    };
    if only_require(new) || same(known, new) {
        return Some(known.clone());
    }
    if only_require(known) {
        return Some(new.clone());
    }
    let pairs = ours.len().saturating_mul(theirs.len());
    let pair = |a: &Node| theirs.iter().map(|b| both(a, b)).collect::<Vec<_>>();
    (pairs <= MOST_PAIRS).then(|| Node {
        value: Value::Array(ours.iter().flat_map(pair).collect()),
        at: known.at,
    })
}

/// How many alternatives two lists of them may make.
const MOST_PAIRS: usize = 64;

/// A merge under way.
struct Merge<'n> {
    members: IndexMap<String, Member>,
    at: At<'n>,
    /// What the `$dynamicRef`s in it mean.
    bound: Bound,
    /// The schemas that are being taken in, one by the other.
    open: HashSet<String>,
    /// Those that were taken in.
    done: HashSet<String>,
}

/// Adds properties; one that both have must be what both say.
fn merge_properties(known: &mut Node, new: &Node) {
    let (Value::Object(known), Value::Object(new)) = (&mut known.value, &new.value) else {
        return;
    };
    for (name, member) in new {
        match known.get_mut(name) {
            None => {
                known.insert(name.clone(), member.clone());
            }
            Some(old) if same(&old.node, &member.node) => {}
            Some(old) => old.node = both(&old.node, &member.node),
        }
    }
}

/// `allOf: [a, b]`, to be merged when its turn comes.
fn both(a: &Node, b: &Node) -> Node {
    let list = Node {
        value: Value::Array(vec![a.clone(), b.clone()]),
        at: b.at,
    };
    let mut members = IndexMap::new();
    // The words nearest to the whole win.
    for key in ["description", "title", "x-rust-name", "nullable", "default"] {
        if let Some(value) = b.get(key).or_else(|| a.get(key)) {
            members.insert(key.to_owned(), member(value.clone()));
        }
    }
    members.insert("allOf".to_owned(), member(list));
    Node {
        value: Value::Object(members),
        at: b.at,
    }
}

pub(super) fn member(node: Node) -> Member {
    Member {
        key_at: node.at,
        node,
    }
}

fn append_new(known: &mut Node, new: &Node) {
    if let (Value::Array(known), Value::Array(new)) = (&mut known.value, &new.value) {
        for item in new {
            if known.iter().all(|old| old.value != item.value) {
                known.push(item.clone());
            }
        }
    }
}

fn intersect(known: &mut Node, new: &Node) {
    if let (Value::Array(known), Value::Array(new)) = (&mut known.value, &new.value) {
        known.retain(|old| new.iter().any(|item| item.value == old.value));
    }
}

fn tighten(known: &mut Node, new: &Node, tighter: impl Fn(f64, f64) -> bool) {
    if let (Value::Number(old), Value::Number(limit)) = (&known.value, &new.value)
        && let (Some(old), Some(limit)) = (old.as_f64(), limit.as_f64())
        && tighter(limit, old)
    {
        *known = new.clone();
    }
}

/// Whether two nodes say the same, wherever they are written.
fn same(a: &Node, b: &Node) -> bool {
    a.to_json() == b.to_json()
}

fn article(node: &Node) -> String {
    match node.as_str() {
        Some(name) => format!("`{name}`"),
        None => node.kind().to_owned(),
    }
}
