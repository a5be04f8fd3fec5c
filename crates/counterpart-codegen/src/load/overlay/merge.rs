//! The merge rules of the Overlay specification.
//!
//! Objects are merged member by member, arrays are concatenated, scalars are replaced; a
//! single value is appended to a selected array. Anything else does not fit together.
//! A null in the document gives way to anything: it is a key without a value.

use serde_json::Value as Json;

use crate::load::tree::{Location, Node, Value, escape};

/// Two values that do not fit together.
#[derive(Debug)]
pub(super) struct Clash {
    /// Where the new value is written.
    pub(super) at: Location,
    /// The way from the update to the new value, as a JSON Pointer.
    pub(super) pointer: String,
    /// Where the value of the document is written.
    pub(super) target: Location,
    old: &'static str,
    new: &'static str,
}

impl Clash {
    /// What does not fit.
    pub(super) fn message(&self) -> String {
        format!(
            "this is {}, and the document has {} there",
            self.new, self.old
        )
    }
}

/// What happens to a value that an update meets.
enum Rule {
    /// Each member of the update goes into the object.
    Members,
    /// The items of the update go to the end of the array.
    Concatenate,
    /// The update goes to the end of the array.
    Append,
    /// The update takes its place.
    Replace,
    /// They do not fit together.
    Clash,
}

/// The shape of a value, of either tree.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Null,
    Scalar,
    Array,
    Object,
}

fn rule(old: Shape, new: Shape, selected: bool) -> Rule {
    match (old, new) {
        (Shape::Object, Shape::Object) => Rule::Members,
        (Shape::Array, Shape::Array) => Rule::Concatenate,
        (Shape::Array, _) if selected => Rule::Append,
        (Shape::Null, _) | (Shape::Scalar, Shape::Null | Shape::Scalar) => Rule::Replace,
        (Shape::Object | Shape::Array | Shape::Scalar, _) => Rule::Clash,
    }
}

fn shape(value: &Value) -> Shape {
    match value {
        Value::Null => Shape::Null,
        Value::Bool(_) | Value::Number(_) | Value::String(_) => Shape::Scalar,
        Value::Array(_) => Shape::Array,
        Value::Object(_) => Shape::Object,
    }
}

fn json_shape(value: &Json) -> Shape {
    match value {
        Json::Null => Shape::Null,
        Json::Bool(_) | Json::Number(_) | Json::String(_) => Shape::Scalar,
        Json::Array(_) => Shape::Array,
        Json::Object(_) => Shape::Object,
    }
}

/// Merges `update` into a selected node. What does not fit is left as it was and noted.
pub(super) fn into_node(target: &mut Node, update: &Node, clashes: &mut Vec<Clash>) {
    node(target, update, true, "", clashes);
}

fn node(target: &mut Node, update: &Node, selected: bool, pointer: &str, clashes: &mut Vec<Clash>) {
    let rule = rule(shape(&target.value), shape(&update.value), selected);
    match (rule, &mut target.value, &update.value) {
        (Rule::Members, Value::Object(old), Value::Object(new)) => {
            for (key, member) in new {
                if let Some(old) = old.get_mut(key) {
                    let pointer = format!("{pointer}/{}", escape(key));
                    node(&mut old.node, &member.node, false, &pointer, clashes);
                } else {
                    old.insert(key.clone(), member.clone());
                }
            }
        }
        (Rule::Concatenate, Value::Array(old), Value::Array(new)) => {
            old.extend(new.iter().cloned());
        }
        (Rule::Append, Value::Array(old), _) => old.push(update.clone()),
        (Rule::Replace, ..) => *target = update.clone(),
        _ => clashes.push(Clash {
            at: update.at,
            pointer: pointer.to_owned(),
            target: target.at,
            old: target.kind(),
            new: update.kind(),
        }),
    }
}

/// The same on the copy without places.
pub(super) fn into_json(target: &mut Json, update: &Node) {
    json(target, update, true);
}

fn json(target: &mut Json, update: &Node, selected: bool) {
    let rule = rule(json_shape(target), shape(&update.value), selected);
    match (rule, &mut *target, &update.value) {
        (Rule::Members, Json::Object(old), Value::Object(new)) => {
            for (key, member) in new {
                if let Some(old) = old.get_mut(key) {
                    json(old, &member.node, false);
                } else {
                    old.insert(key.clone(), member.node.to_json());
                }
            }
        }
        (Rule::Concatenate, Json::Array(old), Value::Array(new)) => {
            old.extend(new.iter().map(Node::to_json));
        }
        (Rule::Append, Json::Array(old), _) => old.push(update.to_json()),
        (Rule::Replace, ..) => *target = update.to_json(),
        _ => {}
    }
}
