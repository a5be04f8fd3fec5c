//! Long-running objects: how they are waited for, and when that ends.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use counterpart_client::{Call, Error, Http, NoBody, Poll, Polled, call};
use serde_json::Value;
use tokio::time::Instant;

use crate::support::{Reply, Server, reply, reply_with};

#[derive(Debug, Clone)]
struct CreateJob(Call<NoBody, Value, Value>);

#[derive(Debug, Clone)]
struct GetJob(Call<NoBody, Value, Value>);

call!(CreateJob => Value, Value, polled);
call!(GetJob => Value, Value);

impl Polled for CreateJob {
    type Fetch = GetJob;
    const FINAL: &'static [&'static str] = &["done", "failed"];
    const INTERVAL_HEADER: Option<&'static str> = Some("poll-after-ms");

    fn state(job: &Value) -> &str {
        job["status"].as_str().unwrap_or_default()
    }

    fn fetch(http: Http, job: &Value) -> GetJob {
        let id = job["id"].as_str().unwrap_or_default();
        GetJob(http.get("getJob", "/jobs/{id}").path("id", id))
    }
}

fn create(server: &Server) -> Poll<CreateJob> {
    CreateJob(server.http().post("createJob", "/jobs")).poll()
}

fn job(status: &str) -> Reply {
    reply(200, format!(r#"{{"id": "j", "status": "{status}"}}"#))
}

fn job_after(status: &str, milliseconds: &str) -> Reply {
    let body = format!(r#"{{"id": "j", "status": "{status}"}}"#);
    reply_with(200, &[("poll-after-ms", milliseconds)], body)
}

#[tokio::test(start_paused = true)]
async fn an_object_is_fetched_each_second_until_it_is_done() {
    let server = Server::replies([|| job("queued"), || job("strange"), || job("done")]);
    let seen = Arc::new(Mutex::new(Vec::new()));
    let states = Arc::clone(&seen);
    let start = Instant::now();

    let call = create(&server).on_progress(move |job| {
        states.lock().unwrap().push(job["status"].clone());
    });
    let done = call.await.unwrap();

    assert_eq!(done["status"], "done");
    assert_eq!(*seen.lock().unwrap(), ["queued", "strange", "done"]);
    assert_eq!(start.elapsed(), Duration::from_secs(2));
    let urls: Vec<_> = server
        .seen()
        .iter()
        .map(|seen| format!("{} {}", seen.method, seen.url))
        .collect();
    assert_eq!(
        urls,
        [
            "POST https://api.example.com/v1/jobs",
            "GET https://api.example.com/v1/jobs/j",
            "GET https://api.example.com/v1/jobs/j",
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn every_answer_may_propose_another_wait() {
    let replies: [fn() -> Reply; 6] = [
        || job_after("queued", "200"),
        || job_after("queued", "30.5"),
        || job_after("queued", "soon"),
        || job_after("queued", "0"),
        || job("queued"),
        || job("failed"),
    ];
    let start = Instant::now();

    create(&Server::replies(replies)).await.unwrap();

    // The timer counts whole milliseconds, and rounds up.
    assert_eq!(start.elapsed(), Duration::from_millis(200 + 31 + 3000));

    let start = Instant::now();
    let call = create(&Server::replies(replies)).interval(Duration::from_millis(10));
    call.await.unwrap();
    assert_eq!(start.elapsed(), Duration::from_millis(50));
}

#[tokio::test(start_paused = true)]
async fn waiting_ends_at_the_deadline_and_the_object_is_not_lost() {
    let server = Server::new(|_| job("running"));
    let start = Instant::now();

    let call = create(&server).deadline(Duration::from_millis(2500));
    let error = call.await.unwrap_err();

    assert_eq!(start.elapsed(), Duration::from_millis(2500));
    assert!(error.is_timeout());
    assert_eq!(
        error.to_string(),
        "createJob: not done after 2.5s; the last state was `running`"
    );
    let Error::Unfinished(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.last::<Value>().unwrap()["id"], "j");
    assert_eq!((error.looks(), error.state()), (3, Some("running")));
}

#[tokio::test(start_paused = true)]
async fn the_deadline_holds_while_an_answer_is_waited_for() {
    let server = Server::later(|count| async move {
        if count > 0 {
            std::future::pending::<()>().await;
        }
        job("running")
    });
    let start = Instant::now();

    let error = create(&server).deadline(Duration::from_secs(9)).await;

    assert_eq!(start.elapsed(), Duration::from_secs(9));
    assert!(matches!(error, Err(Error::Unfinished(_))));
    assert_eq!(server.seen().len(), 2);
}

#[tokio::test(start_paused = true)]
async fn what_was_added_to_the_call_is_added_to_what_follows_from_it() {
    let server = Server::replies([|| job("running"), || job("done")]);
    let builder = server.builder().default_header("x-team", "a");
    let http: Http = builder.build().unwrap();

    let call = CreateJob(http.post("createJob", "/jobs").query("depth", 2))
        .header("x-tenant", "t1")
        .without_header("x-team")
        .extra_query("beta", "1");
    call.poll().await.unwrap();

    let seen = server.seen();
    assert_eq!(
        seen[0].url,
        "https://api.example.com/v1/jobs?depth=2&beta=1"
    );
    assert_eq!(seen[1].url, "https://api.example.com/v1/jobs/j?beta=1");
    for seen in seen {
        assert_eq!(seen.header("x-tenant"), "t1");
        assert_eq!(seen.header("x-team"), "");
    }
}

#[tokio::test(start_paused = true)]
async fn a_fetch_is_sent_again_although_its_call_must_not_be() {
    let server = Server::replies([
        || job("running"),
        || reply(500, ""),
        || reply(500, ""),
        || job("done"),
    ]);

    let call = CreateJob(server.http().post("createJob", "/jobs")).idempotent(false);
    let done = call.poll().await.unwrap();

    assert_eq!(done["status"], "done");
}

#[tokio::test(start_paused = true)]
async fn an_error_ends_the_waiting() {
    let server = Server::replies([|| job("running"), || reply(404, r#"{"message": "gone"}"#)]);

    let error = create(&server).await.unwrap_err();

    assert_eq!(error.to_string(), "getJob: 404 Not Found: gone");
}

#[tokio::test(start_paused = true)]
async fn waiting_that_is_dropped_asks_no_more() {
    let server = Server::new(|_| job("running"));

    let waiting = std::future::IntoFuture::into_future(create(&server));
    let ended = tokio::time::timeout(Duration::from_millis(1500), waiting).await;

    assert!(ended.is_err());
    tokio::time::sleep(Duration::from_secs(60)).await;
    assert_eq!(server.seen().len(), 2);
}
