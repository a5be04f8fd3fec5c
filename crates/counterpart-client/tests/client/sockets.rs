//! Over the loopback interface, and through a router without any.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body as AxumBody;
use axum::extract::{Path, Request};
use axum::response::IntoResponse;
use axum::routing::{get, post};
use counterpart_client::wire::RawEvent;
use counterpart_client::{Builder, Config, Error, Http, Text, TransportKind};
use rustls::{ClientConfig, RootCertStore};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn builder(address: SocketAddr) -> Builder {
    Builder::new(Config::new("http://overwritten.example")).base_url(format!("http://{address}/v1"))
}

/// A client by `reqwest` that ignores the proxies of the machine that the test runs on.
pub(crate) fn http(address: SocketAddr) -> Http {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_backend_preconfigured(tls);
    builder(address)
        .reqwest(client.build().unwrap())
        .build()
        .unwrap()
}

fn router() -> Router {
    let events = || async {
        let event = Ok::<_, Infallible>("event: tick\ndata: 1\n\n");
        let events = futures_util::stream::repeat(event);
        (
            [("content-type", "text/event-stream")],
            AxumBody::from_stream(events),
        )
    };
    let echo = |request: Request| async move {
        let length = request.headers().get("content-length").cloned();
        let body = axum::body::to_bytes(request.into_body(), 1000)
            .await
            .unwrap();
        let length = length.map(|length| length.to_str().unwrap().to_owned());
        let body = String::from_utf8(body.to_vec()).unwrap();
        serde_json::json!({"length": length, "body": body}).to_string()
    };
    let name = |Path(name): Path<String>| async move { name.into_response() };
    let routes = Router::new()
        .route("/names/{name}", get(name))
        .route("/echo", post(echo).get(echo))
        .route("/events", post(events));
    Router::new().nest("/v1", routes)
}

async fn listen() -> (TcpListener, SocketAddr) {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    (listener, address)
}

async fn serve() -> SocketAddr {
    let (listener, address) = listen().await;
    tokio::spawn(async move { axum::serve(listener, router()).await });
    address
}

/// Answers each connection's first request with these bytes and closes it; counts the connections.
async fn raw(answer: &'static [u8]) -> (SocketAddr, Arc<()>) {
    let (listener, address) = listen().await;
    let connections = Arc::new(());
    let count = Arc::clone(&connections);
    tokio::spawn(async move {
        loop {
            let (mut stream, _) = listener.accept().await.unwrap();
            // Each connection leaves one count behind.
            std::mem::forget(Arc::clone(&count));
            read_head(&mut stream).await;
            stream.write_all(answer).await.unwrap();
        }
    });
    (address, connections)
}

async fn read_head(stream: &mut TcpStream) -> String {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        if stream.read(&mut byte).await.unwrap() == 0 {
            break;
        }
        head.extend_from_slice(&byte);
    }
    String::from_utf8(head).unwrap().to_ascii_lowercase()
}

#[tokio::test]
async fn a_router_is_a_service_in_this_process() {
    let builder = Builder::new(Config::new("https://api.example.com/v1"));
    let http: Http = builder.service(router()).build().unwrap();

    let call = http
        .get::<Text, Value>("getName", "/names/{name}")
        .path("name", "a/b c");

    assert_eq!(call.await.unwrap(), Text("a/b c".to_owned()));
}

#[tokio::test]
async fn a_call_goes_over_the_wire() {
    let address = serve().await;
    let call = http(address).get::<Text, Value>("getName", "/names/{name}");

    let response = call.path("name", "ä/%").send().await.unwrap();

    assert_eq!(response.value, Text("ä/%".to_owned()));
    assert_eq!(response.version(), http::Version::HTTP_11);
}

#[tokio::test]
async fn a_body_says_its_length() {
    let http = http(serve().await);

    let echo = http
        .post::<Value, Value>("echo", "/echo")
        .json([1])
        .await
        .unwrap();
    assert_eq!(echo, serde_json::json!({"length": "3", "body": "[1]"}));
    let echo = http.get::<Value, Value>("echo", "/echo").await.unwrap();
    assert_eq!(echo, serde_json::json!({"length": null, "body": ""}));
    // Some servers answer 411 to a POST that does not say that it has no body.
    let echo = http.post::<Value, Value>("echo", "/echo").await.unwrap();
    assert_eq!(echo, serde_json::json!({"length": "0", "body": ""}));
}

#[tokio::test]
async fn connections_are_used_again() {
    let (listener, address) = listen().await;
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        for _ in 0..3 {
            assert!(
                read_head(&mut stream)
                    .await
                    .starts_with("get /v1/a http/1.1")
            );
            stream
                .write_all(b"HTTP/1.1 200 OK\r\ncontent-length: 3\r\n\r\n[1]")
                .await
                .unwrap();
        }
    });
    let http = http(address);

    for _ in 0..3 {
        http.get::<Value, Value>("getThing", "/a").await.unwrap();
    }

    served.await.unwrap();
}

#[tokio::test]
async fn a_refused_connection_is_known_not_to_have_sent_anything() {
    let (listener, address) = listen().await;
    drop(listener);

    let call = http(address).post::<Value, Value>("createThing", "/a?key=hunter2");
    let error = call.retries(0).await.unwrap_err();

    let text = error.to_string();
    assert!(text.starts_with("createThing: no connection: "), "{text}");
    assert!(text.ends_with("; no retry left"), "{text}");
    assert!(
        !text.contains("127.0.0.1") && !text.contains("hunter2"),
        "{text}"
    );
    let Error::Transport(error) = error else {
        panic!("{error}")
    };
    assert!(error.is_connect());
}

#[tokio::test]
async fn a_post_is_not_doubled_when_the_connection_closes() {
    for (answer, kind) in [
        (&b""[..], TransportKind::Other),
        (b"HTTP/1.1 200", TransportKind::Other),
        (
            b"HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n[1",
            TransportKind::Interrupted,
        ),
        (
            b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\n[1",
            TransportKind::Interrupted,
        ),
    ] {
        let (address, connections) = raw(answer).await;

        let error = http(address)
            .post::<Value, Value>("createThing", "/a")
            .await
            .unwrap_err();

        let Error::Transport(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.kind(), kind, "{error}");
        // The test's, the server's, and one for the only connection.
        assert_eq!(Arc::strong_count(&connections), 3);
    }
}

#[tokio::test]
async fn an_attempt_s_limit_holds_over_the_wire() {
    let (listener, address) = listen().await;
    let call = http(address).post::<Value, Value>("createThing", "/a");

    let error = call.timeout(Duration::from_millis(20)).await.unwrap_err();

    assert!(error.is_timeout(), "{error}");
    drop(listener);
}

#[tokio::test]
async fn dropping_a_stream_closes_its_connection() {
    let (listener, address) = listen().await;
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        read_head(&mut stream).await;
        let head = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n\r\ndata: 1\n\n";
        stream.write_all(head).await.unwrap();
        // Ends when the client closes the connection.
        stream.read_to_end(&mut Vec::new()).await
    });
    let call = http(address).post::<Value, Value>("tick", "/a");
    let mut events = call.stream::<RawEvent>().await.unwrap();
    assert_eq!(events.try_next().await.unwrap().unwrap().data_str(), "1");

    drop(events);

    assert!(served.await.unwrap().is_ok());
}

#[tokio::test]
async fn events_come_over_the_wire() {
    let call = http(serve().await).post::<Value, Value>("tick", "/events");

    let mut events = call.stream::<RawEvent>().await.unwrap();

    for _ in 0..100 {
        assert_eq!(events.try_next().await.unwrap().unwrap().name(), "tick");
    }
}
