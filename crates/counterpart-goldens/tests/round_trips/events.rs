//! Events: the tag is the `event:` line, the payload the bare data.

use counterpart_goldens::event_stream::types::{Problem, Run, RunEvent};
use counterpart_goldens::event_stream_only::types::TickEvent;
use counterpart_wire::{Event, Mode, RawEvent, mode};

#[test]
fn an_event_is_read_by_its_name_and_written_the_same() {
    let events = [
        (
            RunEvent::RunCreated(Run::new("r")),
            "run.created",
            r#"{"id":"r"}"#,
        ),
        (
            RunEvent::Error(Problem::new("late")),
            "error",
            r#"{"message":"late"}"#,
        ),
        (RunEvent::Done, "done", "[DONE]"),
    ];
    for (event, name, data) in events {
        let raw = event.write().unwrap();
        assert_eq!((raw.name(), raw.data_str()), (name, data));
        assert_eq!(RunEvent::read(&RawEvent::text(name, data)).unwrap(), event);
    }
}

#[test]
fn an_unknown_event_is_kept_as_it_came() {
    let raw = RawEvent::text("run.paused", r#"{"id": "r"}"#);
    let event = RunEvent::read(&raw).unwrap();
    assert_eq!(event, RunEvent::Unknown(raw.clone()));
    assert_eq!(event.write().unwrap(), raw);
}

#[test]
fn an_unknown_event_is_told_and_in_strict_mode_refused() {
    let raw = RawEvent::text("run.paused", r#"{"id": "r"}"#);
    let (event, drifts) = mode::noting(Mode::Lenient, || RunEvent::read(&raw));
    assert!(event.is_ok());
    let drifts: Vec<String> = drifts.iter().map(ToString::to_string).collect();
    assert_eq!(drifts, [r#"unknown event "run.paused" of RunEvent"#]);

    let error = mode::scope(Mode::Strict, || RunEvent::read(&raw)).unwrap_err();
    assert_eq!(
        error.to_string(),
        r#"unknown event "run.paused" of RunEvent"#
    );
}

#[test]
fn the_end_and_a_failure_are_known() {
    assert!(RunEvent::Done.is_done() && RunEvent::done() == Some(RunEvent::Done));
    assert!(RunEvent::Error(Problem::new("x")).is_error());
    let created = RunEvent::RunCreated(Run::new("r"));
    assert!(!created.is_done() && !created.is_error());
    // A stream that has no such events never ends by itself.
    assert_eq!(TickEvent::done(), None);
    assert!(!TickEvent::Tick(1).is_done());
}

#[test]
fn a_payload_that_does_not_fit_is_an_error() {
    let raw = RawEvent::text("tick", "\"no number\"");
    assert!(TickEvent::read(&raw).is_err());
    assert_eq!(
        TickEvent::read(&RawEvent::text("tick", "7")).unwrap(),
        TickEvent::Tick(7)
    );
}
