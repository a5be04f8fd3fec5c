//! The `use` lines of a module: short paths, except for names that the API itself has.

use std::collections::{BTreeMap, BTreeSet};

use super::ty::Type;
use super::types::{
    EventPayload, Fold, FoldKind, Item, JsonType, Module, Payload, Struct, UnionDispatch, UnionEnum,
};

/// Imports by the path they come from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imports {
    groups: BTreeMap<String, BTreeSet<String>>,
}

impl Imports {
    /// Adds one name.
    pub fn add(&mut self, from: &str, name: &str) {
        let group = self.groups.entry(from.to_owned()).or_default();
        group.insert(name.to_owned());
    }

    /// Adds several names of one path.
    pub fn add_all(&mut self, from: &str, names: &[&str]) {
        for name in names {
            self.add(from, name);
        }
    }

    /// The paths and the names imported from each, sorted; those of the crate itself come
    /// last.
    pub fn groups(&self) -> impl Iterator<Item = (&str, &BTreeSet<String>)> {
        let own = |(from, _): &(&String, _)| from.split("::").next() == Some("crate");
        let external = self.groups.iter().filter(move |group| !own(group));
        let groups = external.chain(self.groups.iter().filter(own));
        groups.map(|(from, names)| (from.as_str(), names))
    }
}

/// The crate that types are thin over.
pub const WIRE: &str = "counterpart_wire";

/// What generated types use of [`WIRE`]; where the API has a type of the same name, the
/// path is written out.
const WIRE_NAMES: [&str; 30] = [
    "Apply",
    "Attempt",
    "Base64",
    "Binary",
    "ByType",
    "Checker",
    "DecodeError",
    "Defaults",
    "Deserialize",
    "Deserializer",
    "EncodeError",
    "Event",
    "FilePart",
    "InOrder",
    "Index",
    "IndexMap",
    "JsonType",
    "Map",
    "MapAccess",
    "Merger",
    "Nullable",
    "Object",
    "RawEvent",
    "Reader",
    "Serialize",
    "Serializer",
    "Tagged",
    "Validate",
    "Value",
    "Writer",
];

/// The names of [`WIRE`] that the API takes for itself.
pub fn clashes(modules: &[Module]) -> BTreeSet<String> {
    let own: BTreeSet<&str> = modules
        .iter()
        .flat_map(|module| &module.items)
        .map(Item::ident)
        .collect();
    let taken = WIRE_NAMES.iter().filter(|name| own.contains(**name));
    taken.map(|name| (*name).to_owned()).collect()
}

/// The imports of a module of the types crate.
pub fn of_module(module: &Module, folds: &[Fold], clashes: &BTreeSet<String>) -> Imports {
    let mut imports = Imports::default();
    let mut wire = |names: &[&str]| {
        for name in names.iter().filter(|name| !clashes.contains(**name)) {
            imports.add(WIRE, name);
        }
    };
    for item in &module.items {
        wire(needs(item));
        wire(needs_of_checks(item));
        wire(needs_of_fills(item));
        if let Item::Union(union) = item {
            let functions: Vec<&str> = functions(union).into_iter().collect();
            wire(&functions);
        }
        each_type_of(item, &mut |ty| wire(needs_of_type(ty)));
    }
    let own: BTreeSet<&str> = module.items.iter().map(Item::ident).collect();
    let folds = folds.iter().filter(|fold| own.contains(&*fold.delta));
    for fold in folds.clone() {
        wire(needs_of_fold(fold));
    }
    for fold in folds.filter(|fold| !own.contains(&*fold.whole)) {
        imports.add("crate", &fold.whole);
    }
    for item in &module.items {
        each_type_of(item, &mut |ty| {
            if let Type::Named(name) = ty
                && !own.contains(name.as_str())
            {
                imports.add("crate", name);
            }
        });
    }
    imports
}

/// The imports of the module of builders.
pub fn of_builders(structs: &[&Struct], clashes: &BTreeSet<String>) -> Imports {
    let mut imports = Imports::default();
    imports.add("bon", "bon");
    for item in structs {
        imports.add("crate", &item.ident);
        each_type_of_struct(item, &mut |ty| match ty {
            Type::Named(name) => imports.add("crate", name),
            // Builders take an `Option` in its place.
            Type::Nullable(_) => {}
            other => {
                let names = needs_of_type(other).iter();
                for name in names.filter(|name| !clashes.contains(**name)) {
                    imports.add(WIRE, name);
                }
            }
        });
    }
    imports
}

/// What an item needs whatever it holds.
fn needs(item: &Item) -> &'static [&'static str] {
    match item {
        Item::Struct(_) => &["MapAccess", "Object", "Reader", "Writer", "object"],
        Item::Enum(_) => &["open_enum"],
        Item::IntegerEnum(_) => &["open_int_enum"],
        Item::Union(union) => match &union.dispatch {
            UnionDispatch::Tag(_) => &TAG,
            UnionDispatch::Type { tag: None, .. } => &BY_TYPE,
            UnionDispatch::Type { tag: Some(_), .. } => &BY_TYPE_AND_TAG,
            UnionDispatch::Order => &IN_ORDER,
        },
        Item::Events(_) => &["DecodeError", "EncodeError", "Event", "RawEvent"],
        Item::Alias(_) => &[],
    }
}

