//! Prints how much a generated server gets done, beside a hand-written axum app that does the same with the same types.
//!
//! Each has a thread of its own and one connection over the loopback interface, on which requests follow each other
//! without waiting. The two take turns; the middle of the ratios counts, so that whatever else the machine does hits
//! both alike. At the end, the memory of the process before and after as many requests as an hour may bring.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Instant;

use assistants_server::types::{CreateThreadRequest, Thread};
use assistants_server::{
    ApiError, AssistantsApi, Authenticate, Context, CreateThread, CreateThreadReply, Credentials,
    GetThread, GetThreadReply,
};
use axum::Router;
use axum::body::Bytes;
use axum::extract::Path;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use tokio::runtime::Builder;

/// How many requests are under way at once.
const BATCH: usize = 32;

/// How many batches a turn has.
const BATCHES: usize = 60;

/// How many turns each has.
const TURNS: usize = 41;

/// A hundred requests a second, for an hour.
const HOUR: usize = 360_000;

const HEAD: &str = "host: h\r\nauthorization: Bearer sk-test\r\nopenai-beta: assistants=v2\r\n";

fn main() {
    let ours = serve(Router::new().nest("/v1", assistants_server::router(Service)));
    let bare = serve(bare());
    let body = r#"{"metadata":{"topic":"algebra"}}"#;
    let length = body.len();
    let fetch = format!("GET /v1/threads/thread_1 HTTP/1.1\r\n{HEAD}\r\n");
    let create = format!(
        "POST /v1/threads HTTP/1.1\r\n{HEAD}content-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    println!(
        "{:<20} {:>10} {:>10} {:>8}",
        "", "ours /s", "bare /s", "ratio"
    );
    for (name, request) in [("GET a thread", &fetch), ("POST a thread", &create)] {
        compare(
            name,
            &mut Load::new(ours, request),
            &mut Load::new(bare, request),
        );
    }

    let mut load = Load::new(ours, &create);
    load.turn();
    let before = resident();
    (0..HOUR / (BATCH * BATCHES)).for_each(|_| _ = load.turn());
    println!(
        "memory: {before} kB, after {HOUR} requests {} kB",
        resident()
    );
}

fn compare(name: &str, ours: &mut Load, bare: &mut Load) {
    // Connections and caches.
    ours.turn();
    bare.turn();
    let mut best = [0.0_f64; 2];
    let mut ratios = Vec::new();
    for _ in 0..TURNS {
        let (a, b) = (ours.turn(), bare.turn());
        best = [best[0].max(a), best[1].max(b)];
        ratios.push(a / b);
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[TURNS / 2];
    println!(
        "{name:<20} {:>10.0} {:>10.0} {ratio:>8.3}",
        best[0], best[1]
    );
}

/// One connection, and a request that is sent on it again and again.
struct Load {
    socket: TcpStream,
    batch: Vec<u8>,
    /// How many bytes the answers to a batch have: all answers are of one length.
    expected: usize,
}

impl Load {
    fn new(address: SocketAddr, request: &str) -> Self {
        let mut socket = TcpStream::connect(address).expect("a connection");
        socket.set_nodelay(true).expect("a socket");
        socket.write_all(request.as_bytes()).expect("sent");
        let mut buffer = [0; 4096];
        let length = socket.read(&mut buffer).expect("an answer");
        let answer = String::from_utf8_lossy(&buffer[..length]);
        assert!(
            answer.starts_with("HTTP/1.1 200") && answer.ends_with('}'),
            "{answer}"
        );
        Self {
            socket,
            batch: request.as_bytes().repeat(BATCH),
            expected: length * BATCH,
        }
    }

    /// Requests in a second, on the average of a turn.
    fn turn(&mut self) -> f64 {
        let mut answers = vec![0; self.expected];
        let start = Instant::now();
        for _ in 0..BATCHES {
            self.socket.write_all(&self.batch).expect("sent");
            self.socket.read_exact(&mut answers).expect("answers");
        }
        (BATCH * BATCHES) as f64 / start.elapsed().as_secs_f64()
    }
}

fn serve(app: Router) -> SocketAddr {
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

/// What the process holds in memory, in kB; 0 where the system does not tell.
fn resident() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn thread() -> Thread {
    Thread::new("thread_abc123", 1_700_000_000)
}

struct Service;

impl Authenticate for Service {
    type Principal = ();

    async fn authenticate(&self, _: &Context, shown: Credentials) -> Result<(), ApiError> {
        match shown.bearer() {
            Some(key) if key.is("sk-test") => Ok(()),
            _ => Err(shown.refused()),
        }
    }
}

impl AssistantsApi for Service {
    async fn create_thread(
        &self,
        _: Context,
        request: CreateThread,
    ) -> Result<CreateThreadReply, ApiError> {
        let metadata = request.body.map(|body| body.metadata).unwrap_or_default();
        Ok(Thread {
            metadata: metadata.into(),
            ..thread()
        }
        .into())
    }

    async fn get_thread(&self, _: Context, _: GetThread) -> Result<GetThreadReply, ApiError> {
        Ok(thread().into())
    }

    assistants_server::unanswered!(
        list_assistants,
        create_assistant,
        get_assistant,
        modify_assistant,
        delete_assistant,
        create_thread_and_run,
        modify_thread,
        delete_thread,
        list_messages,
        create_message,
        get_message,
        modify_message,
        delete_message,
        list_runs,
        create_run,
        get_run,
        modify_run,
        cancel_run,
        list_run_steps,
        get_run_step,
        submit_tool_outputs_to_run,
    );
}

/// The same by hand, and at the same place: the key, the header and the body are checked, and the answer has an id of
/// its own.
fn bare() -> Router {
    let router = Router::new()
        .route("/threads", post(bare_create))
        .route("/threads/{thread_id}", get(bare_get));
    Router::new().nest("/v1", router)
}

async fn bare_get(Path(_): Path<String>, headers: HeaderMap) -> Response {
    if !allowed(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    answer(&thread())
}

async fn bare_create(headers: HeaderMap, body: Bytes) -> Response {
    if !allowed(&headers) {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let Ok(request) = serde_json::from_slice::<CreateThreadRequest>(&body) else {
        return StatusCode::BAD_REQUEST.into_response();
    };
    answer(&Thread {
        metadata: request.metadata.into(),
        ..thread()
    })
}

fn allowed(headers: &HeaderMap) -> bool {
    let is = |name: &str, value: &str| headers.get(name).is_some_and(|found| found == value);
    is("authorization", "Bearer sk-test") && is("openai-beta", "assistants=v2")
}

fn answer(thread: &Thread) -> Response {
    let id = format!("req_{:032x}", fastrand::u128(..));
    let body = serde_json::to_vec(thread).expect("a thread can be written");
    (
        [("content-type", "application/json"), ("x-request-id", &id)],
        body,
    )
        .into_response()
}
