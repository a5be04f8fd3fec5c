//! What can keep a run from being driven to its end.

use std::fmt;

use crate::CallFailure;
use crate::place::Place;

/// A run could not be driven to its end. How a run itself ends is no error, but an [`Outcome`](crate::Outcome).
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: ErrorKind,
    place: Place,
}

/// Why a run could not be driven to its end.
#[derive(Debug)]
#[non_exhaustive]
pub enum ErrorKind {
    /// A call failed, and not in passing. There is a run only if [`Error::run_id`] says so; it goes on, and can be
    /// taken up again.
    Call(assistants_client::Error),
    /// Starting the run failed in a way that leaves open whether it was started, and it could not be found. Nothing is
    /// here if time ran out, or if the service answered without a word of the run.
    Astray(Option<assistants_client::Error>),
    /// A function failed, and was to end the run. The run was cancelled, as far as the service did so.
    Tool(CallFailure),
    /// The run waits for an action other than outputs of functions.
    Action,
}

impl Error {
    pub(crate) fn new(kind: ErrorKind, place: &Place) -> Self {
        let place = place.clone();
        Self(Box::new(Inner { kind, place }))
    }

    /// Why.
    pub fn kind(&self) -> &ErrorKind {
        &self.0.kind
    }

    /// Why.
    pub fn into_kind(self) -> ErrorKind {
        self.0.kind
    }

    /// The thread, as far as it is known.
    pub fn thread_id(&self) -> Option<&str> {
        self.0.place.thread_id.as_deref()
    }

    /// The run, if there is one for certain.
    pub fn run_id(&self) -> Option<&str> {
        self.0.place.run_id.as_deref()
    }

    /// What a run has in its metadata, as [`MARK`](crate::MARK), if it is the one that was to be started.
    pub fn mark(&self) -> Option<&str> {
        self.0.place.mark.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(run) = self.run_id() {
            write!(f, "the run {run}: ")?;
        }
        match &self.0.kind {
            ErrorKind::Call(error) => error.fmt(f),
            ErrorKind::Astray(error) => {
                f.write_str("nobody knows whether the run was started: ")?;
                match error {
                    Some(error) => error.fmt(f),
                    None => f.write_str("the service has not said so"),
                }
            }
            ErrorKind::Tool(failure) => failure.fmt(f),
            ErrorKind::Action => f.write_str("it waits for an action that is not known"),
        }
    }
}

impl std::error::Error for Error {
    fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
        match &self.0.kind {
            ErrorKind::Call(error) | ErrorKind::Astray(Some(error)) => Some(error),
            ErrorKind::Tool(failure) => Some(failure),
            ErrorKind::Astray(None) | ErrorKind::Action => None,
        }
    }
}
