//! Prints how fast event streams are read, beside the crate `eventsource-stream`, and how much memory a long one takes.
//!
//! Both read the same chunks of the same bytes and take turns; the best turn of each counts. The client's whole way
//! from body to typed events goes over 1 GB, or as many MB as a number among the arguments says. With `--check` it fails
//! where ours is not fast enough, or memory grows with the stream.

use std::convert::Infallible;
use std::hint::black_box;
use std::pin::pin;
use std::process::ExitCode;
use std::task::{Context, Poll, Waker};
use std::time::Instant;

use assistants_client::{Client, types};
use bytes::Bytes;
use counterpart_bench::candidates::{Delta, events};
use counterpart_bench::check::Check;
use counterpart_wire::event::Decoder;
use counterpart_wire::{Event, Mode, RawEvent, mode};
use eventsource_stream::Eventsource;
use futures_util::{Stream, StreamExt, stream};
use http_body_util::StreamBody;

/// How many times each way has its turn.
const TURNS: usize = 25;

/// How many times as fast as theirs our framing has to be, and our reading of typed events.
const FRAMES: f64 = 3.0;
const TYPED: f64 = 1.5;

/// How many kB the memory may grow over a long stream.
const GROWTH: f64 = 4096.0;

fn main() -> ExitCode {
    let mut check = Check::from_args();
    println!(
        "{:<44} {:>10} {:>10} {:>8}",
        "", "ours MB/s", "theirs", "ratio"
    );
    for size in [1 << 14, 1400] {
        let chunks = chunks(size);
        let name = format!("frames, chunks of {size} bytes");
        let ratio = compare(&name, &chunks, frame_ours, frame_theirs);
        check.at_least(&name, ratio, FRAMES);
        let name = format!("typed events, chunks of {size} bytes");
        let ratio = compare(&name, &chunks, read_ours, read_theirs);
        check.at_least(&name, ratio, TYPED);
    }
    let megabytes = std::env::args().find_map(|text| text.parse().ok());
    let growth = long(megabytes.unwrap_or(1000));
    check.at_most("kB that the memory grew", growth, GROWTH);
    check.finish()
}

/// A stream of deltas, in chunks of this many bytes.
fn chunks(size: usize) -> Vec<Bytes> {
    let text: Vec<u8> = events().iter().flat_map(RawEvent::encode).collect();
    text.chunks(size).map(Bytes::copy_from_slice).collect()
}

/// Prints one line of the table, and gives its ratio. One above 1 says that ours is faster.
fn compare(
    name: &str,
    chunks: &[Bytes],
    ours: fn(&[Bytes]) -> usize,
    theirs: fn(&[Bytes]) -> usize,
) -> f64 {
    assert_eq!(ours(chunks), theirs(chunks), "both find the same events");
    let mut best = [f64::INFINITY; 2];
    for _ in 0..TURNS {
        for (way, best) in [ours, theirs].iter().zip(&mut best) {
            let start = Instant::now();
            black_box(way(black_box(chunks)));
            *best = best.min(start.elapsed().as_secs_f64());
        }
    }
    let bytes: usize = chunks.iter().map(Bytes::len).sum();
    let speed = |seconds: f64| bytes as f64 / seconds / 1e6;
    let [a, b] = best;
    println!(
        "{name:<44} {:>10.0} {:>10.0} {:>7.2}x",
        speed(a),
        speed(b),
        b / a
    );
    b / a
}

fn frame_ours(chunks: &[Bytes]) -> usize {
    decoded(chunks, |event| drop(black_box(event)))
}

fn read_ours(chunks: &[Bytes]) -> usize {
    decoded(chunks, |event| {
        // As the client does it: leniently, and with an ear for drift.
        let read = mode::noting(Mode::Lenient, || types::AssistantStreamEvent::read(&event));
        let (event, drift) = black_box(read);
        assert!(event.is_ok() && drift.is_empty());
    })
}

fn decoded(chunks: &[Bytes], mut take: impl FnMut(RawEvent)) -> usize {
    let mut decoder = Decoder::new();
    let mut count = 0;
    for chunk in chunks {
        decoder.push(chunk.clone());
        while let Some(event) = decoder.next_event().expect("the stream is one") {
            take(event);
            count += 1;
        }
    }
    count
}

fn frame_theirs(chunks: &[Bytes]) -> usize {
    streamed(chunks, |event| drop(black_box(event)))
}

fn read_theirs(chunks: &[Bytes]) -> usize {
    streamed(chunks, |event| {
        drop(black_box(Delta::of(&event.event, &event.data)))
    })
}

fn streamed(chunks: &[Bytes], mut take: impl FnMut(eventsource_stream::Event)) -> usize {
    let chunks = stream::iter(chunks.iter().cloned().map(Ok::<_, Infallible>));
    let mut count = 0;
    drain(chunks.eventsource(), |event| {
        take(event.expect("the stream is one"));
        count += 1;
    });
    count
}

/// Takes everything from a stream that never waits.
fn drain<S: Stream>(stream: S, mut take: impl FnMut(S::Item)) {
    let mut stream = pin!(stream);
    let mut context = Context::from_waker(Waker::noop());
    while let Poll::Ready(Some(item)) = stream.poll_next_unpin(&mut context) {
        take(item);
    }
}

/// Reads a long stream through the client, and gives how many kB the memory grew meanwhile.
fn long(megabytes: usize) -> f64 {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(async {
        // Whatever is allocated once is allocated by the first.
        read_long(1 << 20).await;
        let before = peak();
        let start = Instant::now();
        let events = read_long(megabytes * 1_000_000).await;
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "\n{megabytes} MB through the client: {events} typed events, {:.0} MB/s, peak memory {} kB before and {} kB after",
            megabytes as f64 / seconds,
            before,
            peak()
        );
        peak().saturating_sub(before) as f64
    })
}

async fn read_long(bytes: usize) -> usize {
    let chunks = chunks(1 << 14);
    let all: usize = chunks.iter().map(Bytes::len).sum();
    let rounds = bytes.div_ceil(all);
    let service = tower::service_fn(move |_| {
        let end = Bytes::from_static(b"event: done\ndata: [DONE]\n\n");
        // The bytes are copied, as those of a socket would be.
        let chunks = chunks
            .clone()
            .into_iter()
            .cycle()
            .take(rounds * chunks.len());
        let chunks = chunks
            .map(|chunk| Bytes::copy_from_slice(&chunk))
            .chain([end]);
        let frames = chunks.map(|chunk| Ok::<_, Infallible>(http_body::Frame::data(chunk)));
        async { Ok::<_, Infallible>(http::Response::new(StreamBody::new(stream::iter(frames)))) }
    });
    let client = Client::builder()
        .service(service)
        .build()
        .expect("a client");
    let request = types::CreateRunRequest::new("asst_1");
    let call = client.create_run("thread_1", request).stream();
    let mut events = call.await.expect("a stream");
    let mut count = 0;
    while let Some(event) = events.try_next().await.expect("the stream is one") {
        black_box(event);
        count += 1;
    }
    count
}

/// The most memory that this process has had, in kB; 0 where the system does not say.
fn peak() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number
        .and_then(|number| number.parse().ok())
        .unwrap_or_default()
}
