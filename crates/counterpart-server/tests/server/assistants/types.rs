//! The types of the API.

use counterpart_wire::event::{Event, RawEvent};
use counterpart_wire::{
    DecodeError, EncodeError, MapAccess, Nullable, Object, Reader, Writer, object, open_enum,
};

/// An execution run on a thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    /// The identifier.
    pub id: String,
    /// The thread that was run.
    pub thread_id: String,
    /// The status of the run.
    pub status: RunStatus,
}

impl Run {
    /// The constant `object`, which every value of this type has on the wire.
    pub const OBJECT: &'static str = "thread.run";
}

impl Object for Run {
    const NAME: &'static str = "Run";
    const FIELDS: &'static [&'static str] = &["id", "object", "thread_id", "status"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut id = None;
        let mut thread_id = None;
        let mut status = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut id),
                1 => reader.constant(Self::OBJECT),
                2 => reader.value(&mut thread_id),
                3 => reader.value(&mut status),
                _ => reader.skip(),
            }
        }
        reader.present(1);
        Some(Self {
            id: reader.required("id", id)?,
            thread_id: reader.required("thread_id", thread_id)?,
            status: reader.required("status", status)?,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("id", &self.id);
        writer.constant("object", Self::OBJECT);
        writer.required("thread_id", &self.thread_id);
        writer.required("status", &self.status);
    }
}

/// What a run is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateRunRequest {
    /// The assistant.
    pub assistant_id: String,
    /// The temperature.
    pub temperature: Option<f64>,
    /// Whether to answer with events.
    pub stream: Nullable<bool>,
}

impl Object for CreateRunRequest {
    const NAME: &'static str = "CreateRunRequest";
    const FIELDS: &'static [&'static str] = &["assistant_id", "temperature", "stream"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut assistant_id = None;
        let mut temperature = None;
        let mut stream = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut assistant_id),
                1 => reader.optional(&mut temperature),
                2 => reader.value(&mut stream),
                _ => reader.refuse(),
            }
        }
        Some(Self {
            assistant_id: reader.required("assistant_id", assistant_id)?,
            temperature,
            stream: stream.unwrap_or_default(),
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("assistant_id", &self.assistant_id);
        writer.optional("temperature", &self.temperature);
        writer.optional("stream", &self.stream);
    }
}

/// What a thread is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct CreateThreadRequest {
    /// A title.
    pub title: Option<String>,
}

impl Object for CreateThreadRequest {
    const NAME: &'static str = "CreateThreadRequest";
    const FIELDS: &'static [&'static str] = &["title"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut title = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.optional(&mut title),
                _ => reader.skip(),
            }
        }
        Some(Self { title })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.optional("title", &self.title);
    }
}

/// A thread.
#[derive(Debug, Clone, PartialEq)]
pub struct Thread {
    /// The identifier.
    pub id: String,
    /// A title.
    pub title: Option<String>,
}

impl Object for Thread {
    const NAME: &'static str = "Thread";
    const FIELDS: &'static [&'static str] = &["id", "title"];

    fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
        let mut id = None;
        let mut title = None;
        while let Some(field) = reader.next(Self::FIELDS) {
            match field {
                0 => reader.value(&mut id),
                1 => reader.optional(&mut title),
                _ => reader.skip(),
            }
        }
        Some(Self {
            id: reader.required("id", id)?,
            title,
        })
    }

    fn write<W: Writer>(&self, writer: &mut W) {
        writer.required("id", &self.id);
        writer.optional("title", &self.title);
    }
}

object!(Run, CreateRunRequest, CreateThreadRequest, Thread);

/// The status of a run.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RunStatus {
    /// `queued`
    Queued,
    /// `completed`
    Completed,
    /// A value that the document does not list.
    Unknown(String),
}

impl RunStatus {
    /// Every value that the document lists, in its order.
    pub const ALL: &'static [Self] = &[Self::Queued, Self::Completed];

    /// The value as it stands on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Queued => "queued",
            Self::Completed => "completed",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for RunStatus {
    fn from(value: &str) -> Self {
        match value {
            "queued" => Self::Queued,
            "completed" => Self::Completed,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

/// What else to give.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RunInclude {
    /// `step_details.tool_calls[*].file_search.results[*].content`
    Content,
    /// `usage`
    Usage,
    /// A value that the document does not list.
    Unknown(String),
}

impl RunInclude {
    /// Every value that the document lists, in its order.
    pub const ALL: &'static [Self] = &[Self::Content, Self::Usage];

    /// The value as it stands on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Content => "step_details.tool_calls[*].file_search.results[*].content",
            Self::Usage => "usage",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for RunInclude {
    fn from(value: &str) -> Self {
        match value {
            "step_details.tool_calls[*].file_search.results[*].content" => Self::Content,
            "usage" => Self::Usage,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

open_enum!(RunStatus, RunInclude);

/// An event of a run.
#[derive(Debug, Clone, PartialEq)]
pub enum AssistantStreamEvent {
    /// `thread.run.created`
    ThreadRunCreated(Run),
    /// `thread.run.completed`
    ThreadRunCompleted(Run),
    /// `done`
    Done,
    /// An event that the document does not list.
    Unknown(RawEvent),
}

impl Event for AssistantStreamEvent {
    fn read(event: &RawEvent) -> Result<Self, DecodeError> {
        match event.name() {
            "thread.run.created" => event.data().map(Self::ThreadRunCreated),
            "thread.run.completed" => event.data().map(Self::ThreadRunCompleted),
            "done" => Ok(Self::Done),
            _ => Ok(Self::Unknown(event.clone())),
        }
    }

    fn write(&self) -> Result<RawEvent, EncodeError> {
        match self {
            Self::ThreadRunCreated(value) => RawEvent::json("thread.run.created", value),
            Self::ThreadRunCompleted(value) => RawEvent::json("thread.run.completed", value),
            Self::Done => Ok(RawEvent::text("done", "[DONE]")),
            Self::Unknown(event) => Ok(event.clone()),
        }
    }

    fn is_done(&self) -> bool {
        matches!(self, Self::Done)
    }

    fn done() -> Option<Self> {
        Some(Self::Done)
    }
}
