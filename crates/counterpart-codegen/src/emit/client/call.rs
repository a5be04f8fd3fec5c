//! One operation: the method of the client, and the type of the call that it makes.
//!
//! ```text
//! impl Client { pub fn create_run(&self, …) -> CreateRun { … } }
//! pub struct CreateRun(Call<…>);
//! impl CreateRun { pub fn include(self, …) -> Self; pub fn stream(self) -> … }
//! call!(CreateRun => Run, ErrorResponse);
//! ```

use std::collections::BTreeSet;

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Location;
use crate::config::Package;
use crate::plan::body::BodyPlan;
use crate::plan::client::{Argument, CallPlan, Paging};
use crate::plan::imports::Imports;
use crate::plan::poll::Polling;
use crate::plan::stream::StreamPlan;
use crate::plan::ty::item_name;
use crate::plan::types::Presence;
use crate::plan::{Docs, Plan, Type};

use super::super::tokens::{
    Scope, complex_attr, doc_attrs, ident, inner_docs, param, placed, use_lines,
};
use super::{answer, body};

/// Names that every module of the client has for itself.
const LOCAL: [&str; 36] = [
    "Base64",
    "Binary",
    "Call",
    "Client",
    "Content",
    "Download",
    "Empty",
    "EncodeError",
    "Encoded",
    "Encoding",
    "EventData",
    "FilePart",
    "Form",
    "Http",
    "IndexMap",
    "Json",
    "JsonAs",
    "JsonLine",
    "JsonRecord",
    "Map",
    "Misfit",
    "Multipart",
    "NoBody",
    "OptionalJson",
    "Paged",
    "Param",
    "Payload",
    "PendingEvents",
    "PendingValue",
    "Plain",
    "Received",
    "Sequence",
    "SequenceAs",
    "Text",
    "Upload",
    "Value",
];

