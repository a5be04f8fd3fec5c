//! An assistant that calls functions, while its answer is printed.
//!
//! Against the server in `examples/server`, whose assistant calls the first function that it has:
//!
//! ```text
//! OPENAI_BASE_URL=http://127.0.0.1:8080/v1 OPENAI_API_KEY=any cargo run --package example-functions
//! ```

use std::error::Error;
use std::io::Write;
use std::process::ExitCode;
use std::time::Duration;

use assistants_client::Client;
use assistants_client::types::{
    CreateAssistantRequest, CreateMessageRequest, CreateRunRequest, Role,
};
use assistants_runs::{AssistantEvents, DriveRuns, Json, ToolError, Tools};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Where the weather is asked for.
#[derive(Deserialize, JsonSchema)]
struct Place {
    /// The city and its country, such as "Bergen, Norway"; null for where the user is.
    city: Option<String>,
}

/// What the model is told.
#[derive(Serialize)]
struct Weather {
    city: String,
    celsius: f64,
    rain: bool,
}

/// A function that may fail: the model gets to know why, and may ask for another city.
async fn weather(place: Place) -> Result<Json<Weather>, ToolError> {
    let city = place.city.unwrap_or_else(|| "Bergen".to_owned());
    if city.contains("Atlantis") {
        return Err(ToolError::new("there is no weather below the sea"));
    }
    Ok(Json(Weather {
        city,
        celsius: 9.5,
        rain: true,
    }))
}

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

async fn converse() -> Result<(), Box<dyn Error>> {
    let client = Client::from_env()?;
    let tools = Tools::new().function("get_weather", "The weather right now.", weather);

    let assistant = CreateAssistantRequest::new("gpt-4o").tools(tools.definitions());
    let assistant = client.create_assistant(assistant).await?;
    let thread = client.create_thread().await?;
    let question = CreateMessageRequest::new(Role::User, "Do I need an umbrella?");
    client.create_message(&thread.id, question).await?;

    // One stream from the start of the run to its end, functions and broken connections included.
    let request = CreateRunRequest::new(&assistant.id);
    let driver = client.drive_run(&thread.id, request).tools(&tools);
    let driver = driver
        .deadline(Duration::from_secs(60))
        .cancel_on_deadline();
    let mut text = driver.stream().text_deltas();
    while let Some(piece) = text.try_next().await? {
        print!("{piece}");
        // What is written by and by is to be seen by and by; whoever stopped reading does not matter.
        let _ = std::io::stdout().flush();
    }
    let end = text.into_inner().finish().await?.completed()?;
    println!("\nRun: {}", end.outcome);

    client.delete_thread(&thread.id).await?;
    client.delete_assistant(&assistant.id).await?;
    Ok(())
}
