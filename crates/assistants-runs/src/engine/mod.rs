//! A run from its start to its end, one phase after the other.
//!
//! ```text
//! Starting ─┬─ Reading ──┬─────────────── Acting ── Submitting ─┬─ Reading …
//!           │     │ breaks or is silent      │                  │
//!           └─ Watching ─┴───────────────────┘                  └─ Watching …
//!                 └── Ending
//! ```
//!
//! `Reading` reads a stream, `Watching` polls; both lead to `Acting` when the run asks for outputs of functions, and to
//! `Ending` when it is over. Nothing leads back to `Starting`: a run is started once.

mod act;
mod call;
mod read;
mod start;
mod watch;

use std::collections::VecDeque;
use std::time::Duration;

use assistants_client::types::{AssistantStreamEvent as Event, ErrorResponse, Run};
use assistants_client::{Client, EventStream};
use tokio::time::{Instant, timeout, timeout_at};
use tracing::{Instrument, Span, field};

use crate::driver::{Begin, Settings};
use crate::guard::Guard;
use crate::outcome::Outcome;
use crate::place::Place;
use crate::polls::Polls;
use crate::told::Told;
use crate::{Error, ErrorKind, RunDriver, RunEnd, Tools};

use act::Answer;

/// The time that cancelling a run may take when its deadline has passed.
const CANCEL_TIME: Duration = Duration::from_secs(5);

/// Drives one run.
#[derive(Debug)]
pub(crate) struct Engine {
    client: Client,
    tools: Tools,
    settings: Settings,
    /// Whether events are wanted, and the run is streamed.
    streams: bool,
    phase: Phase,
    /// When all has to be over. Set when the first event is asked for.
    deadline: Option<Instant>,
    /// Knows where the run is.
    guard: Guard,
    /// The run, as it was seen last.
    run: Option<Run>,
    polls: Polls,
    told: Told,
    /// Events that nobody has asked for yet.
    events: VecDeque<Event>,
    /// The outputs that were made last.
    answer: Option<Answer>,
    end: Option<RunEnd>,
    /// All calls are made within it.
    span: Span,
}

/// What is to be done next.
#[derive(Debug)]
enum Phase {
    /// To create the run.
    Starting(Begin),
    /// To read the next event.
    Reading(Box<EventStream<Event, ErrorResponse>>),
    /// To look at the run when it is time.
    Watching,
    /// To call the functions that the run asks for.
    Acting,
    /// To submit their outputs.
    Submitting,
    /// To gather what the run has left.
    Ending,
    /// Nothing.
    Over,
}

impl Engine {
    pub(crate) fn new(driver: RunDriver, streams: bool) -> Self {
        let RunDriver {
            client,
            begin,
            tools,
            settings,
        } = driver;
        let guard = Guard::new(client.clone(), Place::default());
        Self {
            client,
            tools,
            polls: Polls::new(settings.poll_every),
            settings,
            streams,
            phase: Phase::Starting(begin),
            deadline: None,
            guard,
            run: None,
            told: Told::default(),
            events: VecDeque::new(),
            answer: None,
            end: None,
            span: tracing::info_span!("run", thread_id = field::Empty, run_id = field::Empty),
        }
    }

    /// How the run ended, once it has.
    pub(crate) fn end(&self) -> Option<&RunEnd> {
        self.end.as_ref()
    }

    /// Drives the run to its end, whatever events there are on the way.
    pub(crate) async fn finish(mut self) -> Result<RunEnd, Error> {
        if self.end.is_none() && matches!(self.phase, Phase::Over) {
            // There was an error. What is known goes on.
            match self.guard.place.ids() {
                Some(_) => self.phase = Phase::Watching,
                None => return Err(self.error(ErrorKind::Astray(None))),
            }
        }
        while let Some(event) = self.next().await {
            event?;
        }
        self.end
            .ok_or_else(|| Error::new(ErrorKind::Astray(None), &Place::default()))
    }

