//! All methods of a server but one.

macro_rules! answers_all_but_cancel_run {
    () => {
        answers! {
            list_assistants ListAssistants ListAssistantsReply;
            create_assistant CreateAssistant CreateAssistantReply;
            get_assistant GetAssistant GetAssistantReply;
            modify_assistant ModifyAssistant ModifyAssistantReply;
            delete_assistant DeleteAssistant DeleteAssistantReply;
            create_thread CreateThread CreateThreadReply;
            create_thread_and_run CreateThreadAndRun CreateThreadAndRunReply;
            get_thread GetThread GetThreadReply;
            modify_thread ModifyThread ModifyThreadReply;
            delete_thread DeleteThread DeleteThreadReply;
            list_messages ListMessages ListMessagesReply;
            create_message CreateMessage CreateMessageReply;
            get_message GetMessage GetMessageReply;
            modify_message ModifyMessage ModifyMessageReply;
            delete_message DeleteMessage DeleteMessageReply;
            list_runs ListRuns ListRunsReply;
            create_run CreateRun CreateRunReply;
            get_run GetRun GetRunReply;
            modify_run ModifyRun ModifyRunReply;
            list_run_steps ListRunSteps ListRunStepsReply;
            get_run_step GetRunStep GetRunStepReply;
            submit_tool_outputs_to_run SubmitToolOutputsToRun SubmitToolOutputsToRunReply;
        }
    };
}

macro_rules! answers {
    ($($method:ident $request:ident $reply:ident;)*) => {
        $(async fn $method(&self, _: Context, _: $request) -> Result<$reply, ApiError> {
            Err(ApiError::not_implemented("Not here."))
        })*
    };
}
