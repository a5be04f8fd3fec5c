//! What a stream may not do: be larger than the limit, or not be UTF-8.

use super::decode;
use crate::event::{Decoder, StreamError};

/// What comes of a stream under a limit of 20 bytes, in one chunk and byte by byte.
fn limited(stream: &str) -> [Result<usize, StreamError>; 2] {
    [stream.len().max(1), 1].map(|length| {
        let mut decoder = Decoder::with_limit(20);
        let mut events = 0;
        for chunk in stream.as_bytes().chunks(length) {
            decoder.push(chunk.to_vec());
            while decoder.next_event()?.is_some() {
                events += 1;
            }
        }
        Ok(events)
    })
}

#[test]
fn an_event_may_be_as_large_as_the_limit() {
    let data = "x".repeat(14);
    assert_eq!(
        limited(&format!("data: {data}\n\ndata: {data}\n\n")),
        [Ok(2), Ok(2)]
    );
    assert_eq!(
        limited("data: 1\ndata: 2\ndata: 3\ndata: 4\n\n"),
        [Ok(1), Ok(1)]
    );
    assert_eq!(limited(&": comment\n".repeat(100)), [Ok(0), Ok(0)]);
}

#[test]
fn what_is_larger_is_refused_wherever_it_is_cut() {
    let refused = [
        Err(StreamError::TooLarge { limit: 20 }),
        Err(StreamError::TooLarge { limit: 20 }),
    ];
    let long = "x".repeat(15);
    for stream in [
        format!("data: {long}\n\n"),
        format!("data: {long}"),
        format!(":     {long}\n"),
        "data: 12\n".repeat(10),
        "data\n".repeat(30),
    ] {
        assert_eq!(limited(&stream), refused, "{stream:?}");
    }
}

#[test]
fn a_failure_is_final() {
    let mut decoder = Decoder::with_limit(8);
    decoder.push("data: 1\n\ndata: too long\n\ndata: 2\n\n");
    assert!(
        decoder
            .next_event()
            .expect("the first event is small")
            .is_some()
    );
    let error = decoder.next_event().expect_err("the second is not");
    assert_eq!(
        error.to_string(),
        "an event of the stream is larger than 8 bytes"
    );
    assert_eq!(decoder.next_event(), Err(error));

    let mut decoder = Decoder::new();
    decoder.push(&b"data: \xff\n\ndata: 2\n\n"[..]);
    let error = decoder.next_event().expect_err("it is not UTF-8");
    assert_eq!(decoder.next_event(), Err(error));
}

#[test]
fn the_default_limit_is_generous() {
    let mut stream = b"data: ".to_vec();
    stream.resize(Decoder::DEFAULT_LIMIT, b'x');
    stream.extend_from_slice(b"\n\n");
    let (events, _) = decode(stream.chunks(16 * 1024)).expect("it is within the limit");
    assert_eq!(events[0].data_str().len(), Decoder::DEFAULT_LIMIT - 6);
}

#[test]
fn what_is_not_utf_8_is_an_error_with_its_position() {
    for (stream, offset) in [
        (&b"data: a\xffb\n\n"[..], 7),
        (b"\xef\xbb\xbfdata:\xff\n\n", 8),
        (b"data: 1\r\n\r\nevent: \xe2\x82\n\n", 18),
        (b"id: \xff\n\n", 4),
        (b"data: 1\n\ndata: 2\ndata: \xc3\xa9\xc3\n\n", 25),
    ] {
        for length in [stream.len(), 1] {
            let error = decode(stream.chunks(length))
                .map(|(events, _)| events)
                .expect_err("it is not UTF-8");
            assert_eq!(error, StreamError::Utf8 { offset }, "{stream:?}");
        }
    }
    // Where nobody looks, nothing is amiss.
    assert!(decode([&b": \xff\n\xff: 1\n\n"[..]]).is_ok());
}
