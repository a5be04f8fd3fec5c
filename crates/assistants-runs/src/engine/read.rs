//! Reading a stream of the run, until it ends or breaks.

use std::time::Duration;

use assistants_client::types::{AssistantStreamEvent as Event, ErrorResponse, Run, RunStatus};
use assistants_client::{Error as CallError, EventStream, StreamFault};
use tokio::time::timeout;

use super::{Engine, Phase};
use crate::Error;
use crate::outcome::Outcome;
use crate::told::run_of;

/// The time that a stream has to end when the run has come to wait or to its end. Its connection can be used again if
/// it does.
const FAREWELL: Duration = Duration::from_secs(1);

impl Engine {
    pub(super) async fn read(
        &mut self,
        mut events: Box<EventStream<Event, ErrorResponse>>,
    ) -> Result<Phase, Error> {
        if self.run.as_ref().is_some_and(rests) {
            return match timeout(FAREWELL, events.next()).await {
                Ok(Some(Ok(event))) if !matches!(event, Event::Done) => {
                    self.take(event);
                    Ok(Phase::Reading(events))
                }
                _ => self.settle(),
            };
        }
        match events.next().await {
            None | Some(Ok(Event::Done)) => {
                // It ended too early.
                self.leave(None).await
            }
            Some(Ok(event)) => {
                self.take(event);
                Ok(Phase::Reading(events))
            }
            Some(Err(error)) => self.broken(events, error).await,
        }
    }

    /// The stream has failed, though perhaps by one event only.
    async fn broken(
        &mut self,
        events: Box<EventStream<Event, ErrorResponse>>,
        error: CallError,
    ) -> Result<Phase, Error> {
        if let CallError::Stream(failure) = &error {
            match failure.fault() {
                StreamFault::Misfit { event, .. } => {
                    self.take(Event::Unknown(event.clone()));
                    return Ok(Phase::Reading(events));
                }
                StreamFault::Event(raw) => {
                    let told = failure.body().map(|body| Event::Error(body.error.clone()));
                    self.take(told.unwrap_or_else(|| Event::Unknown(raw.clone())));
                }
                _ => {}
            }
        }
        tracing::info!(
            error = error.outline(),
            "the stream broke; the run is polled"
        );
        self.leave(Some(error)).await
    }

    /// The stream tells no more of the run.
    async fn leave(&mut self, error: Option<CallError>) -> Result<Phase, Error> {
        if self.guard.place.run_id.is_none() {
            return self.find(error).await;
        }
        self.polls.at_once();
        Ok(Phase::Watching)
    }

    /// Takes an event from the stream.
    fn take(&mut self, event: Event) {
        if let Event::ThreadCreated(thread) = &event {
            self.guard.place.thread_id = Some(thread.id.clone());
        }
        if let Some(run) = run_of(&event) {
            self.met(run.clone());
        }
        if self.told.note(&event) {
            self.events.push_back(event);
        }
    }
}

/// Whether a stream of a run in this state has nothing more to tell.
fn rests(run: &Run) -> bool {
    run.status == RunStatus::RequiresAction || Outcome::of(run).is_some()
}
