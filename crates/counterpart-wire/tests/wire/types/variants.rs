//! Objects that are variants of unions.

use super::{Part, Shape};
use counterpart_wire::{Map, MapAccess, Nullable, Object, Reader, Value, Writer, object};

/// A tool with nothing but its tag.
#[derive(Debug, Clone, PartialEq)]
pub struct CodeInterpreterTool {}

impl CodeInterpreterTool {
    /// The constant `type`, which every value of this type has on the wire.
    pub const TYPE_: &'static str = "code_interpreter";
}

impl Object for CodeInterpreterTool {
    const NAME: &'static str = "CodeInterpreterTool";
    const FIELDS: &'static [&'static str] = &["type"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.constant(Self::TYPE_),
                _ => reader.skip(),
            }
        }
        reader.present(0);
        Some(Self {})
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.constant("type", Self::TYPE_);
    }
}

object!(CodeInterpreterTool);

/// A tool with an object of its own.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionTool {
    pub function: FunctionToolFunction,
}

impl FunctionTool {
    /// The constant `type`, which every value of this type has on the wire.
    pub const TYPE_: &'static str = "function";
}

impl Object for FunctionTool {
    const NAME: &'static str = "FunctionTool";
    const FIELDS: &'static [&'static str] = &["type", "function"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut function = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.constant(Self::TYPE_),
                1 => reader.value(&mut function),
                _ => reader.skip(),
            }
        }
        reader.present(0);
        Some(Self {
            function: reader.required("function", function)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.constant("type", Self::TYPE_);
        writer.required("function", &self.function);
    }
}

object!(FunctionTool);

/// A function.
#[derive(Debug, Clone, PartialEq)]
pub struct FunctionToolFunction {
    pub name: String,
    pub parameters: Option<Map<String, Value>>,
    pub strict: Nullable<bool>,
}

impl Object for FunctionToolFunction {
    const NAME: &'static str = "FunctionToolFunction";
    const FIELDS: &'static [&'static str] = &["name", "parameters", "strict"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut name = None;
        let mut parameters = None;
        let mut strict = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut name),
                1 => reader.optional(&mut parameters),
                2 => reader.value(&mut strict),
                _ => reader.skip(),
            }
        }
        Some(Self {
            name: reader.required("name", name)?,
            parameters,
            strict: strict.unwrap_or_default(),
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("name", &self.name);
        writer.optional("parameters", &self.parameters);
        writer.optional("strict", &self.strict);
    }
}

object!(FunctionToolFunction);

/// A format with a constant of each type.
#[derive(Debug, Clone, PartialEq)]
pub struct JsonObjectFormat {}

impl JsonObjectFormat {
    /// The constant `type`, which every value of this type has on the wire.
    pub const TYPE_: &'static str = "json_object";
    /// The constant `version`, which every value of this type has on the wire.
    pub const VERSION: i64 = 2;
    /// The constant `pretty`, which every value of this type has on the wire.
    pub const PRETTY: bool = true;
    /// The constant `scale`, which every value of this type has on the wire.
    pub const SCALE: f64 = 0.5;
}

impl Object for JsonObjectFormat {
    const NAME: &'static str = "JsonObjectFormat";
    const FIELDS: &'static [&'static str] = &["type", "version", "pretty", "scale"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.constant(Self::TYPE_),
                1 => reader.constant(Self::VERSION),
                2 => reader.constant(Self::PRETTY),
                3 => reader.constant(Self::SCALE),
                _ => reader.skip(),
            }
        }
        reader.present(0);
        reader.present(1);
        reader.present(2);
        reader.present(3);
        Some(Self {})
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.constant("type", Self::TYPE_);
        writer.constant("version", Self::VERSION);
        writer.constant("pretty", Self::PRETTY);
        writer.constant("scale", Self::SCALE);
    }
}

object!(JsonObjectFormat);

/// A text.
#[derive(Debug, Clone, PartialEq)]
pub struct TextPart {
    pub text: String,
}

impl TextPart {
    /// The constant `type`, which every value of this type has on the wire.
    pub const TYPE_: &'static str = "text";
}

