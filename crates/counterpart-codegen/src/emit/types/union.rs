//! Unions: the variants, one more for what the document does not list, and how a value
//! finds its own.

use proc_macro2::TokenStream;
use quote::quote;

use crate::plan::Type;
use crate::plan::types::{
    Conversion, JsonType, Payload, TagCase, TagTable, UnionDispatch, UnionEnum, Variant,
};

use super::super::tokens::{Scope, complex_attr, doc_attrs, ident, literal, uneven_attr};
use super::{defaults, validate};

pub(super) fn union(scope: &Scope<'_>, def: &UnionEnum) -> TokenStream {
    let definition = definition(scope, def);
    let conversions = def
        .conversions
        .iter()
        .map(|found| conversion(scope, def, found));
    let read = match &def.dispatch {
        UnionDispatch::Tag(table) => {
            let name = ident(&def.ident);
            let tagged = tagged(scope, def, table);
            quote!(#tagged tagged_union!(#name);)
        }
        UnionDispatch::Type { types, tag } => {
            let tagged = tag.as_ref().map(|table| tagged(scope, def, table));
            let by_type = by_type(scope, def, types, tag.is_some());
            quote!(#tagged #by_type)
        }
        UnionDispatch::Order => in_order(scope, def),
    };
    let write = write(scope, def);
    let variant = |index: usize| def.variants[index].ident.as_str();
    let validate = validate::variants(scope, &def.ident, &def.checks, variant);
    let defaults = defaults::union(scope, def);
    quote! {
        #definition
        #(#conversions)*
        #write
        #read
        #validate
        #defaults
    }
}

fn definition(scope: &Scope<'_>, def: &UnionEnum) -> TokenStream {
    let docs = doc_attrs(&def.docs);
    let uneven = uneven_attr(def.uneven);
    let name = ident(&def.ident);
    let value = scope.wire("Value");
    let variants = def.variants.iter().map(|variant| {
        let docs = doc_attrs(&variant.docs);
        let name = ident(&variant.ident);
        let (complex, payload) = match &variant.payload {
            Payload::Constant(_) => (None, None),
            Payload::Value(ty) => {
                let complex = complex_attr(ty.is_complex());
                let ty = scope.ty(ty);
                (complex, Some(quote!((#ty))))
            }
        };
        quote! {
            #docs
            #complex
            #name #payload
        }
    });
    quote! {
        #docs
        #[derive(Debug, Clone, PartialEq)]
        #uneven
        pub enum #name {
            #(#variants,)*
            #[doc = " A value that the document does not list, as it came."]
            Unknown(#value),
        }
    }
}

/// `impl From<FunctionTool> for Tool`, and from `&str` where text converts.
fn conversion(scope: &Scope<'_>, def: &UnionEnum, conversion: &Conversion) -> TokenStream {
    let name = ident(&def.ident);
    let variant = ident(&conversion.variant);
    let from = scope.ty(&conversion.from);
    let through = conversion.through.as_deref().map(ident);
    let value = match (&through, conversion.boxed) {
        (Some(through), _) => quote!(#through::new(value)),
        (None, true) => quote!(Box::new(value)),
        (None, false) => quote!(value),
    };
    let owned = match &through {
        Some(through) => quote!(#through::new(value)),
        None => quote!(value.to_owned()),
    };
    let borrowed = (conversion.from == Type::Text).then(|| {
        quote! {
            impl From<&str> for #name {
                fn from(value: &str) -> Self {
                    Self::#variant(#owned)
                }
            }
        }
    });
    let array = match &conversion.from {
        Type::List(item) => {
            let item = scope.ty(item);
            Some(quote! {
                impl<const N: usize> From<[#item; N]> for #name {
                    fn from(value: [#item; N]) -> Self {
                        Self::#variant(value.into())
                    }
                }
            })
        }
        _ => None,
    };
    quote! {
        #borrowed

        #array

        impl From<#from> for #name {
            fn from(value: #from) -> Self {
                Self::#variant(#value)
            }
        }
    }
}

/// `impl Tagged for Tool { … }`
fn tagged(scope: &Scope<'_>, def: &UnionEnum, table: &TagTable) -> TokenStream {
    let name = ident(&def.ident);
    let tag = &table.property;
    let tags = table.cases.iter().flat_map(|case| &case.tags);
    let arms = table.cases.iter().map(|case| {
        let tags = &case.tags;
        let wrap = wrapped(&def.variants[case.variant]);
        quote!(#(#tags)|* => reader.object().map(#wrap),)
    });
    let telling = (!table.telling.is_empty()).then(|| {
        let telling = table.telling.iter().map(|(key, tag)| quote!((#key, #tag)));
        quote!(const TELLING: &'static [(&'static str, &'static str)] = &[#(#telling),*];)
    });
    let tagged = scope.wire("Tagged");
    let access = scope.wire("MapAccess");
    let reader = scope.wire("Reader");
    quote! {
        impl #tagged for #name {
            const TAG: &'static str = #tag;
            const TAGS: &'static [&'static str] = &[#(#tags),*];
            #telling

            fn read<'de, A: #access<'de>>(
                tag: &str,
                reader: &mut #reader<'de, A>,
            ) -> Option<Self> {
                match tag {
                    #(#arms)*
                    _ => reader.unknown().map(Self::Unknown),
                }
            }
        }
    }
}

/// The function from a payload to the variant.
fn wrapped(variant: &Variant) -> TokenStream {
    let name = ident(&variant.ident);
    match &variant.payload {
        Payload::Value(Type::Boxed(_)) => quote!(|value| Self::#name(Box::new(value))),
        Payload::Value(_) | Payload::Constant(_) => quote!(Self::#name),
    }
}

/// `impl ByType for MessageInput { … }`
fn by_type(
    scope: &Scope<'_>,
    def: &UnionEnum,
    types: &[(JsonType, usize)],
    has_tag: bool,
) -> TokenStream {
    let name = ident(&def.ident);
    let by_type = scope.wire("ByType");
    let json_type = scope.wire("JsonType");
    let deserializer = scope.wire("Deserializer");
    let mut listed: Vec<JsonType> = types.iter().map(|(ty, _)| *ty).collect();
    listed.dedup();
    let names = listed.iter().map(|ty| json_type_ident(*ty));
    let arms = types
        .iter()
        .filter(|(ty, _)| !(has_tag && *ty == JsonType::Object))
        .map(|(ty, index)| {
            let pattern = pattern(scope, *ty, &listed);
            let read = read_value(scope, &def.variants[*index]);
            quote!(#pattern => #read,)
        });
    let objects = has_tag.then(|| quote!(#json_type::Object => tagged(value),));
    quote! {
        impl #by_type for #name {
            const TYPES: &'static [#json_type] = &[#(#json_type::#names),*];

            fn read<'de, D: #deserializer<'de>>(
                kind: #json_type,
                value: D,
            ) -> Result<Self, D::Error> {
                match kind {
                    #(#arms)*
                    #objects
                    _ => Self::unknown(value).map(Self::Unknown),
                }
            }
        }

        by_type_union!(#name);
    }
}

/// A pattern for a JSON type; a whole number fits where any number does.
fn pattern(scope: &Scope<'_>, ty: JsonType, listed: &[JsonType]) -> TokenStream {
    let json_type = scope.wire("JsonType");
    let name = json_type_ident(ty);
    match ty == JsonType::Number && !listed.contains(&JsonType::Integer) {
        true => quote!(#json_type::Integer | #json_type::Number),
        false => quote!(#json_type::#name),
    }
}

fn json_type_ident(ty: JsonType) -> proc_macro2::Ident {
    ident(match ty {
        JsonType::Boolean => "Boolean",
        JsonType::Integer => "Integer",
        JsonType::Number => "Number",
        JsonType::String => "String",
        JsonType::Array => "Array",
        JsonType::Object => "Object",
    })
}

fn read_value(scope: &Scope<'_>, variant: &Variant) -> TokenStream {
    let name = ident(&variant.ident);
    match &variant.payload {
        Payload::Constant(value) => {
            let value = literal(value);
            quote!(constant(value, #value, Self::#name, Self::Unknown))
        }
        Payload::Value(_) => {
            let deserialize = scope.wire("Deserialize");
            quote!(#deserialize::deserialize(value).map(Self::#name))
        }
    }
}

/// `impl InOrder for Shape { … }`
fn in_order(scope: &Scope<'_>, def: &UnionEnum) -> TokenStream {
    let name = ident(&def.ident);
    let in_order = scope.wire("InOrder");
    let attempt = scope.wire("Attempt");
    let value = scope.wire("Value");
    let tries = def.variants.iter().map(|variant| {
        let name = ident(&variant.ident);
        let text = &variant.ident;
        match &variant.payload {
            Payload::Value(_) => quote!(value.fits(#text).map(Self::#name)),
            Payload::Constant(constant) => {
                let constant = literal(constant);
                quote!(value.is(#text, #constant).then_some(Self::#name))
            }
        }
    });
    let mut tries: Vec<TokenStream> = tries.collect();
    let first = tries.remove(0);
    quote! {
        impl #in_order for #name {
            fn read(value: &mut #attempt<'_, '_>) -> Option<Self> {
                #first #(.or_else(|| #tries))*
            }

            fn unknown(value: #value) -> Self {
                Self::Unknown(value)
            }
        }

        in_order_union!(#name);
    }
}

/// `impl Serialize for Tool { … }`
fn write(scope: &Scope<'_>, def: &UnionEnum) -> TokenStream {
    let name = ident(&def.ident);
    let serialize = scope.wire("Serialize");
    let serializer = scope.wire("Serializer");
    let table = match &def.dispatch {
        UnionDispatch::Tag(table) => Some(table),
        UnionDispatch::Type { tag, .. } => tag.as_ref(),
        UnionDispatch::Order => None,
    };
    let arms = def.variants.iter().enumerate().map(|(index, variant)| {
        let name = ident(&variant.ident);
        let case = table.and_then(|table| tag_to_write(table, index));
        match (&variant.payload, case) {
            (Payload::Constant(value), _) => {
                let value = literal(value);
                quote!(Self::#name => #value.serialize(serializer),)
            }
            (Payload::Value(_), Some(tag)) => quote! {
                Self::#name(value) => with_tag(serializer, Self::TAG, #tag, value),
            },
            (Payload::Value(_), None) => {
                quote!(Self::#name(value) => value.serialize(serializer),)
            }
        }
    });
    quote! {
        impl #serialize for #name {
            fn serialize<S: #serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                match self {
                    #(#arms)*
                    Self::Unknown(value) => value.serialize(serializer),
                }
            }
        }
    }
}

/// The tag that the union must write for a variant, because its own type does not.
fn tag_to_write(table: &TagTable, variant: usize) -> Option<&String> {
    let written = |case: &&TagCase| case.variant == variant && case.written_by_union;
    table.cases.iter().find(written)?.tags.first()
}
