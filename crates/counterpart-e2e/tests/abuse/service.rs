//! The service that is abused: two operations behind one key.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use assistants_server::types::{AssistantStreamEvent, Thread};
use assistants_server::{
    ApiError, AssistantsApi, Authenticate, Context, CreateThread, CreateThreadAndRun,
    CreateThreadAndRunReply, CreateThreadReply, Credentials, EventStream, Router, routes,
};
use tokio::net::TcpListener;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// How often a method was reached since this was last looked at.
pub(crate) type Calls = Arc<AtomicUsize>;

struct Service {
    calls: Calls,
    left: UnboundedSender<()>,
}

/// Tells when it is dropped.
struct Dropped(UnboundedSender<()>);

impl Drop for Dropped {
    fn drop(&mut self) {
        // A test may be over by then.
        let _ = self.0.send(());
    }
}

impl Authenticate for Service {
    type Principal = ();

    async fn authenticate(&self, _: &Context, shown: Credentials) -> Result<(), ApiError> {
        match shown.bearer() {
            Some(key) if key.is("sk-alice") => Ok(()),
            _ => Err(shown.refused()),
        }
    }
}

impl AssistantsApi for Service {
    async fn create_thread(
        &self,
        _: Context,
        _: CreateThread,
    ) -> Result<CreateThreadReply, ApiError> {
        self.calls.fetch_add(1, Ordering::SeqCst);
        Ok(Thread::new("thread_1", 1_700_000_000).into())
    }

    /// Events without end, a megabyte of them in a moment.
    async fn create_thread_and_run(
        &self,
        _: Context,
        _: CreateThreadAndRun,
    ) -> Result<CreateThreadAndRunReply, ApiError> {
        let left = Dropped(self.left.clone());
        let events = EventStream::produce(|mut events| async move {
            let _left = left;
            loop {
                tokio::time::sleep(Duration::from_millis(5)).await;
                let thread = Thread::new("x".repeat(100_000), 1_700_000_000);
                events
                    .send(AssistantStreamEvent::ThreadCreated(thread))
                    .await?;
            }
        });
        Ok(CreateThreadAndRunReply::Events(events))
    }

    assistants_server::unanswered!(
        list_assistants,
        create_assistant,
        get_assistant,
        modify_assistant,
        delete_assistant,
        get_thread,
        modify_thread,
        delete_thread,
        list_messages,
        create_message,
        get_message,
        modify_message,
        delete_message,
        list_runs,
        create_run,
        get_run,
        modify_run,
        cancel_run,
        list_run_steps,
        get_run_step,
        submit_tool_outputs_to_run
    );
}

/// A service at its address.
#[derive(Debug)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) calls: Calls,
    /// Says so each time that a stream of events is dropped.
    pub(crate) left: UnboundedReceiver<()>,
}

/// Serves until the runtime of the test ends, with limits that a test need not wait for.
pub(crate) async fn serve() -> Target {
    const SOON: Duration = Duration::from_secs(1);
    let calls = Calls::default();
    let (sender, left) = unbounded_channel();
    let service = Service {
        calls: calls.clone(),
        left: sender,
    };
    let api = routes(service).body_limit(1 << 20).body_timeout(2 * SOON);
    let app = Router::new().nest("/v1", api.into_router());
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    let server = assistants_server::serve(listener, app)
        .header_timeout(2 * SOON)
        .idle_timeout(2 * SOON)
        .write_timeout(SOON);
    tokio::spawn(server.into_future());
    Target {
        address,
        calls,
        left,
    }
}
