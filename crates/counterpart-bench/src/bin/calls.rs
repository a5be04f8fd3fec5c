//! Prints what a call costs, beside the same call by bare `reqwest` and `serde_json`.
//!
//! Both go over the loopback interface to one server, on a thread of its own, and take turns; the best turn of each
//! counts, and the middle of the ratios, so that whatever else the machine does hits both alike. With `--check` it fails
//! where a call costs more than 5 % on top.

use std::alloc::System;
use std::net::SocketAddr;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use assistants_client::{Client, types};
use axum::Router;
use axum::routing::{get, post};
use counterpart_bench::check::Check;
use counterpart_bench::derived;
use counterpart_bench::payloads;
use serde::de::DeserializeOwned;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};
use tokio::runtime::{Builder, Runtime};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// How many calls a turn has.
const CALLS: u32 = 400;

/// How many turns each way has.
const TURNS: usize = 41;

/// What a call may cost, as a multiple of the bare one.
const LIMIT: f64 = 1.05;

fn main() -> ExitCode {
    let mut check = Check::from_args();
    let address = serve();
    let runtime = runtime();
    let bare = Bare::new(address);
    let ours = ours(address);
    println!(
        "{:<28} {:>9} {:>9} {:>8}   {:>12} {:>12}",
        "", "ours µs", "bare µs", "ratio", "ours allocs", "bare allocs"
    );
    for case in [Case::Small, Case::Large, Case::Post] {
        let ratio = row(&runtime, &ours, &bare, case);
        check.at_most(case.name(), ratio, LIMIT);
    }
    check.finish()
}

/// What is called.
#[derive(Debug, Clone, Copy)]
enum Case {
    Small,
    Large,
    Post,
}

impl Case {
    fn name(self) -> &'static str {
        match self {
            Self::Small => "GET a thread",
            Self::Large => "GET a page of 100 messages",
            Self::Post => "POST a message",
        }
    }
}

/// Prints one line of the table, and gives its ratio.
fn row(runtime: &Runtime, ours: &Client, bare: &Bare, case: Case) -> f64 {
    let our_turn = || turn(|| runtime.block_on(call_ours(ours, case)));
    let bare_turn = || turn(|| runtime.block_on(bare.call(case)));
    // Connections and caches.
    our_turn();
    bare_turn();
    let mut best = [f64::INFINITY; 2];
    let mut ratios = Vec::new();
    for _ in 0..TURNS {
        let (a, b) = (our_turn(), bare_turn());
        best = [best[0].min(a), best[1].min(b)];
        ratios.push(a / b);
    }
    ratios.sort_by(f64::total_cmp);
    let ratio = ratios[TURNS / 2];
    let our_allocations = allocations(|| runtime.block_on(call_ours(ours, case)));
    let bare_allocations = allocations(|| runtime.block_on(bare.call(case)));
    println!(
        "{:<28} {:>9.1} {:>9.1} {:>8.3}   {:>12} {:>12}",
        case.name(),
        best[0] * 1e6,
        best[1] * 1e6,
        ratio,
        our_allocations,
        bare_allocations
    );
    ratio
}

/// Seconds for a call, on the average of a turn.
fn turn(call: impl Fn()) -> f64 {
    let start = Instant::now();
    (0..CALLS).for_each(|_| call());
    start.elapsed().as_secs_f64() / f64::from(CALLS)
}

/// The fewest allocations that a call was seen to make, which leaves out those of the server's thread that another
/// call's does not have.
fn allocations(call: impl Fn()) -> usize {
    let counts = (0..50).map(|_| {
        let region = Region::new(ALLOCATOR);
        call();
        let change = region.change();
        change.allocations + change.reallocations
    });
    counts.min().unwrap_or_default()
}

