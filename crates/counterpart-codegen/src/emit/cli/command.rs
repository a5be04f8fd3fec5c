//! A command: a constant that says how it is called and what it sends.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::{Location, Media};
use crate::config::Package;
use crate::plan::body::{EncodingHow, EncodingPlan};
use crate::plan::cli::{
    CommandBody, CommandPlan, CommandReply, FlagCheck, FlagKind, FlagPlan, named,
};
use crate::plan::imports::Imports;
use crate::plan::{Docs, Plan, Type};

use super::super::rules::rules;
use super::super::tokens::{doc_attrs, encoding_list, ident, inner_docs, style, use_lines};

/// The module of a command.
pub(super) fn module(plan: &Plan, command: &CommandPlan) -> TokenStream {
    let call = format!("`{} {}`", plan.name, command.name);
    let inner = inner_docs(&Docs::raw(&format!("{call}.")));
    let docs = doc_attrs(&Docs::raw(&format!(
        "{call}, which calls `{}`.",
        command.operation
    )));
    let imports = use_lines(&imports(plan, command));
    let new = new(command);
    let steps = steps(command);
    quote! {
        #inner

        #imports

        #docs
        pub(crate) const COMMAND: Command = #new #(#steps)*;
    }
}

fn imports(plan: &Plan, command: &CommandPlan) -> Imports {
    let mut imports = Imports::default();
    imports.add("counterpart_cli", "Command");
    if !command.flags.is_empty() {
        imports.add("counterpart_cli", "Flag");
    }
    if command.flags.iter().any(|flag| flag.kind != FlagKind::Text) {
        imports.add("counterpart_cli", "Kind");
    }
    if command.flags.iter().any(|flag| flag.style.is_some()) {
        imports.add("counterpart_cli", "Param");
    }
    if let Some(body) = &command.body {
        imports.add("counterpart_cli", "Body");
        if let Some(ty) = &body.ty {
            let check = if body.limited { "check" } else { "check_shape" };
            imports.add("counterpart_cli", check);
            if let Some(name) = named(ty) {
                imports.add(&plan.crate_path(Package::TYPES), name);
            }
        }
        let styled = |it: &EncodingPlan| matches!(it.how, EncodingHow::Style(..));
        if body.encodings.iter().any(styled) {
            imports.add("counterpart_cli", "Param");
        }
        if !body.encodings.is_empty() {
            imports.add("counterpart_cli", "Encoding");
        }
    }
    for check in command.flags.iter().filter_map(|flag| flag.check.as_ref()) {
        imports.add("counterpart_cli", "keeps");
        if check.check.has_pattern() {
            imports.add("counterpart_cli", "pattern");
        }
        if let Some(name) = named(&check.ty) {
            imports.add(&plan.crate_path(Package::TYPES), name);
        }
    }
    if reply(command).is_some() {
        imports.add("counterpart_cli", "Reply");
    }
    if command.events.is_some() {
        imports.add("counterpart_cli", "Events");
    }
    if command.pages.is_some() {
        imports.add("counterpart_cli", "Pages");
    }
    imports
}

