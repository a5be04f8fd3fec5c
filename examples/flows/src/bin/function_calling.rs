//! Function calling: the assistant asks for a function of this program, and goes on with what it returns.

use assistants_client::types::{
    CreateAssistantRequest, CreateMessageRequest, CreateRunRequest, FunctionDefinition,
    FunctionTool, MessageContent, Role, RunToolCall, SubmitToolOutputsRunRequest, ToolOutput,
    json_map,
};
use assistants_client::{Client, Error};

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Error> {
    let client = Client::from_env()?;
    let weather = FunctionDefinition::new("get_weather")
        .description("Tells the weather of a city.")
        .parameters(json_map! {
            "type": "object",
            "properties": {"city": {"type": "string"}},
            "required": ["city"],
        });
    let assistant =
        CreateAssistantRequest::new("gpt-4o").tools([FunctionTool::new(weather).into()]);
    let assistant = client.create_assistant(assistant).await?;
    let thread = client.create_thread().await?;
    let question = CreateMessageRequest::new(Role::User, "Do I need an umbrella in Bergen?");
    client.create_message(&thread.id, question).await?;

    let mut run = client
        .create_run(&thread.id, CreateRunRequest::new(&assistant.id))
        .poll()
        .await?;
    while let Some(action) = &run.required_action {
        let calls = &action.submit_tool_outputs.tool_calls;
        let outputs: Vec<_> = calls.iter().map(call).collect();
        let outputs = SubmitToolOutputsRunRequest::new(outputs);
        run = client
            .submit_tool_outputs_to_run(&thread.id, &run.id, outputs)
            .poll()
            .await?;
    }
    println!("The run is {}.", run.status);

    let answer = client
        .list_messages(&thread.id)
        .run_id(&run.id)
        .limit(1)
        .await?;
    for part in answer.data.iter().flat_map(|message| &message.content) {
        if let MessageContent::Text(part) = part {
            println!("{}", part.text.value);
        }
    }
    Ok(())
}

/// Does what the assistant asks for.
fn call(call: &RunToolCall) -> ToolOutput {
    let output = match call.function.name.as_str() {
        "get_weather" => "It rains.",
        _ => "There is no such function.",
    };
    println!(
        "{}({}): {output}",
        call.function.name, call.function.arguments
    );
    ToolOutput::new().tool_call_id(&call.id).output(output)
}
