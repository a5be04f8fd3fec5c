//! `lib.rs` of the server crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::config::Package;
use crate::plan::body::BodyPlan;
use crate::plan::{Docs, Plan};

use super::super::tokens::{ident, inner_docs, recursion_attr, shared};

/// What every service needs of the runtime.
const SHARED: [&str; 10] = [
    "ApiError",
    "Context",
    "EventStream",
    "IntoReply",
    "Rejection",
    "Reply",
    "Router",
    "Routes",
    "Shutdown",
    "StatusCode",
];

pub(super) fn root(plan: &Plan) -> TokenStream {
    let docs = inner_docs(&crate_docs(plan));
    let modules = plan.server.operations.iter().map(|operation| {
        let name = ident(&operation.module);
        quote!(mod #name;)
    });
    let exports = plan.server.operations.iter().map(|operation| {
        let module = ident(&operation.module);
        let request = ident(&operation.request);
        let reply = ident(&operation.reply);
        let body = operation.body.iter().filter_map(BodyPlan::enumeration);
        let body: Vec<_> = body.map(ident).collect();
        let headers = operation
            .headers
            .iter()
            .map(|headers| ident(&headers.ident));
        quote!(pub use #module::{#request, #(#body,)* #reply, #(#headers),*};)
    });
    let shared = shared(&SHARED, plan.server.runtime_types());
    let types = ident(&plan.crate_path(Package::TYPES));
    let api = ident(&plan.server.ident);
    let recursion_limit = recursion_attr(plan);
    quote! {
        #docs
        #recursion_limit
        #![deny(missing_docs)]

        mod api;
        mod router;
        mod unanswered;
        #(#modules)*

        pub use #types as types;
        pub use api::#api;
        #[doc(hidden)]
        pub use counterpart_server as runtime;
        pub use counterpart_server::{#(#shared),*};
        #[cfg(feature = "serve")]
        pub use counterpart_server::serve;
        #[cfg(feature = "contract")]
        pub use router::contract;
        pub use router::{OPENAPI, router, routes, shared_routes};
        #(#exports)*
    }
}

fn crate_docs(plan: &Plan) -> Docs {
    let krate = plan.crate_path(Package::SERVER);
    let api = &plan.server.ident;
    let docs = Docs::raw(&format!(
        "A server of {}, version {}.",
        plan.doc_title(),
        plan.doc_version()
    ));
    let docs = docs.paragraph(&format!(
        "Implement [`{api}`], which has an `async fn` for every operation, and hand it to \
         [`router()`]. Requests are checked against the document before a method sees them."
    ));
    let docs = match plan.server.authenticates() {
        true => docs.paragraph(
            "What a credential is worth is the service's to say: it implements [`Authenticate`], \
             or [`Open`] if everybody is to be served.",
        ),
        false => docs,
    };
    docs.block(&format!(
        "```\n\
         use {krate}::{{{api}, Router, router}};\n\
         \n\
         /// Serves the API below `/v1`, as its clients expect it.\n\
         fn app(service: impl {api}) -> Router {{\n    \
             Router::new().nest(\"/v1\", router(service))\n\
         }}\n\
         ```"
    ))
}
