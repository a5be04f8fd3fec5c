//! Types in words: on the wire as the document calls them, in Rust as a reader would write them.

use crate::api::{Kind, Origin, StringFormat, Use};

use super::super::ty::{External, Type, item_name};
use super::Scope;

/// A type on the wire, in words; some are links.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Words(pub Vec<Word>);

/// A piece of [`Words`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Word {
    /// Plain words.
    Plain(String),
    /// Something that stands on the wire as it is.
    Code(String),
    /// A type with a page of its own.
    Type {
        /// What the document calls it.
        title: String,
        /// What Rust calls it, which is the name of its page.
        ident: String,
    },
}

impl Words {
    /// Plain words.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self(vec![Word::Plain(text.into())])
    }

    fn before(mut self, text: &str) -> Self {
        self.0.insert(0, Word::Plain(text.to_owned()));
        self
    }

    fn after(mut self, text: &str) -> Self {
        self.0.push(Word::Plain(text.to_owned()));
        self
    }

    /// Whether there is nothing to say.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl Scope<'_> {
    /// The type of something that may be `null`.
    pub(super) fn words(&self, ty: Use) -> Words {
        let words = self.words_of(ty);
        match ty.nullable && !matches!(self.input.api.schema(ty.schema).kind, Kind::Any) {
            true => words.after(" or null"),
            false => words,
        }
    }

    fn words_of(&self, ty: Use) -> Words {
        let id = self.input.names.canonical(ty.schema);
        let schema = self.input.api.schema(id);
        if let Some(ident) = self.input.names.ty(id) {
            return Words(vec![Word::Type {
                title: match &schema.origin {
                    Origin::Component(name) => name.clone(),
                    _ => ident.to_owned(),
                },
                ident: ident.to_owned(),
            }]);
        }
        self.kind(&schema.kind)
    }

    /// The type of a schema that has no name.
    pub(super) fn kind(&self, kind: &Kind) -> Words {
        match kind {
            Kind::Any => Words::plain("any"),
            Kind::Null => Words::plain("null"),
            Kind::Boolean => Words::plain("boolean"),
            Kind::Integer { .. } => Words::plain("integer"),
            Kind::Number => Words::plain("number"),
            Kind::String(format) => Words::plain(string(*format)),
            Kind::Constant(value) => Words(vec![Word::Code(value.to_string())]),
            Kind::Array(items) => self.words(*items).before("list of "),
            Kind::Map(values) => match self.input.api.schema(values.schema).kind {
                Kind::Any => Words::plain("object"),
                _ => self.words(*values).before("map of "),
            },
            Kind::Enum(_) => Words::plain("string"),
            Kind::Object(_) => Words::plain("object"),
            Kind::Union(_) => Words::plain("any"),
        }
    }
}

fn string(format: StringFormat) -> &'static str {
    match format {
        StringFormat::Plain => "string",
        StringFormat::DateTime => "string (date-time)",
        StringFormat::Date => "string (date)",
        StringFormat::Uuid => "string (uuid)",
        StringFormat::Uri => "string (uri)",
        StringFormat::Byte => "string (base64)",
        StringFormat::Binary => "bytes",
    }
}

/// A type as Rust spells it.
pub(super) fn rust(ty: &Type) -> String {
    match ty {
        Type::Named(name) => name.clone(),
        Type::Text => "String".to_owned(),
        Type::Bool => "bool".to_owned(),
        Type::I32 => "i32".to_owned(),
        Type::I64 => "i64".to_owned(),
        Type::U32 => "u32".to_owned(),
        Type::U64 => "u64".to_owned(),
        Type::F64 => "f64".to_owned(),
        Type::External(External::DateTime) => "DateTime<FixedOffset>".to_owned(),
        Type::External(External::Date) => "NaiveDate".to_owned(),
        Type::External(External::Uuid) => "Uuid".to_owned(),
        Type::External(External::Url) => "Url".to_owned(),
        Type::Value => "Value".to_owned(),
        Type::JsonMap => "Map<String, Value>".to_owned(),
        Type::Map(inner) => format!("IndexMap<String, {}>", rust(inner)),
        Type::List(inner) => format!("Vec<{}>", rust(inner)),
        Type::Option(inner) => format!("Option<{}>", rust(inner)),
        Type::Nullable(inner) => format!("Nullable<{}>", rust(inner)),
        Type::Boxed(inner) => format!("Box<{}>", rust(inner)),
        Type::Unit => "()".to_owned(),
        Type::Base64 => "Base64".to_owned(),
        Type::File => "FilePart".to_owned(),
        Type::Binary => "Binary".to_owned(),
        Type::PlainText => "String".to_owned(),
        Type::Item(framing, inner) => format!("{}<{}>", item_name(*framing), rust(inner)),
        Type::Sequence(inner) => format!("Sequence<{}>", rust(inner)),
        Type::Own(name) => name.clone(),
    }
}
