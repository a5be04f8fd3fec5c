//! Limits and habits: what a client does by default, and a call may do otherwise.
//!
//! ```
//! use std::time::Duration;
//! use counterpart_client::Options;
//!
//! let options = Options::default().deadline(Duration::from_secs(30)).retries(5);
//! # let _ = options;
//! ```

use std::time::Duration;

use counterpart_wire::Mode;

use crate::RetryPolicy;

/// How calls are sent and answers are read. Each call starts from its client's options.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    pub(crate) timeout: Duration,
    pub(crate) deadline: Option<Duration>,
    pub(crate) idle_timeout: Duration,
    pub(crate) retry: RetryPolicy,
    /// `None` leaves it to the method.
    pub(crate) idempotent: Option<bool>,
    pub(crate) longest_body: usize,
    pub(crate) longest_event: usize,
    pub(crate) mode: Mode,
    pub(crate) credentials: bool,
    /// Whether a stream that is closed without an end event has ended.
    pub(crate) open_end: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            timeout: Duration::from_secs(600),
            deadline: None,
            idle_timeout: Duration::from_secs(600),
            retry: RetryPolicy::default(),
            idempotent: None,
            longest_body: 64 << 20,
            longest_event: 16 << 20,
            mode: Mode::Lenient,
            credentials: true,
            open_end: false,
        }
    }
}

impl Options {
    /// The time that one attempt may take, up to the end of its answer or to the beginning of its events; 600 s unless
    /// told.
    pub fn timeout(mut self, limit: Duration) -> Self {
        self.timeout = limit;
        self
    }

    /// The time that a whole call may take: attempts, waits and events; no limit unless told.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.deadline = Some(limit);
        self
    }

    /// The time that a stream may keep its reader waiting for the next event, and a body that the caller reads for its
    /// next piece; 600 s unless told. Comments and keep-alives are no events.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.idle_timeout = limit;
        self
    }

    /// How often a call is sent again at most; 2 unless told.
    pub fn retries(mut self, retries: u32) -> Self {
        self.retry.retries = retries;
        self
    }

    /// The whole retry policy.
    pub fn retry(mut self, policy: RetryPolicy) -> Self {
        self.retry = policy;
        self
    }

    /// Whether acting twice on a call does no harm, so that it may be sent again even if it may have arrived.
    /// Unless told, the method decides: `GET`, `PUT` and `DELETE` do no harm, `POST` and `PATCH` may.
    ///
    /// Told `false`, a call is not sent again either after an answer such as 500 or 504, which leaves open whether the
    /// service acted, but only after a refusal: 409, 429, 503, or where the service itself says to.
    pub fn idempotent(mut self, idempotent: bool) -> Self {
        self.idempotent = Some(idempotent);
        self
    }

    /// The longest answer that is read, in bytes; 64 MiB unless told.
    pub fn longest_body(mut self, limit: usize) -> Self {
        self.longest_body = limit;
        self
    }

    /// The longest event that is read, in bytes; 16 MiB unless told.
    pub fn longest_event(mut self, limit: usize) -> Self {
        self.longest_event = limit;
        self
    }

    /// How strictly answers are read; leniently unless told.
    ///
    /// By [`Mode::Strict`] everything that would be [drift](crate::Response::drift) is an error that says where it is:
    /// a field, an enum value, a variant or an event that the document does not list, and whatever would be repaired.
    pub fn mode(mut self, mode: Mode) -> Self {
        self.mode = mode;
        self
    }

    /// Without the client's credentials.
    pub fn anonymous(mut self) -> Self {
        self.credentials = false;
        self
    }

    /// For streams without an event that ends them: that the service closes the stream is its end, not an error.
    pub fn open_end(mut self) -> Self {
        self.open_end = true;
        self
    }
}
