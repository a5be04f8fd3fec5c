//! The document while an overlay changes it.
//!
//! Queries other than plain paths are evaluated on a copy without places, because the
//! JSONPath evaluator knows only `serde_json`. The copy is made when the first such query
//! comes, and kept in step from then on.

use serde_json::Value as Json;

use super::merge::{self, Clash};
use super::query::{self, Path, Query, Step};
use crate::load::build::{MAX_DEPTH, MAX_VALUES};
use crate::load::tree::{Node, Value};

/// The document and, once it is needed, its copy.
pub(super) struct Subject<'a> {
    root: &'a mut Node,
    copy: Option<Json>,
    /// How many values the document has at most; counted when first needed.
    values: Option<usize>,
}

/// A bound that an update would break.
pub(super) enum Overflow {
    /// Too many values.
    Values,
    /// Too many levels.
    Depth,
}

impl<'a> Subject<'a> {
    /// The document as it is.
    pub(super) fn new(root: &'a mut Node) -> Self {
        Self {
            root,
            copy: None,
            values: None,
        }
    }

    /// The nodes that a query selects, each once.
    pub(super) fn find(&mut self, query: &Query) -> Vec<Path> {
        if let Some(path) = &query.direct {
            let found = self.node(path).is_some();
            return found.then(|| path.clone()).into_iter().collect();
        }
        let root = &*self.root;
        let copy = self.copy.get_or_insert_with(|| root.to_json());
        let located = query.json_path.query_located(copy);
        let mut paths: Vec<Path> = located.locations().map(query::path).collect();
        let mut seen = std::collections::BTreeSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        paths
    }

    /// The node at a path.
    pub(super) fn node(&self, path: &Path) -> Option<&Node> {
        path.iter()
            .try_fold(&*self.root, |node, step| match (step, &node.value) {
                (Step::Name(name), Value::Object(members)) => Some(&members.get(name)?.node),
                (Step::Index(index), Value::Array(items)) => items.get(*index),
                _ => None,
            })
    }

    fn node_mut(&mut self, path: &[Step]) -> Option<&mut Node> {
        path.iter().try_fold(&mut *self.root, |node, step| {
            match (step, &mut node.value) {
                (Step::Name(name), Value::Object(members)) => {
                    Some(&mut members.get_mut(name)?.node)
                }
                (Step::Index(index), Value::Array(items)) => items.get_mut(*index),
                _ => None,
            }
        })
    }

    fn copy_mut(&mut self, path: &[Step]) -> Option<&mut Json> {
        path.iter()
            .try_fold(self.copy.as_mut()?, |json, step| match (step, json) {
                (Step::Name(name), Json::Object(members)) => members.get_mut(name),
                (Step::Index(index), Json::Array(items)) => items.get_mut(*index),
                _ => None,
            })
    }

    /// Whether `update` can be merged into all of `targets` within the bounds that hold
    /// for every document.
    pub(super) fn room_for(&mut self, update: &Node, targets: &[Path]) -> Result<(), Overflow> {
        let root = &*self.root;
        let values = self.values.get_or_insert_with(|| root.count());
        *values += update.count().saturating_mul(targets.len());
        if *values > MAX_VALUES {
            return Err(Overflow::Values);
        }
        let deepest = targets.iter().map(Vec::len).max().unwrap_or(0);
        // One more level: a value that is appended to an array goes into it.
        if deepest + 1 + update.height() > MAX_DEPTH {
            return Err(Overflow::Depth);
        }
        Ok(())
    }

    /// Merges `update` into the node at `path`, as far as it fits.
    pub(super) fn merge(&mut self, path: &Path, update: &Node) -> Vec<Clash> {
        let mut clashes = Vec::new();
        if let Some(node) = self.node_mut(path) {
            merge::into_node(node, update, &mut clashes);
        }
        if let Some(json) = self.copy_mut(path) {
            merge::into_json(json, update);
        }
        clashes
    }

    /// Removes the nodes at these paths.
    pub(super) fn remove(&mut self, mut paths: Vec<Path>) {
        // From behind: an item that is removed moves those after it, and what lies within
        // another removed node goes before it.
        paths.sort_unstable_by(|a, b| b.cmp(a));
        for path in paths {
            let Some((step, parent)) = path.split_last() else {
                continue;
            };
            match (step, self.node_mut(parent).map(|node| &mut node.value)) {
                (Step::Name(name), Some(Value::Object(members))) => {
                    members.shift_remove(name);
                }
                (Step::Index(index), Some(Value::Array(items))) if *index < items.len() => {
                    items.remove(*index);
                }
                _ => {}
            }
            match (step, self.copy_mut(parent)) {
                (Step::Name(name), Some(Json::Object(members))) => {
                    members.shift_remove(name);
                }
                (Step::Index(index), Some(Json::Array(items))) if *index < items.len() => {
                    items.remove(*index);
                }
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diag::{Diagnostics, Place};
    use crate::load::text;
    use crate::load::tree::Sources;

    fn read(yaml: &str) -> Node {
        let mut diags = Diagnostics::default();
        text("a.yaml", yaml, &mut Sources::default(), &mut diags).expect("valid YAML")
    }

    fn query(text: &str, node: &Node) -> Query {
        Query::parse(text, Place::plain(node.at), &mut Diagnostics::default()).expect("a JSONPath")
    }

    #[test]
    fn the_copy_is_kept_in_step() {
        let mut root = read("{a: [1, {b: 2}, 3], c: {d: x, e: null, f: [y]}, g: 4}");
        let updates = [
            read("{c: {d: z, e: {h: 1}, f: [w], i: 5}, g: {no: fit}, a: no}"),
            read("[1, 2]"),
            read("{j: {k: [6]}}"),
            read("7"),
            read("null"),
        ];
        let targets = [
            "$",
            "$..[?@.b]",
            "$.c.*",
            "$.a[1,2]",
            "$.c.f",
            "$..*",
            "$.c['d','e']",
        ];
        let place = root.clone();
        let mut subject = Subject::new(&mut root);
        // The first query other than a plain path makes the copy.
        subject.find(&query("$.*", &place));
        assert!(subject.copy.is_some());
        for update in &updates {
            for target in targets {
                for path in subject.find(&query(target, &place)) {
                    subject.merge(&path, update);
                    assert_eq!(subject.copy, Some(subject.root.to_json()), "{target}");
                }
            }
        }
        for target in ["$.a[0, 2]", "$.c.f[0]", "$..j", "$.c", "$.*"] {
            let paths = subject.find(&query(target, &place));
            assert!(!paths.is_empty(), "{target}");
            subject.remove(paths);
            assert_eq!(subject.copy, Some(subject.root.to_json()), "{target}");
        }
        assert_eq!(subject.root.to_json(), serde_json::json!({}));
    }

    #[test]
    fn a_plain_path_needs_no_copy() {
        let mut root = read("{a: {'/b': [1, 2]}}");
        let place = root.clone();
        let mut subject = Subject::new(&mut root);
        for target in ["$.a['/b'][1]", "$", "$.a", "$[\"a\"] ['/b']"] {
            assert_eq!(subject.find(&query(target, &place)).len(), 1, "{target}");
        }
        assert!(subject.find(&query("$.a.b", &place)).is_empty());
        assert!(subject.copy.is_none());
    }
}
