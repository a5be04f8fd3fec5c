//! How the values of a stream follow each other.

use bytes::{BufMut, Bytes, BytesMut};

use super::{MEDIA_TYPE, RawEvent, keep_alive};

/// What stands before the values of a JSON text sequence (RFC 7464).
pub(super) const SEPARATOR: u8 = 0x1e;

/// What JSON lines are called, without the `x-` that may stand before it.
const LINES: [&str; 7] = [
    "jsonl",
    "ndjson",
    "jsonlines",
    "json-lines",
    "json-stream",
    "stream+json",
    "nd-json",
];

/// How the values of a stream follow each other.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub enum Format {
    /// As server-sent events: `text/event-stream`.
    #[default]
    Events,
    /// A line of JSON for each: `application/jsonl`, `application/x-ndjson`.
    Lines,
    /// JSON between separators: `application/json-seq` (RFC 7464).
    Records,
}

impl Format {
    /// The media type that is usual for it.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Events => MEDIA_TYPE,
            Self::Lines => "application/jsonl",
            Self::Records => "application/json-seq",
        }
    }

    /// Whether a media type, its parameters included, stands for this. Lines have more names than one.
    pub fn is_said_by(self, media_type: &str) -> bool {
        let essence = media_type.split(';').next().unwrap_or_default();
        let essence = essence.trim().to_ascii_lowercase();
        match self {
            Self::Events => essence == MEDIA_TYPE,
            Self::Lines => {
                let (_, name) = essence.split_once('/').unwrap_or_default();
                LINES.contains(&name.strip_prefix("x-").unwrap_or(name))
            }
            Self::Records => essence == "application/json-seq" || essence.ends_with("+json-seq"),
        }
    }

    /// An event as it stands in a stream; where events have no names, that is its data.
    pub fn encode(self, event: &RawEvent) -> Bytes {
        let data = event.data_str();
        let mut bytes = BytesMut::with_capacity(data.len() + 2);
        match self {
            Self::Events => return event.encode(),
            // Line breaks in JSON are nothing but space.
            Self::Lines => bytes.extend(data.bytes().map(|byte| match byte {
                b'\n' => b' ',
                byte => byte,
            })),
            Self::Records => {
                bytes.put_u8(SEPARATOR);
                bytes.put_slice(data.as_bytes());
            }
        }
        bytes.put_u8(b'\n');
        bytes.freeze()
    }

    /// What tells readers that an idle stream is alive, where the format has anything for that.
    pub fn keep_alive(self) -> Option<Bytes> {
        match self {
            Self::Events => Some(keep_alive()),
            Self::Lines | Self::Records => None,
        }
    }
}
