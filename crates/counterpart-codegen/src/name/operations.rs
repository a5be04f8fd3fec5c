//! Names of operations: the method, the type of its call, its arguments.

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{Api, Operation, Parameter, Status};
use crate::diag::Diagnostics;

use super::settle::{Wanted, settled};
use super::symbols::begins_well;
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
    let (methods, collisions) = settled(&wanted, join, |index, text| {
        method(
            &api.operations[index],
            &with_verb(&api.operations[index], text),
        )
    });
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
    let types = types(api, &methods, server);
    let names: Vec<OperationNames> = api
        .operations
        .iter()
        .zip(methods.into_iter().zip(types))
        .map(|(operation, (method, ty))| OperationNames {
            headers: headers(operation, diags),
            method,
            ty,
            parameters: parameters(operation, diags),
        })
        .collect();
    unique_types(api, &names, diags);
    names
}

/// The types of operations. Methods that differ may still have one type, as `get_v1` and
/// `get_v_1` have: their ids tell them apart. One that has the name of another's reply says
/// how it is asked.
fn types(api: &Api, methods: &[String], server: &str) -> Vec<String> {
    let wanted: Vec<Wanted> = api
        .operations
        .iter()
        .zip(methods)
        .map(|(operation, method)| Wanted {
            text: without_verb(operation).to_owned(),
            ident: ty(operation, method, server),
            fixed: operation.rust_name.is_some(),
        })
        .collect();
    let join: fn(&str, &str) -> String = |name, style| format!("{name}{}", casing::pascal(style));
    let (mut types, _) = settled(&wanted, join, |index, text| {
        let operation = &api.operations[index];
        let id = with_verb(operation, text);
        ty(operation, &method(operation, &id), server)
    });
    let parts: BTreeSet<String> = api
        .operations
        .iter()
        .zip(&types)
        .flat_map(|(operation, ty)| parts(operation, ty))
        .collect();
    for (operation, ty) in api.operations.iter().zip(&mut types) {
        if operation.rust_name.is_none() && parts.contains(ty) {
            *ty = format!("{}{ty}", casing::pascal(operation.method.key()));
        }
    }
    types
}

/// The types that come with that of an operation.
fn parts(operation: &Operation, ty: &str) -> impl Iterator<Item = String> {
    let several = operation.body.iter().any(|body| body.contents.len() > 1);
    let body = several.then(|| format!("{ty}Body"));
    [format!("{ty}Reply")].into_iter().chain(body)
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

/// Reports types that two operations would have: names that a person chose may collide.
fn unique_types(api: &Api, names: &[OperationNames], diags: &mut Diagnostics) {
    let mut first: BTreeMap<String, (&Operation, &OperationNames)> = BTreeMap::new();
    for (operation, names) in api.operations.iter().zip(names) {
        let headed = operation.responses.iter();
        let headed = headed.filter(|response| !response.headers.is_empty());
        let headers = headed.map(|response| names.headers_ty(response.status));
        for ty in [names.ty.clone()]
            .into_iter()
            .chain(parts(operation, &names.ty))
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
    Wanted {
        text: without_verb(operation).to_owned(),
        ident: match &operation.rust_name {
            Some(name) => name.clone(),
            None => method(operation, &operation.id),
        },
        fixed: operation.rust_name.is_some(),
    }
}

/// What tells an operation apart from others: its id, or of one that is made of a path,
/// such as `get users/id`, only the path.
fn without_verb(operation: &Operation) -> &str {
    let verb = operation.id.strip_prefix(operation.method.key());
    let path = verb.and_then(|path| path.strip_prefix(' '));
    path.unwrap_or(&operation.id)
}

/// `text` with the verb that [`without_verb`] left out.
fn with_verb(operation: &Operation, text: &str) -> String {
    match without_verb(operation) == operation.id {
        true => text.to_owned(),
        false => format!("{} {text}", operation.method.key()),
    }
}

/// The method of an operation with this id.
fn method(operation: &Operation, id: &str) -> String {
    let ident = casing::method(id);
    match !begins_well(&ident) || reserved::is_client_method(&ident) {
        true => format!("{}_{ident}", casing::method(operation.method.key())),
        false => ident,
    }
}

fn join(name: &str, style: &str) -> String {
    format!("{name}_{style}")
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
    let (mut idents, collisions) = settled(&wanted, join, |_, text| argument(text, what));
    for collision in collisions {
        // The same name in the path and in the query: say where the later one travels.
        for index in &collision[1..] {
            let place = format!("{:?}", parameters[*index].location).to_lowercase();
            let ways = ["", "in_"].map(|way| format!("{}_{way}{place}", idents[*index]));
            let free = ways.iter().find(|way| !idents.contains(way));
            idents[*index] = free.unwrap_or(&ways[0]).clone();
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
    Wanted {
        text: parameter.name.clone(),
        ident: match &parameter.rust_name {
            Some(name) => name.clone(),
            None => argument(&parameter.name, what),
        },
        fixed: parameter.rust_name.is_some(),
    }
}

/// The argument for a parameter of this name, or the field for a header.
fn argument(name: &str, what: &str) -> String {
    let ident = casing::field(name);
    match begins_well(&ident) {
        true => ident,
        false => format!("{what}_{ident}"),
    }
}
