//! A service that plays a story, and remembers what it was asked.

use std::sync::{Arc, Mutex, MutexGuard};

use assistants_client::Client;
use assistants_client::types::{AssistantStreamEvent as Event, *};
use assistants_runs::{RunDriver, ToolError, Tools};
use assistants_server::*;
use schemars::JsonSchema;
use serde::Deserialize;

use crate::story::{RUN, State, Story, THREAD, run};
use crate::wire::Wire;

/// The service. Clones share everything.
#[derive(Clone)]
pub(crate) struct World(Arc<Mutex<Play>>);

/// Everybody may ask.
impl Open for World {}

/// What there is of a story, and how it is told.
pub(crate) struct Play {
    story: Story,
    /// The round that is being played, and how many of its events have happened.
    round: usize,
    happened: usize,
    /// How many events happen between two looks at the run.
    pub(crate) pace: usize,
    /// What every run has in its metadata.
    metadata: Option<Metadata>,
    /// The operations that were called.
    log: Vec<&'static str>,
    /// What was submitted, round by round.
    pub(crate) outputs: Vec<Vec<ToolOutput>>,
    /// How many events of the stream of each round get through: a slow story has not gone on further by then.
    pub(crate) streamed: Vec<usize>,
    /// Whether the run was started.
    started: bool,
    cancelled: bool,
    /// Whether the run expires before its outputs are there.
    pub(crate) expires: bool,
    /// Whether it answers with runs where it was asked for streams.
    pub(crate) never_streams: bool,
}

impl World {
    /// A service whose runs are over as soon as they are begun, or come to wait.
    pub(crate) fn fast(story: Story) -> Self {
        Self::paced(story, usize::MAX)
    }

    /// A service in which so many events happen between two looks.
    pub(crate) fn paced(story: Story, pace: usize) -> Self {
        Self(Arc::new(Mutex::new(Play {
            story,
            round: 0,
            happened: 0,
            pace,
            metadata: None,
            log: Vec::new(),
            outputs: Vec::new(),
            streamed: Vec::new(),
            started: false,
            cancelled: false,
            expires: false,
            never_streams: false,
        })))
    }

    pub(crate) fn play(&self) -> MutexGuard<'_, Play> {
        self.0.lock().unwrap()
    }

    /// How often an operation was called.
    pub(crate) fn count(&self, operation: &str) -> usize {
        let play = self.play();
        play.log
            .iter()
            .filter(|called| **called == operation)
            .count()
    }

    pub(crate) fn log(&self) -> Vec<&'static str> {
        self.play().log.clone()
    }

    pub(crate) fn is_cancelled(&self) -> bool {
        self.play().cancelled
    }

    /// Whether the run got a mark.
    pub(crate) fn mark(&self) -> Option<String> {
        let play = self.play();
        play.metadata.as_ref()?.get(assistants_runs::MARK).cloned()
    }

    /// A client of it over this wire.
    pub(crate) fn client(&self, wire: Wire) -> Client {
        let app = Router::new().nest("/v1", router(self.clone()));
        let builder = Client::builder().credentials("sk-test").retries(0);
        builder.service(wire.over(app)).build().unwrap()
    }
}

impl Play {
    /// Begins a round: the events of its stream.
    fn begin(&mut self, round: usize, is_streamed: bool) -> EventStream<Event> {
        let all = self.story[round].len();
        let streamed = match self.streamed.get(round) {
            Some(events) => (*events).max(1),
            None if is_streamed => all,
            None => 1,
        };
        self.round = round;
        self.happened = self.pace.max(streamed).min(all);
        let events = self.story[round].clone();
        let events: Vec<_> = events.into_iter().map(|event| self.marked(event)).collect();
        EventStream::iter(events)
    }

    fn state(&self) -> State {
        let past = self.story[..self.round].iter().flatten();
        let now = &self.story[self.round][..self.happened];
        State::after(past.chain(now))
    }

