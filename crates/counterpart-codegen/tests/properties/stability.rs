//! Adding a schema, or writing the same things in another order, renames nothing.

use std::collections::{BTreeMap, BTreeSet};

use counterpart_codegen::Output;
use counterpart_codegen::api::Origin;
use counterpart_codegen::diag::Diagnostics;
use counterpart_codegen::load::tree::Sources;

use super::CASES;
use crate::support::{Case, summary};

/// Lines on each thing that has a name, by that name.
type Named = BTreeMap<String, Vec<String>>;

/// What everything is called: types with their members, operations with their parameters.
fn names(output: &Output) -> Named {
    let mut found = BTreeMap::new();
    let members = members(output);
    for (id, name) in output.names.types() {
        let mut all = members[name].clone();
        // One type for several places stands in the first of them, so only some are certain.
        if let Origin::Component(component) = &output.api.schema(*id).origin {
            all.push(component.clone());
        }
        found.insert(name.clone(), all);
    }
    for (operation, names) in output.api.operations.iter().zip(&output.names.operations) {
        let mut all = vec![
            names.method.clone(),
            names.ty.clone(),
            names.parameters.body.clone(),
        ];
        all.extend(names.parameters.idents.iter().cloned());
        found.insert(
            format!("{} {}", operation.method.verb(), operation.path),
            all,
        );
    }
    found
}

/// The lines of each type in the plan, sorted: reordering may reorder them.
fn members(output: &Output) -> Named {
    let mut found = Named::new();
    let mut name = String::new();
    for line in summary::of(&output.plan).lines() {
        if line.starts_with(' ') {
            let lines = found.entry(name.clone()).or_default();
            lines.push(line.to_owned());
        } else {
            name = line.split(' ').nth(1).unwrap_or_default().to_owned();
            found.entry(name.clone()).or_default();
        }
    }
    found.values_mut().for_each(|lines| lines.sort());
    found
}

/// What `case` is after `change` to its document, with its overlay still applied.
fn changed(case: &Case, change: impl FnOnce(&mut serde_json::Value)) -> Output {
    let (mut sources, mut diags) = (Sources::default(), Diagnostics::default());
    let plain = Case {
        overlay: None,
        config: String::new(),
        beside: case.beside.clone(),
        ..Case::of(&case.name, case.document.clone())
    };
    let document = plain.load(&mut sources, &mut diags).expect("it loads");
    let mut tree = document.root.to_json();
    change(&mut tree);
    Case {
        name: case.name.clone(),
        document: tree.to_string().replace("\"paths\":{}", "\n\"paths\": {}"),
        overlay: case.overlay.clone(),
        config: case.config.clone(),
        beside: Vec::new(),
    }
    .output_of(case)
}

impl Case {
    /// As [`Case::output`], with the crates that `original` has: the text looks different.
    fn output_of(mut self, original: &Case) -> Output {
        if original.document.contains("\npaths: {}") {
            self.config.push_str("\ncrates = [\"types\"]\n");
        }
        self.output()
    }
}

#[test]
fn adding_a_schema_renames_nothing() {
    for (case, output) in CASES.iter() {
        let before = names(output);
        let after = names(&changed(case, |tree| {
            let schemas = &mut tree["components"]["schemas"];
            let new = serde_json::json!({
                "type": "object",
                "required": ["status"],
                "properties": {
                    "status": {"type": "string", "enum": ["a", "b"]},
                    "tool_calls": {"type": "array", "items": {"type": "object", "properties": {"id": {}}}},
                },
            });
            // First, so that it would take whatever is taken in the order of the document.
            let mut all = serde_json::Map::new();
            all.insert("AddedObject".to_owned(), new);
            if let Some(old) = schemas.as_object() {
                all.extend(old.clone());
            }
            *schemas = serde_json::Value::Object(all);
        }));
        for (name, all) in &before {
            assert_eq!(after.get(name), Some(all), "{}: {name}", case.name);
        }
    }
}

/// A schema may be called what something inside another is called, refer to all the others, and
/// be in a union with them.
#[test]
fn adding_a_schema_that_is_in_the_way_renames_nothing() {
    for (case, output) in CASES.iter() {
        let before = names(output);
        let inner: Vec<String> = output
            .names
            .types()
            .iter()
            .filter(|(id, _)| {
                let schema = output.api.schema(*id);
                !matches!(schema.origin, Origin::Component(_)) && schema.rust_name.is_none()
            })
            .map(|(_, name)| name.clone())
            .collect();
        let after = names(&changed(case, |tree| {
            let schemas = &mut tree["components"]["schemas"];
            let old = schemas.as_object().cloned().unwrap_or_default();
            let mut all = serde_json::Map::new();
            for name in inner.iter().filter(|name| !old.contains_key(*name)) {
                all.insert(name.clone(), serde_json::json!({"type": "object", "properties": {"was_added": {"type": "string"}}}));
            }
            let refer = |(index, name): (usize, &String)| {
                let step = name.replace('~', "~0").replace('/', "~1");
                let text = format!("#/components/schemas/{step}");
                (format!("to_{index}"), serde_json::json!({"$ref": text}))
            };
            let all_of_them: serde_json::Map<_, _> = old.keys().enumerate().map(refer).collect();
            all.insert(
                "AAddedHolder".to_owned(),
                serde_json::json!({"type": "object", "properties": all_of_them}),
            );
            all.extend(old);
            *schemas = serde_json::Value::Object(all);
        }));
        for (name, all) in &before {
            assert_eq!(after.get(name), Some(all), "{}: {name}", case.name);
        }
    }
}

#[test]
fn the_order_of_schemas_and_paths_names_nothing() {
    for (case, output) in CASES.iter() {
        let before = names(output);
        let after = names(&changed(case, |tree| {
            reverse(tree.pointer_mut("/paths"));
            reverse(tree.pointer_mut("/components/schemas"));
        }));
        assert_same(case, &before, &after);
    }
}

/// Compares one by one, as a difference in all of them is more than anybody can read.
fn assert_same(case: &Case, before: &Named, after: &Named) {
    let names = |named: &Named| named.keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(before), names(after), "{}", case.name);
    for (name, all) in before {
        assert_eq!(after[name], *all, "{}: {name}", case.name);
    }
}

fn reverse(object: Option<&mut serde_json::Value>) {
    if let Some(serde_json::Value::Object(members)) = object {
        *members = std::mem::take(members).into_iter().rev().collect();
    }
}

/// The order of properties decides the order of fields, and of nothing else.
#[test]
fn the_order_of_properties_names_nothing() {
    for (case, output) in CASES.iter() {
        let before = names(output);
        let after = names(&changed(case, reverse_properties));
        assert_same(case, &before, &after);
    }
}

fn reverse_properties(tree: &mut serde_json::Value) {
    match tree {
        serde_json::Value::Object(members) => {
            members.values_mut().for_each(reverse_properties);
            reverse(members.get_mut("properties"));
        }
        serde_json::Value::Array(items) => items.iter_mut().for_each(reverse_properties),
        _ => {}
    }
}

#[test]
fn no_two_types_have_one_name_or_one_file() {
    for (case, output) in CASES.iter() {
        let names = output.names.types().iter().map(|(_, name)| name);
        let modules = output.plan.types.modules.iter().map(|module| &module.name);
        for names in [names.collect::<Vec<_>>(), modules.collect()] {
            let different: BTreeSet<&String> = names.iter().copied().collect();
            assert_eq!(different.len(), names.len(), "{}: {names:?}", case.name);
        }
    }
}
