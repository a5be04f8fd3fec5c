//! A default as data: what an emitter reads.

use super::super::ty::Type;
use super::model::{Literal, Presence};

/// The default of a field, under a name of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct FieldDefault {
    /// The name: of a constant (`DEFAULT_LIMIT`) if the value can be one, else of a function
    /// (`default_tags`).
    pub ident: String,
    /// The value.
    pub value: DefaultValue,
}

/// A default as source text spells it.
#[derive(Debug, Clone, PartialEq)]
pub enum DefaultValue {
    /// A literal.
    Literal(Literal),
    /// A variant that holds nothing, of an enum or a union: the type and the variant.
    Variant(String, String),
    /// A variant of a union that holds a value.
    Holding(String, String, Box<DefaultValue>),
    /// A list.
    List(Vec<DefaultValue>),
    /// A map with nothing in it.
    EmptyMap,
    /// An object.
    Object(DefaultObject),
}

/// An object as a default.
#[derive(Debug, Clone, PartialEq)]
pub struct DefaultObject {
    /// Its type.
    pub ty: String,
    /// Every field, and what it holds where that is anything.
    pub fields: Vec<(String, Presence, Option<DefaultValue>)>,
    /// The field that keeps what is not listed.
    pub extra: Option<String>,
}

impl DefaultValue {
    /// Whether a constant can be this.
    pub fn is_constant(&self) -> bool {
        match self {
            Self::Literal(_) | Self::Variant(..) => true,
            Self::Holding(_, _, value) => {
                value.is_constant() && !matches!(**value, Self::Literal(Literal::Text(_)))
            }
            Self::List(_) | Self::EmptyMap | Self::Object(_) => false,
        }
    }

    /// Calls `visit` with every type that the source text names, as far as it names them.
    pub fn walk(&self, visit: &mut impl FnMut(&Type)) {
        match self {
            Self::Literal(_) | Self::EmptyMap => {}
            Self::Variant(ty, _) => visit(&Type::Named(ty.clone())),
            Self::Holding(ty, _, value) => {
                visit(&Type::Named(ty.clone()));
                value.walk(visit);
            }
            Self::List(items) => items.iter().for_each(|item| item.walk(visit)),
            Self::Object(object) => {
                visit(&Type::Named(object.ty.clone()));
                for (_, presence, value) in &object.fields {
                    if *presence == Presence::OptionalNullable {
                        visit(&Type::Nullable(Box::new(Type::Unit)));
                    }
                    value.iter().for_each(|value| value.walk(visit));
                }
            }
        }
    }
}
