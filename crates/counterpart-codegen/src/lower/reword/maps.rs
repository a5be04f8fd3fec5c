//! `patternProperties`: the values of a map.

use crate::load::tree::{Node, Value};

use super::super::Ctx;
use super::super::read::At;
use super::{Change, any_of};

impl Ctx<'_> {
    /// `patternProperties` as `additionalProperties`: keys that fit no pattern have no other
    /// place to go, so they are taken for values of the same kind.
    pub(super) fn patterns(&mut self, at: &At<'_>) -> Option<Change> {
        let patterns = at.get("patternProperties")?;
        let members = patterns.node.as_object()?;
        let mut schemas: Vec<Node> = members.values().map(|member| member.node.clone()).collect();
        schemas.retain(|schema| schema.value != Value::Bool(false));
        let rest = ["additionalProperties", "unevaluatedProperties"];
        let rest = rest.iter().find_map(|key| at.node.get(key));
        match rest.map(|rest| &rest.value) {
            None | Some(Value::Bool(false)) => {}
            Some(_) => schemas.extend(rest.cloned()),
        }
        if schemas.is_empty() {
            return Some(Change {
                gone: &["patternProperties"],
                said: Vec::new(),
            });
        }
        self.diags
            .warning(
                patterns.place(),
                "which keys these patterns fit is not checked",
            )
            .help("every key that is not among `properties` may hold what any of them allows");
        Some(Change {
            gone: &["patternProperties"],
            said: vec![("additionalProperties", any_of(schemas, patterns.node.at))],
        })
    }
}
