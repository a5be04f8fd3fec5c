//! The body of a request: what a call holds, takes and sends.

use proc_macro2::TokenStream;
use quote::quote;

use crate::api::Media;
use crate::plan::body::{BodyChoice, BodyPlan};
use crate::plan::client::CallPlan;
use crate::plan::imports::Imports;
use crate::plan::{Docs, Type};

use super::super::tokens::{
    Scope, complex_attr, doc_attrs, encoding_imports, encodings, ident, uneven_attr,
};

/// Adds what a module needs of the runtime for its body.
pub(super) fn imports(imports: &mut Imports, operation: &CallPlan) {
    let client = "counterpart_client";
    let Some(body) = &operation.body else {
        imports.add(client, "NoBody");
        return;
    };
    if body.is_plain_json() {
        let name = if body.required {
            "Json"
        } else {
            "OptionalJson"
        };
        imports.add(client, name);
        return;
    }
    encoding_imports(imports, "counterpart_client::wire", body);
    if body.enumeration().is_some() {
        imports.add_all(client, &["Content", "Encoded"]);
        imports.add("counterpart_client::wire", "EncodeError");
    } else {
        imports.add(client, wrapper(&body.choices[0]));
    }
    if body.has_sequence() {
        imports.add("counterpart_client::wire", "Sequence");
    }
    if body
        .choices
        .iter()
        .any(|choice| choice.media == Media::Binary)
    {
        imports.add("counterpart_client::wire", "Binary");
    }
}

/// The type of the runtime that sends a body of this kind.
fn wrapper(choice: &BodyChoice) -> &'static str {
    match choice.media {
        Media::Json if choice.is_usual() => "Json",
        Media::Json => "JsonAs",
        Media::Form => "Form",
        Media::Multipart => "Multipart",
        Media::Text => "Plain",
        Media::Binary => "Upload",
        Media::Events => "SequenceAs",
    }
}

