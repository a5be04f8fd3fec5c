//! Requests that nobody sends by accident: none takes the server down, none gets past authentication, and each is
//! answered or its connection closed.

mod cases;
mod service;
mod socket;

use std::sync::atomic::Ordering;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use cases::Outcome::{Answered, Closed};
use cases::abuses;
use service::{Target, serve};
use socket::{KEY, PATIENCE, REST, outcome, post, send};

/// The server still works, and has not been reached by what came before.
async fn still_works(Target { address, calls, .. }: &Target, what: &str) {
    assert_eq!(
        calls.swap(0, Ordering::SeqCst),
        0,
        "{what} reached a method"
    );
    let answer = send(*address, &post(KEY, b"{}"), false).await;
    assert_eq!(outcome(&answer), Answered(200), "after {what}: {answer}");
    assert_eq!(calls.swap(0, Ordering::SeqCst), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn abuse_is_answered_or_closed() {
    let target = serve().await;
    let address = target.address;
    for abuse in abuses() {
        let what = abuse.what;
        for (half_close, expected) in [(false, abuse.waiting), (true, abuse.closing)] {
            let answer = send(address, &abuse.bytes, half_close).await;
            assert_eq!(
                outcome(&answer),
                expected,
                "{what}, half closed: {half_close}: {answer}"
            );
            still_works(&target, what).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_good_request_is_answered_though_its_caller_has_no_more_to_say() {
    let target = serve().await;
    let answer = send(target.address, &post(KEY, b"{}"), true).await;
    assert_eq!(outcome(&answer), Answered(200), "{answer}");
    assert!(answer.contains("\"thread_1\""), "{answer}");
    assert_eq!(target.calls.swap(0, Ordering::SeqCst), 1);
    still_works(&target, "half a connection").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_gets_past_authentication() {
    let target = serve().await;
    let address = target.address;
    let long = format!("authorization: Bearer {}\r\n", "x".repeat(10_000));
    for (key, status) in [
        ("", 401),
        ("authorization: Bearer\r\n", 401),
        ("authorization: Bearer sk-mallory\r\n", 401),
        ("authorization: Bearer sk-alice, Bearer sk-alice\r\n", 401),
        ("authorization: Basic c2stYWxpY2U6\r\n", 401),
        (
            "authorization: Bearer sk-mallory\r\nauthorization: Bearer sk-alice\r\n",
            401,
        ),
        ("x-authorization: Bearer sk-alice\r\n", 401),
        ("authorization: Bearer sk-alice\x7f\r\n", 400),
        (&long, 401),
    ] {
        // A body that never comes is not waited for either: nobody has asked for it yet.
        let head =
            format!("POST /v1/threads HTTP/1.1\r\n{REST}{key}content-length: 1000000\r\n\r\n");
        for bytes in [post(key, b"{}"), head.into_bytes()] {
            for half_close in [false, true] {
                let answer = send(address, &bytes, half_close).await;
                assert_eq!(outcome(&answer), Answered(status), "{key:?}: {answer}");
            }
        }
        still_works(&target, key).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_bodies_are_given_up_and_do_not_hold_others_up() {
    let target = serve().await;
    let head = format!("POST /v1/threads HTTP/1.1\r\n{REST}{KEY}content-length: 100\r\n\r\n{{");
    given_up(&target, &head, Answered(408)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_headers_are_given_up_and_do_not_hold_others_up() {
    let target = serve().await;
    let head = format!("POST /v1/threads HTTP/1.1\r\n{REST}{KEY}x: ");
    given_up(&target, &head, Closed).await;
}

/// Two hundred callers begin a request, and the server works while it waits for all of them.
async fn given_up(target: &Target, begun: &str, expected: cases::Outcome) {
    let address = target.address;
    let slow: Vec<_> = (0..200)
        .map(|_| {
            let begun = begun.to_owned();
            tokio::spawn(async move { send(address, begun.as_bytes(), false).await })
        })
        .collect();
    still_works(target, "slow callers").await;
    for answer in slow {
        let answer = answer.await.expect("no panic");
        assert_eq!(outcome(&answer), expected, "{answer}");
    }
    still_works(target, "slow callers").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn callers_who_do_not_read_are_given_up() {
    let mut target = serve().await;
    let request = format!("POST /v1/threads/runs HTTP/1.1\r\n{REST}{KEY}");
    let body = r#"{"assistant_id": "a", "stream": true}"#;
    let request = format!("{request}content-length: {}\r\n\r\n{body}", body.len());
    let mut unread = Vec::new();
    for _ in 0..5 {
        let mut socket = TcpStream::connect(target.address)
            .await
            .expect("a connection");
        socket.write_all(request.as_bytes()).await.expect("sent");
        unread.push(socket);
    }
    still_works(&target, "callers who do not read").await;
    for _ in 0..5 {
        let left = timeout(PATIENCE, target.left.recv()).await;
        assert_eq!(left.expect("the stream is given up"), Some(()));
    }
    // What was written before is cut off, and not ended.
    let mut answer = Vec::new();
    let _ = timeout(PATIENCE, unread[0].read_to_end(&mut answer)).await;
    assert!(!answer.ends_with(b"0\r\n\r\n"));
    still_works(&target, "callers who do not read").await;
}