impl Object for TextPart {
    const NAME: &'static str = "TextPart";
    const FIELDS: &'static [&'static str] = &["type", "text"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut text = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.constant(Self::TYPE_),
                1 => reader.value(&mut text),
                _ => reader.skip(),
            }
        }
        reader.present(0);
        Some(Self {
            text: reader.required("text", text)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.constant("type", Self::TYPE_);
        writer.required("text", &self.text);
    }
}

object!(TextPart);

/// An image, and what stands below it.
#[derive(Debug, Clone, PartialEq)]
pub struct ImagePart {
    pub url: String,
    pub below: Option<Vec<Part>>,
}

impl ImagePart {
    /// The constant `type`, which every value of this type has on the wire.
    pub const TYPE_: &'static str = "image";
}

impl Object for ImagePart {
    const NAME: &'static str = "ImagePart";
    const FIELDS: &'static [&'static str] = &["type", "url", "below"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut url = None;
        let mut below = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.constant(Self::TYPE_),
                1 => reader.value(&mut url),
                2 => reader.optional(&mut below),
                _ => reader.skip(),
            }
        }
        reader.present(0);
        Some(Self {
            url: reader.required("url", url)?,
            below,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.constant("type", Self::TYPE_);
        writer.required("url", &self.url);
        writer.optional("below", &self.below);
    }
}

object!(ImagePart);

/// A pet whose tag is a plain property.
#[derive(Debug, Clone, PartialEq)]
pub struct Cat {
    pub pet_type: String,
    pub lives: i32,
}

impl Object for Cat {
    const NAME: &'static str = "Cat";
    const FIELDS: &'static [&'static str] = &["pet_type", "lives"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut pet_type = None;
        let mut lives = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut pet_type),
                1 => reader.value(&mut lives),
                _ => reader.skip(),
            }
        }
        Some(Self {
            pet_type: reader.required("pet_type", pet_type)?,
            lives: reader.required("lives", lives)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("pet_type", &self.pet_type);
        writer.required("lives", &self.lives);
    }
}

object!(Cat);

/// A pet whose schema does not mention the tag.
#[derive(Debug, Clone, PartialEq)]
pub struct Dog {
    pub name: String,
}

impl Object for Dog {
    const NAME: &'static str = "Dog";
    const FIELDS: &'static [&'static str] = &["name"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut name = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut name),
                _ => reader.skip(),
            }
        }
        Some(Self {
            name: reader.required("name", name)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("name", &self.name);
    }
}

object!(Dog);

/// A shape with a constant.
#[derive(Debug, Clone, PartialEq)]
pub struct Circle {
    pub size: f64,
}

impl Circle {
    /// The constant `kind`, which every value of this type has on the wire.
    pub const KIND: &'static str = "circle";
}

impl Object for Circle {
    const NAME: &'static str = "Circle";
    const FIELDS: &'static [&'static str] = &["kind", "size"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut size = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.constant(Self::KIND),
                1 => reader.value(&mut size),
                _ => reader.skip(),
            }
        }
        reader.present(0);
        Some(Self {
            size: reader.required("size", size)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.constant("kind", Self::KIND);
        writer.required("size", &self.size);
    }
}

object!(Circle);

/// Another, with the same properties.
#[derive(Debug, Clone, PartialEq)]
pub struct Square {
    pub size: f64,
}

impl Square {
    /// The constant `kind`, which every value of this type has on the wire.
    pub const KIND: &'static str = "square";
}

impl Object for Square {
    const NAME: &'static str = "Square";
    const FIELDS: &'static [&'static str] = &["kind", "size"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut size = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.constant(Self::KIND),
                1 => reader.value(&mut size),
                _ => reader.skip(),
            }
        }
        reader.present(0);
        Some(Self {
            size: reader.required("size", size)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.constant("kind", Self::KIND);
        writer.required("size", &self.size);
    }
}

object!(Square);

/// Shapes in a shape.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    pub shapes: Vec<Shape>,
}

impl Object for Group {
    const NAME: &'static str = "Group";
    const FIELDS: &'static [&'static str] = &["shapes"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut shapes = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut shapes),
                _ => reader.refuse(),
            }
        }
        Some(Self {
            shapes: reader.required("shapes", shapes)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("shapes", &self.shapes);
    }
}

object!(Group);
