//! Answers as services of this API send them and its documentation shows them, which the document does not allow: what is
//! left out, `null` where there should be a value, values, variants and events that came later. Each is read all the
//! same, and the report names exactly what was wrong; in strict mode it is refused.

use crate::samples;
use assistants_types::{
    Assistant, AssistantStreamEvent, ListAssistantsResponse, ListMessagesResponse,
    ListRunStepsResponse, ListRunsResponse, Message, MessageDelta, Run, RunStep, RunStepDelta,
    Thread,
};
use counterpart_wire::DriftKind::{
    self, Misfit, MissingConstant, MissingField, MissingTag, Null, OtherConstant, UnknownEvent,
    UnknownField, UnknownTag, UnknownValue,
};
use counterpart_wire::{Drift, Event, Mode, RawEvent, Value, json, mode};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::json;

/// What is done to a sample: the JSON pointer of a member or item, and what to put there, or nothing to take it away.
type Edits<'a> = &'a [(&'a str, Option<Value>)];

/// The sample with these edits.
fn edited(sample: &str, edits: Edits<'_>) -> String {
    let mut value: Value = serde_json::from_str(sample).unwrap();
    for (pointer, with) in edits {
        let (within, key) = pointer.rsplit_once('/').unwrap();
        let within = value.pointer_mut(within).expect(pointer);
        match (within, with) {
            (Value::Object(members), Some(with)) => {
                members.insert((*key).to_owned(), with.clone());
            }
            (Value::Object(members), None) => {
                members.shift_remove(key).expect(pointer);
            }
            (Value::Array(items), Some(with)) => {
                items[key.parse::<usize>().unwrap()] = with.clone()
            }
            (other, with) => panic!("{with:?} in {other}"),
        }
    }
    value.to_string()
}

/// Checks that the edited sample is read leniently with exactly these notes, is read again as what it was written as,
/// and is refused strictly.
#[track_caller]
fn check<T>(sample: &str, edits: Edits<'_>, expected: &[(&str, DriftKind)])
where
    T: DeserializeOwned + Serialize + PartialEq + std::fmt::Debug,
{
    let text = edited(sample, edits);
    let (value, drifts) = json::decode_noting::<T>(text.as_bytes(), Mode::Lenient).unwrap();
    assert_eq!(told(&drifts), expected, "{text}");
    let written = json::encode(&value).unwrap();
    assert_eq!(json::decode::<T>(&written, Mode::Lenient), Ok(value));

    let error = json::decode::<T>(text.as_bytes(), Mode::Strict).unwrap_err();
    assert!(
        told(&drifts).iter().any(|(path, _)| *path == error.path),
        "{error}"
    );
}

fn told(drifts: &[Drift]) -> Vec<(&str, DriftKind)> {
    let told = drifts.iter().map(|drift| (drift.path.as_str(), drift.kind));
    told.collect()
}

#[test]
fn runs() {
    check::<Run>(
        samples::RUN,
        &[
            ("/instructions", Some(Value::Null)),
            ("/tools", None),
            ("/parallel_tool_calls", None),
            ("/status", Some(json!("pausing"))),
            ("/usage/total_tokens", None),
        ],
        &[
            ("status", UnknownValue),
            ("instructions", Misfit),
            ("usage.total_tokens", MissingField),
            ("tools", MissingField),
            ("parallel_tool_calls", MissingField),
        ],
    );
    check::<Run>(
        samples::RUN,
        &[
            ("/object", Some(json!("run"))),
            ("/required_action/type", Some(json!("approve"))),
            ("/tools/0/type", Some(json!("browser"))),
            ("/tools/1/file_search/max_num_results", Some(Value::Null)),
            ("/tool_choice/type", Some(json!("custom"))),
            ("/last_error/code", Some(json!("overloaded"))),
        ],
        &[
            ("object", OtherConstant),
            ("required_action.type", OtherConstant),
            ("last_error.code", UnknownValue),
            ("tools[0].type", UnknownTag),
            ("tools[1].file_search.max_num_results", Null),
            ("tool_choice.type", UnknownValue),
        ],
    );
}

#[test]
fn run_steps() {
    check::<RunStep>(
        samples::TOOL_CALLS_STEP,
        &[
            ("/object", None),
            ("/step_details/tool_calls/0/type", Some(json!("computer"))),
            (
                "/step_details/tool_calls/2/function/arguments",
                Some(Value::Null),
            ),
            ("/step_details/tool_calls/2/id", None),
        ],
        &[
            ("step_details.tool_calls[0].type", UnknownTag),
            ("step_details.tool_calls[2].function.arguments", Misfit),
            ("step_details.tool_calls[2].id", MissingField),
            ("object", MissingConstant),
        ],
    );
    check::<RunStep>(
        samples::MESSAGE_STEP,
        &[("/step_details/type", None)],
        &[("step_details.type", MissingTag)],
    );
}

#[test]
fn messages() {
    check::<Message>(
        samples::MESSAGE,
        &[
            ("/status", None),
            ("/attachments", None),
            ("/role", Some(json!("critic"))),
            ("/content/0/text/annotations", Some(Value::Null)),
            ("/content/1/type", Some(json!("audio"))),
            ("/mood", Some(json!("good"))),
        ],
        &[
            ("role", UnknownValue),
            ("content[0].text.annotations", Misfit),
            ("content[1].type", UnknownTag),
            ("mood", UnknownField),
            ("status", MissingField),
        ],
    );
}

#[test]
fn threads_and_assistants() {
    check::<Thread>(
        samples::THREAD,
        &[("/created_at", None), ("/object", None)],
        &[("object", MissingConstant), ("created_at", MissingField)],
    );
    check::<Assistant>(
        samples::ASSISTANT,
        &[("/tools", Some(Value::Null)), ("/model", None)],
        &[("tools", Misfit), ("model", MissingField)],
    );
}

#[test]
fn pages() {
    check::<ListMessagesResponse>(
        &samples::page(samples::MESSAGE),
        &[("/has_more", Some(Value::Null)), ("/data/1/id", None)],
        &[("data[1].id", MissingField), ("has_more", Misfit)],
    );
    check::<ListRunsResponse>(
        &samples::page(samples::RUN),
        &[("/data/0/model", Some(Value::Null))],
        &[("data[0].model", Misfit)],
    );
    check::<ListRunStepsResponse>(
        &samples::page(samples::MESSAGE_STEP),
        &[("/object", None), ("/data/0/status", Some(json!("paused")))],
        &[
            ("data[0].status", UnknownValue),
            ("object", MissingConstant),
        ],
    );
    check::<ListAssistantsResponse>(
        &samples::page(samples::ASSISTANT),
        &[("/data/1/tools", None)],
        &[("data[1].tools", MissingField)],
    );
}

#[test]
fn deltas() {
    check::<MessageDelta>(
        samples::MESSAGE_DELTA,
        &[("/object", None), ("/delta/content/0/index", None)],
        &[
            ("delta.content[0].index", MissingField),
            ("object", MissingConstant),
        ],
    );
    check::<RunStepDelta>(
        samples::STEP_DELTA,
        &[("/id", Some(Value::Null))],
        &[("id", Misfit)],
    );
}

#[test]
fn events() {
    let read = |raw: &RawEvent, mode| mode::noting(mode, || AssistantStreamEvent::read(raw));
    for (name, sample, edits, expected) in [
        (
            "thread.run.queued",
            samples::RUN,
            &[("/model", None)][..],
            ("model", MissingField),
        ),
        (
            "thread.message.delta",
            samples::MESSAGE_DELTA,
            &[("/delta/content/0/type", Some(json!("audio")))][..],
            ("delta.content[0].type", UnknownTag),
        ),
        (
            "thread.run.paused",
            samples::RUN,
            &[][..],
            ("", UnknownEvent),
        ),
    ] {
        let raw = RawEvent::text(name, edited(sample, edits));
        let (event, drifts) = read(&raw, Mode::Lenient);
        assert!(event.is_ok(), "{name}");
        assert_eq!(told(&drifts), [expected], "{name}");
        let (event, _) = read(&raw, Mode::Strict);
        assert_eq!(event.unwrap_err().path, expected.0, "{name}");
    }
}
