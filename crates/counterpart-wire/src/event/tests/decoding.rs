//! One fixture for each rule of WHATWG HTML, sections 9.2.5 and 9.2.6, with the examples that stand there.

use std::time::Duration;

use serde_json::json;

use super::decode;
use crate::event::{Decoder, Event, RawEvent};

/// Names and data of all events of a stream.
fn events(stream: &str) -> Vec<(String, String)> {
    let (events, _) = decode([stream.as_bytes()]).expect("the stream is valid");
    events
        .iter()
        .map(|event| (event.name().to_owned(), event.data_str().to_owned()))
        .collect()
}

fn assert_events(stream: &str, expected: &[(&str, &str)]) {
    let expected: Vec<_> = expected
        .iter()
        .map(|(name, data)| ((*name).to_owned(), (*data).to_owned()))
        .collect();
    assert_eq!(events(stream), expected, "{stream:?}");
}

fn at_end_of(stream: &str) -> Decoder {
    decode([stream.as_bytes()]).expect("the stream is valid").1
}

#[test]
fn lines_end_in_cr_lf_or_both() {
    let expected = [("a", "1\n2"), ("message", "3")];
    for end in ["\n", "\r", "\r\n"] {
        let stream = "event: a|data: 1|data: 2||data: 3||".replace('|', end);
        assert_events(&stream, &expected);
    }
    assert_events("event: a\rdata: 1\r\ndata: 2\n\rdata: 3\r\n\r\n", &expected);
}

#[test]
fn one_byte_order_mark_is_dropped() {
    assert_events(
        "\u{feff}data: 1\n\ndata: 2\n\n",
        &[("message", "1"), ("message", "2")],
    );
    assert_events("\u{feff}\u{feff}data: 1\n\n", &[]);
    assert_events(
        "data: 1\n\n\u{feff}data: 2\n\ndata: 3\n\n",
        &[("message", "1"), ("message", "3")],
    );
}

#[test]
fn lines_of_data_are_joined() {
    assert_events(
        "data: YHOO\ndata: +2\ndata: 10\n\n",
        &[("message", "YHOO\n+2\n10")],
    );
    assert_events("data: {\ndata\ndata: }\n\n", &[("message", "{\n\n}")]);
}

#[test]
fn one_space_after_the_colon_is_dropped() {
    assert_events(
        "data:test\n\ndata: test\n\n",
        &[("message", "test"), ("message", "test")],
    );
    assert_events(
        "data:  test\n\ndata:\ttest\n\n",
        &[("message", " test"), ("message", "\ttest")],
    );
    assert_events("data : test\n\n", &[]);
    assert_events("data: a: b \n\n", &[("message", "a: b ")]);
}

#[test]
fn empty_data_is_an_event_and_no_data_is_none() {
    assert_events(
        "data\n\ndata\ndata\n\ndata:",
        &[("message", ""), ("message", "\n")],
    );
    assert_events("event: a\n\n\n\ndata: 1\n\n", &[("message", "1")]);
}

#[test]
fn names_are_those_of_their_own_event() {
    assert_events(
        "event: a\nevent: b\ndata: 1\n\ndata: 2\n\n",
        &[("b", "1"), ("message", "2")],
    );
    assert_events("event: a\nevent:\ndata: 1\n\n", &[("message", "1")]);
    assert_events("event\ndata: 1\n\n", &[("message", "1")]);
}

#[test]
fn comments_are_counted_and_no_events() {
    let stream = ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n:\n";
    assert_events(
        stream,
        &[
            ("message", "first event"),
            ("message", "second event"),
            ("message", " third event"),
        ],
    );
    assert_eq!(at_end_of(stream).comments(), 2);
    assert_events("data: 1\n: within\ndata: 2\n\n", &[("message", "1\n2")]);
}

#[test]
fn unknown_fields_are_passed_over() {
    assert_events("foo: 1\nDATA: 2\ndata: 3\nfoo\n\n", &[("message", "3")]);
}

#[test]
fn ids_last_beyond_their_event() {
    let (events, decoder) =
        decode([&b"id: 1\ndata: a\n\ndata: b\n\nid: x\0y\ndata: c\n\n"[..]]).expect("it is valid");
    let ids: Vec<_> = events.iter().map(RawEvent::id).collect();
    assert_eq!(ids, [Some("1"), None, None]);
    assert_eq!(decoder.last_event_id(), Some("1"));

    assert_eq!(
        at_end_of("id: 1\ndata: a\n\nid\ndata: b\n\n").last_event_id(),
        Some("")
    );
    assert_eq!(at_end_of("id: 1\n\n").last_event_id(), Some("1"));
    assert_eq!(at_end_of("id: 1\n").last_event_id(), None);
}

