//! Names that schemas have beside their place: `$anchor`, `$dynamicAnchor` and `$id`, and the
//! `$defs` of the schema that a reference stands in.

use std::collections::{BTreeMap, HashMap};

use crate::load::tree::{Member, Node, Value, escape};

use super::Ctx;
use super::read::At;
use super::reword::Change;
use crate::load::bundle::percent_decoded;

/// Pointers by the `$dynamicRef`s that mean them.
pub(super) type Bound = HashMap<String, String>;

/// Where in the document each name leads.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    /// The pointers of the schemas with an anchor, by its name.
    named: BTreeMap<String, Vec<String>>,
    /// The pointers of the schemas with an `$id`, and of the document itself by its `$self`.
    ids: HashMap<String, String>,
}

impl Anchors {
    /// Every name in the document.
    pub(super) fn of(root: &Node) -> Self {
        let mut anchors = Self::default();
        if let Some(own) = root.get("$self").and_then(Node::as_str) {
            anchors.ids.insert(own.to_owned(), String::new());
        }
        anchors.collect(root, &mut String::new());
        anchors
    }

    fn collect(&mut self, node: &Node, pointer: &mut String) {
        for key in ["$anchor", "$dynamicAnchor"] {
            if let Some(name) = node.get(key).and_then(Node::as_str) {
                let known = self.named.entry(name.to_owned()).or_default();
                known.push(pointer.clone());
            }
        }
        if let Some(id) = node.get("$id").and_then(Node::as_str) {
            let id = id.trim_end_matches('#').to_owned();
            self.ids.entry(id).or_insert_with(|| pointer.clone());
        }
        let length = pointer.len();
        let mut descend = |step: &str, child: &Node| {
            pointer.push('/');
            pointer.push_str(step);
            self.collect(child, pointer);
            pointer.truncate(length);
        };
        match &node.value {
            Value::Object(members) => {
                for (key, member) in members {
                    descend(&escape(key), &member.node);
                }
            }
            Value::Array(items) => {
                for (index, item) in items.iter().enumerate() {
                    descend(&index.to_string(), item);
                }
            }
            _ => {}
        }
    }

    /// Every anchor.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.named.keys().map(String::as_str)
    }

    /// The schema with this anchor; of several, that which is nearest to `from`.
    fn nearest(&self, name: &str, from: &str) -> Option<String> {
        let known = self.named.get(name)?;
        let shared = |pointer: &&String| {
            let steps = pointer.split('/').zip(from.split('/'));
            steps.take_while(|(one, other)| one == other).count()
        };
        // The first of those that are equally near.
        known.iter().rev().max_by_key(shared).cloned()
    }
}

impl<'d> Ctx<'d> {
    /// The pointer that a reference which stands at `from` means; `None` for one that leads out
    /// of the document or to nothing.
    pub(super) fn pointed_at(&self, text: &str, from: &str) -> Option<String> {
        let (id, fragment) = text.split_once('#').unwrap_or((text, ""));
        let fragment = percent_decoded(fragment);
        let base = match id {
            "" => "",
            id => self.anchors.ids.get(id)?.as_str(),
        };
        if !fragment.is_empty() && !fragment.starts_with('/') {
            let from = if id.is_empty() { from } else { base };
            return self.anchors.nearest(&fragment, from);
        }
        let pointer = format!("{base}{fragment}");
        let exists = |pointer: &str| self.document.root.pointer(pointer).is_some();
        if exists(&pointer) {
            return Some(pointer);
        }
        self.enclosing(&fragment, from)
    }

    /// `#/$defs/Name` where a schema around the reference has such: schemas that were written
    /// for themselves refer to their own parts like this.
    fn enclosing(&self, fragment: &str, from: &str) -> Option<String> {
        if !["/$defs/", "/definitions/"]
            .iter()
            .any(|start| fragment.starts_with(start))
        {
            return None;
        }
        let ends = from.match_indices('/').map(|(end, _)| &from[..end]);
        let outer: Vec<&str> = ends.collect();
        let mut candidates = outer.iter().rev().map(|outer| format!("{outer}{fragment}"));
        candidates.find(|pointer| self.document.root.pointer(pointer).is_some())
    }

    /// Whether a reference by pointer means what it says, and is not merely understood.
    pub(super) fn is_exact(&self, text: &str, pointer: &str) -> bool {
        let says = text.strip_prefix('#').map(percent_decoded);
        let said = says.is_none_or(|says| says == pointer || !says.starts_with('/'));
        let mut holders = self.anchors.ids.values();
        said || holders.any(|holder| {
            let inner = pointer.strip_prefix(holder.as_str());
            !holder.is_empty() && inner.is_some_and(|inner| text.strip_prefix('#') == Some(inner))
        })
    }

    /// `$dynamicRef` as `$ref`, to what has the name nearest to it.
    pub(super) fn pointed(&self, at: &At<'_>) -> Option<Change> {
        let reference = at.get("$dynamicRef")?;
        let pointer = self.pointed_at(reference.node.as_str()?, &reference.pointer);
        let text = match pointer {
            Some(pointer) => format!("#{pointer}"),
            None => reference.node.as_str()?.to_owned(),
        };
        let target = Node {
            value: Value::String(text),
            at: reference.node.at,
        };
        Some(Change {
            gone: &["$dynamicRef"],
            said: vec![("$ref", target)],
        })
    }
}

/// The names that `$dynamicRef`s of what a schema takes in lead to, and where: to the schema
/// itself by its own `$dynamicAnchor`, and to those among its `$defs` that have one.
pub(super) fn bound(at: &At<'_>) -> Bound {
    let anchor = |node: &Node| {
        let anchor = node.get("$dynamicAnchor").and_then(Node::as_str)?;
        Some(format!("#{anchor}"))
    };
    let own = anchor(at.node).map(|name| (name, format!("#{}", at.pointer)));
    let definitions = at.node.get("$defs").and_then(Node::as_object);
    let defined = definitions
        .into_iter()
        .flatten()
        .filter_map(|(key, defined)| {
            let pointer = format!("#{}/$defs/{}", at.pointer, escape(key));
            Some((anchor(&defined.node)?, pointer))
        });
    own.into_iter().chain(defined).collect()
}

/// A generic schema with what is bound filled in; `None` where it asks for nothing of that.
pub(super) fn filled(generic: &Node, bound: &Bound) -> Option<Node> {
    if bound.is_empty() || !asks(generic, bound) {
        return None;
    }
    let mut filled = generic.clone();
    fill(&mut filled, bound);
    Some(filled)
}

fn asks(node: &Node, bound: &Bound) -> bool {
    match &node.value {
        Value::Object(members) => members.iter().any(|(key, member)| match key.as_str() {
            "$dynamicRef" => member
                .node
                .as_str()
                .is_some_and(|name| bound.contains_key(name)),
            _ => asks(&member.node, bound),
        }),
        Value::Array(items) => items.iter().any(|item| asks(item, bound)),
        _ => false,
    }
}

fn fill(node: &mut Node, bound: &Bound) {
    match &mut node.value {
        Value::Object(members) => {
            if let Some(member) = members.get("$dynamicRef")
                && let Some(pointer) = member.node.as_str().and_then(|name| bound.get(name))
            {
                let at = member.node.at;
                let value = Value::String(pointer.clone());
                let node = Node { value, at };
                members.shift_remove("$dynamicRef");
                members.insert("$ref".to_owned(), Member { key_at: at, node });
            }
            for member in members.values_mut() {
                fill(&mut member.node, bound);
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| fill(item, bound)),
        _ => {}
    }
}
