//! The untyped events of an answer, and the limits on waiting for them.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use counterpart_wire::event::{CutOff, Decoder, Format, RawEvent};

use crate::body::ResponseBody;
use crate::time::{Instant, Sleep, after, sleep_until};
use crate::{Options, StreamFault};

/// A stream of events that are not typed yet.
pub(crate) struct Source {
    /// `None` once the stream is over.
    body: Option<ResponseBody>,
    decoder: Decoder,
    idle: Pin<Box<Sleep>>,
    /// Whether `idle` is set for the event that is being waited for.
    waiting: bool,
    deadline: Option<Pin<Box<Sleep>>>,
}

type Next = Option<Result<RawEvent, StreamFault>>;

impl Source {
    pub(crate) fn new(
        body: ResponseBody,
        format: Format,
        options: &Options,
        deadline: Option<Instant>,
    ) -> Self {
        Self {
            body: Some(body),
            decoder: Decoder::of(format, options.longest_event),
            idle: Box::pin(sleep_until(after(options.idle_timeout))),
            waiting: true,
            deadline: deadline.map(|end| Box::pin(sleep_until(end))),
        }
    }

    /// Ends the stream and frees the connection.
    pub(crate) fn close(&mut self) {
        self.body = None;
    }

    /// The next event. Every fault ends the stream.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>, options: &Options) -> Poll<Next> {
        let next = ready!(self.poll_open(context, options));
        self.waiting = false;
        if !matches!(next, Some(Ok(_))) {
            self.close();
        }
        Poll::Ready(next)
    }

    fn poll_open(&mut self, context: &mut Context<'_>, options: &Options) -> Poll<Next> {
        if self.body.is_none() {
            return Poll::Ready(None);
        }
        loop {
            match self.decoder.next_event() {
                Ok(Some(event)) => return Poll::Ready(Some(Ok(event))),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(StreamFault::Malformed(error)))),
            }
            // Looked at before each chunk, so that a flood of comments does not count as life.
            if let Some(fault) = self.poll_limits(context, options) {
                return Poll::Ready(Some(Err(fault)));
            }
            let Some(body) = &mut self.body else {
                return Poll::Ready(None);
            };
            match ready!(body.poll_chunk(context)) {
                Some(Ok(chunk)) => self.decoder.push(chunk),
                Some(Err(error)) => {
                    return Poll::Ready(Some(Err(StreamFault::Interrupted(error))));
                }
                None => return Poll::Ready(self.end(options)),
            }
        }
    }

    /// The limit that has passed, if any has.
    fn poll_limits(&mut self, context: &mut Context<'_>, options: &Options) -> Option<StreamFault> {
        if !self.waiting {
            // The time that the reader took for the last event is not the service's.
            self.idle.as_mut().reset(after(options.idle_timeout));
            self.waiting = true;
        }
        if let Some(deadline) = &mut self.deadline
            && deadline.as_mut().poll(context).is_ready()
        {
            return Some(StreamFault::Deadline(options.deadline.unwrap_or_default()));
        }
        if self.idle.as_mut().poll(context).is_ready() {
            return Some(StreamFault::Idle(options.idle_timeout));
        }
        None
    }

    fn end(&mut self, options: &Options) -> Next {
        match self.decoder.finish() {
            Err(CutOff { event }) => Some(Err(StreamFault::EndedEarly {
                cut_off: Some(event),
            })),
            Ok(()) if options.open_end => None,
            Ok(()) => Some(Err(StreamFault::EndedEarly { cut_off: None })),
        }
    }
}
