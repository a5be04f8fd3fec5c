//! What a reader of the types finds: words on everything, the way back to the document, and no
//! name or type that says less than the document does.

use counterpart_codegen::Output;
use counterpart_codegen::api::Kind;
use syn::{Attribute, Expr, ImplItem, Item, Lit, Meta, Visibility};

use super::{CASES, assistants};

/// The files of the types crate.
fn types(output: &Output) -> impl Iterator<Item = syn::File> {
    let files = output.files.iter().filter(|(path, _)| {
        let path = path.to_string_lossy();
        path.contains("-types/src/") && path.ends_with(".rs") && !path.ends_with("lib.rs")
    });
    files.map(|(path, text)| {
        syn::parse_file(text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    })
}

/// The words on an item.
fn docs(attributes: &[Attribute]) -> String {
    let mut words = String::new();
    for attribute in attributes {
        if let Meta::NameValue(meta) = &attribute.meta
            && meta.path.is_ident("doc")
            && let Expr::Lit(literal) = &meta.value
            && let Lit::Str(text) = &literal.lit
        {
            words.push_str(text.value().trim());
            words.push(' ');
        }
    }
    words
}

/// Everything public in a file: its name, its words, and whether it is a type.
fn public(file: &syn::File) -> Vec<(String, String, bool)> {
    let mut found = Vec::new();
    for item in &file.items {
        match item {
            Item::Struct(item) => {
                found.push((item.ident.to_string(), docs(&item.attrs), true));
                for field in &item.fields {
                    let name = field.ident.as_ref().expect("fields have names");
                    found.push((name.to_string(), docs(&field.attrs), false));
                }
            }
            Item::Enum(item) => {
                found.push((item.ident.to_string(), docs(&item.attrs), true));
                for variant in &item.variants {
                    found.push((variant.ident.to_string(), docs(&variant.attrs), false));
                }
            }
            Item::Type(item) => found.push((item.ident.to_string(), docs(&item.attrs), true)),
            Item::Impl(item) if item.trait_.is_none() => {
                for item in &item.items {
                    let (visibility, name, attributes) = match item {
                        ImplItem::Fn(item) => (&item.vis, &item.sig.ident, &item.attrs),
                        ImplItem::Const(item) => (&item.vis, &item.ident, &item.attrs),
                        _ => continue,
                    };
                    if matches!(visibility, Visibility::Public(_)) {
                        found.push((name.to_string(), docs(attributes), false));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

#[test]
fn everything_has_words_and_every_type_its_place_in_the_document() {
    for (case, output) in CASES.iter() {
        for (name, words, is_type) in types(output).flat_map(|file| public(&file)) {
            assert!(!words.trim().is_empty(), "{}: {name}", case.name);
            let placed = words.contains("Schema `#/");
            assert!(placed || !is_type, "{}: {name}: {words}", case.name);
        }
    }
}

#[test]
fn every_type_of_the_assistants_leads_to_an_operation() {
    let (_, output) = assistants();
    let users = ["Request of `", "Reply of `", "Parameter of `", "Part of [`"];
    let mut count = 0;
    for (name, words, is_type) in types(output).flat_map(|file| public(&file)) {
        if is_type {
            count += 1;
            let used = users.iter().any(|user| words.contains(user));
            assert!(used, "{name}: {words}");
        }
    }
    assert!(count > 100, "only {count} types");
}

/// A number in a name is the document's own.
#[test]
fn no_name_is_numbered_or_says_nothing() {
    for (case, output) in CASES.iter() {
        let document = case.document.to_lowercase();
        for (name, _, _) in types(output).flat_map(|file| public(&file)) {
            // The method of every enum of whole numbers, and the Rust type that it gives.
            if name == "as_i64" {
                continue;
            }
            assert!(
                !name.contains("Inner") || document.contains("inner"),
                "{}: {name}",
                case.name
            );
            let letters = name.trim_end_matches(|last: char| last.is_ascii_digit());
            let number = &name[letters.len()..];
            assert!(document.contains(number), "{}: {name}", case.name);
        }
    }
}

/// A value is any JSON only where the document says nothing of it.
#[test]
fn no_value_is_rawer_than_the_document_says() {
    let says_more = [
        "properties",
        "items",
        "oneOf",
        "anyOf",
        "allOf",
        "$ref",
        "const",
    ];
    for (case, output) in CASES.iter() {
        for id in output.api.live() {
            let schema = output.api.schema(id);
            let pointer = schema.place.pointer.trim_start_matches('#');
            let (Kind::Any, Some(node)) = (&schema.kind, output.document.root.pointer(pointer))
            else {
                continue;
            };
            // Of a list or an object of anything, the place is the one that says so.
            let is_free_form = ["array", "object"]
                .iter()
                .any(|ty| node.get("type").and_then(|name| name.as_str()) == Some(ty));
            let more = says_more.iter().find(|key| node.get(key).is_some());
            assert!(
                is_free_form || more.is_none(),
                "{}: {pointer}: {more:?}",
                case.name
            );
        }
    }
}
