//! The steps of runs, which are written by the runner and read here.

use assistants_server::types::{ListRunStepsResponse, RunStep};
use assistants_server::{ApiError, GetRunStep, ListRunSteps};

use crate::page::Page;
use crate::state::State;

impl State {
    pub(crate) fn get_run_step(&self, request: GetRunStep) -> Result<RunStep, ApiError> {
        let conversation = self.threads.get(&request.thread_id)?;
        let execution = conversation.runs.get(&request.run_id)?;
        execution.steps.get(&request.step_id).cloned()
    }

    pub(crate) fn list_run_steps(
        &self,
        request: ListRunSteps,
    ) -> Result<ListRunStepsResponse, ApiError> {
        let page = Page {
            limit: request.limit,
            order: request.order,
            after: request.after,
            before: request.before,
        };
        let conversation = self.threads.get(&request.thread_id)?;
        let execution = conversation.runs.get(&request.run_id)?;
        let listed = execution.steps.page(&page, |_| true);
        Ok(ListRunStepsResponse {
            data: listed.data(RunStep::clone),
            first_id: listed.first_id(),
            last_id: listed.last_id(),
            has_more: listed.has_more,
        })
    }
}
