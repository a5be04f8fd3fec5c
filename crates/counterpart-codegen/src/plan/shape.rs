//! Small facts about variants: their JSON type, their words, what converts into them.

use crate::api::{EnumValues, Kind};

use super::ty::Type;
use super::types::{Conversion, JsonType, Literal, Payload, Variant};

/// The one JSON type of a schema's values.
pub(super) fn json_type(kind: &Kind) -> Option<JsonType> {
    match kind {
        Kind::Boolean => Some(JsonType::Boolean),
        Kind::Integer { .. } | Kind::Enum(EnumValues::Integers(_)) => Some(JsonType::Integer),
        Kind::Number => Some(JsonType::Number),
        Kind::String(_) | Kind::Enum(EnumValues::Strings(_)) => Some(JsonType::String),
        Kind::Array(_) => Some(JsonType::Array),
        Kind::Map(_) | Kind::Object(_) => Some(JsonType::Object),
        Kind::Constant(serde_json::Value::String(_)) => Some(JsonType::String),
        Kind::Constant(serde_json::Value::Bool(_)) => Some(JsonType::Boolean),
        Kind::Constant(serde_json::Value::Number(_)) => Some(JsonType::Integer),
        Kind::Any | Kind::Null | Kind::Union(_) | Kind::Constant(_) => None,
    }
}

/// A true sentence about a variant of which the document says nothing.
pub(super) fn variant_docs(payload: &Payload) -> String {
    match payload {
        Payload::Constant(Literal::Text(text)) => format!("`{text}`."),
        Payload::Constant(_) => "A constant.".to_owned(),
        Payload::Value(ty) => match ty {
            Type::Text => "Text.".to_owned(),
            Type::Bool => "`true` or `false`.".to_owned(),
            Type::List(_) => "A list.".to_owned(),
            Type::Map(_) | Type::JsonMap => "A map.".to_owned(),
            Type::I32 | Type::I64 | Type::U32 | Type::U64 | Type::F64 => "A number.".to_owned(),
            Type::Named(name) => {
                let article = match name.starts_with(['A', 'E', 'I', 'O']) {
                    true => "An",
                    false => "A",
                };
                format!("{article} [`{name}`](crate::{name}).")
            }
            _ => "Any other value of the union.".to_owned(),
        },
    }
}

/// The payloads that convert into the union: those that one variant alone holds.
pub(super) fn conversions(variants: &[Variant]) -> Vec<Conversion> {
    let payloads: Vec<(&str, &Type, bool)> = variants
        .iter()
        .filter_map(|variant| match &variant.payload {
            Payload::Value(Type::Boxed(ty)) => Some((variant.ident.as_str(), &**ty, true)),
            Payload::Value(ty) => Some((variant.ident.as_str(), ty, false)),
            Payload::Constant(_) => None,
        })
        .collect();
    // Every JSON value is a `Value` already: a conversion would say nothing.
    let once = |ty: &Type| payloads.iter().filter(|(_, other, _)| *other == ty).count() == 1;
    payloads
        .iter()
        .filter(|(_, ty, _)| once(ty) && !matches!(ty, Type::Value | Type::Option(_)))
        .map(|(variant, ty, boxed)| Conversion {
            from: (*ty).clone(),
            variant: (*variant).to_owned(),
            boxed: *boxed,
            through: None,
        })
        .collect()
}
