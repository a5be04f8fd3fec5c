//! Objects: every kind of property, absent, `null` and there.

use crate::types::{ErrorCode, Labels, Run, RunLastError, RunStatus};
use counterpart_wire::{Mode, Nullable, json};
use serde_json::json;

fn run(json: &str) -> Run {
    json::decode(json.as_bytes(), Mode::Strict).unwrap()
}

const SMALLEST: &str =
    r#"{"id":"run_1","object":"thread.run","status":"queued","last_error":null,"tools":[]}"#;

#[test]
fn what_is_absent_stays_absent() {
    let value = run(SMALLEST);
    assert_eq!(value.temperature, None);
    assert_eq!(value.metadata, Nullable::Absent);
    assert_eq!(json::encode(&value).unwrap(), SMALLEST);
}

#[test]
fn a_required_nullable_property_may_be_absent_but_is_written() {
    let value = run(r#"{"id":"run_1","object":"thread.run","status":"queued","tools":[]}"#);
    assert_eq!(json::encode(&value).unwrap(), SMALLEST);
}

#[test]
fn null_stays_null() {
    let json = SMALLEST.replace("]}", r#"],"metadata":null}"#);
    let value = run(&json);
    assert_eq!(value.metadata, Nullable::Null);
    assert_eq!(json::encode(&value).unwrap(), json);
}

#[test]
fn everything_there_round_trips() {
    let json = concat!(
        r#"{"id":"run_1","object":"thread.run","status":"in_progress","#,
        r#""last_error":{"code":429,"message":"slow \"down\""},"#,
        r#""tools":[{"type":"code_interpreter"},"#,
        r#"{"type":"function","function":{"name":"add","parameters":{"b":1,"a":[]},"strict":null}}],"#,
        r#""temperature":0.5,"response_format":"auto","content":"text","#,
        r#""metadata":{"z":"1","a":"2"},"parent":"#,
        r#"{"id":"run_0","object":"thread.run","status":"completed","last_error":null,"tools":[]}}"#,
    );
    let value = run(json);
    let error = RunLastError {
        code: ErrorCode::RateLimit,
        message: "slow \"down\"".to_owned(),
    };
    assert_eq!(value.last_error, Some(error));
    assert_eq!(value.parent.as_ref().unwrap().status, RunStatus::Completed);
    assert_eq!(json::encode(&value).unwrap(), json);
}

#[test]
fn extra_entries_round_trip_in_order() {
    let json = r#"{"name":"n","z":null,"a":{"y":1,"x":2},"m":[3]}"#;
    let labels: Labels = json::decode(json.as_bytes(), Mode::Strict).unwrap();
    assert_eq!(labels.extra.len(), 3);
    assert_eq!(labels.extra["m"], json!([3]));
    assert_eq!(json::encode(&labels).unwrap(), json);
}

#[test]
fn a_lenient_reader_says_what_it_tolerated() {
    let json = r#"{
        "id": "run_1", "object": "run", "status": "paused", "speed": 3, "temperature": null, "id": "run_2",
        "last_error": {"code": 418, "message": "", "retry": true},
        "tools": [{"type": "browser"}, {"name": "x"}, {"type": "browser"}]
    }"#;
    let (value, drifts) = json::decode_noting::<Run>(json.as_bytes(), Mode::Lenient).unwrap();
    assert_eq!(value.id, "run_2");
    assert_eq!(value.status, RunStatus::Unknown("paused".to_owned()));
    let drifts: Vec<String> = drifts.iter().map(ToString::to_string).collect();
    assert_eq!(
        drifts,
        [
            r#"object: other constant "run" of Run"#,
            r#"status: unknown value "paused" of RunStatus"#,
            "speed: unknown field of Run: 3",
            "temperature: forbidden null of Run",
            "id: duplicate field of Run",
            "last_error.code: unknown value 418 of ErrorCode",
            "last_error.retry: unknown field of RunLastError: true",
            r#"tools[0].type: unknown tag "browser" of Tool"#,
            "tools[1].type: missing tag of Tool",
        ]
    );
}
