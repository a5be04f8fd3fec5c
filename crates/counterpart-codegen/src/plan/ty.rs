//! Rust types, as far as generated code spells them.

use std::collections::BTreeSet;

use crate::api::{Framing, Kind, StringFormat, Use};

use super::Input;

/// A type in generated code.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Type {
    /// A type of the types crate.
    Named(String),
    /// `String`.
    Text,
    /// `bool`.
    Bool,
    /// `i32`.
    I32,
    /// `i64`.
    I64,
    /// `u32`.
    U32,
    /// `u64`.
    U64,
    /// `f64`.
    F64,
    /// A type of another crate.
    External(External),
    /// `serde_json::Value`.
    Value,
    /// `serde_json::Map<String, Value>`.
    JsonMap,
    /// `IndexMap<String, T>`.
    Map(Box<Type>),
    /// `Vec<T>`.
    List(Box<Type>),
    /// `Option<T>`.
    Option(Box<Type>),
    /// `Nullable<T>`.
    Nullable(Box<Type>),
    /// `Box<T>`.
    Boxed(Box<Type>),
    /// `()`.
    Unit,
    /// `Base64`: bytes in a text.
    Base64,
    /// `FilePart`: a file in a form.
    File,
    /// `Binary`: bytes; a client receives them as `Download`.
    Binary,
    /// A text that is not JSON: `String`; a client receives it as `Text`.
    PlainText,
    /// `JsonLine<T>` and the like: an item of a stream, by how that is written.
    Item(Framing, Box<Type>),
    /// `Sequence<T>`: the items of a request's body, each as [`Type::Item`] says.
    Sequence(Box<Type>),
    /// A type of the module that names it.
    Own(String),
}

/// A type of a library, for a `format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum External {
    /// `chrono::DateTime<chrono::FixedOffset>`.
    DateTime,
    /// `chrono::NaiveDate`.
    Date,
    /// `uuid::Uuid`.
    Uuid,
    /// `url::Url`.
    Url,
}

/// What clippy takes for too complex (`clippy::type_complexity`).
pub(super) const COMPLEX: usize = 250;

/// What the runtime calls the item of a stream that is written like this.
pub fn item_name(framing: Framing) -> &'static str {
    match framing {
        Framing::Events => "EventData",
        Framing::Lines => "JsonLine",
        Framing::Records => "JsonRecord",
    }
}

/// What the runtime calls the items of streams and sequences among these types.
pub(super) fn item_names<'t>(types: impl Iterator<Item = &'t Type>) -> BTreeSet<&'static str> {
    let mut names = BTreeSet::new();
    types.for_each(|ty| {
        ty.walk(&mut |ty| {
            if let Type::Item(framing, _) = ty {
                names.insert(item_name(*framing));
            }
        });
    });
    names
}

impl Type {
    /// `Option<self>`.
    pub fn optional(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// Adds the libraries that this type and the types inside it come from.
    pub(super) fn externals(&self, found: &mut BTreeSet<External>) {
        self.walk(&mut |ty| {
            if let Self::External(external) = ty {
                found.insert(*external);
            }
        });
    }

    /// Whether clippy would call it too complex where it is the type of a field or an argument.
    pub fn is_complex(&self) -> bool {
        self.complexity(1) > COMPLEX
    }

    /// How complex this type is to a reader, as clippy counts it: each type in it ten times as
    /// much as there are types around it. `depth` is that number for this type, with itself.
    pub(super) fn complexity(&self, depth: usize) -> usize {
        let inner = match self {
            Self::Map(inner) => Self::Text.complexity(depth + 1) + inner.complexity(depth + 1),
            Self::List(inner)
            | Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::Item(_, inner)
            | Self::Sequence(inner) => inner.complexity(depth + 1),
            Self::JsonMap => Self::Text.complexity(depth + 1) + Self::Value.complexity(depth + 1),
            Self::External(External::DateTime) => Self::Text.complexity(depth + 1),
            Self::Named(_)
            | Self::Text
            | Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::F64
            | Self::External(_)
            | Self::Value
            | Self::Unit
            | Self::Base64
            | Self::File
            | Self::Binary
            | Self::PlainText
            | Self::Own(_) => 0,
        };
        10 * depth + inner
    }

    /// Calls `visit` with this type and every type inside it.
    pub fn walk(&self, visit: &mut impl FnMut(&Self)) {
        visit(self);
        match self {
            Self::Map(inner)
            | Self::List(inner)
            | Self::Option(inner)
            | Self::Nullable(inner)
            | Self::Boxed(inner)
            | Self::Item(_, inner)
            | Self::Sequence(inner) => inner.walk(visit),
            Self::Named(_)
            | Self::Text
            | Self::Bool
            | Self::I32
            | Self::I64
            | Self::U32
            | Self::U64
            | Self::F64
            | Self::External(_)
            | Self::Value
            | Self::JsonMap
            | Self::Unit
            | Self::Base64
            | Self::File
            | Self::Binary
            | Self::PlainText
            | Self::Own(_) => {}
        }
    }
}

impl Input<'_> {
    /// The type of a schema where it is used, `null` left aside.
    pub(super) fn ty(&self, ty: Use) -> Type {
        if let Some(name) = self.names.ty(ty.schema) {
            return Type::Named(name.to_owned());
        }
        if self.api.files.contains(&ty.schema) {
            return Type::File;
        }
        let schema = self.api.schema(ty.schema);
        self.spelled(&schema.kind)
    }

    /// The type that a schema without a name of its own is.
    pub(super) fn spelled(&self, kind: &Kind) -> Type {
        match kind {
            Kind::Boolean => Type::Bool,
            Kind::Integer {
                short: true,
                unsigned: true,
            } => Type::U32,
            Kind::Integer { short: true, .. } => Type::I32,
            Kind::Integer { unsigned: true, .. } => Type::U64,
            Kind::Integer { .. } => Type::I64,
            Kind::Number => Type::F64,
            Kind::String(format) => self.format(*format),
            Kind::Array(items) => Type::List(Box::new(self.value_ty(*items))),
            Kind::Map(values) => match self.value_ty(*values) {
                Type::Value => Type::JsonMap,
                inner => Type::Map(Box::new(inner)),
            },
            Kind::Constant(value) => match value {
                serde_json::Value::Bool(_) => Type::Bool,
                serde_json::Value::Number(number) if number.is_i64() => Type::I64,
                serde_json::Value::Number(_) => Type::F64,
                serde_json::Value::String(_) => Type::Text,
                _ => Type::Value,
            },
            Kind::Any | Kind::Null | Kind::Enum(_) | Kind::Object(_) | Kind::Union(_) => {
                Type::Value
            }
        }
    }

    /// The type of an item or a value, where `null` is `None`.
    pub(super) fn value_ty(&self, ty: Use) -> Type {
        let inner = self.ty(ty);
        match ty.nullable && inner != Type::Value {
            true => inner.optional(),
            false => inner,
        }
    }

    fn format(&self, format: StringFormat) -> Type {
        let (name, ty) = match format {
            StringFormat::DateTime => ("date-time", Type::External(External::DateTime)),
            StringFormat::Date => ("date", Type::External(External::Date)),
            StringFormat::Uuid => ("uuid", Type::External(External::Uuid)),
            StringFormat::Uri => ("uri", Type::External(External::Url)),
            StringFormat::Byte => ("byte", Type::Base64),
            // In JSON nobody says how bytes became a text.
            StringFormat::Binary | StringFormat::Plain => return Type::Text,
        };
        match self.config.is_plain(name) {
            true => Type::Text,
            false => ty,
        }
    }
}
