//! A stream of events as the changes that they make.

use std::collections::VecDeque;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use assistants_client::types::{AssistantStreamEvent, Message, Run, RunStep};
use futures_core::{Stream, TryStream};

use super::{Change, Snapshot};

/// The changes that a stream of events makes, and what they add up to. Made by
/// [`changes`](crate::AssistantEvents::changes).
#[derive(Debug)]
#[must_use = "nothing comes of a stream that is not read"]
pub struct Changes<S> {
    events: S,
    snapshot: Snapshot,
    /// Changes of the last event that nobody has asked for yet.
    waiting: VecDeque<Change>,
}

impl<S: TryStream<Ok = AssistantStreamEvent> + Unpin> Changes<S> {
    pub(super) fn new(events: S) -> Self {
        Self {
            events,
            snapshot: Snapshot::new(),
            waiting: VecDeque::new(),
        }
    }

    /// The next change; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<Change, S::Error>> {
        poll_fn(|context| self.poll_change(context)).await
    }

    /// The next change, or `None` after the last, with errors on the outside for `?`.
    pub async fn try_next(&mut self) -> Result<Option<Change>, S::Error> {
        self.next().await.transpose()
    }

    /// What all events so far add up to. An event may make several changes, which are all in it.
    pub fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// Reads to the end, and gives what all events add up to.
    pub async fn finish(mut self) -> Result<Snapshot, S::Error> {
        while self.try_next().await?.is_some() {}
        Ok(self.snapshot)
    }

    /// Reads to the end, and gives the run as it is then; `None` if there was no word of one.
    pub async fn final_run(self) -> Result<Option<Run>, S::Error> {
        Ok(self.finish().await?.into_run())
    }

    /// Reads to the end, and gives the messages that were written.
    pub async fn final_messages(self) -> Result<Vec<Message>, S::Error> {
        let snapshot = self.finish().await?;
        Ok(snapshot.messages().cloned().collect())
    }

    /// Reads to the end, and gives the steps that were taken.
    pub async fn final_steps(self) -> Result<Vec<RunStep>, S::Error> {
        let snapshot = self.finish().await?;
        Ok(snapshot.steps().cloned().collect())
    }

    /// The stream of events, at the place that was reached.
    pub fn into_inner(self) -> S {
        self.events
    }

    fn poll_change(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Change, S::Error>>> {
        loop {
            if let Some(change) = self.waiting.pop_front() {
                return Poll::Ready(Some(Ok(change)));
            }
            match ready!(Pin::new(&mut self.events).try_poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(event)) => self.waiting.extend(self.snapshot.take(event)),
            }
        }
    }
}

impl<S: TryStream<Ok = AssistantStreamEvent> + Unpin> Stream for Changes<S> {
    type Item = Result<Change, S::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_change(context)
    }
}
