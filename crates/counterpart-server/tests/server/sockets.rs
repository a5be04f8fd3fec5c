//! Over a real connection: streams arrive as they are made, and a client that leaves is noticed.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use counterpart_server::{ApiError, EventStream, Reply, Routes, StatusCode};
use counterpart_wire::event::RawEvent;
use futures_util::stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Semaphore, oneshot};
use tokio::time::sleep;

use crate::assistants::server::router;
use crate::service::Service;

async fn serve(router: Router) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    tokio::spawn(async move { axum::serve(listener, router).await });
    address
}

async fn connect(address: SocketAddr, request: &str) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.expect("a connection");
    socket.write_all(request.as_bytes()).await.expect("sent");
    socket
}

async fn read_until(socket: &mut TcpStream, end: &str) -> String {
    let mut text = String::new();
    while !text.contains(end) {
        let mut buffer = [0; 1024];
        let read = socket.read(&mut buffer).await.expect("read");
        assert_ne!(read, 0, "closed after {text:?}");
        text.push_str(std::str::from_utf8(&buffer[..read]).expect("UTF-8"));
    }
    text
}

#[tokio::test]
async fn a_request_and_its_answer() {
    let address = serve(router(Service)).await;
    let body = r#"{"assistant_id": "a_1"}"#;
    let request = format!(
        "POST /threads/t/runs HTTP/1.1\r\nhost: h\r\nopenai-beta: assistants=v2\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let mut socket = connect(address, &request).await;
    let answer = read_until(&mut socket, "queued").await;
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
    assert!(answer.contains("x-request-id: req_"), "{answer}");
}

#[tokio::test]
async fn a_long_body_is_refused_before_it_is_sent() {
    let address = serve(router(Service)).await;
    let request = "POST /threads/t/runs HTTP/1.1\r\nhost: h\r\nopenai-beta: assistants=v2\r\n\
                   content-type: application/json\r\ncontent-length: 99999999999\r\n\r\n";
    let mut socket = connect(address, request).await;
    let answer = read_until(&mut socket, "request_too_large").await;
    assert!(answer.starts_with("HTTP/1.1 413 "), "{answer}");
}

/// Tells when it is dropped.
struct Dropped(Option<oneshot::Sender<()>>);

impl Drop for Dropped {
    fn drop(&mut self) {
        let told = self.0.take().map(|sender| sender.send(()));
        assert_eq!(told, Some(Ok(())), "somebody waits for it");
    }
}

#[tokio::test]
async fn events_arrive_as_they_are_made_and_a_client_that_leaves_ends_the_producer() {
    let (sender, dropped) = oneshot::channel();
    let guard = Arc::new(std::sync::Mutex::new(Some(Dropped(Some(sender)))));
    let permits = Arc::new(Semaphore::new(0));
    let produced = permits.clone();
    let router = Routes::new(())
        .get("listen", "/", move |_, _, ()| {
            let guard = guard.lock().expect("no panic while locked").take();
            let permits = produced.clone();
            let events = EventStream::produce(|mut events| async move {
                let _guard = guard;
                for number in 1.. {
                    permits.acquire().await.expect("open").forget();
                    events
                        .send(RawEvent::text("tick", number.to_string()))
                        .await?;
                }
                Ok(())
            });
            async { Ok(Reply::events(StatusCode::OK, events)) }
        })
        .into_router();

    let address = serve(router).await;
    let mut socket = connect(address, "GET / HTTP/1.1\r\nhost: h\r\n\r\n").await;
    let head = read_until(&mut socket, "\r\n\r\n").await;
    assert!(!head.contains("tick"), "{head}");
    for number in 1..=3 {
        permits.add_permits(1);
        let text = read_until(&mut socket, &format!("data: {number}\n\n")).await;
        assert_eq!(text.matches("event: tick").count(), 1, "{text}");
    }

    drop(socket);
    dropped.await.expect("the producer is dropped");
}

/// How many events there are at most on their way to a client that reads nothing: in the buffers of both sockets and of
/// the connection, which together hold a few megabytes.
const ON_THE_WAY: usize = 400;

#[tokio::test]
async fn a_client_that_reads_nothing_stops_the_producer() {
    let made = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&made);
    let router = Routes::new(())
        .get("listen", "/", move |_, _, ()| {
            let count = Arc::clone(&count);
            let events = stream::repeat_with(move || {
                count.fetch_add(1, Ordering::Relaxed);
                Ok::<_, ApiError>(RawEvent::text("tick", "x".repeat(64 * 1024)))
            });
            async { Ok(Reply::events(StatusCode::OK, EventStream::new(events))) }
        })
        .into_router();

    let address = serve(router).await;
    let mut socket = connect(address, "GET / HTTP/1.1\r\nhost: h\r\n\r\n").await;
    read_until(&mut socket, "event: tick").await;
    // It stops where nothing more fits, and that is before long.
    let mut stopped = made.load(Ordering::Relaxed);
    loop {
        sleep(Duration::from_millis(100)).await;
        let now = made.load(Ordering::Relaxed);
        assert!(
            now < ON_THE_WAY,
            "{now} events of 64 KiB were made that nobody reads"
        );
        if now == stopped {
            break;
        }
        stopped = now;
    }

    // It goes on as soon as somebody reads.
    let mut buffer = vec![0; 1 << 20];
    while made.load(Ordering::Relaxed) < stopped + 10 {
        assert_ne!(socket.read(&mut buffer).await.expect("read"), 0);
    }
}
