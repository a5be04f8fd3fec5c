//! The headers of the replies of one status.
//!
//! ```text
//! pub struct ListPetsOkHeaders { … }        impl ListPetsOkHeaders { fn on(self, reply: Reply) -> Reply }
//! ```

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::headers::{HeaderField, Headers};

use super::super::tokens::{Scope, doc_attrs, ident, param};

pub(super) fn headers(scope: &Scope<'_>, headers: &Headers) -> TokenStream {
    let docs = doc_attrs(&headers.docs);
    let name = ident(&headers.ident);
    let default = headers.is_optional().then(|| quote!(, Default));
    let fields = headers.fields.iter().map(|field| {
        let docs = doc_attrs(&field.docs);
        let name = ident(&field.ident);
        let ty = scope.ty(&field.ty);
        quote! {
            #docs
            pub #name: #ty
        }
    });
    let written = headers.fields.iter().map(written);
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq #default)]
        pub struct #name {
            #(#fields),*
        }

        impl #name {
            fn on(self, reply: Reply) -> Reply {
                reply #(#written)*
            }
        }
    }
}

/// `.header("x-total", self.x_total)`
fn written(field: &HeaderField) -> TokenStream {
    let wire = &field.wire;
    let name = ident(&field.ident);
    match field.is_usual() {
        true => quote!(.header(#wire, self.#name)),
        false => {
            let param = param(field.layout);
            quote!(.header_styled(#param, #wire, self.#name))
        }
    }
}
