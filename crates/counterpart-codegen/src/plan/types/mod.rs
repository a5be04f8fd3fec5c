//! The types crate: a module for every named schema, with what is inside it below.

mod checks;
mod default_value;
mod defaults;
mod fold;
mod model;
mod structure;
mod union;
mod uses;

use std::collections::{BTreeMap, BTreeSet};

use crate::api::{EnumValues, Kind, Origin, Schema, SchemaId};
use crate::name;

use super::Input;
use super::docs::Docs;
pub(super) use checks::checked;
pub use checks::{Argument, Check, Checks, Inner, Rule};
pub use default_value::{DefaultObject, DefaultValue, FieldDefault};
pub(super) use defaults::{check as check_defaults, filled};
pub use fold::{Fold, FoldKind, Step, StepKind};
pub use model::*;
use structure::deprecation;
use uses::Uses;

/// Plans the types crate.
pub(super) fn types(input: Input<'_>) -> Types {
    let mut modules: Vec<Module> = Vec::new();
    let mut position: BTreeMap<SchemaId, usize> = BTreeMap::new();
    let uses = Uses::of(input);
    for (id, ident) in input.names.types() {
        let Some(item) = input.item(*id, ident, &uses) else {
            continue;
        };
        let home = input.home(*id);
        let index = *position.entry(home).or_insert_with(|| {
            let home = input.names.ty(home).unwrap_or(ident);
            modules.push(Module {
                name: name::module(home),
                items: Vec::new(),
            });
            modules.len() - 1
        });
        modules[index].items.push(item);
    }
    let mut externals = BTreeSet::new();
    super::imports::each_type(&modules, &mut |ty| ty.externals(&mut externals));
    let folds = input.folds(&mut modules);
    Types {
        exports: exports(&modules, &folds),
        folds,
        example: super::example::types(&modules),
        externals,
        modules,
    }
}

/// What a program over the types needs of the runtime, in the order in which rustfmt has names.
fn exports(modules: &[Module], folds: &[Fold]) -> Vec<&'static str> {
    let mut maps = false;
    super::imports::each_type(modules, &mut |ty| maps |= *ty == super::ty::Type::JsonMap);
    let mut exports = Vec::new();
    if !folds.is_empty() {
        exports.extend(["Accumulator", "Apply"]);
    }
    exports.push("Nullable");
    if maps {
        exports.push("json_map");
    }
    exports
}

