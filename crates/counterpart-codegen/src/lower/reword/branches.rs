//! `if`, `then`, `else` and `dependentSchemas`: properties that are there on a condition are
//! optional ones. The condition itself is not checked.

use indexmap::IndexMap;

use crate::load::tree::Node;

use super::super::Ctx;
use super::super::read::At;
use super::{Change, any_of, member, object};

const GONE: &[&str] = &["if", "then", "else", "dependentSchemas"];

impl Ctx<'_> {
    /// The properties of the branches beside those of the schema itself.
    pub(super) fn branches(&mut self, at: &At<'_>) -> Option<Change> {
        let first = GONE.iter().find_map(|key| at.get(key))?;
        let mut branches: Vec<At<'_>> = ["then", "else"]
            .iter()
            .filter_map(|key| at.get(key))
            .collect();
        let dependent = self.members(at, "dependentSchemas");
        branches.extend(dependent.into_iter().map(|(_, branch)| branch));
        self.diags
            .warning(first.place(), "conditions are not checked")
            .help("properties that depend on one are optional: check it in the service");
        let mut found: IndexMap<String, Vec<Node>> = IndexMap::new();
        for branch in &branches {
            let target = self.peek(branch);
            let properties = target.and_then(|target| target.node.get("properties"));
            for (name, property) in properties.and_then(Node::as_object).into_iter().flatten() {
                let known = found.entry(name.clone()).or_default();
                known.push(property.node.clone());
            }
        }
        let own = at.node.get("properties").and_then(Node::as_object);
        let mut properties = own.cloned().unwrap_or_default();
        for (name, schemas) in found {
            if !properties.contains_key(&name) {
                properties.insert(name, member(any_of(schemas, first.node.at)));
            }
        }
        let said = match properties.is_empty() {
            true => Vec::new(),
            false => vec![("properties", object(properties, at.node.at))],
        };
        Some(Change { gone: GONE, said })
    }
}
