//! Callers who take their time, over real connections: each is answered, or its connection closed.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use axum::Router;
use counterpart_server::{EventStream, Reply, Routes, Serve, Shutdown, StatusCode, serve};
use counterpart_wire::event::RawEvent;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc::{UnboundedSender, unbounded_channel};
use tokio::time::{sleep, timeout};

use crate::assistants::server::router;
use crate::service::Service;

/// What is set here, for a test not to wait long.
const SHORT: Duration = Duration::from_millis(200);

/// Long enough for a slow machine; whoever takes longer hangs.
const PATIENCE: Duration = Duration::from_secs(20);

const GET: &str = "GET /threads/t/runs HTTP/1.1\r\nhost: h\r\nopenai-beta: assistants=v2\r\n\r\n";

async fn listener() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
    let address = listener.local_addr().expect("an address");
    (listener, address)
}

/// Serves until the runtime of the test ends.
async fn start(
    app: Router,
    set: impl FnOnce(Serve<TcpListener>) -> Serve<TcpListener>,
) -> SocketAddr {
    let (listener, address) = listener().await;
    tokio::spawn(set(serve(listener, app)).into_future());
    address
}

async fn connect(address: SocketAddr, request: &str) -> TcpStream {
    let mut socket = TcpStream::connect(address).await.expect("a connection");
    socket.write_all(request.as_bytes()).await.expect("sent");
    socket
}

/// All that comes until the connection is closed.
async fn rest(mut socket: TcpStream) -> String {
    let mut read = Vec::new();
    let closed = timeout(PATIENCE, socket.read_to_end(&mut read)).await;
    // Whether it is closed or cut off makes no difference here.
    let _ = closed.expect("the connection is closed");
    String::from_utf8(read).expect("UTF-8")
}

async fn read_until(socket: &mut TcpStream, end: &str) -> String {
    let mut text = String::new();
    while !text.contains(end) {
        let mut buffer = [0; 1024];
        let reading = timeout(PATIENCE, socket.read(&mut buffer)).await;
        let read = reading.expect("something comes").expect("read");
        assert_ne!(read, 0, "closed after {text:?}");
        text.push_str(std::str::from_utf8(&buffer[..read]).expect("UTF-8"));
    }
    text
}