/// The type of the body that a call holds: `Json<CreateRunRequest>`.
pub(super) fn held(scope: &Scope<'_>, body: Option<&BodyPlan>) -> TokenStream {
    let Some(body) = body else {
        return quote!(NoBody);
    };
    if body.is_plain_json() {
        let ty = scope.ty(&body.ty);
        return match body.required {
            true => quote!(Json<#ty>),
            false => quote!(OptionalJson<#ty>),
        };
    }
    let held = match body.enumeration() {
        Some(name) => {
            let name = ident(name);
            quote!(#name)
        }
        None => {
            let choice = &body.choices[0];
            let wrapper = ident(wrapper(choice));
            match choice.media {
                Media::Text | Media::Binary => quote!(#wrapper),
                Media::Events => {
                    let item = sequence_item(scope, &choice.ty);
                    quote!(#wrapper<#item>)
                }
                Media::Json | Media::Form | Media::Multipart => {
                    let ty = scope.ty(&choice.ty);
                    quote!(#wrapper<#ty>)
                }
            }
        }
    };
    match body.required {
        true => held,
        false => quote!(Option<#held>),
    }
}

/// How an item of a sequence is written: `JsonLine<Record>`.
fn sequence_item(scope: &Scope<'_>, ty: &Type) -> TokenStream {
    match ty {
        Type::Sequence(item) => scope.ty(item),
        _ => scope.ty(ty),
    }
}

/// The type of the argument that a body is given as.
pub(super) fn argument_ty(scope: &Scope<'_>, body: &BodyPlan) -> TokenStream {
    let ty = scope.ty(&body.ty);
    let converts = body.enumeration().is_some()
        || matches!(
            body.choices[0].media,
            Media::Text | Media::Binary | Media::Events
        );
    match converts {
        true => quote!(impl Into<#ty>),
        false => ty,
    }
}

/// What makes of an argument the body that a call holds.
fn made(body: &BodyPlan) -> TokenStream {
    let value = ident(&body.ident);
    if body.enumeration().is_some() {
        return quote!(#value.into());
    }
    let choice = &body.choices[0];
    let wrapper = ident(wrapper(choice));
    let media_type = &choice.media_type;
    match choice.media {
        Media::Json if choice.is_usual() => quote!(#wrapper(#value)),
        Media::Json => quote!(#wrapper::new(#media_type, #value)),
        Media::Form | Media::Multipart if choice.encodings.is_empty() => {
            quote!(#wrapper::new(#value))
        }
        Media::Form | Media::Multipart => {
            let encodings = ident(&choice.encodings_ident());
            quote!(#wrapper::encoded(#value, #encodings))
        }
        Media::Text => quote!(#wrapper::text(#media_type, #value)),
        Media::Binary | Media::Events => quote!(#wrapper::new(#media_type, #value)),
    }
}

/// `.json(body)`
pub(super) fn step(body: &BodyPlan) -> TokenStream {
    let name = ident(&body.ident);
    match (body.is_plain_json(), body.required) {
        (true, true) => quote!(.json(#name)),
        (true, false) => quote!(.optional_json()),
        (false, true) => {
            let made = made(body);
            quote!(.content(#made))
        }
        (false, false) => quote!(.content(None)),
    }
}

/// The setter of a body that may be left out.
pub(super) fn setter(scope: &Scope<'_>, body: &BodyPlan) -> TokenStream {
    let docs = doc_attrs(&body.docs);
    let ty = argument_ty(scope, body);
    let name = ident(&body.ident);
    let step = match body.is_plain_json() {
        true => quote!(.body(#name)),
        false => {
            let made = made(body);
            quote!(.content(Some(#made)))
        }
    };
    quote! {
        #docs
        pub fn body(self, #name: #ty) -> Self {
            Self(self.0 #step)
        }
    }
}

/// How the fields of forms are written.
pub(super) fn constants(operation: &CallPlan) -> Vec<TokenStream> {
    let choices = operation.body.iter().flat_map(|body| &body.choices);
    choices.filter_map(encodings).collect()
}

/// The enum of a body of several types, and how it is sent.
pub(super) fn enumeration(scope: &Scope<'_>, operation: &CallPlan) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let name = ident(body.enumeration()?);
    let docs = doc_attrs(&Docs::raw(&format!(
        "The body of [`Client::{}`], in one of the media types that it may have.",
        operation.method
    )));
    let uneven = uneven_attr(body.uneven);
    let variants = body.choices.iter().map(|choice| {
        let docs = doc_attrs(&Docs::raw(&format!(
            "`{}`.",
            choice.media_type.replace('`', "'")
        )));
        let variant = ident(&choice.ident);
        let complex = complex_attr(choice.ty.is_complex());
        let ty = scope.ty(&choice.ty);
        quote!(#docs #complex #variant(#ty))
    });
    let conversions = body.conversions.iter().map(|index| {
        let choice = &body.choices[*index];
        let variant = ident(&choice.ident);
        let ty = scope.ty(&choice.ty);
        quote! {
            impl From<#ty> for #name {
                fn from(body: #ty) -> Self {
                    Self::#variant(body)
                }
            }
        }
    });
    let arms = body.choices.iter().map(|choice| {
        let variant = ident(&choice.ident);
        let encoded = encoded(choice);
        quote!(Self::#variant(body) => #encoded)
    });
    Some(quote! {
        #docs
        #[derive(Debug, Clone)]
        #uneven
        pub enum #name {
            #(#variants),*
        }

        #(#conversions)*

        impl Content for #name {
            fn encode(&self) -> Result<Option<Encoded>, EncodeError> {
                let encoded = match self {
                    #(#arms),*
                };
                encoded.map(Some)
            }
        }
    })
}

fn encoded(choice: &BodyChoice) -> TokenStream {
    let media_type = &choice.media_type;
    let encodings = match choice.encodings.is_empty() {
        true => quote!(&[]),
        false => {
            let name = ident(&choice.encodings_ident());
            quote!(#name)
        }
    };
    match choice.media {
        Media::Json => quote!(Encoded::json(#media_type, body)),
        Media::Form => quote!(Encoded::form(body, #encodings)),
        Media::Multipart => quote!(Encoded::multipart(body, #encodings)),
        Media::Text => quote!(Ok(Encoded::text(#media_type, body))),
        Media::Binary => quote!(Ok(Encoded::binary(#media_type, body))),
        Media::Events => quote!(Encoded::sequence(#media_type, body)),
    }
}
