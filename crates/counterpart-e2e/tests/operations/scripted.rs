//! A service that answers by a script, and remembers what it was asked.

use std::any::Any;
use std::collections::VecDeque;
use std::fmt::Debug;
use std::sync::{Arc, Mutex};

use assistants_server::*;

/// The service. Clones share the script and the memory.
#[derive(Debug, Clone, Default)]
pub(crate) struct Scripted(Arc<Mutex<Play>>);

#[derive(Debug, Default)]
struct Play {
    /// What to answer, in this order: a `Result` of the reply of the operation that will be called.
    replies: VecDeque<Box<dyn Any + Send>>,
    /// What was asked: an operation's id, and its request.
    requests: Vec<(&'static str, Box<dyn Any + Send>)>,
}

impl Scripted {
    /// Adds an answer to the script.
    pub(crate) fn will(&self, reply: Result<impl Send + 'static, ApiError>) {
        self.0.lock().unwrap().replies.push_back(Box::new(reply));
    }

    /// What was asked since the last time: always the same operation, with a request of this type.
    pub(crate) fn asked<Q: 'static>(&self, operation: &str) -> Vec<Q> {
        let requests = std::mem::take(&mut self.0.lock().unwrap().requests);
        let typed = requests.into_iter().map(|(asked, request)| {
            assert_eq!(asked, operation);
            *request.downcast().expect("the request's type")
        });
        typed.collect()
    }

    fn answer<Q, R>(&self, cx: &Context, request: Q) -> Result<R, ApiError>
    where
        Q: Send + 'static,
        R: Send + 'static,
    {
        let mut play = self.0.lock().unwrap();
        play.requests.push((cx.operation(), Box::new(request)));
        let reply = play.replies.pop_front();
        // Released before anything can panic.
        drop(play);
        let reply = reply.expect("an answer in the script");
        *reply.downcast().expect("an answer of the operation's type")
    }
}

/// Credentials are tried in `credentials.rs`.
impl Open for Scripted {}

/// All methods are alike. One that is missing here, because it is new in the document, does not compile.
macro_rules! scripted {
    ($($method:ident $request:ident $reply:ident;)*) => {
        impl AssistantsApi for Scripted {
            $(async fn $method(&self, cx: Context, request: $request) -> Result<$reply, ApiError> {
                self.answer(&cx, request)
            })*
        }
    };
}

scripted! {
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
    cancel_run CancelRun CancelRunReply;
    list_run_steps ListRunSteps ListRunStepsReply;
    get_run_step GetRunStep GetRunStepReply;
    submit_tool_outputs_to_run SubmitToolOutputsToRun SubmitToolOutputsToRunReply;
}
