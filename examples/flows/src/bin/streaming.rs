//! Streaming: an answer is shown while it is written, and whole when it is done.
//!
//! The pieces are put together by an `Accumulator`. It reads like the message that it grows into.

use std::io::{Write, stdout};

use assistants_client::types::{
    Accumulator, AssistantStreamEvent, CreateAssistantRequest, CreateMessageRequest,
    CreateRunRequest, Message, MessageContent, MessageContentDelta, Role,
};
use assistants_client::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    let assistant = CreateAssistantRequest::new("gpt-4o").instructions("You are a poet.");
    let assistant = client.create_assistant(assistant).await?;
    let thread = client.create_thread().await?;
    let wish = CreateMessageRequest::new(Role::User, "Write a haiku about rivers.");
    client.create_message(&thread.id, wish).await?;

    let run = client.create_run(&thread.id, CreateRunRequest::new(&assistant.id));
    let mut events = run.stream().await?;
    let mut message = Accumulator::<Message>::default();
    while let Some(event) = events.try_next().await? {
        match event {
            AssistantStreamEvent::ThreadMessageCreated(created) => message = created.into(),
            AssistantStreamEvent::ThreadMessageDelta(delta) => {
                for part in delta.delta.content.iter().flatten() {
                    show(part);
                }
                message.apply(&delta);
            }
            AssistantStreamEvent::ThreadRunCompleted(run) => {
                println!("\nThe run is {}.", run.status)
            }
            _ => {}
        }
    }

    for part in &message.content {
        if let MessageContent::Text(part) = part {
            println!("{} wrote: {}", message.role, part.text.value);
        }
    }
    Ok(())
}

/// Prints what was added to a part of the message.
fn show(part: &MessageContentDelta) {
    if let MessageContentDelta::Text(part) = part
        && let Some(text) = part.text.as_ref().and_then(|text| text.value.as_deref())
    {
        print!("{text}");
        // Whoever stopped reading does not matter.
        let _ = stdout().flush();
    }
}
