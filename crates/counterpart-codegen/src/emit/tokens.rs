//! Tokens that every emitter needs: docs, types, imports, literals.

use std::collections::BTreeSet;

use proc_macro2::{Ident, Literal as Token, Span, TokenStream};
use quote::quote;

use crate::api::Style;
use crate::plan::body::{BodyChoice, BodyPlan, EncodingHow, EncodingPlan};
use crate::plan::client::Layout;
use crate::plan::imports::Imports;
use crate::plan::ty::{External, Type, item_name};
use crate::plan::types::Literal;
use crate::plan::{Docs, Plan, Verb};

/// An identifier that naming has made sure of.
pub(super) fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

/// `get("getRun", "/runs/{run_id}")`, as clients and routers of the runtime have it.
pub(super) fn placed(verb: &Verb, id: &str, path: &str) -> TokenStream {
    match verb {
        Verb::Own(name) => {
            let name = ident(name);
            quote!(#name(#id, #path))
        }
        Verb::Named(name) => quote!(method(#name, #id, #path)),
    }
}

/// `///` lines, one attribute each, with the space that a person would put.
pub(super) fn doc_attrs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().iter().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!(" {line}"),
    });
    quote!(#(#[doc = #lines])*)
}

/// `//!` lines.
pub(super) fn inner_docs(docs: &Docs) -> TokenStream {
    let lines = docs.lines().iter().map(|line| match line.is_empty() {
        true => String::new(),
        false => format!(" {line}"),
    });
    quote!(#(#![doc = #lines])*)
}

/// `use` lines.
pub(super) fn use_lines(imports: &Imports) -> TokenStream {
    let lines = imports.groups().map(|(from, names)| {
        let path = path(from);
        let names: Vec<Ident> = names.iter().map(|name| ident(name)).collect();
        match &names[..] {
            [name] => quote!(use #path::#name;),
            names => quote!(use #path::{#(#names),*};),
        }
    });
    quote!(#(#lines)*)
}

/// A path such as `counterpart_wire::params`.
pub(super) fn path(text: &str) -> TokenStream {
    let steps = text.split("::").map(ident);
    quote!(#(#steps)::*)
}

/// How names are spelled in one file: most are imported, some need their path.
pub(super) struct Scope<'a> {
    /// Names of the runtime that the API has taken.
    pub clashes: &'a BTreeSet<String>,
    /// Names of the types crate that the file has taken for itself.
    pub local: &'a BTreeSet<String>,
    /// The path of the runtime crate of values, as this crate reaches it.
    pub wire: &'static str,
}

impl Scope<'_> {
    /// A name of the runtime crate of values.
    pub fn wire(&self, name: &str) -> TokenStream {
        let ident = ident(name);
        match self.clashes.contains(name) {
            true => {
                let wire = path(self.wire);
                quote!(#wire::#ident)
            }
            false => quote!(#ident),
        }
    }

    /// A type.
    pub fn ty(&self, ty: &Type) -> TokenStream {
        match ty {
            Type::Named(name) => {
                let ident = ident(name);
                match self.local.contains(name) {
                    true => quote!(types::#ident),
                    false => quote!(#ident),
                }
            }
            Type::Text => quote!(String),
            Type::Bool => quote!(bool),
            Type::I32 => quote!(i32),
            Type::I64 => quote!(i64),
            Type::U32 => quote!(u32),
            Type::U64 => quote!(u64),
            Type::F64 => quote!(f64),
            Type::External(external) => external_path(*external),
            Type::Value => self.wire("Value"),
            Type::JsonMap => {
                let map = self.wire("Map");
                let value = self.wire("Value");
                quote!(#map<String, #value>)
            }
            Type::Map(inner) => {
                let map = self.wire("IndexMap");
                let inner = self.ty(inner);
                quote!(#map<String, #inner>)
            }
            Type::List(inner) => {
                let inner = self.ty(inner);
                quote!(Vec<#inner>)
            }
            Type::Option(inner) => {
                let inner = self.ty(inner);
                quote!(Option<#inner>)
            }
            Type::Nullable(inner) => {
                let nullable = self.wire("Nullable");
                let inner = self.ty(inner);
                quote!(#nullable<#inner>)
            }
            Type::Boxed(inner) => {
                let inner = self.ty(inner);
                quote!(Box<#inner>)
            }
            Type::Unit => quote!(()),
            Type::Base64 => self.wire("Base64"),
            Type::File => self.wire("FilePart"),
            Type::Binary => self.wire("Binary"),
            Type::PlainText => quote!(String),
            Type::Item(framing, inner) => {
                let item = self.wire(item_name(*framing));
                let inner = self.ty(inner);
                quote!(#item<#inner>)
            }
            Type::Sequence(inner) => {
                let sequence = self.wire("Sequence");
                let inner = self.ty(inner);
                quote!(#sequence<#inner>)
            }
            Type::Own(name) => {
                let ident = ident(name);
                quote!(#ident)
            }
        }
    }
}

fn external_path(external: External) -> TokenStream {
    match external {
        External::DateTime => quote!(chrono::DateTime<chrono::FixedOffset>),
        External::Date => quote!(chrono::NaiveDate),
        External::Uuid => quote!(uuid::Uuid),
        External::Url => quote!(url::Url),
    }
}

/// A literal where nothing else says its type: without a suffix a number is an `i32` there.
pub(super) fn literal(value: &Literal) -> TokenStream {
    match value {
        Literal::Integer(value) if i32::try_from(*value).is_err() => {
            let value = Token::i64_suffixed(*value);
            quote!(#value)
        }
        value => typed_literal(value),
    }
}

/// A literal of a type that is known where it stands.
pub(super) fn typed_literal(value: &Literal) -> TokenStream {
    match value {
        Literal::Text(text) => quote!(#text),
        Literal::Bool(value) => quote!(#value),
        Literal::Integer(value) => {
            let value = Token::i64_unsuffixed(*value);
            quote!(#value)
        }
        Literal::Float(value) => {
            let value = Token::f64_unsuffixed(*value);
            quote!(#value)
        }
    }
}

/// `#[allow(clippy::type_complexity)]`, where the document nests lists and maps that deep.
pub(super) fn complex_attr(complex: bool) -> Option<TokenStream> {
    complex.then(
        || quote!(#[allow(clippy::type_complexity, reason = "this is what the document says")]),
    )
}

/// The lint that unions of unequal variants would otherwise set off. The sizes are not known
/// exactly here, so this cannot be an `expect`.
pub(super) fn uneven_attr(uneven: bool) -> Option<TokenStream> {
    uneven.then(|| {
        quote!(#[allow(clippy::large_enum_variant, reason = "boxes would be in every user's way")])
    })
}

/// `#![recursion_limit = "256"]`, where types are very deep.
pub(super) fn recursion_attr(plan: &Plan) -> Option<TokenStream> {
    let limit = plan.recursion_limit?.to_string();
    Some(quote!(#![recursion_limit = #limit]))
}

/// Names to re-export, sorted: those that all crates have, and those that this one adds.
pub(super) fn shared(all: &[&str], own: Vec<&str>) -> Vec<Ident> {
    let mut names: Vec<&str> = all.iter().copied().chain(own).collect();
    names.sort_unstable();
    names.into_iter().map(ident).collect()
}

/// `Param::FORM`, with what is unusual about it.
pub(super) fn param(layout: Layout) -> TokenStream {
    let reserved = layout.allow_reserved.then(|| quote!(.allow_reserved()));
    if layout.json {
        return quote!(Param::JSON #reserved);
    }
    let style = style(layout.style, layout.explode);
    quote!(#style #reserved)
}

/// `Param::FORM`, exploded or not.
pub(super) fn style(style: Style, explode: bool) -> TokenStream {
    let (name, usual) = match style {
        Style::Simple => ("SIMPLE", false),
        Style::Label => ("LABEL", false),
        Style::Matrix => ("MATRIX", false),
        Style::Form => ("FORM", true),
        Style::SpaceDelimited => ("SPACE_DELIMITED", false),
        Style::PipeDelimited => ("PIPE_DELIMITED", false),
        Style::DeepObject => ("DEEP_OBJECT", true),
    };
    let name = ident(name);
    let explode = match (explode, usual) {
        (true, false) => quote!(.exploded()),
        // A deep object is exploded by nature, whatever the document says.
        (false, true) if style != Style::DeepObject => quote!(.joined()),
        _ => quote!(),
    };
    quote!(Param::#name #explode)
}

/// `const FORM_ENCODINGS: &[Encoding] = &[…];`, where a form says how its fields are written.
pub(super) fn encodings(choice: &BodyChoice) -> Option<TokenStream> {
    let name = ident(&choice.encodings_ident());
    (!choice.encodings.is_empty()).then(|| {
        let list = encoding_list(&choice.encodings);
        quote! {
            #[doc = " How some of the fields are written."]
            const #name: &[Encoding] = #list;
        }
    })
}

/// `&[Encoding::typed("file", "image/png"), …]`
pub(super) fn encoding_list(encodings: &[EncodingPlan]) -> TokenStream {
    let encodings = encodings.iter().map(|encoding| {
        let wire = &encoding.wire;
        match &encoding.how {
            EncodingHow::Style(style, explode) => {
                let param = self::style(*style, *explode);
                quote!(Encoding::styled(#wire, #param))
            }
            EncodingHow::MediaType(media_type) => quote!(Encoding::typed(#wire, #media_type)),
        }
    });
    quote!(&[#(#encodings),*])
}

/// What [`encodings`] needs to be imported, from this crate.
pub(super) fn encoding_imports(imports: &mut Imports, wire: &str, body: &BodyPlan) {
    let all = || body.choices.iter().flat_map(|choice| &choice.encodings);
    if all().next().is_some() {
        imports.add(&format!("{wire}::form"), "Encoding");
    }
    if all().any(|encoding| matches!(encoding.how, EncodingHow::Style(..))) {
        imports.add(&format!("{wire}::params"), "Param");
    }
}
