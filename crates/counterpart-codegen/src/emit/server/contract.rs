//! The test of client and server together: a service that answers as it is told to, and a test for each operation.
//!
//! ```text
//! impl server::AssistantsApi for Scripted { async fn create_run(…) { … } }
//! #[tokio::test] async fn create_run() { … }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::config::Package;
use crate::plan::exchange::{Check, Exchange, Given, GivenBody};
use crate::plan::headers::Headers;
use crate::plan::server::{OperationPlan, Reply, ReplyPayload};
use crate::plan::{Docs, Plan};

use super::super::tokens::{doc_attrs, ident, inner_docs};
use super::api::principal;

pub(super) fn contract(plan: &Plan) -> TokenStream {
    let docs = inner_docs(&Docs::raw(
        "Each operation from the client to the router and back, in process.\n\n\
         Every reply that the document lists is made from its schemas, and comes byte by byte.",
    ));
    let client = ident(&plan.crate_path(Package::CLIENT));
    let server = ident(&plan.crate_path(Package::SERVER));
    let api = ident(&plan.server.ident);
    let service_docs = doc_attrs(&Docs::raw(
        "A service that answers with what the exchange has.",
    ));
    let client_docs = doc_attrs(&Docs::raw("A client of that service."));
    let open = plan
        .server
        .authenticates()
        .then(|| quote!(impl server::Open for Scripted {}));
    let methods = plan.server.operations.iter().map(method);
    let tests = plan.exchanges.iter().map(test);
    quote! {
        #docs
        use counterpart_contract::{Exchange, bytewise, exchanges};
        use #client as client;
        use #server as server;

        #service_docs
        struct Scripted(Exchange);

        #open

        impl server::#api for Scripted {
            #(#methods)*
        }

        #client_docs
        fn talk(exchange: &Exchange) -> client::Client {
            let router = server::router(Scripted(exchange.clone()));
            bytewise(client::Client::builder(), router)
        }

        #(#tests)*
    }
}

/// `async fn create_run(&self, …) -> Result<server::CreateRunReply, server::ApiError> { … }`
fn method(operation: &OperationPlan) -> TokenStream {
    let name = ident(&operation.method);
    let request = ident(&operation.request);
    let reply = ident(&operation.reply);
    let principal = principal(operation.callers).map(|principal| quote!(<#principal>));
    let arms = operation.replies.iter();
    let arms: Vec<TokenStream> = arms.map(|variant| arm(operation, variant)).collect();
    let body = match arms.is_empty() {
        true => quote!(Err(self.0.unknown())),
        false => quote! {
            let reply = match self.0.reply() {
                #(#arms)*
                _ => return Err(self.0.unknown()),
            };
            Ok(reply)
        },
    };
    quote! {
        async fn #name(
            &self,
            _: server::Context #principal,
            _: server::#request,
        ) -> Result<server::#reply, server::ApiError> {
            #body
        }
    }
}

/// `("200", "application/json") => server::CreateRunReply::Ok(self.0.json()),`
fn arm(operation: &OperationPlan, variant: &Reply) -> TokenStream {
    let reply = ident(&operation.reply);
    let name = ident(&variant.ident);
    let (status, media_type) = &variant.key;
    let chosen = variant.status.is_none().then(|| quote!(self.0.status()));
    let payload = match variant.payload {
        ReplyPayload::Empty => None,
        ReplyPayload::Json(_) => Some(quote!(self.0.json())),
        ReplyPayload::Text => Some(quote!(self.0.plain())),
        ReplyPayload::Binary => Some(quote!(self.0.binary())),
        ReplyPayload::Events(_) => Some(quote!(self.0.events())),
    };
    let headers = operation.headers.iter();
    let mut headers = headers.filter(|headers| Some(&headers.ident) == variant.headers.as_ref());
    let headers = headers.next().map(headers_of);
    let held: Vec<TokenStream> = chosen.into_iter().chain(payload).chain(headers).collect();
    let held = (!held.is_empty()).then(|| quote!((#(#held),*)));
    quote!((#status, #media_type) => server::#reply::#name #held,)
}

/// `server::ListPetsOkHeaders { x_next: self.0.header("X-Next") }`
fn headers_of(headers: &Headers) -> TokenStream {
    let name = ident(&headers.ident);
    let fields = headers.fields.iter().map(|field| {
        let name = ident(&field.ident);
        let wire = &field.wire;
        quote!(#name: self.0.header(#wire))
    });
    quote!(server::#name { #(#fields),* })
}

/// `exchange.body()`, in its variant where the body is one of several types.
fn body(given: GivenBody, variant: Option<&(String, String)>) -> TokenStream {
    let made = match given {
        GivenBody::Value => quote!(exchange.body()),
        GivenBody::Text => quote!(exchange.body_text()),
        GivenBody::Bytes => quote!(exchange.body_bytes()),
    };
    match variant {
        None => made,
        Some((name, variant)) => {
            let (name, variant) = (ident(name), ident(variant));
            quote!(client::#name::#variant(#made))
        }
    }
}

/// `#[tokio::test] async fn create_run() { … }`
fn test(exchange: &Exchange) -> TokenStream {
    let name = ident(&exchange.method);
    let id = &exchange.id;
    let arguments = exchange.arguments.iter().map(|given| match given {
        Given::Text(name) => quote!(&exchange.text(#name)),
        Given::List(name) => quote!(exchange.value::<Vec<_>>(#name)),
        Given::Value(name) => quote!(exchange.value(#name)),
        Given::Body(given, variant) => body(*given, variant.as_ref()),
    });
    let call = quote!(let call = talk(&exchange).#name(#(#arguments),*););
    let check = ident(match exchange.check {
        Check::Value => "check",
        Check::Status => "check_status",
    });
    let checked = match exchange.streams {
        false => quote!(exchange.#check(call.send().await);),
        true => quote! {
            match exchange.is_stream() {
                true => exchange.check_events(call.stream().await).await,
                false => exchange.#check(call.send().await),
            }
        },
    };
    quote! {
        #[tokio::test]
        async fn #name() {
            for exchange in exchanges(server::OPENAPI, #id) {
                #call
                #checked
            }
        }
    }
}
