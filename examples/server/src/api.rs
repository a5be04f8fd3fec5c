//! The trait that is generated from the document, operation by operation.

use assistants_server::{
    ApiError, AssistantsApi, CancelRun, CancelRunReply, Context, CreateAssistant,
    CreateAssistantReply, CreateMessage, CreateMessageReply, CreateRun, CreateRunReply,
    CreateThread, CreateThreadAndRun, CreateThreadAndRunReply, CreateThreadReply, DeleteAssistant,
    DeleteAssistantReply, DeleteMessage, DeleteMessageReply, DeleteThread, DeleteThreadReply,
    EventStream, GetAssistant, GetAssistantReply, GetMessage, GetMessageReply, GetRun, GetRunReply,
    GetRunStep, GetRunStepReply, GetThread, GetThreadReply, ListAssistants, ListAssistantsReply,
    ListMessages, ListMessagesReply, ListRunSteps, ListRunStepsReply, ListRuns, ListRunsReply,
    ModifyAssistant, ModifyAssistantReply, ModifyMessage, ModifyMessageReply, ModifyRun,
    ModifyRunReply, ModifyThread, ModifyThreadReply, Open, SubmitToolOutputsToRun,
    SubmitToolOutputsToRunReply,
};

use crate::Service;

/// What each method returns.
type Result<T> = std::result::Result<T, ApiError>;

/// Any key will do: what the example keeps is nobody's secret.
impl Open for Service {}

impl AssistantsApi for Service {
    async fn list_assistants(
        &self,
        _: Context,
        request: ListAssistants,
    ) -> Result<ListAssistantsReply> {
        Ok(self.state().list_assistants(request).into())
    }

    async fn create_assistant(
        &self,
        _: Context,
        request: CreateAssistant,
    ) -> Result<CreateAssistantReply> {
        Ok(self.state().create_assistant(request).into())
    }

    async fn get_assistant(&self, _: Context, request: GetAssistant) -> Result<GetAssistantReply> {
        Ok(self.state().get_assistant(request)?.into())
    }

    async fn modify_assistant(
        &self,
        _: Context,
        request: ModifyAssistant,
    ) -> Result<ModifyAssistantReply> {
        Ok(self.state().modify_assistant(request)?.into())
    }

    async fn delete_assistant(
        &self,
        _: Context,
        request: DeleteAssistant,
    ) -> Result<DeleteAssistantReply> {
        Ok(self.state().delete_assistant(request)?.into())
    }

    async fn create_thread(&self, _: Context, request: CreateThread) -> Result<CreateThreadReply> {
        Ok(self.state().create_thread(request)?.into())
    }

    async fn create_thread_and_run(
        &self,
        _: Context,
        request: CreateThreadAndRun,
    ) -> Result<CreateThreadAndRunReply> {
        let streams = request.wants_events();
        let (run, events) = self.state().create_thread_and_run(request)?;
        Ok(match streams {
            true => CreateThreadAndRunReply::Events(EventStream::iter(events)),
            false => run.into(),
        })
    }

    async fn get_thread(&self, _: Context, request: GetThread) -> Result<GetThreadReply> {
        Ok(self.state().get_thread(request)?.into())
    }

    async fn modify_thread(&self, _: Context, request: ModifyThread) -> Result<ModifyThreadReply> {
        Ok(self.state().modify_thread(request)?.into())
    }

    async fn delete_thread(&self, _: Context, request: DeleteThread) -> Result<DeleteThreadReply> {
        Ok(self.state().delete_thread(request)?.into())
    }

    async fn list_messages(&self, _: Context, request: ListMessages) -> Result<ListMessagesReply> {
        Ok(self.state().list_messages(request)?.into())
    }

    async fn create_message(
        &self,
        _: Context,
        request: CreateMessage,
    ) -> Result<CreateMessageReply> {
        Ok(self.state().create_message(request)?.into())
    }

    async fn get_message(&self, _: Context, request: GetMessage) -> Result<GetMessageReply> {
        Ok(self.state().get_message(request)?.into())
    }

    async fn modify_message(
        &self,
        _: Context,
        request: ModifyMessage,
    ) -> Result<ModifyMessageReply> {
        Ok(self.state().modify_message(request)?.into())
    }

    async fn delete_message(
        &self,
        _: Context,
        request: DeleteMessage,
    ) -> Result<DeleteMessageReply> {
        Ok(self.state().delete_message(request)?.into())
    }

    async fn list_runs(&self, _: Context, request: ListRuns) -> Result<ListRunsReply> {
        Ok(self.state().list_runs(request)?.into())
    }

    async fn create_run(&self, _: Context, request: CreateRun) -> Result<CreateRunReply> {
        let streams = request.wants_events();
        let (run, events) = self.state().create_run(request)?;
        Ok(match streams {
            true => CreateRunReply::Events(EventStream::iter(events)),
            false => run.into(),
        })
    }

    async fn get_run(&self, _: Context, request: GetRun) -> Result<GetRunReply> {
        Ok(self.state().get_run(request)?.into())
    }

    async fn modify_run(&self, _: Context, request: ModifyRun) -> Result<ModifyRunReply> {
        Ok(self.state().modify_run(request)?.into())
    }

    async fn cancel_run(&self, _: Context, request: CancelRun) -> Result<CancelRunReply> {
        Ok(self.state().cancel_run(request)?.into())
    }

    async fn list_run_steps(&self, _: Context, request: ListRunSteps) -> Result<ListRunStepsReply> {
        Ok(self.state().list_run_steps(request)?.into())
    }

    async fn get_run_step(&self, _: Context, request: GetRunStep) -> Result<GetRunStepReply> {
        Ok(self.state().get_run_step(request)?.into())
    }

    async fn submit_tool_outputs_to_run(
        &self,
        _: Context,
        request: SubmitToolOutputsToRun,
    ) -> Result<SubmitToolOutputsToRunReply> {
        let streams = request.wants_events();
        let (run, events) = self.state().submit_tool_outputs(request)?;
        Ok(match streams {
            true => SubmitToolOutputsToRunReply::Events(EventStream::iter(events)),
            false => run.into(),
        })
    }
}
