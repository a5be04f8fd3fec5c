//! Every fault that a service, or what lies between, can have: each ends in the documented error, in time, with what
//! had come, and without a second `POST`.

use std::time::{Duration, Instant};

use bytes::Bytes;
use counterpart_client::wire::RawEvent;
use counterpart_client::{Call, Error, EventStream, Json, Misfit, StreamFault, TransportKind};
use serde_json::{Value, json};

use crate::faulty::{Faulty, Step, endless, head};
use crate::sockets::http;

/// Enough for anything on a busy machine, and far less than the limits that are not under test.
const SOON: Duration = Duration::from_secs(10);

/// A limit that is to pass.
const SHORT: Duration = Duration::from_millis(60);

const JSON: &str = "application/json";
const EVENTS: &str = "text/event-stream";

/// A stream as a service sent it once.
const RECORDED: &str = "event: thread.run.created\ndata: {\"id\":\"run_1\",\"status\":\"queued\"}\n\n\
                        : keep-alive\n\nevent: thread.message.delta\ndata: {\"text\":\"Grüße\"}\n\n\
                        event: thread.run.completed\ndata: {\"id\":\"run_1\"}\n\n\
                        event: done\ndata: [DONE]\n\n";

fn post(server: &Faulty) -> Call<Json<Value>, Value, Value> {
    let call = http(server.address).post("createRun", "/runs");
    call.json(json!({"assistant_id": "asst_1"}))
}

/// The outcome of a future that must not take long.
async fn soon<T>(future: impl IntoFuture<Output = T>) -> T {
    let outcome = tokio::time::timeout(SOON, future.into_future()).await;
    outcome.expect("nothing hangs")
}

/// Sends a `POST`, which must arrive once, fail, and not take long.
async fn fails(server: &Faulty, call: Call<Json<Value>, Value, Value>) -> Error<Value> {
    let started = Instant::now();
    let error = soon(call).await.expect_err("the fault is an error");
    assert!(started.elapsed() < SOON);
    assert_eq!(server.requests(), 1, "{error}");
    error
}

/// All events of a stream, as their names, and how it ended.
async fn events(
    server: &Faulty,
    call: Call<Json<Value>, Value, Value>,
) -> (Vec<String>, Result<(), Error<Value>>) {
    let mut names = Vec::new();
    let opened = soon(call.stream::<RawEvent>()).await;
    let mut stream: EventStream<RawEvent, Value> = match opened {
        Ok(stream) => stream,
        Err(error) => return (names, Err(error)),
    };
    let end = loop {
        match soon(stream.try_next()).await {
            Ok(Some(event)) => names.push(event.name().to_owned()),
            Ok(None) => break Ok(()),
            Err(error) => break Err(error),
        }
    };
    assert_eq!(server.requests(), 1);
    (names, end)
}

/// That an error still has all that was in the answer's head.
fn assert_head(error: &Error<Value>, status: u16) {
    assert_eq!(
        error.status().map(|status| status.as_u16()),
        Some(status),
        "{error}"
    );
    assert_eq!(error.request_id(), Some("req_1"), "{error}");
}

#[tokio::test]
async fn a_stream_that_is_cut_at_any_byte_gives_what_was_whole() {
    let head = endless("200 OK", EVENTS);
    // The line breaks at the end are not missed: the event before them says that this was all.
    let whole = RECORDED.trim_end().len();
    for at in 0..RECORDED.len() {
        let server =
            Faulty::answering([head.as_bytes(), &RECORDED.as_bytes()[..at]].concat()).await;

        let (names, end) = events(&server, post(&server)).await;

        let complete = RECORDED.as_bytes()[..at]
            .windows(2)
            .filter(|two| two == b"\n\n")
            .count();
        // One of the blank lines follows a comment.
        let complete = complete - usize::from(complete > 1);
        match end {
            Ok(()) => assert!(at >= whole && names.len() == 4, "cut at {at}: {names:?}"),
            Err(Error::Stream(error)) => {
                assert_eq!(names.len(), complete, "cut at {at}: {names:?}");
                assert!(
                    matches!(error.fault(), StreamFault::EndedEarly { .. }),
                    "cut at {at}: {error}"
                );
                assert_eq!(error.events(), names.len() as u64);
                assert_head(&Error::Stream(error), 200);
            }
            Err(error) => panic!("cut at {at}: {error}"),
        }
    }
}

#[tokio::test]
async fn a_stream_that_breaks_at_any_chunk_says_so() {
    for at in (0..RECORDED.len()).step_by(7) {
        let (chunk, size) = (&RECORDED.as_bytes()[..at], format!("{at:x}\r\n"));
        let head = format!(
            "{}transfer-encoding: chunked\r\n\r\n",
            endless("200 OK", EVENTS)
                .trim_end_matches("\r\n")
                .to_owned()
                + "\r\n"
        );
        let chunk = if at == 0 {
            Vec::new()
        } else {
            [size.as_bytes(), chunk, b"\r\n"].concat()
        };
        let server = Faulty::answering([head.as_bytes(), &chunk].concat()).await;

        let (_, end) = events(&server, post(&server)).await;

        let Err(Error::Stream(error)) = end else {
            panic!("cut at {at}: {end:?}")
        };
        assert!(
            matches!(error.fault(), StreamFault::Interrupted(_)),
            "cut at {at}: {error}"
        );
    }
}

