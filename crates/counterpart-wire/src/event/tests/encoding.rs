//! How events are written, and that nothing in them can break out of its line.

use std::time::Duration;

use serde_json::json;

use super::decode;
use crate::event::{Event, RawEvent, keep_alive};

#[test]
fn the_default_name_is_left_out() {
    assert_eq!(RawEvent::text("message", "1").encode(), "data: 1\n\n");
    assert_eq!(RawEvent::text("", "1").encode(), "data: 1\n\n");
    assert_eq!(
        RawEvent::text("done", "[DONE]").encode(),
        "event: done\ndata: [DONE]\n\n"
    );
}

#[test]
fn data_is_written_line_by_line() {
    assert_eq!(
        RawEvent::text("a", "1\n2\r3\r\n4\n").encode(),
        "event: a\ndata: 1\ndata: 2\ndata: 3\ndata: 4\ndata:\n\n"
    );
    assert_eq!(RawEvent::text("a", "").encode(), "event: a\ndata:\n\n");
    assert_eq!(RawEvent::text("a", "\r\n").data_str(), "\n");
}

#[test]
fn json_is_one_line() {
    let event = RawEvent::json("a", &json!({"text": "x\r\ny"})).expect("the value is JSON");
    assert_eq!(
        event.encode(),
        "event: a\ndata: {\"text\":\"x\\r\\ny\"}\n\n"
    );
}

#[test]
fn all_fields() {
    let event = RawEvent::text("a", "1")
        .with_id("7")
        .with_retry(Duration::from_micros(1_500_999));
    assert_eq!(event.encode(), "event: a\nid: 7\nretry: 1500\ndata: 1\n\n");
    assert_eq!(event.retry(), Some(Duration::from_millis(1500)));
    assert_eq!(
        RawEvent::text("a", "1").with_id("").encode(),
        "event: a\nid:\ndata: 1\n\n"
    );
}

#[test]
fn names_and_ids_cannot_inject_fields() {
    let event =
        RawEvent::text("a\ndata: evil\r\n\r\nevent: b".to_owned(), "1").with_id("7\nretry: 1\0");
    assert_eq!(event.name(), "adata: evilevent: b");
    assert_eq!(
        event.encode(),
        "event: adata: evilevent: b\nid: 7retry: 1\ndata: 1\n\n"
    );
    let (events, _) = decode([&event.encode()[..]]).expect("it is valid");
    assert_eq!(events, [event]);
}

#[test]
fn keeping_alive_is_no_event() {
    let (events, mut decoder) =
        decode([&keep_alive()[..], &keep_alive()[..]]).expect("it is valid");
    assert_eq!(
        (events, decoder.comments(), decoder.finish()),
        (vec![], 2, Ok(()))
    );
}

#[test]
fn raw_events_are_events() {
    let event = RawEvent::text("a", "1").with_id("7");
    let written = Event::write(&event).expect("it is an event already");
    assert_eq!(
        RawEvent::read(&written).expect("it is an event already"),
        event
    );
    assert!(!event.is_error());
}
