//! How a raw answer was come by, among the extensions of its `http::Response`.
//!
//! ```no_run
//! # use counterpart_client::{Call, Error, NoBody, Trail};
//! # use serde_json::Value;
//! # async fn example(call: Call<NoBody, Value, Value>) -> Result<(), Error<Value>> {
//! let response = call.raw().await?;
//! if let Some(trail) = response.extensions().get::<Trail>() {
//!     println!("{} attempts, {:?}", trail.attempts().len(), trail.elapsed());
//! }
//! # Ok(())
//! # }
//! ```

use std::time::Duration;

use crate::Attempt;
use crate::meta::Meta;

/// What a raw answer does not say itself: the operation, and every attempt.
#[derive(Debug, Clone)]
pub struct Trail {
    operation: &'static str,
    request_id: Option<String>,
    attempts: Vec<Attempt>,
    elapsed: Duration,
}

impl Trail {
    pub(crate) fn of(meta: &Meta) -> Self {
        Self {
            operation: meta.operation,
            request_id: meta.request_id().map(str::to_owned),
            attempts: meta.attempts.clone(),
            elapsed: meta.elapsed,
        }
    }

    /// The operation's id in the document.
    pub fn operation(&self) -> &'static str {
        self.operation
    }

    /// What identifies the request to the service's support.
    pub fn request_id(&self) -> Option<&str> {
        self.request_id.as_deref()
    }

    /// Every attempt, the one that led to this answer last.
    pub fn attempts(&self) -> &[Attempt] {
        &self.attempts
    }

    /// The time from the first attempt to the answer, waits included.
    pub fn elapsed(&self) -> Duration {
        self.elapsed
    }
}
