//! The client's key, and what the service makes of it.

use assistants_client::types::Thread;
use assistants_client::{Client, Error};
use assistants_server::{
    ApiError, AssistantsApi, Authenticate, Context, CreateThread, CreateThreadReply, Credentials,
};

use crate::harness::app;

/// One key opens it, and names the caller.
struct Locked;

impl Authenticate for Locked {
    type Principal = &'static str;

    async fn authenticate(
        &self,
        _: &Context,
        shown: Credentials,
    ) -> Result<&'static str, ApiError> {
        match shown.bearer() {
            Some(key) if key.is("sk-alice") => Ok("alice"),
            _ => Err(shown.refused()),
        }
    }
}

/// Tells who has called. All other operations are left out.
impl AssistantsApi for Locked {
    async fn create_thread(
        &self,
        cx: Context<&'static str>,
        _: CreateThread,
    ) -> Result<CreateThreadReply, ApiError> {
        Ok(Thread::new(*cx.principal(), 1_700_000_000).into())
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

fn client(key: &'static str) -> Client {
    let builder = Client::builder().credentials(key).retries(0);
    builder.service(app(Locked)).build().unwrap()
}

/// Status and code of a failed call.
fn refused<T: std::fmt::Debug>(outcome: Result<T, Error>) -> (u16, Option<String>) {
    match outcome.unwrap_err() {
        Error::Api(error) => {
            let code = error.body().and_then(|body| body.error.code.clone());
            (error.status().as_u16(), code)
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn the_right_key_names_the_caller() {
    let thread = client("sk-alice").create_thread().await.unwrap();
    assert_eq!(thread.id, "alice");
}

#[tokio::test]
async fn a_wrong_key_is_refused_in_the_shape_of_the_api() {
    let outcome = client("sk-mallory").create_thread().await;
    assert_eq!(refused(outcome), (401, Some("invalid_api_key".to_owned())));
    // Whether an operation is answered at all is nobody's business either.
    let outcome = client("sk-mallory").get_run("thread_1", "run_1").await;
    assert_eq!(refused(outcome), (401, Some("invalid_api_key".to_owned())));
}

#[tokio::test]
async fn an_operation_that_is_left_out_says_so() {
    let outcome = client("sk-alice").get_run("thread_1", "run_1").await;
    assert_eq!(refused(outcome), (501, Some("not_implemented".to_owned())));
}
