//! What happens in a run, as the events that a service has for it, and the state that it is in after any of them.

use assistants_client::types::{AssistantStreamEvent as Event, *};

/// The rounds of a run: each ends where outputs are to be submitted, the last where the run does.
pub(crate) type Story = Vec<Vec<Event>>;

pub(crate) const THREAD: &str = "thread_1";
pub(crate) const RUN: &str = "run_1";

/// A run that calls `get_weather`, and then answers in three pieces.
pub(crate) fn weather() -> Story {
    vec![
        asks([call("call_1", "get_weather", r#"{"city":"Bergen"}"#)]),
        answers(1, "step_1"),
    ]
}

/// A run that answers at once.
pub(crate) fn plain() -> Story {
    let mut events = vec![Event::ThreadRunCreated(run(RunStatus::Queued))];
    events.extend(answers(1, "").into_iter().filter(
        |event| !matches!(event, Event::ThreadRunStepCompleted(step) if step.id.is_empty()),
    ));
    vec![events]
}

/// A run that calls functions twice, one after the other.
pub(crate) fn twice() -> Story {
    let mut second = asks([call("call_2", "get_weather", r#"{"city":"Oslo"}"#)]);
    second.remove(0);
    rename_step(&mut second, "step_1", "step_1b");
    second.insert(2, completed_calls("step_1"));
    vec![
        asks([call("call_1", "get_weather", r#"{"city":"Bergen"}"#)]),
        second,
        answers(1, "step_1b"),
    ]
}

/// A run that ends in this state as soon as it has begun.
pub(crate) fn ends(run: Run) -> Story {
    let event = match run.status {
        RunStatus::Failed => Event::ThreadRunFailed,
        RunStatus::Incomplete => Event::ThreadRunIncomplete,
        RunStatus::Expired => Event::ThreadRunExpired,
        RunStatus::Cancelled => Event::ThreadRunCancelled,
        _ => Event::ThreadRunCompleted,
    };
    let mut events = begins();
    events.insert(0, Event::ThreadRunCreated(self::run(RunStatus::Queued)));
    events.push(event(run));
    vec![events]
}

/// The first round of a run that asks for these calls.
pub(crate) fn asks<const N: usize>(calls: [RunToolCall; N]) -> Vec<Event> {
    let mut waiting = run(RunStatus::RequiresAction);
    waiting.started_at = Some(2);
    let made = calls.iter().map(|call| {
        let function = FunctionCall::new(&call.function.name, &call.function.arguments);
        ToolCall::Function(FunctionToolCall::new(&call.id, function))
    });
    let details = StepDetailsToolCalls::new(made.collect::<Vec<_>>());
    let calls = RunRequiredActionSubmitToolOutputs::new(calls);
    waiting.required_action = Some(RunRequiredAction::new(calls));
    let step = step("step_1", RunStepType::ToolCalls, details.into());

    let mut events = vec![Event::ThreadRunCreated(run(RunStatus::Queued))];
    events.extend(begins());
    events.push(Event::ThreadRunStepCreated(step.clone()));
    events.push(Event::ThreadRunStepInProgress(step));
    events.push(Event::ThreadRunRequiresAction(waiting));
    events
}

/// The last round: the step before it is completed, and a message is written.
fn answers(message: u32, before: &str) -> Vec<Event> {
    let message = self::message(&format!("msg_{message}"));
    let created = MessageCreation::new(&message.id);
    let details = StepDetailsMessageCreation::new(created).into();
    let step = step("step_2", RunStepType::MessageCreation, details);
    let delta = |text: &str| {
        let part = MessageContentTextDelta::new(0).text(MessageTextDelta::new().value(text));
        let delta = MessageDeltaFields::new().content([part.into()]);
        Event::ThreadMessageDelta(MessageDelta::new(&message.id, delta))
    };
    let mut events = begins();
    events.extend([
        completed_calls(before),
        Event::ThreadRunStepCreated(step.clone()),
        Event::ThreadRunStepInProgress(step.clone()),
        Event::ThreadMessageCreated(message.clone()),
        Event::ThreadMessageInProgress(message.clone()),
        delta("It is "),
        delta("9.5 °"),
        delta("C."),
        Event::ThreadMessageCompleted(written(message.clone())),
        Event::ThreadRunStepCompleted(RunStep {
            status: RunStepStatus::Completed,
            completed_at: Some(8),
            ..step
        }),
        Event::ThreadRunCompleted(Run {
            started_at: Some(2),
            completed_at: Some(9),
            usage: Some(RunUsage::new(1, 2, 3)),
            ..run(RunStatus::Completed)
        }),
    ]);
    events
}

fn begins() -> Vec<Event> {
    let running = Run {
        started_at: Some(2),
        ..run(RunStatus::InProgress)
    };
    vec![
        Event::ThreadRunQueued(run(RunStatus::Queued)),
        Event::ThreadRunInProgress(running),
    ]
}

fn completed_calls(id: &str) -> Event {
    let details = StepDetailsToolCalls::new([]).into();
    Event::ThreadRunStepCompleted(RunStep {
        status: RunStepStatus::Completed,
        completed_at: Some(5),
        ..step(id, RunStepType::ToolCalls, details)
    })
}

fn rename_step(events: &mut [Event], from: &str, to: &str) {
    for event in events {
        if let Event::ThreadRunStepCreated(step) | Event::ThreadRunStepInProgress(step) = event
            && step.id == from
        {
            to.clone_into(&mut step.id);
        }
    }
}

pub(crate) fn call(id: &str, function: &str, arguments: &str) -> RunToolCall {
    RunToolCall::new(id, RunToolCallFunction::new(function, arguments))
}

pub(crate) fn run(status: RunStatus) -> Run {
    Run {
        id: RUN.to_owned(),
        created_at: 1,
        thread_id: THREAD.to_owned(),
        assistant_id: "asst_1".to_owned(),
        status,
        required_action: None,
        last_error: None,
        expires_at: Some(600),
        started_at: None,
        cancelled_at: None,
        failed_at: None,
        completed_at: None,
        incomplete_details: None,
        model: "gpt-4o".to_owned(),
        instructions: String::new(),
        tools: vec![],
        metadata: None,
        usage: None,
        temperature: Nullable::Absent,
        top_p: Nullable::Absent,
        max_prompt_tokens: None,
        max_completion_tokens: None,
        truncation_strategy: None,
        tool_choice: None,
        parallel_tool_calls: true,
        response_format: None,
    }
}

fn step(id: &str, type_: RunStepType, step_details: StepDetails) -> RunStep {
    RunStep {
        id: id.to_owned(),
        created_at: 3,
        assistant_id: "asst_1".to_owned(),
        thread_id: THREAD.to_owned(),
        run_id: RUN.to_owned(),
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
    }
}

pub(crate) fn message(id: &str) -> Message {
    Message {
        id: id.to_owned(),
        created_at: 6,
        thread_id: THREAD.to_owned(),
        status: MessageStatus::InProgress,
        incomplete_details: None,
        completed_at: None,
        incomplete_at: None,
        role: Role::Assistant,
        content: vec![],
        assistant_id: Some("asst_1".to_owned()),
        run_id: Some(RUN.to_owned()),
        attachments: None,
        metadata: None,
    }
}

/// What the message says in the end.
pub(crate) const ANSWER: &str = "It is 9.5 °C.";

fn written(message: Message) -> Message {
    Message {
        status: MessageStatus::Completed,
        completed_at: Some(7),
        content: vec![MessageContentText::new(MessageText::new(ANSWER, [])).into()],
        ..message
    }
}

/// The state of a run after some events.
#[derive(Debug, Default)]
pub(crate) struct State {
    pub(crate) run: Option<Run>,
    pub(crate) steps: Vec<RunStep>,
    pub(crate) messages: Vec<Message>,
}

impl State {
    pub(crate) fn after<'a>(events: impl IntoIterator<Item = &'a Event>) -> Self {
        let mut state = Self::default();
        for event in events {
            state.take(event);
        }
        state
    }

    fn take(&mut self, event: &Event) {
        match event {
            Event::ThreadRunCreated(run)
            | Event::ThreadRunQueued(run)
            | Event::ThreadRunInProgress(run)
            | Event::ThreadRunRequiresAction(run)
            | Event::ThreadRunCompleted(run)
            | Event::ThreadRunIncomplete(run)
            | Event::ThreadRunFailed(run)
            | Event::ThreadRunCancelled(run)
            | Event::ThreadRunExpired(run) => self.run = Some(run.clone()),
            Event::ThreadRunStepCreated(step)
            | Event::ThreadRunStepInProgress(step)
            | Event::ThreadRunStepCompleted(step) => put(&mut self.steps, step, |step| &step.id),
            Event::ThreadMessageCreated(message)
            | Event::ThreadMessageInProgress(message)
            | Event::ThreadMessageCompleted(message) => {
                put(&mut self.messages, message, |message| &message.id);
            }
            Event::ThreadMessageDelta(delta) => {
                let mut messages = self.messages.iter_mut();
                let message = messages.find(|message| message.id == delta.id).unwrap();
                let said = text(message) + &delta_text(delta);
                message.content = vec![MessageContentText::new(MessageText::new(said, [])).into()];
            }
            _ => {}
        }
    }
}

fn put<T: Clone>(all: &mut Vec<T>, one: &T, id: impl Fn(&T) -> &String) {
    match all.iter_mut().find(|other| id(other) == id(one)) {
        Some(old) => *old = one.clone(),
        None => all.push(one.clone()),
    }
}

fn text(message: &Message) -> String {
    let texts = message.content.iter().map(|part| match part {
        MessageContent::Text(part) => part.text.value.as_str(),
        _ => "",
    });
    texts.collect()
}

/// The text in a delta.
pub(crate) fn delta_text(delta: &MessageDelta) -> String {
    let parts = delta.delta.content.iter().flatten();
    let texts = parts.filter_map(|part| match part {
        MessageContentDelta::Text(part) => part.text.clone()?.value,
        _ => None,
    });
    texts.collect()
}
