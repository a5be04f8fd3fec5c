//! The clock: the only module that knows which one it is.
//!
//! Tokio's is used for sleeping and for limits, so that a test can pause it.

use std::future::Future;
use std::time::Duration;

pub(crate) use tokio::time::{Instant, Sleep, sleep, sleep_until};

/// The moment a limit ends; `None` if there is no limit, or none that the clock can reach.
pub(crate) fn end(limit: Option<Duration>) -> Option<Instant> {
    Instant::now().checked_add(limit?)
}

/// The earlier of two ends.
pub(crate) fn earlier(one: Option<Instant>, other: Option<Instant>) -> Option<Instant> {
    match (one, other) {
        (Some(one), Some(other)) => Some(one.min(other)),
        (one, other) => one.or(other),
    }
}

/// The future's output, or `None` if it is not there in time.
pub(crate) async fn within<F: Future>(end: Option<Instant>, future: F) -> Option<F::Output> {
    match end {
        Some(end) => tokio::time::timeout_at(end, future).await.ok(),
        None => Some(future.await),
    }
}

/// The moment after a wait; a moment that nobody lives to see if the clock does not reach that far.
pub(crate) fn after(wait: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    let now = Instant::now();
    now.checked_add(wait).unwrap_or_else(|| now + CENTURY)
}
