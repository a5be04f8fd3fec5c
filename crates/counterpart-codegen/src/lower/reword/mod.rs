//! Keywords that came with 3.1, said in the words of 3.0, before anything else looks at a schema.
//!
//! What has no such words limits values but adds none: it is left out, and a warning says so.

mod branches;
mod constants;
mod maps;
mod places;

use indexmap::IndexMap;

use crate::load::tree::{Location, Member, Node, Value};

use super::Ctx;
use super::merge::member;
use super::read::At;

/// The members of a schema that is being reworded.
type Members = IndexMap<String, Member>;

/// What is said in other words.
const REWORDED: [&str; 13] = [
    "unevaluatedProperties",
    "patternProperties",
    "prefixItems",
    "items",
    "if",
    "then",
    "else",
    "dependentSchemas",
    "oneOf",
    "anyOf",
    "properties",
    "$dynamicRef",
    "const",
];

/// What limits values and is not checked.
const UNCHECKED: [&str; 4] = ["not", "contains", "propertyNames", "dependentRequired"];

impl Ctx<'_> {
    /// The schema at `at` in the words of 3.0; `None` where it is in them already.
    pub(in crate::lower) fn reworded(&mut self, at: &At<'_>) -> Option<Node> {
        let known = at.node.as_object()?;
        self.unchecked(at);
        if !REWORDED.iter().any(|key| known.contains_key(*key)) {
            return None;
        }
        let changes = [
            self.pointed(at),
            closed(known),
            never(known),
            constants::null(known),
            self.patterns(at),
            self.places(at),
            self.branches(at),
            constants::listed(known),
        ];
        let changes: Vec<Change> = changes.into_iter().flatten().collect();
        if changes.is_empty() {
            return None;
        }
        let mut members = known.clone();
        for change in changes {
            change.apply(&mut members);
        }
        Some(Node {
            value: Value::Object(members),
            at: at.node.at,
        })
    }

    /// Warns of what limits values and is not checked.
    fn unchecked(&mut self, at: &At<'_>) {
        for key in UNCHECKED {
            let Some(limit) = at.get(key) else { continue };
            let says_nothing = match key {
                "propertyNames" => only_says_text(limit.node),
                _ => false,
            };
            // A property may have such a name, which says nothing of the schema around it.
            if says_nothing || at.pointer.ends_with("/properties") {
                continue;
            }
            self.diags
                .warning(limit.place(), format!("`{key}` is not checked"))
                .help("what only this rules out is let through: check it in the service");
        }
    }
}

/// What takes the place of some keywords.
pub(super) struct Change {
    /// The keywords that are gone.
    pub gone: &'static [&'static str],
    /// What is said instead.
    pub said: Vec<(&'static str, Node)>,
}

impl Change {
    fn apply(self, members: &mut Members) {
        for key in self.gone {
            members.shift_remove(*key);
        }
        for (key, node) in self.said {
            members.insert(key.to_owned(), member(node));
        }
    }
}

/// `unevaluatedProperties` is `additionalProperties` where `allOf` is merged anyway.
fn closed(known: &Members) -> Option<Change> {
    let rest = known.get("unevaluatedProperties")?;
    let said = match known.contains_key("additionalProperties") {
        true => Vec::new(),
        false => vec![("additionalProperties", rest.node.clone())],
    };
    Some(Change {
        gone: &["unevaluatedProperties"],
        said,
    })
}

/// A property that is `false` may never be there.
fn never(known: &Members) -> Option<Change> {
    let properties = &known.get("properties")?.node;
    let is_never = |node: &Node| node.value == Value::Bool(false);
    let mut left = properties.as_object()?.clone();
    left.retain(|_, property| !is_never(&property.node));
    let same = left.len() == properties.as_object()?.len();
    (!same).then(|| Change {
        gone: &[],
        said: vec![("properties", object(left, properties.at))],
    })
}

/// `propertyNames` that only says what every name is.
fn only_says_text(node: &Node) -> bool {
    let Some(members) = node.as_object() else {
        return true;
    };
    let mut keys = members.keys().map(String::as_str);
    keys.all(|key| matches!(key, "type" | "title" | "description" | "$ref"))
}

fn object(members: Members, at: Location) -> Node {
    Node {
        value: Value::Object(members),
        at,
    }
}

fn list(items: Vec<Node>, at: Location) -> Node {
    Node {
        value: Value::Array(items),
        at,
    }
}

/// One schema for what any of these allow.
fn any_of(mut schemas: Vec<Node>, at: Location) -> Node {
    let mut distinct: Vec<Node> = Vec::new();
    for schema in schemas.drain(..) {
        let json = schema.to_json();
        if !distinct.iter().any(|known| known.to_json() == json) {
            distinct.push(schema);
        }
    }
    if distinct.len() == 1 {
        return distinct.remove(0);
    }
    let members = [("anyOf".to_owned(), member(list(distinct, at)))];
    object(members.into(), at)
}
