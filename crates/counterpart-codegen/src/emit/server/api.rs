//! The trait that a service implements, and the router that serves it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::server::{Callers, OperationPlan};
use crate::plan::{Docs, Plan};

use super::super::tokens::{doc_attrs, ident, inner_docs};

/// `pub trait AssistantsApi { … }`
pub(super) fn api(plan: &Plan) -> TokenStream {
    let api = ident(&plan.server.ident);
    let docs = inner_docs(&Docs::raw(&format!("[`{}`].", plan.server.ident)));
    let trait_docs = doc_attrs(&Docs::raw(&format!(
        "What a service answers: {}.\n\nAn implementation writes each method as a plain `async fn`, \
         but\nfor those that it leaves out, which it lists in `unanswered!`.",
        plan.doc_title()
    )));
    let note = format!(
        "implement `{}` for it: an `async fn` for every operation, and `unanswered!` for those that it leaves out",
        plan.server.ident
    );
    let mut names: Vec<&str> = plan
        .server
        .operations
        .iter()
        .flat_map(|operation| [operation.request.as_str(), operation.reply.as_str()])
        .collect();
    names.sort_unstable();
    let names = names.iter().map(|name| ident(name));
    let methods = plan.server.operations.iter().map(method);
    let authenticate = plan.server.authenticates().then(|| ident("Authenticate"));
    let bounds = match &authenticate {
        Some(authenticate) => quote!(#authenticate),
        None => quote!(Send + Sync + 'static),
    };
    let authenticate = authenticate.iter();
    let imports = (!plan.server.operations.is_empty()).then(|| {
        quote! {
            use counterpart_server::{ApiError, #(#authenticate,)* Context};
            use crate::{#(#names),*};
        }
    });
    quote! {
        #docs
        #imports

        #trait_docs
        #[diagnostic::on_unimplemented(
            message = "`{Self}` does not answer the API",
            note = #note
        )]
        pub trait #api: #bounds {
            #(#methods)*
        }
    }
}

fn method(operation: &OperationPlan) -> TokenStream {
    let docs = doc_attrs(&operation.docs);
    let name = ident(&operation.method);
    let request = ident(&operation.request);
    let reply = ident(&operation.reply);
    let principal = principal(operation.callers);
    let principal = principal.map(|principal| quote!(<#principal>));
    quote! {
        #docs
        fn #name(
            &self,
            cx: Context #principal,
            request: #request,
        ) -> impl Future<Output = Result<#reply, ApiError>> + Send;
    }
}

/// What a method learns of its caller.
pub(super) fn principal(callers: Callers) -> Option<TokenStream> {
    match callers {
        Callers::Anyone => None,
        Callers::Secured => Some(quote!(Self::Principal)),
        Callers::Optional => Some(quote!(Option<Self::Principal>)),
    }
}
