//! Open enums: the listed values, and a variant for any other.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::plan::types::{Enum, EnumValue, IntegerEnum};

use super::super::tokens::{doc_attrs, ident};

/// `pub enum RunStatus { Queued, …, Unknown(String) }`
pub(super) fn strings(def: &Enum) -> TokenStream {
    let docs = doc_attrs(&def.docs);
    let name = ident(&def.ident);
    let variants = variants(&def.values);
    let idents: Vec<_> = def.values.iter().map(|value| ident(&value.ident)).collect();
    let values: Vec<_> = def.values.iter().map(|value| &value.value).collect();
    let any = def.any_other.then(|| quote!(any));
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the document does not list."]
            Unknown(String),
        }

        impl #name {
            #[doc = " Every value that the document lists, in its order."]
            pub const ALL: &'static [Self] = &[#(Self::#idents),*];

            #[doc = " The value as it stands on the wire."]
            pub fn as_str(&self) -> &str {
                match self {
                    #(Self::#idents => #values,)*
                    Self::Unknown(value) => value,
                }
            }
        }

        impl From<&str> for #name {
            fn from(value: &str) -> Self {
                match value {
                    #(#values => Self::#idents,)*
                    other => Self::Unknown(other.to_owned()),
                }
            }
        }

        open_enum!(#any #name);
    }
}

/// `pub enum Priority { Low, …, Unknown(i64) }`
pub(super) fn integers(def: &IntegerEnum) -> TokenStream {
    let docs = doc_attrs(&def.docs);
    let name = ident(&def.ident);
    let variants = variants(&def.values);
    let idents: Vec<_> = def.values.iter().map(|value| ident(&value.ident)).collect();
    let values: Vec<_> = def
        .values
        .iter()
        .map(|value| Literal::i64_unsuffixed(value.value))
        .collect();
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the document does not list."]
            Unknown(i64),
        }

        impl #name {
            #[doc = " Every value that the document lists, in its order."]
            pub const ALL: &'static [Self] = &[#(Self::#idents),*];

            #[doc = " The value as it stands on the wire."]
            pub fn as_i64(&self) -> i64 {
                match self {
                    #(Self::#idents => #values,)*
                    Self::Unknown(value) => *value,
                }
            }
        }

        impl From<i64> for #name {
            fn from(value: i64) -> Self {
                match value {
                    #(#values => Self::#idents,)*
                    other => Self::Unknown(other),
                }
            }
        }

        open_int_enum!(#name);
    }
}

fn variants<T>(values: &[EnumValue<T>]) -> impl Iterator<Item = TokenStream> {
    values.iter().map(|value| {
        let docs = doc_attrs(&value.docs);
        let name = ident(&value.ident);
        quote! {
            #docs
            #name
        }
    })
}
