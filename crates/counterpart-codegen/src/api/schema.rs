//! Schemas: the values that travel.

use serde_json::{Number, Value};

use crate::diag::Place;

/// The number of a schema in [`Api::schemas`](super::Api::schemas).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SchemaId(pub u32);

impl SchemaId {
    /// The index into the arena.
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// A schema where it is used: `null` may be allowed here and not elsewhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Use {
    /// The schema.
    pub schema: SchemaId,
    /// Whether `null` is allowed here, by the use or by the schema itself.
    pub nullable: bool,
}

/// One schema.
#[derive(Debug, Clone)]
pub struct Schema {
    /// Where it is written.
    pub place: Place,
    /// What it is called, or what it is part of.
    pub origin: Origin,
    /// `title`.
    pub title: Option<String>,
    /// `description`.
    pub docs: Option<String>,
    /// `x-rust-name`.
    pub rust_name: Option<String>,
    /// `deprecated`.
    pub deprecated: bool,
    /// `default`.
    pub default: Option<Value>,
    /// What values it has.
    pub kind: Kind,
    /// What limits them.
    pub bounds: Bounds,
    /// For an enum: whether the document allows any other text beside the values that it
    /// lists.
    pub any_other: bool,
}

/// What a schema is called, or what it is part of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A named schema of the document.
    Component(String),
    /// The value of a property of an object.
    Property(SchemaId, String),
    /// The items of an array.
    Items(SchemaId),
    /// The values of a map.
    Values(SchemaId),
    /// A variant of a union, by its position.
    Variant(SchemaId, usize),
    /// Something written directly in an operation: its `operationId`, and which part
    /// (`request`, `response`, or the name of a parameter).
    Operation(String, String),
    /// The target of a reference to somewhere else in the document.
    Pointer(String),
}

/// What values a schema has.
#[derive(Debug, Clone, PartialEq)]
pub enum Kind {
    /// Anything.
    Any,
    /// Only `null`.
    Null,
    /// `true` or `false`.
    Boolean,
    /// A whole number, with its `format` if it is one that matters.
    Integer {
        /// Whether it fits 32 bits (`int32`).
        short: bool,
        /// Whether `minimum` forbids negative numbers.
        unsigned: bool,
    },
    /// A number; `short` for `float`.
    Number,
    /// Text.
    String(StringFormat),
    /// One of several listed values; others are tolerated.
    Enum(EnumValues),
    /// Exactly this value.
    Constant(Value),
    /// A sequence.
    Array(Use),
    /// A mapping from any key to values of one kind.
    Map(Use),
    /// An object with named properties.
    Object(Object),
    /// One of several schemas.
    Union(Union),
}

/// The `format` of a string, where it changes the type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StringFormat {
    /// Text of no known format.
    Plain,
    /// RFC 3339 date and time.
    DateTime,
    /// RFC 3339 full date.
    Date,
    /// RFC 9562.
    Uuid,
    /// RFC 3986.
    Uri,
    /// Base64, RFC 4648.
    Byte,
    /// Bytes that are not JSON.
    Binary,
}

/// The values of an enum, all of one type.
#[derive(Debug, Clone, PartialEq)]
pub enum EnumValues {
    /// Strings.
    Strings(Vec<EnumValue<String>>),
    /// Whole numbers.
    Integers(Vec<EnumValue<i64>>),
}

/// One value of an enum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnumValue<T> {
    /// The value on the wire.
    pub value: T,
    /// Its name from `x-enum-varnames`.
    pub rust_name: Option<String>,
    /// Its words from `x-enum-descriptions`.
    pub docs: Option<String>,
}

/// An object with named properties.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Object {
    /// The properties.
    pub fields: Vec<Field>,
    /// What other keys may hold.
    pub additional: Additional,
}

/// What keys that are not listed may hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Additional {
    /// The document says nothing: other keys are tolerated and not kept.
    #[default]
    Tolerated,
    /// `additionalProperties: false`: a server refuses other keys.
    Refused,
    /// A schema: other keys are kept.
    Typed(Use),
}

/// A property of an object.
#[derive(Debug, Clone, PartialEq)]
pub struct Field {
    /// The name on the wire.
    pub name: String,
    /// Its type, and whether `null` is allowed.
    pub ty: Use,
    /// Whether it must be there.
    pub required: bool,
    /// The description written at the property.
    pub docs: Option<String>,
    /// `x-rust-name` of the property, where that is not the name of its type.
    pub rust_name: Option<String>,
    /// The default written at the property.
    pub default: Option<Value>,
    /// `deprecated`, written at the property.
    pub deprecated: bool,
    /// `x-delta`: what its text in a delta does to the text that came before.
    pub delta: Option<DeltaText>,
}

/// What a text in a delta does to the text that came before.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DeltaText {
    /// It is more of it.
    Append,
    /// It takes its place.
    Replace,
}

/// A schema of what is added to a value, and the schema of the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delta {
    /// The schema of the addition.
    pub delta: SchemaId,
    /// The schema of the whole.
    pub whole: SchemaId,
}

/// One of several schemas; unions among them are already flattened.
#[derive(Debug, Clone, PartialEq)]
pub struct Union {
    /// The alternatives.
    pub variants: Vec<Variant>,
    /// How a value finds its variant.
    pub dispatch: Dispatch,
}

/// One alternative of a union.
#[derive(Debug, Clone, PartialEq)]
pub struct Variant {
    /// Its schema.
    pub ty: Use,
    /// The tag values that select it; empty where there is no tag.
    pub tags: Vec<String>,
    /// Its name from `x-rust-variants`.
    pub rust_name: Option<String>,
}

/// How a value finds its variant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Dispatch {
    /// By the value of a property.
    Tag(String),
    /// By the JSON type; the objects among the variants by a tag if there are several.
    Type {
        /// The property that tells the objects apart.
        tag: Option<String>,
    },
    /// By trying one after the other.
    Order,
}

/// What limits the values of a schema.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Bounds {
    /// The smallest number, and whether it is itself excluded.
    pub minimum: Option<(Number, bool)>,
    /// The largest number, and whether it is itself excluded.
    pub maximum: Option<(Number, bool)>,
    /// `multipleOf`.
    pub multiple_of: Option<Number>,
    /// `minLength`, in Unicode scalar values.
    pub min_length: Option<u64>,
    /// `maxLength`, in Unicode scalar values.
    pub max_length: Option<u64>,
    /// `pattern`, an ECMA-262 regular expression.
    pub pattern: Option<String>,
    /// `minItems`.
    pub min_items: Option<u64>,
    /// `maxItems`.
    pub max_items: Option<u64>,
    /// `uniqueItems`.
    pub unique_items: bool,
    /// `minProperties`.
    pub min_properties: Option<u64>,
    /// `maxProperties`.
    pub max_properties: Option<u64>,
    /// Sets of properties of which exactly (`oneOf`) or at least (`anyOf`) one must be whole.
    pub required_sets: Vec<(bool, Vec<Vec<String>>)>,
}

/// The union of a `text/event-stream`, seen as events.
#[derive(Debug, Clone, PartialEq)]
pub struct EventUnion {
    /// The events.
    pub variants: Vec<EventVariant>,
}

/// One kind of event.
#[derive(Debug, Clone, PartialEq)]
pub struct EventVariant {
    /// What stands in the `event:` line.
    pub tag: String,
    /// What stands in the `data:` lines.
    pub payload: Use,
    /// The description of its envelope.
    pub docs: Option<String>,
    /// Its name from `x-rust-variants`.
    pub rust_name: Option<String>,
}
