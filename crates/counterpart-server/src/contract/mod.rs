//! Whether a service keeps to its document: requests made from the document's schemas in, what is wrong with the
//! answers out. For the tests of a service, which enable the feature `contract`:
//!
//! ```
//! # use counterpart_server::{Routes, contract::Contract};
//! # async fn test(routes: Routes<()>, document: &str) {
//! let contract = Contract::of(document)
//!     .header("authorization", "Bearer sk-test")
//!     .given("thread_id", "thread_1");
//! contract.check(routes.into_router()).await.expect_clean();
//! # }
//! ```
//!
//! Every operation gets a request with all that its schemas know, one with only what they require and, where it
//! streams, one for a stream; and then requests that it has to refuse. Each answer must have a status, a media type
//! and a body that the document lists, within the limits that it sets. Events must be of their schema, come to the
//! end that it has, and be the same however they are cut. An operation that never succeeds is a finding, too: what
//! its paths name must be there, by [`Contract::given`] or [`Contract::prepare`].
//!
//! Bodies of requests are JSON, or forms, of which only right ones are made; an operation that takes only others is tried
//! without one.

mod answer;
mod document;
mod events;
mod made;
mod schema;
mod trial;

use std::cmp::Reverse;
use std::fmt;
use std::pin::Pin;
use std::sync::Arc;

use axum::Router;
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use document::{Document, Operation};
pub use made::Made;
use trial::{Given, Trial, Wanted};

/// What a hook makes: names and values.
type Prepared = Pin<Box<dyn Future<Output = Vec<(&'static str, String)>> + Send>>;
type Hook = dyn Fn(Router, String) -> Prepared + Send + Sync;

/// A document, and what its requests need beside.
#[derive(Clone)]
pub struct Contract {
    document: Value,
    headers: HeaderMap,
    given: Given,
    prepare: Option<Arc<Hook>>,
}

/// What came of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use = "a report that nobody looks at finds nothing"]
pub struct Report {
    /// How many requests were sent.
    pub requests: usize,
    /// What was wrong.
    pub findings: Vec<Finding>,
}

/// An answer that the document does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The operation's id.
    pub operation: String,
    /// What was sent.
    pub request: String,
    /// What is wrong with the answer.
    pub problem: String,
}

impl Contract {
    /// The contract of this document, which is JSON. One that is not has no operations, and so nothing to find.
    pub fn of(document: &str) -> Self {
        Self {
            document: serde_json::from_str(document).unwrap_or_default(),
            headers: HeaderMap::new(),
            given: Given::new(),
            prepare: None,
        }
    }

    /// Sends this header with every request. With an `authorization` it is also tried what comes without it.
    ///
    /// # Panics
    ///
    /// If no header can be that.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("a name of a header");
        let value = HeaderValue::try_from(value).expect("a value of a header");
        self.headers.insert(name, value);
        self
    }

    /// Says what exists in the service: requests have this value for parameters of this name, and for texts of this
    /// name in their bodies.
    #[must_use]
    pub fn given(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.given.insert(name.into(), value.into());
        self
    }

    /// Makes what has to exist, before each request that is to succeed: the hook is called with the router and the
    /// operation's id, and what it comes back with is [`given`](Self::given) to that request.
    #[must_use]
    pub fn prepare<F, P>(mut self, hook: F) -> Self
    where
        F: Fn(Router, String) -> P + Send + Sync + 'static,
        P: Future<Output = Vec<(&'static str, String)>> + Send + 'static,
    {
        self.prepare = Some(Arc::new(move |app, operation| {
            Box::pin(hook(app, operation))
        }));
        self
    }

    /// Tries every operation of a router, which is not nested. What deletes comes last, and first of it what is deep.
    pub async fn check(&self, app: Router) -> Report {
        let mut report = Report::default();
        let mut operations: Vec<Operation<'_>> = Document(&self.document).operations().collect();
        operations.sort_by_key(|it| match it.method {
            "delete" => (true, Reverse(it.path.split('/').count())),
            _ => (false, Reverse(0)),
        });
        for operation in operations {
            self.check_right(&app, operation, &mut report).await;
            let given = self.existing(&app, operation).await;
            for trial in trial::wrong(operation, &self.headers, &given) {
                report.tried(&app, operation, &trial).await;
            }
        }
        report
    }

    /// Sends what an operation has to serve. Each request has what it needs anew: the one before may have deleted it.
    async fn check_right(&self, app: &Router, operation: Operation<'_>, report: &mut Report) {
        let mut statuses = [(Wanted::Any, Vec::new()), (Wanted::Events, Vec::new())];
        let count = trial::right(operation, &self.headers, &self.given).len();
        for index in 0..count {
            let given = self.existing(app, operation).await;
            let trial = trial::right(operation, &self.headers, &given).swap_remove(index);
            let status = report.tried(app, operation, &trial).await;
            let of = statuses
                .iter_mut()
                .filter(|(wanted, _)| *wanted == trial.wanted);
            of.for_each(|(_, statuses)| statuses.extend(status));
        }
        // What takes no JSON was not asked in a right way.
        let is_made = operation.body().is_some() || operation.form().is_some();
        if operation.has_body() && !is_made {
            return;
        }
        for (wanted, statuses) in statuses {
            let served = |status: &u16| (200..400).contains(status) || *status == 501;
            let failed = !statuses.is_empty() && !statuses.iter().any(served);
            let what = match wanted {
                Wanted::Events => "as a stream",
                Wanted::Any | Wanted::Refusal(_) => "in any way",
            };
            let problem = format!("never succeeded, but was answered with {statuses:?}");
            report.add(operation, what, failed.then_some(problem));
        }
    }

    async fn existing(&self, app: &Router, operation: Operation<'_>) -> Given {
        let mut given = self.given.clone();
        if let Some(prepare) = &self.prepare {
            let prepared = prepare(app.clone(), operation.id.to_owned()).await;
            given.extend(
                prepared
                    .into_iter()
                    .map(|(name, value)| (name.to_owned(), value)),
            );
        }
        given
    }
}

impl Report {
    /// Nothing but the number of requests, if nothing was found.
    ///
    /// # Panics
    ///
    /// With all that was found, else; and if there was nothing to send.
    pub fn expect_clean(self) -> usize {
        assert!(self.findings.is_empty() && self.requests > 0, "{self}");
        self.requests
    }

    /// Sends a request and notes what is wrong with the answer; the status is that of the answer.
    async fn tried(
        &mut self,
        app: &Router,
        operation: Operation<'_>,
        trial: &Trial,
    ) -> Option<u16> {
        self.requests += 1;
        let answer = answer::send(app, operation, trial).await;
        let problem = match &answer {
            Ok(answer) => answer.problem(operation, trial),
            Err(problem) => Some(problem.clone()),
        };
        self.add(operation, &trial.what, problem);
        answer.ok().map(|answer| answer.status.as_u16())
    }

    fn add(&mut self, operation: Operation<'_>, request: &str, problem: Option<String>) {
        self.findings.extend(problem.map(|problem| Finding {
            operation: operation.id.to_owned(),
            request: request.to_owned(),
            problem,
        }));
    }
}

/// The hook says nothing of itself.
impl fmt::Debug for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contract")
            .field("title", &self.document["info"]["title"])
            .field("given", &self.given)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} requests, {} findings",
            self.requests,
            self.findings.len()
        )?;
        self.findings.iter().try_for_each(
            |Finding {
                 operation,
                 request,
                 problem,
             }| { writeln!(f, "{operation} {request}: {problem}") },
        )
    }
}
