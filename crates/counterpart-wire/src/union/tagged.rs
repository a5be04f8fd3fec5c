//! Unions of objects that are told apart by one of their properties.
//!
//! In: an object with a tag anywhere in it. Out: the variant with that tag. [`with_tag`] writes one whose own type does
//! not hold the tag.

use super::replay::{Head, Replay};
use crate::content::{self, Content};
use crate::drift::DriftKind;
use crate::enums::one_of;
use crate::object::Object;
use crate::reader::{self, Reader};
use crate::state;
use crate::trail;
use crate::writer::{Counter, Entries, Without};
use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use serde::ser::{SerializeMap, Serializer};
use std::fmt;
use std::marker::PhantomData;

/// A union of objects that are told apart by one of their properties, the tag.
///
/// Writing is plain serde: a variant's own type writes its tag. Where it does not, [`with_tag`] does.
///
/// ```
/// use counterpart_wire::{
///     MapAccess, Object, Reader, Serialize, Serializer, Tagged, Value, Writer, object, tagged_union,
/// };
///
/// #[derive(Debug, PartialEq)]
/// pub struct FunctionTool {
///     pub name: String,
/// }
///
/// impl FunctionTool {
///     pub const TYPE: &'static str = "function";
/// }
///
/// impl Object for FunctionTool {
///     const NAME: &'static str = "FunctionTool";
///     const FIELDS: &'static [&'static str] = &["type", "name"];
///
///     fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
///         let mut name = None;
///         while let Some(field) = reader.next(Self::FIELDS) {
///             match field {
///                 0 => reader.constant(Self::TYPE),
///                 1 => reader.value(&mut name),
///                 _ => reader.skip(),
///             }
///         }
///         Some(Self { name: reader.required("name", name)? })
///     }
///
///     fn write<W: Writer>(&self, writer: &mut W) {
///         writer.constant("type", Self::TYPE);
///         writer.required("name", &self.name);
///     }
/// }
///
/// object!(FunctionTool);
///
/// #[derive(Debug, PartialEq)]
/// pub enum Tool {
///     Function(FunctionTool),
///     Unknown(Value),
/// }
///
/// impl Tagged for Tool {
///     const TAG: &'static str = "type";
///     const TAGS: &'static [&'static str] = &["function"];
///
///     fn read<'de, A: MapAccess<'de>>(
///         tag: &str,
///         reader: &mut Reader<'de, A>,
///     ) -> Option<Self> {
///         match tag {
///             "function" => reader.object().map(Self::Function),
///             _ => reader.unknown().map(Self::Unknown),
///         }
///     }
/// }
///
/// impl Serialize for Tool {
///     fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
///         match self {
///             Self::Function(value) => value.serialize(serializer),
///             Self::Unknown(value) => value.serialize(serializer),
///         }
///     }
/// }
///
/// tagged_union!(Tool);
///
/// let json = r#"[{"type":"function","name":"add"},{"type":"browser","tabs":3}]"#;
/// let tools: Vec<Tool> = serde_json::from_str(json)?;
/// assert_eq!(tools[0], Tool::Function(FunctionTool { name: "add".to_owned() }));
/// assert!(matches!(&tools[1], Tool::Unknown(value) if value["tabs"] == 3));
/// assert_eq!(serde_json::to_string(&tools)?, json);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub trait Tagged: Sized {
    /// The tag's key.
    const TAG: &'static str;
    /// Every tag that the document lists, for messages.
    const TAGS: &'static [&'static str];
    /// Properties that tell a variant before its tag is met, because no other has them, with that tag.
    ///
    /// They make reading faster where the tag comes late, and nothing else: an object that turns out to have another
    /// tag, or none, is read again by that.
    const TELLING: &'static [(&'static str, &'static str)] = &[];

    /// Reads the variant with this tag: [`Reader::object`] for one that the document lists, [`Reader::unknown`] else.
    ///
    /// The tag is among the reader's entries. A missing tag is given as a text that no document lists.
    fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self>;
}

/// Implements `Deserialize` for types that implement [`Tagged`](trait@crate::Tagged), which has an example.
#[macro_export]
macro_rules! tagged_union {
    ($($name:ty),+ $(,)?) => {$(
        impl<'de> $crate::Deserialize<'de> for $name {
            fn deserialize<D: $crate::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                $crate::tagged(deserializer)
            }
        }
    )+};
}

/// Reads an object by its tag: all of a tagged union, or the objects of a union by [type](crate::ByType).
pub fn tagged<'de, T: Tagged, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
    if state::is_repairing() {
        return repaired(Content::deserialize(deserializer)?);
    }
    deserializer.deserialize_map(TaggedVisitor(PhantomData))
}

