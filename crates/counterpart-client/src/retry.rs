//! Whether a call is sent again, and when: the policy of the official SDKs, with their figures, and safer.
//!
//! Statuses 408, 409, 429 and from 500 on are retried, and `x-should-retry` overrules that. The service's own delay
//! (`retry-after-ms`, `Retry-After` in seconds or as a date) goes before ours, which is 0.5 s, doubled to at most 8 s,
//! with up to a quarter of it taken off at random. What they do and this does not: send a `POST` again of which
//! nobody knows whether it arrived, and retry a 429 that waiting cannot cure.

use std::fmt;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::{Duration, SystemTime};

use http::header::RETRY_AFTER;
use http::{HeaderMap, StatusCode};

use crate::TransportKind;
use crate::message;

/// How often and how patiently a call is sent again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct RetryPolicy {
    /// Retries after the first attempt; 2 unless told.
    pub retries: u32,
    /// The wait before the first retry; 0.5 s unless told. It doubles with each.
    pub first_wait: Duration,
    /// The longest wait of our own; 8 s unless told.
    pub longest_wait: Duration,
    /// The longest wait a service may ask for; 120 s unless told. If it asks for more, the call ends at once.
    pub longest_asked_wait: Duration,
    /// Error codes in a 429 that no waiting cures; `insufficient_quota` unless told.
    pub final_codes: &'static [&'static str],
}

impl Default for RetryPolicy {
    fn default() -> Self {
        Self {
            retries: 2,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(8),
            longest_asked_wait: Duration::from_secs(120),
            final_codes: &["insufficient_quota"],
        }
    }
}

/// One attempt of a call, as it went.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Attempt {
    /// How it ended.
    pub outcome: Outcome,
    /// How long it took.
    pub elapsed: Duration,
    /// What followed.
    pub verdict: Verdict,
}

/// How an attempt ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The service answered.
    Status(StatusCode),
    /// There was no whole answer.
    Fault(TransportKind),
}

/// What followed an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Verdict {
    /// It was the answer.
    Accepted,
    /// The call was sent again after this wait.
    Retried(Duration),
    /// An error that sending again would not change.
    Permanent,
    /// No retry was left.
    NoneLeft,
    /// The service may have acted on the request, and acting twice may do harm.
    MaybeDone,
    /// The service said not to retry.
    Forbidden,
    /// The service asked for a longer wait than the policy allows.
    WaitTooLong(Duration),
    /// The deadline would have passed before the next attempt.
    DeadlineNear,
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Accepted => f.write_str("accepted"),
            Self::Retried(wait) => write!(f, "sent again after {wait:?}"),
            Self::Permanent => f.write_str("not sent again: that would not change it"),
            Self::NoneLeft => f.write_str("no retry left"),
            Self::MaybeDone => f.write_str(
                "not sent again: the service may have acted on it (`Options::idempotent` says that this does no harm)",
            ),
            Self::Forbidden => f.write_str("not sent again: the service said not to"),
            Self::WaitTooLong(wait) => {
                write!(f, "not sent again: the service asked to wait {wait:?}")
            }
            Self::DeadlineNear => f.write_str("not sent again: the deadline is too near"),
        }
    }
}

/// An attempt that did not succeed, as far as the policy looks at it.
pub(crate) enum Failed<'a> {
    /// The service's answer, its status being an error.
    Answer {
        status: StatusCode,
        headers: &'a HeaderMap,
        body: &'a [u8],
    },
    /// No answer. `sent` is false if nothing can have reached the service.
    Fault { kind: TransportKind, sent: bool },
}

/// What the policy has to know beside the failed attempt itself.
pub(crate) struct Circumstances {
    /// Attempts so far, this one included.
    pub(crate) attempts: u32,
    /// Whether acting twice does no harm.
    pub(crate) repeatable: bool,
    /// Whether the caller has said that acting twice does harm.
    pub(crate) harmful: bool,
    /// Time left until the deadline.
    pub(crate) left: Option<Duration>,
    /// Between 0 and 1.
    pub(crate) random: f64,
    pub(crate) now: SystemTime,
}

impl RetryPolicy {
    /// Whether an answer with this status may lead to a retry at all.
    pub(crate) fn considers(&self, status: StatusCode, headers: &HeaderMap) -> bool {
        should_retry(headers).unwrap_or_else(|| is_temporary(status))
    }

