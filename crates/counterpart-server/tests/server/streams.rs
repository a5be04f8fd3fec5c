//! Event streams: what is written, when, and what happens when either side leaves.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream};
use counterpart_server::{ApiError, EventStream, Reply, Routes, Shutdown, StatusCode};
use counterpart_wire::event::{Decoder, EventData, JsonLine, JsonRecord, RawEvent};
use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::assistants::server::{router, routes};
use crate::harness::{Answer, ask, post};
use crate::service::Service;

/// The names and data of a stream's events.
fn events(text: &str) -> Vec<(String, String)> {
    let mut decoder = Decoder::new();
    decoder.push(text.to_owned());
    let mut events = Vec::new();
    while let Some(event) = decoder.next_event().expect("a sound stream") {
        events.push((event.name().to_owned(), event.data_str().to_owned()));
    }
    events
}

fn names(answer: &Answer) -> Vec<String> {
    events(&answer.text)
        .into_iter()
        .map(|(name, _)| name)
        .collect()
}

async fn run(router: &Router, assistant: &str) -> Answer {
    let body = json!({"assistant_id": assistant, "stream": true}).to_string();
    post(router, "/threads/t/runs", body).await
}

/// The data of the stream's `error` event, which must be its last.
fn failure(answer: &Answer) -> Value {
    let events = events(&answer.text);
    let (name, data) = events.last().expect("an event");
    assert_eq!(name, "error");
    serde_json::from_str(data).expect("JSON")
}

#[tokio::test]
async fn events_by_their_names() {
    let answer = run(&router(Service), "a_1").await;

    assert_eq!(answer.status, 200);
    assert_eq!(
        answer.header("content-type"),
        Some("text/event-stream; charset=utf-8")
    );
    assert_eq!(answer.header("cache-control"), Some("no-cache"));
    assert!(answer.header("x-request-id").is_some() && answer.header("content-length").is_none());
    let run = r#"{"id":"a_1","object":"thread.run","thread_id":"t","status":"queued"}"#;
    assert_eq!(
        answer.text,
        format!(
            "event: thread.run.created\ndata: {run}\n\nevent: thread.run.completed\ndata: {run}\n\nevent: done\ndata: [DONE]\n\n"
        )
    );
}

#[tokio::test]
async fn an_error_is_an_event_and_the_last() {
    let answer = run(&router(Service), "error").await;
    assert_eq!(names(&answer), ["thread.run.created", "error"]);
    // Bare, as the API sends it, and under the key that openai-python looks for.
    let mut expected = json!({
        "message": "Slow down.", "type": "invalid_request_error", "param": null, "code": "rate_limit_exceeded",
    });
    expected["error"] = expected.clone();
    assert_eq!(failure(&answer), expected);
}

#[tokio::test]
async fn internal_errors_and_panics_do_not_leak() {
    for (assistant, before) in [("internal", 0), ("panic", 1)] {
        let answer = run(&router(Service), assistant).await;
        assert_eq!(names(&answer).len(), before + 1);
        assert_eq!(failure(&answer)["type"], "server_error");
        assert!(!answer.text.contains("hunter2"), "{}", answer.text);
    }
}

#[tokio::test]
async fn errors_in_streams_pass_the_hook() {
    let router = routes(Service)
        .errors(|error, _| {
            ApiError::with_body(
                error.status(),
                &json!({"error": {"mine": error.status().as_u16()}}),
            )
        })
        .into_router();
    assert_eq!(
        failure(&run(&router, "error").await),
        json!({"mine": 429, "error": {"mine": 429}})
    );
}

#[tokio::test]
async fn nothing_comes_after_the_last_event() {
    assert_eq!(
        names(&run(&router(Service), "after-done").await),
        ["thread.run.created", "done"]
    );
}

#[tokio::test]
async fn the_last_event_is_sent_once_whoever_sends_it() {
    for (assistant, count) in [
        ("without-done", 1),
        ("after-done", 1),
        ("a_1", 1),
        ("error", 0),
        ("internal", 0),
    ] {
        let names = names(&run(&router(Service), assistant).await);
        assert_eq!(
            names.iter().filter(|name| *name == "done").count(),
            count,
            "{assistant}"
        );
    }
}

#[tokio::test]
async fn events_of_a_future() {
    let answer = run(&router(Service), "produced").await;
    assert_eq!(
        names(&answer),
        ["thread.run.created", "thread.run.completed", "error"]
    );
    assert_eq!(failure(&answer)["message"], "Out of tokens.");
}

