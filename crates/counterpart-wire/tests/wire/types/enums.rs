//! Open enums.

use counterpart_wire::{open_enum, open_int_enum};

/// The status of a run.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum RunStatus {
    Queued,
    InProgress,
    Completed,
    /// A value that the document does not list.
    Unknown(String),
}

impl RunStatus {
    /// Every value that the document lists, in its order.
    pub const ALL: &'static [Self] = &[Self::Queued, Self::InProgress, Self::Completed];

    /// The value as it stands on the wire.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Queued => "queued",
            Self::InProgress => "in_progress",
            Self::Completed => "completed",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for RunStatus {
    fn from(value: &str) -> Self {
        match value {
            "queued" => Self::Queued,
            "in_progress" => Self::InProgress,
            "completed" => Self::Completed,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

open_enum!(RunStatus);

/// The code of an error.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum ErrorCode {
    RateLimit,
    Server,
    /// A value that the document does not list.
    Unknown(i64),
}

impl ErrorCode {
    /// Every value that the document lists, in its order.
    pub const ALL: &'static [Self] = &[Self::RateLimit, Self::Server];

    /// The value as it stands on the wire.
    pub fn as_i64(&self) -> i64 {
        match self {
            Self::RateLimit => 429,
            Self::Server => 500,
            Self::Unknown(value) => *value,
        }
    }
}

impl From<i64> for ErrorCode {
    fn from(value: i64) -> Self {
        match value {
            429 => Self::RateLimit,
            500 => Self::Server,
            other => Self::Unknown(other),
        }
    }
}

open_int_enum!(ErrorCode);
