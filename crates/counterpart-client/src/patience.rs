//! How long what comes next of an answer may be waited for: the next event, or the next piece of a body.

use std::pin::Pin;
use std::task::Context;
use std::time::Duration;

use crate::Options;
use crate::time::{Instant, Sleep, after, sleep_until};

/// The limits on what comes next. They are looked at before each piece, so that a flood of what does not count is no
/// sign of life.
pub(crate) struct Patience {
    idle: Pin<Box<Sleep>>,
    idle_timeout: Duration,
    /// Whether `idle` is set for what is being waited for.
    waiting: bool,
    deadline: Option<Pin<Box<Sleep>>>,
}

/// A limit that has passed.
pub(crate) enum Spent {
    Idle,
    Deadline,
}

impl Patience {
    pub(crate) fn new(options: &Options, deadline: Option<Instant>) -> Self {
        Self {
            idle: Box::pin(sleep_until(after(options.idle_timeout))),
            idle_timeout: options.idle_timeout,
            waiting: true,
            deadline: deadline.map(|end| Box::pin(sleep_until(end))),
        }
    }

    /// What was waited for has come.
    pub(crate) fn rest(&mut self) {
        self.waiting = false;
    }

    /// The limit that has passed, if any has.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>) -> Option<Spent> {
        if !self.waiting {
            // The time that the reader took for what came last is not the service's.
            self.idle.as_mut().reset(after(self.idle_timeout));
            self.waiting = true;
        }
        if let Some(deadline) = &mut self.deadline
            && has_passed(deadline, context)
        {
            return Some(Spent::Deadline);
        }
        has_passed(&mut self.idle, context).then_some(Spent::Idle)
    }
}

/// A timer rings only when its runtime looks at the clock, which it does not while everything is ready at once.
fn has_passed(sleep: &mut Pin<Box<Sleep>>, context: &mut Context<'_>) -> bool {
    sleep.deadline() <= Instant::now() || sleep.as_mut().poll(context).is_ready()
}
