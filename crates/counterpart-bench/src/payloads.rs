//! Payloads as the API sends them, as JSON text.

use serde_json::{Map, Value, json};

/// Where the tag stands among the keys of an object that is told by one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tag {
    /// Before all others.
    First,
    /// Where the API puts it: after the `id`, where there is one.
    Middle,
    /// After all others.
    Last,
}

/// A run with tools, as it waits for the results of function calls.
pub fn run() -> String {
    let properties = json!({
        "city": {"type": "string", "description": "The city to look at, such as Paris."},
        "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
        "days": {"type": "integer", "minimum": 1, "maximum": 14}
    });
    let function = |index: usize| {
        json!({"type": "function", "function": {
            "name": format!("get_forecast_{index}"),
            "description": "Looks up the weather of the next days.",
            "parameters": {"type": "object", "properties": properties, "required": ["city"]},
            "strict": false
        }})
    };
    let call = |index: usize| {
        json!({"id": format!("call_{index:020}"), "type": "function", "function": {
            "name": format!("get_forecast_{index}"),
            "arguments": "{\"city\": \"Paris\", \"unit\": \"celsius\", \"days\": 3}"
        }})
    };
    let mut tools = vec![
        json!({"type": "code_interpreter"}),
        json!({"type": "file_search", "file_search": {
            "max_num_results": 20,
            "ranking_options": {"ranker": "default_2024_08_21", "score_threshold": 0.5}
        }}),
    ];
    tools.extend((0..6).map(function));
    let calls: Vec<Value> = (0..4).map(call).collect();
    let run = json!({
        "id": "run_abc123abc123abc123", "object": "thread.run", "created_at": 1_699_063_290,
        "thread_id": "thread_abc123abc123", "assistant_id": "asst_abc123abc123",
        "status": "requires_action",
        "required_action": {"type": "submit_tool_outputs", "submit_tool_outputs": {"tool_calls": calls}},
        "last_error": null, "expires_at": 1_699_063_890, "started_at": 1_699_063_291,
        "cancelled_at": null, "failed_at": null, "completed_at": null, "incomplete_details": null,
        "model": "gpt-4o",
        "instructions": "You are a weather bot. Answer in one sentence, and name your source.",
        "tools": tools,
        "metadata": {"user": "u_17", "plan": "pro", "origin": "https://example.com/weather"},
        "usage": {"prompt_tokens": 1123, "completion_tokens": 456, "total_tokens": 1579},
        "temperature": 1.0, "top_p": 1.0, "max_prompt_tokens": 1000, "max_completion_tokens": 1000,
        "truncation_strategy": {"type": "auto", "last_messages": null},
        "tool_choice": "auto", "parallel_tool_calls": true,
        "response_format": {"type": "text"}
    });
    run.to_string()
}

/// A page of 100 messages, each with a text and every fourth with citations and an image.
pub fn messages() -> String {
    page((0..100).map(message).collect())
}

fn message(index: usize) -> Value {
    let citation = |at: usize| {
        json!({"type": "file_citation", "text": "【1†source】", "start_index": at, "end_index": at + 10,
            "file_citation": {"file_id": "file-abc123abc123abc123"}})
    };
    let annotations: Vec<Value> = match index % 4 {
        0 => (0..3).map(|at| citation(at * 100)).collect(),
        _ => Vec::new(),
    };
    let text =
        "The forecast for the next three days is dry, with highs of 21 to 24 degrees. ".repeat(4);
    let mut content =
        vec![json!({"type": "text", "text": {"value": text, "annotations": annotations}})];
    if index.is_multiple_of(4) {
        content.push(json!({"type": "image_file", "image_file": {"file_id": "file-def456def456", "detail": "auto"}}));
    }
    json!({
        "id": format!("msg_{index:020}"), "object": "thread.message", "created_at": 1_699_017_614 + index,
        "thread_id": "thread_abc123abc123", "status": "completed", "incomplete_details": null,
        "completed_at": 1_699_017_620, "incomplete_at": null,
        "role": if index.is_multiple_of(2) { "user" } else { "assistant" },
        "content": content, "assistant_id": "asst_abc123abc123", "run_id": "run_abc123abc123",
        "attachments": [{"file_id": "file-abc123abc123", "tools": [{"type": "file_search"}]}],
        "metadata": {"channel": "web"}
    })
}

/// A page of 100 run steps, each with nine tool calls, whose tags stand as asked for.
pub fn steps(tag: Tag) -> String {
    let mut page = page_value((0..100).map(step).collect());
    place_tags(&mut page, tag);
    page.to_string()
}

