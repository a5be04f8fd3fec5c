//! A service that leaves everything out.

use assistants_server::{AssistantsApi, Open};

/// The service.
#[derive(Debug)]
pub(crate) struct Absent;

impl Open for Absent {}

impl AssistantsApi for Absent {
    assistants_server::unanswered!(
        create_thread,
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