#[tokio::test]
async fn an_answer_that_is_cut_at_any_byte_is_an_error_with_what_had_come() {
    let body = r#"{"id":"run_1","status":"queued","text":"Grüße"}"#;
    let head = head("200 OK", JSON, body.len());
    let answer = [head.as_bytes(), body.as_bytes()].concat();
    for at in 0..answer.len() {
        let server = Faulty::answering(answer[..at].to_vec()).await;

        let error = fails(&server, post(&server)).await;

        let Error::Transport(transport) = &error else {
            panic!("cut at {at}: {error}")
        };
        if at < head.len() {
            assert_eq!(transport.kind(), TransportKind::Other, "cut at {at}");
        } else {
            assert_eq!(transport.kind(), TransportKind::Interrupted, "cut at {at}");
            let partial = transport.partial().expect("the head had come");
            assert_eq!(partial.body, &answer[head.len()..at]);
            assert_head(&error, 200);
        }
    }
}

#[tokio::test]
async fn a_service_that_stalls_is_given_up_at_the_limit() {
    let head = head("200 OK", JSON, 100);
    for sent in [
        "",
        "HTTP/1.1 200 OK\r\nx-re",
        &head,
        &format!("{head}{{\"id\""),
    ] {
        let server = Faulty::new([Step::Send(sent.to_owned().into()), Step::Stall]).await;

        let error = fails(&server, post(&server).timeout(SHORT)).await;

        assert!(error.is_timeout(), "after {sent:?}: {error}");
        if sent.starts_with(&head) {
            assert_head(&error, 200);
        }
        let error = soon(post(&server).deadline(SHORT)).await.unwrap_err();
        assert!(error.is_timeout(), "after {sent:?}: {error}");
    }
}

#[tokio::test]
async fn a_stream_that_stalls_is_given_up_when_no_event_comes() {
    let text = format!("{}data: 1\n\n: alive\n\ndata", endless("200 OK", EVENTS));
    let server = Faulty::new([Step::Send(text.into()), Step::Stall]).await;

    let call = post(&server).options(|options| options.idle_timeout(SHORT));
    let (names, end) = events(&server, call).await;

    assert_eq!(names, ["message"]);
    let error = end.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_head(&error, 200);
}

#[tokio::test]
async fn a_reset_is_an_error_wherever_it_comes() {
    let head = head("200 OK", JSON, 100);
    for sent in ["", "HTTP/1.1 2", &head, &format!("{head}{{\"id\"")] {
        // What was sent has to arrive before the reset makes away with it.
        let pause = Step::Drip(Bytes::from(sent.to_owned()), Duration::ZERO);
        let server = Faulty::new([pause, Step::Reset]).await;

        let error = fails(&server, post(&server)).await;

        let Error::Transport(error) = error else {
            panic!("after {sent:?}: {error}")
        };
        let kinds = [TransportKind::Other, TransportKind::Interrupted];
        assert!(kinds.contains(&error.kind()), "after {sent:?}: {error}");
    }
    let text = format!("{}data: 1\n\n", endless("200 OK", EVENTS));
    let server = Faulty::new([Step::Send(text.into()), Step::Reset]).await;
    let (_, end) = events(&server, post(&server)).await;
    let Err(Error::Stream(error)) = end else {
        // The reset may overtake the answer's head.
        assert!(matches!(end, Err(Error::Transport(_))), "{end:?}");
        return;
    };
    assert!(
        matches!(error.fault(), StreamFault::Interrupted(_)),
        "{error}"
    );
}

#[tokio::test]
async fn a_slow_loris_does_not_get_past_the_limits() {
    let drip = |text: String| Step::Drip(text.into(), Duration::from_millis(5));
    let head = head("200 OK", JSON, 1000);
    let within_head = Faulty::new([drip(head.clone()), Step::Stall]).await;
    let within_body = Faulty::new([Step::Send(head.into()), drip(" ".repeat(1000))]).await;
    for server in [within_head, within_body] {
        let error = fails(&server, post(&server).timeout(SHORT)).await;
        assert!(error.is_timeout(), "{error}");
    }

    let comments = drip(": alive\n\n".repeat(1000));
    let within_stream = Faulty::new([Step::Send(endless("200 OK", EVENTS).into()), comments]).await;
    let call = post(&within_stream).options(|options| options.idle_timeout(SHORT));
    let (_, end) = events(&within_stream, call).await;
    let error = end.unwrap_err();
    assert!(error.is_timeout(), "{error}");
    assert_head(&error, 200);
}

