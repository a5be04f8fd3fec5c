//! One of each object, as a value and as it goes over the wire. The JSON is written by hand: constants are there,
//! what is required and nullable is `null`, what is absent is not there.

use assistants_types::*;
use serde_json::{Value, json};

/// A value with its JSON.
pub(crate) type Both<T> = (T, Value);

pub(crate) fn metadata() -> Metadata {
    Metadata::from([("team".to_owned(), "search".to_owned())])
}

pub(crate) fn assistant() -> Both<Assistant> {
    let assistant = Assistant {
        id: "asst_1".to_owned(),
        created_at: 1_700_000_000,
        name: Some("Math tutor".to_owned()),
        description: None,
        model: "gpt-4o".to_owned(),
        instructions: None,
        tools: vec![
            CodeInterpreterTool::new().into(),
            FunctionTool::new(FunctionDefinition::new("add").strict(true)).into(),
        ],
        tool_resources: Nullable::Absent,
        metadata: Some(metadata()),
        temperature: Nullable::Null,
        top_p: Nullable::Value(0.5),
        response_format: Nullable::Value(ResponseFormat::Auto),
    };
    let json = json!({
        "id": "asst_1",
        "object": "assistant",
        "created_at": 1_700_000_000,
        "name": "Math tutor",
        "description": null,
        "model": "gpt-4o",
        "instructions": null,
        "tools": [
            {"type": "code_interpreter"},
            {"type": "function", "function": {"name": "add", "strict": true}},
        ],
        "metadata": {"team": "search"},
        "temperature": null,
        "top_p": 0.5,
        "response_format": "auto",
    });
    (assistant, json)
}

pub(crate) fn thread() -> Both<Thread> {
    let resources = CodeInterpreterResources::new().file_ids(["file_1".to_owned()]);
    let thread = Thread::new("thread_1", 1_700_000_001)
        .tool_resources(ToolResources::new().code_interpreter(resources));
    let json = json!({
        "id": "thread_1",
        "object": "thread",
        "created_at": 1_700_000_001,
        "tool_resources": {"code_interpreter": {"file_ids": ["file_1"]}},
        "metadata": null,
    });
    (thread, json)
}

pub(crate) fn message() -> Both<Message> {
    let path = FilePath {
        text: "sandbox:/plot.png".to_owned(),
        file_path: GeneratedFile::new("file_2"),
        start_index: 4,
        end_index: 21,
    };
    let text = MessageText::new("See sandbox:/plot.png", [path.into()]);
    let message = Message {
        id: "msg_1".to_owned(),
        created_at: 1_700_000_002,
        thread_id: "thread_1".to_owned(),
        status: MessageStatus::Completed,
        incomplete_details: None,
        completed_at: Some(1_700_000_003),
        incomplete_at: None,
        role: Role::Assistant,
        content: vec![MessageContentText::new(text).into()],
        assistant_id: Some("asst_1".to_owned()),
        run_id: Some("run_1".to_owned()),
        attachments: Some(vec![]),
        metadata: None,
    };
    let json = json!({
        "id": "msg_1",
        "object": "thread.message",
        "created_at": 1_700_000_002,
        "thread_id": "thread_1",
        "status": "completed",
        "incomplete_details": null,
        "completed_at": 1_700_000_003,
        "incomplete_at": null,
        "role": "assistant",
        "content": [{
            "type": "text",
            "text": {
                "value": "See sandbox:/plot.png",
                "annotations": [{
                    "type": "file_path",
                    "text": "sandbox:/plot.png",
                    "file_path": {"file_id": "file_2"},
                    "start_index": 4,
                    "end_index": 21,
                }],
            },
        }],
        "assistant_id": "asst_1",
        "run_id": "run_1",
        "attachments": [],
        "metadata": null,
    });
    (message, json)
}

pub(crate) fn run() -> Both<Run> {
    let call = RunToolCall::new("call_1", RunToolCallFunction::new("add", r#"{"a":1}"#));
    let run = Run {
        id: "run_1".to_owned(),
        created_at: 1_700_000_004,
        thread_id: "thread_1".to_owned(),
        assistant_id: "asst_1".to_owned(),
        status: RunStatus::RequiresAction,
        required_action: Some(RunRequiredAction::new(
            RunRequiredActionSubmitToolOutputs::new([call]),
        )),
        last_error: None,
        expires_at: Some(1_700_000_600),
        started_at: None,
        cancelled_at: None,
        failed_at: None,
        completed_at: None,
        incomplete_details: None,
        model: "gpt-4o".to_owned(),
        instructions: String::new(),
        tools: vec![],
        metadata: None,
        usage: None,
        temperature: Nullable::Absent,
        top_p: Nullable::Null,
        max_prompt_tokens: Some(1000),
        max_completion_tokens: None,
        truncation_strategy: Some(TruncationStrategy::new(TruncationStrategyType::Auto)),
        tool_choice: Some(ToolChoice::Mode(ToolChoiceMode::Required)),
        parallel_tool_calls: true,
        response_format: None,
    };
    let json = json!({
        "id": "run_1",
        "object": "thread.run",
        "created_at": 1_700_000_004,
        "thread_id": "thread_1",
        "assistant_id": "asst_1",
        "status": "requires_action",
        "required_action": {
            "type": "submit_tool_outputs",
            "submit_tool_outputs": {
                "tool_calls": [{
                    "id": "call_1",
                    "type": "function",
                    "function": {"name": "add", "arguments": "{\"a\":1}"},
                }],
            },
        },
        "last_error": null,
        "expires_at": 1_700_000_600,
        "started_at": null,
        "cancelled_at": null,
        "failed_at": null,
        "completed_at": null,
        "incomplete_details": null,
        "model": "gpt-4o",
        "instructions": "",
        "tools": [],
        "metadata": null,
        "usage": null,
        "top_p": null,
        "max_prompt_tokens": 1000,
        "max_completion_tokens": null,
        "truncation_strategy": {"type": "auto"},
        "tool_choice": "required",
        "parallel_tool_calls": true,
        "response_format": null,
    });
    (run, json)
}

pub(crate) fn step() -> Both<RunStep> {
    let step = RunStep {
        id: "step_1".to_owned(),
        created_at: 1_700_000_005,
        assistant_id: "asst_1".to_owned(),
        thread_id: "thread_1".to_owned(),
        run_id: "run_1".to_owned(),
        type_: RunStepType::MessageCreation,
        status: RunStepStatus::Completed,
        step_details: StepDetailsMessageCreation::new(MessageCreation::new("msg_1")).into(),
        last_error: None,
        expired_at: None,
        cancelled_at: None,
        failed_at: None,
        completed_at: Some(1_700_000_006),
        metadata: None,
        usage: Some(RunStepUsage::new(1, 2, 3)),
    };
    let json = json!({
        "id": "step_1",
        "object": "thread.run.step",
        "created_at": 1_700_000_005,
        "assistant_id": "asst_1",
        "thread_id": "thread_1",
        "run_id": "run_1",
        "type": "message_creation",
        "status": "completed",
        "step_details": {
            "type": "message_creation",
            "message_creation": {"message_id": "msg_1"},
        },
        "last_error": null,
        "expired_at": null,
        "cancelled_at": null,
        "failed_at": null,
        "completed_at": 1_700_000_006,
        "metadata": null,
        "usage": {"completion_tokens": 1, "prompt_tokens": 2, "total_tokens": 3},
    });
    (step, json)
}
