//! The service behind the generated router.

use std::time::Duration;

use assistants_server::types::{AssistantStreamEvent, MessageDelta, Thread};
use assistants_server::{
    ApiError, AssistantsApi, Authenticate, Context, CreateRun, CreateRunReply, CreateThread,
    CreateThreadReply, Credentials, EventStream, GetThread, GetThreadReply,
};
use futures_util::{Stream, StreamExt, stream};
use tokio::time::interval;

/// How many events a stream has.
pub const EVENTS: usize = 200;

/// The thread that asks for events by and by, rather than for all at once.
pub const SLOW: &str = "thread_slow";

/// How long such a stream waits between two events.
pub const PAUSE: Duration = Duration::from_secs(1);

pub struct Service;

impl Authenticate for Service {
    type Principal = ();

    async fn authenticate(&self, _: &Context, shown: Credentials) -> Result<(), ApiError> {
        match shown.bearer() {
            Some(key) if key.is("sk-test") => Ok(()),
            _ => Err(shown.refused()),
        }
    }
}

impl AssistantsApi for Service {
    async fn create_thread(
        &self,
        _: Context,
        request: CreateThread,
    ) -> Result<CreateThreadReply, ApiError> {
        let metadata = request.body.map(|body| body.metadata).unwrap_or_default();
        Ok(Thread {
            metadata: metadata.into(),
            ..thread()
        }
        .into())
    }

    async fn get_thread(&self, _: Context, _: GetThread) -> Result<GetThreadReply, ApiError> {
        Ok(thread().into())
    }

    async fn create_run(&self, _: Context, request: CreateRun) -> Result<CreateRunReply, ApiError> {
        let events = deltas().map(AssistantStreamEvent::ThreadMessageDelta);
        Ok(match request.thread_id == SLOW {
            true => EventStream::new(slowly(events).map(Ok::<_, ApiError>)).into(),
            false => EventStream::iter(events).into(),
        })
    }

    assistants_server::unanswered!(
        list_assistants,
        create_assistant,
        get_assistant,
        modify_assistant,
        delete_assistant,
        create_thread_and_run,
        modify_thread,
        delete_thread,
        list_messages,
        create_message,
        get_message,
        modify_message,
        delete_message,
        list_runs,
        get_run,
        modify_run,
        cancel_run,
        list_run_steps,
        get_run_step,
        submit_tool_outputs_to_run,
    );
}

pub fn thread() -> Thread {
    Thread::new("thread_abc123", 1_700_000_000)
}

/// A word of an answer after the other.
pub fn deltas() -> impl Iterator<Item = MessageDelta> + Send {
    let first = serde_json::from_str::<MessageDelta>(
        r#"{"id":"msg_1","object":"thread.message.delta","delta":{"content":[{"index":0,"type":"text","text":{"value":" the","annotations":[]}}]}}"#,
    );
    std::iter::repeat_n(first.expect("it is a delta"), EVENTS)
}

/// One item after each pause.
fn slowly<T: Send>(items: impl Iterator<Item = T> + Send) -> impl Stream<Item = T> + Send {
    stream::unfold(
        (interval(PAUSE), items),
        |(mut interval, mut items)| async {
            interval.tick().await;
            Some((items.next()?, (interval, items)))
        },
    )
}
