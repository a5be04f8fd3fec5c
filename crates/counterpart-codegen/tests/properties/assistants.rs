//! `spec/assistants.yaml` with its overlay: everything is there, and reads well.

use std::collections::BTreeSet;

use openapiv3::{OpenAPI, Parameter, ParameterData, ReferenceOr};

use counterpart_codegen::Output;
use counterpart_codegen::api::Location;

use super::{assistants, rust};
use crate::support::summary;

/// Every identifier in the generated code.
fn identifiers(output: &Output) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for (_, text) in rust(output) {
        let code = text.lines().map(|line| {
            let line = line.trim_start();
            match line.starts_with("//") {
                true => String::new(),
                false => line.to_owned(),
            }
        });
        for line in code {
            // Strings are the document's words; what stands between them is ours.
            let outside = line.split('"').step_by(2);
            let words = outside.flat_map(|text| {
                text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
            });
            found.extend(words.filter(|word| is_name(word)).map(str::to_owned));
        }
    }
    found
}

fn is_name(word: &str) -> bool {
    word.starts_with(|first: char| first.is_alphabetic() || first == '_')
}

#[test]
fn every_operation_is_there() {
    let (_, output) = assistants();
    assert_eq!(output.plan.client.operations.len(), 23);
    assert_eq!(output.plan.server.operations.len(), 23);
    let streams = output
        .plan
        .client
        .operations
        .iter()
        .filter(|call| call.stream.is_some());
    let streams: Vec<&str> = streams.map(|call| call.method.as_str()).collect();
    assert_eq!(
        streams,
        [
            "create_thread_and_run",
            "create_run",
            "submit_tool_outputs_to_run"
        ]
    );
    let pages = output
        .plan
        .client
        .operations
        .iter()
        .filter(|call| call.paging.is_some());
    let pages: Vec<&str> = pages.map(|call| call.method.as_str()).collect();
    assert_eq!(
        pages,
        [
            "list_assistants",
            "list_messages",
            "list_runs",
            "list_run_steps"
        ]
    );
}

#[test]
fn no_name_is_numbered_or_mangled() {
    let (case, output) = assistants();
    let names = identifiers(output);
    assert!(names.contains("CreateRunRequest") && names.contains("submit_tool_outputs_to_run"));
    let rust = ["i32", "i64", "u16", "u32", "u64", "f64"];
    let document: String = case.document.to_lowercase();
    for name in names.iter().filter(|name| !rust.contains(&name.as_str())) {
        assert!(!name.contains("Inner"), "{name}");
        assert!(!name.contains("Square_Bracket"), "{name}");
        let stem = name.trim_end_matches(|last: char| last.is_ascii_digit());
        let numbered = stem.len() < name.len();
        assert!(!(numbered && stem.ends_with("Variant")), "{name}");
        // A digit at the end is one that the document has: `gpt-4`.
        let spelled: String = name.to_lowercase().replace('_', "");
        let known = |part: &str| document.replace(['-', '.', '_'], "").contains(part);
        assert!(
            !numbered || known(&spelled),
            "{name} is not in the document"
        );
    }
}

#[test]
fn no_value_of_a_known_type_is_raw() {
    let (_, output) = assistants();
    let text = summary::of(&output.plan);
    let lines = text.lines().map(str::trim_start);
    let raw: Vec<&str> = lines.filter(|line| line.contains("Value")).collect();
    // Of these the document says only that they are objects.
    let free = [
        "alias FunctionParameters = Map<String, Value>",
        "alias JsonSchema = Map<String, Value>",
        "file_search: Map<String, Value>",
    ];
    assert_eq!(raw, free);
}

/// What another reader of OpenAPI makes of the document with its overlay.
fn other_reader(output: &Output) -> OpenAPI {
    let tree = output.document.root.to_json();
    serde_json::from_value(tree).expect("openapiv3 reads the document")
}

#[test]
fn another_reader_sees_the_same_operations() {
    let (_, output) = assistants();
    let document = other_reader(output);
    let mut theirs = BTreeSet::new();
    for (path, item) in &document.paths.paths {
        let item = item.as_item().expect("no path is a reference");
        for (method, operation) in item.iter() {
            let own = operation.parameters.iter().chain(&item.parameters);
            let parameters: BTreeSet<String> = own.map(theirs_parameter).collect();
            let id = operation.operation_id.clone().unwrap_or_default();
            theirs.insert((id, method.to_owned(), path.clone(), parameters));
        }
    }
    let ours: BTreeSet<_> = output
        .api
        .operations
        .iter()
        .map(|operation| {
            let parameters = operation.parameters.iter().map(|parameter| {
                let place = match parameter.location {
                    Location::Path => "path",
                    Location::Query => "query",
                    Location::Header => "header",
                    Location::Cookie => "cookie",
                };
                format!("{place} {} {}", parameter.name, parameter.required)
            });
            let method = operation.method.key().to_owned();
            (
                operation.id.clone(),
                method,
                operation.path.clone(),
                parameters.collect(),
            )
        })
        .collect();
    assert_eq!(ours, theirs);
}

fn theirs_parameter(parameter: &ReferenceOr<Parameter>) -> String {
    let parameter = parameter.as_item().expect("no parameter is a reference");
    let (place, data): (&str, &ParameterData) = match parameter {
        Parameter::Path { parameter_data, .. } => ("path", parameter_data),
        Parameter::Query { parameter_data, .. } => ("query", parameter_data),
        Parameter::Header { parameter_data, .. } => ("header", parameter_data),
        Parameter::Cookie { parameter_data, .. } => ("cookie", parameter_data),
    };
    format!("{place} {} {}", data.name, data.required)
}

#[test]
fn another_reader_sees_the_same_schemas() {
    let (_, output) = assistants();
    let document = other_reader(output);
    let components = document.components.expect("there are components");
    let theirs: Vec<&String> = components.schemas.keys().collect();
    let ours: Vec<&String> = output.api.components.keys().collect();
    assert_eq!(ours, theirs);
}
