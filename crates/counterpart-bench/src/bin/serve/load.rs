//! Connections on which one request is sent again and again.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

use axum::Router;
use axum::serve::ListenerExt;
use tokio::runtime::Builder;

use super::service::EVENTS;

/// How many requests are under way at once.
const BATCH: usize = 32;

/// How many of them a turn has.
const REQUESTS: usize = 1920;

const HEAD: &str = "host: h\r\nauthorization: Bearer sk-test\r\nopenai-beta: assistants=v2\r\n";

/// A request, and what of its answer counts.
pub struct Request {
    bytes: Vec<u8>,
    /// How many are under way at once.
    batch: usize,
    /// How many a turn has.
    turn: usize,
    /// What an answer counts for.
    worth: usize,
}

pub fn fetch() -> Request {
    request("GET", "/threads/thread_1", "", 1)
}

pub fn create() -> Request {
    request("POST", "/threads", r#"{"metadata":{"topic":"algebra"}}"#, 1)
}

pub fn stream() -> Request {
    let body = r#"{"assistant_id":"asst_1","stream":true}"#;
    request("POST", "/threads/thread_1/runs", body, EVENTS)
}

fn request(method: &str, path: &str, body: &str, worth: usize) -> Request {
    let length = body.len();
    let described = match body.is_empty() {
        true => String::new(),
        false => format!("content-type: application/json\r\ncontent-length: {length}\r\n"),
    };
    let text = format!("{method} /v1{path} HTTP/1.1\r\n{HEAD}{described}\r\n{body}");
    Request {
        bytes: text.into_bytes(),
        batch: BATCH / worth.min(BATCH),
        turn: REQUESTS / worth.min(BATCH),
        worth,
    }
}

/// One connection.
pub struct Load {
    socket: TcpStream,
    batch: Vec<u8>,
    /// How many bytes the answers to a batch have: all answers are of one length.
    expected: usize,
    answers: Vec<u8>,
    requests: usize,
    turn: usize,
    worth: usize,
}

impl Load {
    pub fn new(address: SocketAddr, request: &Request) -> Self {
        let mut socket = TcpStream::connect(address).expect("a connection");
        socket.set_nodelay(true).expect("a socket");
        socket.write_all(&request.bytes).expect("sent");
        let answer = one(&mut socket);
        let text = String::from_utf8_lossy(&answer);
        assert!(text.starts_with("HTTP/1.1 200"), "{text}");
        let expected = answer.len() * request.batch;
        Self {
            socket,
            batch: request.bytes.repeat(request.batch),
            expected,
            answers: vec![0; expected],
            requests: request.batch,
            turn: request.turn / request.batch,
            worth: request.worth,
        }
    }

    /// What counts in a second, on the average of a turn.
    pub fn turn(&mut self) -> f64 {
        let start = Instant::now();
        let requests = self.batches(self.turn);
        (requests * self.worth) as f64 / start.elapsed().as_secs_f64()
    }

    /// Sends so many batches, and tells how many requests that was.
    pub fn batches(&mut self, number: usize) -> usize {
        for _ in 0..number {
            self.socket.write_all(&self.batch).expect("sent");
            self.socket
                .read_exact(&mut self.answers[..self.expected])
                .expect("answers");
        }
        number * self.requests
    }
}

/// Asks for so many streams, and leaves each after its first bytes.
pub fn leave(address: SocketAddr, number: usize) -> usize {
    for _ in 0..number {
        let mut socket = TcpStream::connect(address).expect("a connection");
        socket.write_all(&stream().bytes).expect("sent");
        let mut first = [0; 64];
        socket.read_exact(&mut first).expect("an answer");
    }
    number
}

/// Reads one answer, to the end of its stream if it is one.
fn one(socket: &mut TcpStream) -> Vec<u8> {
    let mut answer = Vec::new();
    let mut buffer = [0; 64 * 1024];
    let is_whole = |answer: &[u8]| match answer.windows(7).any(|part| part == b"chunked") {
        true => answer.ends_with(b"\r\n0\r\n\r\n"),
        false => answer.ends_with(b"}"),
    };
    while !is_whole(&answer) {
        let length = socket.read(&mut buffer).expect("an answer");
        assert_ne!(length, 0, "{}", String::from_utf8_lossy(&answer));
        answer.extend_from_slice(&buffer[..length]);
    }
    answer
}

/// A server on a thread of its own.
pub fn listening(app: Router) -> SocketAddr {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = Builder::new_current_thread().enable_all().build();
        runtime.expect("a runtime").block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await;
            let listener = listener.expect("a port");
            let address = listener.local_addr().expect("an address");
            tell.send(address).expect("somebody listens");
            // Without it, answers would wait for the client's acknowledgements.
            let listener = listener.tap_io(|socket| _ = socket.set_nodelay(true));
            axum::serve(listener, app).await
        })
    });
    told.recv().expect("an address")
}
