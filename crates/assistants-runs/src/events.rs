//! A run as one stream of events.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use assistants_client::types::AssistantStreamEvent;
use futures_core::Stream;

use crate::engine::Engine;
use crate::{Error, RunDriver, RunEnd};

/// The events of one run, from the first to the last.
///
/// The streams of its rounds, between which functions are called, follow each other, and only the last of them ends in
/// [`Done`](AssistantStreamEvent::Done). When one breaks, the run is polled, and what was missed is told as the events
/// that a stream would have had: none is left out, none comes twice, except that several deltas of a message come as
/// one, and those of run steps and of annotations not at all.
///
/// An [`Error`](AssistantStreamEvent::Error) event is told and does not end the stream: what has become of the run
/// does. An event that does not fit its type is told as [`Unknown`](AssistantStreamEvent::Unknown).
///
/// The stream stops without `Done` if time ran out, and after an error. Functions are called while the next event is
/// awaited, so read on: a run that nobody reads stands still.
#[must_use = "nothing is sent until the stream is read"]
pub struct RunEvents {
    /// Between two events.
    engine: Option<Box<Engine>>,
    /// On the way to the next event.
    step: Option<Step>,
}

type Step = Pin<Box<dyn Future<Output = (Box<Engine>, Option<Told>)> + Send>>;

type Told = Result<AssistantStreamEvent, Error>;

impl RunEvents {
    pub(crate) fn new(driver: RunDriver) -> Self {
        Self {
            engine: Some(Box::new(Engine::new(driver, true))),
            step: None,
        }
    }

    /// The next event; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<AssistantStreamEvent, Error>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    /// The next event, or `None` after the last, with errors on the outside for `?`.
    pub async fn try_next(&mut self) -> Result<Option<AssistantStreamEvent>, Error> {
        self.next().await.transpose()
    }

    /// How the run ended; `None` before the stream has.
    pub fn end(&self) -> Option<&RunEnd> {
        self.engine.as_ref()?.end()
    }

    /// Reads to the end, and gives it. After an error, this takes the run up again, if it is known.
    pub async fn finish(mut self) -> Result<RunEnd, Error> {
        if let Some(step) = self.step.take() {
            let (engine, event) = step.await;
            event.transpose()?;
            self.engine = Some(engine);
        }
        let engine = self
            .engine
            .expect("bug: an engine that takes no step is at rest");
        engine.finish().await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Told>> {
        if let Some(mut engine) = self.engine.take() {
            self.step = Some(Box::pin(async move {
                let event = engine.next().await;
                (engine, event)
            }));
        }
        let step = self
            .step
            .as_mut()
            .expect("bug: an engine that is not at rest takes a step");
        let (engine, event) = ready!(step.as_mut().poll(context));
        self.step = None;
        self.engine = Some(engine);
        Poll::Ready(event)
    }
}

impl Stream for RunEvents {
    type Item = Told;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_event(context)
    }
}

impl fmt::Debug for RunEvents {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunEvents").finish_non_exhaustive()
    }
}
