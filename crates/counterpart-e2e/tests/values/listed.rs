//! The list of types is the types that there are.

use crate::{document, types};
use std::collections::BTreeSet;

#[test]
fn every_type_is_listed() {
    let listed: BTreeSet<String> = types::all().iter().map(|ty| ty.name.to_owned()).collect();
    assert_eq!(listed, exported(), "the types crate exports other types");
    let generated: BTreeSet<String> = document::types().map(str::to_owned).collect();
    assert_eq!(listed, generated, "the document has other types");
}

/// What the types crate exports of its own modules, read from its source.
fn exported() -> BTreeSet<String> {
    let path = document::root().join("generated/assistants-types/src/lib.rs");
    let source = std::fs::read_to_string(path).unwrap();
    let statements = source.split("pub use ").skip(1);
    let paths = statements.filter_map(|rest| rest.split_once(';')?.0.split_once("::"));
    let own = paths.filter(|(module, _)| *module != "counterpart_wire");
    let names = own.flat_map(|(_, names)| names.split(['{', '}', ',']));
    let names = names.map(str::trim).filter(|name| !name.is_empty());
    names.map(str::to_owned).collect()
}
