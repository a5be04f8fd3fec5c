//! Limits on time and size.

use std::future::pending;
use std::time::Duration;

use counterpart_client::wire::RawEvent;
use counterpart_client::{Error, Misfit, TransportError, TransportKind};
use futures_util::StreamExt;
use http_body::Frame;
use http_body_util::StreamBody;
use serde_json::Value;
use tokio::time::{Instant, sleep};

use crate::support::{Server, reply};

const SECOND: Duration = Duration::from_secs(1);

fn transport(error: Error<Value>) -> TransportError {
    match error {
        Error::Transport(error) => *error,
        other => panic!("{other}"),
    }
}

fn silent() -> Server {
    Server::later(|_| pending())
}

/// A body that says `[1,` and nothing more.
fn stuck() -> counterpart_client::ResponseBody {
    let first = futures_util::stream::iter([Ok::<_, std::io::Error>(Frame::data("[1,".into()))]);
    counterpart_client::ResponseBody::new(StreamBody::new(
        first.chain(futures_util::stream::pending()),
    ))
}

#[tokio::test(start_paused = true)]
async fn an_attempt_ends_after_ten_minutes() {
    let start = Instant::now();

    let error = transport(silent().get("/a").retries(0).await.unwrap_err());

    assert_eq!(start.elapsed(), 600 * SECOND);
    assert_eq!(error.kind(), TransportKind::Timeout);
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "getThing: no answer in time (600s); no retry left"
    );
}

#[tokio::test(start_paused = true)]
async fn each_attempt_has_a_limit_and_the_call_has_another() {
    let start = Instant::now();
    let call = silent()
        .get("/a")
        .retries(9)
        .timeout(4 * SECOND)
        .deadline(10 * SECOND);

    let error = transport(call.await.unwrap_err());

    // Two attempts of 4 s, a wait of at most 0.5 s and one of at most 1 s, and the rest of 10 s.
    assert_eq!(start.elapsed(), 10 * SECOND);
    assert_eq!(error.attempts().len(), 3);
    assert_eq!(error.kind(), TransportKind::Deadline);
    assert_eq!(
        error.to_string(),
        "getThing: the deadline has passed (10s); 3 attempts"
    );
}

#[tokio::test(start_paused = true)]
async fn a_body_that_does_not_end_is_within_the_limit() {
    let server = Server::later(|_| async { Ok(http::Response::new(stuck())) });
    let start = Instant::now();

    let error = transport(server.post("/a").timeout(SECOND).await.unwrap_err());

    assert_eq!(start.elapsed(), SECOND);
    assert_eq!(error.kind(), TransportKind::Timeout);
    assert_eq!(error.partial().unwrap().body, "[1,");
    assert_eq!(server.seen().len(), 1, "a POST that may have been acted on");
}

#[tokio::test(start_paused = true)]
async fn an_error_whose_body_does_not_end_is_still_that_error() {
    let server = Server::later(|_| async {
        let mut response = http::Response::new(stuck());
        *response.status_mut() = http::StatusCode::CONFLICT;
        Ok(response)
    });

    let error = server
        .post("/a")
        .timeout(SECOND)
        .retries(0)
        .await
        .unwrap_err();

    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.status(), 409);
    assert_eq!(error.raw(), "[1,");
}

#[tokio::test(start_paused = true)]
async fn a_raw_body_is_within_the_limits_of_the_call() {
    let server = Server::later(|_| async { Ok(http::Response::new(stuck())) });
    let start = Instant::now();

    let response = server.get("/a").deadline(3 * SECOND).raw().await.unwrap();
    let error = response.into_body().read(100).await.unwrap_err();

    assert_eq!(start.elapsed(), 3 * SECOND);
    assert_eq!(error.to_string(), "the deadline of the call has passed");

    let start = Instant::now();
    let call = server
        .get("/a")
        .options(|options| options.idle_timeout(SECOND));
    let mut body = call.raw().await.unwrap().into_body();
    assert_eq!(body.chunk().await.unwrap().unwrap(), "[1,");
    let error = body.chunk().await.unwrap_err();
    assert_eq!(start.elapsed(), SECOND);
    assert_eq!(error.to_string(), "nothing came for 1s");
}

/// A body that is always ready and never ends.
fn flood(text: &'static str) -> counterpart_client::ResponseBody {
    let frame = move || Ok::<_, std::io::Error>(Frame::data(text.into()));
    counterpart_client::ResponseBody::new(StreamBody::new(futures_util::stream::repeat_with(frame)))
}

