//! What each stage made of one operation or one schema, for whoever wonders.
//!
//! `RunObject`, `Run`, `createRun`, `create_run` and `#/components/schemas/RunObject` are
//! all understood.

use std::fmt::Write;

use crate::Output;
use crate::api::{Operation, Schema, SchemaId};
use crate::config::Package;
use crate::diag::{Place, closest};
use crate::load::tree::{Location, Node, Sources, Value};
use crate::plan::types::Item;

/// How many lines of the document are shown at most.
const LINES: usize = 60;

/// The stages of what `query` names.
///
/// # Errors
///
/// The nearest name there is, if any is near, when nothing has the name.
pub fn show(output: &Output, sources: &Sources, query: &str) -> Result<String, Option<String>> {
    if let Some(index) = operation(output, query) {
        return Ok(show_operation(output, sources, index));
    }
    if let Some(id) = schema(output, query) {
        return Ok(show_schema(output, sources, id));
    }
    let operations = output
        .api
        .operations
        .iter()
        .map(|operation| operation.id.as_str());
    let methods = output
        .names
        .operations
        .iter()
        .map(|names| names.method.as_str());
    let components = output.api.components.keys().map(String::as_str);
    let types = output.names.types().iter().map(|(_, name)| name.as_str());
    let known = operations.chain(methods).chain(components).chain(types);
    Err(closest(query, known).map(str::to_owned))
}

fn operation(output: &Output, query: &str) -> Option<usize> {
    let mut operations = output.api.operations.iter().zip(&output.names.operations);
    operations.position(|(operation, names)| {
        operation.id == query
            || names.method == query
            || operation.place.pointer == query
            || format!("{} {}", operation.method.verb(), operation.path) == query
    })
}

fn schema(output: &Output, query: &str) -> Option<SchemaId> {
    let named = output.names.types().iter().find(|(_, name)| name == query);
    if let Some((id, _)) = named {
        return Some(*id);
    }
    if let Some(ty) = output.api.components.get(query) {
        return Some(ty.schema);
    }
    let schemas = &output.api.schemas;
    let index = schemas
        .iter()
        .position(|schema| schema.place.pointer == query)?;
    Some(SchemaId(u32::try_from(index).ok()?))
}

fn show_operation(output: &Output, sources: &Sources, index: usize) -> String {
    let operation = &output.api.operations[index];
    let names = &output.names.operations[index];
    let mut text = String::new();
    let title = format!("{} {}", operation.method.verb(), operation.path);
    document(&mut text, output, sources, &title, &operation.place);
    section(&mut text, "Api");
    debug(&mut text, operation);
    section(&mut text, "Names");
    line(&mut text, &format!("method      {}", names.method));
    line(&mut text, &format!("type        {}", names.ty));
    parameters(&mut text, operation, &names.parameters.idents);
    section(&mut text, "Plan");
    let calls = &output.plan.client.operations;
    let Some(call) = calls.iter().find(|call| call.id == operation.id) else {
        line(&mut text, "left out: the configuration skips it");
        return text;
    };
    debug(&mut text, call);
    let serves = &output.plan.server.operations;
    if let Some(served) = serves.iter().find(|served| served.id == operation.id) {
        debug(&mut text, served);
    }
    code(&mut text, output, Package::CLIENT, &call.module);
    code(&mut text, output, Package::SERVER, &call.module);
    text
}

fn parameters(text: &mut String, operation: &Operation, idents: &[String]) {
    for (parameter, ident) in operation.parameters.iter().zip(idents) {
        line(text, &format!("parameter   {} -> {ident}", parameter.name));
    }
}

