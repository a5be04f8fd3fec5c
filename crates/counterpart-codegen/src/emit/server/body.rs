//! The body of a request: its enum, where it may have several types, and how it is read.

use proc_macro2::{Literal, TokenStream};
use quote::quote;

use crate::api::Media;
use crate::plan::Docs;
use crate::plan::body::{BodyChoice, BodyPlan};
use crate::plan::imports::Imports;
use crate::plan::server::OperationPlan;

use super::super::tokens::{
    Scope, complex_attr, doc_attrs, encoding_imports, encodings, ident, uneven_attr,
};

/// Adds what a module needs of the runtime for its body.
pub(super) fn imports(imports: &mut Imports, body: &BodyPlan) {
    encoding_imports(imports, "counterpart_server", body);
    if body.choices.iter().any(|choice| choice.filled) {
        imports.add("counterpart_server::wire", "filled");
    }
    if body
        .choices
        .iter()
        .any(|choice| choice.checked && !checks_itself(choice.media))
    {
        imports.add("counterpart_server", "valid");
    }
}

/// How the fields of forms are written.
pub(super) fn constants(operation: &OperationPlan) -> Vec<TokenStream> {
    let choices = operation.body.iter().flat_map(|body| &body.choices);
    choices.filter_map(encodings).collect()
}

/// The enum of a body of several types.
pub(super) fn enumeration(scope: &Scope<'_>, operation: &OperationPlan) -> Option<TokenStream> {
    let body = operation.body.as_ref()?;
    let name = ident(body.enumeration()?);
    let docs = doc_attrs(&Docs::raw(&format!(
        "The body of a [`{}`], in one of the media types that it may have.",
        operation.request
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
    Some(quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #uneven
        pub enum #name {
            #(#variants),*
        }
    })
}

/// `request.json().await?`, or what fits the media type that the request has.
pub(super) fn read(body: &BodyPlan) -> TokenStream {
    if let [only] = &body.choices[..] {
        return read_choice(body, only);
    }
    let types = body
        .choices
        .iter()
        .map(|choice| essence(&choice.media_type));
    let types: Vec<&str> = types.collect();
    let types = types.join(", ");
    let arms = body.choices.iter().enumerate().rev();
    let arms = arms.map(|(index, choice)| {
        let read = read_choice(body, choice);
        let read = match (body.enumeration(), body.required) {
            (None, _) => read,
            (Some(name), required) => {
                let name = ident(name);
                let variant = ident(&choice.ident);
                match required {
                    true => quote!(#name::#variant(#read)),
                    false => quote!(#read.map(#name::#variant)),
                }
            }
        };
        let index = Literal::usize_unsuffixed(index);
        // A request without a media type is read as what comes first, and refused by that.
        match index.to_string() == "0" {
            true => quote!(_ => #read),
            false => quote!(Some(#index) => #read),
        }
    });
    let arms: Vec<TokenStream> = arms.collect();
    quote! {
        match request.one_of(#types)? {
            #(#arms),*
        }
    }
}

fn read_choice(body: &BodyPlan, choice: &BodyChoice) -> TokenStream {
    let media_type = essence(&choice.media_type);
    let encodings = match choice.encodings.is_empty() {
        true => quote!(&[]),
        false => {
            let name = ident(&choice.encodings_ident());
            quote!(#name)
        }
    };
    let (stem, argument) = match choice.media {
        Media::Json => ("json", None),
        Media::Form => ("form", Some(encodings)),
        Media::Multipart => ("multipart", Some(encodings)),
        Media::Text => ("text", Some(quote!(#media_type))),
        Media::Binary => ("binary", Some(quote!(#media_type))),
        Media::Events => ("sequence", Some(quote!(#media_type))),
    };
    let valid = choice.checked && checks_itself(choice.media);
    let prefix = match (valid, body.required) {
        (true, true) => "valid_",
        (true, false) => "valid_optional_",
        (false, true) => "",
        (false, false) => "optional_",
    };
    let method = ident(&format!("{prefix}{stem}"));
    let read = quote!(request.#method(#argument).await?);
    let read = match choice.checked && !valid {
        true => quote!(valid(#read)?),
        false => read,
    };
    match (choice.filled, choice.media, body.required) {
        (false, ..) => read,
        (true, Media::Events, true) => quote!(#read.map(filled)),
        (true, Media::Events, false) => quote!(#read.map(|items| items.map(filled))),
        (true, ..) => quote!(filled(#read)),
    }
}

/// Whether what reads a body of this kind can check it as well.
fn checks_itself(media: Media) -> bool {
    matches!(media, Media::Json | Media::Events)
}

/// A media type without its parameters, which requests need not repeat.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}
