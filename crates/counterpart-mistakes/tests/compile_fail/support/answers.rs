//! All methods of a server but one.

macro_rules! answers_all_but_cancel_run {
    () => {
        assistants_server::unanswered!(
            list_assistants,
            create_assistant,
            get_assistant,
            modify_assistant,
            delete_assistant,
            create_thread,
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
            list_run_steps,
            get_run_step,
            submit_tool_outputs_to_run,
        );
    };
}
