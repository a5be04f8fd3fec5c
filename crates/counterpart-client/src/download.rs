//! A body that the caller reads, with the limits on waiting for it.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use http_body::{Body, Frame, SizeHint};

use crate::Options;
use crate::body::ResponseBody;
use crate::patience::{Patience, Spent};
use crate::time::Instant;
use crate::transport::BoxError;

/// The chunks of a body. What may take how long is said of what comes next, not of all of it.
pub(crate) struct Limited {
    body: ResponseBody,
    patience: Patience,
    idle_timeout: Duration,
}

impl Limited {
    pub(crate) fn new(body: ResponseBody, options: &Options, deadline: Option<Instant>) -> Self {
        Self {
            body,
            patience: Patience::new(options, deadline),
            idle_timeout: options.idle_timeout,
        }
    }

    /// The error that a limit is which has passed.
    fn late(&self, spent: Spent) -> BoxError {
        match spent {
            Spent::Deadline => "the deadline of the call has passed".into(),
            Spent::Idle => format!("nothing came for {:?}", self.idle_timeout).into(),
        }
    }
}

impl Stream for Limited {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        if let Some(spent) = this.patience.poll(context) {
            return Poll::Ready(Some(Err(this.late(spent))));
        }
        let next = ready!(this.body.poll_chunk(context));
        this.patience.rest();
        Poll::Ready(next)
    }
}

impl Body for Limited {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        self.poll_next(context).map_ok(Frame::data)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
