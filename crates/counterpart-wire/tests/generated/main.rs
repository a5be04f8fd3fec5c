//! One thing wrong anywhere in a value of the generated types, and the drift of real answers.

mod accumulate;
mod defects;
#[path = "../support/mutate.rs"]
mod mutate;
mod samples;

use assistants_types::{
    Assistant, AssistantStreamEvent, ErrorResponse, ListMessagesResponse, ListRunsResponse,
    Message, MessageDelta, Run, RunStatus, RunStep, RunStepDelta, StepDetails, Thread, ToolCall,
};
use counterpart_wire::{DecodeError, Event, Mode, RawEvent, Value, json, mode};
use mutate::check_all;

#[test]
fn one_thing_wrong_in_an_object() {
    check_all::<Run>(samples::RUN);
    check_all::<Message>(samples::MESSAGE);
    check_all::<Assistant>(samples::ASSISTANT);
    check_all::<Thread>(samples::THREAD);
    check_all::<ErrorResponse>(samples::ERROR);
}

#[test]
fn one_thing_wrong_in_a_step() {
    check_all::<RunStep>(samples::TOOL_CALLS_STEP);
    check_all::<RunStep>(samples::MESSAGE_STEP);
}

#[test]
fn one_thing_wrong_in_a_delta() {
    check_all::<MessageDelta>(samples::MESSAGE_DELTA);
    check_all::<RunStepDelta>(samples::STEP_DELTA);
}

#[test]
fn one_thing_wrong_in_a_page() {
    check_all::<ListMessagesResponse>(&samples::page(samples::MESSAGE));
}

/// A value whose objects all have their keys in another order.
fn turned(value: &Value, by: usize) -> Value {
    match value {
        Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            let length = members.len().max(1);
            members.rotate_left(by % length);
            let members = members.into_iter();
            members
                .map(|(key, value)| (key.clone(), turned(value, by)))
                .collect()
        }
        Value::Array(items) => items.iter().map(|item| turned(item, by)).collect(),
        scalar => scalar.clone(),
    }
}

#[test]
fn the_order_of_keys_means_nothing() {
    for sample in [samples::TOOL_CALLS_STEP, samples::MESSAGE_STEP] {
        let value: Value = serde_json::from_str(sample).unwrap();
        let step: RunStep = json::decode(sample.as_bytes(), Mode::Strict).unwrap();
        for by in 1..20 {
            for json in [
                turned(&value, by).to_string(),
                format!("{:#}", turned(&value, by)),
            ] {
                let same: RunStep = json::decode(json.as_bytes(), Mode::Strict).unwrap();
                assert_eq!(same, step, "{json}");
            }
        }
    }
}

/// The notes on a value, as they read.
#[track_caller]
fn notes<T: serde::de::DeserializeOwned>(json: &str) -> (T, Vec<String>) {
    let (value, drifts) = json::decode_noting(json.as_bytes(), Mode::Lenient).unwrap();
    (value, drifts.iter().map(ToString::to_string).collect())
}

#[test]
fn what_a_page_of_a_later_version_has_is_named_once() {
    let run = samples::RUN
        .replace(r#""status": "requires_action""#, r#""status": "paused""#)
        .replace(
            r#""object": "thread.run","#,
            r#""object": "thread.run", "agent": {"id": 1},"#,
        );
    let (page, notes) = notes::<ListRunsResponse>(&samples::page(&run));
    assert_eq!(page.data[1].status, RunStatus::Unknown("paused".to_owned()));
    assert_eq!(
        notes,
        [
            r#"data[0].agent: unknown field of Run: {"id":1}"#,
            r#"data[0].status: unknown value "paused" of RunStatus"#,
        ]
    );
}

#[test]
fn a_run_that_lost_half_its_fields_is_a_run() {
    let json = r#"{
        "id": "run_1", "object": "thread.run", "created_at": "1699063290", "assistant_id": "asst_1",
        "thread_id": "thread_1", "status": "completed", "started_at": 1699063290.5, "model": null, "tools": null,
        "usage": {"prompt_tokens": 1, "completion_tokens": 2}, "truncation_strategy": null
    }"#;
    let (run, notes) = notes::<Run>(json);
    assert_eq!(
        (run.created_at, run.started_at),
        (1_699_063_290, Some(1_699_063_290))
    );
    assert_eq!((run.model.as_str(), run.tools.len()), ("", 0));
    assert_eq!(run.usage.unwrap().total_tokens, 0);
    assert_eq!(
        notes,
        [
            r#"created_at: "1699063290" read as an integer"#,
            "started_at: 1699063290.5 read as an integer",
            "model: invalid type: null, expected a string; read as empty",
            "tools: invalid type: null, expected a sequence; read as empty",
            "usage.total_tokens: missing field of RunUsage, read as empty",
            "instructions: missing field of Run, read as empty",
            "parallel_tool_calls: missing field of Run, read as empty",
        ]
    );
}

#[test]
fn a_tool_call_of_a_new_kind_stands_among_the_others() {
    let step = samples::TOOL_CALLS_STEP.replace(r#""type": "function""#, r#""type": "browser""#);
    let (step, notes) = notes::<RunStep>(&step);
    let StepDetails::ToolCalls(details) = step.step_details else {
        panic!("no tool calls")
    };
    let known = details.tool_calls.iter();
    let known = known.filter(|call| !matches!(call, ToolCall::Unknown(_)));
    assert_eq!((known.count(), details.tool_calls.len()), (2, 3));
    assert_eq!(
        notes,
        [r#"step_details.tool_calls[2].type: unknown tag "browser" of ToolCall"#]
    );
}

#[test]
fn events_are_repaired_and_their_notes_reach_whoever_listens() {
    let delta = samples::MESSAGE_DELTA.replace(r#""id": "msg_1","#, r#""new": 1,"#);
    let event = RawEvent::text("thread.message.delta", delta);
    let read = || AssistantStreamEvent::read(&event);
    let (read, drifts) = mode::noting(Mode::Lenient, read);
    assert!(matches!(
        read,
        Ok(AssistantStreamEvent::ThreadMessageDelta(_))
    ));
    let drifts: Vec<String> = drifts.iter().map(ToString::to_string).collect();
    assert_eq!(
        drifts,
        [
            "new: unknown field of MessageDelta: 1",
            "id: missing field of MessageDelta, read as empty",
        ]
    );
    let strict: Result<_, DecodeError> =
        mode::scope(Mode::Strict, || AssistantStreamEvent::read(&event));
    assert!(strict.is_err());
}

#[test]
fn the_body_of_another_service_is_no_error_of_this_one() {
    for body in [
        r#"{"detail": "Not Found"}"#,
        r#"{"message": "no Route matched with those values"}"#,
        "<html><body>502</body></html>",
    ] {
        assert!(json::decode::<ErrorResponse>(body.as_bytes(), Mode::Lenient).is_err());
    }
    // This one would pass, all of its text lost, were it repaired: errors are read tolerantly.
    let body = br#"{"error": "invalid_grant"}"#;
    assert!(json::decode::<ErrorResponse>(body, Mode::Tolerant).is_err());
}
