//! The example service, as a user of its client sees it: what one call leaves behind, the next one finds.

use assistants_client::{Client, Error};
use assistants_types::*;
use example_server::Service;

use crate::fixtures::metadata;
use crate::harness::Over;

async fn client() -> Client {
    Over::Router.service(Service::new()).await
}

/// The message of a request that was refused with a 400, and the parameter that is at fault.
fn refused<T: std::fmt::Debug>(result: Result<T, Error>) -> (String, Option<String>) {
    match result {
        Err(Error::Api(error)) if error.status() == 400 => {
            let body = error.into_body().unwrap().error;
            (body.message, body.param)
        }
        other => panic!("{other:?}"),
    }
}

/// A run that waits for the output of the function `add`, and the id of its call.
async fn waiting_run(client: &Client) -> (Run, String) {
    let add = FunctionTool::new(FunctionDefinition::new("add"));
    let request = CreateAssistantRequest::new("gpt-4o").tools([add.into()]);
    let assistant = client.create_assistant(request).await.unwrap();
    let request = CreateThreadAndRunRequest::new(assistant.id);
    let run = client.create_thread_and_run(request).await.unwrap();

    assert_eq!(run.status, RunStatus::RequiresAction);
    let action = run.required_action.as_ref().unwrap();
    let call = action.submit_tool_outputs.tool_calls[0].id.clone();
    (run, call)
}

#[tokio::test]
async fn what_is_left_out_stays_and_null_takes_away() {
    let client = client().await;
    let request = CreateAssistantRequest::new("gpt-4o")
        .name("Math tutor")
        .instructions("Be brief.")
        .temperature(0.5)
        .metadata(metadata());
    let assistant = client.create_assistant(request).await.unwrap();

    let mut change = ModifyAssistantRequest::new().instructions("Be kind.");
    change.name = Nullable::Null;
    change.temperature = Nullable::Null;
    let changed = client
        .modify_assistant(&assistant.id, change)
        .await
        .unwrap();

    let expected = Assistant {
        name: None,
        instructions: Some("Be kind.".to_owned()),
        temperature: Nullable::Null,
        ..assistant
    };
    assert_eq!(changed, expected);
    let fetched = client.get_assistant(&expected.id).await.unwrap();
    assert_eq!(fetched, expected);
}

#[tokio::test]
async fn what_is_deleted_is_gone_with_all_that_is_in_it() {
    let client = client().await;
    let thread = client.create_thread().await.unwrap().id;
    let hello = CreateMessageRequest::new(Role::User, "Hello");
    let message = client.create_message(&thread, hello).await.unwrap().id;

    let deleted = client.delete_thread(&thread).await.unwrap();
    assert_eq!(deleted, DeleteThreadResponse::new(&thread, true));

    let again = client.delete_thread(&thread).await.unwrap_err();
    let inside = client.get_message(&thread, &message).await.unwrap_err();
    for error in [again, inside] {
        let body = error.body().unwrap_or_else(|| panic!("{error}"));
        assert_eq!(
            body.error.message,
            format!("No thread found with id '{thread}'.")
        );
    }
}

#[tokio::test]
async fn a_run_leaves_a_message_and_a_step() {
    let client = client().await;
    let request = CreateAssistantRequest::new("gpt-4o").instructions("Be brief.");
    let assistant = client.create_assistant(request).await.unwrap().id;
    let thread = client.create_thread().await.unwrap().id;

    let request = CreateRunRequest::new(&assistant)
        .additional_instructions("And kind.")
        .additional_messages([CreateMessageRequest::new(Role::User, "Hello")]);
    let run = client.create_run(&thread, request).await.unwrap();

    assert_eq!(run.status, RunStatus::Completed);
    assert_eq!(
        (run.model.as_str(), run.instructions.as_str()),
        ("gpt-4o", "Be brief.\nAnd kind.")
    );
    assert_eq!(run.usage, Some(RunUsage::new(3, 1, 4)));
    assert_eq!(client.get_run(&thread, &run.id).await.unwrap(), run);

    let answers = client
        .list_messages(&thread)
        .run_id(&run.id)
        .await
        .unwrap()
        .data;
    let [answer] = answers.as_slice() else {
        panic!("{answers:?}")
    };
    assert_eq!(answer.role, Role::Assistant);
    assert_eq!(answer.assistant_id, Some(assistant));

    let steps = client.list_run_steps(&thread, &run.id).await.unwrap().data;
    let [step] = steps.as_slice() else {
        panic!("{steps:?}")
    };
    let created = StepDetailsMessageCreation::new(MessageCreation::new(&answer.id));
    assert_eq!(step.step_details, created.into());
}