/// What an item needs that checks itself.
fn needs_of_checks(item: &Item) -> &'static [&'static str] {
    let checks = match item {
        Item::Struct(item) => &item.checks,
        Item::Union(item) => &item.checks,
        Item::Events(item) => &item.checks,
        Item::Enum(_) | Item::IntegerEnum(_) | Item::Alias(_) => return &[],
    };
    match (checks.is_empty(), checks.has_pattern()) {
        (true, _) => &[],
        (false, false) => &["Checker", "Validate"],
        (false, true) => &["Checker", "Validate", "pattern"],
    }
}

/// What is needed to put a delta into its whole.
fn needs_of_fold(fold: &Fold) -> &'static [&'static str] {
    match &fold.kind {
        FoldKind::Variants(_) => &["apply_union"],
        FoldKind::Fields {
            index: None,
            own_index: None,
            ..
        } => &["Apply", "Merger"],
        FoldKind::Fields { .. } => &["Apply", "Index", "Merger"],
    }
}

/// What an item needs that a server fills in defaults of.
fn needs_of_fills(item: &Item) -> &'static [&'static str] {
    let (itself, inside) = match item {
        Item::Struct(item) => (
            item.fills.iter().any(|fill| fill.itself),
            item.fills.iter().any(|fill| fill.inside),
        ),
        Item::Union(item) => (false, !item.fills.is_empty()),
        Item::Events(_) | Item::Enum(_) | Item::IntegerEnum(_) | Item::Alias(_) => (false, false),
    };
    match (itself, inside) {
        (true, true) => &["Defaults", "fill", "fill_inside"],
        (true, false) => &["Defaults", "fill"],
        (false, true) => &["Defaults", "fill_inside"],
        (false, false) => &[],
    }
}

const TAG: [&str; 7] = [
    "MapAccess",
    "Reader",
    "Serialize",
    "Serializer",
    "Tagged",
    "Value",
    "tagged_union",
];

const BY_TYPE: [&str; 7] = [
    "ByType",
    "Deserializer",
    "JsonType",
    "Serialize",
    "Serializer",
    "Value",
    "by_type_union",
];

const BY_TYPE_AND_TAG: [&str; 11] = [
    "ByType",
    "Deserializer",
    "JsonType",
    "MapAccess",
    "Reader",
    "Serialize",
    "Serializer",
    "Tagged",
    "Value",
    "by_type_union",
    "tagged",
];

const IN_ORDER: [&str; 6] = [
    "Attempt",
    "InOrder",
    "Serialize",
    "Serializer",
    "Value",
    "in_order_union",
];

/// What the variants of a union need of the functions that read and write them.
fn functions(union: &UnionEnum) -> BTreeSet<&'static str> {
    let table = match &union.dispatch {
        UnionDispatch::Tag(table) => Some(table),
        UnionDispatch::Type { tag, .. } => tag.as_ref(),
        UnionDispatch::Order => None,
    };
    let mut needs = BTreeSet::new();
    if table.is_some_and(|table| table.cases.iter().any(|case| case.written_by_union)) {
        needs.insert("with_tag");
    }
    if let UnionDispatch::Type { types, tag } = &union.dispatch {
        for (ty, index) in types {
            match &union.variants[*index].payload {
                Payload::Constant(_) => needs.insert("constant"),
                Payload::Value(_) if tag.is_some() && *ty == JsonType::Object => false,
                Payload::Value(_) => needs.insert("Deserialize"),
            };
        }
    }
    needs
}

fn needs_of_type(ty: &Type) -> &'static [&'static str] {
    match ty {
        Type::Value => &["Value"],
        Type::JsonMap => &["Map", "Value"],
        Type::Map(_) => &["IndexMap"],
        Type::Nullable(_) => &["Nullable"],
        Type::Base64 => &["Base64"],
        Type::File => &["FilePart"],
        Type::Binary => &["Binary"],
        // Only operations have them, and import them by themselves.
        Type::Item(..) | Type::Sequence(_) => &[],
        Type::Named(_)
        | Type::Text
        | Type::Bool
        | Type::I32
        | Type::I64
        | Type::U32
        | Type::U64
        | Type::F64
        | Type::External(_)
        | Type::List(_)
        | Type::Option(_)
        | Type::Boxed(_)
        | Type::PlainText
        | Type::Own(_)
        | Type::Unit => &[],
    }
}

/// Every type that any module spells, with the types inside it.
pub(super) fn each_type(modules: &[Module], visit: &mut impl FnMut(&Type)) {
    for item in modules.iter().flat_map(|module| &module.items) {
        each_type_of(item, visit);
    }
}

/// Every type that an item spells, with the types inside it.
pub(super) fn each_type_of(item: &Item, visit: &mut impl FnMut(&Type)) {
    match item {
        Item::Struct(item) => each_type_of_struct(item, visit),
        Item::Union(item) => {
            for variant in &item.variants {
                if let Payload::Value(ty) = &variant.payload {
                    ty.walk(visit);
                }
            }
        }
        Item::Events(item) => {
            for variant in &item.variants {
                if let EventPayload::Json(ty) = &variant.payload {
                    ty.walk(visit);
                }
            }
        }
        Item::Alias(item) => item.ty.walk(visit),
        Item::Enum(_) | Item::IntegerEnum(_) => {}
    }
}

fn each_type_of_struct(item: &Struct, visit: &mut impl FnMut(&Type)) {
    for field in item.fields() {
        field.declared().walk(visit);
        if let Some(default) = &field.default {
            default.value.walk(visit);
        }
    }
    if let Some(extra) = &item.extra {
        extra.ty.walk(visit);
    }
}
