//! How long something has been waited for.

use std::pin::Pin;
use std::task::Context;
use std::time::Duration;

use tokio::time::{Instant, Sleep, sleep_until};

/// A clock that can be started and stopped often, and costs something only where it comes to waiting.
#[derive(Debug, Default)]
pub(super) struct Clock {
    deadline: Option<Instant>,
    /// Goes off at the deadline or before it: a deadline that moves back does not move this.
    sleep: Option<Pin<Box<Sleep>>>,
}

impl Clock {
    /// Starts anew. Without a limit nothing is too long.
    pub(super) fn start(&mut self, limit: Option<Duration>) {
        self.deadline = limit.map(|limit| Instant::now() + limit);
    }

    pub(super) fn stop(&mut self) {
        self.deadline = None;
    }

    pub(super) fn is_running(&self) -> bool {
        self.deadline.is_some()
    }

    /// Whether it has been too long; if not, the task is woken when it has.
    pub(super) fn is_over(&mut self, task: &mut Context<'_>) -> bool {
        let Some(deadline) = self.deadline else {
            return false;
        };
        let sleep = self
            .sleep
            .get_or_insert_with(|| Box::pin(sleep_until(deadline)));
        if deadline < sleep.deadline() {
            sleep.as_mut().reset(deadline);
        }
        while sleep.as_mut().poll(task).is_ready() {
            if sleep.deadline() >= deadline {
                return true;
            }
            sleep.as_mut().reset(deadline);
        }
        false
    }
}
