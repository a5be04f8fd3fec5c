//! How a run is to be driven: what to start, with which functions, how patiently.

use std::time::Duration;

use assistants_client::Client;
use assistants_client::types::{CreateRunRequest, CreateThreadAndRunRequest, RunInclude};

use crate::engine::Engine;
use crate::{Error, RunEnd, RunEvents, Tools};

/// Runs that are driven to their end, as methods of the client.
///
/// Nothing is sent before [`RunDriver::run_to_end`] or the first event of [`RunDriver::stream`] is awaited.
pub trait DriveRuns {
    /// Starts a run of a thread.
    fn drive_run(&self, thread_id: &str, request: CreateRunRequest) -> RunDriver;

    /// Creates a thread and starts a run of it.
    ///
    /// If the answer is lost before it has named the thread, nobody can find the run any more. Where that matters,
    /// create the thread first: a thread that was lost costs nothing.
    fn drive_thread_and_run(&self, request: CreateThreadAndRunRequest) -> RunDriver;

    /// Goes on with a run that was started before, by this program or another.
    fn take_up_run(&self, thread_id: &str, run_id: &str) -> RunDriver;
}

impl DriveRuns for Client {
    fn drive_run(&self, thread_id: &str, request: CreateRunRequest) -> RunDriver {
        let thread_id = thread_id.to_owned();
        let request = Box::new(request);
        RunDriver::new(self, Begin::Run { thread_id, request })
    }

    fn drive_thread_and_run(&self, request: CreateThreadAndRunRequest) -> RunDriver {
        RunDriver::new(self, Begin::ThreadAndRun(Box::new(request)))
    }

    fn take_up_run(&self, thread_id: &str, run_id: &str) -> RunDriver {
        let (thread_id, run_id) = (thread_id.to_owned(), run_id.to_owned());
        RunDriver::new(self, Begin::TakeUp { thread_id, run_id })
    }
}

/// Drives one run to its end; made by [`DriveRuns`].
#[derive(Debug, Clone)]
#[must_use = "nothing is sent until the run is driven: `run_to_end` or `stream`"]
pub struct RunDriver {
    pub(crate) client: Client,
    pub(crate) begin: Begin,
    pub(crate) tools: Tools,
    pub(crate) settings: Settings,
}

/// Where a driver begins.
#[derive(Debug, Clone)]
pub(crate) enum Begin {
    Run {
        thread_id: String,
        request: Box<CreateRunRequest>,
    },
    ThreadAndRun(Box<CreateThreadAndRunRequest>),
    TakeUp {
        thread_id: String,
        run_id: String,
    },
}

/// How a run is driven.
#[derive(Debug, Clone, Default)]
pub(crate) struct Settings {
    pub(crate) poll_every: Option<Duration>,
    pub(crate) deadline: Option<Duration>,
    pub(crate) idle_timeout: Option<Duration>,
    pub(crate) include: Vec<RunInclude>,
    pub(crate) cancel_on_drop: bool,
    pub(crate) cancel_on_deadline: bool,
    pub(crate) unmarked: bool,
}

impl RunDriver {
    fn new(client: &Client, begin: Begin) -> Self {
        Self {
            client: client.clone(),
            begin,
            tools: Tools::new(),
            settings: Settings::default(),
        }
    }

    /// The functions that the run may call.
    ///
    /// This does not tell the model of them: the assistant or the request does, with
    /// [`Tools::definitions`].
    pub fn tools(mut self, tools: &Tools) -> Self {
        self.tools = tools.clone();
        self
    }

    /// How long to wait between two looks at the run; unless told, as long as the service asks for by the header
    /// `openai-poll-after-ms`, and a second if it does not.
    pub fn poll_every(mut self, interval: Duration) -> Self {
        self.settings.poll_every = Some(interval);
        self
    }

    /// How long all of it may take, functions included; no limit unless told. Time counts from the first poll of the
    /// future.
    ///
    /// When it has passed, the run is [out of time](crate::Outcome::OutOfTime), and functions that are under way are
    /// dropped. An error instead, if it is not known by then whether there is a run.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.settings.deadline = Some(limit);
        self
    }

    /// How long a stream may be silent before the run is polled instead; as the client is set, unless told: 600 s.
    pub fn idle_timeout(mut self, limit: Duration) -> Self {
        self.settings.idle_timeout = Some(limit);
        self
    }

    /// Optional parts of run steps to ask for.
    pub fn include(mut self, include: impl IntoIterator<Item = RunInclude>) -> Self {
        self.settings.include = include.into_iter().collect();
        self
    }

    /// Cancels the run if it is dropped before its end: the future of [`run_to_end`](Self::run_to_end), or the stream.
    /// Giving up on it with an error counts as well.
    ///
    /// The call is made by a task on the tokio runtime that the run was driven on, as well as it goes: if the program
    /// or that runtime ends, it is not made.
    pub fn cancel_on_drop(mut self) -> Self {
        self.settings.cancel_on_drop = true;
        self
    }

    /// Cancels the run when the deadline has passed. The call may take 5 s beyond it.
    pub fn cancel_on_deadline(mut self) -> Self {
        self.settings.cancel_on_deadline = true;
        self
    }

    /// Leaves the run's metadata as they are, without the [`MARK`](crate::MARK) by which it is found if the answer to
    /// its creation is lost.
    pub fn unmarked(mut self) -> Self {
        self.settings.unmarked = true;
        self
    }

    /// Drives the run to its end by polling.
    pub async fn run_to_end(self) -> Result<RunEnd, Error> {
        Engine::new(self, false).finish().await
    }

    /// Drives the run as its events are read: one stream from the first event to the last, whatever happens between.
    pub fn stream(self) -> RunEvents {
        RunEvents::new(self)
    }
}
