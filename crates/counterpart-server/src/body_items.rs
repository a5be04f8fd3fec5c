//! The items of a body that is a sequence, read while the method runs.

use std::pin::Pin;
use std::task::{Context, Poll, ready};

use counterpart_wire::event::{CutOff, Decoder, RawEvent, StreamError};
use counterpart_wire::{Checker, DecodeError, Event, Mode, Validate, mode};
use futures_core::Stream;

use crate::body_stream::{BodyStream, Broken};
use crate::malformed::refused;
use crate::rejection::Rejection;

/// What is checked of an item, whose number it is given.
pub(crate) type Check<V> = fn(usize, &V) -> Result<(), Rejection>;

/// The items.
pub(crate) struct BodyItems<V> {
    body: BodyStream,
    decoder: Decoder,
    check: Check<V>,
    broken: Broken,
    /// How many came.
    count: usize,
    ended: bool,
}

impl<V: Event> BodyItems<V> {
    pub(crate) fn new(body: BodyStream, limit: usize, check: Check<V>, broken: Broken) -> Self {
        Self {
            body,
            decoder: Decoder::of(V::FORMAT, limit),
            check,
            broken,
            count: 0,
            ended: false,
        }
    }

    fn poll_raw(&mut self, task: &mut Context<'_>) -> Poll<Option<Result<RawEvent, Rejection>>> {
        loop {
            match self.decoder.next_event() {
                Ok(Some(event)) => return Poll::Ready(Some(Ok(event))),
                Ok(None) => {}
                Err(error) => return Poll::Ready(Some(Err(unreadable(&error)))),
            }
            match ready!(Pin::new(&mut self.body).poll_next(task)) {
                Some(Ok(chunk)) => self.decoder.push(chunk),
                Some(Err(rejection)) => return Poll::Ready(Some(Err(rejection))),
                None => {
                    self.ended = true;
                    let rest = self.decoder.finish().err();
                    return Poll::Ready(rest.map(|CutOff { event }| Ok(event)));
                }
            }
        }
    }

    /// The item that an event stands for, if it is one and keeps within the limits of the document.
    fn item(&mut self, event: &RawEvent) -> Result<V, Rejection> {
        let index = self.count;
        self.count += 1;
        let item = mode::scope(Mode::Valid, || V::read(event));
        let item =
            item.map_err(|error| refused(event.data_str().as_bytes(), within(index, error)))?;
        (self.check)(index, &item)?;
        Ok(item)
    }
}

impl<V: Event> Stream for BodyItems<V> {
    type Item = Result<V, Rejection>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<V, Rejection>>> {
        if self.ended || self.broken.get().is_some() {
            return Poll::Ready(None);
        }
        let Some(event) = ready!(self.poll_raw(task)) else {
            return Poll::Ready(None);
        };
        let item = event.and_then(|event| self.item(&event));
        Poll::Ready(Some(item.map_err(|rejection| {
            self.ended = true;
            self.broken.get_or_init(|| rejection).clone()
        })))
    }
}

/// Refuses an item that breaks the limits of the document.
pub(crate) fn limited<V: Validate>(index: usize, item: &V) -> Result<(), Rejection> {
    At(index, item).validate().map_err(Rejection::from)
}

/// An item in its place.
struct At<'a, V>(usize, &'a V);

impl<V: Validate> Validate for At<'_, V> {
    fn check(&self, checker: &mut Checker<'_>) {
        checker.item(self.0, self.1);
    }
}

/// The error of an item, as one of the sequence that it is in.
fn within(index: usize, error: DecodeError) -> DecodeError {
    let path = match error.path.chars().next() {
        Some('[') | None => format!("[{index}]{}", error.path),
        Some(_) => format!("[{index}].{}", error.path),
    };
    // The line is one of the item's text.
    DecodeError {
        path,
        line: 0,
        column: 0,
        ..error
    }
}

fn unreadable(error: &StreamError) -> Rejection {
    match error {
        StreamError::TooLarge { limit } => Rejection::BodyTooLarge { limit: *limit },
        error => Rejection::BodyMalformed(DecodeError::new(error.to_string())),
    }
}
