//! In-process testing: a program is tested against a server in the same process, without a socket.
//!
//! The server here is that of `examples/server`. A service of your own, or one that answers by a script, is put there
//! in the same way: all that it takes is the trait `AssistantsApi`.

use assistants_client::types::{
    CreateAssistantRequest, CreateMessageRequest, CreateRunRequest, MessageContent, Role,
};
use assistants_client::{Client, Error};
use assistants_server::{Router, router};
use example_server::Service;

/// What is to be tested: it takes any client.
async fn ask(client: &Client, question: &str) -> Result<String, Error> {
    let assistant = client
        .create_assistant(CreateAssistantRequest::new("gpt-4o"))
        .await?;
    let thread = client.create_thread().await?;
    let message = CreateMessageRequest::new(Role::User, question);
    client.create_message(&thread.id, message).await?;
    client
        .create_run(&thread.id, CreateRunRequest::new(&assistant.id))
        .poll()
        .await?;
    let messages = client.list_messages(&thread.id).limit(1).await?;
    let parts = messages.data.iter().flat_map(|message| &message.content);
    let texts = parts.filter_map(|part| match part {
        MessageContent::Text(part) => Some(part.text.value.as_str()),
        _ => None,
    });
    Ok(texts.collect())
}

/// A client whose requests are answered in this process.
fn client() -> Client {
    let app = Router::new().nest("/v1", router(Service::new()));
    let builder = Client::builder().credentials("any").service(app);
    builder.build().expect("nothing in it can be wrong")
}

#[tokio::test]
async fn a_question_is_answered() {
    let answer = ask(&client(), "Is this a test?").await.unwrap();
    assert_eq!(answer, "You said: Is this a test?");
}

#[tokio::test]
async fn a_thread_that_is_not_there_is_told() {
    match client().get_thread("thread_none").await {
        Err(Error::Api(error)) => assert_eq!(error.status(), 404),
        other => panic!("{other:?}"),
    }
}
