//! A body that the caller reads, with the limits on waiting for it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;

use crate::Options;
use crate::body::ResponseBody;
use crate::time::{Instant, Sleep, after, sleep_until};
use crate::transport::BoxError;

/// The chunks of a body. What may take how long is said of what comes next, not of all of it.
pub(crate) struct Limited {
    body: ResponseBody,
    idle: Pin<Box<Sleep>>,
    idle_timeout: Duration,
    /// Whether `idle` is set for the chunk that is being waited for.
    waiting: bool,
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Limited {
    pub(crate) fn new(body: ResponseBody, options: &Options, deadline: Option<Instant>) -> Self {
        Self {
            body,
            idle: Box::pin(sleep_until(after(options.idle_timeout))),
            idle_timeout: options.idle_timeout,
            waiting: true,
            deadline: deadline.map(|end| Box::pin(sleep_until(end))),
        }
    }
}

impl Stream for Limited {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if !this.waiting {
            // The time that the reader took for the last chunk is not the service's.
            this.idle.as_mut().reset(after(this.idle_timeout));
            this.waiting = true;
        }
        if let Some(deadline) = &mut this.deadline
            && deadline.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(Some(Err("the deadline of the call has passed".into())));
        }
        if this.idle.as_mut().poll(context).is_ready() {
            let error = format!("nothing came for {:?}", this.idle_timeout);
            return Poll::Ready(Some(Err(error.into())));
        }
        let next = ready!(this.body.poll_chunk(context));
        this.waiting = false;
        Poll::Ready(next)
    }
}