/// Serves one stream of untyped events.
fn serve<S>(keep_alive: Duration, make: impl Fn() -> S + Clone + Send + Sync + 'static) -> Router
where
    S: stream::Stream<Item = Result<RawEvent, ApiError>> + Send + 'static,
{
    Routes::new(())
        .keep_alive(keep_alive)
        .get("listen", "/", move |_, _, ()| {
            let events = EventStream::new(make());
            async { Ok(Reply::events(StatusCode::OK, events)) }
        })
        .into_router()
}

async fn listen(router: Router) -> BodyDataStream {
    let request = http::Request::get("/")
        .body(Body::empty())
        .expect("a request");
    let response = router
        .oneshot(request)
        .await
        .unwrap_or_else(|never: Infallible| match never {});
    response.into_body().into_data_stream()
}

async fn chunk(body: &mut BodyDataStream) -> Option<String> {
    let chunk = body.next().await?.expect("a chunk");
    Some(String::from_utf8(chunk.into()).expect("UTF-8"))
}

fn tick() -> RawEvent {
    RawEvent::text("tick", "1")
}

#[tokio::test(start_paused = true)]
async fn comments_while_nothing_happens() {
    let slow = || {
        stream::iter([10, 35, 0]).then(|seconds| async move {
            tokio::time::sleep(Duration::from_secs(seconds)).await;
            Ok(tick())
        })
    };
    let start = tokio::time::Instant::now();
    let mut body = listen(serve(Duration::from_secs(15), slow)).await;
    let mut heard = Vec::new();
    while let Some(text) = chunk(&mut body).await {
        heard.push((start.elapsed().as_secs(), events(&text).len()));
    }
    // An event puts the next comment off.
    assert_eq!(heard, [(10, 1), (25, 0), (40, 0), (45, 2)]);
}

#[tokio::test(start_paused = true)]
async fn no_comments_if_not_wanted() {
    let slow = || {
        stream::once(async {
            tokio::time::sleep(Duration::from_secs(3600)).await;
            Ok(tick())
        })
    };
    let mut body = listen(serve(Duration::ZERO, slow)).await;
    assert_eq!(
        chunk(&mut body).await.as_deref(),
        Some("event: tick\ndata: 1\n\n")
    );
}

#[test]
fn no_timer_is_needed() {
    let idle = || {
        stream::iter([Ok(tick())]).chain(stream::once(async {
            let mut yielded = false;
            std::future::poll_fn(|task| {
                task.waker().wake_by_ref();
                if std::mem::replace(&mut yielded, true) {
                    std::task::Poll::Ready(())
                } else {
                    std::task::Poll::Pending
                }
            })
            .await;
            Ok(tick())
        }))
    };
    let router = serve(Duration::from_secs(15), idle);
    let chunks = futures_executor(async { listen(router).await.count().await });
    assert_eq!(chunks, 2);
}

/// Runs a future without tokio.
fn futures_executor<T>(future: impl Future<Output = T>) -> T {
    let mut future = std::pin::pin!(future);
    let mut task = std::task::Context::from_waker(std::task::Waker::noop());
    loop {
        if let std::task::Poll::Ready(value) = future.as_mut().poll(&mut task) {
            return value;
        }
    }
}

/// Counts down when dropped.
struct Alive(Arc<AtomicUsize>);

impl Alive {
    fn new(count: &Arc<AtomicUsize>) -> Self {
        count.fetch_add(1, Ordering::SeqCst);
        Self(count.clone())
    }
}

impl Drop for Alive {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
    }
}

#[tokio::test]
async fn a_slow_client_slows_the_producer_down() {
    let made = Arc::new(AtomicUsize::new(0));
    let counter = made.clone();
    let endless = move || {
        let made = counter.clone();
        stream::repeat_with(move || {
            made.fetch_add(1, Ordering::SeqCst);
            Ok(RawEvent::text("tick", "x".repeat(1000)))
        })
    };
    let mut body = listen(serve(Duration::from_secs(15), endless)).await;

    assert_eq!(
        made.load(Ordering::SeqCst),
        0,
        "nothing is made before the client reads"
    );
    for _ in 0..3 {
        let before = made.load(Ordering::SeqCst);
        let text = chunk(&mut body).await.expect("a chunk");
        let after = made.load(Ordering::SeqCst);
        assert_eq!(
            after - before,
            events(&text).len(),
            "all that is made is sent"
        );
        assert!(after - before <= 9, "{}", after - before);
    }
}

