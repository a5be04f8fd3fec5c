//! Names of operations: the method, the type of its call, its arguments.

use std::collections::BTreeMap;

use crate::api::{Api, Operation, Parameter, Status};
use crate::diag::Diagnostics;

use super::settle::{Wanted, settled};
use super::{casing, reserved};

/// The identifiers of an operation.
#[derive(Debug, Clone)]
pub struct OperationNames {
    /// The method: `create_run`.
    pub method: String,
    /// The type of a call of it, and of a request to it: `CreateRun`.
    pub ty: String,
    /// Its parameters and its body.
    pub parameters: ParameterNames,
    /// The headers of each of its responses.
    pub headers: Vec<Vec<String>>,
}

impl OperationNames {
    /// The type of what its reply of this status has for headers: `CreateRunOkHeaders`.
    pub fn headers_ty(&self, status: Status) -> String {
        format!("{}{}Headers", self.ty, status.name())
    }
}

/// The identifiers of an operation's arguments.
#[derive(Debug, Clone)]
pub struct ParameterNames {
    /// The parameters, in their order.
    pub idents: Vec<String>,
    /// The request body.
    pub body: String,
}

/// Names every operation. `server` is what the trait of the server is called.
pub(super) fn operations(api: &Api, server: &str, diags: &mut Diagnostics) -> Vec<OperationNames> {
    let wanted: Vec<Wanted> = api.operations.iter().map(wanted_operation).collect();
    let (methods, collisions) = settled(&wanted, |name, style| format!("{name}_{style}"));
    for collision in collisions {
        let [first, second] = [collision[0], collision[1]].map(|index| &api.operations[index]);
        let ident = &wanted[collision[0]].ident;
        diags
            .error(
                second.place.clone(),
                format!("two operations would both be `{ident}`"),
            )
            .related(first.place.clone(), "the other one")
            .help("give one of them an `x-rust-name`");
    }
    let names: Vec<OperationNames> = api
        .operations
        .iter()
        .zip(methods)
        .map(|(operation, method)| OperationNames {
            ty: ty(operation, &method, server),
            parameters: parameters(operation, diags),
            headers: headers(operation, diags),
            method,
        })
        .collect();
    unique_types(api, &names, diags);
    names
}

/// The type of an operation; one that would hide what generated code uses itself is told
/// apart by the HTTP method.
fn ty(operation: &Operation, method: &str, server: &str) -> String {
    let name = casing::pascal(method);
    match name == server || reserved::is_operation_scope(&name) {
        true => format!("{}{name}", casing::pascal(operation.method.key())),
        false => name,
    }
}

/// Reports types that two operations would have. Methods that differ may still have one
/// type: `get_v1` and `get_v_1` have, and the reply to `run` is the request to `run_reply`.
fn unique_types(api: &Api, names: &[OperationNames], diags: &mut Diagnostics) {
    let mut first: BTreeMap<String, (&Operation, &OperationNames)> = BTreeMap::new();
    for (operation, names) in api.operations.iter().zip(names) {
        let body = format!("{}Body", names.ty);
        let several = operation.body.iter().any(|body| body.contents.len() > 1);
        let body = several.then_some(body);
        let headed = operation.responses.iter();
        let headed = headed.filter(|response| !response.headers.is_empty());
        let headers = headed.map(|response| names.headers_ty(response.status));
        for ty in [names.ty.clone(), format!("{}Reply", names.ty)]
            .into_iter()
            .chain(body)
            .chain(headers)
        {
            let known = first.insert(ty.clone(), (operation, names));
            // Methods that are the same are reported already.
            let Some((other, _)) = known.filter(|(_, other)| other.method != names.method) else {
                continue;
            };
            diags
                .error(
                    operation.place.clone(),
                    format!("two operations would both have a type `{ty}`"),
                )
                .related(other.place.clone(), "the other one")
                .help("give one of them an `x-rust-name`");
        }
    }
}

fn wanted_operation(operation: &Operation) -> Wanted {
    let (ident, fixed) = match &operation.rust_name {
        Some(name) => (name.clone(), true),
        None => (casing::method(&operation.id), false),
    };
    let digit = ident.starts_with(|first: char| first.is_ascii_digit());
    let taken = !fixed && reserved::is_client_method(&ident);
    Wanted {
        text: operation.id.clone(),
        ident: match digit || taken {
            true => format!("{}_{ident}", casing::method(operation.method.key())),
            false => ident,
        },
        fixed,
    }
}

fn parameters(operation: &Operation, diags: &mut Diagnostics) -> ParameterNames {
    let idents = idents(&operation.parameters, "parameter", diags);
    let body = match idents.iter().any(|ident| ident == "body") {
        true => "request_body",
        false => "body",
    };
    ParameterNames {
        idents,
        body: body.to_owned(),
    }
}

fn headers(operation: &Operation, diags: &mut Diagnostics) -> Vec<Vec<String>> {
    let responses = operation.responses.iter();
    responses
        .map(|response| idents(&response.headers, "header", diags))
        .collect()
}

/// The identifiers of what stands in one list. `what` they are, where something is wrong.
fn idents(parameters: &[Parameter], what: &str, diags: &mut Diagnostics) -> Vec<String> {
    let wanted = parameters.iter().map(|it| wanted_parameter(it, what));
    let wanted: Vec<Wanted> = wanted.collect();
    let (mut idents, collisions) = settled(&wanted, |name, style| format!("{name}_{style}"));
    for collision in collisions {
        // The same name in the path and in the query: say where the later one travels.
        for index in &collision[1..] {
            let place = format!("{:?}", parameters[*index].location).to_lowercase();
            idents[*index] = format!("{}_{place}", idents[*index]);
        }
    }
    for (index, ident) in idents.iter().enumerate() {
        if idents[..index].contains(ident) {
            diags
                .error(
                    parameters[index].place.clone(),
                    format!("two {what}s would both be `{ident}`"),
                )
                .help("give one of them an `x-rust-name`");
        }
    }
    idents
}

fn wanted_parameter(parameter: &Parameter, what: &str) -> Wanted {
    let (ident, fixed) = match &parameter.rust_name {
        Some(name) => (name.clone(), true),
        None => (casing::field(&parameter.name), false),
    };
    let digit = ident.starts_with(|first: char| first.is_ascii_digit());
    Wanted {
        text: parameter.name.clone(),
        ident: match digit {
            true => format!("{what}_{ident}"),
            false => ident,
        },
        fixed,
    }
}
