//! Structs: the fields, how they are made, how they are read and written.
//!
//! ```text
//! pub struct Run { pub id: String, … }
//! impl Run { pub const OBJECT…; pub fn new(…); pub fn temperature(…) }
//! impl Object for Run { … }
//! object!(Run);
//! ```

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::Type;
use crate::plan::types::{Constant, Field, Literal as Value, Member, Presence, Setter, Struct};

use super::super::tokens::{Scope, complex_attr, doc_attrs, ident, typed_literal};
use super::{defaults, validate};

pub(super) fn structure(scope: &Scope<'_>, def: &Struct) -> TokenStream {
    let definition = definition(scope, def);
    let inherent = inherent(scope, def);
    let object = object(scope, def);
    let validate = validate::structure(scope, def);
    let defaults = defaults::structure(scope, def);
    let name = ident(&def.ident);
    quote! {
        #definition
        #inherent
        #object
        object!(#name);
        #validate
        #defaults
    }
}

/// `pub struct Run { … }` with its docs and derives.
fn definition(scope: &Scope<'_>, def: &Struct) -> TokenStream {
    let docs = doc_attrs(&def.docs);
    let default = def.default.then(|| quote!(, Default));
    let name = ident(&def.ident);
    let fields = def.fields().map(|field| {
        let docs = doc_attrs(&field.docs);
        let name = ident(&field.ident);
        let declared = field.declared();
        let complex = complex_attr(declared.is_complex());
        let ty = scope.ty(&declared);
        quote! {
            #docs
            #complex
            pub #name: #ty
        }
    });
    let extra = def.extra.iter().map(|extra| {
        let name = ident(&extra.ident);
        let complex = complex_attr(extra.ty.is_complex());
        let ty = scope.ty(&extra.ty);
        quote! {
            #[doc = " What the document does not list, in the order in which it came."]
            #complex
            pub #name: #ty
        }
    });
    let fields = fields.chain(extra);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq #default)]
        pub struct #name {
            #(#fields),*
        }
    }
}

/// The constants, `new` and the setters.
fn inherent(scope: &Scope<'_>, def: &Struct) -> Option<TokenStream> {
    let constants = def.members.iter().filter_map(|member| match member {
        Member::Constant(value) => Some(constant(value)),
        Member::Field(_) => None,
    });
    let new = def.new.as_ref().map(|required| new(scope, def, required));
    let setters = def.fields().filter_map(|field| {
        field
            .setter
            .as_ref()
            .map(|found| setter(scope, field, found))
    });
    let defaults = def
        .fields()
        .filter_map(|field| defaults::offered(scope, field));
    let items = constants.chain(defaults).chain(new).chain(setters);
    let items: Vec<TokenStream> = items.collect();
    let name = ident(&def.ident);
    (!items.is_empty()).then(|| {
        quote! {
            impl #name {
                #(#items)*
            }
        }
    })
}