/// Writes an object with its tag first, and without what the object itself has under the tag's key.
///
/// For variants whose type does not hold the tag as a constant.
///
/// ```
/// use counterpart_wire::{MapAccess, Object, Reader, Writer, with_tag};
///
/// struct Cat {
///     pet_type: String,
///     lives: u8,
/// }
///
/// impl Object for Cat {
///     const NAME: &'static str = "Cat";
///     const FIELDS: &'static [&'static str] = &["lives", "pet_type"];
/// #   fn read<'de, A: MapAccess<'de>>(_: &mut Reader<'de, A>) -> Option<Self> {
/// #       Some(Cat { pet_type: String::new(), lives: 9 })
/// #   }
///     // …
///     fn write<W: Writer>(&self, writer: &mut W) {
///         writer.required("lives", &self.lives);
///         writer.required("pet_type", &self.pet_type);
///     }
/// }
///
/// let cat = Cat { pet_type: "anything".to_owned(), lives: 9 };
/// let json = with_tag(serde_json::value::Serializer, "pet_type", "cat", &cat)?;
/// assert_eq!(json.to_string(), r#"{"pet_type":"cat","lives":9}"#);
/// # Ok::<(), serde_json::Error>(())
/// ```
pub fn with_tag<T: Object, S: Serializer>(
    serializer: S,
    key: &'static str,
    tag: &str,
    value: &T,
) -> Result<S::Ok, S::Error> {
    let length = (!serializer.is_human_readable()).then(|| {
        let mut counter = Counter(1);
        value.write(&mut Without::new(key, &mut counter));
        counter.0
    });
    let mut map = serializer.serialize_map(length)?;
    map.serialize_entry(key, tag)?;
    let mut entries = Entries::new(&mut map);
    value.write(&mut Without::new(key, &mut entries));
    entries.finish()?;
    map.end()
}

/// What a missing tag is given as: a text, since nothing else fits, that stands in no document.
const MISSING: &str = "\0";

struct TaggedVisitor<T>(PhantomData<T>);

impl<'de, T: Tagged> Visitor<'de> for TaggedVisitor<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "an object with `{}` ({})", T::TAG, super::name::<T>())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let head = Head::read(T::TAG, T::TELLING, &mut map)?;
        let tag = head.tag();
        let mut reader = match head.is_told() {
            true => Reader::told(T::TAG, Replay::new(&head, map)),
            false => Reader::tagged(T::TAG, head.skipped(), Replay::new(&head, map)),
        };
        let value = T::read(tag.as_deref().unwrap_or(MISSING), &mut reader);
        if reader.is_unknown() {
            unlisted(super::name::<T>(), T::TAG, T::TAGS, tag.as_deref())?;
        }
        reader.finish(value)
    }
}

/// Notes a tag that the document does not list, or makes it an error.
#[cold]
fn unlisted<E: Error>(
    union: &'static str,
    key: &'static str,
    listed: &[&str],
    tag: Option<&str>,
) -> Result<(), E> {
    match (state::refuses_unlisted(), tag) {
        (true, None) => Err(reader::missing(key)),
        (true, Some(tag)) => {
            let listed = one_of(listed.iter().map(|tag| format!("{tag:?}")));
            let error = E::custom(format_args!("unknown value {tag:?}, expected {listed}"));
            Err(trail::at_key(error, key))
        }
        (false, None) => {
            state::note_at(key, DriftKind::MissingTag, union, format_args!(""));
            Ok(())
        }
        (false, Some(tag)) => {
            state::note_at(key, DriftKind::UnknownTag, union, format_args!("{tag:?}"));
            Ok(())
        }
    }
}

/// Reads a buffered value, and keeps it as it is if it fits no variant.
#[cold]
fn repaired<T: Tagged, E: Error>(content: Content<'_>) -> Result<T, E> {
    let name = super::name::<T>();
    let visitor = TaggedVisitor(PhantomData);
    let Content::Object(entries) = &content else {
        if state::is_at_root() {
            return Err(E::invalid_type(content.unexpected(), &visitor));
        }
        let value = content.to_value();
        state::note(DriftKind::UnknownType, name, format_args!("{value}"));
        return as_it_is(value);
    };
    let noted = state::noted();
    visitor
        .visit_map(content::Entries::new(entries))
        .or_else(|error: E| {
            state::forget_notes(noted);
            let message = error.to_string();
            state::note(DriftKind::NoVariant, name, format_args!("{message}"));
            as_it_is(content.to_value())
        })
}

/// The variant for a value that the document does not list.
fn as_it_is<T: Tagged, E: Error>(value: serde_json::Value) -> Result<T, E> {
    let head = Head::EMPTY;
    let map = Replay::new(&head, content::Entries::<E>::new(&[]));
    let mut reader = Reader::of_unknown(map, value);
    let value = T::read(MISSING, &mut reader);
    reader.finish(value)
}
