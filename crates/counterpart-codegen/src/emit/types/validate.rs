//! What is checked of a value, as a row of rules on each of its parts.
//!
//! ```text
//! impl Validate for CreateRunRequest {
//!     fn check(&self, checker: &mut Checker<'_>) {
//!         checker.optional("temperature", &self.temperature).minimum(0.0).maximum(2.0);
//!     }
//! }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::types::{Check, Checks, Member, Presence, Struct};

use super::super::rules::{rule, rules};
use super::super::tokens::{Scope, ident};

/// `impl Validate for` a struct, where there is anything to check.
pub(super) fn structure(scope: &Scope<'_>, def: &Struct) -> Option<TokenStream> {
    let keys = (!def.checks.keys.is_empty()).then(|| {
        let rules = def.checks.keys.iter().map(rule);
        quote!(checker.keys(self)#(#rules)*;)
    });
    let parts = def.checks.parts.iter().filter_map(|(index, check)| {
        let Member::Field(field) = &def.members[*index] else {
            return None;
        };
        let name = ident(&field.ident);
        let wire = &field.wire;
        let method = match field.presence {
            Presence::Required => quote!(required),
            Presence::RequiredNullable | Presence::Optional | Presence::OptionalNullable => {
                quote!(optional)
            }
        };
        let rules = rules(check);
        Some(quote!(checker.#method(#wire, &self.#name)#rules;))
    });
    let extra = def.extra.iter().zip(&def.checks.extra);
    let extra = extra.map(|(extra, check)| {
        let name = ident(&extra.ident);
        let rules = rules(check);
        quote!(checker.value(&self.#name)#rules;)
    });
    let body: Vec<TokenStream> = keys.into_iter().chain(parts).chain(extra).collect();
    (!body.is_empty()).then(|| implementation(scope, &def.ident, &quote!(#(#body)*)))
}

/// `impl Validate for` a union or an event, given the names of its variants.
pub(super) fn variants<'a>(
    scope: &Scope<'_>,
    name: &str,
    checks: &'a Checks,
    variant: impl Fn(usize) -> &'a str,
) -> Option<TokenStream> {
    if checks.parts.is_empty() {
        return None;
    }
    if let [(index, check)] = &checks.parts[..] {
        let variant = ident(variant(*index));
        let statement = statement(check);
        let body = quote! {
            if let Self::#variant(value) = self {
                #statement
            }
        };
        return Some(implementation(scope, name, &body));
    }
    let arms = checks.parts.iter().map(|(index, check)| {
        let variant = ident(variant(*index));
        if check.is_nested() {
            return quote!(Self::#variant(value) => value.check(checker),);
        }
        let statement = statement(check);
        quote! {
            Self::#variant(value) => {
                #statement
            }
        }
    });
    let body = quote! {
        match self {
            #(#arms)*
            _ => {}
        }
    };
    Some(implementation(scope, name, &body))
}

/// `checker.value(value).max_length(256);`
fn statement(check: &Check) -> TokenStream {
    let rules = rules(check);
    match (check.is_nested(), check.nullable) {
        (true, _) => quote!(value.check(checker);),
        (false, true) => quote!(checker.value(value).present(|value| value #rules);),
        (false, false) => quote!(checker.value(value)#rules;),
    }
}

fn implementation(scope: &Scope<'_>, name: &str, body: &TokenStream) -> TokenStream {
    let name = ident(name);
    let validate = scope.wire("Validate");
    let checker = scope.wire("Checker");
    quote! {
        impl #validate for #name {
            fn check(&self, checker: &mut #checker<'_>) {
                #body
            }
        }
    }
}
