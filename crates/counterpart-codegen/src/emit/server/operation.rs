//! One operation: what it takes, and what it is answered with.
//!
//! ```text
//! pub struct CreateRun { … }        impl FromRequest for CreateRun { … }
//! pub enum CreateRunReply { … }     impl IntoReply for CreateRunReply { … }
//! ```

use std::collections::BTreeSet;

use proc_macro2::{Literal as Token, TokenStream};
use quote::quote;

use crate::api::Location;
use crate::config::Package;
use crate::plan::body::BodyPlan;
use crate::plan::headers::Headers;
use crate::plan::imports::Imports;
use crate::plan::server::{
    Conversion, DefaultValue, FieldPresence, OperationPlan, Reply, ReplyPayload, RequestField,
};
use crate::plan::stream::Switch;
use crate::plan::ty::item_name;
use crate::plan::types::Presence;
use crate::plan::{Docs, Plan, Type};

use super::super::rules::rules;
use super::super::tokens::{
    Scope, complex_attr, doc_attrs, ident, inner_docs, param, typed_literal, uneven_attr, use_lines,
};
use super::{body, headers};

/// Names that every module of the server has for itself.
const LOCAL: [&str; 21] = [
    "Base64",
    "Binary",
    "Checker",
    "Encoding",
    "EventData",
    "EventStream",
    "FilePart",
    "FromRequest",
    "IndexMap",
    "IntoReply",
    "JsonLine",
    "JsonRecord",
    "Map",
    "Param",
    "Rejection",
    "Reply",
    "Request",
    "Sequence",
    "StatusCode",
    "Validate",
    "Value",
];

pub(super) fn module(plan: &Plan, operation: &OperationPlan) -> TokenStream {
    let mut local: BTreeSet<String> = LOCAL.iter().map(|name| (*name).to_owned()).collect();
    local.insert(operation.request.clone());
    local.insert(operation.reply.clone());
    let enums = operation.body.iter().filter_map(BodyPlan::enumeration);
    local.extend(enums.map(str::to_owned));
    local.extend(operation.headers.iter().map(|it| it.ident.clone()));
    let clashes = BTreeSet::new();
    let scope = Scope {
        clashes: &clashes,
        local: &local,
        wire: "counterpart_server::wire",
    };
    let docs = inner_docs(&Docs::raw(&format!(
        "[`{}`] and [`{}`].",
        operation.request, operation.reply
    )));
    let imports = use_lines(&imports(plan, operation, &scope));
    let constants = body::constants(operation);
    let body = body::enumeration(&scope, operation);
    let request = request(&scope, operation);
    let wants_events = wants_events(&scope, operation);
    let reading = reading(&scope, operation);
    let checking = checking(operation);
    let reply = reply(&scope, operation);
    let headers = operation
        .headers
        .iter()
        .map(|it| headers::headers(&scope, it));
    let writing = writing(operation);
    let conversions = operation.conversions.iter();
    let conversions = conversions.map(|it| conversion(&scope, operation, it));
    quote! {
        #docs
        #imports
        #(#constants)*
        #request
        #body
        #wants_events
        #reading
        #checking
        #reply
        #(#headers)*
        #(#conversions)*
        #writing
    }
}

