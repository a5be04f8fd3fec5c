//! Unions of each kind.

use super::{Cat, Circle, CodeInterpreterTool, Dog, FunctionTool, Group};
use super::{ImagePart, JsonObjectFormat, Square, TextPart};
use counterpart_wire::{
    Attempt, ByType, Deserialize, Deserializer, InOrder, JsonType, MapAccess, Reader, Serialize,
    Serializer, Tagged, Value, by_type_union, constant, in_order_union, tagged, tagged_union,
    with_tag,
};

/// A union told apart by a tag that its variants write.
#[derive(Debug, Clone, PartialEq)]
pub enum Tool {
    CodeInterpreter(CodeInterpreterTool),
    Function(FunctionTool),
    /// A variant that the document does not list.
    Unknown(Value),
}

impl Tagged for Tool {
    const TAG: &'static str = "type";
    const TAGS: &'static [&'static str] = &["code_interpreter", "function"];

    fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self> {
        match tag {
            "code_interpreter" => reader.object().map(Self::CodeInterpreter),
            "function" => reader.object().map(Self::Function),
            _ => reader.unknown().map(Self::Unknown),
        }
    }
}

impl Serialize for Tool {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::CodeInterpreter(value) => value.serialize(serializer),
            Self::Function(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

tagged_union!(Tool);

/// A union told apart by a tag that its variants know nothing of.
#[derive(Debug, Clone, PartialEq)]
pub enum Pet {
    Cat(Cat),
    Dog(Dog),
    /// A variant that the document does not list.
    Unknown(Value),
}

impl Tagged for Pet {
    const TAG: &'static str = "pet_type";
    const TAGS: &'static [&'static str] = &["cat", "dog"];

    fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self> {
        match tag {
            "cat" => reader.object().map(Self::Cat),
            "dog" => reader.object().map(Self::Dog),
            _ => reader.unknown().map(Self::Unknown),
        }
    }
}

impl Serialize for Pet {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Cat(value) => with_tag(serializer, Self::TAG, "cat", value),
            Self::Dog(value) => with_tag(serializer, Self::TAG, "dog", value),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

tagged_union!(Pet);

/// A part of a message; it may hold others.
#[derive(Debug, Clone, PartialEq)]
pub enum Part {
    Text(TextPart),
    Image(ImagePart),
    /// A variant that the document does not list.
    Unknown(Value),
}

impl Tagged for Part {
    const TAG: &'static str = "type";
    const TAGS: &'static [&'static str] = &["text", "image"];

    fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self> {
        match tag {
            "text" => reader.object().map(Self::Text),
            "image" => reader.object().map(Self::Image),
            _ => reader.unknown().map(Self::Unknown),
        }
    }
}

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(value) => value.serialize(serializer),
            Self::Image(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

tagged_union!(Part);

/// A union told apart by type, with tagged objects.
#[derive(Debug, Clone, PartialEq)]
pub enum ResponseFormat {
    Auto,
    Text(TextPart),
    JsonObject(JsonObjectFormat),
    /// A value that the document does not list.
    Unknown(Value),
}

impl Tagged for ResponseFormat {
    const TAG: &'static str = "type";
    const TAGS: &'static [&'static str] = &["text", "json_object"];

    fn read<'de, A: MapAccess<'de>>(tag: &str, reader: &mut Reader<'de, A>) -> Option<Self> {
        match tag {
            "text" => reader.object().map(Self::Text),
            "json_object" => reader.object().map(Self::JsonObject),
            _ => reader.unknown().map(Self::Unknown),
        }
    }
}

impl ByType for ResponseFormat {
    const TYPES: &'static [JsonType] = &[JsonType::String, JsonType::Object];

    fn read<'de, D: Deserializer<'de>>(kind: JsonType, value: D) -> Result<Self, D::Error> {
        match kind {
            JsonType::String => constant(value, "auto", Self::Auto, Self::Unknown),
            JsonType::Object => tagged(value),
            _ => Self::unknown(value).map(Self::Unknown),
        }
    }
}

impl Serialize for ResponseFormat {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Auto => serializer.serialize_str("auto"),
            Self::Text(value) => value.serialize(serializer),
            Self::JsonObject(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

by_type_union!(ResponseFormat);

/// A union told apart by type, without tags.
#[derive(Debug, Clone, PartialEq)]
pub enum MessageContent {
    Text(String),
    Parts(Vec<Part>),
    Cat(Cat),
    Count(i64),
    /// A value that the document does not list.
    Unknown(Value),
}

impl ByType for MessageContent {
    const TYPES: &'static [JsonType] = &[
        JsonType::String,
        JsonType::Array,
        JsonType::Object,
        JsonType::Integer,
    ];

    fn read<'de, D: Deserializer<'de>>(kind: JsonType, value: D) -> Result<Self, D::Error> {
        match kind {
            JsonType::String => Deserialize::deserialize(value).map(Self::Text),
            JsonType::Array => Deserialize::deserialize(value).map(Self::Parts),
            JsonType::Object => Deserialize::deserialize(value).map(Self::Cat),
            JsonType::Integer => Deserialize::deserialize(value).map(Self::Count),
            _ => Self::unknown(value).map(Self::Unknown),
        }
    }
}

impl Serialize for MessageContent {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Text(value) => value.serialize(serializer),
            Self::Parts(value) => value.serialize(serializer),
            Self::Cat(value) => value.serialize(serializer),
            Self::Count(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

by_type_union!(MessageContent);

/// A union that nothing tells apart but a look at all of the value.
#[derive(Debug, Clone, PartialEq)]
pub enum Shape {
    Circle(Circle),
    Square(Square),
    Group(Group),
    /// A value that fits no variant.
    Unknown(Value),
}

impl InOrder for Shape {
    fn read(value: &mut Attempt) -> Option<Self> {
        value
            .fits("Circle")
            .map(Self::Circle)
            .or_else(|| value.fits("Square").map(Self::Square))
            .or_else(|| value.fits("Group").map(Self::Group))
    }

    fn unknown(value: Value) -> Self {
        Self::Unknown(value)
    }
}

impl Serialize for Shape {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Circle(value) => value.serialize(serializer),
            Self::Square(value) => value.serialize(serializer),
            Self::Group(value) => value.serialize(serializer),
            Self::Unknown(value) => value.serialize(serializer),
        }
    }
}

in_order_union!(Shape);
