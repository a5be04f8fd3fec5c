//! Runs: started, fetched, listed, changed, cancelled, and given what their functions returned.

use assistants_server::types::{
    Assistant, AssistantStreamEvent, CreateRunRequest, ListRunsResponse, Run, RunStatus,
};
use assistants_server::{
    ApiError, CancelRun, CreateRun, CreateThread, CreateThreadAndRun, GetRun, ListRuns, ModifyRun,
    SubmitToolOutputsToRun,
};

use crate::change::change;
use crate::page::Page;
use crate::runner::Runner;
use crate::state::{Conversation, Execution, State, now};
use crate::table::Table;

/// A run as far as it has come, and what has happened on the way.
pub(crate) type Progress = (Run, Vec<AssistantStreamEvent>);

impl State {
    pub(crate) fn create_run(&mut self, request: CreateRun) -> Result<Progress, ApiError> {
        let assistant = self.assistants.get(&request.body.assistant_id)?;
        let conversation = self.threads.get_mut(&request.thread_id)?;
        conversation.check_idle()?;
        let messages = request.body.additional_messages.value();
        for message in messages.into_iter().flatten() {
            conversation.add_message(&mut self.ids, message.clone())?;
        }

        let id = self.ids.next("run");
        let run = new_run(&id, request.thread_id, assistant, request.body);
        let steps = Table::new("run step");
        conversation.runs.insert(&id, Execution { run, steps });
        Runner::new(&mut self.ids, conversation, &id).map(Runner::start)
    }

    pub(crate) fn create_thread_and_run(
        &mut self,
        request: CreateThreadAndRun,
    ) -> Result<Progress, ApiError> {
        let body = request.body;
        self.assistants.get(&body.assistant_id)?;
        let thread = self.create_thread(CreateThread { body: body.thread })?;
        let body = CreateRunRequest {
            model: body.model,
            instructions: body.instructions,
            tools: body.tools,
            metadata: body.metadata,
            temperature: body.temperature,
            top_p: body.top_p,
            max_prompt_tokens: body.max_prompt_tokens,
            max_completion_tokens: body.max_completion_tokens,
            truncation_strategy: body.truncation_strategy,
            tool_choice: body.tool_choice,
            parallel_tool_calls: body.parallel_tool_calls,
            response_format: body.response_format,
            ..CreateRunRequest::new(body.assistant_id)
        };
        let request = CreateRun {
            thread_id: thread.id.clone(),
            include: None,
            body,
        };
        let (run, mut events) = self.create_run(request)?;
        events.insert(0, AssistantStreamEvent::ThreadCreated(thread));
        Ok((run, events))
    }

    pub(crate) fn get_run(&self, request: GetRun) -> Result<Run, ApiError> {
        let conversation = self.threads.get(&request.thread_id)?;
        Ok(conversation.runs.get(&request.run_id)?.run.clone())
    }

    pub(crate) fn list_runs(&self, request: ListRuns) -> Result<ListRunsResponse, ApiError> {
        let page = Page {
            limit: request.limit,
            order: request.order,
            after: request.after,
            before: request.before,
        };
        let conversation = self.threads.get(&request.thread_id)?;
        let listed = conversation.runs.page(&page, |_| true);
        Ok(ListRunsResponse {
            data: listed.data(|execution| execution.run.clone()),
            first_id: listed.first_id(),
            last_id: listed.last_id(),
            has_more: listed.has_more,
        })
    }

    pub(crate) fn modify_run(&mut self, request: ModifyRun) -> Result<Run, ApiError> {
        let conversation = self.threads.get_mut(&request.thread_id)?;
        let run = &mut conversation.runs.get_mut(&request.run_id)?.run;
        change(&mut run.metadata, request.body.metadata);
        Ok(run.clone())
    }

    pub(crate) fn cancel_run(&mut self, request: CancelRun) -> Result<Run, ApiError> {
        let conversation = self.threads.get_mut(&request.thread_id)?;
        Runner::new(&mut self.ids, conversation, &request.run_id)?.cancel()
    }

    pub(crate) fn submit_tool_outputs(
        &mut self,
        request: SubmitToolOutputsToRun,
    ) -> Result<Progress, ApiError> {
        let conversation = self.threads.get_mut(&request.thread_id)?;
        let runner = Runner::new(&mut self.ids, conversation, &request.run_id)?;
        runner.resume(&request.body.tool_outputs)
    }
}

impl Conversation {
    /// Refuses to go on while a run waits for the outputs of its tools: no other state lasts here.
    pub(crate) fn check_idle(&self) -> Result<(), ApiError> {
        let active = |execution: &&Execution| execution.run.status == RunStatus::RequiresAction;
        match self.runs.iter().find(active) {
            None => Ok(()),
            Some(Execution { run, .. }) => Err(ApiError::bad_request(format!(
                "Thread {} has an active run {}.",
                run.thread_id, run.id
            ))),
        }
    }
}

/// A run before its start: what the request leaves out is as the assistant has it.
fn new_run(id: &str, thread_id: String, assistant: &Assistant, body: CreateRunRequest) -> Run {
    let instructions = body.instructions.into_value();
    let told = [
        instructions.or_else(|| assistant.instructions.clone()),
        body.additional_instructions.into_value(),
    ];
    let model = body.model.into_value();
    let tools = body.tools.into_value();
    Run {
        id: id.to_owned(),
        created_at: now(),
        thread_id,
        assistant_id: assistant.id.clone(),
        status: RunStatus::Queued,
        required_action: None,
        last_error: None,
        expires_at: Some(now() + 600),
        started_at: None,
        cancelled_at: None,
        failed_at: None,
        completed_at: None,
        incomplete_details: None,
        model: model.map_or_else(|| assistant.model.clone(), |model| model.to_string()),
        instructions: told.into_iter().flatten().collect::<Vec<_>>().join("\n"),
        tools: tools.unwrap_or_else(|| assistant.tools.clone()),
        metadata: body.metadata.into(),
        usage: None,
        temperature: body.temperature,
        top_p: body.top_p,
        max_prompt_tokens: body.max_prompt_tokens.into(),
        max_completion_tokens: body.max_completion_tokens.into(),
        truncation_strategy: body.truncation_strategy.into(),
        tool_choice: body.tool_choice.into(),
        parallel_tool_calls: body.parallel_tool_calls.unwrap_or(true),
        response_format: body.response_format.into(),
    }
}