    /// [`Verdict::Retried`], or why not.
    pub(crate) fn judge(&self, failed: &Failed<'_>, circumstances: &Circumstances) -> Verdict {
        let wait = match self.wait(failed, circumstances) {
            Ok(wait) => wait,
            Err(verdict) => return verdict,
        };
        if circumstances.attempts > self.retries {
            return Verdict::NoneLeft;
        }
        match circumstances.left {
            Some(left) if left <= wait => Verdict::DeadlineNear,
            _ => Verdict::Retried(wait),
        }
    }

    fn wait(
        &self,
        failed: &Failed<'_>,
        circumstances: &Circumstances,
    ) -> Result<Duration, Verdict> {
        let own = self.backoff(circumstances.attempts, circumstances.random);
        match failed {
            Failed::Fault { kind, .. } if kind.is_final() => Err(Verdict::Permanent),
            Failed::Fault { sent: true, .. } if !circumstances.repeatable => {
                Err(Verdict::MaybeDone)
            }
            Failed::Fault { .. } => Ok(own),
            Failed::Answer {
                status,
                headers,
                body,
            } => {
                self.check_answer(*status, headers, body)?;
                if circumstances.harmful && !refuses(*status) && should_retry(headers).is_none() {
                    return Err(Verdict::MaybeDone);
                }
                match asked_wait(headers, circumstances.now) {
                    Some(wait) if wait > self.longest_asked_wait => Err(Verdict::WaitTooLong(wait)),
                    Some(wait) if !wait.is_zero() => Ok(wait),
                    _ => Ok(own),
                }
            }
        }
    }

    fn check_answer(
        &self,
        status: StatusCode,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<(), Verdict> {
        if should_retry(headers) == Some(false) {
            return Err(Verdict::Forbidden);
        }
        if !self.considers(status, headers) {
            return Err(Verdict::Permanent);
        }
        let codes = message::codes(body);
        let is_final = |code: &String| self.final_codes.contains(&code.as_str());
        if status == StatusCode::TOO_MANY_REQUESTS && codes.iter().any(is_final) {
            return Err(Verdict::Permanent);
        }
        Ok(())
    }

    /// Our own wait after this many attempts.
    fn backoff(&self, attempts: u32, random: f64) -> Duration {
        let doublings = attempts.saturating_sub(1).min(31);
        let whole = self
            .first_wait
            .saturating_mul(1 << doublings)
            .min(self.longest_wait);
        whole.mul_f64(1.0 - 0.25 * random)
    }
}

fn is_temporary(status: StatusCode) -> bool {
    matches!(status.as_u16(), 408 | 409 | 429 | 500..)
}

/// Whether a status that may be retried says that nothing was done: others come from gateways as well, which gave up
/// on a service that may have gone on.
fn refuses(status: StatusCode) -> bool {
    matches!(status.as_u16(), 409 | 429 | 503)
}

/// What the service says for itself about retrying.
fn should_retry(headers: &HeaderMap) -> Option<bool> {
    match headers.get("x-should-retry")?.as_bytes() {
        b"true" => Some(true),
        b"false" => Some(false),
        _ => None,
    }
}

/// The wait that the service asks for.
fn asked_wait(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let text = |name: &str| headers.get(name)?.to_str().ok().map(str::trim);
    if let Some(wait) = text("retry-after-ms").and_then(|text| seconds(text, 1000.0)) {
        return Some(wait);
    }
    let after = text(RETRY_AFTER.as_str())?;
    if let Some(wait) = seconds(after, 1.0) {
        return Some(wait);
    }
    httpdate::parse_http_date(after)
        .ok()?
        .duration_since(now)
        .ok()
}

/// A number of units, so many to the second; `None` if it is negative or no number. What no clock can count is longer
/// than anyone waits.
fn seconds(text: &str, units: f64) -> Option<Duration> {
    let seconds = text.parse::<f64>().ok()? / units;
    (seconds >= 0.0 && seconds.is_finite())
        .then(|| Duration::try_from_secs_f64(seconds).unwrap_or(Duration::MAX))
}

/// A number from 0 to below 1. The hasher's keys are the standard library's only source of chance, and good enough to
/// spread retries.
pub(crate) fn random() -> f64 {
    let bits = RandomState::new().build_hasher().finish();
    (bits >> 11) as f64 / (1_u64 << 53) as f64
}

#[cfg(test)]
mod tests;
