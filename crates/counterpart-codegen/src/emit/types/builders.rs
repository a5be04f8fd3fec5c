//! Builders of structs that require too much for a `new`, in a module of their own so that they cost nothing unless they
//! are asked for.
//!
//! ```text
//! #[bon]
//! impl Run {
//!     #[builder(finish_fn = build)]
//!     pub fn builder(#[builder(into)] id: String, created_at: i64, …) -> Self { Self { id, created_at, … } }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::Docs;
use crate::plan::types::{Field, Presence, Struct, Types};
use crate::plan::{Type, imports};

use super::super::tokens::{Scope, doc_attrs, ident, inner_docs, use_lines};

/// `builders.rs`, where any struct needs it.
pub(super) fn module(scope: &Scope<'_>, types: &Types) -> TokenStream {
    let structs: Vec<&Struct> = types.built().collect();
    let docs = inner_docs(&Docs::raw(
        "Builders, for the types that require more than `new` could tell apart.",
    ).paragraph(
        "Each begins with `builder()` and ends with `build()`, which the compiler refuses as long as a required field \
         is missing.",
    ));
    let imports = use_lines(&imports::of_builders(&structs, scope.clashes));
    let builders = structs.iter().map(|def| builder(scope, def));
    quote! {
        #docs
        #imports
        #(#builders)*
    }
}

fn builder(scope: &Scope<'_>, def: &Struct) -> TokenStream {
    let name = ident(&def.ident);
    let docs = format!(" What a [`{0}`](crate::{0}) is made with.", def.ident);
    let arguments = def.fields().map(|field| argument(scope, field));
    let extra = def.extra.iter().map(|extra| {
        let name = ident(&extra.ident);
        let ty = scope.ty(&extra.ty);
        quote! {
            /// What the document does not list.
            #[builder(default)]
            #name: #ty
        }
    });
    let arguments = arguments.chain(extra);
    let fields = def.fields().map(value);
    let extra = def.extra.iter().map(|extra| {
        let name = ident(&extra.ident);
        quote!(#name)
    });
    let fields = fields.chain(extra);
    quote! {
        #[bon]
        impl #name {
            #[doc = #docs]
            #[builder(finish_fn = build)]
            pub fn builder(#(#arguments),*) -> Self {
                Self {
                    #(#fields),*
                }
            }
        }
    }
}

/// `#[builder(into)] id: String`
fn argument(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let docs = doc_attrs(&field.docs);
    let into = (!field.plain).then(|| quote!(#[builder(into)]));
    let name = ident(&field.local);
    let ty = match field.presence {
        Presence::Required => scope.ty(&field.ty),
        Presence::RequiredNullable | Presence::Optional | Presence::OptionalNullable => {
            scope.ty(&Type::Option(Box::new(field.ty.clone())))
        }
    };
    quote! {
        #docs
        #into
        #name: #ty
    }
}

/// What a field is made of.
fn value(field: &Field) -> TokenStream {
    let name = ident(&field.ident);
    let local = ident(&field.local);
    match field.presence {
        Presence::OptionalNullable => quote!(#name: #local.into()),
        Presence::Required | Presence::RequiredNullable | Presence::Optional
            if field.ident == field.local =>
        {
            quote!(#name)
        }
        Presence::Required | Presence::RequiredNullable | Presence::Optional => {
            quote!(#name: #local)
        }
    }
}
