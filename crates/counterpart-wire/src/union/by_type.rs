//! Unions whose variants are told apart by their JSON type.
//!
//! In: a value of any type. Out: what the union makes of it, read straight from the format: nothing is buffered.

use super::json_type::{JsonType, Listed};
use crate::constant::Constant;
use crate::content::{Buffered, Content};
use crate::drift::DriftKind;
use crate::repair;
use crate::state;
use serde::Deserialize;
use serde::de::value::{MapAccessDeserializer, SeqAccessDeserializer};
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::Value;
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A union whose variants are told apart by their JSON type. Its objects may be told apart by a
/// [tag](crate::tagged) in turn.
///
/// ```
/// use counterpart_wire::{
///     ByType, Deserialize, Deserializer, JsonType, Serialize, Serializer, Value, by_type_union, constant,
/// };
///
/// #[derive(Debug, PartialEq)]
/// pub enum Stop {
///     Never,
///     At(Vec<String>),
///     Unknown(Value),
/// }
///
/// impl ByType for Stop {
///     const TYPES: &'static [JsonType] = &[JsonType::String, JsonType::Array];
///
///     fn read<'de, D: Deserializer<'de>>(kind: JsonType, value: D) -> Result<Self, D::Error> {
///         match kind {
///             JsonType::String => constant(value, "never", Self::Never, Self::Unknown),
///             JsonType::Array => Deserialize::deserialize(value).map(Self::At),
///             _ => Self::unknown(value).map(Self::Unknown),
///         }
///     }
/// }
///
/// impl Serialize for Stop {
///     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         match self {
///             Self::Never => serializer.serialize_str("never"),
///             Self::At(value) => value.serialize(serializer),
///             Self::Unknown(value) => value.serialize(serializer),
///         }
///     }
/// }
///
/// by_type_union!(Stop);
///
/// let stops: Vec<Stop> = serde_json::from_str(r#"["never", ["\n"], 3]"#)?;
/// assert_eq!(stops, [Stop::Never, Stop::At(vec!["\n".to_owned()]), Stop::Unknown(3.into())]);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait ByType: Sized {
    /// The types that the document lists.
    const TYPES: &'static [JsonType];

    /// Reads the variant for a value of this type: by `Deserialize`, [`constant`], [`tagged`](crate::tagged) or
    /// [`unknown`](Self::unknown).
    fn read<'de, D: Deserializer<'de>>(kind: JsonType, value: D) -> Result<Self, D::Error>;

    /// Reads a value of a type that the document does not list, which in strict mode is an error.
    fn unknown<'de, D: Deserializer<'de>>(value: D) -> Result<Value, D::Error> {
        let content = Content::deserialize(value)?;
        if state::refuses_unlisted() {
            let found = content.unexpected();
            let expected = Listed(Self::TYPES).to_string();
            return Err(D::Error::invalid_type(found, &expected.as_str()));
        }
        let name = super::name::<Self>();
        let value = content.to_value();
        state::note(DriftKind::UnknownType, name, format_args!("{value}"));
        Ok(value)
    }
}

/// Implements `Deserialize` for types that implement [`ByType`](trait@crate::ByType), which has an example.
#[macro_export]
macro_rules! by_type_union {
    ($($name:ty),+ $(,)?) => {$(
        impl<'de> $crate::Deserialize<'de> for $name {
            fn deserialize<D: $crate::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::by_type(deserializer)
            }
        }
    )+};
}

/// Reads a union by JSON type from any format; [`by_type_union!`](crate::by_type_union!) calls it.
pub fn by_type<'de, T: ByType, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if state::is_repairing() {
        return repaired(Content::deserialize(deserializer)?);
    }
    deserializer.deserialize_any(TypeVisitor(PhantomData))
}

/// Reads a variant that is one constant: `found` if the value is `expected`; else, what `unknown` makes of the value,
/// or in strict mode an error.
pub fn constant<'de, T, D: Deserializer<'de>>(
    value: D,
    expected: impl Into<Constant>,
    found: T,
    unknown: impl FnOnce(Value) -> T,
) -> Result<T, D::Error> {
    let expected = expected.into();
    let content = Content::deserialize(value)?;
    if expected.is(&content) {
        return Ok(found);
    }
    if state::refuses_other_constants() {
        return Err(D::Error::custom(expected.refusal(&content)));
    }
    let name = super::name::<T>();
    let value = content.to_value();
    state::note(DriftKind::OtherConstant, name, format_args!("{value}"));
    Ok(unknown(value))
}

/// Reads a buffered value, and keeps it as it is if it does not fit the variant of its type.
#[cold]
fn repaired<T: ByType, E: Error>(content: Content<'_>) -> Result<T, E> {
    let read = || T::read(content.json_type(), Buffered::content(&content));
    repair::retry(read).or_else(|error: E| {
        let message = error.to_string();
        let noted = state::noted();
        // No document lists `null`, so that this is how a union is made to keep a value.
        let value = T::read(JsonType::Null, Buffered::content(&content))?;
        state::forget_notes(noted);
        let name = super::name::<T>();
        state::note(DriftKind::NoVariant, name, format_args!("{message}"));
        Ok(value)
    })
}

struct TypeVisitor<T>(PhantomData<T>);

impl<T: ByType> TypeVisitor<T> {
    /// All scalars are read by one deserializer, so that [`ByType::read`] is compiled three times and not eleven.
    fn scalar<E: Error>(self, content: Content<'_>) -> Result<T, E> {
        T::read(content.json_type(), Buffered::content(&content))
    }
}

impl<'de, T: ByType> Visitor<'de> for TypeVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} ({})", Listed(T::TYPES), super::name::<T>())
    }

    fn visit_bool<E: Error>(self, value: bool) -> Result<T, E> {
        self.scalar(Content::Boolean(value))
    }

    fn visit_u64<E: Error>(self, value: u64) -> Result<T, E> {
        self.scalar(Content::Unsigned(value))
    }

    fn visit_i64<E: Error>(self, value: i64) -> Result<T, E> {
        self.scalar(Content::Signed(value))
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<T, E> {
        self.scalar(Content::Float(value))
    }

    fn visit_borrowed_str<E: Error>(self, value: &'de str) -> Result<T, E> {
        self.scalar(Content::String(Cow::Borrowed(value)))
    }

    fn visit_str<E: Error>(self, value: &str) -> Result<T, E> {
        T::read(JsonType::String, Buffered::text(value))
    }

    fn visit_bytes<E: Error>(self, value: &[u8]) -> Result<T, E> {
        self.scalar(Content::Bytes(Cow::Borrowed(value)))
    }

    fn visit_unit<E: Error>(self) -> Result<T, E> {
        self.scalar(Content::Null)
    }

    fn visit_none<E: Error>(self) -> Result<T, E> {
        self.scalar(Content::Null)
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        deserializer.deserialize_any(self)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, items: A) -> Result<T, A::Error> {
        T::read(JsonType::Array, SeqAccessDeserializer::new(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, entries: A) -> Result<T, A::Error> {
        T::read(JsonType::Object, MapAccessDeserializer::new(entries))
    }
}
