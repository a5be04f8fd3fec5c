//! The types crate: one module for every named schema.
//!
//! ```text
//! assistants-types/
//!   Cargo.toml
//!   src/lib.rs                  re-exports every type
//!   src/create_run_request.rs   CreateRunRequest, and what is written inside it
//! ```

mod builders;
mod defaults;
mod enumeration;
mod events;
mod fold;
mod structure;
mod union;
mod validate;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use proc_macro2::TokenStream;
use quote::quote;

use crate::config::Package;
use crate::plan::types::{Alias, Fold, Item, Module};
use crate::plan::{Docs, Plan, imports};

use super::manifest::{Dependency, Target, cargo_toml};
use super::tokens::{Scope, doc_attrs, ident, inner_docs, recursion_attr, use_lines};
use super::{Content, Draft};

/// The drafts of the types crate.
pub(super) fn emit(plan: &Plan) -> Vec<Draft<'_>> {
    let clashes = Arc::new(imports::clashes(&plan.types.modules));
    let folder = PathBuf::from(plan.crate_name(Package::TYPES)).join("src");
    let rust = |path: &str, content| Draft {
        path: folder.join(path),
        emitter: "types",
        content,
    };
    let root = Content::rust(|| root(plan));
    let mut drafts = vec![manifest(plan), rust("lib.rs", root)];
    drafts.extend(plan.types.modules.iter().map(|module| {
        let clashes = clashes.clone();
        let tokens = move || self::module(module, &plan.types.folds, &clashes);
        rust(&format!("{}.rs", module.name), Content::rust(tokens))
    }));
    if plan.types.built().next().is_some() {
        let builders = Content::rust(move || {
            let scope = Scope {
                clashes: &clashes,
                local: &BTreeSet::new(),
                wire: imports::WIRE,
            };
            builders::module(&scope, &plan.types)
        });
        drafts.push(rust("builders.rs", builders));
    }
    drafts
}

fn manifest(plan: &Plan) -> Draft<'static> {
    let mut dependencies = Dependency::externals(&plan.types.externals);
    dependencies.push(Dependency::runtime(plan, "counterpart-wire"));
    dependencies.push(Dependency::library("bon", "3", &["std"]).optional());
    let features = "\n[features]\n\
                    # `builder()` on the types that require more than `new` could tell apart.\n\
                    builders = [\"dep:bon\"]\n";
    let dev = vec![Dependency::library("serde_json", "1", &[])];
    let what = format!("The types of {}.", plan.plain_title());
    cargo_toml(
        plan,
        Package::TYPES,
        Target::Library,
        &what,
        features,
        dependencies,
        dev,
    )
}

/// `lib.rs`: the modules, and every type at the root.
fn root(plan: &Plan) -> TokenStream {
    let docs = inner_docs(&crate_docs(plan));
    let modules = plan.types.modules.iter().map(|module| {
        let name = ident(&module.name);
        quote!(mod #name;)
    });
    let exports = plan.types.modules.iter().map(|module| {
        let name = ident(&module.name);
        let types: Vec<_> = module
            .items
            .iter()
            .map(|item| ident(item.ident()))
            .collect();
        match &types[..] {
            [ty] => quote!(pub use #name::#ty;),
            types => quote!(pub use #name::{#(#types),*};),
        }
    });
    let builders = plan.types.built().next().map(|_| {
        quote! {
            #[cfg(feature = "builders")]
            pub mod builders;
        }
    });
    let names: Vec<_> = plan.types.exports.iter().map(|name| ident(name)).collect();
    let runtime = match &names[..] {
        [only] => quote!(pub use counterpart_wire::#only;),
        names => quote!(pub use counterpart_wire::{#(#names),*};),
    };
    let recursion_limit = recursion_attr(plan);
    quote! {
        #docs
        #recursion_limit
        #![deny(missing_docs)]

        #builders
        #(#modules)*

        #(#exports)*
        #runtime
    }
}

fn crate_docs(plan: &Plan) -> Docs {
    let krate = plan.crate_path(Package::TYPES);
    let docs = Docs::raw(&format!(
        "The types of {}, version {}.",
        plan.doc_title(),
        plan.doc_version()
    ))
    .paragraph(
        "Every type is an ordinary serde type. Enums are open: a value that the document does \
             not list is kept as `Unknown`. Constants such as a `type` tag are no fields: they are \
             always written.",
    );
    let Some(example) = &plan.types.example else {
        return docs;
    };
    let arguments: Vec<String> = example
        .arguments
        .iter()
        .map(|word| format!("{word:?}"))
        .collect();
    let (ty, arguments) = (&example.ty, arguments.join(", "));
    docs.block(&format!(
        "```\n\
         use {krate}::{ty};\n\
         \n\
         let value = {ty}::new({arguments});\n\
         let json = serde_json::to_string(&value)?;\n\
         assert_eq!(serde_json::from_str::<{ty}>(&json)?, value);\n\
         # Ok::<(), serde_json::Error>(())\n\
         ```"
    ))
}

fn module(module: &Module, folds: &[Fold], clashes: &BTreeSet<String>) -> TokenStream {
    let local = BTreeSet::new();
    let scope = Scope {
        clashes,
        local: &local,
        wire: imports::WIRE,
    };
    let first = module.items.first().map(Item::ident).unwrap_or_default();
    let docs = match module.items.len() {
        1 => format!("[`{first}`]."),
        _ => format!("[`{first}`], and what it is made of."),
    };
    let docs = inner_docs(&Docs::raw(&docs));
    let imports = use_lines(&imports::of_module(module, folds, clashes));
    let items = module.items.iter().map(|item| {
        let folds = folds.iter().filter(|fold| fold.delta == item.ident());
        let folds = folds.map(|fold| fold::fold(&scope, fold));
        let item = self::item(&scope, item);
        quote!(#item #(#folds)*)
    });
    quote! {
        #docs
        #imports
        #(#items)*
    }
}

fn item(scope: &Scope<'_>, item: &Item) -> TokenStream {
    match item {
        Item::Struct(item) => structure::structure(scope, item),
        Item::Enum(item) => enumeration::strings(item),
        Item::IntegerEnum(item) => enumeration::integers(item),
        Item::Union(item) => union::union(scope, item),
        Item::Events(item) => events::events(scope, item),
        Item::Alias(item) => alias(scope, item),
    }
}

/// `pub type Metadata = IndexMap<String, String>;`
fn alias(scope: &Scope<'_>, alias: &Alias) -> TokenStream {
    let docs = doc_attrs(&alias.docs);
    let ident = ident(&alias.ident);
    let ty = scope.ty(&alias.ty);
    quote! {
        #docs
        pub type #ident = #ty;
    }
}
