//! Ten thousand open streams, and what a request waits for beside them.
//!
//! Server and callers are processes of their own, each with as many sockets as the system allows for.

use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, ExitCode, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use axum::serve::ListenerExt;
use counterpart_bench::check::Check;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::runtime::Builder;
use tokio::time::sleep;

use super::service::{PAUSE, SLOW};

/// The argument of the process that serves.
pub const SERVER: &str = "--crowd-server";
/// The argument of the process that calls.
pub const CALLERS: &str = "--crowd-callers";

/// How many streams are open.
const STREAMS: usize = 10_000;

/// How long requests are watched.
const WATCHED: Duration = Duration::from_secs(10);

/// What 99 of 100 requests may wait for, in milliseconds.
const PATIENCE: f64 = 50.0;

/// Opens the streams and prints what requests wait for, with and without them.
pub fn run(check: &mut Check) {
    let program = std::env::current_exe().expect("the program has a path");
    // A shell raises the limit of open files, which is often lower than what a process may ask for.
    let raise = "ulimit -n $(ulimit -Hn) 2>/dev/null; exec \"$0\" \"$@\"";
    let mut shell = Command::new("sh");
    shell.args(["-c", raise]).arg(program).arg(CALLERS);
    let output = shell.stderr(Stdio::inherit()).output().expect("a shell");
    let text = String::from_utf8_lossy(&output.stdout);
    let figures: Vec<f64> = text
        .split_whitespace()
        .filter_map(|figure| figure.parse().ok())
        .collect();
    let [streams, idle, usual, late, events, kilobytes] = figures[..] else {
        check.at_least("open streams", 0.0, STREAMS as f64);
        return;
    };
    println!(
        "{streams:.0} open streams, {events:.1} events each, {kilobytes:.1} kB each; a GET takes {idle:.2} ms without \
         them, beside them {usual:.2} ms, and 99 of 100 at most {late:.2} ms"
    );
    check.at_least("open streams", streams, STREAMS as f64);
    let expected = WATCHED.as_secs_f64() / PAUSE.as_secs_f64() - 2.0;
    check.at_least("events of the stream that had fewest", events, expected);
    check.at_most("milliseconds of 99 of 100 GETs", late, PATIENCE);
}

/// Serves until it is killed.
pub fn server() -> ExitCode {
    let runtime = Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build();
    runtime.expect("a runtime").block_on(async {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        println!("{}", listener.local_addr().expect("an address"));
        let listener = listener.tap_io(|socket| _ = socket.set_nodelay(true));
        let ended = axum::serve(listener, super::ours()).await;
        ended.expect("it serves");
    });
    ExitCode::SUCCESS
}

/// A server in a process, which ends with this.
struct Server {
    process: Child,
    address: SocketAddr,
}

impl Server {
    fn start() -> Self {
        let program = std::env::current_exe().expect("the program has a path");
        let mut process = Command::new(program)
            .arg(SERVER)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the server starts");
        let mut line = String::new();
        let stdout = process.stdout.take().expect("it prints");
        BufReader::new(stdout).read_line(&mut line).expect("a line");
        Self {
            process,
            address: line.trim().parse().expect("an address"),
        }
    }

    fn resident(&self) -> f64 {
        let path = format!("/proc/{}/status", self.process.id());
        let status = std::fs::read_to_string(path).unwrap_or_default();
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
        let number = line.and_then(|line| line.split_whitespace().next());
        number.and_then(|number| number.parse().ok()).unwrap_or(0.0)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It is gone already where this fails.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Opens the streams, watches requests, and prints the figures.
pub fn callers() -> ExitCode {
    let server = Server::start();
    let runtime = Builder::new_current_thread().enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let mut idle = watched(server.address, Duration::from_secs(2)).await;
        let before = server.resident();
        let counts: Vec<Arc<AtomicU64>> = (0..STREAMS).map(|_| Arc::default()).collect();
        for (index, count) in counts.iter().enumerate() {
            tokio::spawn(listen(server.address, Arc::clone(count)));
            // As many at once as a listener keeps waiting.
            if index % 100 == 99 {
                sleep(Duration::from_millis(20)).await;
            }
        }
        sleep(Duration::from_secs(3)).await;
        let begun: Vec<u64> = counts.iter().map(|it| it.load(Ordering::Relaxed)).collect();
        let each = (server.resident() - before) / STREAMS as f64;
        let mut beside = watched(server.address, WATCHED).await;
        let open = begun.iter().filter(|begun| **begun > 0).count();
        let came = counts.iter().zip(&begun);
        let came = came.map(|(count, begun)| count.load(Ordering::Relaxed) - begun);
        let fewest = came.min().unwrap_or_default();
        println!(
            "{open} {:.3} {:.3} {:.3} {fewest} {each:.1}",
            quantile(&mut idle, 0.5),
            quantile(&mut beside, 0.5),
            quantile(&mut beside, 0.99),
        );
    });
    ExitCode::SUCCESS
}

/// Counts the events of one stream, until this process ends.
async fn listen(address: SocketAddr, count: Arc<AtomicU64>) {
    let body = r#"{"assistant_id":"asst_1","stream":true}"#;
    let request = format!(
        "POST /v1/threads/{SLOW}/runs HTTP/1.1\r\nhost: h\r\nauthorization: Bearer sk-test\r\nopenai-beta: assistants=v2\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let Ok(mut socket) = TcpStream::connect(address).await else {
        return;
    };
    if socket.write_all(request.as_bytes()).await.is_err() {
        return;
    }
    let mut buffer = [0; 1024];
    while let Ok(length @ 1..) = socket.read(&mut buffer).await {
        let events = buffer[..length]
            .windows(6)
            .filter(|part| *part == b"event:");
        count.fetch_add(events.count() as u64, Ordering::Relaxed);
    }
}

/// How long each GET took, in milliseconds.
async fn watched(address: SocketAddr, long: Duration) -> Vec<f64> {
    let request = "GET /v1/threads/thread_1 HTTP/1.1\r\nhost: h\r\nauthorization: Bearer sk-test\r\nopenai-beta: assistants=v2\r\n\r\n";
    let mut socket = TcpStream::connect(address).await.expect("a connection");
    socket.set_nodelay(true).expect("a socket");
    let mut buffer = [0; 4096];
    let mut times = Vec::new();
    let start = Instant::now();
    while start.elapsed() < long {
        let asked = Instant::now();
        let sent = socket.write_all(request.as_bytes()).await;
        sent.expect("sent");
        let length = socket.read(&mut buffer).await.expect("an answer");
        assert!(buffer[..length].starts_with(b"HTTP/1.1 200"));
        times.push(asked.elapsed().as_secs_f64() * 1e3);
        sleep(Duration::from_millis(2)).await;
    }
    times
}

fn quantile(times: &mut [f64], share: f64) -> f64 {
    times.sort_by(f64::total_cmp);
    let index = (times.len() as f64 * share) as usize;
    times
        .get(index)
        .or(times.last())
        .copied()
        .unwrap_or(f64::MAX)
}