fn imports(plan: &Plan, operation: &OperationPlan, scope: &Scope<'_>) -> Imports {
    let mut imports = Imports::default();
    let server = "counterpart_server";
    imports.add_all(
        server,
        &["FromRequest", "IntoReply", "Rejection", "Reply", "Request"],
    );
    let types = plan.crate_path(Package::TYPES);
    let mut uses_types = false;
    let mut spelled = |ty: &Type| {
        ty.walk(&mut |ty| match ty {
            Type::Named(name) if scope.local.contains(name) => uses_types = true,
            Type::Named(name) => imports.add(&types, name),
            Type::Value => imports.add("counterpart_server::wire", "Value"),
            Type::JsonMap => imports.add_all("counterpart_server::wire", &["Map", "Value"]),
            Type::Map(_) => imports.add("counterpart_server::wire", "IndexMap"),
            Type::Nullable(_) => imports.add("counterpart_server::wire", "Nullable"),
            Type::Base64 => imports.add("counterpart_server::wire", "Base64"),
            Type::File => imports.add("counterpart_server::wire", "FilePart"),
            Type::Item(framing, _) => {
                imports.add("counterpart_server::wire", item_name(*framing));
            }
            Type::Sequence(_) => imports.add(server, "Sequence"),
            Type::Binary => imports.add(server, "Binary"),
            _ => {}
        });
    };
    operation.fields.iter().for_each(|field| spelled(&field.ty));
    if let Some(body) = &operation.body {
        body.types().for_each(&mut spelled);
    }
    for reply in &operation.replies {
        match &reply.payload {
            ReplyPayload::Json(ty) => spelled(ty),
            ReplyPayload::Events(event) => spelled(event),
            ReplyPayload::Binary => spelled(&Type::Binary),
            ReplyPayload::Empty | ReplyPayload::Text => {}
        }
    }
    let headers = operation.headers.iter().flat_map(|headers| &headers.fields);
    headers.for_each(|field| spelled(&field.ty));
    if let Some(body) = &operation.body {
        body::imports(&mut imports, body);
    }
    if operation.has_limits() {
        imports.add_all("counterpart_server::wire", &["Checker", "Validate"]);
    }
    if operation.has_pattern() {
        imports.add("counterpart_server::wire", "pattern");
    }
    let nullable = |switch: &Switch| switch.presence == Presence::OptionalNullable;
    if operation.switch.as_ref().is_some_and(nullable) && operation.body.is_some() {
        imports.add("counterpart_server::wire", "Nullable");
    }
    if uses_types {
        imports.add("crate", "types");
    }
    if !operation.replies.is_empty() {
        imports.add(server, "StatusCode");
    }
    let events = |reply: &Reply| matches!(reply.payload, ReplyPayload::Events(_));
    if operation.replies.iter().any(events) {
        imports.add(server, "EventStream");
    }
    let styled = operation.fields.iter().any(|field| !field.is_usual());
    if styled || operation.headers.iter().any(Headers::has_styles) {
        imports.add("counterpart_server::params", "Param");
    }
    imports
}

/// `pub struct CreateRun { … }`
fn request(scope: &Scope<'_>, operation: &OperationPlan) -> TokenStream {
    let docs = doc_attrs(&Docs::raw(&format!(
        "A request to `{}`.",
        operation.id.replace('`', "'")
    )));
    let name = ident(&operation.request);
    let fields = operation.fields.iter().map(|field| {
        let docs = doc_attrs(&field.docs);
        let name = ident(&field.ident);
        let ty = match field.presence {
            FieldPresence::Required | FieldPresence::Default(_) => field.ty.clone(),
            FieldPresence::Optional => field.ty.clone().optional(),
        };
        let complex = complex_attr(ty.is_complex());
        let ty = scope.ty(&ty);
        quote! {
            #docs
            #complex
            pub #name: #ty
        }
    });
    let body = operation.body.as_ref().map(|body| {
        let docs = doc_attrs(&body.docs);
        let name = ident(&body.ident);
        let ty = match body.required {
            true => body.ty.clone(),
            false => body.ty.clone().optional(),
        };
        let complex = complex_attr(ty.is_complex());
        let ty = scope.ty(&ty);
        quote! {
            #docs
            #complex
            pub #name: #ty
        }
    });
    let fields: Vec<TokenStream> = fields.chain(body).collect();
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        pub struct #name {
            #(#fields),*
        }
    }
}

