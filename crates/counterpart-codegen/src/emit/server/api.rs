//! The trait that a service implements, and the router that serves it.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::server::OperationPlan;
use crate::plan::{Docs, Plan};

use super::super::tokens::{doc_attrs, ident, inner_docs};

/// `pub trait AssistantsApi { … }`
pub(super) fn api(plan: &Plan) -> TokenStream {
    let api = ident(&plan.server.ident);
    let docs = inner_docs(&Docs::raw(&format!("[`{}`].", plan.server.ident)));
    let trait_docs = doc_attrs(&Docs::raw(&format!(
        "What a service answers: {}.\n\nAn implementation writes each method as a plain `async fn`.",
        plan.doc_title()
    )));
    let note = format!(
        "implement `{}` for it: an `async fn` for every operation",
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
    let imports = (!plan.server.operations.is_empty()).then(|| {
        quote! {
            use counterpart_server::{ApiError, Context};
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
        pub trait #api: Send + Sync + 'static {
            #(#methods)*
        }
    }
}

fn method(operation: &OperationPlan) -> TokenStream {
    let docs = doc_attrs(&operation.docs);
    let name = ident(&operation.method);
    let request = ident(&operation.request);
    let reply = ident(&operation.reply);
    quote! {
        #docs
        fn #name(
            &self,
            cx: Context,
            request: #request,
        ) -> impl Future<Output = Result<#reply, ApiError>> + Send;
    }
}

/// `pub fn router<A: AssistantsApi>(api: A) -> Router { … }`
pub(super) fn router(plan: &Plan) -> TokenStream {
    let api = ident(&plan.server.ident);
    let docs = inner_docs(&Docs::raw("The routes of the service."));
    let router_docs = doc_attrs(&Docs::raw(
        "A router that serves `api`, to be nested, merged and layered like any other.",
    ));
    let routes_docs = doc_attrs(&Docs::raw(
        "The routes of `api`, to be served with other limits or another rendering of errors.",
    ));
    let shared_docs = doc_attrs(&Docs::raw(
        "The routes of a service that others hold, too: tests, or tasks in the background.",
    ));
    let operations = plan.server.operations.iter().map(|operation| {
        let verb = ident(operation.verb.key());
        let (id, path) = (&operation.id, &operation.path);
        let method = ident(&operation.method);
        quote! {
            .#verb(#id, #path, |api, cx, request| async move {
                api.#method(cx, request).await
            })
        }
    });
    quote! {
        #docs
        use std::sync::Arc;
        use counterpart_server::{Router, Routes};
        use crate::#api;

        #router_docs
        pub fn router<A: #api>(api: A) -> Router {
            routes(api).into_router()
        }

        #routes_docs
        pub fn routes<A: #api>(api: A) -> Routes<A> {
            shared_routes(Arc::new(api))
        }

        #shared_docs
        pub fn shared_routes<A: #api>(api: Arc<A>) -> Routes<A> {
            Routes::shared(api) #(#operations)*
        }
    }
}
