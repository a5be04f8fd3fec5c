//! Objects with a property of each kind.

use super::{ErrorCode, MessageContent, Metadata, ResponseFormat, RunStatus, Tool};
use counterpart_wire::{IndexMap, MapAccess, Nullable, Object, Reader, Value, Writer, object};

/// A run: a property of each kind.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub id: String,
    pub status: RunStatus,
    pub last_error: Option<RunLastError>,
    pub tools: Vec<Tool>,
    pub temperature: Option<f64>,
    pub response_format: Option<ResponseFormat>,
    pub content: Option<MessageContent>,
    pub metadata: Nullable<Metadata>,
    pub parent: Option<Box<Run>>,
}

impl Run {
    /// The constant `object`, which every value of this type has on the wire.
    pub const OBJECT: &'static str = "thread.run";
}

impl Object for Run {
    const NAME: &'static str = "Run";
    const FIELDS: &'static [&'static str] = &[
        "id",
        "object",
        "status",
        "last_error",
        "tools",
        "temperature",
        "response_format",
        "content",
        "metadata",
        "parent",
    ];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Result<Self, A::Error> {
        let mut id = None;
        let mut status = None;
        let mut last_error = None;
        let mut tools = None;
        let mut temperature = None;
        let mut response_format = None;
        let mut content = None;
        let mut metadata = None;
        let mut parent = None;
        while let Some(field) = reader.next(Self::FIELDS)? {
            match field {
                0 => id = reader.value()?,
                1 => reader.constant(Self::OBJECT)?,
                2 => status = reader.value()?,
                3 => last_error = reader.value()?,
                4 => tools = reader.value()?,
                5 => temperature = reader.optional()?,
                6 => response_format = reader.optional()?,
                7 => content = reader.optional()?,
                8 => metadata = reader.value()?,
                9 => parent = reader.optional()?,
                _ => reader.skip()?,
            }
        }
        reader.present(1)?;
        Ok(Self {
            id: reader.required("id", id)?,
            status: reader.required("status", status)?,
            last_error: last_error.flatten(),
            tools: reader.required("tools", tools)?,
            temperature,
            response_format,
            content,
            metadata: metadata.unwrap_or_default(),
            parent,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) -> Result<(), W::Error> {
        writer.required("id", &self.id)?;
        writer.constant("object", Self::OBJECT)?;
        writer.required("status", &self.status)?;
        writer.required("last_error", &self.last_error)?;
        writer.required("tools", &self.tools)?;
        writer.optional("temperature", &self.temperature)?;
        writer.optional("response_format", &self.response_format)?;
        writer.optional("content", &self.content)?;
        writer.optional("metadata", &self.metadata)?;
        writer.optional("parent", &self.parent)
    }
}

object!(Run);

/// Why a run failed; the document rules other properties out.
#[derive(Debug, Clone, PartialEq)]
pub struct RunLastError {
    pub code: ErrorCode,
    pub message: String,
}

impl Object for RunLastError {
    const NAME: &'static str = "RunLastError";
    const FIELDS: &'static [&'static str] = &["code", "message"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Result<Self, A::Error> {
        let mut code = None;
        let mut message = None;
        while let Some(field) = reader.next(Self::FIELDS)? {
            match field {
                0 => code = reader.value()?,
                1 => message = reader.value()?,
                _ => reader.refuse()?,
            }
        }
        Ok(Self {
            code: reader.required("code", code)?,
            message: reader.required("message", message)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) -> Result<(), W::Error> {
        writer.required("code", &self.code)?;
        writer.required("message", &self.message)
    }
}

object!(RunLastError);

/// A list of runs.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub data: Vec<Run>,
    pub has_more: bool,
}

impl Object for Page {
    const NAME: &'static str = "Page";
    const FIELDS: &'static [&'static str] = &["data", "has_more"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Result<Self, A::Error> {
        let mut data = None;
        let mut has_more = None;
        while let Some(field) = reader.next(Self::FIELDS)? {
            match field {
                0 => data = reader.value()?,
                1 => has_more = reader.value()?,
                _ => reader.skip()?,
            }
        }
        Ok(Self {
            data: reader.required("data", data)?,
            has_more: reader.required("has_more", has_more)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) -> Result<(), W::Error> {
        writer.required("data", &self.data)?;
        writer.required("has_more", &self.has_more)
    }
}

object!(Page);

/// A map beside a property.
#[derive(Debug, Clone, PartialEq)]
pub struct Labels {
    pub name: String,
    pub extra: IndexMap<String, Value>,
}

impl Object for Labels {
    const NAME: &'static str = "Labels";
    const FIELDS: &'static [&'static str] = &["name"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Result<Self, A::Error> {
        let mut name = None;
        let mut extra = IndexMap::new();
        while let Some(field) = reader.next(Self::FIELDS)? {
            match field {
                0 => name = reader.value()?,
                _ => reader.extra(&mut extra)?,
            }
        }
        Ok(Self {
            name: reader.required("name", name)?,
            extra,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) -> Result<(), W::Error> {
        writer.required("name", &self.name)?;
        writer.extra(&self.extra)
    }
}

object!(Labels);
