//! What happens in a run, from its start to its end.
//!
//! ```text
//! start ── queued ── in_progress ──┬── a message ── completed
//!                                  └── a function is called ── requires_action ─┬─ resume ── queued ── …
//!                                                                               └─ cancel ── cancelled
//! ```
//!
//! Each transition notes the events that a stream shows, in the order in which the API sends them. `done`, which ends
//! every stream, is no part of this: the router adds it.

use assistants_server::ApiError;
use assistants_server::types::{
    AssistantStreamEvent as Event, FunctionCall, FunctionToolCall, Message,
    MessageContentTextDelta, MessageCreation, MessageDelta, MessageDeltaFields, MessageStatus,
    MessageTextDelta, Role, Run, RunRequiredAction, RunRequiredActionSubmitToolOutputs, RunStatus,
    RunStep, RunStepStatus, RunStepType, RunToolCall, RunToolCallFunction, RunUsage, StepDetails,
    StepDetailsMessageCreation, StepDetailsToolCalls, Tool, ToolCall, ToolOutput,
};

use crate::messages::{plain_text, text};
use crate::runs::Progress;
use crate::state::{Conversation, Execution, Ids, now};
use crate::table::Table;

/// Carries one run from state to state.
pub(crate) struct Runner<'a> {
    ids: &'a mut Ids,
    messages: &'a mut Table<Message>,
    run: &'a mut Run,
    steps: &'a mut Table<RunStep>,
    events: Vec<Event>,
}

impl<'a> Runner<'a> {
    pub(crate) fn new(
        ids: &'a mut Ids,
        conversation: &'a mut Conversation,
        run_id: &str,
    ) -> Result<Self, ApiError> {
        let Execution { run, steps } = conversation.runs.get_mut(run_id)?;
        Ok(Self {
            ids,
            messages: &mut conversation.messages,
            run,
            steps,
            events: Vec::new(),
        })
    }

    /// Runs a new run: until its end, or until it needs a function.
    pub(crate) fn start(mut self) -> Progress {
        self.becomes(RunStatus::Queued, Event::ThreadRunCreated);
        self.begin();
        let function = self.run.tools.iter().find_map(|tool| match tool {
            Tool::Function(tool) => Some(tool.function.name.clone()),
            Tool::CodeInterpreter(_) | Tool::FileSearch(_) | Tool::Unknown(_) => None,
        });
        match function {
            Some(function) => self.call(&function),
            None => self.answer(&format!("You said: {}", self.said())),
        }
        self.progress()
    }

    /// Goes on with what the functions returned.
    pub(crate) fn resume(mut self, outputs: &[ToolOutput]) -> Result<Progress, ApiError> {
        let calls = self.answered_calls(outputs)?;
        let answers: Vec<_> = calls.iter().map(told).collect();
        let calls: Vec<_> = calls.into_iter().map(ToolCall::Function).collect();
        let waiting = self.steps.iter_mut().rfind(|step| is_waiting(step));
        if let Some(step) = waiting {
            step.step_details = StepDetailsToolCalls::new(calls).into();
            let id = step.id.clone();
            self.complete_step(&id);
        }
        self.run.required_action = None;
        self.begin();
        self.answer(&answers.join("\n"));
        Ok(self.progress())
    }

    /// Stops the run.
    pub(crate) fn cancel(mut self) -> Result<Run, ApiError> {
        if self.run.required_action.is_none() {
            let status = &self.run.status;
            let message = format!("Cannot cancel run with status '{status}'.");
            return Err(ApiError::bad_request(message));
        }
        for step in self.steps.iter_mut().filter(|step| is_waiting(step)) {
            step.status = RunStepStatus::Cancelled;
            step.cancelled_at = Some(now());
        }
        self.run.required_action = None;
        self.run.expires_at = None;
        self.run.cancelled_at = Some(now());
        self.becomes(RunStatus::Cancelled, Event::ThreadRunCancelled);
        Ok(self.run.clone())
    }

    fn begin(&mut self) {
        self.becomes(RunStatus::Queued, Event::ThreadRunQueued);
        self.run.started_at.get_or_insert_with(now);
        self.becomes(RunStatus::InProgress, Event::ThreadRunInProgress);
    }

    /// Asks the client to call a function.
    fn call(&mut self, name: &str) {
        let id = self.ids.next("call");
        let call = FunctionToolCall::new(&id, FunctionCall::new(name, "{}"));
        self.add_step(
            RunStepType::ToolCalls,
            StepDetailsToolCalls::new([ToolCall::Function(call)]).into(),
        );

        let call = RunToolCall::new(id, RunToolCallFunction::new(name, "{}"));
        let calls = RunRequiredActionSubmitToolOutputs::new([call]);
        self.run.required_action = Some(RunRequiredAction::new(calls));
        self.becomes(RunStatus::RequiresAction, Event::ThreadRunRequiresAction);
    }

