//! The service that is abused: one operation behind one key.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use assistants_server::types::Thread;
use assistants_server::{
    ApiError, AssistantsApi, Authenticate, Context, CreateThread, CreateThreadReply, Credentials,
    Router, routes,
};
use tokio::net::TcpListener;

/// How often a method was reached since this was last looked at.
pub(crate) type Calls = Arc<AtomicUsize>;

struct Service(Calls);

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
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(Thread::new("thread_1", 1_700_000_000).into())
    }

    assistants_server::unanswered!(
        list_assistants,
        create_assistant,
        get_assistant,
        modify_assistant,
        delete_assistant,
        create_thread_and_run,
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
#[derive(Debug, Clone)]
pub(crate) struct Target {
    pub(crate) address: SocketAddr,
    pub(crate) calls: Calls,
}

/// Serves until the runtime of the test ends, with limits that a test need not wait for.
pub(crate) async fn serve() -> Target {
    let calls = Calls::default();
    let limited = routes(Service(calls.clone())).body_limit(1 << 20);
    let api = limited.body_timeout(Duration::from_secs(2)).into_router();
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, Router::new().nest("/v1", api)).await });
    Target { address, calls }
}
