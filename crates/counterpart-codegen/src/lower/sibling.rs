//! What stands beside a `$ref`. In 3.0 it counts for nothing; from 3.1 on it holds as well.

use crate::api::{Origin, Use};
use crate::load::Version;
use crate::load::tree::{Node, Value};

use super::Ctx;
use super::anchor::{bound, filled};
use super::merge::{is_annotation, member};
use super::read::At;

impl Ctx<'_> {
    /// The schema at `at`, a `$ref` beside which more is said of what values there are: what the
    /// target and the rest have in common, as of `allOf`.
    pub(super) fn narrowed(&mut self, at: &At<'_>, origin: &Origin) -> Option<Use> {
        if self.document.version == Version::V3_0 {
            return None;
        }
        let members = at.node.as_object()?;
        let target = self.peek(at)?;
        let generic = filled(target.node, &bound(at));
        let is_news = |key: &str, node: &Node| match target.node.get(key) {
            Some(told) => told.to_json() != node.to_json(),
            // Whoever repeats the type means to help readers.
            None => key != "type",
        };
        let is_news =
            |key: &str, node: &Node| key != "$ref" && !is_annotation(key) && is_news(key, node);
        let more = members
            .iter()
            .filter(|(key, member)| is_news(key, &member.node));
        let more: Vec<_> = more
            .map(|(key, member)| (key.clone(), member.clone()))
            .collect();
        if more.is_empty() && generic.is_none() {
            return None;
        }
        let reference = members.get("$ref")?;
        let first = generic.unwrap_or_else(|| object([("$ref".to_owned(), reference.clone())], at));
        let list = match more.is_empty() {
            true => vec![first],
            false => vec![first, object(more, at)],
        };
        let all = Node {
            value: Value::Array(list),
            at: at.node.at,
        };
        let words = members.iter().filter(|(key, _)| is_annotation(key));
        let words = words.map(|(key, member)| (key.clone(), member.clone()));
        let whole = object(words.chain([("allOf".to_owned(), member(all))]), at);
        let whole = At {
            node: &whole,
            pointer: at.pointer.clone(),
        };
        Some(self.named_schema(&whole, origin.clone()))
    }
}

fn object(
    members: impl IntoIterator<Item = (String, crate::load::tree::Member)>,
    at: &At<'_>,
) -> Node {
    Node {
        value: Value::Object(members.into_iter().collect()),
        at: at.node.at,
    }
}
