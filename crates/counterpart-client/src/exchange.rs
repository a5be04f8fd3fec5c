//! A call from its first attempt to its answer, whatever its types: credentials, limits, redirects and retries.
//!
//! In: a [`Prepared`] request. Out: an [`Answer`] of any status, or a [`Failure`].

use std::time::{Duration, SystemTime};

use bytes::Bytes;
use counterpart_wire::event::Format;
use http::{HeaderMap, Method, StatusCode, Version};
use tracing::{Instrument, Span, field};

use crate::attempt::{Fault, Received, attempt};
use crate::body::{Cut, ResponseBody};
use crate::draft::Prepared;
use crate::meta::Meta;
use crate::retry::{Circumstances, Failed, random};
use crate::time::{Instant, end, sleep};
use crate::transport::BoxFuture;
use crate::{Attempt, Http, Options, Outcome, RequestError, TransportError, Verdict};

/// How much of an answer is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Want {
    /// All of it.
    Whole,
    /// Only its head if it is a success, all of it if it is an error.
    Head,
    /// The same, but all of it if it is no event stream.
    Events(Format),
    /// Only its head.
    Raw,
}

/// What becomes of a call.
pub(crate) type Exchanged = Result<Answer, Failure>;

/// What a service answered.
pub(crate) struct Answer {
    pub(crate) http: Http,
    pub(crate) meta: Meta,
    pub(crate) body: AnswerBody,
    pub(crate) options: Options,
    /// When the whole call has to be over.
    pub(crate) deadline: Option<Instant>,
}

/// An answer's body.
pub(crate) enum AnswerBody {
    /// It was read, as far as it was not cut off.
    Whole { bytes: Bytes, cut: Option<Cut> },
    /// It is still to be read.
    Live(ResponseBody),
}

/// Why there is no answer.
pub(crate) enum Failure {
    Request(RequestError),
    Transport(Box<TransportError>),
}

impl<E> From<Failure> for crate::Error<E> {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Request(error) => Self::Request(error),
            Failure::Transport(error) => Self::Transport(error),
        }
    }
}

/// Sends a request, again where the policy says so, and gives the last answer.
pub(crate) fn exchange(request: Prepared, want: Want) -> BoxFuture<'static, Exchanged> {
    let span = tracing::info_span!(
        "call",
        operation = request.operation,
        method = request.method.as_str(),
        path = request.template,
        status = field::Empty,
        attempts = field::Empty,
        request_id = field::Empty,
        elapsed_ms = field::Empty,
    );
    let run = Run::new(request, want, span.clone());
    Box::pin(Box::new(run).finish().instrument(span))
}

struct Run {
    span: Span,
    request: Prepared,
    want: Want,
    started: Instant,
    deadline: Option<Instant>,
    attempts: Vec<Attempt>,
    /// A call is sent once more, and only once, for a secret that was refreshed.
    refreshed: bool,
}

impl Run {
    fn new(request: Prepared, want: Want, span: Span) -> Self {
        Self {
            span,
            request,
            want,
            started: Instant::now(),
            deadline: None,
            attempts: Vec::new(),
            refreshed: false,
        }
    }

    /// In a box of its own, which keeps the future small.
    async fn finish(mut self: Box<Self>) -> Exchanged {
        // Time counts from the first poll: a call may be made long before it is sent.
        self.started = Instant::now();
        self.deadline = end(self.request.options.deadline);
        loop {
            let begun = Instant::now();
            let tried = attempt(&self.request, self.want, self.deadline).await;
            let refreshed =
                !self.refreshed && !self.request.body.is_spent() && tried.refreshed(&self.request);
            let verdict = if refreshed {
                self.refreshed = true;
                Verdict::Retried(Duration::ZERO)
            } else {
                self.judge(&tried.result)
            };
            let outcome = outcome(&tried.result);
            self.attempts.push(Attempt {
                outcome,
                elapsed: begun.elapsed(),
                verdict,
            });
            let Verdict::Retried(wait) = verdict else {
                return self.conclude(tried.result);
            };
            tracing::debug!(?outcome, ?wait, "sending again");
            // An answer's connection is free for others from here on.
            drop(tried);
            sleep(wait).await;
        }
    }

    fn judge(&self, result: &Result<Received, Fault>) -> Verdict {
        let failed = match result {
            Ok(received) if received.status.is_success() => return Verdict::Accepted,
            Ok(received) => Failed::Answer {
                status: received.status,
                headers: &received.headers,
                body: received.body.read(),
            },
            Err(fault) => Failed::Fault {
                kind: fault.kind,
                sent: fault.sent,
            },
        };
        let options = &self.request.options;
        // What was read while it was sent is gone, whatever became of it.
        if self.request.body.is_spent() {
            return Verdict::MaybeDone;
        }
        let repeatable = options
            .idempotent
            .unwrap_or_else(|| is_idempotent(&self.request.method));
        // This attempt counts; the one that a refreshed secret was worth does not.
        let attempts = self.attempts.len() + 1 - usize::from(self.refreshed);
        let circumstances = Circumstances {
            attempts: u32::try_from(attempts).unwrap_or(u32::MAX),
            repeatable,
            harmful: options.idempotent == Some(false),
            left: self
                .deadline
                .map(|end| end.saturating_duration_since(Instant::now())),
            random: random(),
            now: SystemTime::now(),
        };
        options.retry.judge(&failed, &circumstances)
    }

    fn conclude(mut self, result: Result<Received, Fault>) -> Exchanged {
        self.span.record("attempts", self.attempts.len());
        let elapsed = self.started.elapsed().as_millis();
        self.span
            .record("elapsed_ms", u64::try_from(elapsed).unwrap_or(u64::MAX));
        match result {
            Ok(received) => {
                let head = (received.status, received.version, received.headers);
                let attempts = std::mem::take(&mut self.attempts);
                let meta = self.meta(head, attempts);
                self.span.record("status", meta.status.as_u16());
                self.span.record("request_id", meta.request_id());
                let (options, deadline) = (self.request.options, self.deadline);
                Ok(Answer {
                    http: self.request.http,
                    meta,
                    body: received.body,
                    options,
                    deadline,
                })
            }
            Err(fault) => Err(Failure::Transport(Box::new(self.error(fault)))),
        }
    }

    fn meta(&self, head: (StatusCode, Version, HeaderMap), attempts: Vec<Attempt>) -> Meta {
        let (status, version, headers) = head;
        Meta {
            operation: self.request.operation,
            status,
            version,
            headers,
            attempts,
            elapsed: self.started.elapsed(),
            request_id: self.request.http.shared().request_id,
        }
    }

    fn error(self, fault: Fault) -> TransportError {
        let partial = fault.partial.map(|partial| {
            let (head, body) = *partial;
            (self.meta(head, Vec::new()), body)
        });
        TransportError {
            operation: self.request.operation,
            kind: fault.kind,
            limit: fault.limit,
            cause: fault.cause,
            partial,
            attempts: self.attempts,
        }
    }
}

fn outcome(result: &Result<Received, Fault>) -> Outcome {
    match result {
        Ok(received) => Outcome::Status(received.status),
        Err(fault) => Outcome::Fault(fault.kind),
    }
}

impl AnswerBody {
    /// What of the body has been read.
    fn read(&self) -> &[u8] {
        match self {
            Self::Whole { bytes, .. } => bytes,
            Self::Live(_) => &[],
        }
    }
}

/// Whether a request by this method may be sent twice. `QUERY` is safe: it asks as `GET` does, with a body.
fn is_idempotent(method: &Method) -> bool {
    method.is_idempotent() || method.as_str() == "QUERY"
}
