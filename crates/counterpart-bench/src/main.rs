//! Prints how fast the generated types are, beside derived ones and `serde_json::Value`.
//!
//! The ways to do one thing take turns in one process, and the best time of each counts, so that whatever else the
//! machine does hits them alike. Each thing has a process of its own, because what came before leaves the heap in pieces.

use counterpart_bench::candidates::{Case, Work, cases};
use std::process::{Command, ExitCode};
use std::time::{Duration, Instant};

/// How long each way runs before its time is taken once: short, for some turns to be left alone by whatever else runs.
const TURN: Duration = Duration::from_millis(2);

/// How many times each way has its turn.
const TURNS: usize = 150;

/// In front of the name of the one thing that a process of its own measures.
const ALONE: &str = "--alone";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let cases = cases();
    if let [flag, name] = &words[..]
        && flag == ALONE
    {
        let case = cases.iter().find(|case| case.name == *name);
        println!("{}", row(case.expect("the name of a case")));
        return ExitCode::SUCCESS;
    }
    println!(
        "{:<40} {:>9} {:>9} {:>9}   {:>8} {:>8}",
        "", "ours", "derived", "Value", "derived", "Value"
    );
    println!(
        "{:<40} {:>9} {:>9} {:>9}   {:>8} {:>8}",
        "", "MB/s", "MB/s", "MB/s", "/ ours", "/ ours"
    );
    // A word or two pick what is measured.
    let picked = |case: &&Case| words.iter().all(|word| case.name.contains(word));
    let program = std::env::current_exe().expect("a program knows where it is");
    for case in cases.iter().filter(picked) {
        let measured = Command::new(&program).arg(ALONE).arg(&case.name).status();
        if !measured.is_ok_and(|status| status.success()) {
            eprintln!("error: {} could not be measured", case.name);
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

/// One line of the table. A ratio above 1 says that ours is faster.
fn row(case: &Case) -> String {
    let ways = [&case.ours, &case.derived, &case.value];
    let times = ways.map(times);
    let mut best = [f64::INFINITY; 3];
    for _ in 0..TURNS {
        for ((way, times), best) in ways.iter().zip(times).zip(&mut best) {
            *best = best.min(seconds(way, times));
        }
    }
    let [ours, derived, value] = best;
    let speed = |seconds: f64| case.bytes as f64 / seconds / 1e6;
    format!(
        "{:<40} {:>9.0} {:>9.0} {:>9.0}   {:>7.2}x {:>7.2}x",
        case.name,
        speed(ours),
        speed(derived),
        speed(value),
        derived / ours,
        value / ours
    )
}

/// How many times a piece of work fits into a turn.
fn times(work: &Work) -> u32 {
    work();
    let once = seconds(work, 1).max(1e-9);
    (TURN.as_secs_f64() / once).clamp(1.0, 100_000.0) as u32
}

/// How long a piece of work takes, on average of this many times.
fn seconds(work: &Work, times: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..times {
        work();
    }
    start.elapsed().as_secs_f64() / f64::from(times)
}
