//! How a run ended.

use std::fmt;

use assistants_client::types::{
    Message, MessageContent, Run, RunIncompleteDetailsReason, RunLastError, RunLastErrorCode,
    RunStatus,
};

/// The end of a run, as far as anybody waited for it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RunEnd {
    /// How it ended.
    pub outcome: Outcome,
    /// The run, as it was seen last.
    pub run: Run,
    /// The messages that the run has written, in their order; without those that were not there when time ran out.
    pub messages: Vec<Message>,
}

/// How a run ended.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Outcome {
    /// It has done what it was to do.
    Completed,
    /// It failed, with this error.
    Failed(RunLastError),
    /// It had to stop, for this reason if the service gave one.
    Incomplete(Option<RunIncompleteDetailsReason>),
    /// It waited too long for the outputs of its tools.
    Expired,
    /// It was cancelled.
    Cancelled,
    /// The driver's deadline passed. The run goes on, unless the driver was to cancel it.
    OutOfTime,
}

/// A run that did not complete, as an error.
#[derive(Debug, Clone, PartialEq)]
pub struct Unfinished(Box<RunEnd>);

impl Outcome {
    /// The outcome of a run; `None` while it goes on.
    pub fn of(run: &Run) -> Option<Self> {
        match &run.status {
            RunStatus::Completed => Some(Self::Completed),
            RunStatus::Failed => {
                let error = run.last_error.clone();
                Some(Self::Failed(error.unwrap_or_else(|| {
                    let code = RunLastErrorCode::ServerError;
                    RunLastError::new(code, "the service gave no reason")
                })))
            }
            RunStatus::Incomplete => {
                let details = run.incomplete_details.as_ref();
                let reason = details.and_then(|details| details.reason.clone());
                Some(Self::Incomplete(reason))
            }
            RunStatus::Expired => Some(Self::Expired),
            RunStatus::Cancelled => Some(Self::Cancelled),
            RunStatus::Queued
            | RunStatus::InProgress
            | RunStatus::RequiresAction
            | RunStatus::Cancelling
            | RunStatus::Unknown(_) => None,
        }
    }
}

impl RunEnd {
    /// The text of all messages, with a line break between two messages.
    pub fn text(&self) -> String {
        let texts: Vec<_> = self.messages.iter().map(text).collect();
        texts.join("\n")
    }

    /// This, if the run completed; an error if it ended in another way.
    pub fn completed(self) -> Result<Self, Unfinished> {
        match self.outcome {
            Outcome::Completed => Ok(self),
            _ => Err(Unfinished(Box::new(self))),
        }
    }
}

fn text(message: &Message) -> String {
    let texts = message.content.iter().filter_map(|part| match part {
        MessageContent::Text(part) => Some(part.text.value.as_str()),
        _ => None,
    });
    texts.collect()
}

impl Unfinished {
    /// How the run ended instead.
    pub fn end(&self) -> &RunEnd {
        &self.0
    }

    /// How the run ended instead.
    pub fn into_end(self) -> RunEnd {
        *self.0
    }
}

/// `failed: rate_limit_exceeded: Too many requests.`
impl fmt::Display for Outcome {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Completed => f.write_str("completed"),
            Self::Failed(error) => write!(f, "failed: {}: {}", error.code, error.message),
            Self::Incomplete(Some(reason)) => write!(f, "incomplete: {reason}"),
            Self::Incomplete(None) => f.write_str("incomplete"),
            Self::Expired => f.write_str("expired"),
            Self::Cancelled => f.write_str("cancelled"),
            Self::OutOfTime => f.write_str("out of time"),
        }
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the run {}: {}", self.0.run.id, self.0.outcome)
    }
}

impl std::error::Error for Unfinished {}