    fn run(&self) -> Run {
        let mut now = self.state().run.unwrap_or_else(|| run(RunStatus::Queued));
        if self.cancelled {
            now.status = RunStatus::Cancelled;
            now.required_action = None;
        }
        now.metadata.clone_from(&self.metadata);
        now
    }

    fn marked(&self, event: Event) -> Event {
        let with = |run: Run| Run {
            metadata: self.metadata.clone(),
            ..run
        };
        match event {
            Event::ThreadRunCreated(run) => Event::ThreadRunCreated(with(run)),
            Event::ThreadRunCompleted(run) => Event::ThreadRunCompleted(with(run)),
            other => other,
        }
    }

    fn start(
        &mut self,
        metadata: Nullable<Metadata>,
        stream: bool,
    ) -> Result<EventStream<Event>, ApiError> {
        if self.started {
            return Err(ApiError::bad_request(
                "Thread thread_1 already has an active run run_1.",
            ));
        }
        self.started = true;
        self.metadata = metadata.into();
        Ok(self.begin(0, stream))
    }
}

/// Answers of the operations that the story is about.
impl Play {
    fn is_streamed(&self, asked: &Nullable<bool>) -> bool {
        *asked == Nullable::Value(true) && !self.never_streams
    }

    fn create_run(&mut self, request: CreateRun) -> Result<CreateRunReply, ApiError> {
        let is_streamed = self.is_streamed(&request.body.stream);
        let events = self.start(request.body.metadata, is_streamed)?;
        Ok(match is_streamed {
            true => CreateRunReply::Events(events),
            false => CreateRunReply::Ok(self.run()),
        })
    }

    fn create_thread_and_run(
        &mut self,
        request: CreateThreadAndRun,
    ) -> Result<CreateThreadAndRunReply, ApiError> {
        self.story[0].insert(0, Event::ThreadCreated(Thread::new(THREAD, 0)));
        let is_streamed = self.is_streamed(&request.body.stream);
        let events = self.start(request.body.metadata, is_streamed)?;
        Ok(match is_streamed {
            true => CreateThreadAndRunReply::Events(events),
            false => CreateThreadAndRunReply::Ok(self.run()),
        })
    }

    fn get_run(&mut self, request: GetRun) -> Result<GetRunReply, ApiError> {
        assert_eq!(
            (request.thread_id.as_str(), request.run_id.as_str()),
            (THREAD, RUN)
        );
        let seen = self.run();
        let all = self.story[self.round].len();
        self.happened = self.happened.saturating_add(self.pace).min(all);
        Ok(seen.into())
    }

    fn list_runs(&mut self, _: ListRuns) -> Result<ListRunsReply, ApiError> {
        let other = Run {
            id: "run_0".to_owned(),
            ..run(RunStatus::Completed)
        };
        let ours = self.started.then(|| self.run());
        let data = ours.into_iter().chain([other]).collect();
        Ok(ListRunsResponse {
            data,
            first_id: None,
            last_id: None,
            has_more: false,
        }
        .into())
    }

    fn list_run_steps(&mut self, _: ListRunSteps) -> Result<ListRunStepsReply, ApiError> {
        Ok(ListRunStepsResponse {
            data: self.state().steps,
            first_id: None,
            last_id: None,
            has_more: false,
        }
        .into())
    }

    fn list_messages(&mut self, request: ListMessages) -> Result<ListMessagesReply, ApiError> {
        assert_eq!(request.run_id.as_deref(), Some(RUN));
        Ok(ListMessagesResponse {
            data: self.state().messages,
            first_id: None,
            last_id: None,
            has_more: false,
        }
        .into())
    }