// The clock is not paused in these: it would stand still as long as there is something to do.
const MOMENT: Duration = Duration::from_millis(20);

#[tokio::test]
async fn a_body_that_is_always_ready_is_within_the_limit() {
    let server = Server::later(|_| async { Ok(http::Response::new(flood(""))) });

    let error = transport(server.post("/a").timeout(MOMENT).await.unwrap_err());
    assert_eq!(error.kind(), TransportKind::Timeout);

    let response = server.get("/a").deadline(MOMENT).raw().await.unwrap();
    let error = response.into_body().read(100).await.unwrap_err();
    assert_eq!(error.to_string(), "the deadline of the call has passed");
}

#[tokio::test]
async fn a_stream_that_is_always_ready_is_within_the_limits() {
    let server = Server::later(|_| async { Ok(http::Response::new(flood(": keep-alive\n\n"))) });
    let call = server
        .get("/a")
        .options(|options| options.idle_timeout(MOMENT));
    let mut events = call.stream::<RawEvent>().await.unwrap();
    assert!(events.try_next().await.unwrap_err().is_timeout());

    let server = Server::later(|_| async { Ok(http::Response::new(flood("data: 1\n\n"))) });
    let call = server.get("/a").deadline(MOMENT);
    let mut events = call.stream::<RawEvent>().await.unwrap();
    let error = loop {
        if let Err(error) = events.try_next().await {
            break error;
        }
    };
    assert!(error.is_timeout());
}

#[tokio::test]
async fn a_body_that_is_always_ready_lets_others_have_their_turn() {
    let server = Server::later(|_| async { Ok(http::Response::new(flood(": \n\n"))) });
    let mut events = server.get("/a").stream::<RawEvent>().await.unwrap();
    let waiting = tokio::spawn(async move { events.try_next().await });

    tokio::task::yield_now().await;

    assert!(!waiting.is_finished());
    waiting.abort();
}

#[tokio::test(start_paused = true)]
async fn credentials_count_towards_the_limit() {
    const CONFIG: counterpart_client::Config = counterpart_client::Config::new("https://a.example")
        .security(&[counterpart_client::Security::bearer("key")]);
    let source = || async {
        sleep(Duration::MAX).await;
        Ok::<_, std::io::Error>("sk-1")
    };
    let server = silent();
    let builder = counterpart_client::Builder::new(CONFIG).service(server.clone());
    let http: counterpart_client::Http = builder.credentials(source).build().unwrap();

    let call = http
        .post::<Value, Value>("createThing", "/a")
        .timeout(SECOND);
    let error = transport(call.await.unwrap_err());

    assert_eq!(error.kind(), TransportKind::Timeout);
    assert_eq!(
        error.attempts().len(),
        3,
        "nothing was sent, so that it is safe to try again"
    );
    assert!(server.seen().is_empty());
}

#[tokio::test(start_paused = true)]
async fn a_limit_that_no_clock_reaches_is_none() {
    let server = Server::later(|_| async {
        sleep(100_000 * SECOND).await;
        reply(200, "[1]")
    });

    let call = server
        .get("/a")
        .timeout(Duration::MAX)
        .deadline(Duration::MAX);
    call.await.unwrap();
    let call = server
        .get("/a")
        .options(|options| options.idle_timeout(Duration::MAX));
    let stream = call.timeout(Duration::MAX).stream::<RawEvent>().await;
    assert!(matches!(stream, Err(Error::Decode(_))));
}

#[tokio::test]
async fn an_answer_that_is_too_long_is_not_read_to_its_end() {
    let server = Server::new(|_| reply(200, "[1,2,3]"));
    let call = |limit| {
        server
            .get("/a")
            .options(move |options| options.longest_body(limit))
    };

    call(7).await.unwrap();
    let error = call(6).await.unwrap_err();

    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert!(matches!(error.misfit(), Misfit::TooLong { limit: 6 }));
    assert_eq!(error.body(), "[1,2,3");
    let text = "getThing: the answer (200 OK) is longer than 6 bytes (`Options::longest_body` sets the limit)";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn an_error_that_is_too_long_is_cut() {
    let server = Server::new(|_| reply(404, "x".repeat(1000)));

    let call = server.get("/a").options(|options| options.longest_body(10));
    let error = call.await.unwrap_err();

    let Error::Api(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.raw().len(), 10);
}
