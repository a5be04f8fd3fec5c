//! Waiting that ended before the work did.

use std::any::Any;
use std::fmt;
use std::time::Duration;

/// The deadline for a long-running object passed before it was in a final state. The service goes on with it.
pub struct Unfinished {
    pub(crate) operation: &'static str,
    pub(crate) state: Option<String>,
    pub(crate) waited: Duration,
    pub(crate) looks: u64,
    pub(crate) last: Option<Box<dyn Any + Send + Sync>>,
}

impl Unfinished {
    /// The id of the operation that began the work.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// The last state that was seen; `None` if the operation itself was not answered in time.
    pub fn state(&self) -> Option<&str> {
        self.state.as_deref()
    }

    /// How long the object was waited for.
    pub fn waited(&self) -> Duration {
        self.waited
    }

    /// How often the object was looked at.
    pub fn looks(&self) -> u64 {
        self.looks
    }

    /// The object as it was last seen, by its type: to cancel it, or to go on waiting.
    pub fn last<T: 'static>(&self) -> Option<&T> {
        self.last.as_ref()?.downcast_ref()
    }
}

/// `createRun: not done after 60s; the last state was `in_progress``
impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: not done after {:?}", self.operation, self.waited)?;
        match &self.state {
            Some(state) => write!(f, "; the last state was `{state}`"),
            None => f.write_str("; there was no answer yet"),
        }
    }
}

impl fmt::Debug for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Unfinished")
            .field("operation", &self.operation)
            .field("state", &self.state)
            .field("waited", &self.waited)
            .field("looks", &self.looks)
            .finish_non_exhaustive()
    }
}

impl std::error::Error for Unfinished {}
