//! Requests that nobody sends by accident: none takes the server down, none gets past authentication, and each is
//! answered or its connection closed.

mod service;

use std::net::SocketAddr;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use service::{Target, serve};

/// Long enough for a slow machine; whoever takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

const KEY: &str = "authorization: Bearer sk-alice\r\n";
/// hyper takes a client that has closed its half of the connection for one that has left, so most of them keep it.
const REST: &str = "host: h\r\nconnection: close\r\nopenai-beta: assistants=v2\r\ncontent-type: application/json\r\n";

/// Sends bytes, perhaps says that there are no more, and gives all that comes back until the server closes, or until
/// it has answered and waits.
async fn send(address: SocketAddr, bytes: &[u8], half_close: bool) -> String {
    let exchange = async {
        let mut socket = TcpStream::connect(address).await.expect("a connection");
        // The server may close before it has read everything.
        let _ = socket.write_all(bytes).await;
        if half_close {
            let _ = socket.shutdown().await;
        }
        let mut answer = Vec::new();
        let mut buffer = [0; 4096];
        loop {
            match timeout(Duration::from_secs(1), socket.read(&mut buffer)).await {
                Ok(Ok(0) | Err(_)) => break,
                Ok(Ok(read)) => answer.extend_from_slice(&buffer[..read]),
                Err(_) if answer.is_empty() => continue,
                Err(_) => break,
            }
        }
        String::from_utf8_lossy(&answer).into_owned()
    };
    let answer = timeout(PATIENCE, exchange).await;
    answer.expect("neither answered nor closed")
}