pub(super) fn module(plan: &Plan, operation: &CallPlan) -> TokenStream {
    let mut local: BTreeSet<String> = LOCAL.iter().map(|name| (*name).to_owned()).collect();
    local.insert(operation.ty.clone());
    local.extend(
        operation
            .polling
            .iter()
            .map(|polling| polling.fetch.clone()),
    );
    let enums = operation.body.iter().filter_map(BodyPlan::enumeration);
    local.extend(enums.map(str::to_owned));
    if let Type::Own(name) = &operation.output {
        local.insert(name.clone());
    }
    let clashes = BTreeSet::new();
    let scope = Scope {
        clashes: &clashes,
        local: &local,
        wire: "counterpart_client::wire",
    };
    let docs = inner_docs(&Docs::raw(&format!("[`{}`].", operation.ty)));
    let imports = use_lines(&imports(plan, operation, &scope));
    let method = method(&scope, operation);
    let definition = definition(&scope, operation);
    let inherent = inherent(&scope, operation);
    let output = answer::ty(&scope, &operation.output);
    let error = scope.ty(&operation.error);
    let constants = body::constants(operation);
    let body = body::enumeration(&scope, operation);
    let reply = answer::enumeration(&scope, operation);
    let ty = ident(&operation.ty);
    let paged = operation.paging.as_ref().map(|_| quote!(, paged));
    let polled = operation.polling.as_ref().map(|_| quote!(, polled));
    let paging = operation
        .paging
        .as_ref()
        .map(|paging| self::paging(&scope, operation, paging));
    let polling = operation
        .polling
        .as_ref()
        .map(|polling| self::polling(&scope, operation, polling));
    quote! {
        #docs
        #imports
        #(#constants)*
        #method
        #definition
        #inherent
        call!(#ty => #output, #error #paged #polled);
        #paging
        #polling
        #body
        #reply
    }
}

fn imports(plan: &Plan, operation: &CallPlan, scope: &Scope<'_>) -> Imports {
    let mut imports = Imports::default();
    imports.add("crate", "Client");
    imports.add_all("counterpart_client", &["Call", "call"]);
    body::imports(&mut imports, operation);
    answer::imports(&mut imports, operation);
    let types = plan.crate_path(Package::TYPES);
    let mut uses_types = false;
    let mut spelled = |ty: &Type| {
        ty.walk(&mut |ty| match ty {
            Type::Named(name) if scope.local.contains(name) => uses_types = true,
            Type::Named(name) => imports.add(&types, name),
            Type::Value => imports.add("counterpart_client::wire", "Value"),
            Type::JsonMap => {
                imports.add_all("counterpart_client::wire", &["Map", "Value"]);
            }
            Type::Map(_) => imports.add("counterpart_client::wire", "IndexMap"),
            Type::Nullable(_) => imports.add("counterpart_client::wire", "Nullable"),
            Type::Base64 => imports.add("counterpart_client::wire", "Base64"),
            Type::File => imports.add("counterpart_client::wire", "FilePart"),
            Type::Item(framing, _) => {
                imports.add("counterpart_client::wire", item_name(*framing));
            }
            _ => {}
        });
    };
    operation.answer.types().for_each(&mut spelled);
    spelled(&operation.error);
    let arguments = operation.arguments.iter().chain(&operation.setters);
    arguments.for_each(|argument| spelled(&argument.ty));
    if let Some(body) = &operation.body {
        body.types().for_each(&mut spelled);
    }
    if let Some(stream) = &operation.stream {
        spelled(&stream.event);
    }
    if let Some(paging) = &operation.paging {
        spelled(&paging.item);
    }
    if uses_types {
        imports.add("crate", "types");
    }
    if let Some(stream) = &operation.stream {
        imports.add("counterpart_client", "PendingEvents");
        let switch = stream.switch.as_ref().map(|switch| switch.presence);
        if switch == Some(Presence::OptionalNullable) {
            imports.add("counterpart_client::wire", "Nullable");
        }
    }
    if operation.paging.is_some() {
        imports.add("counterpart_client", "Paged");
    }
    if let Some(polling) = &operation.polling {
        imports.add_all("counterpart_client", &["Http", "Polled"]);
        if polling.fetch != operation.ty {
            imports.add("crate", &polling.fetch);
        }
    }
    let styled = operation.arguments.iter().chain(&operation.setters);
    if styled.clone().any(|argument| !argument.is_usual()) {
        imports.add("counterpart_client::wire::params", "Param");
    }
    imports
}

/// The method of the client.
fn method(scope: &Scope<'_>, operation: &CallPlan) -> TokenStream {
    let docs = doc_attrs(&operation.docs);
    let deprecated = operation.deprecated.then(|| quote!(#[deprecated]));
    let name = ident(&operation.method);
    let ty = ident(&operation.ty);
    let start = placed(&operation.verb, &operation.id, &operation.path);
    let arguments = operation.arguments.iter().map(|argument| {
        let name = ident(&argument.ident);
        let ty = argument_ty(scope, &argument.ty);
        quote!(#name: #ty)
    });
    let body = operation.body.as_ref().filter(|body| body.required);
    let body_argument = body.map(|body| {
        let name = ident(&body.ident);
        let ty = body::argument_ty(scope, body);
        quote!(#name: #ty)
    });
    let arguments: Vec<TokenStream> = arguments.chain(body_argument).collect();
    let many = (arguments.len() > 6).then(
        || quote!(#[expect(clippy::too_many_arguments, reason = "the document requires them")]),
    );
    let given = operation.arguments.iter().map(step);
    let constants = operation.constants.iter().map(|(location, name, value)| {
        let method = ident(match location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "constant_header",
            Location::Cookie => "cookie",
        });
        quote!(.#method(#name, #value))
    });
    let idempotent = operation
        .idempotent
        .map(|idempotent| quote!(.idempotent(#idempotent)));
    let accept = operation.answer.accept.iter();
    let accept = accept.map(|media_type| quote!(.header("Accept", #media_type)));
    let body_step = operation.body.as_ref().map(body::step);
    let complex = complex_attr(operation.takes_complex());
    quote! {
        impl Client {
            #docs
            #deprecated
            #many
            #complex
            pub fn #name(&self, #(#arguments),*) -> #ty {
                let call = self.http.#start #(#given)* #(#constants)* #(#accept)* #idempotent #body_step;
                #ty(call)
            }
        }
    }
}

/// How a value is passed: text by reference, all else by value.
fn argument_ty(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::Text => quote!(&str),
        Type::List(item) => {
            let item = scope.ty(item);
            quote!(impl IntoIterator<Item = #item>)
        }
        ty => scope.ty(ty),
    }
}

/// `.path("thread_id", thread_id)`
fn step(argument: &Argument) -> TokenStream {
    let name = ident(&argument.ident);
    let wire = &argument.wire;
    let is_list = matches!(argument.ty, Type::List(_));
    let stem = match (argument.location, is_list) {
        (Location::Query, true) => "query_list",
        (Location::Path, _) => "path",
        (Location::Query, false) => "query",
        (Location::Header, _) => "header",
        (Location::Cookie, _) => "cookie",
    };
    let value = match (argument.location, is_list) {
        (Location::Query, _) | (_, false) => quote!(#name),
        (_, true) => quote!(#name.into_iter().collect::<Vec<_>>()),
    };
    match argument.is_usual() {
        true => {
            let method = ident(stem);
            quote!(.#method(#wire, #value))
        }
        false => {
            let method = ident(&format!("{stem}_as"));
            let param = param(argument.layout);
            quote!(.#method(#param, #wire, #value))
        }
    }
}

/// `pub struct CreateRun(Call<…>);`
fn definition(scope: &Scope<'_>, operation: &CallPlan) -> TokenStream {
    let docs = doc_attrs(&Docs::raw(&format!(
        "A call of [`Client::{}`], sent by `.await`.",
        operation.method
    )));
    let ty = ident(&operation.ty);
    let body = body::held(scope, operation.body.as_ref());
    let output = answer::ty(scope, &operation.output);
    let error = scope.ty(&operation.error);
    let complex = complex_attr(operation.complex);
    quote! {
        #docs
        #complex
        #[derive(Debug, Clone)]
        #[must_use = "nothing is sent until the call is awaited"]
        pub struct #ty(Call<#body, #output, #error>);
    }
}

/// The setters, and the stream.
fn inherent(scope: &Scope<'_>, operation: &CallPlan) -> Option<TokenStream> {
    let setters = operation
        .setters
        .iter()
        .map(|argument| setter(scope, argument));
    let optional = operation.body.as_ref().filter(|body| !body.required);
    let body = optional.map(|body| body::setter(scope, body));
    let stream = operation
        .stream
        .as_ref()
        .map(|plan| stream(scope, operation, plan));
    let items: Vec<TokenStream> = body
        .into_iter()
        .chain(setters)
        .chain(answer::others(scope, operation))
        .chain(stream)
        .collect();
    let ty = ident(&operation.ty);
    (!items.is_empty()).then(|| {
        quote! {
            impl #ty {
                #(#items)*
            }
        }
    })
}

fn setter(scope: &Scope<'_>, argument: &Argument) -> TokenStream {
    let docs = doc_attrs(&argument.docs);
    let deprecated = argument.deprecated.then(|| quote!(#[deprecated]));
    let method = ident(&argument.setter);
    let name = ident(&argument.ident);
    let ty = argument_ty(scope, &argument.ty);
    let step = step(argument);
    quote! {
        #docs
        #deprecated
        pub fn #method(self, #name: #ty) -> Self {
            Self(self.0 #step)
        }
    }
}

fn stream(scope: &Scope<'_>, operation: &CallPlan, stream: &StreamPlan) -> TokenStream {
    let event = scope.ty(&stream.event);
    let accept = stream.media_type.iter();
    let error = scope.ty(&operation.error);
    let docs = doc_attrs(&Docs::raw(
        "Sends the request, and gives the events that it is answered with as they come.",
    ));
    let open = (!stream.ends).then(|| quote!(.options(|options| options.open_end())));
    let switch = stream.switch.as_ref().map(|switch| {
        let field = ident(&switch.ident);
        let value = match switch.presence {
            Presence::Required => quote!(true),
            Presence::RequiredNullable | Presence::Optional => quote!(Some(true)),
            Presence::OptionalNullable => {
                let nullable = scope.wire("Nullable");
                quote!(#nullable::Value(true))
            }
        };
        quote!(.edit_body(|body| body.#field = #value))
    });
    quote! {
        #docs
        pub fn stream(self) -> PendingEvents<#event, #error> {
            self.0 #switch #open #(.header("Accept", #accept))* .stream()
        }
    }
}

/// `impl Paged for ListMessages { … }`
fn paging(scope: &Scope<'_>, operation: &CallPlan, paging: &Paging) -> TokenStream {
    let ty = ident(&operation.ty);
    let item = scope.ty(&paging.item);
    let cursor = &paging.cursor;
    let items = ident(&paging.items);
    let id = ident(&paging.id);
    let page = scope.ty(&operation.output);
    let backward = paging
        .backward
        .as_ref()
        .map(|name| quote!(const BEFORE: Option<&'static str> = Some(#name);));
    let before = paging.backward.as_ref().map(|_| {
        quote! {
            fn before(page: &#page) -> Option<&str> {
                page.#items.first().map(|item| item.#id.as_str())
            }
        }
    });
    let more = paging.more.as_ref().map(|more| {
        let more = ident(more);
        quote! {
            fn has_more(page: &#page) -> bool {
                page.#more
            }
        }
    });
    quote! {
        impl Paged for #ty {
            type Item = #item;
            const AFTER: &'static str = #cursor;
            #backward

            #more

            fn after(page: &#page) -> Option<&str> {
                page.#items.last().map(|item| item.#id.as_str())
            }

            #before

            fn items(page: #page) -> Vec<#item> {
                page.#items
            }
        }
    }
}

/// `impl Polled for CreateRun { … }`
fn polling(scope: &Scope<'_>, operation: &CallPlan, polling: &Polling) -> TokenStream {
    let ty = ident(&operation.ty);
    let fetch = ident(&polling.fetch);
    let method = ident(&polling.method);
    let object = scope.ty(&operation.output);
    let state = ident(&polling.state);
    let finals = &polling.finals;
    let header = polling
        .interval_header
        .iter()
        .map(|name| quote!(const INTERVAL_HEADER: Option<&'static str> = Some(#name);));
    let deprecated = polling
        .deprecated
        .then(|| quote!(#[expect(deprecated, reason = "the document names this operation")]));
    let arguments = polling.arguments.iter().map(|name| ident(name));
    quote! {
        impl Polled for #ty {
            type Fetch = #fetch;
            const FINAL: &'static [&'static str] = &[#(#finals),*];
            #(#header)*

            fn state(object: &#object) -> &str {
                object.#state.as_str()
            }

            #deprecated
            fn fetch(http: Http, object: &#object) -> #fetch {
                Client::from(http).#method(#(&object.#arguments),*)
            }
        }
    }
}
