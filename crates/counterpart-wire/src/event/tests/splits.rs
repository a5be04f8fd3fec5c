//! However a stream is cut, its events are the same, and whatever comes, nothing panics.

use std::time::Duration;

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;

use super::decode;
use crate::event::{Decoder, RawEvent, StreamError};

/// Text with everything that means something in a stream.
fn text() -> impl Strategy<Value = String> {
    const PIECES: &[&str] = &[
        "a", " ", ":", "\n", "\r", "\r\n", "data: ", "id", "\0", "é", "日", "🦀", "\u{feff}",
        "\u{2028}", "{}",
    ];
    vec(select(PIECES), 0..8).prop_map(|pieces| pieces.concat())
}

fn event() -> impl Strategy<Value = RawEvent> {
    let retry = option::of(any::<u64>().prop_map(Duration::from_millis));
    (text(), text(), option::of(text()), retry).prop_map(|(name, data, id, retry)| {
        let mut event = RawEvent::text(name, data);
        if let Some(id) = id {
            event = event.with_id(id);
        }
        if let Some(retry) = retry {
            event = event.with_retry(retry);
        }
        event
    })
}

/// The bytes of a stream that is only now and then well formed.
fn stream() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: &[&[u8]] = &[
        b"data: a\n",
        b"event: b\n",
        b"id: 1\n",
        b"retry: 5\n",
        b"data",
        b":",
        b" ",
        b"\n",
        b"\r",
        b"\r\n",
        b"\n\n",
        b"\xef\xbb\xbf",
        b"\xc3",
        b"\xa9",
        b"\xff",
        b"\0",
        b"xyz",
    ];
    vec(select(PIECES), 0..24).prop_map(|pieces| pieces.concat())
}

/// All that can be told of a stream that comes in chunks of these lengths, over and over.
#[derive(Debug, PartialEq)]
struct Outcome {
    events: Vec<RawEvent>,
    error: Option<StreamError>,
    cut: Option<RawEvent>,
    comments: u64,
    last_id: Option<String>,
    retry: Option<Duration>,
}

fn outcome(stream: &[u8], lengths: &[usize]) -> Outcome {
    let mut decoder = Decoder::with_limit(40);
    let (mut events, mut error) = (Vec::new(), None);
    let mut rest = stream;
    for length in lengths.iter().cycle() {
        let (chunk, after) = rest.split_at(rest.len().min(*length));
        decoder.push(chunk.to_vec());
        loop {
            match decoder.next_event() {
                Ok(Some(event)) => events.push(event),
                Ok(None) => break,
                Err(found) => {
                    error = Some(found);
                    break;
                }
            }
        }
        rest = after;
        if rest.is_empty() || error.is_some() {
            break;
        }
    }
    // After an error, how much of the rest has been seen depends on the cuts.
    let cut = if error.is_none() {
        decoder.finish().err().map(|cut| cut.event)
    } else {
        None
    };
    let last_id = decoder.last_event_id().map(str::to_owned);
    Outcome {
        events,
        error,
        cut,
        comments: decoder.comments(),
        last_id,
        retry: decoder.retry(),
    }
}

proptest! {
    #[test]
    fn encoded_events_come_back_at_every_split(events in vec(event(), 1..4)) {
        let stream: Vec<u8> = events.iter().flat_map(RawEvent::encode).collect();
        for split in 0..=stream.len() {
            let (first, second) = stream.split_at(split);
            let (back, mut decoder) = decode([first, second])?;
            prop_assert_eq!(&back, &events, "split at {}", split);
            prop_assert_eq!(decoder.finish(), Ok(()));
        }
        let (back, _) = decode(stream.chunks(1))?;
        prop_assert_eq!(&back, &events);
    }

    #[test]
    fn streams_mean_the_same_however_they_are_cut(stream in stream(), lengths in vec(1_usize..9, 1..4)) {
        let whole = outcome(&stream, &[usize::MAX]);
        prop_assert_eq!(&outcome(&stream, &lengths), &whole);
        prop_assert_eq!(&outcome(&stream, &[1]), &whole);
    }

    #[test]
    fn line_ends_mean_the_same(events in vec(event(), 1..4)) {
        let stream: String = events.iter().map(|event| String::from_utf8_lossy(&event.encode()).into_owned()).collect();
        for end in ["\r", "\r\n"] {
            let stream = stream.replace('\n', end);
            let (back, _) = decode(stream.as_bytes().chunks(3))?;
            prop_assert_eq!(&back, &events);
        }
    }

    #[test]
    fn any_bytes_are_read_without_a_panic(stream: Vec<u8>, lengths in vec(1_usize..64, 1..4)) {
        outcome(&stream, &lengths);
    }
}