fn post(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /v1/threads HTTP/1.1\r\n{REST}{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// The status; `None` if the connection was closed without an answer.
fn status(answer: &str) -> Option<u16> {
    let line = answer.strip_prefix("HTTP/1.1 ")?;
    line.get(..3)?.parse().ok()
}

/// The server still works, and has not been reached by what came before.
async fn still_works(Target { address, calls }: &Target, what: &str) {
    assert_eq!(
        calls.swap(0, Ordering::SeqCst),
        0,
        "{what} reached a method"
    );
    let answer = send(*address, &post(KEY, b"{}"), false).await;
    assert_eq!(status(&answer), Some(200), "after {what}: {answer}");
    assert_eq!(calls.swap(0, Ordering::SeqCst), 1);
}

/// What must not be more than a refusal, with the statuses that it may have.
fn abuses() -> Vec<(&'static str, Vec<u8>, &'static [u16])> {
    let deep = |open: &str, count: usize| open.repeat(count).into_bytes();
    let flood = |count: usize| {
        (0..count)
            .map(|at| format!("x-{at}: y\r\n"))
            .collect::<String>()
    };
    let head = |rest: &str| format!("POST /v1/threads HTTP/1.1\r\n{REST}{KEY}{rest}").into_bytes();
    let in_metadata =
        |text: &[u8]| [b"{\"metadata\": {\"a\": \"".as_slice(), text, b"\"}}"].concat();
    vec![
        ("an oversized body", post(KEY, &vec![b' '; 2 << 20]), &[413]),
        (
            "an oversized length",
            head("content-length: 99999999999\r\n\r\n{}"),
            &[413],
        ),
        (
            "a length beyond all numbers",
            head("content-length: 99999999999999999999999\r\n\r\n{}"),
            &[400],
        ),
        (
            "a negative length",
            head("content-length: -1\r\n\r\n{}"),
            &[400],
        ),
        (
            "two lengths",
            head("content-length: 2\r\ncontent-length: 20\r\n\r\n{}"),
            &[400],
        ),
        (
            "a length and chunks",
            head("content-length: 3\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
            &[400],
        ),
        (
            "too long a length",
            head("content-length: 50\r\n\r\n{}"),
            &[400, 408],
        ),
        (
            "too short a length",
            head("content-length: 1\r\n\r\n{}"),
            &[400],
        ),
        (
            "broken chunks",
            head("transfer-encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n"),
            &[400],
        ),
        ("deep lists", post(KEY, &deep("[", 500_000)), &[400]),
        (
            "deep objects",
            post(KEY, &deep("{\"metadata\":", 50_000)),
            &[400],
        ),
        (
            "deep values",
            post(KEY, &deep("{\"messages\":[", 50_000)),
            &[400],
        ),
        (
            "duplicate keys",
            post(KEY, br#"{"metadata": {}, "metadata": {}}"#),
            &[400],
        ),
        (
            "bytes that are no UTF-8",
            post(KEY, &in_metadata(b"\xff\xfe")),
            &[400],
        ),
        (
            "half a surrogate",
            post(KEY, &in_metadata(b"\\ud800")),
            &[400],
        ),
        ("a zero byte", post(KEY, b"{\0}"), &[400]),
        (
            "a number beyond all numbers",
            post(KEY, br#"{"metadata": 1e999999}"#),
            &[400],
        ),
        (
            "a flood of headers",
            post(&flood(5_000), b"{}"),
            &[400, 431],
        ),
        (
            "an endless header",
            post(&format!("{KEY}x: {}\r\n", "y".repeat(1 << 20)), b"{}"),
            &[400, 431],
        ),
        (
            "an endless target",
            format!("GET /v1/{} HTTP/1.1\r\n\r\n", "a".repeat(1 << 20)).into(),
            &[400, 404, 414, 431],
        ),
        (
            "a target that is none",
            b"GET \x01\x02 HTTP/1.1\r\n\r\n".to_vec(),
            &[400],
        ),
        (
            "another protocol",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
            &[400],
        ),
        ("nothing", Vec::new(), &[]),
        ("half a request line", b"POST /v1/thr".to_vec(), &[400]),
        (
            "a query that does not decode",
            format!("GET /v1/assistants?limit=%ff%fe HTTP/1.1\r\n{REST}{KEY}\r\n").into(),
            &[400],
        ),
        (
            "a path that does not decode",
            format!("GET /v1/threads/%ff HTTP/1.1\r\n{REST}{KEY}\r\n").into(),
            &[400, 404],
        ),
        (
            "a compressed body",
            post(
                &format!("{KEY}content-encoding: gzip\r\n"),
                b"\x1f\x8b\x08\0\0\0\0\0",
            ),
            &[400, 415],
        ),
    ]
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn abuse_is_answered_or_closed() {
    let target = serve().await;
    let address = target.address;
    for (what, bytes, statuses) in abuses() {
        for half_close in [true, false] {
            // Without an end, nothing at all is simply waited for.
            if !half_close && (bytes.is_empty() || what.starts_with("half")) {
                continue;
            }
            let answer = send(address, &bytes, half_close).await;
            let found = status(&answer);
            let fits = found.map_or(half_close, |status| statuses.contains(&status));
            assert!(fits, "{what}, half closed: {half_close}: {answer}");
            still_works(&target, what).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nothing_gets_past_authentication() {
    let target = serve().await;
    let address = target.address;
    let long = format!("authorization: Bearer {}\r\n", "x".repeat(10_000));
    for key in [
        "",
        "authorization: Bearer\r\n",
        "authorization: Bearer sk-mallory\r\n",
        "authorization: Bearer sk-alice, Bearer sk-alice\r\n",
        "authorization: Basic c2stYWxpY2U6\r\n",
        "authorization: Bearer sk-mallory\r\nauthorization: Bearer sk-alice\r\n",
        "x-authorization: Bearer sk-alice\r\n",
        "authorization: Bearer sk-alice\x7f\r\n",
        &long,
    ] {
        let answer = send(address, &post(key, b"{}"), false).await;
        assert!(
            matches!(status(&answer), Some(400 | 401)),
            "{key:?}: {answer}"
        );
        // A body that never comes is not waited for either: nobody has asked for it yet.
        let head =
            format!("POST /v1/threads HTTP/1.1\r\n{REST}{key}content-length: 1000000\r\n\r\n");
        let answer = send(address, head.as_bytes(), false).await;
        assert!(
            matches!(status(&answer), Some(400 | 401)),
            "{key:?}: {answer}"
        );
        still_works(&target, key).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn slow_bodies_are_given_up_and_do_not_hold_others_up() {
    let target = serve().await;
    let address = target.address;
    let head = format!("POST /v1/threads HTTP/1.1\r\n{REST}{KEY}content-length: 100\r\n\r\n{{");
    let slow: Vec<_> = (0..200)
        .map(|_| {
            let head = head.clone();
            tokio::spawn(async move { send(address, head.as_bytes(), false).await })
        })
        .collect();
    still_works(&target, "slow bodies").await;
    for answer in slow {
        let answer = answer.await.expect("no panic");
        assert_eq!(status(&answer), Some(408), "{answer}");
        assert!(answer.contains("request_timeout"), "{answer}");
    }
    still_works(&target, "slow bodies").await;
}
