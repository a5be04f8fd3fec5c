//! Answering a run that waits: its functions are called once, and their outputs are submitted until they have arrived.

use assistants_client::types::{
    Run, RunStatus, RunToolCall, SubmitToolOutputsRunRequest, ToolOutput,
};
use tokio::time::timeout;

use super::{CANCEL_TIME, Engine, Phase, call};
use crate::{Error, ErrorKind};

/// How often the same outputs are submitted.
const TRIES: u32 = 3;

/// The outputs that an action asked for.
#[derive(Debug)]
pub(super) struct Answer {
    /// The ids of the calls, by which the action is told from the next.
    calls: Vec<String>,
    outputs: Vec<ToolOutput>,
    tries: u32,
    arrival: Arrival,
}

/// Whether outputs have arrived.
#[derive(Debug)]
enum Arrival {
    /// The service said so.
    Certain,
    /// They are not submitted yet, or nobody knows.
    Open,
    /// The service refused them, or they could not be submitted often enough.
    Failed(assistants_client::Error),
}

impl Engine {
    /// What follows for a run that is not over: if it waits for what it has been given, it may only not have been seen
    /// to go on.
    pub(super) fn after_action(&mut self) -> Result<Phase, Error> {
        let Some(run) = self
            .run
            .as_ref()
            .filter(|run| run.status == RunStatus::RequiresAction)
        else {
            self.answer = None;
            return Ok(Phase::Watching);
        };
        let Some(calls) = calls_of(run) else {
            return Err(self.error(ErrorKind::Action));
        };
        let ids = calls.iter().map(|call| &call.id);
        match self.answer.take() {
            Some(answer) if ids.eq(&answer.calls) => match answer.arrival {
                Arrival::Certain => {
                    self.answer = Some(answer);
                    Ok(Phase::Watching)
                }
                Arrival::Open => {
                    self.answer = Some(answer);
                    Ok(Phase::Submitting)
                }
                Arrival::Failed(error) => Err(self.error(ErrorKind::Call(error))),
            },
            _ => Ok(Phase::Acting),
        }
    }

    /// Calls the functions.
    pub(super) async fn act(&mut self) -> Result<Phase, Error> {
        let run = self.run.as_ref();
        let Some(calls) = run.and_then(calls_of).map(<[_]>::to_vec) else {
            return Err(self.error(ErrorKind::Action));
        };
        match self.tools.answer(&calls).await {
            Ok(outputs) => {
                self.answer = Some(Answer {
                    calls: calls.into_iter().map(|call| call.id).collect(),
                    outputs,
                    tries: 0,
                    arrival: Arrival::Open,
                });
                Ok(Phase::Submitting)
            }
            Err(failure) => {
                // A run that nobody answers would keep its thread busy until it expires.
                let cancelling = self.guard.place.cancel(&self.client);
                // Whether this works or not, the function's error is what counts.
                let _ = timeout(CANCEL_TIME, cancelling).await;
                self.guard.release();
                Err(self.error(ErrorKind::Tool(failure)))
            }
        }
    }

    /// Submits the outputs.
    pub(super) async fn submit(&mut self) -> Result<Phase, Error> {
        let (Some(answer), Some((thread_id, run_id))) = (&mut self.answer, self.guard.place.ids())
        else {
            return Ok(Phase::Watching);
        };
        answer.tries += 1;
        let request = SubmitToolOutputsRunRequest::new(answer.outputs.clone());
        let call = self
            .client
            .submit_tool_outputs_to_run(thread_id, run_id, request);
        let call = call.options(|options| call::once(options, &self.settings));
        if self.streams {
            match call.stream().await {
                Ok(events) => {
                    answer.arrival = Arrival::Certain;
                    // It waits no longer, and the stream will say what it does instead.
                    if let Some(run) = &mut self.run {
                        run.status = RunStatus::Queued;
                    }
                    Ok(Phase::Reading(Box::new(events)))
                }
                Err(error) => Ok(self.not_submitted(error)),
            }
        } else {
            match call.send().await {
                Ok(response) => {
                    answer.arrival = Arrival::Certain;
                    self.polls.answered(response.headers());
                    self.met(response.into_inner());
                    self.settle()
                }
                Err(error) => Ok(self.not_submitted(error)),
            }
        }
    }

    /// There is no proper answer to the outputs. Whether they have arrived, the run itself tells.
    fn not_submitted(&mut self, error: assistants_client::Error) -> Phase {
        tracing::info!(
            error = error.outline(),
            "the outputs may not have arrived; looking at the run"
        );
        if let Some(answer) = &mut self.answer {
            let may_arrive = call::is_passing(&error) && answer.tries < TRIES;
            answer.arrival = match call::run_instead(&error) {
                Some(_) => Arrival::Certain,
                None if may_arrive => Arrival::Open,
                None => Arrival::Failed(error),
            };
        }
        // They may have arrived and still be worked on. Seen before that, the run would get them twice.
        self.polls.in_a_while();
        Phase::Watching
    }
}

/// The calls that the run waits for.
fn calls_of(run: &Run) -> Option<&[RunToolCall]> {
    let action = run.required_action.as_ref()?;
    Some(&action.submit_tool_outputs.tool_calls)
}
