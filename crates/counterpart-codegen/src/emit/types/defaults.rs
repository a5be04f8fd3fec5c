//! Defaults, as the type offers them and as a server fills them in.
//!
//! ```text
//! impl Settings { pub const DEFAULT_LIMIT: i64 = 20; }
//!
//! impl Defaults for Settings {
//!     fn fill_defaults(&mut self) {
//!         fill(&mut self.limit, Self::DEFAULT_LIMIT);
//!     }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::types::{
    DefaultObject, DefaultValue, Field, FieldDefault, Literal, Member, Presence, Struct, UnionEnum,
};

use super::super::tokens::{Scope, ident, typed_literal};
use super::structure::nothing;

/// `pub const DEFAULT_LIMIT: i64 = 20;`, or a function where no constant can be the value.
pub(super) fn offered(scope: &Scope<'_>, field: &Field) -> Option<TokenStream> {
    let default = field.default.as_ref()?;
    let docs = format!(" What `{}` is by default.", field.ident);
    let name = ident(&default.ident);
    let value = value(scope, &default.value, Place::Alone);
    let ty = match &default.value {
        DefaultValue::Literal(Literal::Text(_)) => quote!(&'static str),
        _ => scope.ty(&field.ty),
    };
    Some(match default.value.is_constant() {
        true => quote! {
            #[doc = #docs]
            pub const #name: #ty = #value;
        },
        false => quote! {
            #[doc = #docs]
            pub fn #name() -> #ty {
                #value
            }
        },
    })
}

/// `impl Defaults for` a struct of which a server fills in fields.
pub(super) fn structure(scope: &Scope<'_>, def: &Struct) -> Option<TokenStream> {
    let lines = def.fills.iter().filter_map(|fill| {
        let Member::Field(field) = &def.members[fill.member] else {
            return None;
        };
        let name = ident(&field.ident);
        let itself = field.default.iter().filter(|_| fill.itself).map(|default| {
            let value = by_name(default);
            quote!(fill(&mut self.#name, #value);)
        });
        let inside = fill.inside.then(|| quote!(fill_inside(&mut self.#name);));
        Some(quote!(#(#itself)* #inside))
    });
    let lines: Vec<TokenStream> = lines.collect();
    (!lines.is_empty()).then(|| implementation(scope, &def.ident, &quote!(#(#lines)*)))
}

/// `impl Defaults for` a union with variants of which a server fills in fields.
pub(super) fn union(scope: &Scope<'_>, def: &UnionEnum) -> Option<TokenStream> {
    let idents = def
        .fills
        .iter()
        .map(|index| ident(&def.variants[*index].ident));
    let body = match &idents.collect::<Vec<_>>()[..] {
        [] => return None,
        [only] => quote! {
            if let Self::#only(value) = self {
                fill_inside(value);
            }
        },
        several => quote! {
            match self {
                #(Self::#several(value) => fill_inside(value),)*
                _ => {}
            }
        },
    };
    Some(implementation(scope, &def.ident, &body))
}

fn implementation(scope: &Scope<'_>, name: &str, body: &TokenStream) -> TokenStream {
    let name = ident(name);
    let defaults = scope.wire("Defaults");
    quote! {
        impl #defaults for #name {
            fn fill_defaults(&mut self) {
                #body
            }
        }
    }
}

/// `Self::DEFAULT_LIMIT`
fn by_name(default: &FieldDefault) -> TokenStream {
    let name = ident(&default.ident);
    match default.value.is_constant() {
        true => quote!(Self::#name),
        false => quote!(Self::#name()),
    }
}

/// Where a value stands: a text inside another value is owned by it.
#[derive(Clone, Copy)]
enum Place {
    Alone,
    Inside,
}

fn value(scope: &Scope<'_>, default: &DefaultValue, place: Place) -> TokenStream {
    match default {
        DefaultValue::Literal(value) => {
            let tokens = typed_literal(value);
            match (value, place) {
                (Literal::Text(_), Place::Inside) => quote!(#tokens.to_owned()),
                _ => tokens,
            }
        }
        DefaultValue::Variant(ty, variant) => {
            let (ty, variant) = (ident(ty), ident(variant));
            quote!(#ty::#variant)
        }
        DefaultValue::Holding(ty, variant, inner) => {
            let (ty, variant) = (ident(ty), ident(variant));
            let inner = value(scope, inner, Place::Inside);
            quote!(#ty::#variant(#inner))
        }
        DefaultValue::List(items) => {
            let items = items.iter().map(|item| value(scope, item, Place::Inside));
            match items.len() {
                0 => quote!(Vec::new()),
                _ => quote!(vec![#(#items),*]),
            }
        }
        DefaultValue::EmptyMap => quote!(Default::default()),
        DefaultValue::Object(object) => self::object(scope, object),
    }
}

fn object(scope: &Scope<'_>, object: &DefaultObject) -> TokenStream {
    let ty = ident(&object.ty);
    let fields = object.fields.iter().map(|(name, presence, default)| {
        let name = ident(name);
        let Some(default) = default else {
            let nothing = nothing(scope, *presence);
            return quote!(#name: #nothing);
        };
        let value = value(scope, default, Place::Inside);
        match presence {
            Presence::Required => quote!(#name: #value),
            Presence::RequiredNullable | Presence::Optional => quote!(#name: Some(#value)),
            Presence::OptionalNullable => {
                let nullable = scope.wire("Nullable");
                quote!(#name: #nullable::Value(#value))
            }
        }
    });
    let extra = object.extra.iter().map(|name| {
        let name = ident(name);
        quote!(#name: Default::default())
    });
    let fields = fields.chain(extra);
    quote!(#ty { #(#fields),* })
}
