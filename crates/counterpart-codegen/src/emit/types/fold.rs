//! Deltas: what of an addition goes where.
//!
//! ```text
//! impl Apply<MessageDelta> for Message { … }
//! apply_union!(MessageContentDelta => MessageContent { Text, Image });
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::types::{Fold, FoldKind, Presence, Step, StepKind};

use super::super::tokens::{Scope, ident};

pub(super) fn fold(scope: &Scope<'_>, fold: &Fold) -> TokenStream {
    let delta = ident(&fold.delta);
    let whole = ident(&fold.whole);
    match &fold.kind {
        FoldKind::Fields {
            index,
            own_index,
            steps,
        } => fields(scope, fold, index.as_deref(), own_index.as_deref(), steps),
        FoldKind::Variants(pairs) => {
            let same = pairs.iter().all(|(from, to)| from == to);
            let pairs = pairs.iter().map(|(from, to)| {
                let (from, to) = (ident(from), ident(to));
                match same {
                    true => quote!(#from),
                    false => quote!(#from => #to),
                }
            });
            quote!(apply_union!(#delta => #whole { #(#pairs),* });)
        }
    }
}

/// `impl Apply<MessageDelta> for Message { … }`
fn fields(
    scope: &Scope<'_>,
    fold: &Fold,
    index: Option<&str>,
    own_index: Option<&str>,
    steps: &[Step],
) -> TokenStream {
    let delta = ident(&fold.delta);
    let whole = ident(&fold.whole);
    let apply = scope.wire("Apply");
    let merger = scope.wire("Merger");
    let number = scope.wire("Index");
    let arguments = match steps {
        [] => quote!(_: &#delta, _: &mut #merger<'_>),
        _ => quote!(delta: &#delta, merger: &mut #merger<'_>),
    };
    let steps = steps.iter().map(step);
    let index = index.map(|field| {
        let field = ident(field);
        quote! {
            fn index(delta: &#delta) -> Option<i64> {
                #number::index(&delta.#field)
            }
        }
    });
    let own_index = own_index.map(|field| {
        let field = ident(field);
        quote! {
            fn own_index(&self) -> Option<i64> {
                #number::index(&self.#field)
            }
        }
    });
    quote! {
        impl #apply<#delta> for #whole {
            fn merge(&mut self, #arguments) {
                #(#steps)*
            }

            #index

            #own_index
        }
    }
}

/// `merger.append(&mut self.value, delta.value.as_ref());`
fn step(step: &Step) -> TokenStream {
    let wire = &step.wire;
    let field = ident(&step.delta);
    let delta = match (step.presence, step.boxed) {
        (Presence::Required, false) => quote!(Some(&delta.#field)),
        (Presence::Required, true) => quote!(Some(&*delta.#field)),
        (Presence::Optional | Presence::RequiredNullable, false) => quote!(delta.#field.as_ref()),
        (Presence::Optional | Presence::RequiredNullable, true) => quote!(delta.#field.as_deref()),
        (Presence::OptionalNullable, false) => quote!(delta.#field.value()),
        (Presence::OptionalNullable, true) => quote!(delta.#field.value().map(AsRef::as_ref)),
    };
    match &step.kind {
        StepKind::IsFor(whole) => {
            let whole = ident(whole);
            quote! {
                if !merger.is_for(#wire, &mut self.#whole, #delta) {
                    return;
                }
            }
        }
        StepKind::Append(whole) => call("append", None, whole, delta),
        StepKind::Name(whole) => call("name", None, whole, delta),
        StepKind::Replace(whole) => call("replace", None, whole, delta),
        StepKind::Number(whole) => call("number", Some(wire), whole, delta),
        StepKind::Spell(whole) => call("spell", None, whole, delta),
        StepKind::Extend(whole) => call("extend", None, whole, delta),
        StepKind::Fold(whole) => call("fold", Some(wire), whole, delta),
        StepKind::Within => quote!(merger.within(#wire, self, #delta);),
        StepKind::Leave => quote!(merger.leave(#wire, #delta);),
    }
}

fn call(method: &str, wire: Option<&str>, whole: &str, delta: TokenStream) -> TokenStream {
    let method = ident(method);
    let whole = ident(whole);
    let wire = wire.map(|wire| quote!(#wire,));
    quote!(merger.#method(#wire &mut self.#whole, #delta);)
}
