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

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut id = None;
        let mut status = None;
        let mut last_error = None;
        let mut tools = None;
        let mut temperature = None;
        let mut response_format = None;
        let mut content = None;
        let mut metadata = None;
        let mut parent = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut id),
                1 => reader.constant(Self::OBJECT),
                2 => reader.value(&mut status),
                3 => reader.value(&mut last_error),
                4 => reader.value(&mut tools),
                5 => reader.optional(&mut temperature),
                6 => reader.optional(&mut response_format),
                7 => reader.optional(&mut content),
                8 => reader.value(&mut metadata),
                9 => reader.optional(&mut parent),
                _ => reader.skip(),
            }
        }
        reader.present(1);
        Some(Self {
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

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("id", &self.id);
        writer.constant("object", Self::OBJECT);
        writer.required("status", &self.status);
        writer.required("last_error", &self.last_error);
        writer.required("tools", &self.tools);
        writer.optional("temperature", &self.temperature);
        writer.optional("response_format", &self.response_format);
        writer.optional("content", &self.content);
        writer.optional("metadata", &self.metadata);
        writer.optional("parent", &self.parent);
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

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut code = None;
        let mut message = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut code),
                1 => reader.value(&mut message),
                _ => reader.refuse(),
            }
        }
        Some(Self {
            code: reader.required("code", code)?,
            message: reader.required("message", message)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("code", &self.code);
        writer.required("message", &self.message);
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

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut data = None;
        let mut has_more = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut data),
                1 => reader.value(&mut has_more),
                _ => reader.skip(),
            }
        }
        Some(Self {
            data: reader.required("data", data)?,
            has_more: reader.required("has_more", has_more)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("data", &self.data);
        writer.required("has_more", &self.has_more);
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

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut name = None;
        let mut extra = IndexMap::new();
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut name),
                _ => reader.extra(&mut extra),
            }
        }
        Some(Self {
            name: reader.required("name", name)?,
            extra,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("name", &self.name);
        writer.extra(&self.extra);
    }
}

object!(Labels);
