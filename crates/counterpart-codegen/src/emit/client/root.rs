//! `lib.rs` of the client crate.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Credential, SecurityScheme};
use crate::config::Package;
use crate::plan::{Docs, Plan, Type};

use super::super::tokens::{Scope, doc_attrs, ident, inner_docs, recursion_attr, shared};

/// What callers of every client need of the runtime, and all that its errors are made of.
const SHARED: [&str; 32] = [
    "ApiError",
    "Attempt",
    "Body",
    "BoxError",
    "Builder",
    "ConfigError",
    "Credentials",
    "DecodeFailure",
    "EventStream",
    "HttpService",
    "Items",
    "Misfit",
    "NotSent",
    "OperationId",
    "Options",
    "Outcome",
    "Pages",
    "Partial",
    "Poll",
    "RequestError",
    "RequestProblem",
    "Response",
    "ResponseBody",
    "RetryPolicy",
    "Secret",
    "StreamError",
    "StreamFault",
    "Trail",
    "TransportError",
    "TransportKind",
    "Unfinished",
    "Verdict",
];

pub(super) fn root(plan: &Plan) -> TokenStream {
    let docs = inner_docs(&crate_docs(plan));
    let modules = plan.client.operations.iter().map(|operation| {
        let name = ident(&operation.module);
        quote!(mod #name;)
    });
    let exports = plan.client.operations.iter().map(|operation| {
        let module = ident(&operation.module);
        let ty = ident(&operation.ty);
        let own: Vec<_> = operation.own_types().map(ident).collect();
        match own.is_empty() {
            true => quote!(pub use #module::#ty;),
            false => quote!(pub use #module::{#ty, #(#own),*};),
        }
    });
    let types = ident(&plan.crate_path(Package::TYPES));
    let config = config(plan);
    let security = plan.client.security.as_ref().map(|_| quote!(Security,));
    let client_docs = doc_attrs(&Docs::raw(&format!(
        "A client of {}.\n\nCloning it is cheap, and clones share their connections.",
        plan.doc_title()
    )));
    let anonymous = plan.client.security.is_none().then(|| quote!(, anonymous));
    let error = error(plan);
    let shared = shared(&SHARED, plan.client.runtime_types());
    let recursion_limit = recursion_attr(plan);
    quote! {
        #docs
        #recursion_limit
        #![deny(missing_docs)]

        #(#modules)*

        use counterpart_client::{Config, Http, #security client};

        pub use #types as types;
        pub use counterpart_client::{#(#shared),*};
        #[cfg(feature = "blocking")]
        pub use counterpart_client::blocking;
        pub use counterpart_client::wire::{DecodeError, Drift, Mode};
        #(#exports)*

        #config

        #client_docs
        #[derive(Debug, Clone)]
        pub struct Client {
            http: Http,
        }

        client!(Client, CONFIG #anonymous);

        #error
    }
}

/// `const CONFIG: Config = …;`
fn config(plan: &Plan) -> TokenStream {
    let client = &plan.client;
    let url = client.base_url.as_deref().unwrap_or("http://localhost");
    let base_url_env = client
        .hints
        .base_url
        .iter()
        .map(|name| quote!(.base_url_env(#name)));
    let security = client.security.iter().map(|scheme| {
        let security = security(scheme);
        let env = client.hints.api_key.iter().map(|name| quote!(.env(#name)));
        quote!(.security(&[#security #(#env)*]))
    });
    let headers = client
        .hints
        .headers
        .iter()
        .map(|(variable, header)| quote!((#variable, #header)));
    let headers: Vec<TokenStream> = headers.collect();
    let headers = (!headers.is_empty()).then(|| quote!(.env_headers(&[#(#headers),*])));
    quote! {
        #[doc = " What the document says of the service."]
        const CONFIG: Config = Config::new(#url)
            .agent(concat!(env!("CARGO_PKG_NAME"), "/", env!("CARGO_PKG_VERSION")))
            #(#base_url_env)*
            #(#security)*
            #headers;
    }
}

fn security(scheme: &SecurityScheme) -> TokenStream {
    let name = &scheme.name;
    match &scheme.credential {
        Credential::Bearer => quote!(Security::bearer(#name)),
        Credential::Basic => quote!(Security::basic(#name)),
        Credential::Header(header) => quote!(Security::header(#name, #header)),
        Credential::Query(parameter) => quote!(Security::query(#name, #parameter)),
        Credential::Cookie(cookie) => quote!(Security::cookie(#name, #cookie)),
    }
}

/// `pub type Error = …;`
fn error(plan: &Plan) -> TokenStream {
    let body = match &plan.client.error {
        Type::Named(name) => {
            let name = ident(name);
            quote!(types::#name)
        }
        other => {
            let clashes = ["Value", "Map", "IndexMap"].map(str::to_owned).into();
            let local = std::collections::BTreeSet::new();
            let scope = Scope {
                clashes: &clashes,
                local: &local,
                wire: "counterpart_client::wire",
            };
            scope.ty(other)
        }
    };
    quote! {
        #[doc = " What can go wrong with a call."]
        pub type Error = counterpart_client::Error<#body>;
    }
}

fn crate_docs(plan: &Plan) -> Docs {
    let krate = plan.crate_path(Package::CLIENT);
    let docs = Docs::raw(&format!(
        "A client of {}, version {}.",
        plan.doc_title(),
        plan.doc_version()
    ))
    .paragraph(
        "Every operation is a method of [`Client`]. What is required is an argument, what is \
             optional a setter; `.await` sends the call.",
    );
    let Some(index) = plan.client.example else {
        return docs;
    };
    let operation = &plan.client.operations[index];
    let arguments: Vec<String> = operation
        .arguments
        .iter()
        .map(|argument| format!("{:?}", argument.ident))
        .collect();
    let call = format!("client.{}({})", operation.method, arguments.join(", "));
    let open = match (&plan.client.hints.api_key, &plan.client.security) {
        (None, None) => "Client::builder().build()?",
        _ => "Client::from_env()?",
    };
    docs.block(&format!(
        "```no_run\n\
         use {krate}::Client;\n\
         \n\
         # async fn example() -> Result<(), Box<dyn std::error::Error>> {{\n\
         let client = {open};\n\
         let reply = {call}.await?;\n\
         println!(\"{{reply:?}}\");\n\
         # Ok(())\n\
         # }}\n\
         ```"
    ))
}