#[test]
fn retry_takes_digits_only() {
    let (events, decoder) =
        decode([&b"retry: 3000\n\nretry: 10\ndata: a\n\ndata: b\n\n"[..]]).expect("it is valid");
    let times: Vec<_> = events.iter().map(RawEvent::retry).collect();
    assert_eq!(times, [Some(Duration::from_millis(10)), None]);
    assert_eq!(decoder.retry(), Some(Duration::from_millis(10)));

    assert_eq!(
        at_end_of("retry: 3000\n").retry(),
        Some(Duration::from_secs(3))
    );
    for value in ["-1", "+1", "1.5", "1s", "", "99999999999999999999999"] {
        assert_eq!(
            at_end_of(&format!("retry: 7\nretry: {value}\n\n")).retry(),
            Some(Duration::from_millis(7))
        );
    }
}

#[test]
fn an_event_without_its_end_is_dropped_and_reported() {
    for (stream, name, data) in [
        (
            "event: a\ndata: 1\n\nevent: b\ndata: {\"x\":",
            "b",
            "{\"x\":",
        ),
        ("data: [DONE]\n", "message", "[DONE]"),
        ("data: [DONE]", "message", "[DONE]"),
        ("\u{feff}data: 1", "message", "1"),
        ("event: b\n", "b", ""),
        ("dat", "message", ""),
    ] {
        let mut decoder = at_end_of(stream);
        let cut = decoder.finish().expect_err("the last event has no end");
        assert_eq!(
            (cut.event.name(), cut.event.data_str()),
            (name, data),
            "{stream:?}"
        );
        assert_eq!(
            cut.to_string(),
            format!("the event stream ended within the event `{name}`")
        );
        assert_eq!(decoder.finish(), Ok(()));
    }
    let mut decoder = decode([&b"data: \xe2\x82"[..]])
        .expect("nothing is wrong yet")
        .1;
    assert_eq!(
        decoder
            .finish()
            .expect_err("the character has no end")
            .event
            .data_str(),
        "\u{fffd}"
    );
}

#[test]
fn what_is_no_event_may_end_anywhere() {
    for stream in [
        "",
        "data: 1\n\n",
        "data: 1\r\n\r",
        ": keep-ali",
        "\u{feff}",
        "retry: 10\n",
        "data: 1\n\n\n\n: a\n",
    ] {
        assert_eq!(at_end_of(stream).finish(), Ok(()), "{stream:?}");
    }
}

#[test]
fn events_are_there_as_soon_as_their_blank_line() {
    let mut decoder = Decoder::new();
    decoder.push("data: 1\r\r");
    assert_eq!(
        decoder.next_event(),
        Ok(Some(RawEvent::text("message", "1")))
    );
    // The line feed belongs to the carriage return, and is no blank line of its own.
    decoder.push("\ndata: 2\n\n");
    assert_eq!(
        decoder.next_event(),
        Ok(Some(RawEvent::text("message", "2")))
    );
    assert_eq!(decoder.next_event(), Ok(None));
}

#[test]
fn chunks_may_be_pushed_ahead() {
    let mut decoder = Decoder::default();
    for chunk in ["data: 1\n\n", "da", "", "ta: 2\n", "\n"] {
        decoder.push(chunk);
    }
    assert_eq!(
        decoder.next_event(),
        Ok(Some(RawEvent::text("message", "1")))
    );
    // The first chunk is used up, and those that wait come before this one.
    decoder.push("data: 3\n\n");
    assert_eq!(
        decoder.next_event(),
        Ok(Some(RawEvent::text("message", "2")))
    );
    assert_eq!(
        decoder.next_event(),
        Ok(Some(RawEvent::text("message", "3")))
    );
    assert_eq!(decoder.next_event(), Ok(None));
}

#[test]
fn data_is_decoded_on_demand() {
    let (events, _) =
        decode([&b"data: {\"a\": [1, 2]}\n\ndata: [DONE]\n\n"[..]]).expect("it is valid");
    assert_eq!(
        events[0].data::<serde_json::Value>().expect("it is JSON"),
        json!({"a": [1, 2]})
    );
    assert!(events[0].data::<Vec<i64>>().is_err());
    assert_eq!(
        events.iter().map(Event::is_done).collect::<Vec<_>>(),
        [false, true]
    );
}