fn step(index: usize) -> Value {
    let calls: Vec<Value> = (0..9).map(tool_call).collect();
    json!({
        "id": format!("step_{index:020}"), "object": "thread.run.step", "created_at": 1_699_063_291 + index,
        "assistant_id": "asst_abc123abc123", "thread_id": "thread_abc123abc123", "run_id": "run_abc123abc123",
        "type": "tool_calls", "status": "completed",
        "step_details": {"type": "tool_calls", "tool_calls": calls},
        "last_error": null, "expired_at": null, "cancelled_at": null, "failed_at": null,
        "completed_at": 1_699_063_299, "metadata": {},
        "usage": {"prompt_tokens": 123, "completion_tokens": 456, "total_tokens": 579}
    })
}

fn tool_call(index: usize) -> Value {
    let id = format!("call_{index:020}");
    match index % 3 {
        0 => json!({"id": id, "type": "code_interpreter", "code_interpreter": {
            "input": "import pandas as pd\ndf = pd.read_csv('/mnt/data/weather.csv')\nprint(df.describe())",
            "outputs": [
                {"type": "logs", "logs": "       high   low\ncount  3.0   3.0\nmean  22.5  12.1\n"},
                {"type": "image", "image": {"file_id": "file-abc123abc123"}}
            ]
        }}),
        1 => json!({"id": id, "type": "file_search", "file_search": {
            "ranking_options": {"ranker": "default_2024_08_21", "score_threshold": 0.25},
            "results": [
                {"file_id": "file-abc123", "file_name": "weather.md", "score": 0.875,
                    "content": [{"type": "text", "text": "Dry, with highs of 21 to 24 degrees."}]},
                {"file_id": "file-def456", "file_name": "climate.md", "score": 0.5,
                    "content": [{"type": "text", "text": "The mean of May is 15 degrees."}]}
            ]
        }}),
        _ => json!({"id": id, "type": "function", "function": {
            "name": "get_forecast", "arguments": "{\"city\": \"Paris\", \"days\": 3}",
            "output": "{\"days\": [{\"high\": 21}, {\"high\": 22}, {\"high\": 24}]}"
        }}),
    }
}

/// Moves the tags of tool calls, of their outputs and of the details of steps.
fn place_tags(value: &mut Value, tag: Tag) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(|item| place_tags(item, tag)),
        Value::Object(members) => {
            members
                .values_mut()
                .for_each(|member| place_tags(member, tag));
            // A step has a `type` of its own, which tells nothing about it.
            if !members.contains_key("object") {
                place_tag(members, tag);
            }
        }
        _ => {}
    }
}

fn place_tag(members: &mut Map<String, Value>, tag: Tag) {
    let Some(value) = members.shift_remove("type") else {
        return;
    };
    let position = match tag {
        Tag::First => 0,
        Tag::Middle => members.len() / 2,
        Tag::Last => members.len(),
    };
    members.shift_insert(position, "type".to_owned(), value);
}

/// The payloads of an event stream of 10,000 deltas: most of a message, some of the arguments of a call.
pub fn deltas() -> Vec<String> {
    (0..10_000).map(|index| delta(index).to_string()).collect()
}

/// Whether the delta at this position is of a run step, not of a message.
pub fn is_step_delta(index: usize) -> bool {
    index % 5 == 4
}

fn delta(index: usize) -> Value {
    if is_step_delta(index) {
        return json!({"id": "step_abc123abc123", "object": "thread.run.step.delta", "delta": {
            "step_details": {"type": "tool_calls", "tool_calls": [
                {"index": 0, "type": "function", "function": {"arguments": "\"Par"}}
            ]}
        }});
    }
    json!({"id": "msg_abc123abc123", "object": "thread.message.delta", "delta": {
        "content": [{"index": 0, "type": "text", "text": {"value": " degrees", "annotations": []}}]
    }})
}

/// A page of 1,000 usages: plain structs of numbers.
pub fn usages() -> String {
    let usage = |index: usize| json!({"completion_tokens": index, "prompt_tokens": 1123, "total_tokens": index + 1123});
    Value::from((0..1000).map(usage).collect::<Vec<_>>()).to_string()
}

/// 1,000 threads: plain structs with strings, nested objects and nulls.
pub fn threads() -> String {
    let thread = |index: usize| {
        json!({"id": format!("thread_{index:020}"), "object": "thread", "created_at": 1_699_012_949 + index,
            "tool_resources": {
                "code_interpreter": {"file_ids": ["file-abc123", "file-def456"]},
                "file_search": {"vector_store_ids": ["vs_abc123"]}
            },
            "metadata": {"user": "u_17", "plan": "pro"}})
    };
    Value::from((0..1000).map(thread).collect::<Vec<_>>()).to_string()
}

fn page(data: Vec<Value>) -> String {
    page_value(data).to_string()
}

fn page_value(data: Vec<Value>) -> Value {
    let id = |item: Option<&Value>| item.map(|item| item["id"].clone());
    let (first, last) = (id(data.first()), id(data.last()));
    json!({"object": "list", "data": data, "first_id": first, "last_id": last, "has_more": false})
}
