//! Starting the run, once: if nobody knows whether that worked, it is looked for, and never started again.

use assistants_client::Error as CallError;
use assistants_client::types::{CreateRunRequest, CreateThreadAndRunRequest, Run};

use super::{Engine, Phase, call};
use crate::driver::Begin;
use crate::{Error, ErrorKind};

/// One of the two calls that start a run.
macro_rules! start {
    ($engine:ident, $call:expr) => {{
        let call = $call.options(|options| call::once(options, &$engine.settings));
        if $engine.streams {
            match call.stream().await {
                Ok(events) => Ok(Phase::Reading(Box::new(events))),
                Err(error) => $engine.astray(error).await,
            }
        } else {
            match call.send().await {
                Ok(response) => {
                    $engine.polls.answered(response.headers());
                    $engine.met(response.into_inner());
                    $engine.settle()
                }
                Err(error) => $engine.astray(error).await,
            }
        }
    }};
}

impl Engine {
    pub(super) async fn start(&mut self, begin: Begin) -> Result<Phase, Error> {
        match begin {
            Begin::Run { thread_id, request } => self.start_run(thread_id, *request).await,
            Begin::ThreadAndRun(request) => self.start_thread_and_run(*request).await,
            Begin::TakeUp { thread_id, run_id } => {
                self.guard.place.thread_id = Some(thread_id);
                self.guard.place.run_id = Some(run_id);
                Ok(Phase::Watching)
            }
        }
    }

    async fn start_run(
        &mut self,
        thread_id: String,
        mut request: CreateRunRequest,
    ) -> Result<Phase, Error> {
        let place = &mut self.guard.place;
        if !self.settings.unmarked {
            place.mark(&mut request.metadata);
        }
        let call = self.client.create_run(&thread_id, request);
        place.thread_id = Some(thread_id);
        let call = match self.settings.include.as_slice() {
            [] => call,
            include => call.include(include.iter().cloned()),
        };
        start!(self, call)
    }

    async fn start_thread_and_run(
        &mut self,
        mut request: CreateThreadAndRunRequest,
    ) -> Result<Phase, Error> {
        if !self.settings.unmarked {
            self.guard.place.mark(&mut request.metadata);
        }
        start!(self, self.client.create_thread_and_run(request))
    }

    /// There is no answer from which the run is known.
    async fn astray(&mut self, error: CallError) -> Result<Phase, Error> {
        if !call::may_have_acted(&error) {
            self.guard.release();
            return Err(self.error(ErrorKind::Call(error)));
        }
        match call::run_instead(&error) {
            Some(run) => Ok(self.go_on(run)),
            None => self.find(Some(error)).await,
        }
    }

    /// Looks for the run, of which there was no word.
    pub(super) async fn find(&mut self, error: Option<CallError>) -> Result<Phase, Error> {
        match self.guard.place.find(&self.client).await {
            Some(run) => Ok(self.go_on(run)),
            None => Err(self.error(ErrorKind::Astray(error))),
        }
    }

    fn go_on(&mut self, run: Run) -> Phase {
        tracing::info!(run = run.id, "the run was started; it is polled");
        self.met(run);
        self.polls.at_once();
        Phase::Watching
    }
}