impl Input<'_> {
    /// The type whose module a type is in: its own, or that of what it is part of.
    fn home(&self, id: SchemaId) -> SchemaId {
        let schema = self.api.schema(id);
        let own = matches!(
            schema.origin,
            Origin::Component(_) | Origin::Pointer(_) | Origin::Operation(..)
        );
        if own || (self.is_overridden(schema) && self.names.is_shared(id)) {
            return id;
        }
        let mut parent = parent(schema);
        while let Some(above) = parent {
            let above = self.names.canonical(above);
            let schema = self.api.schema(above);
            if self.names.ty(above).is_some() {
                return self.home(above);
            }
            parent = self::parent(schema);
        }
        id
    }

    fn is_overridden(&self, schema: &Schema) -> bool {
        let name = schema.rust_name.as_deref().unwrap_or_default();
        name.starts_with(char::is_uppercase)
    }

    /// The type of a schema; `None` for what leaves no trace in Rust.
    fn item(&self, id: SchemaId, ident: &str, uses: &Uses) -> Option<Item> {
        let schema = self.api.schema(id);
        let docs = self.type_docs(schema, ident, uses.sentence(id));
        let docs = deprecation(docs, schema.deprecated);
        let ident = ident.to_owned();
        Some(match &schema.kind {
            Kind::Object(object) => Item::Struct(self.structure(id, ident, docs, object)),
            Kind::Enum(EnumValues::Strings(values)) => Item::Enum(Enum {
                values: self.values(id, values),
                any_other: schema.any_other,
                ident,
                docs,
            }),
            Kind::Enum(EnumValues::Integers(values)) => Item::IntegerEnum(IntegerEnum {
                values: self.values(id, values),
                ident,
                docs,
            }),
            Kind::Constant(serde_json::Value::String(value)) => Item::Enum(Enum {
                values: vec![EnumValue {
                    ident: self.names.member(id, 0).to_owned(),
                    value: value.clone(),
                    docs: Docs::raw(&format!("`{value}`.")),
                }],
                any_other: schema.any_other,
                ident,
                docs,
            }),
            Kind::Union(union) => match self.api.events.get(&id) {
                Some(events) => Item::Events(self.events(id, ident, docs, events)),
                None => Item::Union(self.union(id, ident, docs, union)),
            },
            other => Item::Alias(Alias {
                ty: self.spelled(other),
                ident,
                docs,
            }),
        })
    }

    fn type_docs(&self, schema: &Schema, ident: &str, uses: Option<String>) -> Docs {
        let text = schema.docs.as_deref().or(schema.title.as_deref());
        let docs = Docs::of_or(text, &self.fallback(schema, ident));
        let docs = match uses {
            Some(uses) => docs.paragraph(&uses),
            None => docs,
        };
        docs.paragraph(&format!("Schema `{}`.", pointer(&schema.place.pointer)))
    }

    /// A true sentence about a type of which the document says nothing.
    fn fallback(&self, schema: &Schema, ident: &str) -> String {
        match &schema.origin {
            Origin::Property(parent, property) => match self.names.ty(*parent) {
                Some(parent) => {
                    format!("What [`{parent}`](crate::{parent}) holds as `{property}`.")
                }
                None => format!("What `{property}` holds."),
            },
            Origin::Items(_) => "An item of a list.".to_owned(),
            Origin::Values(_) => "A value of a map.".to_owned(),
            Origin::Variant(parent, _) => match self.names.ty(*parent) {
                Some(parent) => format!("A variant of [`{parent}`](crate::{parent})."),
                None => "A variant of a union.".to_owned(),
            },
            Origin::Operation(operation, part) => format!("The `{part}` of `{operation}`."),
            Origin::Component(name) if name != ident => format!("The `{name}` of the document."),
            Origin::Component(_) | Origin::Pointer(_) => format!("`{ident}`."),
        }
    }

    fn values<T: Clone + std::fmt::Display>(
        &self,
        id: SchemaId,
        values: &[crate::api::EnumValue<T>],
    ) -> Vec<EnumValue<T>> {
        values
            .iter()
            .enumerate()
            .map(|(index, value)| EnumValue {
                ident: self.names.member(id, index).to_owned(),
                docs: Docs::of_or(value.docs.as_deref(), &value_docs(&value.value.to_string())),
                value: value.value.clone(),
            })
            .collect()
    }
}

/// The schema that this one is written inside of.
fn parent(schema: &Schema) -> Option<SchemaId> {
    match &schema.origin {
        Origin::Property(parent, _)
        | Origin::Items(parent)
        | Origin::Values(parent)
        | Origin::Variant(parent, _) => Some(*parent),
        Origin::Component(_) | Origin::Operation(..) | Origin::Pointer(_) => None,
    }
}

/// `` `in_progress`. ``, or words for a value that a code span cannot hold.
fn value_docs(value: &str) -> String {
    let plain = !value.trim().is_empty()
        && !value.contains(['`', '\n', '\r'])
        && value.trim() == value
        && !value.chars().any(char::is_control);
    match plain {
        true => format!("`{value}`."),
        false => format!(
            "The value {}.",
            Docs::of(Some(&format!("{value:?}"))).lines().join(" ")
        ),
    }
}

/// A JSON pointer as a code span can hold it.
fn pointer(pointer: &str) -> String {
    pointer
        .chars()
        .map(|letter| {
            if letter == '`' || letter.is_control() {
                '?'
            } else {
                letter
            }
        })
        .collect()
}
