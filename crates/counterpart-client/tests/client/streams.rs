//! Event streams: whatever the bytes, the errors and the pauses.

use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use counterpart_client::wire::event::Event;
use counterpart_client::wire::{DecodeError, EncodeError, Mode, RawEvent};
use counterpart_client::{
    BoxError, Call, Error, EventStream, Misfit, NoBody, ResponseBody, StreamError, StreamFault,
};
use futures_util::{StreamExt, TryStreamExt};
use http_body::Frame;
use serde::Deserialize;
use serde_json::Value;
use tokio::time::{Instant, Sleep, sleep};

use crate::support::{Server, pieces, reply};

#[derive(Debug, Clone, PartialEq)]
enum Tick {
    Count(i64),
    Failed,
    Done,
    Unknown(String),
}

impl Event for Tick {
    fn read(event: &RawEvent) -> Result<Self, DecodeError> {
        match event.name() {
            "count" => event.data().map(Self::Count),
            "error" => event.data().map(|Details { .. }| Self::Failed),
            "done" => Ok(Self::Done),
            other => Ok(Self::Unknown(other.to_owned())),
        }
    }

    fn write(&self) -> Result<RawEvent, EncodeError> {
        unreachable!("the client does not write events")
    }

    fn is_done(&self) -> bool {
        *self == Self::Done
    }

    fn done() -> Option<Self> {
        Some(Self::Done)
    }

