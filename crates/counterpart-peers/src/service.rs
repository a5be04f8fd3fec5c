//! The whole API, answered from JSON: [`Service`] lends a [`Source`] the types of the generated trait.
//!
//! In: the typed request of an operation, given to the source as JSON. Out: the source's answer, decoded strictly
//! into the operation's reply. So everything passes through the generated types on its way.

use assistants_server::types::{AssistantStreamEvent, ErrorResponse};
use assistants_server::*;
use counterpart_wire::{Mode, json};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

/// What a source answers with, apart from an error.
pub(crate) enum Answer {
    /// The body of a 200.
    Json(Value),
    /// The events of a 200.
    Events(EventStream<AssistantStreamEvent>),
    /// An error that the document describes.
    Documented(StatusCode, ErrorResponse),
}

/// Knows what to answer.
pub(crate) trait Source: Send + Sync + 'static {
    /// Answers a request of the operation that `cx` names; `request` holds its parameters and its body.
    fn answer(&self, cx: &Context, request: Value) -> Result<Answer, ApiError>;
}

/// The API over a source.
#[derive(Debug)]
pub(crate) struct Service<S>(pub(crate) S);

/// The one key that is worth something.
const KEY: &str = "sk-peers";

impl<S: Source> Authenticate for Service<S> {
    type Principal = ();

    async fn authenticate(&self, _: &Context, credentials: Credentials) -> Result<(), ApiError> {
        match credentials.bearer() {
            Some(token) if token.is(KEY) => Ok(()),
            _ => Err(credentials.refused()),
        }
    }
}

/// All methods are alike. One that is missing here, because it is new in the document, does not compile.
macro_rules! service {
    ($($method:ident $request:ident { $($field:ident)* } $reply:ident $($events:ident)?;)*) => {
        impl<S: Source> AssistantsApi for Service<S> {
            $(async fn $method(&self, cx: Context, request: $request) -> Result<$reply, ApiError> {
                let $request { $($field),* } = request;
                let request = json!({$(stringify!($field): $field),*});
                match self.0.answer(&cx, request)? {
                    Answer::Json(value) => Ok($reply::Ok(typed(&value)?)),
                    $(Answer::Events(events) => Ok($reply::$events(events)),)?
                    Answer::Documented(status, error) => Ok($reply::Default(status, error)),
                    #[allow(unreachable_patterns, reason = "some operations have events")]
                    Answer::Events(_) => Err(unfit(&format!("{} has no events", cx.operation()))),
                }
            })*
        }
    };
}

service! {
    list_assistants ListAssistants { limit order after before } ListAssistantsReply;
    create_assistant CreateAssistant { body } CreateAssistantReply;
    get_assistant GetAssistant { assistant_id } GetAssistantReply;
    modify_assistant ModifyAssistant { assistant_id body } ModifyAssistantReply;
    delete_assistant DeleteAssistant { assistant_id } DeleteAssistantReply;
    create_thread CreateThread { body } CreateThreadReply;
    create_thread_and_run CreateThreadAndRun { body } CreateThreadAndRunReply Events;
    get_thread GetThread { thread_id } GetThreadReply;
    modify_thread ModifyThread { thread_id body } ModifyThreadReply;
    delete_thread DeleteThread { thread_id } DeleteThreadReply;
    list_messages ListMessages { thread_id limit order after before run_id } ListMessagesReply;
    create_message CreateMessage { thread_id body } CreateMessageReply;
    get_message GetMessage { thread_id message_id } GetMessageReply;
    modify_message ModifyMessage { thread_id message_id body } ModifyMessageReply;
    delete_message DeleteMessage { thread_id message_id } DeleteMessageReply;
    list_runs ListRuns { thread_id limit order after before } ListRunsReply;
    create_run CreateRun { thread_id include body } CreateRunReply Events;
    get_run GetRun { thread_id run_id } GetRunReply;
    modify_run ModifyRun { thread_id run_id body } ModifyRunReply;
    cancel_run CancelRun { thread_id run_id } CancelRunReply;
    list_run_steps ListRunSteps { thread_id run_id limit order after before include } ListRunStepsReply;
    get_run_step GetRunStep { thread_id run_id step_id include } GetRunStepReply;
    submit_tool_outputs_to_run SubmitToolOutputsToRun { thread_id run_id body }
        SubmitToolOutputsToRunReply Events;
}

/// JSON as a value of the API; nothing that the document does not allow gets through.
pub(crate) fn typed<T: DeserializeOwned>(value: &Value) -> Result<T, ApiError> {
    let bytes = json::encode(value).map_err(ApiError::internal)?;
    json::decode(&bytes, Mode::Strict).map_err(|error| unfit(&error.to_string()))
}

/// An answer that the operation cannot give. Unlike other internal errors it is told: the peer is a test.
pub(crate) fn unfit(problem: &str) -> ApiError {
    let message = format!("no such answer: {problem}");
    ApiError::new(StatusCode::NOT_IMPLEMENTED, message)
}
