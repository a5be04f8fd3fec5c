//! The rules of one value, as types and requests have them in a row.

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::plan::types::{Argument, Check, Inner, Rule};

use super::tokens::{ident, typed_literal};

/// `.max_items(20).each(|item| item.max_length(64))`
pub(super) fn rules(check: &Check) -> TokenStream {
    let rules = check.rules.iter().map(rule);
    let inner = match &check.inner {
        Inner::Nothing => quote!(),
        Inner::Nested => quote!(.nested()),
        Inner::Items(item) => {
            let rules = each(item, &quote!(item));
            quote!(.each(#rules))
        }
        Inner::Values(value) => {
            let rules = each(value, &quote!(value));
            quote!(.each_value(#rules))
        }
    };
    quote!(#(#rules)* #inner)
}

/// `|item| item.max_length(64)`
fn each(check: &Check, name: &TokenStream) -> TokenStream {
    let rules = rules(check);
    match check.nullable {
        true => quote!(|#name| #name.present(|#name| #name #rules)),
        false => quote!(|#name| #name #rules),
    }
}

/// `.max_items(20)`
pub(super) fn rule(rule: &Rule) -> TokenStream {
    let method = ident(rule.method);
    let argument = match &rule.argument {
        Argument::Nothing => quote!(),
        Argument::Number(value) => typed_literal(value),
        Argument::Count(count) => {
            let count = Token::u64_unsuffixed(*count);
            quote!(#count)
        }
        Argument::Pattern(pattern) => quote!(pattern!(#pattern)),
        Argument::Sets(sets) => {
            let sets = sets.iter().map(|set| quote!(&[#(#set),*]));
            quote!(&[#(#sets),*])
        }
    };
    quote!(.#method(#argument))
}