    fn is_error(&self) -> bool {
        *self == Self::Failed
    }
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Problem {
    error: Details,
}

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Details {
    message: String,
}

type Ticks = EventStream<Tick, Problem>;

const ALL: &str = "\u{feff}event: count\r\ndata: 1\r\n\r\n: keep-alive\n\nevent: näw\ndata: {\ndata: }\n\n\
                   event: count\rdata:2\r\rid: 3\nretry: 10\nevent: done\ndata: [DONE]\n\nevent: count\ndata: 9\n\n";

fn expected() -> Vec<Tick> {
    vec![
        Tick::Count(1),
        Tick::Unknown("näw".to_owned()),
        Tick::Count(2),
        Tick::Done,
    ]
}

fn call(server: &Server) -> Call<NoBody, Value, Problem> {
    server.http().post("tick", "/ticks")
}

async fn open(server: &Server) -> Ticks {
    call(server).stream().await.unwrap()
}

/// A stream of these texts, closed after the last.
async fn stream_of(texts: &[&str]) -> Ticks {
    let texts: Vec<String> = texts.iter().map(|text| (*text).to_owned()).collect();
    let server = Server::new(move |_| {
        let texts: Vec<_> = texts
            .iter()
            .map(|text| Ok(Bytes::from(text.clone())))
            .collect();
        pieces(200, "text/event-stream", texts)
    });
    open(&server).await
}

fn failed(error: Error<Problem>) -> StreamError<Problem> {
    match error {
        Error::Stream(error) => *error,
        other => panic!("{other}"),
    }
}

#[tokio::test]
async fn a_stream_may_be_cut_anywhere() {
    for at in 0..=ALL.len() {
        let bytes = ALL.as_bytes();
        let halves = [bytes[..at].to_vec(), bytes[at..].to_vec()];
        let server = Server::new(move |_| {
            let halves = halves.clone().map(|half| Ok(half.into()));
            pieces(200, "text/event-stream", halves)
        });

        let events: Vec<_> = open(&server).await.try_collect().await.unwrap();

        assert_eq!(events, expected(), "cut at {at}");
    }
    let server = Server::new(|_| {
        let bytes: Vec<_> = ALL.bytes().map(|byte| Ok(vec![byte].into())).collect();
        pieces(200, "text/event-stream", bytes)
    });
    let events: Vec<_> = open(&server).await.try_collect().await.unwrap();
    assert_eq!(events, expected());
}

#[tokio::test]
async fn events_are_also_taken_one_by_one() {
    let mut events = stream_of(&[ALL]).await;

    assert_eq!(events.status(), 200);
    assert_eq!(events.next().await.unwrap().unwrap(), Tick::Count(1));
    assert!(events.try_next().await.unwrap().is_some());
    assert!(events.try_next().await.unwrap().is_some());
    assert_eq!(events.try_next().await.unwrap(), Some(Tick::Done));
    assert_eq!(events.try_next().await.unwrap(), None);
    assert!(events.next().await.is_none(), "nothing comes after the end");
}

#[tokio::test]
async fn an_early_end_is_told_from_the_end() {
    let mut events = stream_of(&["event: count\ndata: 1\n\n"]).await;
    events.try_next().await.unwrap();

    let error = failed(events.try_next().await.unwrap_err());

    assert!(matches!(
        error.fault(),
        StreamFault::EndedEarly { cut_off: None }
    ));
    assert_eq!(error.events(), 1);
    assert_eq!(error.last_event(), Some("count"));
    let text = "tick: the event stream ended without the event that ends it; only the event `count` had come";
    assert_eq!(error.to_string(), text);
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn an_event_that_is_cut_off_is_shown_and_not_taken_for_whole() {
    let mut events = stream_of(&["event: count\ndata: 1"]).await;

    let error = failed(events.try_next().await.unwrap_err());

    match error.fault() {
        StreamFault::EndedEarly {
            cut_off: Some(event),
        } => assert_eq!(event.data_str(), "1"),
        other => panic!("{other}"),
    }
    let text = "tick: the event stream ended within the event `count`; no event had come";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn the_last_event_may_lack_its_blank_line() {
    let events = stream_of(&["event: done\ndata: [DONE]"]).await;

    assert_eq!(events.try_collect::<Vec<_>>().await.unwrap(), [Tick::Done]);
}

#[tokio::test]
async fn a_stream_without_an_end_event_ends_when_it_is_closed() {
    let server = Server::new(|_| {
        pieces(
            200,
            "text/event-stream",
            [Ok("event: count\ndata: 1\n\n".into())],
        )
    });

    let call = call(&server).options(|options| options.open_end());
    let events: Ticks = call.stream().await.unwrap();

    assert_eq!(
        events.try_collect::<Vec<_>>().await.unwrap(),
        [Tick::Count(1)]
    );
}

#[tokio::test]
async fn an_error_event_is_a_typed_error_and_the_end() {
    for data in [
        r#"{"message": "overloaded"}"#,
        r#"{"error": {"message": "overloaded"}}"#,
    ] {
        let text = format!("event: error\ndata: {data}\n\nevent: count\ndata: 1\n\n");
        let mut events = stream_of(&[&text]).await;

        let error = events.try_next().await.unwrap_err();

        assert_eq!(error.body().unwrap().error.message, "overloaded");
        let text = "tick: the service reported an error: overloaded; no event had come";
        assert_eq!(error.to_string(), text);
        match failed(error).fault() {
            StreamFault::Event(event) => assert_eq!(event.data_str(), data),
            other => panic!("{other}"),
        }
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn an_error_event_of_another_kind_is_an_error_all_the_same() {
    for (data, message) in [
        ("out of memory", "out of memory"),
        (r#"{"code": 500}"#, "without a message"),
        ("", "without a message"),
    ] {
        let text = format!("event: error\ndata: {data}\n\nevent: count\ndata: 1\n\n");
        let mut events = stream_of(&[&text]).await;

        let error = events.try_next().await.unwrap_err();

        assert_eq!(error.body(), None);
        let expected = format!("the service reported an error: {message};");
        assert_eq!(error.outline(), "tick: the service reported an error");
        assert!(error.to_string().contains(&expected), "{error}");
        assert!(matches!(failed(error).fault(), StreamFault::Event(_)));
        assert!(events.next().await.is_none());
    }
}

#[tokio::test]
async fn an_error_event_is_one_where_only_the_valid_is_read() {
    let server = Server::new(|_| {
        let text = "event: error\ndata: {\"error\": {\"message\": \"overloaded\"}}\n\n";
        pieces(200, "text/event-stream", [Ok(text.into())])
    });
    let call = call(&server).options(|options| options.mode(Mode::Strict));
    let mut events: Ticks = call.stream().await.unwrap();

    let error = events.try_next().await.unwrap_err();

    assert_eq!(error.body().unwrap().error.message, "overloaded");
    assert!(matches!(failed(error).fault(), StreamFault::Event(_)));
}

#[tokio::test]
async fn a_bare_done_ends_a_stream_of_any_type() {
    for text in ["data: [DONE]\n\nevent: count\ndata: 9\n\n", "data: [DONE]"] {
        let events = stream_of(&[text]).await;
        assert_eq!(events.try_collect::<Vec<_>>().await.unwrap(), [Tick::Done]);
    }
}

/// Events of a union that has none for the end.
#[derive(Debug, PartialEq)]
struct Endless(i64);

impl Event for Endless {
    fn read(event: &RawEvent) -> Result<Self, DecodeError> {
        event.data().map(Self)
    }

    fn write(&self) -> Result<RawEvent, EncodeError> {
        unreachable!("the client does not write events")
    }
}

#[tokio::test]
async fn a_bare_done_is_no_event_where_the_type_has_none_for_it() {
    let server = Server::new(|_| {
        let text = "data: 1\n\ndata: [DONE]\n\n";
        pieces(200, "text/event-stream", [Ok(text.into())])
    });

    let events: EventStream<Endless, Problem> = call(&server).stream().await.unwrap();

    let events: Vec<_> = events.try_collect().await.unwrap();
    assert_eq!(events, [Endless(1)]);
}

#[tokio::test]
async fn an_event_that_does_not_fit_does_not_end_the_stream() {
    let mut events = stream_of(&["event: count\ndata: \"x\"\n\nevent: count\ndata: 2\n\n"]).await;

    let error = failed(events.try_next().await.unwrap_err());

    match error.fault() {
        StreamFault::Misfit { event, .. } => assert_eq!(event.data_str(), "\"x\""),
        other => panic!("{other}"),
    }
    assert!(
        error
            .to_string()
            .starts_with("tick: the event `count` does not fit its type: "),
        "{error}"
    );
    assert_eq!(events.try_next().await.unwrap(), Some(Tick::Count(2)));
}

#[tokio::test]
async fn a_connection_that_breaks_is_an_error() {
    let server = Server::new(|_| {
        let first = Ok("event: count\ndata: 1\n\n".into());
        pieces(
            200,
            "text/event-stream",
            [first, Err("connection reset".into())],
        )
    });
    let mut events = open(&server).await;
    events.try_next().await.unwrap();

    let error = failed(events.try_next().await.unwrap_err());

    assert!(matches!(error.fault(), StreamFault::Interrupted(_)));
    assert!(
        error
            .to_string()
            .contains("the event stream broke off: connection reset"),
        "{error}"
    );
    assert!(events.next().await.is_none());
}

#[tokio::test]
async fn what_is_no_event_stream_is_an_error_with_its_bytes() {
    let mut events = stream_of(&["event: count\ndata: \u{fffd}"]).await;
    assert!(events.try_next().await.is_err());
    let server = Server::new(|_| {
        pieces(
            200,
            "text/event-stream",
            [Ok(Bytes::from_static(b"data: \xff\n\n"))],
        )
    });
    let error = failed(open(&server).await.try_next().await.unwrap_err());
    assert!(matches!(error.fault(), StreamFault::Malformed(_)));

    let server = Server::new(|_| reply(200, r#"{"id": "run_1"}"#));
    let error = call(&server).stream::<Tick>().await.unwrap_err();
    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.body(), r#"{"id": "run_1"}"#);
    assert!(
        matches!(error.misfit(), Misfit::MediaType(media_type) if media_type == "application/json")
    );
}

#[tokio::test]
async fn a_stream_may_not_say_what_it_is() {
    let server = Server::new(|_| {
        let bytes: Bytes = "event: done\ndata: [DONE]\n\n".into();
        Ok(http::Response::new(ResponseBody::from(bytes)))
    });

    assert_eq!(
        open(&server).await.try_next().await.unwrap(),
        Some(Tick::Done)
    );
}

#[tokio::test]
async fn an_error_instead_of_a_stream_is_that_error() {
    let server = Server::new(|_| reply(400, r#"{"error": {"message": "no such model"}}"#));

    let error = call(&server).stream::<Tick>().await.unwrap_err();

    assert_eq!(error.to_string(), "tick: 400 Bad Request: no such model");
    assert_eq!(error.body().unwrap().error.message, "no such model");
}

#[tokio::test]
async fn an_event_that_is_too_long_is_an_error() {
    let server = Server::new(|_| {
        let event = format!("event: count\ndata: {}\n\n", "1".repeat(1000));
        pieces(200, "text/event-stream", [Ok(event.into())])
    });

    let call = call(&server).options(|options| options.longest_event(999));
    let mut events: Ticks = call.stream().await.unwrap();

    let error = failed(events.try_next().await.unwrap_err());
    assert!(
        error.to_string().contains("larger than 999 bytes"),
        "{error}"
    );
}

/// A body that says a text every so often, for ever, and that tells when it is dropped.
struct Clockwork {
    text: &'static str,
    every: Duration,
    wait: Pin<Box<Sleep>>,
    #[expect(dead_code, reason = "held for its count")]
    alive: Arc<()>,
}

impl http_body::Body for Clockwork {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        std::task::ready!(self.wait.as_mut().poll(context));
        let next = Instant::now() + self.every;
        self.wait.as_mut().reset(next);
        Poll::Ready(Some(Ok(Frame::data(self.text.into()))))
    }
}

fn clockwork(text: &'static str, every: Duration) -> (Server, Arc<()>) {
    let alive = Arc::new(());
    let ours = Arc::clone(&alive);
    let server = Server::new(move |_| {
        let (wait, alive) = (Box::pin(sleep(every)), Arc::clone(&alive));
        let body = ResponseBody::new(Clockwork {
            text,
            every,
            wait,
            alive,
        });
        Ok(http::Response::new(body))
    });
    (server, ours)
}

const SECOND: Duration = Duration::from_secs(1);

#[tokio::test(start_paused = true)]
async fn comments_are_no_sign_of_life() {
    let (server, _) = clockwork(": keep-alive\n\n", SECOND);
    let call = call(&server).options(|options| options.idle_timeout(10 * SECOND));
    let mut events: Ticks = call.stream().await.unwrap();
    let start = Instant::now();

    let error = events.try_next().await.unwrap_err();

    assert_eq!(start.elapsed(), 10 * SECOND);
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "tick: no event for 10s; no event had come"
    );
    assert!(events.next().await.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_flood_of_comments_is_no_sign_of_life_either() {
    let (server, _) = clockwork(": keep-alive\n\n", Duration::ZERO);
    let call = call(&server).options(|options| options.idle_timeout(SECOND));
    let mut events: Ticks = call.stream().await.unwrap();

    // The clock stands still while the body is ready, so that it has to be moved on.
    let next = tokio::spawn(async move { events.try_next().await });
    tokio::task::yield_now().await;
    tokio::time::advance(2 * SECOND).await;

    assert!(next.await.unwrap().unwrap_err().is_timeout());
}

#[tokio::test(start_paused = true)]
async fn every_event_starts_the_wait_anew_and_the_reader_s_time_does_not_count() {
    let (server, _) = clockwork("event: count\ndata: 1\n\n", 9 * SECOND);
    let call = call(&server).options(|options| options.idle_timeout(10 * SECOND));
    let mut events: Ticks = call.stream().await.unwrap();

    for _ in 0..5 {
        assert!(events.try_next().await.unwrap().is_some());
    }
    sleep(100 * SECOND).await;
    assert!(events.try_next().await.unwrap().is_some());
}

#[tokio::test(start_paused = true)]
async fn the_deadline_holds_for_events_too() {
    let (server, alive) = clockwork("event: count\ndata: 1\n\n", SECOND);
    let mut events: Ticks = call(&server).deadline(10 * SECOND).stream().await.unwrap();
    let start = Instant::now();

    let mut count = 0;
    let error = loop {
        match events.try_next().await {
            Ok(_) => count += 1,
            Err(error) => break error,
        }
    };

    assert_eq!(start.elapsed(), 10 * SECOND);
    assert!((9..=10).contains(&count), "{count}");
    assert!(matches!(failed(error).fault(), StreamFault::Deadline(limit) if *limit == 10 * SECOND));
    assert_eq!(
        Arc::strong_count(&alive),
        2,
        "the connection is closed, though the stream is held"
    );
}

#[tokio::test(start_paused = true)]
async fn dropping_a_stream_closes_the_connection() {
    let (server, alive) = clockwork("event: count\ndata: 1\n\n", SECOND);
    let mut events = open(&server).await;
    events.try_next().await.unwrap();
    assert_eq!(Arc::strong_count(&alive), 3);

    drop(events);

    // What is left are the test's and the service's own.
    assert_eq!(Arc::strong_count(&alive), 2);
}

#[tokio::test(start_paused = true)]
async fn the_attempt_s_limit_ends_with_the_head_of_the_answer() {
    let (server, _) = clockwork("event: count\ndata: 1\n\n", 5 * SECOND);
    let events: Ticks = call(&server).timeout(SECOND).stream().await.unwrap();

    assert_eq!(
        events.take(3).try_collect::<Vec<_>>().await.unwrap().len(),
        3
    );
}

#[tokio::test]
async fn what_the_document_does_not_know_in_an_event_is_told() {
    struct Numbers(Vec<i64>);

    impl Event for Numbers {
        fn read(event: &RawEvent) -> Result<Self, DecodeError> {
            event.data().map(Self)
        }

        fn write(&self) -> Result<RawEvent, EncodeError> {
            unreachable!("the client does not write events")
        }
    }

    let texts = || vec![Ok(Bytes::from("data: [1]\n\ndata: [1, \"2\"]\n\n"))];
    let server = Server::new(move |_| pieces(200, "text/event-stream", texts()));
    let told = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&told);
    let builder = server.builder().on_drift(move |operation, drifts| {
        let line = format!("{operation}: {}", drifts[0]);
        notes.lock().unwrap().push(line);
    });
    let http: counterpart_client::Http = builder.build().unwrap();
    let call: Call<NoBody, Value, Problem> = http.post("tick", "/ticks");
    let mut events: EventStream<Numbers, Problem> = call.stream().await.unwrap();
    for expected in [vec![1], vec![1, 2]] {
        let numbers = events.try_next().await.unwrap().unwrap();
        assert_eq!(numbers.0, expected);
    }
    assert_eq!(
        *told.lock().unwrap(),
        [r#"tick: [1]: "2" read as an integer"#]
    );
}
