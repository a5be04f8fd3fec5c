//! Answers as the document describes them.

pub(crate) const RUN: &str = r#"{
    "id": "run_1", "object": "thread.run", "created_at": 1699063290, "thread_id": "thread_1", "assistant_id": "asst_1",
    "status": "requires_action",
    "required_action": {
        "type": "submit_tool_outputs",
        "submit_tool_outputs": {
            "tool_calls": [
                {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{}"}}
            ]
        }
    },
    "last_error": {"code": "server_error", "message": "sorry"},
    "expires_at": 1699063890, "started_at": 1699063290, "cancelled_at": null, "failed_at": null,
    "completed_at": null, "incomplete_details": {"reason": "max_prompt_tokens"},
    "model": "gpt-4o", "instructions": "Be brief.",
    "tools": [
        {"type": "code_interpreter"},
        {"type": "file_search", "file_search": {"max_num_results": 5}},
        {"type": "function", "function": {"name": "weather", "parameters": {"type": "object"}, "strict": true}}
    ],
    "metadata": {"k": "v"}, "usage": {"completion_tokens": 1, "prompt_tokens": 2, "total_tokens": 3},
    "temperature": 0.5, "top_p": null, "max_prompt_tokens": 100, "max_completion_tokens": null,
    "truncation_strategy": {"type": "last_messages", "last_messages": 3},
    "tool_choice": {"type": "function", "function": {"name": "weather"}},
    "parallel_tool_calls": true,
    "response_format": {"type": "json_schema", "json_schema": {"name": "answer", "schema": {"type": "object"}}}
}"#;

pub(crate) const MESSAGE: &str = r#"{
    "id": "msg_1", "object": "thread.message", "created_at": 1699063290, "thread_id": "thread_1",
    "status": "incomplete", "incomplete_details": {"reason": "max_tokens"}, "completed_at": null,
    "incomplete_at": 1699063291, "role": "assistant",
    "content": [
        {
            "type": "text",
            "text": {
                "value": "See [1]",
                "annotations": [
                    {
                        "type": "file_citation", "text": "[1]", "file_citation": {"file_id": "file_1"},
                        "start_index": 4, "end_index": 7
                    }
                ]
            }
        },
        {"type": "image_file", "image_file": {"file_id": "file_2", "detail": "low"}},
        {"type": "refusal", "refusal": "no"}
    ],
    "assistant_id": "asst_1", "run_id": null,
    "attachments": [{"file_id": "file_1", "tools": [{"type": "code_interpreter"}, {"type": "file_search"}]}],
    "metadata": null
}"#;

pub(crate) const ASSISTANT: &str = r#"{
    "id": "asst_1", "object": "assistant", "created_at": 1698984975, "name": "Tutor", "description": null,
    "model": "gpt-4o", "instructions": "Teach.", "tools": [{"type": "code_interpreter"}],
    "tool_resources": {"code_interpreter": {"file_ids": ["file_1", "file_2"]}},
    "metadata": {}, "temperature": 1.0, "top_p": 1.0, "response_format": "auto"
}"#;

pub(crate) const THREAD: &str = r#"{
    "id": "thread_1", "object": "thread", "created_at": 1698107661,
    "tool_resources": {"file_search": {"vector_store_ids": ["vs_1"]}}, "metadata": {"a": "b"}
}"#;

pub(crate) const ERROR: &str = r#"{
    "error": {"code": "rate_limit_exceeded", "message": "Slow down.", "param": null, "type": "requests"}
}"#;

pub(crate) const TOOL_CALLS_STEP: &str = r#"{
    "id": "step_1", "object": "thread.run.step", "created_at": 1699063291, "assistant_id": "asst_1",
    "thread_id": "thread_1", "run_id": "run_1", "type": "tool_calls", "status": "completed",
    "step_details": {
        "type": "tool_calls",
        "tool_calls": [
            {
                "id": "call_1", "type": "code_interpreter",
                "code_interpreter": {
                    "input": "1 + 1",
                    "outputs": [
                        {"type": "logs", "logs": "2"},
                        {"type": "image", "image": {"file_id": "file_3"}}
                    ]
                }
            },
            {
                "id": "call_2", "type": "file_search",
                "file_search": {
                    "results": [
                        {
                            "file_id": "file_1", "file_name": "a.txt", "score": 0.5,
                            "content": [{"type": "text", "text": "found"}]
                        }
                    ]
                }
            },
            {
                "id": "call_3", "type": "function",
                "function": {"name": "weather", "arguments": "{}", "output": null}
            }
        ]
    },
    "last_error": null, "expired_at": null, "cancelled_at": null, "failed_at": null, "completed_at": 1699063292,
    "metadata": null, "usage": {"completion_tokens": 1, "prompt_tokens": 2, "total_tokens": 3}
}"#;

pub(crate) const MESSAGE_STEP: &str = r#"{
    "id": "step_2", "object": "thread.run.step", "created_at": 1699063291, "assistant_id": "asst_1",
    "thread_id": "thread_1", "run_id": "run_1", "type": "message_creation", "status": "failed",
    "step_details": {"type": "message_creation", "message_creation": {"message_id": "msg_1"}},
    "last_error": {"code": "server_error", "message": "sorry"}, "expired_at": null, "cancelled_at": null,
    "failed_at": 1699063292, "completed_at": null, "metadata": null, "usage": null
}"#;

pub(crate) const MESSAGE_DELTA: &str = r#"{
    "id": "msg_1", "object": "thread.message.delta",
    "delta": {"role": "assistant", "content": [{"index": 0, "type": "text", "text": {"value": "Hi"}}]}
}"#;

pub(crate) const STEP_DELTA: &str = r#"{
    "id": "step_1", "object": "thread.run.step.delta",
    "delta": {
        "step_details": {
            "type": "tool_calls",
            "tool_calls": [
                {"index": 0, "id": "call_1", "type": "code_interpreter", "code_interpreter": {"input": "1"}},
                {"index": 1, "id": "call_2", "type": "function", "function": {"name": "f", "output": null}}
            ]
        }
    }
}"#;

/// A page of a list with the same item twice.
pub(crate) fn page(item: &str) -> String {
    format!(
        r#"{{"object": "list", "data": [{item}, {item}], "first_id": "a", "last_id": "b", "has_more": false}}"#
    )
}
