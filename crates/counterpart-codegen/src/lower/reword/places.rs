//! `prefixItems`: a list that says what is in each place.

use serde_json::Number;

use crate::load::tree::{Node, Value};

use super::super::Ctx;
use super::super::read::At;
use super::{Change, any_of};

impl Ctx<'_> {
    /// `prefixItems`, or 2019's list of `items`, as one schema that every item fits.
    pub(super) fn places(&mut self, at: &At<'_>) -> Option<Change> {
        let (places, rest) = match (at.get("prefixItems"), at.get("items")) {
            (Some(places), rest) => (places, rest),
            (None, Some(items)) if items.node.as_array().is_some() => {
                (items, at.get("additionalItems"))
            }
            (None, Some(items)) if items.node.value == Value::Bool(false) => {
                return Some(empty(&items));
            }
            _ => return None,
        };
        let mut schemas = places.node.as_array()?.to_vec();
        if schemas.is_empty() {
            return None;
        }
        let count = schemas.len();
        let ends = rest
            .as_ref()
            .is_some_and(|rest| rest.node.value == Value::Bool(false));
        schemas.extend(rest.filter(|_| !ends).map(|rest| rest.node.clone()));
        let items = any_of(schemas, places.node.at);
        if items.get("anyOf").is_some() {
            self.diags
                .warning(
                    places.place(),
                    "this list has a schema for each place, but each item may be any of them",
                )
                .help("an object with a property for each would keep them apart");
        }
        let mut said = vec![("items", items)];
        if ends && at.get("maxItems").is_none() {
            let most = Node {
                value: Value::Number(Number::from(count)),
                at: places.node.at,
            };
            said.push(("maxItems", most));
        }
        Some(Change {
            gone: &["prefixItems", "additionalItems"],
            said,
        })
    }
}

/// `items: false`: no item at all.
fn empty(items: &At<'_>) -> Change {
    let at = items.node.at;
    let node = |value| Node { value, at };
    Change {
        gone: &[],
        said: vec![
            ("items", node(Value::Bool(true))),
            ("maxItems", node(Value::Number(Number::from(0)))),
        ],
    }
}
