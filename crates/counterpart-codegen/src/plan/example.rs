//! What the examples in the crates' own docs show: the first thing that needs little.

use super::ty::Type;
use super::types::{Example, Item, Module};

/// A struct that a person would write, made of strings: a request before anything else.
pub(super) fn types(modules: &[Module]) -> Option<Example> {
    let examples = modules
        .iter()
        .flat_map(|module| &module.items)
        .filter_map(example);
    let mut examples: Vec<Example> = examples.collect();
    let request = examples
        .iter()
        .position(|example| example.ty.ends_with("Request"));
    match (request, examples.is_empty()) {
        (Some(index), _) => Some(examples.swap_remove(index)),
        (None, false) => Some(examples.swap_remove(0)),
        (None, true) => None,
    }
}

fn example(item: &Item) -> Option<Example> {
    let Item::Struct(item) = item else {
        return None;
    };
    let new = item.new.as_ref()?;
    let fields: Vec<_> = item.fields().collect();
    let taken = item
        .fields()
        .filter(|field| field.presence == super::types::Presence::Required);
    let arguments: Vec<String> = taken
        .map(|field| (field.ty == Type::Text).then(|| field.ident.clone()))
        .collect::<Option<_>>()?;
    let useful = !new.is_empty() && !fields.is_empty() && !item.deprecated;
    useful.then(|| Example {
        ty: item.ident.clone(),
        arguments,
    })
}
