//! What can go wrong, and the exit code that tells it.

use std::io;
use std::process::ExitCode;

use counterpart_client::Error;
use serde_json::Value;

/// Why a command did not do what it was asked for.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The service said no.
    #[error("{0}")]
    Refused(String),
    /// The command is not what it should be.
    #[error("{0}")]
    Usage(String),
    /// There was no answer, or none that could be read.
    #[error("{0}")]
    Transport(String),
    /// Whoever read the output has had enough.
    #[error("the output was closed")]
    Closed,
}

impl Failure {
    pub(crate) fn usage(message: impl Into<String>) -> Self {
        Self::Usage(message.into())
    }

    /// The exit code: 1 for a refusal, 2 for a mistake, 3 where nobody answered.
    pub(crate) fn code(&self) -> ExitCode {
        ExitCode::from(match self {
            Self::Refused(_) => 1,
            Self::Usage(_) => 2,
            Self::Transport(_) => 3,
            Self::Closed => 0,
        })
    }
}

impl From<Error<Value>> for Failure {
    fn from(error: Error<Value>) -> Self {
        let text = error.to_string();
        match error {
            Error::Config(_) | Error::Request(_) => Self::Usage(text),
            Error::Api(_) => Self::Refused(text),
            // An error that came as an event is the service's answer, too.
            Error::Stream(error) if error.body().is_some() => Self::Refused(text),
            _ => Self::Transport(text),
        }
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Closed,
            _ => Self::Transport(format!("cannot write: {error}")),
        }
    }
}
