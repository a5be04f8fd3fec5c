//! `type: [string, 'null']`, as 3.1 has it: `null` makes the schema nullable, and several
//! other types make it a union of one schema for each.

use crate::api::{Origin, SchemaId};
use crate::load::tree::{Member, Node, Value};

use super::Ctx;
use super::read::At;
use super::union::Raw;

/// Whether `type` is a list that has `null` beside something else.
pub(super) fn lists_null(node: &Node) -> bool {
    let types = node
        .get("type")
        .and_then(Node::as_array)
        .unwrap_or_default();
    types.len() > 1 && types.iter().any(|ty| ty.as_str() == Some("null"))
}

impl Ctx<'_> {
    /// The names in `type`, without a `null` that stands beside others.
    pub(super) fn type_names(&mut self, at: &At<'_>) -> Vec<String> {
        let Some(ty) = at.get("type") else {
            return Vec::new();
        };
        let mut names = match &ty.node.value {
            Value::Array(_) => self.texts(at, "type"),
            _ => self.as_text(&ty).into_iter().collect(),
        };
        if names.len() > 1 {
            names.retain(|name| name != "null");
        }
        names.dedup();
        names
    }

    /// One alternative for each of several types, each with what else the schema says.
    pub(super) fn several_types(&mut self, at: &At<'_>, id: SchemaId, names: &[String]) -> Raw {
        let members = names.iter().enumerate().map(|(index, name)| {
            let node = with_type(at.node, name);
            let alternative = At {
                node: &node,
                pointer: at.pointer.clone(),
            };
            self.named_schema(&alternative, Origin::Variant(id, index))
        });
        Raw {
            members: members.collect(),
            names: self.texts(at, "x-rust-variants"),
            discriminator: None,
        }
    }
}

/// The schema with one type, and without the words and names of the whole.
fn with_type(node: &Node, name: &str) -> Node {
    let mut node = node.clone();
    if let Value::Object(members) = &mut node.value {
        members.retain(|key, _| {
            !matches!(
                key.as_str(),
                "description" | "title" | "default" | "example"
            ) && !key.starts_with("x-")
        });
        let at = node.at;
        let ty = Node {
            value: Value::String(name.to_owned()),
            at,
        };
        members.insert(
            "type".to_owned(),
            Member {
                key_at: at,
                node: ty,
            },
        );
    }
    node
}
