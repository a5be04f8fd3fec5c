//! Reads the actions of an overlay and says what is wrong with their shape.

use super::query::Query;
use crate::diag::{Diagnostics, Place, closest};
use crate::load::tree::{Node, Value, escape};

/// One change to the document.
#[derive(Debug)]
pub(super) struct Action {
    /// What is changed.
    pub(super) target: Query,
    /// How it is changed.
    pub(super) change: Change,
    /// Whether the target may select nothing.
    pub(super) optional: bool,
    /// Its number in the overlay, from zero.
    index: usize,
}

/// What an action does with each node that it selects.
#[derive(Debug)]
pub(super) enum Change {
    /// Merges this into it.
    Update(Node),
    /// Merges the one node that this selects into it.
    Copy(Query),
    /// Takes it out of the document.
    Remove,
}

impl Action {
    /// The pointer of one of its members in the overlay.
    pub(super) fn pointer(&self, key: &str) -> String {
        format!("#/actions/{}/{}", self.index, escape(key))
    }
}

/// The actions that can be performed; what cannot goes to `diags`.
pub(super) fn read(overlay: &Node, diags: &mut Diagnostics) -> Vec<Action> {
    if overlay.as_object().is_none() {
        let message = format!("an overlay is an object, and this is {}", overlay.kind());
        diags
            .error(spot(overlay, "#"), message)
            .help("it starts with a line such as `overlay: 1.1.0`");
        return Vec::new();
    }
    if !version(overlay, diags) {
        return Vec::new();
    }
    known_keys(
        overlay,
        "#",
        &["overlay", "info", "extends", "actions"],
        diags,
    );
    if overlay.get("info").is_none() {
        diags
            .warning(spot(overlay, "#"), "this overlay has no `info`")
            .help("add `info` with a `title` and a `version`");
    }
    let Some(actions) = overlay.get("actions") else {
        diags
            .error(spot(overlay, "#"), "this overlay has no `actions`")
            .help("add a list of `target` with `update` or `remove`");
        return Vec::new();
    };
    let Some(items) = actions.as_array() else {
        let message = format!("`actions` must be an array, and this is {}", actions.kind());
        diags.error(spot(actions, "#/actions"), message);
        return Vec::new();
    };
    let read = |(index, node)| action(index, node, diags);
    items.iter().enumerate().filter_map(read).collect()
}

fn spot(node: &Node, pointer: &str) -> Place {
    Place {
        at: node.at,
        pointer: pointer.to_owned(),
    }
}

fn version(overlay: &Node, diags: &mut Diagnostics) -> bool {
    let Some(node) = overlay.get("overlay") else {
        let error = diags.error(
            spot(overlay, "#"),
            "this is no overlay: it has no `overlay`",
        );
        error.help("an overlay starts with a line such as `overlay: 1.1.0`");
        return false;
    };
    let place = spot(node, "#/overlay");
    let Some(text) = node.as_str() else {
        let message = format!("`overlay` must be a string, and this is {}", node.kind());
        diags
            .error(place, message)
            .help("write `overlay: \"1.1.0\"`");
        return false;
    };
    let mut parts = text.split('.');
    if parts.next() == Some("1") && matches!(parts.next(), Some("0" | "1")) {
        return true;
    }
    diags
        .error(
            place,
            format!("Overlay `{text}` is not known; 1.0 and 1.1 are"),
        )
        .help("write `overlay: 1.1.0`");
    false
}

/// Reports keys that mean nothing here: a misspelt `update` must not be lost. False when
/// there are any.
fn known_keys(node: &Node, pointer: &str, known: &[&str], diags: &mut Diagnostics) -> bool {
    let before = diags.errors();
    for (key, member) in node.as_object().into_iter().flatten() {
        if known.contains(&key.as_str()) || key.starts_with("x-") {
            continue;
        }
        let place = Place {
            at: member.key_at,
            pointer: format!("{pointer}/{}", escape(key)),
        };
        let error = diags.error(place, format!("`{key}` means nothing here"));
        match closest(key, known.iter().copied()) {
            Some(close) => error.help(format!("did you mean `{close}`?")),
            None => error.help(format!("possible are `{}`", known.join("`, `"))),
        };
    }
    diags.errors() == before
}

fn action(index: usize, node: &Node, diags: &mut Diagnostics) -> Option<Action> {
    let pointer = format!("#/actions/{index}");
    if node.as_object().is_none() {
        let message = format!("an action is an object, and this is {}", node.kind());
        diags.error(spot(node, &pointer), message);
        return None;
    }
    let known = ["target", "description", "update", "remove", "copy"];
    let all_known = known_keys(node, &pointer, &known, diags);
    let change = change(node, &pointer, all_known, diags);
    let Some(target) = node.get("target") else {
        diags
            .error(spot(node, &pointer), "this action has no `target`")
            .help("add a JSONPath such as `$.paths['/threads'].post`");
        return None;
    };
    let target = query(target, &pointer, "target", diags);
    let optional = node.get("x-optional").and_then(Node::as_bool);
    Some(Action {
        target: target?,
        change: change?,
        optional: optional.unwrap_or(false),
        index,
    })
}

/// What the action does. Where one of its keys is not known, that key was meant to say it.
fn change(node: &Node, pointer: &str, all_known: bool, diags: &mut Diagnostics) -> Option<Change> {
    let update = node.get("update");
    let copy = node.get("copy");
    let remove = node.get("remove");
    if let Some(remove) = remove.filter(|remove| remove.as_bool().is_none()) {
        let message = format!("`remove` must be a boolean, and this is {}", remove.kind());
        diags.error(spot(remove, &format!("{pointer}/remove")), message);
        return None;
    }
    let remove = remove.and_then(Node::as_bool) == Some(true);
    match (update, copy, remove) {
        (Some(update), None, false) => Some(Change::Update(update.clone())),
        (None, Some(copy), false) => query(copy, pointer, "copy", diags).map(Change::Copy),
        (None, None, true) => Some(Change::Remove),
        (None, None, false) if !all_known => None,
        (None, None, false) => {
            diags
                .error(spot(node, pointer), "this action does nothing")
                .help("add `update: …`, `copy: …` or `remove: true`");
            None
        }
        _ => {
            diags
                .error(spot(node, pointer), "this action says two things at once")
                .help("keep one of `update`, `copy` and `remove`, and add an action for the other");
            None
        }
    }
}

/// The JSONPath in a member of an action.
fn query(node: &Node, pointer: &str, key: &str, diags: &mut Diagnostics) -> Option<Query> {
    let place = spot(node, &format!("{pointer}/{key}"));
    let Value::String(text) = &node.value else {
        let message = format!(
            "`{key}` must be a JSONPath in a string, and this is {}",
            node.kind()
        );
        diags.error(place, message);
        return None;
    };
    Query::parse(text, place, diags)
}
