//! Prints how much a generated server gets done, beside hand-written axum apps that do the same with the same types.
//!
//! Each has a thread of its own and one connection over the loopback interface, on which requests follow each other
//! without waiting. They take turns; the middle of the ratios counts, so that whatever else the machine does hits all
//! alike. Then the memory of the process before and after as many requests as an hour may bring, and what a request
//! waits for beside ten thousand open streams. With `--check` it fails where a figure is not good enough.

mod bare;
mod crowd;
mod load;
mod service;

use std::process::ExitCode;

use axum::Router;
use counterpart_bench::check::Check;

use load::{Load, listening};

/// How many turns each has.
const TURNS: usize = 41;

/// What ours gets done at least, as a share of what one by hand does.
const SHARE: f64 = 0.97;

/// A hundred requests a second, for an hour.
const HOUR: usize = 360_000;

/// How much more memory may be held after that hour, in kB: allocators do not give all back.
const GROWTH: f64 = 4096.0;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    match arguments.next().as_deref() {
        Some(crowd::SERVER) => return crowd::server(),
        Some(crowd::CALLERS) => return crowd::callers(),
        _ => {}
    }
    let mut check = Check::from_args();
    throughput(&mut check);
    memory(&mut check);
    crowd::run(&mut check);
    check.finish()
}

/// Requests, and events of streams.
fn throughput(check: &mut Check) {
    let ours = listening(ours());
    let by_hand = listening(bare::layered());
    let plain = listening(bare::plain());
    println!(
        "{:<22} {:>11} {:>11} {:>8} {:>11} {:>8}",
        "", "ours /s", "by hand /s", "ratio", "bare /s", "ratio"
    );
    for (name, request) in [
        ("GET a thread", load::fetch()),
        ("POST a thread", load::create()),
        ("events of a stream", load::stream()),
    ] {
        let mut all = [ours, by_hand, plain].map(|address| Load::new(address, &request));
        let ratio = compare(name, &mut all);
        check.at_least(name, ratio, SHARE);
    }
}

/// Prints a line, and gives the ratio to what is written by hand and does all that ours does.
fn compare(name: &str, all: &mut [Load; 3]) -> f64 {
    // Connections and caches.
    all.iter_mut().for_each(|load| _ = load.turn());
    let mut best = [0.0_f64; 3];
    let mut ratios = [Vec::new(), Vec::new()];
    for _ in 0..TURNS {
        let turns = all.each_mut().map(Load::turn);
        best = std::array::from_fn(|index| best[index].max(turns[index]));
        ratios[0].push(turns[0] / turns[1]);
        ratios[1].push(turns[0] / turns[2]);
    }
    let [by_hand, plain] = ratios.map(|mut ratios| {
        ratios.sort_by(f64::total_cmp);
        ratios[TURNS / 2]
    });
    println!(
        "{name:<22} {:>11.0} {:>11.0} {by_hand:>8.3} {:>11.0} {plain:>8.3}",
        best[0], best[1], best[2]
    );
    by_hand
}

/// An hour of requests: objects, and streams of which every other one is left in the middle.
fn memory(check: &mut Check) {
    let address = listening(ours());
    let mut objects = Load::new(address, &load::create());
    let mut streams = Load::new(address, &load::stream());
    let mut round = || {
        let mut asked = objects.batches(30);
        asked += streams.batches(1);
        asked + load::leave(address, 8)
    };
    (0..20).for_each(|_| _ = round());
    let before = resident();
    let mut asked = 0;
    while asked < HOUR {
        asked += round();
    }
    let after = resident();
    println!("memory: {before:.0} kB, after {asked} requests {after:.0} kB");
    check.at_most("memory that an hour adds, in kB", after - before, GROWTH);
}

fn ours() -> Router {
    Router::new().nest("/v1", assistants_server::router(service::Service))
}

/// What the process holds in memory, in kB; 0 where the system does not tell.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let number = line.and_then(|line| line.split_whitespace().next());
    number.and_then(|number| number.parse().ok()).unwrap_or(0.0)
}
