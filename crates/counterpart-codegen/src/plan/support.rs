//! What cannot be generated yet. Unsupported is not invalid: an operation that needs it is
//! left out when the configuration lists it with a reason, and an entry that is no longer
//! needed is an error.

use crate::api::{Content, Location, Method, Operation};
use crate::diag::{Diagnostics, closest};

use super::Input;

/// The operations that are generated, by their position.
pub(super) fn supported(input: Input<'_>, diags: &mut Diagnostics) -> Vec<usize> {
    let mut supported = Vec::new();
    for (index, operation) in input.api.operations.iter().enumerate() {
        let skip = input
            .config
            .skip
            .iter()
            .find(|skip| skip.operation == operation.id);
        match (unsupported(operation), skip) {
            (None, None) => supported.push(index),
            (Some(_), Some(_)) => {}
            (Some(reason), None) => {
                let help = format!(
                    "leave it out for now: in the configuration, add to `skip`: \
                     {{ operation = \"{}\", reason = \"…\" }}",
                    operation.id.escape_debug(),
                );
                diags
                    .error(
                        operation.place.clone(),
                        format!("`{}` needs {reason}, which is not supported", operation.id),
                    )
                    .help(help);
            }
            (None, Some(skip)) => {
                diags
                    .error(
                        skip.place.clone(),
                        format!("`{}` is supported and need not be skipped", operation.id),
                    )
                    .help("remove this entry of `skip`");
            }
        }
    }
    for skip in &input.config.skip {
        let known = |operation: &Operation| operation.id == skip.operation;
        if !input.api.operations.iter().any(known) {
            let ids = input.api.operations.iter();
            let near = closest(&skip.operation, ids.map(|operation| operation.id.as_str()));
            let help = match near {
                Some(id) => format!("did you mean `{id}`?"),
                None => "remove this entry of `skip`, or correct the `operationId`".to_owned(),
            };
            diags
                .error(
                    skip.place.clone(),
                    format!("the document has no operation `{}`", skip.operation),
                )
                .help(help);
        }
    }
    supported
}

/// What an operation needs that is not supported.
fn unsupported(operation: &Operation) -> Option<String> {
    if operation.method == Method::Trace {
        return Some("the method `TRACE`".to_owned());
    }
    if let Some(body) = &operation.body
        && !body.contents.iter().any(Content::is_json)
        && let Some(content) = body.contents.first()
    {
        return Some(format!("a request body of type `{}`", content.media_type));
    }
    let contents = operation
        .responses
        .iter()
        .map(|response| &response.contents);
    for contents in contents {
        let known = |content: &Content| content.is_json() || content.is_event_stream();
        if let Some(content) = contents.first()
            && !contents.iter().any(known)
        {
            return Some(format!("a response of type `{}`", content.media_type));
        }
    }
    let written = operation.parameters.iter().find_map(|parameter| {
        let media_type = parameter.media_type.as_ref()?;
        Some(format!(
            "the parameter `{}` as `{media_type}`",
            parameter.name
        ))
    });
    if written.is_some() {
        return written;
    }
    let cookie = operation
        .parameters
        .iter()
        .find(|parameter| parameter.location == Location::Cookie)?;
    Some(format!("the cookie parameter `{}`", cookie.name))
}
