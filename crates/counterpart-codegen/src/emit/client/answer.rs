//! What a call is answered with: the type, and where statuses differ, the enum of them.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::Status;
use crate::plan::client::CallPlan;
use crate::plan::imports::Imports;
use crate::plan::{Docs, Type};

use super::super::tokens::{Scope, complex_attr, doc_attrs, ident, uneven_attr};

/// A type as a client receives it; nothing is a type of its own.
pub(super) fn ty(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::Unit => quote!(Empty),
        Type::PlainText => quote!(Text),
        Type::Binary => quote!(Download),
        ty => scope.ty(ty),
    }
}

/// Adds what a module needs of the runtime for its answer.
pub(super) fn imports(imports: &mut Imports, operation: &CallPlan) {
    let client = "counterpart_client";
    let answer = &operation.answer;
    if answer.ty == Type::Unit {
        imports.add(client, "Empty");
    }
    if !answer.variants.is_empty() {
        imports.add_all(client, &["Misfit", "Payload", "Received"]);
    }
    let others = answer.others.iter().map(|(_, ty, _)| ty);
    for ty in answer.types().chain(others) {
        match ty {
            Type::PlainText => imports.add(client, "Text"),
            Type::Binary => imports.add(client, "Download"),
            _ => {}
        }
    }
    if !answer.others.is_empty() {
        imports.add(client, "PendingValue");
    }
}

/// The enum of statuses, and how an answer becomes one of them.
pub(super) fn enumeration(scope: &Scope<'_>, operation: &CallPlan) -> Option<TokenStream> {
    let answer = &operation.answer;
    let Type::Own(name) = &answer.ty else {
        return None;
    };
    let name = ident(name);
    let docs = doc_attrs(&Docs::raw(&format!(
        "What [`Client::{}`] is answered with, by its status.",
        operation.method
    )));
    let uneven = uneven_attr(answer.uneven);
    let variants = answer.variants.iter().map(|variant| {
        let docs = doc_attrs(&variant.docs);
        let ident = ident(&variant.ident);
        let complex = complex_attr(variant.ty.is_complex());
        let held = (variant.ty != Type::Unit).then(|| {
            let ty = ty(scope, &variant.ty);
            quote!((#ty))
        });
        quote!(#docs #complex #ident #held)
    });
    let json = |ty: &Type| !matches!(ty, Type::Unit | Type::PlainText | Type::Binary);
    let accept = match answer
        .variants
        .iter()
        .all(|variant| json(&variant.ty) || variant.ty == Type::Unit)
    {
        true => "application/json",
        false => "*/*",
    };
    // Ranges and the rest come after the statuses that are told apart from them.
    let mut ordered: Vec<_> = answer.variants.iter().collect();
    ordered.sort_by_key(|variant| match variant.status {
        Status::Code(_) => 0,
        Status::Range(_) => 1,
        Status::Default => 2,
    });
    let last = ordered.len() - 1;
    let arms = ordered.iter().enumerate().map(|(index, variant)| {
        let ident = ident(&variant.ident);
        let status = match variant.status {
            // What no status says is taken for the last.
            _ if index == last => quote!(_),
            Status::Code(code) => {
                let code = Literal::u16_unsuffixed(code);
                quote!(#code)
            }
            Status::Range(digit) => {
                let first = Literal::u16_unsuffixed(u16::from(digit) * 100);
                let end = Literal::u16_unsuffixed(u16::from(digit) * 100 + 99);
                quote!(#first..=#end)
            }
            Status::Default => quote!(_),
        };
        let read = match &variant.ty {
            Type::Unit => quote!(Ok(Self::#ident)),
            Type::PlainText => quote!(body.text().map(Self::#ident)),
            Type::Binary => quote!(Ok(Self::#ident(body.download()))),
            _ => quote!(body.json().map(Self::#ident)),
        };
        quote!(#status => #read)
    });
    Some(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #uneven
        pub enum #name {
            #(#variants),*
        }

        impl Payload for #name {
            const ACCEPT: &'static str = #accept;

            fn decode(body: Received<'_>) -> Result<Self, Misfit> {
                match body.status() {
                    #(#arms),*
                }
            }
        }
    })
}

/// The methods that ask for another representation.
pub(super) fn others(scope: &Scope<'_>, operation: &CallPlan) -> Vec<TokenStream> {
    let error = scope.ty(&operation.error);
    let others = operation.answer.others.iter();
    let methods = others.map(|(method, other, media_type)| {
        let docs = doc_attrs(&Docs::raw(&format!(
            "Sends the request, and asks for `{}` as the answer.",
            media_type.replace('`', "'")
        )));
        let method = ident(method);
        let ty = ty(scope, other);
        quote! {
            #docs
            pub fn #method(self) -> PendingValue<#ty, #error> {
                self.0.answered(#media_type)
            }
        }
    });
    methods.collect()
}
