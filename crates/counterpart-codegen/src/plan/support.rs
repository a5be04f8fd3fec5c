//! What cannot be generated yet. Unsupported is not invalid: an operation that needs it is
//! left out when the configuration lists it with a reason, and an entry that is no longer
//! needed is an error.

use crate::api::{Method, Operation};
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
            let whole = match input.config.is_selective() {
                true => "what is asked for of the document",
                false => "the document",
            };
            diags
                .error(
                    skip.place.clone(),
                    format!("{whole} has no operation `{}`", skip.operation),
                )
                .help(help);
        }
    }
    supported
}

/// What an operation needs that is not supported.
fn unsupported(operation: &Operation) -> Option<String> {
    // Its requests name no path, so no server could tell its operations apart.
    match &operation.method {
        Method::Other(name) if name == "CONNECT" => Some("the method `CONNECT`".to_owned()),
        _ => None,
    }
}