#[tokio::test]
async fn the_producer_is_dropped_with_the_client_and_after_the_last_event() {
    let alive = Arc::new(AtomicUsize::new(0));
    let counter = alive.clone();
    let guarded = move || {
        let guard = Alive::new(&counter);
        stream::iter([Ok(tick())])
            .chain(stream::pending())
            .map(move |event| {
                let _ = &guard;
                event
            })
    };
    let mut body = listen(serve(Duration::from_secs(15), guarded)).await;
    chunk(&mut body).await.expect("a chunk");
    assert_eq!(alive.load(Ordering::SeqCst), 1);
    drop(body);
    assert_eq!(alive.load(Ordering::SeqCst), 0);

    let counter = alive.clone();
    let failing = move || {
        let guard = Alive::new(&counter);
        stream::repeat_with(move || {
            let _ = &guard;
            Err(ApiError::unavailable("Gone."))
        })
    };
    let mut body = listen(serve(Duration::from_secs(15), failing)).await;
    chunk(&mut body).await.expect("a chunk");
    assert_eq!(
        alive.load(Ordering::SeqCst),
        0,
        "dropped though the body is not"
    );
}

#[tokio::test]
async fn values_are_written_as_their_format_has_them() {
    let served = |reply: fn() -> Reply| {
        Routes::new(()).get(
            "watch",
            "/watch",
            move |_, _, ()| async move { Ok(reply()) },
        )
    };
    for (reply, media_type, text) in [
        (
            (|| {
                Reply::events(
                    StatusCode::OK,
                    EventStream::iter([JsonLine(1), JsonLine(2)]),
                )
            }) as fn() -> _,
            "application/jsonl",
            "1\n2\n",
        ),
        (
            || {
                let events = EventStream::iter(
                    [JsonLine("a"), JsonLine("\n")].map(|JsonLine(text)| JsonLine(text.to_owned())),
                );
                Reply::events_as(StatusCode::OK, "application/x-ndjson", events)
            },
            "application/x-ndjson",
            "\"a\"\n\"\\n\"\n",
        ),
        (
            || {
                Reply::events(
                    StatusCode::OK,
                    EventStream::iter([JsonRecord(1), JsonRecord(2)]),
                )
            },
            "application/json-seq",
            "\u{1e}1\n\u{1e}2\n",
        ),
        (
            || Reply::events(StatusCode::OK, EventStream::iter([EventData(1)])),
            "text/event-stream; charset=utf-8",
            "data: 1\n\n",
        ),
    ] {
        let answer = ask(&served(reply).into_router(), "GET", "/watch").await;
        assert_eq!(answer.header("content-type"), Some(media_type));
        assert_eq!(answer.text, text);
    }
}

#[tokio::test]
async fn a_stream_that_cannot_say_that_it_failed_breaks_off() {
    let failing = || {
        let events = [Ok(JsonLine(1)), Err(ApiError::unavailable("no more"))];
        Reply::events(StatusCode::OK, EventStream::new(stream::iter(events)))
    };
    let routes = Routes::new(()).get(
        "watch",
        "/watch",
        move |_, _, ()| async move { Ok(failing()) },
    );
    let request = http::Request::get("/watch").body(Body::empty()).unwrap();
    let response = routes.into_router().oneshot(request).await.unwrap();
    let mut chunks = response.into_body().into_data_stream();
    assert_eq!(chunks.next().await.unwrap().unwrap(), "1\n");
    let error = chunks.next().await.unwrap().unwrap_err();
    assert!(error.to_string().contains("has failed"), "{error}");
    assert!(chunks.next().await.is_none());
}

#[tokio::test]
async fn streams_are_told_when_the_server_shuts_down() {
    let shutdown = Shutdown::new();
    let alive = Arc::new(AtomicUsize::new(0));
    let counter = alive.clone();
    let open = move |_, _: counterpart_server::Context, ()| {
        let guard = Alive::new(&counter);
        let events = stream::iter([Ok::<_, ApiError>(tick())]).chain(stream::pending());
        let events = EventStream::new(events.inspect(move |_| _ = &guard));
        async move { Ok(Reply::events(StatusCode::OK, events)) }
    };
    let routes = Routes::new(()).get("ticks", "/ticks", open);
    let router = routes.shutdown(&shutdown).into_router();
    let request = http::Request::get("/ticks")
        .body(Body::empty())
        .expect("a request");
    let response = router.oneshot(request).await.expect("a response");
    let mut body = response.into_body().into_data_stream();
    chunk(&mut body).await.expect("a chunk");

    let told = tokio::spawn(shutdown.begun());
    let ending = tokio::spawn(async move {
        let last = chunk(&mut body).await.expect("a chunk");
        (last, chunk(&mut body).await)
    });
    tokio::task::yield_now().await;
    assert_eq!(alive.load(Ordering::SeqCst), 1);
    shutdown.begin();
    let (last, end) = ending.await.expect("no panic");

    assert!(
        last.starts_with("event: error\n") && last.contains("server_shutdown"),
        "{last}"
    );
    assert_eq!((end, alive.load(Ordering::SeqCst)), (None, 0));
    told.await.expect("whoever holds a clone is told, too");
}