    fn submit_tool_outputs_to_run(
        &mut self,
        request: SubmitToolOutputsToRun,
    ) -> Result<SubmitToolOutputsToRunReply, ApiError> {
        if self.expires {
            self.story = crate::story::ends(run(RunStatus::Expired));
            self.happened = self.story[0].len();
        }
        let status = self.run().status;
        if status != RunStatus::RequiresAction {
            let message = format!("Runs in status '{status}' do not accept tool outputs.");
            return Err(ApiError::bad_request(message));
        }
        let is_streamed = self.is_streamed(&request.body.stream);
        self.outputs.push(request.body.tool_outputs);
        let events = self.begin(self.round + 1, is_streamed);
        Ok(match is_streamed {
            true => SubmitToolOutputsToRunReply::Events(events),
            false => SubmitToolOutputsToRunReply::Ok(self.run()),
        })
    }

    fn cancel_run(&mut self, _: CancelRun) -> Result<CancelRunReply, ApiError> {
        self.cancelled = true;
        Ok(self.run().into())
    }
}

/// All methods are alike. One that is missing here, because it is new in the document, does not compile.
macro_rules! world {
    (
        {$($method:ident $request:ident $reply:ident;)*}
        else {$($other:ident $other_request:ident $other_reply:ident;)*}
    ) => {
        impl AssistantsApi for World {
            $(async fn $method(&self, cx: Context, request: $request) -> Result<$reply, ApiError> {
                let mut play = self.play();
                play.log.push(cx.operation());
                play.$method(request)
            })*

            $(async fn $other(&self, _: Context, _: $other_request) -> Result<$other_reply, ApiError> {
                Err(ApiError::not_found("No part of the story."))
            })*
        }
    };
}

world! {
    {
        create_run CreateRun CreateRunReply;
        create_thread_and_run CreateThreadAndRun CreateThreadAndRunReply;
        get_run GetRun GetRunReply;
        list_runs ListRuns ListRunsReply;
        list_run_steps ListRunSteps ListRunStepsReply;
        list_messages ListMessages ListMessagesReply;
        submit_tool_outputs_to_run SubmitToolOutputsToRun SubmitToolOutputsToRunReply;
        cancel_run CancelRun CancelRunReply;
    }
    else {
        list_assistants ListAssistants ListAssistantsReply;
        create_assistant CreateAssistant CreateAssistantReply;
        get_assistant GetAssistant GetAssistantReply;
        modify_assistant ModifyAssistant ModifyAssistantReply;
        delete_assistant DeleteAssistant DeleteAssistantReply;
        create_thread CreateThread CreateThreadReply;
        get_thread GetThread GetThreadReply;
        modify_thread ModifyThread ModifyThreadReply;
        delete_thread DeleteThread DeleteThreadReply;
        create_message CreateMessage CreateMessageReply;
        get_message GetMessage GetMessageReply;
        modify_message ModifyMessage ModifyMessageReply;
        delete_message DeleteMessage DeleteMessageReply;
        modify_run ModifyRun ModifyRunReply;
        get_run_step GetRunStep GetRunStepReply;
    }
}

#[derive(Deserialize, JsonSchema)]
pub(crate) struct Place {
    pub(crate) city: String,
}

/// The function that the stories call, and how often it was called.
pub(crate) fn tools() -> (Tools, Arc<Mutex<Vec<String>>>) {
    let called = Arc::new(Mutex::new(Vec::new()));
    let log = Arc::clone(&called);
    let tools = Tools::new().function("get_weather", "The weather.", move |place: Place| {
        log.lock().unwrap().push(place.city);
        async { Ok::<_, ToolError>("9.5 °C") }
    });
    (tools, called)
}

/// The request that starts the run.
pub(crate) fn request() -> CreateRunRequest {
    CreateRunRequest::new("asst_1")
}

/// A driver of a run of the world, with its function.
pub(crate) fn driver(world: &World, wire: Wire) -> RunDriver {
    use assistants_runs::DriveRuns;
    world
        .client(wire)
        .drive_run(THREAD, request())
        .tools(&tools().0)
}
