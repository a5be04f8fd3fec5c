//! Identifiers are born here and nowhere else.
//!
//! Every name goes the same way: an override from the document (`x-rust-name`), else
//! Rust's casing of the document's name, else that qualified by what it is part of, else
//! an error that prints the line to add. Nothing is numbered, and adding a schema never
//! renames another.

pub mod casing;
mod members;
mod operations;
mod overrides;
mod reserved;
mod same;
mod settle;
mod symbols;
mod types;
mod unmangle;

use std::collections::BTreeMap;

use crate::api::{Api, SchemaId};
use crate::diag::Diagnostics;

pub use casing::{constant, field, kebab, method, pascal, snake};
pub use operations::{OperationNames, ParameterNames};
pub use reserved::{is_method_taken, local, module};

/// The identifier of everything in an [`Api`] that has one.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// The Rust type of each schema that is one, in the order in which they are emitted.
    types: Vec<(SchemaId, String)>,
    by_schema: BTreeMap<SchemaId, String>,
    /// Schemas that are the same type as another, because they carry the same
    /// `x-rust-name`.
    same_as: BTreeMap<SchemaId, SchemaId>,
    /// The identifiers of an object's fields, an enum's values or a union's variants.
    members: BTreeMap<SchemaId, Vec<String>>,
    /// The identifiers of each operation, in the order of [`Api::operations`].
    pub operations: Vec<OperationNames>,
}

/// Names everything in `api`. `qualifier` goes before names that the prelude has.
pub fn names(api: &Api, qualifier: &str, diags: &mut Diagnostics) -> Names {
    overrides::check(api, diags);
    let mut names = types::types(api, qualifier, diags);
    members::members(api, &mut names, diags);
    names.operations = operations::operations(api, &server(qualifier), diags);
    names
}

/// What the trait of a server is called: `AssistantsApi`.
pub fn server(qualifier: &str) -> String {
    format!("{qualifier}Api")
}

impl Names {
    /// The schema that stands for this one.
    pub fn canonical(&self, id: SchemaId) -> SchemaId {
        self.same_as.get(&id).copied().unwrap_or(id)
    }

    /// The Rust type of a schema, where it has a type of its own.
    pub fn ty(&self, id: SchemaId) -> Option<&str> {
        self.by_schema.get(&self.canonical(id)).map(String::as_str)
    }

    /// Whether schemas in several places are this one type.
    pub fn is_shared(&self, id: SchemaId) -> bool {
        self.same_as.values().any(|canonical| *canonical == id)
    }

    /// Every type, in the order in which they are emitted.
    pub fn types(&self) -> &[(SchemaId, String)] {
        &self.types
    }

    /// The identifier of a field, value or variant of a schema.
    pub fn member(&self, id: SchemaId, index: usize) -> &str {
        &self.members[&self.canonical(id)][index]
    }

    /// Whether a type of the API has this name.
    pub fn has_type(&self, name: &str) -> bool {
        self.by_schema.values().any(|known| known == name)
    }
}
