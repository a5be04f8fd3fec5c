//! The clock: the only module that knows which one it is.
//!
//! Tokio's is used for sleeping and for limits, so that a test can pause it.

use std::future::{Future, poll_fn};
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

pub(crate) use tokio::time::{Instant, Sleep, sleep, sleep_until};

/// What a limit is watched by. It is set only when something is first waited for; without a limit it never rings.
pub(crate) type Alarm = Option<Sleep>;

/// The alarm of a limit.
pub(crate) fn alarm(end: Option<Instant>) -> Alarm {
    end.map(sleep_until)
}

/// The future's output, or `None` if the alarm rings before.
pub(crate) async fn within<F>(mut alarm: Pin<&mut Alarm>, mut future: F) -> Option<F::Output>
where
    F: Future + Unpin,
{
    poll_fn(|context| match Pin::new(&mut future).poll(context) {
        Poll::Ready(output) => Poll::Ready(Some(output)),
        Poll::Pending if rings(alarm.as_mut(), context) => Poll::Ready(None),
        Poll::Pending => Poll::Pending,
    })
    .await
}

/// Whether the limit has passed.
pub(crate) fn rings(alarm: Pin<&mut Alarm>, context: &mut Context<'_>) -> bool {
    alarm
        .as_pin_mut()
        .is_some_and(|sleep| sleep.poll(context).is_ready())
}

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

/// So many pieces of a body are taken at once, after which others get their turn.
///
/// A body that is always ready would keep its thread for ever otherwise, and no timer would ring.
pub(crate) const BREATH: usize = 32;

/// Lets others have their turn, and goes on after that.
pub(crate) fn breathe<T>(context: &mut Context<'_>) -> Poll<T> {
    context.waker().wake_by_ref();
    Poll::Pending
}

/// The moment after a wait; a moment that nobody lives to see if the clock does not reach that far.
pub(crate) fn after(wait: Duration) -> Instant {
    const CENTURY: Duration = Duration::from_secs(100 * 365 * 24 * 60 * 60);
    let now = Instant::now();
    now.checked_add(wait).unwrap_or_else(|| now + CENTURY)
}
