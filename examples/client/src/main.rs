//! A conversation with an assistant, from its creation to its end.
//!
//! Against the server in `examples/server`:
//!
//! ```text
//! OPENAI_BASE_URL=http://127.0.0.1:8080/v1 OPENAI_API_KEY=any cargo run --package example-client
//! ```

use std::io::Write;
use std::process::ExitCode;

use assistants_client::types::{
    Assistant, AssistantStreamEvent, CreateAssistantRequest, CreateMessageRequest,
    CreateRunRequest, Message, MessageContent, MessageContentDelta, MessageDelta, Order, Role,
    Thread,
};
use assistants_client::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    match converse().await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

async fn converse() -> Result<(), Error> {
    let client = Client::from_env()?;

    let assistant = CreateAssistantRequest::new("gpt-4o").name("Math tutor");
    let assistant = client.create_assistant(assistant).await?;
    println!(
        "Assistant: {}",
        assistant.name.as_deref().unwrap_or("(no name)")
    );

    let thread = client.create_thread().await?;
    ask(&client, &thread, "Solve 3x + 11 = 14.").await?;
    run(&client, &thread, &assistant).await?;
    ask(&client, &thread, "And what is 2x?").await?;
    stream(&client, &thread, &assistant).await?;
    list(&client, &thread).await?;

    client.delete_thread(&thread.id).await?;
    client.delete_assistant(&assistant.id).await?;
    Ok(())
}

/// Adds a message of the user's.
async fn ask(client: &Client, thread: &Thread, question: &str) -> Result<(), Error> {
    let message = CreateMessageRequest::new(Role::User, question);
    client.create_message(&thread.id, message).await?;
    Ok(())
}

/// Lets the assistant answer, and waits for it.
async fn run(client: &Client, thread: &Thread, assistant: &Assistant) -> Result<(), Error> {
    let request = CreateRunRequest::new(&assistant.id);
    let run = client.create_run(&thread.id, request).poll().await?;
    println!("Run: {}", run.status);
    Ok(())
}

/// Lets the assistant answer, and prints the answer as it is written.
async fn stream(client: &Client, thread: &Thread, assistant: &Assistant) -> Result<(), Error> {
    let request = CreateRunRequest::new(&assistant.id).instructions("Be brief.");
    let mut events = client.create_run(&thread.id, request).stream().await?;
    print!("Streamed: ");
    while let Some(event) = events.try_next().await? {
        match event {
            AssistantStreamEvent::ThreadMessageDelta(delta) => {
                print!("{}", text_of_delta(&delta));
                // What is written by and by is to be seen by and by; whoever stopped reading does not matter.
                let _ = std::io::stdout().flush();
            }
            AssistantStreamEvent::ThreadRunCompleted(run) => println!("\nRun: {}", run.status),
            _ => {}
        }
    }
    Ok(())
}

/// Prints the whole conversation, over as many pages as it takes.
async fn list(client: &Client, thread: &Thread) -> Result<(), Error> {
    let messages = client.list_messages(&thread.id).order(Order::Asc);
    let mut messages = messages.limit(3).items();
    while let Some(message) = messages.try_next().await? {
        println!("{}: {}", message.role, text_of(&message));
    }
    Ok(())
}

fn text_of(message: &Message) -> String {
    let texts = message.content.iter().filter_map(|part| match part {
        MessageContent::Text(part) => Some(part.text.value.as_str()),
        _ => None,
    });
    texts.collect()
}

fn text_of_delta(delta: &MessageDelta) -> String {
    let parts = delta.delta.content.iter().flatten();
    let texts = parts.filter_map(|part| match part {
        MessageContentDelta::Text(part) => part.text.as_ref()?.value.as_deref(),
        _ => None,
    });
    texts.collect()
}
