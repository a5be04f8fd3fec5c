//! OpenAPI Overlays (1.0 and 1.1): changes to a document, kept apart from it.
//!
//! An overlay is a list of actions. Each selects nodes with a JSONPath and removes them,
//! merges a value into them, or copies another node of the document into them. What an
//! overlay adds has its place in the overlay, so that later errors point there.
//!
//! In one thing this is stricter than the specification: a target that selects nothing is
//! an error, because a document that has moved on would otherwise lose what the overlay
//! says without a word. An action may say `x-optional: true` to allow it.

mod action;
mod merge;
mod query;
mod subject;

use action::{Action, Change};
pub(super) use query::json_path_problem;
use query::{Path, Query};
use subject::{Overflow, Subject};

use super::build::{MAX_DEPTH, MAX_VALUES};
use super::tree::{Node, Value};
use crate::diag::{Diagnostics, Place};

/// Applies all actions of `overlay` to the document. `None` when one of them has a fault;
/// the others are tried all the same, so that every fault is shown at once.
pub(super) fn apply(root: &mut Node, overlay: &Node, diags: &mut Diagnostics) -> Option<()> {
    let before = diags.errors();
    let actions = action::read(overlay, diags);
    let mut subject = Subject::new(root);
    for action in &actions {
        // Beyond the bounds there is no use in trying the rest, and it would take long.
        if perform(&mut subject, action, diags).is_err() {
            break;
        }
    }
    (diags.errors() == before).then_some(())
}

fn perform(
    subject: &mut Subject<'_>,
    action: &Action,
    diags: &mut Diagnostics,
) -> Result<(), Overflow> {
    let targets = subject.find(&action.target);
    if targets.is_empty() {
        if !action.optional {
            no_match(subject, &action.target, diags);
        }
        return Ok(());
    }
    match &action.change {
        Change::Remove => {
            remove(subject, &action.target, targets, diags);
            Ok(())
        }
        Change::Update(update) => {
            let place = Place {
                at: update.at,
                pointer: action.pointer("update"),
            };
            merge_all(subject, action, &targets, update, &place, diags)
        }
        Change::Copy(query) => {
            let Some(source) = source(subject, query, diags) else {
                return Ok(());
            };
            merge_all(subject, action, &targets, &source, &query.place, diags)
        }
    }
}

fn no_match(subject: &mut Subject<'_>, query: &Query, diags: &mut Diagnostics) {
    let help = query::why_nothing(subject, query);
    let message = format!("`{}` selects nothing in the document", query.text);
    diags.error(query.place.clone(), message).help(help);
}

fn remove(subject: &mut Subject<'_>, query: &Query, targets: Vec<Path>, diags: &mut Diagnostics) {
    if targets.iter().any(Path::is_empty) {
        diags
            .error(query.place.clone(), "the document itself cannot be removed")
            .help("select a part of it");
        return;
    }
    subject.remove(targets);
}

/// The one node that a `copy` selects.
fn source(subject: &mut Subject<'_>, query: &Query, diags: &mut Diagnostics) -> Option<Node> {
    let paths = subject.find(query);
    match paths.as_slice() {
        [] => {
            no_match(subject, query, diags);
            None
        }
        [path] => subject.node(path).cloned(),
        more => {
            let message = format!("`{}` selects {} nodes to copy", query.text, more.len());
            diags
                .error(query.place.clone(), message)
                .help("select exactly one");
            None
        }
    }
}

fn merge_all(
    subject: &mut Subject<'_>,
    action: &Action,
    targets: &[Path],
    update: &Node,
    place: &Place,
    diags: &mut Diagnostics,
) -> Result<(), Overflow> {
    if !alike(subject, action, targets, diags) {
        return Ok(());
    }
    if let Err(overflow) = subject.room_for(update, targets) {
        let message = match overflow {
            Overflow::Values => format!("the document would have over {MAX_VALUES} values"),
            Overflow::Depth => format!("values would nest deeper than {MAX_DEPTH} levels"),
        };
        diags
            .error(place.clone(), message)
            .help("select fewer nodes, or add less");
        return Err(overflow);
    }
    for target in targets {
        // A clash is the same at every target more often than not: the first tells enough.
        if let Some(clash) = subject.merge(target, update).into_iter().next() {
            let at = clash.at;
            let pointer = format!("{}{}", place.pointer, clash.pointer);
            diags
                .error(Place { at, pointer }, clash.message())
                .related(Place::plain(clash.target), "the document has this")
                .help("remove the old value with an action before this one");
            break;
        }
    }
    Ok(())
}

/// The specification wants all targets of an update to be objects, or arrays, or scalars.
fn alike(
    subject: &Subject<'_>,
    action: &Action,
    targets: &[Path],
    diags: &mut Diagnostics,
) -> bool {
    let shape = |path: &Path| match subject.node(path).map(|node| &node.value) {
        Some(Value::Object(_)) => "objects",
        Some(Value::Array(_)) => "arrays",
        _ => "scalars",
    };
    let first = shape(&targets[0]);
    let Some(other) = targets.iter().map(shape).find(|shape| *shape != first) else {
        return true;
    };
    let message = format!("`{}` selects both {first} and {other}", action.target.text);
    diags
        .error(action.target.place.clone(), message)
        .help("use one action for each: an update fits only one of them");
    false
}