/// Sends pieces with a pause before each, until the connection is closed; how long that took, and what came back.
async fn drip(mut socket: TcpStream, piece: &str, pause: Duration) -> (Duration, String) {
    let started = Instant::now();
    let (mut reader, mut writer) = socket.split();
    let mut read = Vec::new();
    let writing = async {
        loop {
            sleep(pause).await;
            if writer.write_all(piece.as_bytes()).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    };
    let closed = timeout(PATIENCE, async {
        tokio::select! {
            _ = reader.read_to_end(&mut read) => {}
            () = writing => {}
        }
    });
    closed.await.expect("the connection is closed");
    let read = String::from_utf8(read).expect("UTF-8");
    (started.elapsed(), read)
}

#[tokio::test]
async fn slow_headers_are_given_up() {
    let address = start(router(Service), |serve| serve.header_timeout(SHORT)).await;
    for (begun, piece) in [
        ("", "G"),
        ("GET / HTTP/1.1\r\nx: ", "y"),
        ("GET / HTTP/1.1\r\n", "x: y\r\n"),
    ] {
        let socket = connect(address, begun).await;
        let (took, read) = drip(socket, piece, Duration::from_millis(5)).await;
        assert!(took >= SHORT, "{took:?}");
        assert_eq!(read, "", "after {begun:?}");
    }
    let mut socket = connect(address, GET).await;
    read_until(&mut socket, "\r\n\r\n").await;
}

#[tokio::test]
async fn headers_without_end_are_refused() {
    let address = start(router(Service), |serve| serve).await;
    let socket = connect(address, "GET / HTTP/1.1\r\n").await;
    let piece = "x: y\r\n".repeat(1_000);
    let (_, read) = drip(socket, &piece, Duration::from_millis(1)).await;
    assert!(
        read.is_empty() || read.starts_with("HTTP/1.1 431 "),
        "{read}"
    );
}

#[tokio::test]
async fn idle_connections_are_closed() {
    let address = start(router(Service), |serve| serve.idle_timeout(SHORT)).await;
    let started = Instant::now();
    assert_eq!(rest(connect(address, "").await).await, "");
    assert!(started.elapsed() >= SHORT);

    let mut socket = connect(address, GET).await;
    let answer = read_until(&mut socket, "\r\n\r\n").await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    // As long as it is used it is kept.
    for _ in 0..4 {
        sleep(SHORT / 2).await;
        socket.write_all(GET.as_bytes()).await.expect("sent");
        let answer = read_until(&mut socket, "\r\n\r\n").await;
        assert!(answer.contains("HTTP/1.1 200 "), "{answer}");
    }
    let rest = rest(socket).await;
    assert!(!rest.contains("HTTP/1.1"), "{rest}");
}

#[tokio::test]
async fn what_takes_long_to_answer_is_no_idle_connection() {
    let slow = Routes::new(()).get("slow", "/", |_, _, ()| async {
        sleep(3 * SHORT).await;
        Ok(Reply::text(StatusCode::OK, "at last"))
    });
    let set = |serve: Serve<_>| {
        serve
            .idle_timeout(SHORT)
            .header_timeout(SHORT)
            .write_timeout(SHORT)
    };
    let address = start(slow.into_router(), set).await;
    let mut socket = connect(address, "GET / HTTP/1.1\r\nhost: h\r\n\r\n").await;
    read_until(&mut socket, "at last").await;
}

#[tokio::test]
async fn who_has_said_all_there_is_to_say_is_answered() {
    let slow = Routes::new(()).get("slow", "/", |_, _, ()| async {
        sleep(SHORT).await;
        Ok(Reply::text(StatusCode::OK, "at last"))
    });
    let address = start(slow.into_router(), |serve| serve).await;
    let mut socket = connect(address, "GET / HTTP/1.1\r\nhost: h\r\n\r\n").await;
    socket.shutdown().await.expect("half of it closed");
    let answer = rest(socket).await;
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    assert!(answer.ends_with("at last"), "{answer}");

    let address = start(router(Service), |serve| serve).await;
    for (body, status) in [
        (r#"{"assistant_id": "a"}"#, "200"),
        (r#"{"assistant_id"#, "400"),
    ] {
        let request = format!(
            "POST /threads/t/runs HTTP/1.1\r\nhost: h\r\nopenai-beta: assistants=v2\r\n\
             content-type: application/json\r\ncontent-length: 21\r\n\r\n{body}"
        );
        let mut socket = connect(address, &request).await;
        socket.shutdown().await.expect("half of it closed");
        let answer = rest(socket).await;
        assert!(
            answer.starts_with(&format!("HTTP/1.1 {status} ")),
            "{answer}"
        );
    }
}

/// Tells when it is dropped.
struct Dropped(UnboundedSender<()>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.send(()).expect("somebody waits for it");
    }
}

/// Streams that send events of so many bytes with so long a pause before each, and tell when they are dropped.
fn streaming(dropped: UnboundedSender<()>, bytes: usize, pause: Duration) -> Routes<()> {
    Routes::new(()).get("listen", "/", move |_, _, ()| {
        let guard = Dropped(dropped.clone());
        let events = EventStream::produce(move |mut events| async move {
            let _guard = guard;
            loop {
                events
                    .send(RawEvent::text("tick", "x".repeat(bytes)))
                    .await?;
                sleep(pause).await;
            }
        });
        async { Ok(Reply::events(StatusCode::OK, events)) }
    })
}

const LISTEN: &str = "GET / HTTP/1.1\r\nhost: h\r\n\r\n";

#[tokio::test]
async fn who_closes_a_stream_of_events_leaves_it() {
    let (sender, mut dropped) = unbounded_channel();
    let address = start(streaming(sender, 1, 10 * PATIENCE).into_router(), |serve| {
        serve
    })
    .await;
    let mut socket = connect(address, LISTEN).await;
    read_until(&mut socket, "event: tick").await;
    socket.shutdown().await.expect("half of it closed");
    let told = timeout(PATIENCE, dropped.recv()).await;
    assert_eq!(told.expect("the producer is dropped"), Some(()));
    // The same where that half is closed before there is a stream.
    let mut socket = connect(address, LISTEN).await;
    socket.shutdown().await.expect("half of it closed");
    let told = timeout(PATIENCE, dropped.recv()).await;
    assert_eq!(told.expect("the producer is dropped"), Some(()));
}

#[tokio::test]
async fn who_does_not_read_is_given_up() {
    let (sender, mut dropped) = unbounded_channel();
    let set = |serve: Serve<_>| serve.write_timeout(SHORT);
    let app = streaming(sender, 100_000, Duration::ZERO).into_router();
    let address = start(app, set).await;
    let _socket = connect(address, LISTEN).await;
    let told = timeout(PATIENCE, dropped.recv()).await;
    assert_eq!(told.expect("the producer is dropped"), Some(()));
}

#[tokio::test]
async fn the_end_of_a_server() {
    let (sender, mut dropped) = unbounded_channel();
    let shutdown = Shutdown::new();
    let (end, ended) = tokio::sync::oneshot::channel::<()>();
    let routes = streaming(sender, 1, 10 * PATIENCE).shutdown(&shutdown).get(
        "slow",
        "/slow",
        |_, _, ()| async {
            sleep(2 * SHORT).await;
            Ok(Reply::text(StatusCode::OK, "at last"))
        },
    );
    let (listener, address) = listener().await;
    let server = serve(listener, routes.into_router()).until(async move {
        let _ = ended.await;
        shutdown.begin();
    });
    let server = tokio::spawn(server.into_future());

    let mut stream = connect(address, LISTEN).await;
    read_until(&mut stream, "event: tick").await;
    let slow = connect(address, "GET /slow HTTP/1.1\r\nhost: h\r\n\r\n").await;
    let idle = connect(address, "").await;
    sleep(SHORT).await;
    end.send(()).expect("the server waits for it");

    let stream = rest(stream).await;
    assert!(stream.contains("event: error"), "{stream}");
    assert!(stream.ends_with("0\r\n\r\n"), "{stream}");
    let slow = rest(slow).await;
    assert!(slow.ends_with("at last"), "{slow}");
    assert_eq!(rest(idle).await, "");
    assert_eq!(dropped.recv().await, Some(()));
    let ended = timeout(PATIENCE, server).await;
    ended.expect("the server ends").expect("no panic");
    assert!(TcpStream::connect(address).await.is_err());
}
