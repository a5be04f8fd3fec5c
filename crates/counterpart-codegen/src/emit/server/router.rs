//! The router: each operation at its place, with what it asks of its callers.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Credential, Required, Requirement};
use crate::plan::server::{Callers, OperationPlan};
use crate::plan::{Docs, Plan, Verb};

use super::super::tokens::{doc_attrs, ident, inner_docs, placed};

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
    let document_docs = doc_attrs(&Docs::raw(
        "The document that the crate is made from, with its overlays, as JSON.",
    ));
    let contract_docs = doc_attrs(&Docs::raw(
        "What a service has to keep to: `contract().check(router(service))` in its tests.",
    ));
    let imports = imports(plan);
    let common = plan.server.security.as_ref().map(|security| {
        let docs = doc_attrs(&Docs::raw(
            "What callers have to show, unless an operation says otherwise.",
        ));
        let security = alternatives(security);
        quote! {
            #docs
            const SECURITY: Security = #security;
        }
    });
    let operations = plan.server.operations.iter().map(operation);
    quote! {
        #docs
        #imports
        use crate::#api;

        #document_docs
        pub const OPENAPI: &str = include_str!("../openapi.json");

        #contract_docs
        #[cfg(feature = "contract")]
        pub fn contract() -> counterpart_server::contract::Contract {
            counterpart_server::contract::Contract::of(OPENAPI)
        }

        #common

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
            Routes::shared(api).document(OPENAPI) #(#operations)*
        }
    }
}

fn imports(plan: &Plan) -> TokenStream {
    let server = &plan.server;
    let own = server.operations.iter().any(|plan| plan.security.is_some());
    let own = own && server.authenticates();
    let names = [
        (server.authenticates(), "Route"),
        (true, "Router"),
        (true, "Routes"),
        (own || server.security.is_some(), "Scheme"),
        (server.security.is_some(), "Security"),
    ];
    let names = names.iter().filter(|(used, _)| *used);
    let names = names.map(|(_, name)| ident(name));
    quote! {
        use std::sync::Arc;
        use counterpart_server::{#(#names),*};
    }
}

/// `.route(Route::get("getRun", "/runs/{run_id}").secured(SECURITY), |api, cx, request| …)`
fn operation(operation: &OperationPlan) -> TokenStream {
    let (verb, id, path) = (&operation.verb, &operation.id, &operation.path);
    let method = ident(&operation.method);
    let handler = quote! {
        |api, cx, request| async move { api.#method(cx, request).await }
    };
    let security = match &operation.security {
        Some(security) => {
            let security = alternatives(security);
            quote!(const { #security })
        }
        None => quote!(SECURITY),
    };
    let guard = match operation.callers {
        Callers::Anyone => return served(verb, id, path, &handler),
        Callers::Secured => quote!(.secured(#security)),
        Callers::Optional => quote!(.secured(#security).optional()),
    };
    let place = placed(verb, id, path);
    quote!(.route(Route::#place #guard, #handler))
}

/// `.get("getRun", "/runs/{run_id}", |api, cx, request| …)`
fn served(verb: &Verb, id: &str, path: &str, handler: &TokenStream) -> TokenStream {
    match verb {
        Verb::Own(name) => {
            let name = ident(name);
            quote!(.#name(#id, #path, #handler))
        }
        Verb::Named(name) => quote!(.method(#name, #id, #path, #handler)),
    }
}

/// `&[&[Scheme::bearer("ApiKeyAuth")]]`
fn alternatives(security: &[Requirement]) -> TokenStream {
    let alternatives = security.iter().map(|requirement| {
        let schemes = requirement.schemes.iter().map(scheme);
        quote!(&[#(#schemes),*])
    });
    quote!(&[#(#alternatives),*])
}

fn scheme(required: &Required) -> TokenStream {
    let name = &required.name;
    let scopes = &required.scopes;
    let scopes = (!scopes.is_empty()).then(|| quote!(.scopes(&[#(#scopes),*])));
    let scheme = match &required.credential {
        Some(Credential::Bearer) => quote!(bearer(#name)),
        Some(Credential::Basic) => quote!(basic(#name)),
        Some(Credential::Header(header)) => quote!(header(#name, #header)),
        Some(Credential::Query(parameter)) => quote!(query(#name, #parameter)),
        Some(Credential::Cookie(cookie)) => quote!(cookie(#name, #cookie)),
        None => quote!(elsewhere(#name)),
    };
    quote!(Scheme::#scheme #scopes)
}