fn constant(constant: &Constant) -> TokenStream {
    let docs = doc_attrs(&constant.docs);
    let name = ident(&constant.ident);
    let value = typed_literal(&constant.value);
    let ty = match constant.value {
        Value::Text(_) => quote!(&'static str),
        Value::Bool(_) => quote!(bool),
        Value::Integer(_) => quote!(i64),
        Value::Float(_) => quote!(f64),
    };
    quote! {
        #docs
        pub const #name: #ty = #value;
    }
}

/// `pub fn new(assistant_id: impl Into<String>) -> Self`
fn new(scope: &Scope<'_>, def: &Struct, required: &[usize]) -> TokenStream {
    if required.is_empty() {
        return quote! {
            #[doc = " Makes one of which nothing is set yet."]
            pub fn new() -> Self {
                Self::default()
            }
        };
    }
    let taken: Vec<&Field> = required
        .iter()
        .filter_map(|index| match &def.members[*index] {
            Member::Field(field) => Some(field),
            Member::Constant(_) => None,
        })
        .collect();
    let arguments = taken.iter().map(|field| {
        let name = ident(&field.local);
        let ty = argument(scope, field);
        quote!(#name: #ty)
    });
    let fields = def.fields().map(|field| {
        let name = ident(&field.ident);
        let local = ident(&field.local);
        match field.presence {
            Presence::Required if field.plain && field.ident == field.local => {
                quote!(#name)
            }
            Presence::Required if field.plain => quote!(#name: #local),
            Presence::Required => {
                let value = converted(field);
                quote!(#name: #value)
            }
            presence @ (Presence::RequiredNullable
            | Presence::Optional
            | Presence::OptionalNullable) => {
                let nothing = nothing(scope, presence);
                quote!(#name: #nothing)
            }
        }
    });
    let extra = def.extra.iter().map(|extra| {
        let name = ident(&extra.ident);
        let map = scope.wire("IndexMap");
        quote!(#name: #map::new())
    });
    let fields = fields.chain(extra);
    quote! {
        #[doc = " Makes one of what is required."]
        pub fn new(#(#arguments),*) -> Self {
            Self {
                #(#fields),*
            }
        }
    }
}

/// `impl Into<T>`, or `T` itself where that takes literals better.
fn argument(scope: &Scope<'_>, field: &Field) -> TokenStream {
    let ty = scope.ty(&field.ty);
    match field.plain {
        true => ty,
        false if is_texts(field) => quote!(impl IntoIterator<Item = impl Into<String>>),
        false => quote!(impl Into<#ty>),
    }
}

/// What a field becomes of such an argument.
fn converted(field: &Field) -> TokenStream {
    let local = ident(&field.local);
    match field.plain {
        true => quote!(#local),
        false if is_texts(field) => quote!(#local.into_iter().map(Into::into).collect()),
        false => quote!(#local.into()),
    }
}

fn is_texts(field: &Field) -> bool {
    field.ty == Type::List(Box::new(Type::Text))
}

fn setter(scope: &Scope<'_>, field: &Field, setter: &Setter) -> TokenStream {
    let docs = format!(" Sets `{}`.", field.ident);
    let deprecated = field.deprecated.then(|| quote!(#[deprecated]));
    let method = ident(&setter.ident);
    let name = ident(&field.ident);
    let local = ident(&field.local);
    let ty = argument(scope, field);
    let value = converted(field);
    let value = match field.presence {
        Presence::Required => value,
        Presence::RequiredNullable | Presence::Optional => quote!(Some(#value)),
        Presence::OptionalNullable => {
            let nullable = scope.wire("Nullable");
            quote!(#nullable::Value(#value))
        }
    };
    quote! {
        #[doc = #docs]
        #deprecated
        pub fn #method(mut self, #local: #ty) -> Self {
            self.#name = #value;
            self
        }
    }
}

/// `impl Object for Run { … }`
fn object(scope: &Scope<'_>, def: &Struct) -> TokenStream {
    let name = ident(&def.ident);
    let text = &def.ident;
    let wires = def.members.iter().map(|member| match member {
        Member::Field(field) => &field.wire,
        Member::Constant(constant) => &constant.wire,
    });
    let object = scope.wire("Object");
    let access = scope.wire("MapAccess");
    let reader = scope.wire("Reader");
    let writer = scope.wire("Writer");
    let read = read(scope, def);
    let write = write(def);
    let target = match def.members.is_empty() && def.extra.is_none() {
        true => quote!(_),
        false => quote!(writer),
    };
    quote! {
        impl #object for #name {
            const NAME: &'static str = #text;
            const FIELDS: &'static [&'static str] = &[#(#wires),*];

            fn read<'de, A: #access<'de>>(reader: &mut #reader<'de, A>) -> Option<Self> {
                #read
            }

            fn write<W: #writer>(&self, #target: &mut W) {
                #write
            }
        }
    }
}

fn read(scope: &Scope<'_>, def: &Struct) -> TokenStream {
    let variables = def.fields().map(|field| {
        let local = ident(&field.local);
        let nothing = nothing(scope, field.presence);
        quote!(let mut #local = #nothing;)
    });
    let extra = def.extra.iter().map(|extra| {
        let name = ident(&extra.ident);
        let map = scope.wire("IndexMap");
        quote!(let mut #name = #map::new();)
    });
    let variables = variables.chain(extra);
    let entries = entries(def);
    let present = def
        .members
        .iter()
        .enumerate()
        .filter_map(|(index, member)| match member {
            Member::Constant(_) => {
                let index = Literal::usize_unsuffixed(index);
                Some(quote!(reader.present(#index);))
            }
            Member::Field(_) => None,
        });
    let fields = def.fields().map(taken);
    let extra = def.extra.iter().map(|extra| {
        let name = ident(&extra.ident);
        quote!(#name)
    });
    let fields = fields.chain(extra);
    quote! {
        #(#variables)*
        #entries
        #(#present)*
        Some(Self {
            #(#fields),*
        })
    }
}

/// What a field is before it is read.
pub(super) fn nothing(scope: &Scope<'_>, presence: Presence) -> TokenStream {
    match presence {
        Presence::Required | Presence::RequiredNullable | Presence::Optional => quote!(None),
        Presence::OptionalNullable => {
            let nullable = scope.wire("Nullable");
            quote!(#nullable::Absent)
        }
    }
}

/// The loop over the entries.
fn entries(def: &Struct) -> TokenStream {
    let other = match (&def.extra, def.closed) {
        (Some(extra), _) => {
            let name = ident(&extra.ident);
            quote!(reader.extra(&mut #name))
        }
        (None, true) => quote!(reader.refuse()),
        (None, false) => quote!(reader.skip()),
    };
    if def.members.is_empty() {
        return quote! {
            while reader.next(Self::FIELDS).is_some() {
                #other;
            }
        };
    }
    let arms = def.members.iter().enumerate().map(|(index, member)| {
        let index = Literal::usize_unsuffixed(index);
        match member {
            Member::Constant(constant) => {
                let name = ident(&constant.ident);
                quote!(#index => reader.constant(Self::#name))
            }
            Member::Field(field) => {
                let local = ident(&field.local);
                let read = match field.presence {
                    Presence::Optional if !field.holds_null => quote!(optional),
                    Presence::Optional | Presence::Required => quote!(value),
                    Presence::RequiredNullable | Presence::OptionalNullable => quote!(nullable),
                };
                quote!(#index => reader.#read(&mut #local))
            }
        }
    });
    quote! {
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                #(#arms,)*
                _ => #other,
            }
        }
    }
}

/// What a field is made of when all entries are read.
fn taken(field: &Field) -> TokenStream {
    let name = ident(&field.ident);
    let local = ident(&field.local);
    let wire = &field.wire;
    match field.presence {
        Presence::Required => quote!(#name: reader.required(#wire, #local)?),
        _ if field.ident == field.local => quote!(#name),
        Presence::RequiredNullable | Presence::Optional | Presence::OptionalNullable => {
            quote!(#name: #local)
        }
    }
}

fn write(def: &Struct) -> TokenStream {
    let members = def.members.iter().map(|member| match member {
        Member::Constant(constant) => {
            let (wire, name) = (&constant.wire, ident(&constant.ident));
            quote!(writer.constant(#wire, Self::#name);)
        }
        Member::Field(field) => {
            let (wire, name) = (&field.wire, ident(&field.ident));
            match field.presence {
                Presence::Required | Presence::RequiredNullable => {
                    quote!(writer.required(#wire, &self.#name);)
                }
                Presence::Optional | Presence::OptionalNullable => {
                    quote!(writer.optional(#wire, &self.#name);)
                }
            }
        }
    });
    let extra = def.extra.iter().map(|extra| {
        let name = ident(&extra.ident);
        quote!(writer.extra(&self.#name);)
    });
    let members = members.chain(extra);
    quote!(#(#members)*)
}