async fn call_ours(client: &Client, case: Case) {
    match case {
        Case::Small => drop(client.get_thread("thread_abc123").await.expect("an answer")),
        Case::Large => drop(
            client
                .list_messages("thread_abc123")
                .limit(100)
                .order(types::Order::Asc)
                .await
                .expect("an answer"),
        ),
        Case::Post => {
            let body = types::CreateMessageRequest::new(types::Role::User, "Solve 3x + 11 = 14");
            drop(
                client
                    .create_message("thread_abc123", body)
                    .await
                    .expect("an answer"),
            );
        }
    }
}

/// What one would write by hand.
struct Bare {
    client: reqwest::Client,
    base: String,
}

impl Bare {
    fn new(address: SocketAddr) -> Self {
        Self {
            client: reqwest_client(),
            base: format!("http://{address}/v1"),
        }
    }

    async fn call(&self, case: Case) {
        match case {
            Case::Small => drop(self.get::<derived::Thread>("/threads/thread_abc123").await),
            Case::Large => drop(
                self.get::<derived::Page<derived::Message>>(
                    "/threads/thread_abc123/messages?limit=100&order=asc",
                )
                .await,
            ),
            Case::Post => {
                let body = serde_json::json!({"role": "user", "content": "Solve 3x + 11 = 14"});
                let request = self
                    .client
                    .post(format!("{}/threads/thread_abc123/messages", self.base))
                    .header("content-type", "application/json")
                    .body(serde_json::to_vec(&body).expect("a value is JSON"));
                drop(self.send::<derived::Message>(request).await);
            }
        }
    }

    async fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        self.send(self.client.get(format!("{}{path}", self.base)))
            .await
    }

    async fn send<T: DeserializeOwned>(&self, request: reqwest::RequestBuilder) -> T {
        let response = request
            .header("accept", "application/json")
            .header("openai-beta", "assistants=v2")
            .header("user-agent", "by-hand/1.0")
            .bearer_auth("sk-123")
            .timeout(Duration::from_secs(600))
            .send()
            .await
            .and_then(reqwest::Response::error_for_status)
            .expect("an answer");
        let bytes = response.bytes().await.expect("a body");
        serde_json::from_slice(&bytes).expect("the payload fits")
    }
}

fn ours(address: SocketAddr) -> Client {
    Client::builder()
        .base_url(format!("http://{address}/v1"))
        .credentials("sk-123")
        .reqwest(reqwest_client())
        .build()
        .expect("a client")
}

/// Without the proxies of the machine.
fn reqwest_client() -> reqwest::Client {
    let tls = rustls::ClientConfig::builder_with_provider(
        rustls::crypto::ring::default_provider().into(),
    )
    .with_safe_default_protocol_versions()
    .expect("versions")
    .with_root_certificates(rustls::RootCertStore::empty())
    .with_no_client_auth();
    reqwest::Client::builder()
        .no_proxy()
        .tls_backend_preconfigured(tls)
        .build()
        .expect("a client")
}

fn runtime() -> Runtime {
    Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime")
}

/// A server of a thread of its own, which answers as the API does.
fn serve() -> SocketAddr {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        runtime().block_on(async {
            let listener = tokio::net::TcpListener::bind("127.0.0.1:0")
                .await
                .expect("a port");
            tell.send(listener.local_addr().expect("an address"))
                .expect("somebody listens");
            axum::serve(listener, router()).await
        })
    });
    told.recv().expect("an address")
}

fn router() -> Router {
    let json = |body: String| {
        let body = bytes::Bytes::from(body);
        move || async move { ([("content-type", "application/json")], body) }
    };
    let first = |list: String| {
        let list: serde_json::Value = serde_json::from_str(&list).expect("JSON");
        list[0].to_string()
    };
    let messages: serde_json::Value = serde_json::from_str(&payloads::messages()).expect("JSON");
    let message = messages["data"][0].to_string();
    Router::new()
        .route(
            "/v1/threads/{thread}",
            get(json(first(payloads::threads()))),
        )
        .route(
            "/v1/threads/{thread}/messages",
            get(json(payloads::messages())).merge(post(json(message))),
        )
}
