//! What a run made, in numbers, and what it had to leave open.
//!
//! A place that is left open holds any JSON. That is right where the document says nothing,
//! and worth a look where it says something that has no type.

use std::collections::BTreeSet;

use crate::Output;
use crate::api::Kind;
use crate::diag::Place;
use crate::load::tree::{Node, Value};

/// The numbers of one run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Census {
    /// How many operations are generated.
    pub operations: usize,
    /// How many the document has.
    pub operations_in_document: usize,
    /// How many types are generated.
    pub types: usize,
    /// The places that hold any JSON, in the order in which they were met.
    pub open: Vec<Open>,
    /// How many lines are written.
    pub lines: usize,
}

/// A place that holds any JSON.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Where.
    pub place: Place,
    /// Why, in a few words.
    pub why: String,
}

/// Counts what `output` holds.
pub fn census(output: &Output) -> Census {
    let live: BTreeSet<_> = output.api.live();
    let schemas = live.iter().map(|id| output.api.schema(*id));
    let open = schemas
        .filter(|schema| matches!(schema.kind, Kind::Any))
        .map(|schema| Open {
            place: schema.place.clone(),
            why: why(output, &schema.place),
        });
    Census {
        operations: output.plan.client.operations.len(),
        operations_in_document: output.api.operations.len(),
        types: output.plan.types.count(),
        open: open.collect(),
        lines: output.files.values().map(|text| text.lines().count()).sum(),
    }
}

/// Keys that say nothing of the values of a schema.
const ANNOTATIONS: [&str; 14] = [
    "title",
    "description",
    "default",
    "example",
    "examples",
    "deprecated",
    "nullable",
    "readOnly",
    "writeOnly",
    "externalDocs",
    "xml",
    "$comment",
    "additionalProperties",
    "required",
];

/// Why the schema at `place` is any value.
fn why(output: &Output, place: &Place) -> String {
    let pointer = place.pointer.trim_start_matches('#');
    let node = output.document.root.pointer(pointer);
    let Some(Node {
        value: Value::Object(members),
        ..
    }) = node
    else {
        return "the document says nothing of it".to_owned();
    };
    if members.contains_key("$ref") {
        return "it refers to what is not there".to_owned();
    }
    let is_free = |node: &Node| node.get("type").and_then(Node::as_str) == Some("object");
    if node.is_some_and(is_free) {
        return "the document says nothing of its members".to_owned();
    }
    if node.and_then(|node| node.get("type")?.as_str()) == Some("array") {
        return "the document says nothing of its items".to_owned();
    }
    let says = |key: &&String| !key.starts_with("x-") && !ANNOTATIONS.contains(&key.as_str());
    let keys: Vec<String> = members
        .keys()
        .filter(says)
        .map(|key| format!("`{key}`"))
        .collect();
    match keys.is_empty() {
        true => "the document says nothing of it".to_owned(),
        false => format!("no type says {}", keys.join(", ")),
    }
}