#[tokio::test]
async fn json_that_is_none_is_an_error_with_its_bytes() {
    for body in [
        "{",
        r#"{"id": "#,
        "nul",
        "{}}",
        "[1,]",
        "\u{fffd}",
        "{'a': 1}",
    ] {
        let answer = format!("{}{body}", head("200 OK", JSON, body.len()));
        let server = Faulty::answering(answer).await;

        let error = fails(&server, post(&server)).await;

        assert_head(&error, 200);
        let Error::Decode(error) = error else {
            panic!("{body:?}: {error}")
        };
        assert_eq!(error.body(), body);
        assert_eq!(error.headers()["content-type"], JSON);
    }
}

#[tokio::test]
async fn another_media_type_is_named_and_its_body_kept() {
    let page = "<!doctype html><title>Sign in</title>";
    let answer = format!("{}{page}", head("200 OK", "text/html", page.len()));
    let server = Faulty::answering(answer).await;

    let error = fails(&server, post(&server)).await;

    assert_head(&error, 200);
    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert!(matches!(error.misfit(), Misfit::MediaType(name) if name == "text/html"));
    assert_eq!(error.body(), page);
}

#[tokio::test]
async fn events_where_a_value_was_awaited_say_how_to_get_them() {
    let answer = format!("{}{RECORDED}", head("200 OK", EVENTS, RECORDED.len()));
    let server = Faulty::answering(answer).await;

    let error = fails(&server, post(&server)).await;

    let text = error.to_string();
    assert!(
        text.contains("is an event stream: `.stream()` reads those"),
        "{text}"
    );
    assert_head(&error, 200);
}

#[tokio::test]
async fn an_error_page_of_html_is_the_status_that_it_came_with() {
    let page = "<html><h1>502 Bad Gateway</h1></html>";
    let answer = format!("{}{page}", head("502 Bad Gateway", "text/html", page.len()));
    let server = Faulty::answering(answer).await;

    let error = fails(&server, post(&server).retries(0)).await;

    assert_head(&error, 502);
    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert!(error.body().is_none() && error.message().is_none());
    assert_eq!(error.raw(), page);
    assert_eq!(error.headers()["content-type"], "text/html");
}

#[tokio::test]
async fn a_long_event_is_read_up_to_the_limit() {
    let data = "x".repeat(10 << 20);
    let text = format!(
        "{}data: {data}\n\ndata: [DONE]\n\n",
        endless("200 OK", EVENTS)
    );
    let server = Faulty::answering(text).await;
    let mut stream = soon(post(&server).stream::<RawEvent>()).await.unwrap();
    let event = soon(stream.try_next()).await.unwrap().unwrap();
    assert_eq!(event.data_str().len(), data.len());

    let limited = post(&server).options(|options| options.longest_event(1 << 20));
    let mut stream = soon(limited.stream::<RawEvent>()).await.unwrap();
    let error = soon(stream.try_next()).await.unwrap_err();
    let Error::Stream(error) = error else {
        panic!("{error}")
    };
    assert!(
        matches!(error.fault(), StreamFault::Malformed(_)),
        "{error}"
    );
}

#[tokio::test]
async fn an_answer_without_an_end_is_read_up_to_the_limit() {
    for (text, media_type) in [(" ", JSON), ("data: x\n", EVENTS), ("x", EVENTS)] {
        let flood = Step::Flood(text.repeat(1 << 16).into());
        let server = Faulty::new([Step::Send(endless("200 OK", media_type).into()), flood]).await;
        let limited =
            post(&server).options(|options| options.longest_body(1 << 20).longest_event(1 << 20));
        if media_type == JSON {
            let error = fails(&server, limited).await;
            assert_head(&error, 200);
            let Error::Decode(error) = error else {
                panic!("{error}")
            };
            assert!(matches!(error.misfit(), Misfit::TooLong { .. }), "{error}");
        } else {
            let (names, end) = events(&server, limited).await;
            let Err(Error::Stream(error)) = end else {
                panic!("{end:?}")
            };
            assert!(
                matches!(error.fault(), StreamFault::Malformed(_)),
                "{error}"
            );
            assert!(names.is_empty());
        }
    }
}

#[tokio::test]
async fn a_number_of_failures_before_a_success_is_no_failure() {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    // The first connection is refused by nobody, and answers 500; the second succeeds.
    tokio::spawn(async move {
        for answer in ["500 Internal Server Error", "200 OK"] {
            let (mut stream, _) = listener.accept().await.unwrap();
            let text = format!(
                "HTTP/1.1 {answer}\r\nretry-after-ms: 1\r\nconnection: close\r\ncontent-length: 2\r\n\r\n{{}}"
            );
            let mut request = [0; 4096];
            tokio::io::AsyncReadExt::read(&mut stream, &mut request)
                .await
                .unwrap();
            tokio::io::AsyncWriteExt::write_all(&mut stream, text.as_bytes())
                .await
                .unwrap();
        }
    });

    let call = http(address).get::<Value, Value>("getThing", "/a");
    let response = soon(call.send()).await.unwrap();

    assert_eq!(response.attempts().len(), 2);
    assert_eq!(response.value, json!({}));
}
