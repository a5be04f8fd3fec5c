//! Streams of values that are no events: JSON lines and JSON text sequences.

use crate::event::{
    Decoder, Event, EventData, Format, JsonLine, JsonRecord, RawEvent, StreamError, Told,
};

/// The data of all events of a stream that comes in these chunks, and what is left at its end.
fn all(format: Format, chunks: &[&str]) -> (Vec<String>, Option<String>) {
    let mut decoder = Decoder::of(format, 1 << 10);
    let mut found = Vec::new();
    for chunk in chunks {
        decoder.push(chunk.as_bytes().to_vec());
        while let Some(event) = decoder.next_event().unwrap() {
            found.push(event.data_str().to_owned());
        }
    }
    let rest = decoder.finish().err();
    (found, rest.map(|rest| rest.event.data_str().to_owned()))
}

#[test]
fn a_line_is_a_value_wherever_the_stream_is_cut() {
    let text = "{\"a\":1}\r\n\n  \n[2,\"\u{1e}\"]\n3";
    let whole = all(Format::Lines, &[text]);
    assert_eq!(whole.0, ["{\"a\":1}", "[2,\"\u{1e}\"]"]);
    assert_eq!(whole.1.as_deref(), Some("3"));
    for cut in 1..text.len() {
        let (one, other) = text.split_at(cut);
        assert_eq!(all(Format::Lines, &[one, other]), whole, "cut at {cut}");
    }
}

#[test]
fn a_record_may_have_lines_and_is_there_as_soon_as_it_is_whole() {
    let mut decoder = Decoder::of(Format::Records, 1 << 10);
    decoder.push("\u{1e}{\"a\":\n \"}\\\"\"}\n");
    let event = decoder.next_event().unwrap().unwrap();
    assert_eq!(event.data_str(), "{\"a\":\n \"}\\\"\"}");
    let text = "\u{1e}1\n\u{1e}{\"b\"\u{1e}[2]\n\u{1e}\n\u{1e}{";
    let whole = all(Format::Records, &[text]);
    assert_eq!(whole.0, ["1", "{\"b\"", "[2]"]);
    assert_eq!(whole.1.as_deref(), Some("{"));
    for cut in 1..text.len() {
        let (one, other) = text.split_at(cut);
        assert_eq!(all(Format::Records, &[one, other]), whole, "cut at {cut}");
    }
}

#[test]
fn a_value_may_not_be_too_large_and_must_be_text() {
    for format in [Format::Lines, Format::Records] {
        let mut decoder = Decoder::of(format, 8);
        decoder.push("[\n123456789\n");
        let told = std::iter::repeat_with(|| decoder.next_event()).find_map(Result::err);
        assert_eq!(told, Some(StreamError::TooLarge { limit: 8 }), "{format:?}");
        let mut decoder = Decoder::of(format, 1 << 10);
        decoder.push(&b"1\n\xff\n"[..]);
        let told = std::iter::repeat_with(|| decoder.next_event()).find_map(Result::err);
        assert_eq!(told, Some(StreamError::Utf8 { offset: 2 }), "{format:?}");
    }
}

#[test]
fn what_is_written_is_read_again() {
    let values = ["1", "{\"a\":\"\\n\"}", "[]"];
    for format in [Format::Lines, Format::Records] {
        let text: Vec<u8> = values
            .iter()
            .flat_map(|value| format.encode(&RawEvent::text("", *value)))
            .collect();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(
            all(format, &[&text]),
            (values.map(str::to_owned).to_vec(), None)
        );
    }
    let broken = RawEvent::text("", "[1,\n2]");
    assert_eq!(Format::Lines.encode(&broken), "[1, 2]\n");
    assert_eq!(Format::Events.encode(&broken), broken.encode());
}

#[test]
fn a_format_is_known_by_its_media_types() {
    for (format, media_type) in [
        (Format::Events, "text/event-stream; charset=utf-8"),
        (Format::Lines, "application/x-ndjson"),
        (Format::Lines, "Application/JSONL"),
        (Format::Records, "application/geo+json-seq"),
    ] {
        let said = [Format::Events, Format::Lines, Format::Records]
            .map(|other| (other.is_said_by(media_type), other == format));
        assert!(said.iter().all(|(said, is)| said == is), "{media_type}");
        assert!(format.is_said_by(format.media_type()));
        assert!(!format.is_said_by("application/json"));
    }
}

#[test]
fn items_are_the_data_of_events() {
    let event = RawEvent::text("tick", "[1]");
    assert_eq!(
        EventData::<Vec<u8>>::read(&event).unwrap(),
        EventData(vec![1])
    );
    assert!(JsonLine::<u8>::read(&event).is_err());
    assert_eq!(JsonRecord(3).write().unwrap().data_str(), "3");
    let done = RawEvent::text("", "[DONE]");
    assert_eq!(EventData::<u8>::told(&done), Some(Told::Done));
    assert_eq!(JsonLine::<u8>::told(&done), None);
    let failed = RawEvent::text("error", "{}");
    assert_eq!(EventData::<u8>::told(&failed), Some(Told::Failed));
}