/// `impl CreateRun { pub fn wants_events(&self) -> bool { … } }`
fn wants_events(scope: &Scope<'_>, operation: &OperationPlan) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let switch = operation.switch.as_ref()?;
    let name = ident(&operation.request);
    let docs = doc_attrs(&Docs::raw(
        "Whether the caller asks for a stream of events.",
    ));
    let field = ident(&switch.ident);
    let path = ident(&body.ident);
    let asked = |body: TokenStream| match switch.presence {
        Presence::Required => quote!(#body.#field),
        Presence::RequiredNullable | Presence::Optional => quote!(#body.#field == Some(true)),
        Presence::OptionalNullable => {
            let nullable = scope.wire("Nullable");
            quote!(#body.#field == #nullable::Value(true))
        }
    };
    let asked = match body.required {
        true => asked(quote!(self.#path)),
        false => {
            let asked = asked(quote!(body));
            quote!(self.#path.as_ref().is_some_and(|body| #asked))
        }
    };
    Some(quote! {
        impl #name {
            #docs
            pub fn wants_events(&self) -> bool {
                #asked
            }
        }
    })
}

/// `impl FromRequest for CreateRun { … }`
fn reading(scope: &Scope<'_>, operation: &OperationPlan) -> TokenStream {
    let name = ident(&operation.request);
    let constants = operation.constants.iter();
    let constants: Vec<TokenStream> = constants
        .filter_map(|(location, name, value)| match location {
            Location::Header => Some(quote!(request.constant_header(#name, #value)?;)),
            Location::Query => Some(quote!(request.constant_query(#name, #value)?;)),
            Location::Path | Location::Cookie => None,
        })
        .collect();
    let fields = operation.fields.iter().map(|field| {
        let name = ident(&field.ident);
        let read = read(scope, field);
        quote!(#name: #read)
    });
    let body = operation.body.as_ref().map(|body| {
        let name = ident(&body.ident);
        let read = body::read(body);
        quote!(#name: #read)
    });
    let fields: Vec<TokenStream> = fields.chain(body).collect();
    let request = match fields.is_empty() && constants.is_empty() {
        true => quote!(_),
        false => quote!(request),
    };
    let made = quote!(Self { #(#fields),* });
    let result = match operation.has_limits() {
        true => quote! {
            let read = #made;
            read.validate()?;
            Ok(read)
        },
        false => quote!(Ok(#made)),
    };
    quote! {
        impl FromRequest for #name {
            async fn from_request(#request: &mut Request) -> Result<Self, Rejection> {
                #(#constants)*
                #result
            }
        }
    }
}

/// `impl Validate for ListMessages { … }`, where parameters have limits; a body of a type that
/// checks itself has been checked by then.
fn checking(operation: &OperationPlan) -> Option<TokenStream> {
    let limited = operation
        .fields
        .iter()
        .filter(|field| !field.check.is_empty());
    let lines: Vec<TokenStream> = limited
        .map(|field| {
            let name = ident(&field.ident);
            let wire = &field.wire;
            let rules = rules(&field.check);
            let method = ident(match field.presence {
                FieldPresence::Required | FieldPresence::Default(_) => "required",
                FieldPresence::Optional => "optional",
            });
            quote!(checker.#method(#wire, &self.#name)#rules;)
        })
        .chain(body_rules(operation))
        .collect();
    let name = ident(&operation.request);
    (!lines.is_empty()).then(|| {
        quote! {
            impl Validate for #name {
                fn check(&self, checker: &mut Checker<'_>) {
                    #(#lines)*
                }
            }
        }
    })
}

/// `checker.value(&self.body).max_items(20);`, for a body that does not check itself.
fn body_rules(operation: &OperationPlan) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let check = body.check()?;
    let name = ident(&body.ident);
    let rules = rules(check);
    let present = |rules: TokenStream| quote!(.present(|value| value #rules));
    let rules = match check.nullable {
        true => present(rules),
        false => rules,
    };
    let rules = match body.required {
        true => rules,
        false => present(rules),
    };
    Some(quote!(checker.value(&self.#name)#rules;))
}

/// `request.path("thread_id")?`
fn read(scope: &Scope<'_>, field: &RequestField) -> TokenStream {
    let wire = &field.wire;
    let stem = match field.location {
        Location::Path => "path",
        Location::Query => "query",
        Location::Header => "header",
        Location::Cookie => "cookie",
    };
    let styled = (!field.is_usual()).then(|| {
        let param = param(field.layout);
        quote!(.styled(#param))
    });
    match &field.presence {
        FieldPresence::Required => {
            let method = ident(stem);
            quote!(request #styled.#method(#wire)?)
        }
        FieldPresence::Optional => {
            let method = ident(&format!("{stem}_optional"));
            quote!(request #styled.#method(#wire)?)
        }
        FieldPresence::Default(value) => {
            let method = ident(&format!("{stem}_or"));
            let value = match value {
                DefaultValue::Literal(value) => typed_literal(value),
                DefaultValue::Variant(ty, variant) => {
                    let ty = scope.ty(&Type::Named(ty.clone()));
                    let variant = ident(variant);
                    quote!(#ty::#variant)
                }
            };
            let value = match field.ty {
                Type::Text => quote!(#value.to_owned()),
                _ => value,
            };
            quote!(request #styled.#method(#wire, #value)?)
        }
    }
}

/// `pub enum CreateRunReply { … }`
fn reply(scope: &Scope<'_>, operation: &OperationPlan) -> TokenStream {
    let docs = doc_attrs(&Docs::raw(&format!(
        "A reply to [`{}`].",
        operation.request
    )));
    let uneven = uneven_attr(operation.uneven);
    let name = ident(&operation.reply);
    let variants = operation.replies.iter().map(|reply| {
        let docs = doc_attrs(&reply.docs);
        let name = ident(&reply.ident);
        let status = reply.status.is_none().then(|| quote!(StatusCode));
        let complex = match &reply.payload {
            ReplyPayload::Json(ty) => complex_attr(ty.is_complex()),
            _ => None,
        };
        let payload = payload_ty(scope, &reply.payload);
        let headers = reply.headers.as_ref().map(|name| {
            let name = ident(name);
            quote!(#name)
        });
        let held: Vec<TokenStream> = status.into_iter().chain(payload).chain(headers).collect();
        let held = (!held.is_empty()).then(|| quote!((#(#held),*)));
        quote! {
            #docs
            #complex
            #name #held
        }
    });
    quote! {
        #docs
        #[derive(Debug)]
        #uneven
        pub enum #name {
            #(#variants),*
        }
    }
}

/// The type of what a reply holds, if it holds anything.
fn payload_ty(scope: &Scope<'_>, payload: &ReplyPayload) -> Option<TokenStream> {
    match payload {
        ReplyPayload::Empty => None,
        ReplyPayload::Json(ty) => Some(scope.ty(ty)),
        ReplyPayload::Text => Some(quote!(String)),
        ReplyPayload::Binary => Some(quote!(Binary)),
        ReplyPayload::Events(event) => {
            let event = scope.ty(event);
            Some(quote!(EventStream<#event>))
        }
    }
}

/// `impl From<Run> for CreateRunReply { … }`
fn conversion(
    scope: &Scope<'_>,
    operation: &OperationPlan,
    conversion: &Conversion,
) -> TokenStream {
    let reply = ident(&operation.reply);
    let ty = payload_ty(scope, &conversion.payload);
    let variant = ident(&conversion.variant);
    let headers = conversion.headers.as_ref().map(|name| {
        let name = ident(name);
        quote!(, #name::default())
    });
    quote! {
        impl From<#ty> for #reply {
            fn from(value: #ty) -> Self {
                Self::#variant(value #headers)
            }
        }
    }
}

/// `impl IntoReply for CreateRunReply { … }`
fn writing(operation: &OperationPlan) -> TokenStream {
    let name = ident(&operation.reply);
    let arms = operation.replies.iter().map(|reply| {
        let variant = ident(&reply.ident);
        let status = match reply.status {
            Some(status) => status_code(status),
            None => quote!(status),
        };
        let bound = reply.status.is_none().then(|| quote!(status));
        let (held, made) = match &reply.payload {
            ReplyPayload::Empty => (None, quote!(Reply::empty(#status))),
            ReplyPayload::Json(_) => {
                let made = match &reply.media_type {
                    Some(name) => quote!(Reply::json_as(#status, #name, &value)),
                    None => quote!(Reply::json(#status, &value)),
                };
                (Some(quote!(value)), made)
            }
            ReplyPayload::Text => {
                let made = match &reply.media_type {
                    Some(name) => quote!(Reply::bytes(#status, #name, text)),
                    None => quote!(Reply::text(#status, text)),
                };
                (Some(quote!(text)), made)
            }
            ReplyPayload::Binary => {
                let name = reply.media_type.iter();
                (
                    Some(quote!(content)),
                    quote!(Reply::binary(#status, #(#name,)* content)),
                )
            }
            ReplyPayload::Events(_) => {
                let made = match &reply.media_type {
                    Some(name) => quote!(Reply::events_as(#status, #name, events)),
                    None => quote!(Reply::events(#status, events)),
                };
                (Some(quote!(events)), made)
            }
        };
        let headers = reply.headers.as_ref().map(|_| quote!(headers));
        let made = match &headers {
            Some(headers) => quote!(#headers.on(#made)),
            None => made,
        };
        let held: Vec<TokenStream> = bound.into_iter().chain(held).chain(headers).collect();
        let held = (!held.is_empty()).then(|| quote!((#(#held),*)));
        quote!(Self::#variant #held => #made)
    });
    let arms: Vec<TokenStream> = arms.collect();
    quote! {
        impl IntoReply for #name {
            fn into_reply(self) -> Reply {
                match self {
                    #(#arms),*
                }
            }
        }
    }
}

/// `StatusCode::OK`, or one made of the number where there is no constant.
fn status_code(code: u16) -> TokenStream {
    let name = match code {
        100 => "CONTINUE",
        101 => "SWITCHING_PROTOCOLS",
        102 => "PROCESSING",
        200 => "OK",
        201 => "CREATED",
        202 => "ACCEPTED",
        203 => "NON_AUTHORITATIVE_INFORMATION",
        204 => "NO_CONTENT",
        205 => "RESET_CONTENT",
        206 => "PARTIAL_CONTENT",
        207 => "MULTI_STATUS",
        208 => "ALREADY_REPORTED",
        226 => "IM_USED",
        300 => "MULTIPLE_CHOICES",
        301 => "MOVED_PERMANENTLY",
        302 => "FOUND",
        303 => "SEE_OTHER",
        304 => "NOT_MODIFIED",
        307 => "TEMPORARY_REDIRECT",
        308 => "PERMANENT_REDIRECT",
        400 => "BAD_REQUEST",
        401 => "UNAUTHORIZED",
        402 => "PAYMENT_REQUIRED",
        403 => "FORBIDDEN",
        404 => "NOT_FOUND",
        405 => "METHOD_NOT_ALLOWED",
        406 => "NOT_ACCEPTABLE",
        408 => "REQUEST_TIMEOUT",
        409 => "CONFLICT",
        410 => "GONE",
        411 => "LENGTH_REQUIRED",
        412 => "PRECONDITION_FAILED",
        413 => "PAYLOAD_TOO_LARGE",
        414 => "URI_TOO_LONG",
        415 => "UNSUPPORTED_MEDIA_TYPE",
        416 => "RANGE_NOT_SATISFIABLE",
        417 => "EXPECTATION_FAILED",
        418 => "IM_A_TEAPOT",
        421 => "MISDIRECTED_REQUEST",
        422 => "UNPROCESSABLE_ENTITY",
        423 => "LOCKED",
        424 => "FAILED_DEPENDENCY",
        426 => "UPGRADE_REQUIRED",
        428 => "PRECONDITION_REQUIRED",
        429 => "TOO_MANY_REQUESTS",
        431 => "REQUEST_HEADER_FIELDS_TOO_LARGE",
        451 => "UNAVAILABLE_FOR_LEGAL_REASONS",
        500 => "INTERNAL_SERVER_ERROR",
        501 => "NOT_IMPLEMENTED",
        502 => "BAD_GATEWAY",
        503 => "SERVICE_UNAVAILABLE",
        504 => "GATEWAY_TIMEOUT",
        505 => "HTTP_VERSION_NOT_SUPPORTED",
        507 => "INSUFFICIENT_STORAGE",
        508 => "LOOP_DETECTED",
        511 => "NETWORK_AUTHENTICATION_REQUIRED",
        _ => {
            let code = Token::u16_unsuffixed(code);
            // Every number of three digits is a status, so the alternative never holds.
            return quote!(
                StatusCode::from_u16(#code).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
            );
        }
    };
    let name = ident(name);
    quote!(StatusCode::#name)
}