fn new(command: &CommandPlan) -> TokenStream {
    let (name, operation, path) = (&command.name, &command.operation, &command.path);
    match command.verb.as_str() {
        "GET" => quote!(Command::get(#name, #operation, #path)),
        "POST" => quote!(Command::post(#name, #operation, #path)),
        "DELETE" => quote!(Command::delete(#name, #operation, #path)),
        verb => quote!(Command::new(#verb, #name, #operation, #path)),
    }
}

fn steps(command: &CommandPlan) -> Vec<TokenStream> {
    let (group, about, details) = (&command.group, &command.about, &command.details);
    let mut steps = vec![quote!(.group(#group)), quote!(.about(#about))];
    if !details.is_empty() {
        steps.push(quote!(.details(#details)));
    }
    let example = &command.example;
    steps.push(quote!(.example(#example)));
    let pairs = |pairs: &[(String, String)]| {
        let pairs = pairs.iter().map(|(name, value)| quote!((#name, #value)));
        quote!(&[#(#pairs),*])
    };
    if !command.headers.is_empty() {
        let headers = pairs(&command.headers);
        steps.push(quote!(.headers(#headers)));
    }
    if !command.query.is_empty() {
        let query = pairs(&command.query);
        steps.push(quote!(.query(#query)));
    }
    if !command.flags.is_empty() {
        let flags = command.flags.iter().map(flag);
        steps.push(quote!(.flags(&[#(#flags),*])));
    }
    if let Some(body) = &command.body {
        let body = self::body(body, &pairs);
        steps.push(quote!(.body(#body)));
    }
    steps.extend(answer(command, &pairs));
    steps
}

/// `Body::required(check::<CreateRunRequest>)`, or bytes.
fn body(body: &CommandBody, pairs: &impl Fn(&[(String, String)]) -> TokenStream) -> TokenStream {
    let media_type = &body.media_type;
    let Some(ty) = &body.ty else {
        let need = match body.required {
            true => quote!(required_bytes),
            false => quote!(optional_bytes),
        };
        return quote!(Body::#need(#media_type));
    };
    let need = match body.required {
        true => quote!(required),
        false => quote!(optional),
    };
    let check = ident(if body.limited { "check" } else { "check_shape" });
    let ty = self::ty(ty);
    let encodings = encoding_list(&body.encodings);
    let format = match body.media {
        Media::Form => Some(quote!(.form(#encodings))),
        Media::Multipart => Some(quote!(.multipart(#encodings))),
        _ => media_type.as_ref().map(|name| quote!(.named(#name))),
    };
    let constants = (!body.constants.is_empty()).then(|| {
        let constants = pairs(&body.constants);
        quote!(.constants(#constants))
    });
    quote!(Body::#need(#check::<#ty>) #format #constants)
}

fn answer(
    command: &CommandPlan,
    pairs: &impl Fn(&[(String, String)]) -> TokenStream,
) -> Vec<TokenStream> {
    let mut steps = Vec::new();
    if let Some(events) = &command.events {
        let asked = match (&events.switch, events.always) {
            (Some(switch), _) => quote!(Events::switched(#switch)),
            (None, true) => quote!(Events::always()),
            (None, false) => quote!(Events::accepted()),
        };
        let text = (!events.text.is_empty()).then(|| {
            let text = pairs(&events.text);
            quote!(.text(#text))
        });
        let failures = (!events.failures.is_empty()).then(|| {
            let failures = &events.failures;
            quote!(.failures(&[#(#failures),*]))
        });
        steps.push(quote!(.events(#asked #text #failures)));
    }
    if let Some(reply) = reply(command) {
        let reply = ident(reply);
        steps.push(quote!(.reply(Reply::#reply)));
    }
    if let Some(pages) = &command.pages {
        let (cursor, items, id) = (&pages.cursor, &pages.items, &pages.id);
        let more = match &pages.more {
            Some(more) => quote!(Some(#more)),
            None => quote!(None),
        };
        steps.push(quote! {
            .pages(Pages { cursor: #cursor, items: #items, more: #more, id: #id })
        });
    }
    if let Some(idempotent) = command.idempotent {
        steps.push(quote!(.idempotent(#idempotent)));
    }
    steps
}

/// What a command is answered with, where that is not JSON.
fn reply(command: &CommandPlan) -> Option<&'static str> {
    let always = command.events.as_ref().is_some_and(|events| events.always);
    match command.reply {
        CommandReply::Empty if !always => Some("Empty"),
        CommandReply::Bytes => Some("Bytes"),
        CommandReply::Empty | CommandReply::Json => None,
    }
}

fn flag(flag: &FlagPlan) -> TokenStream {
    let place = ident(match flag.location {
        Some(Location::Path) => "path",
        Some(Location::Query) => "query",
        Some(Location::Header) => "header",
        Some(Location::Cookie) => "cookie",
        None => "body",
    });
    let (name, wire) = (&flag.name, &flag.wire);
    let of_kind = (flag.kind != FlagKind::Text).then(|| {
        let kind = kind(&flag.kind);
        quote!(.kind(#kind))
    });
    let required =
        (flag.required && flag.location != Some(Location::Path)).then(|| quote!(.required()));
    let limits = flag.limits.iter().map(|limits| quote!(.limits(#limits)));
    let default = flag
        .default
        .iter()
        .map(|default| quote!(.default(#default)));
    let help = Some(&flag.help).filter(|help| !help.is_empty());
    let help = help.map(|help| quote!(.help(#help)));
    let styled = flag.style.map(|(form, explode)| {
        let style = style(form, explode);
        quote!(.style(#style))
    });
    let check = flag.check.as_ref().map(check);
    quote! {
        Flag::#place(#name, #wire)
            #of_kind #required #(#limits)* #(#default)* #styled #check #help
    }
}

/// `.check(|value| keeps::<i64>(value, |it| it.minimum(1)))`
fn check(check: &FlagCheck) -> TokenStream {
    let ty = ty(&check.ty);
    let rules = rules(&check.check);
    quote!(.check(|value| keeps::<#ty>(value, |it| it #rules)))
}

fn kind(kind: &FlagKind) -> TokenStream {
    match kind {
        FlagKind::Text => quote!(Kind::Text),
        FlagKind::Integer => quote!(Kind::Integer),
        FlagKind::Number => quote!(Kind::Number),
        FlagKind::Boolean => quote!(Kind::Boolean),
        FlagKind::Values(values) => quote!(Kind::Values(&[#(#values),*])),
        FlagKind::Known(values) => quote!(Kind::Known(&[#(#values),*])),
        FlagKind::List(inner) => {
            let inner = self::kind(inner);
            quote!(Kind::List(&#inner))
        }
        FlagKind::Map(inner) => {
            let inner = self::kind(inner);
            quote!(Kind::Map(&#inner))
        }
        FlagKind::Json => quote!(Kind::Json),
        FlagKind::TextOrJson => quote!(Kind::TextOrJson),
        FlagKind::File => quote!(Kind::File),
    }
}

/// A type that a body or a flag is checked by. What is not of the types crate is any JSON as far as the check goes.
fn ty(ty: &Type) -> TokenStream {
    match ty {
        Type::Named(name) => {
            let name = ident(name);
            quote!(#name)
        }
        Type::List(inner) => {
            let inner = self::ty(inner);
            quote!(Vec<#inner>)
        }
        Type::Option(inner) => {
            let inner = self::ty(inner);
            quote!(Option<#inner>)
        }
        Type::Text => quote!(String),
        Type::Bool => quote!(bool),
        Type::I32 => quote!(i32),
        Type::I64 => quote!(i64),
        Type::U32 => quote!(u32),
        Type::U64 => quote!(u64),
        Type::F64 => quote!(f64),
        _ => quote!(counterpart_cli::Value),
    }
}
