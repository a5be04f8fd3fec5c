//! When a run is looked at next.

use std::time::Duration;

use http::HeaderMap;
use tokio::time::{Instant, sleep_until};

/// The time between two looks, unless the caller or the service says otherwise.
const USUAL: Duration = Duration::from_secs(1);

/// The least time between two looks, whatever anybody says.
const LEAST: Duration = Duration::from_millis(10);

/// The most time between two looks that a service may ask for, and that failed looks may lead to.
const MOST: Duration = Duration::from_secs(60);

/// How many looks in a row may fail.
const PATIENCE: u32 = 6;

/// The header by which a service says when to look again.
const HINT: &str = "openai-poll-after-ms";

/// The rhythm of looking at a run.
#[derive(Debug)]
pub(crate) struct Polls {
    told: Option<Duration>,
    hint: Option<Duration>,
    failures: u32,
    next: Instant,
}

impl Polls {
    /// Every so often if told, otherwise as the service says.
    pub(crate) fn new(told: Option<Duration>) -> Self {
        Self {
            told,
            hint: None,
            failures: 0,
            next: Instant::now(),
        }
    }

    /// The time between two looks.
    fn interval(&self) -> Duration {
        self.told.or(self.hint).unwrap_or(USUAL).max(LEAST)
    }

    /// Waits until it is time.
    pub(crate) async fn wait(&self) {
        sleep_until(self.next).await;
    }

    /// The next look is now.
    pub(crate) fn at_once(&mut self) {
        self.next = Instant::now();
    }

    /// The next look is not before the service has had time to finish what it may be doing.
    pub(crate) fn in_a_while(&mut self) {
        self.next = later(self.interval());
    }

    /// There was an answer with these headers.
    pub(crate) fn answered(&mut self, headers: &HeaderMap) {
        let text = headers.get(HINT).and_then(|value| value.to_str().ok());
        let millis = text.and_then(|text| text.trim().parse().ok());
        let hint = millis.map(|millis| Duration::from_millis(millis).min(MOST));
        self.hint = hint.or(self.hint);
        self.failures = 0;
        self.next = later(self.interval());
    }

    /// A look failed. False if it is time to give up.
    pub(crate) fn failed(&mut self) -> bool {
        self.failures += 1;
        let wait = self
            .interval()
            .saturating_mul(1 << self.failures.min(PATIENCE));
        self.next = later(wait.min(MOST));
        self.failures < PATIENCE
    }
}

fn later(wait: Duration) -> Instant {
    let now = Instant::now();
    now.checked_add(wait).unwrap_or(now + MOST)
}
