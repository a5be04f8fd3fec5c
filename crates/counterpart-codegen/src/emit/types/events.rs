//! Event unions: the tag is the `event:` line, the payload the bare data.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::Type;
use crate::plan::types::{Event, EventPayload, Events};

use super::super::tokens::{Scope, doc_attrs, ident, uneven_attr};
use super::validate;

pub(super) fn events(scope: &Scope<'_>, def: &Events) -> TokenStream {
    let definition = definition(scope, def);
    let name = ident(&def.ident);
    let event = scope.wire("Event");
    let raw = scope.wire("RawEvent");
    let decode_error = scope.wire("DecodeError");
    let encode_error = scope.wire("EncodeError");
    let read = def.variants.iter().map(read);
    let write = def.variants.iter().map(|event| write(scope, event));
    let done = def.done().map(|done| {
        let done = ident(done);
        quote! {
            fn is_done(&self) -> bool {
                matches!(self, Self::#done)
            }

            fn done() -> Option<Self> {
                Some(Self::#done)
            }
        }
    });
    let error = def.error().map(|error| {
        let error = ident(error);
        quote! {
            fn is_error(&self) -> bool {
                matches!(self, Self::#error(_))
            }
        }
    });
    let variant = |index: usize| def.variants[index].ident.as_str();
    let validate = validate::variants(scope, &def.ident, &def.checks, variant);
    quote! {
        #definition

        #validate

        impl #event for #name {
            fn read(event: &#raw) -> Result<Self, #decode_error> {
                match event.name() {
                    #(#read)*
                    _ => event.unlisted::<Self>().map(Self::Unknown),
                }
            }

            fn write(&self) -> Result<#raw, #encode_error> {
                match self {
                    #(#write)*
                    Self::Unknown(event) => Ok(event.clone()),
                }
            }

            #done
            #error
        }
    }
}

fn definition(scope: &Scope<'_>, def: &Events) -> TokenStream {
    let docs = doc_attrs(&def.docs);
    let uneven = uneven_attr(def.uneven);
    let name = ident(&def.ident);
    let raw = scope.wire("RawEvent");
    let variants = def.variants.iter().map(|event| {
        let docs = doc_attrs(&event.docs);
        let name = ident(&event.ident);
        let payload = match &event.payload {
            EventPayload::Json(ty) => {
                let ty = scope.ty(ty);
                Some(quote!((#ty)))
            }
            EventPayload::Done(_) => None,
        };
        quote! {
            #docs
            #name #payload
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #uneven
        pub enum #name {
            #(#variants,)*
            #[doc = " An event that the document does not list, as it came."]
            Unknown(#raw),
        }
    }
}

fn read(event: &Event) -> TokenStream {
    let tag = &event.tag;
    let name = ident(&event.ident);
    match &event.payload {
        EventPayload::Json(Type::Boxed(_)) => {
            quote!(#tag => event.data().map(|data| Self::#name(Box::new(data))),)
        }
        EventPayload::Json(_) => quote!(#tag => event.data().map(Self::#name),),
        EventPayload::Done(_) => quote!(#tag => Ok(Self::#name),),
    }
}

fn write(scope: &Scope<'_>, event: &Event) -> TokenStream {
    let tag = &event.tag;
    let name = ident(&event.ident);
    let raw = scope.wire("RawEvent");
    match &event.payload {
        EventPayload::Json(_) => quote!(Self::#name(data) => #raw::json(#tag, data),),
        EventPayload::Done(data) => quote!(Self::#name => Ok(#raw::text(#tag, #data)),),
    }
}
