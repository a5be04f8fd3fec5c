//! The untyped events of an answer, and the limits on waiting for them.

use std::task::{Context, Poll, ready};

use counterpart_wire::event::{CutOff, Decoder, Format, RawEvent};

use crate::body::ResponseBody;
use crate::patience::{Patience, Spent};
use crate::time::{BREATH, Instant, breathe};
use crate::{Options, StreamFault};

/// A stream of events that are not typed yet.
pub(crate) struct Source {
    /// `None` once the stream is over.
    body: Option<ResponseBody>,
    decoder: Decoder,
    patience: Patience,
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
            patience: Patience::new(options, deadline),
        }
    }

    /// Ends the stream and frees the connection.
    pub(crate) fn close(&mut self) {
        self.body = None;
    }

    /// The next event. Every fault ends the stream.
    pub(crate) fn poll(&mut self, context: &mut Context<'_>, options: &Options) -> Poll<Next> {
        let next = ready!(self.poll_open(context, options));
        self.patience.rest();
        if !matches!(next, Some(Ok(_))) {
            self.close();
        }
        Poll::Ready(next)
    }

    fn poll_open(&mut self, context: &mut Context<'_>, options: &Options) -> Poll<Next> {
        if self.body.is_none() {
            return Poll::Ready(None);
        }
        for _ in 0..BREATH {
            match self.decoder.next_event() {
                Ok(Some(event)) => return Poll::Ready(Some(Ok(event))),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(StreamFault::Malformed(error)))),
            }
            // Looked at before each chunk, so that a flood of comments does not count as life.
            if let Some(spent) = self.patience.poll(context) {
                return Poll::Ready(Some(Err(late(&spent, options))));
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
        breathe(context)
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

/// The fault that a limit is which has passed.
fn late(spent: &Spent, options: &Options) -> StreamFault {
    match spent {
        Spent::Deadline => StreamFault::Deadline(options.deadline.unwrap_or_default()),
        Spent::Idle => StreamFault::Idle(options.idle_timeout),
    }
}