#[tokio::test]
async fn a_run_goes_on_with_the_outputs_of_its_functions() {
    let client = client().await;
    let (run, call) = waiting_run(&client).await;
    let submit = |output| {
        let outputs = SubmitToolOutputsRunRequest::new([output]);
        client.submit_tool_outputs_to_run(&run.thread_id, &run.id, outputs)
    };

    let (message, param) = refused(submit(ToolOutput::new().output("42")).await);
    assert_eq!(message, format!("The call '{call}' needs an output."));
    assert_eq!(param.as_deref(), Some("tool_outputs"));

    let output = ToolOutput::new().tool_call_id(&call).output("42");
    let completed = submit(output.clone()).await.unwrap();
    assert_eq!(completed.status, RunStatus::Completed);
    assert_eq!(completed.required_action, None);

    let steps = client
        .list_run_steps(&run.thread_id, &run.id)
        .order(Order::Asc);
    let steps = steps.items().all().await.unwrap();
    assert_eq!(steps.len(), 2);
    let called = FunctionToolCall::new(&call, FunctionCall::new("add", "{}").output("42"));
    let expected = StepDetailsToolCalls::new([ToolCall::Function(called)]);
    assert_eq!(steps[0].step_details, expected.into());

    let (message, _) = refused(submit(output).await);
    assert_eq!(
        message,
        "Runs in status 'completed' do not accept tool outputs."
    );
}

#[tokio::test]
async fn a_thread_is_locked_until_its_run_is_over_or_cancelled() {
    let client = client().await;
    let (run, _) = waiting_run(&client).await;
    let hello = || CreateMessageRequest::new(Role::User, "Hello");

    let (message, _) = refused(client.create_message(&run.thread_id, hello()).await);
    assert_eq!(
        message,
        format!("Thread {} has an active run {}.", run.thread_id, run.id)
    );
    let second = CreateRunRequest::new(&run.assistant_id);
    refused(client.create_run(&run.thread_id, second).await);

    let cancelled = client.cancel_run(&run.thread_id, &run.id).await.unwrap();
    assert_eq!(cancelled.status, RunStatus::Cancelled);
    let steps = client
        .list_run_steps(&run.thread_id, &run.id)
        .await
        .unwrap()
        .data;
    assert_eq!(steps[0].status, RunStepStatus::Cancelled);
    client
        .create_message(&run.thread_id, hello())
        .await
        .unwrap();

    let (message, _) = refused(client.cancel_run(&run.thread_id, &run.id).await);
    assert_eq!(message, "Cannot cancel run with status 'cancelled'.");
}

#[tokio::test]
async fn new_vector_stores_become_resources() {
    let client = client().await;
    let with = |search| {
        let resources = NewToolResources::new().file_search(search);
        let request = CreateThreadRequest::new().tool_resources(resources);
        client.create_thread().body(request)
    };
    let mine = || NewFileSearchResources::new().vector_store_ids(["vs_mine".to_owned()]);
    let made = || [NewVectorStore::new()];

    for (search, own) in [
        (mine(), true),
        (NewFileSearchResources::new().vector_stores(made()), false),
    ] {
        let thread = with(search).await.unwrap();
        let search = thread.tool_resources.unwrap().file_search.unwrap();
        let stores = search.vector_store_ids.unwrap();
        assert!(
            stores.len() == 1 && stores[0].starts_with("vs_") && (stores[0] == "vs_mine") == own,
            "{stores:?}"
        );
    }

    let (message, param) = refused(with(mine().vector_stores(made())).await);
    assert_eq!(param.as_deref(), Some("tool_resources.file_search"));
    assert!(message.contains("vector_store_ids"), "{message}");
}

/// Everything that a program holds on to can go to another thread.
#[tokio::test]
async fn calls_streams_and_items_can_be_spawned() {
    let client = client().await;
    let request = CreateAssistantRequest::new("gpt-4o");
    let call = client.create_assistant(request).into_future();
    let assistant = tokio::spawn(call).await.unwrap().unwrap().id;

    let run = CreateThreadAndRunRequest::new(assistant);
    let mut events = client.create_thread_and_run(run).stream().await.unwrap();
    let mut items = client.list_assistants().items();
    let both = tokio::spawn(async move { (events.next().await, items.next().await) });
    let (event, item) = both.await.unwrap();
    assert!(event.unwrap().is_ok() && item.unwrap().is_ok());
}
