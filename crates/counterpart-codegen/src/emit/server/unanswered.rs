//! The macro for services that leave operations out.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::server::OperationPlan;
use crate::plan::{Docs, Plan};

use super::super::tokens::{doc_attrs, ident, inner_docs};
use super::api::principal;

/// `macro_rules! unanswered { … }`
pub(super) fn unanswered(plan: &Plan) -> TokenStream {
    let api = &plan.server.ident;
    let docs = inner_docs(&Docs::raw(
        "For services that answer only a part of the API.",
    ));
    let macro_docs = doc_attrs(&macro_docs(plan));
    let arms = plan.server.operations.iter().map(arm);
    let unknown = format!(" is no method of {api}");
    quote! {
        #docs

        #macro_docs
        #[macro_export]
        macro_rules! unanswered {
            #(#arms)*
            ($($method:ident),+ $(,)?) => {
                $($crate::unanswered!(@ $method);)+
            };
            (@ $method:ident) => {
                compile_error!(concat!(stringify!($method), #unknown));
            };
        }
    }
}

fn arm(operation: &OperationPlan) -> TokenStream {
    let method = ident(&operation.method);
    let principal = principal(operation.callers).unwrap_or_else(|| quote!(()));
    let request = ident(&operation.request);
    let reply = ident(&operation.reply);
    quote! {
        (@ #method) => {
            $crate::runtime::unanswered!(
                #method, #principal, $crate::#request, $crate::#reply
            );
        };
    }
}

fn macro_docs(plan: &Plan) -> Docs {
    let api = &plan.server.ident;
    let method = plan.server.operations.first();
    let method = method.map_or("list_things", |operation| operation.method.as_str());
    Docs::raw(&format!(
        "Methods that answer 501, for operations that a service leaves out: \
         `unanswered!({method});` in its `impl {api}`."
    ))
    .paragraph("What is neither written nor listed is a compile error, as ever.")
}
