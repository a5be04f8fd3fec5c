//! Waiting for a long-running object: what `x-poll` asks for, if the document allows for it.
//!
//! ```text
//! createRun, which answers with a Run  ->  getRun(&run.thread_id, &run.id), until run.status is final
//! ```

use crate::api::{EnumValues, Kind, Operation, Poll, SchemaId, StringFormat};
use crate::diag::closest;

use super::Input;
use super::answer::is_success;
use super::client::{Argument, CallPlan, is_certain};
use super::ty::Type;

/// How the object that an operation is answered with is waited for.
#[derive(Debug, Clone)]
pub struct Polling {
    /// The type of the call that fetches the object again.
    pub fetch: String,
    /// The client's method that makes it.
    pub method: String,
    /// Whether the document says not to use that any more.
    pub deprecated: bool,
    /// The fields of the object that are its arguments, in their order.
    pub arguments: Vec<String>,
    /// The field that holds the object's state.
    pub state: String,
    /// The states in which waiting ends.
    pub finals: Vec<String>,
    /// The response header in which the service proposes a wait.
    pub interval_header: Option<String>,
}

/// How the operation's object is waited for; `None` if it is not, and an error that says what to write if it cannot be.
pub(super) fn polling(
    input: Input<'_>,
    operation: &Operation,
    plans: &[CallPlan],
) -> Result<Option<Polling>, String> {
    let Some(poll) = &operation.poll else {
        return Ok(None);
    };
    let find = |id: &str| plans.iter().find(|plan| plan.id == id);
    // One that is skipped has nothing to wait with.
    let Some(own) = find(&operation.id) else {
        return Ok(None);
    };
    let fetch = find(&poll.operation)
        .ok_or_else(|| format!("`{}` is skipped: skip both or neither", poll.operation))?;
    let object = object(operation).ok_or("let the operation answer with a JSON object")?;
    if own.paging.is_some() || (&own.output, &own.error) != (&fetch.output, &fetch.error) {
        return Err(format!(
            "let `operation` name one that answers with the same as `{}`, errors included",
            operation.id
        ));
    }
    if fetch.body.as_ref().is_some_and(|body| body.required) {
        return Err(format!("`{}` needs a body, which nobody has", fetch.id));
    }
    Ok(Some(Polling {
        fetch: fetch.ty.clone(),
        method: fetch.method.clone(),
        deprecated: fetch.deprecated,
        arguments: arguments(input, fetch, object)?,
        state: state(input, poll, object)?,
        finals: poll.finals.clone(),
        interval_header: poll.interval_header.clone(),
    }))
}

/// What a success is answered with.
fn object(operation: &Operation) -> Option<SchemaId> {
    let responses = operation.responses.iter();
    let mut contents = responses
        .filter(|response| is_success(response))
        .flat_map(|response| &response.contents);
    Some(contents.find(|content| content.is_json())?.ty?.schema)
}

/// Each argument is the object's property of the same name; one that has none is the object's own `id`.
fn arguments(input: Input<'_>, fetch: &CallPlan, object: SchemaId) -> Result<Vec<String>, String> {
    let property = |name: &str| {
        let (ident, field) = input.field_of(object, name)?;
        let is_text = is_certain(field) && input.ty(field.ty) == Type::Text;
        is_text.then_some(ident)
    };
    let named: Vec<_> = fetch
        .arguments
        .iter()
        .map(|argument| (argument, property(&argument.wire)))
        .collect();
    let without = named.iter().filter(|(_, ident)| ident.is_none()).count();
    let id = property("id").filter(|_| without == 1);
    let ident = |(argument, ident): (&Argument, Option<String>)| {
        let is_text = argument.ty == Type::Text;
        ident.or_else(|| id.clone()).filter(|_| is_text).ok_or_else(|| {
            format!(
                "`{}` needs `{}`: let the reply have a required text of that name, or `id` if it is \
                 the only one",
                fetch.id, argument.wire
            )
        })
    };
    named.into_iter().map(ident).collect()
}

/// The field that holds the state, all of whose final values are among its values.
fn state(input: Input<'_>, poll: &Poll, object: SchemaId) -> Result<String, String> {
    let absent = || {
        let name = &poll.status;
        format!("let `status` name a required text of the reply; `{name}` is none")
    };
    let (ident, field) = input.field_of(object, &poll.status).ok_or_else(absent)?;
    if poll.finals.is_empty() {
        return Err("let `final` list the states in which waiting ends".to_owned());
    }
    let listed = match &input.api.schema(field.ty.schema).kind {
        Kind::Enum(EnumValues::Strings(values)) if is_certain(field) => values,
        Kind::String(StringFormat::Plain) if is_certain(field) => return Ok(ident),
        _ => return Err(absent()),
    };
    let values = listed.iter().map(|value| value.value.as_str());
    for wanted in &poll.finals {
        if !values.clone().any(|value| value == wanted) {
            let near = closest(wanted, values.clone());
            let near = near.map(|near| format!("; did you mean `{near}`?"));
            return Err(format!(
                "`{}` is never `{wanted}`{}",
                poll.status,
                near.unwrap_or_default()
            ));
        }
    }
    Ok(ident)
}
