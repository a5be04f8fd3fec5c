//! Extensions that do not fit what they are written on. An extension is written by hand, for
//! us: one that does nothing is a mistake that somebody wants to hear of.

use crate::api::{Location, Operation};
use crate::diag::{Diagnostics, closest};

use super::Input;
use super::client::CallPlan;
use super::poll::polling;

/// Reports `x-pagination`, `x-switch` and `x-poll` that lead nowhere.
pub(super) fn check(input: Input<'_>, calls: &[CallPlan], diags: &mut Diagnostics) {
    for call in calls {
        let mut operations = input.api.operations.iter();
        let operation = operations.find(|operation| operation.id == call.id);
        let operation = operation.expect("bug: a call is planned for an operation");
        pagination(operation, call, diags);
        switch(operation, call, diags);
        text(operation, call, input, diags);
        poll(input, operation, calls, diags);
    }
}

fn pagination(operation: &Operation, call: &CallPlan, diags: &mut Diagnostics) {
    let Some(pagination) = &operation.pagination else {
        return;
    };
    let place = || operation.place.clone();
    if call.paging.is_none() {
        diags
            .error(
                place(),
                format!(
                    "`x-pagination` does not fit what `{}` answers",
                    operation.id
                ),
            )
            .help(
                "let `items` name a required list of the reply, `more` a required flag of it, \
                 and `id` a required text of an item",
            );
    }
    let queries = operation
        .parameters
        .iter()
        .filter(|parameter| parameter.location == Location::Query)
        .map(|parameter| parameter.name.as_str());
    let cursors = [Some(&pagination.cursor), pagination.backward.as_ref()];
    for cursor in cursors.into_iter().flatten() {
        if !queries.clone().any(|name| name == cursor) {
            let help = match closest(cursor, queries.clone()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "let `cursor` and `backward` name query parameters".to_owned(),
            };
            diags
                .error(
                    place(),
                    format!("`x-pagination` names a query parameter `{cursor}` that is not there"),
                )
                .help(help);
        }
    }
}

fn switch(operation: &Operation, call: &CallPlan, diags: &mut Diagnostics) {
    let contents = operation
        .responses
        .iter()
        .flat_map(|response| &response.contents);
    for content in contents {
        let Some(switch) = &content.switch else {
            continue;
        };
        let found = call
            .stream
            .as_ref()
            .and_then(|stream| stream.switch.as_ref());
        if found.is_none() {
            diags
                .error(
                    content.place.clone(),
                    format!("`x-switch` does nothing: no request body has `{switch}`"),
                )
                .help(
                    "let it name the property of the JSON request body that asks for this event stream",
                );
        }
    }
}

/// Reports text that is looked for in events which do not come.
fn text(operation: &Operation, call: &CallPlan, input: Input<'_>, diags: &mut Diagnostics) {
    let contents = operation
        .responses
        .iter()
        .flat_map(|response| &response.contents);
    for content in contents.filter(|content| !content.text.is_empty()) {
        let events = content.ty.and_then(|ty| input.api.events.get(&ty.schema));
        let events = events.filter(|_| call.stream.is_some());
        let names = events.iter().flat_map(|events| &events.variants);
        let names: Vec<&str> = names.map(|event| event.tag.as_str()).collect();
        for (event, _) in &content.text {
            if names.contains(&event.as_str()) {
                continue;
            }
            let help = match closest(event, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "let its keys be names of events of this stream".to_owned(),
            };
            diags
                .error(
                    content.place.clone(),
                    format!("`x-text` names an event `{event}` that does not come"),
                )
                .help(help);
        }
    }
}

fn poll(input: Input<'_>, operation: &Operation, calls: &[CallPlan], diags: &mut Diagnostics) {
    let Some(poll) = &operation.poll else {
        return;
    };
    let ids = input
        .api
        .operations
        .iter()
        .map(|operation| operation.id.as_str());
    if ids.clone().any(|id| id == poll.operation) {
        if let Err(help) = polling(input, operation, calls) {
            diags
                .error(
                    operation.place.clone(),
                    format!("`x-poll` does not fit what `{}` answers", operation.id),
                )
                .help(help);
        }
        return;
    }
    let help = match closest(&poll.operation, ids) {
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "let `operation` be the `operationId` of the operation that reads the state".to_owned()
        }
    };
    diags
        .error(
            operation.place.clone(),
            format!(
                "`x-poll` names an operation `{}` that is not there",
                poll.operation
            ),
        )
        .help(help);
}