    /// The calls that the run waits for, with their outputs. Each needs one.
    fn answered_calls(&self, outputs: &[ToolOutput]) -> Result<Vec<FunctionToolCall>, ApiError> {
        let Some(action) = &self.run.required_action else {
            let status = &self.run.status;
            let message = format!("Runs in status '{status}' do not accept tool outputs.");
            return Err(ApiError::bad_request(message));
        };
        let calls = action.submit_tool_outputs.tool_calls.iter().map(|call| {
            let mut given = outputs.iter();
            let given = given.find(|output| output.tool_call_id.as_ref() == Some(&call.id));
            let Some(given) = given else {
                let message = format!("The call '{}' needs an output.", call.id);
                return Err(ApiError::bad_request(message).param("tool_outputs"));
            };
            let output = given.output.clone().unwrap_or_default();
            let function = FunctionCall::new(&call.function.name, &call.function.arguments);
            Ok(FunctionToolCall::new(&call.id, function.output(output)))
        });
        calls.collect()
    }

    /// What the user said last.
    fn said(&self) -> String {
        let mut messages = self.messages.iter();
        let last = messages.rfind(|message| message.role == Role::User);
        last.map_or_else(|| "nothing".to_owned(), plain_text)
    }

    /// Writes a message, word by word, and ends the run.
    fn answer(&mut self, answer: &str) {
        let mut message = self.new_message();
        let created = MessageCreation::new(&message.id);
        let step = self.add_step(
            RunStepType::MessageCreation,
            StepDetailsMessageCreation::new(created).into(),
        );

        self.tell(Event::ThreadMessageCreated(message.clone()));
        self.tell(Event::ThreadMessageInProgress(message.clone()));
        for word in answer.split_inclusive(' ') {
            self.tell(delta(&message.id, word));
        }

        message.status = MessageStatus::Completed;
        message.completed_at = Some(now());
        message.content = vec![text(answer)];
        self.tell(Event::ThreadMessageCompleted(message.clone()));
        self.messages.insert(&message.id.clone(), message);

        self.complete_step(&step);
        self.run.expires_at = None;
        self.run.completed_at = Some(now());
        self.run.usage = Some(self.usage(answer));
        self.becomes(RunStatus::Completed, Event::ThreadRunCompleted);
    }

    fn new_message(&mut self) -> Message {
        Message {
            id: self.ids.next("msg"),
            created_at: now(),
            thread_id: self.run.thread_id.clone(),
            status: MessageStatus::InProgress,
            incomplete_details: None,
            completed_at: None,
            incomplete_at: None,
            role: Role::Assistant,
            content: Vec::new(),
            assistant_id: Some(self.run.assistant_id.clone()),
            run_id: Some(self.run.id.clone()),
            attachments: None,
            metadata: None,
        }
    }

    fn add_step(&mut self, type_: RunStepType, step_details: StepDetails) -> String {
        let id = self.ids.next("step");
        let step = RunStep {
            id: id.clone(),
            created_at: now(),
            assistant_id: self.run.assistant_id.clone(),
            thread_id: self.run.thread_id.clone(),
            run_id: self.run.id.clone(),
            type_,
            status: RunStepStatus::InProgress,
            step_details,
            last_error: None,
            expired_at: None,
            cancelled_at: None,
            failed_at: None,
            completed_at: None,
            metadata: None,
            usage: None,
        };
        self.tell(Event::ThreadRunStepCreated(step.clone()));
        self.tell(Event::ThreadRunStepInProgress(step.clone()));
        self.steps.insert(&id, step);
        id
    }

    fn complete_step(&mut self, id: &str) {
        if let Ok(step) = self.steps.get_mut(id) {
            step.status = RunStepStatus::Completed;
            step.completed_at = Some(now());
            self.events
                .push(Event::ThreadRunStepCompleted(step.clone()));
        }
    }

    /// Changes the run's status and notes the event that says so.
    fn becomes(&mut self, status: RunStatus, event: fn(Run) -> Event) {
        self.run.status = status;
        self.tell(event(self.run.clone()));
    }

    fn tell(&mut self, event: Event) {
        self.events.push(event);
    }

    /// Words stand for tokens.
    fn usage(&self, answer: &str) -> RunUsage {
        let words = |text: &str| i64::try_from(text.split_whitespace().count()).unwrap_or(i64::MAX);
        let messages = self.messages.iter();
        let read: i64 = messages.map(|message| words(&plain_text(message))).sum();
        let written = words(answer);
        RunUsage::new(written, read - written, read)
    }

    fn progress(self) -> Progress {
        (self.run.clone(), self.events)
    }
}

fn is_waiting(step: &RunStep) -> bool {
    step.status == RunStepStatus::InProgress
}

/// What the assistant makes of a function's output.
fn told(call: &FunctionToolCall) -> String {
    let output = call.function.output.as_deref().unwrap_or_default();
    format!("{} returned: {output}", call.function.name)
}

fn delta(message_id: &str, word: &str) -> Event {
    let part = MessageContentTextDelta::new(0).text(MessageTextDelta::new().value(word));
    let delta = MessageDeltaFields::new().content([part.into()]);
    Event::ThreadMessageDelta(MessageDelta::new(message_id, delta))
}