fn show_schema(output: &Output, sources: &Sources, id: SchemaId) -> String {
    let schema = output.api.schema(id);
    let mut text = String::new();
    document(
        &mut text,
        output,
        sources,
        &schema.place.pointer,
        &schema.place,
    );
    section(&mut text, "Api");
    debug(&mut text, schema);
    if let Some(events) = output.api.events.get(&id) {
        debug(&mut text, events);
    }
    section(&mut text, "Names");
    let Some(name) = output.names.ty(id) else {
        line(&mut text, "no type of its own");
        return text;
    };
    line(&mut text, &format!("type        {name}"));
    members(&mut text, output, id, schema);
    section(&mut text, "Plan");
    let modules = &output.plan.types.modules;
    let found = modules.iter().find_map(|module| {
        let item = module.items.iter().find(|item| item.ident() == name)?;
        Some((module, item))
    });
    if let Some((module, item)) = found {
        plan_item(&mut text, item);
        code(&mut text, output, Package::TYPES, &module.name);
    }
    text
}

fn members(text: &mut String, output: &Output, id: SchemaId, schema: &Schema) {
    use crate::api::{EnumValues, Kind};
    let canonical = output.names.canonical(id);
    let mut member = |index: usize, wire: &str| {
        let ident = output.names.member(canonical, index);
        line(text, &format!("member      {wire} -> {ident}"));
    };
    match &schema.kind {
        Kind::Object(object) => {
            let fields = object.fields.iter().enumerate();
            fields.for_each(|(index, field)| member(index, &field.name));
        }
        Kind::Enum(EnumValues::Strings(values)) => {
            let values = values.iter().enumerate();
            values.for_each(|(index, value)| member(index, &value.value));
        }
        Kind::Union(union) => match output.api.events.get(&id) {
            Some(events) => {
                let events = events.variants.iter().enumerate();
                events.for_each(|(index, event)| member(index, &event.tag));
            }
            None => {
                let variants = union.variants.iter().enumerate();
                variants.for_each(|(index, variant)| {
                    let place = &output.api.schema(variant.ty.schema).place;
                    member(index, &place.pointer);
                });
            }
        },
        _ => {}
    }
}

fn plan_item(text: &mut String, item: &Item) {
    debug(text, item);
}

/// Where the thing is written, and its lines.
fn document(text: &mut String, output: &Output, sources: &Sources, title: &str, place: &Place) {
    let Location {
        source,
        line: first,
        ..
    } = place.at;
    let name = &sources.get(source).name;
    line(text, title);
    section(text, "Document");
    line(text, &place.pointer);
    let pointer = place.pointer.trim_start_matches('#');
    let node = output.document.root.pointer(pointer);
    let last = node.map_or(first, |node| last_line(node, place.at));
    line(text, &format!("{name}:{first}-{last}"));
    let shown = (first..=last).take(LINES);
    for number in shown {
        if let Some(words) = sources.line(source, number) {
            line(text, &format!("{number:>6} | {words}"));
        }
    }
    let rest = usize::try_from(last - first + 1).unwrap_or_default();
    if let Some(rest) = rest.checked_sub(LINES).filter(|rest| *rest > 0) {
        line(text, &format!("       … and {rest} more lines"));
    }
}

/// The last line on which anything inside a node begins, of what the same text has.
fn last_line(node: &Node, at: Location) -> u32 {
    let inner: Box<dyn Iterator<Item = &Node>> = match &node.value {
        Value::Array(items) => Box::new(items.iter()),
        Value::Object(members) => Box::new(members.values().map(|member| &member.node)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {
            Box::new(std::iter::empty())
        }
    };
    let own = if node.at.source == at.source {
        node.at.line
    } else {
        at.line
    };
    let inner = inner.map(|inner| last_line(inner, at));
    inner.max().unwrap_or(own).max(own)
}

/// The printed module.
fn code(text: &mut String, output: &Output, package: Package, module: &str) {
    let folder = output.plan.crate_name(package);
    let path = std::path::PathBuf::from(folder)
        .join("src")
        .join(format!("{module}.rs"));
    if let Some(file) = output.files.get(&path) {
        section(text, &format!("Code: {}", path.display()));
        text.push_str(file);
    }
}

fn section(text: &mut String, title: &str) {
    line(text, "");
    line(text, &format!("== {title} =="));
}

fn debug(text: &mut String, value: &impl std::fmt::Debug) {
    // Writing to a string cannot fail.
    let _ = writeln!(text, "{value:#?}");
}

fn line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}