    /// The next event; `None` after the last. An error is the last as well.
    pub(crate) async fn next(&mut self) -> Option<Result<Event, Error>> {
        loop {
            if let Some(event) = self.events.pop_front() {
                return Some(Ok(event));
            }
            if matches!(self.phase, Phase::Over) {
                return None;
            }
            if let Err(error) = self.advance().await {
                return Some(Err(error));
            }
        }
    }

    /// Goes from one phase to the next, or out of time.
    async fn advance(&mut self) -> Result<(), Error> {
        let phase = std::mem::replace(&mut self.phase, Phase::Over);
        if let Phase::Starting(_) = phase {
            let limit = self.settings.deadline;
            self.deadline = limit.and_then(|limit| Instant::now().checked_add(limit));
            if self.settings.cancel_on_drop {
                self.guard.arm();
            }
        }
        let (span, deadline) = (self.span.clone(), self.deadline);
        let step = self.step(phase).instrument(span.clone());
        let next = match deadline {
            None => step.await,
            Some(end) => match timeout_at(end, step).await {
                Ok(next) => next,
                Err(_) => return self.out_of_time().instrument(span).await,
            },
        };
        self.phase = next?;
        Ok(())
    }

    async fn step(&mut self, phase: Phase) -> Result<Phase, Error> {
        match phase {
            Phase::Starting(begin) => self.start(begin).await,
            Phase::Reading(events) => self.read(events).await,
            Phase::Watching => self.watch().await,
            Phase::Acting => self.act().await,
            Phase::Submitting => self.submit().await,
            Phase::Ending => self.gather().await,
            Phase::Over => Ok(Phase::Over),
        }
    }

    /// What follows from the state of the run.
    fn settle(&mut self) -> Result<Phase, Error> {
        let Some(run) = &self.run else {
            return Ok(Phase::Watching);
        };
        if Outcome::of(run).is_some() {
            return Ok(Phase::Ending);
        }
        self.after_action()
    }

    /// The run is over: what it has written, and its outcome.
    async fn gather(&mut self) -> Result<Phase, Error> {
        let told = if self.streams {
            self.told.messages()
        } else {
            None
        };
        let messages = match told {
            Some(messages) if !messages.is_empty() => messages,
            _ => match call::messages(&self.client, &self.guard.place).await {
                Ok(messages) => messages,
                Err(error) if call::may_look_again(&error) && self.polls.failed() => {
                    tracing::info!(
                        error = error.outline(),
                        "could not fetch the run's messages; trying again"
                    );
                    self.polls.wait().await;
                    return Ok(Phase::Ending);
                }
                Err(error) => return Err(self.error(ErrorKind::Call(error))),
            },
        };
        if let Some(run) = self.run.take()
            && let Some(outcome) = Outcome::of(&run)
        {
            self.end = Some(RunEnd {
                outcome,
                run,
                messages,
            });
        }
        self.guard.release();
        if self.streams {
            self.events.push_back(Event::Done);
        }
        Ok(Phase::Over)
    }

    /// The deadline has passed.
    async fn out_of_time(&mut self) -> Result<(), Error> {
        let mut last = self.run.take();
        if self.settings.cancel_on_deadline {
            self.guard.release();
            let cancelling = self.guard.place.cancel(&self.client);
            if let Ok(Some(run)) = timeout(CANCEL_TIME, cancelling).await {
                last = Some(run);
            }
        }
        let Some(run) = last else {
            return Err(self.error(ErrorKind::Astray(None)));
        };
        self.guard.release();
        self.end = Some(RunEnd {
            outcome: Outcome::OutOfTime,
            run,
            messages: self.told.finished(),
        });
        Ok(())
    }

    /// The run has been seen.
    fn met(&mut self, run: Run) {
        if self.run.is_none() {
            self.span.record("thread_id", &run.thread_id);
            self.span.record("run_id", &run.id);
        }
        self.guard.place.met(&run);
        self.run = Some(run);
    }

    fn error(&self, kind: ErrorKind) -> Error {
        Error::new(kind, &self.guard.place)
    }
}
