//! The values that the events of a stream add up to.

use assistants_client::types::{
    AssistantStreamEvent as Event, Message, MessageContent, MessageContentDelta, MessageDelta, Run,
    RunStep, RunStepDelta, StepDetails, StepDetailsDelta, Thread, ToolCall, ToolCallDelta,
};
use counterpart_wire::{Accumulator, IndexMap};

use super::Change;
use super::parts::Parts;
use crate::told::run_of;

/// A thread's run, with its messages and steps, as far as events have told.
///
/// ```
/// use assistants_client::types::{
///     AssistantStreamEvent, MessageContentTextDelta, MessageDelta, MessageDeltaFields, MessageTextDelta,
/// };
/// use assistants_runs::{Change, Snapshot};
///
/// let text = MessageContentTextDelta::new(0).text(MessageTextDelta::new().value("Hello"));
/// let delta = MessageDelta::new("msg_1", MessageDeltaFields::new().content([text.into()]));
///
/// let mut snapshot = Snapshot::new();
/// let changes = snapshot.take(AssistantStreamEvent::ThreadMessageDelta(delta));
/// assert!(matches!(&changes[1], Change::TextDelta { text, .. } if text == "Hello"));
/// assert_eq!(snapshot.messages().count(), 1);
/// ```
#[derive(Debug, Default)]
pub struct Snapshot {
    thread: Option<Thread>,
    run: Option<Run>,
    messages: IndexMap<String, Growing<Message>>,
    steps: IndexMap<String, Growing<RunStep>>,
}

/// A value that grows part by part.
#[derive(Debug)]
struct Growing<T> {
    value: Accumulator<T>,
    parts: Parts,
}

impl Snapshot {
    /// Of no events yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The thread, if the stream has told of its creation.
    pub fn thread(&self) -> Option<&Thread> {
        self.thread.as_ref()
    }

    /// The run.
    pub fn run(&self) -> Option<&Run> {
        self.run.as_ref()
    }

    /// The run.
    pub fn into_run(self) -> Option<Run> {
        self.run
    }

    /// The messages, in the order in which they were begun.
    pub fn messages(&self) -> impl Iterator<Item = &Message> {
        self.messages.values().map(|message| &*message.value)
    }

    /// The message with this id.
    pub fn message(&self, id: &str) -> Option<&Message> {
        self.messages.get(id).map(|message| &*message.value)
    }

    /// The steps, in the order in which they were begun.
    pub fn steps(&self) -> impl Iterator<Item = &RunStep> {
        self.steps.values().map(|step| &*step.value)
    }

    /// The step with this id.
    pub fn step(&self, id: &str) -> Option<&RunStep> {
        self.steps.get(id).map(|step| &*step.value)
    }

    /// Adds an event, and says what it changes.
    pub fn take(&mut self, event: Event) -> Vec<Change> {
        if let Some(run) = run_of(&event) {
            self.run = Some(run.clone());
            return vec![Change::Run(Box::new(run.clone()))];
        }
        match event {
            Event::ThreadCreated(thread) => {
                self.thread = Some(thread.clone());
                vec![Change::Thread(thread)]
            }
            Event::ThreadMessageCreated(message) => {
                put(&mut self.messages, &message.id, &message);
                vec![Change::MessageCreated(message)]
            }
            Event::ThreadMessageDelta(delta) => self.message_delta(delta),
            Event::ThreadMessageCompleted(message) | Event::ThreadMessageIncomplete(message) => {
                self.message_done(message)
            }
            Event::ThreadRunStepCreated(step) => {
                put(&mut self.steps, &step.id, &step);
                vec![Change::StepCreated(Box::new(step))]
            }
            Event::ThreadRunStepDelta(delta) => self.step_delta(delta),
            Event::ThreadRunStepCompleted(step)
            | Event::ThreadRunStepFailed(step)
            | Event::ThreadRunStepCancelled(step)
            | Event::ThreadRunStepExpired(step) => self.step_done(step),
            // What they hold came with the creation, and grows since.
            Event::ThreadMessageInProgress(_) | Event::ThreadRunStepInProgress(_) => Vec::new(),
            Event::Done => Vec::new(),
            other => vec![Change::Other(Box::new(other))],
        }
    }

    fn message_delta(&mut self, delta: MessageDelta) -> Vec<Change> {
        let message = self.messages.entry(delta.id.clone()).or_default();
        // What finds no place is nothing that a type of the document has.
        let _ = message.value.apply(&delta);

        let mut changes = Vec::new();
        for part in delta.delta.content.into_iter().flatten() {
            let Some(index) = index_of_part(&part) else {
                continue;
            };
            let reached = message.parts.reach(index);
            changes.extend(
                reached
                    .done
                    .and_then(|done| message.part_done(&delta.id, done)),
            );
            if reached.is_new && matches!(part, MessageContentDelta::Text(_)) {
                let message_id = delta.id.clone();
                changes.push(Change::TextCreated { message_id, index });
            }
            changes.extend(part_delta(&delta.id, index, part));
        }
        changes
    }

    fn message_done(&mut self, whole: Message) -> Vec<Change> {
        let message = self.messages.entry(whole.id.clone()).or_default();
        message.value = whole.clone().into();
        let mut changes = Vec::new();
        for (position, part) in whole.content.iter().enumerate() {
            let Some((index, is_new)) = message.parts.finish_at(position) else {
                continue;
            };
            if is_new && matches!(part, MessageContent::Text(_)) {
                let message_id = whole.id.clone();
                changes.push(Change::TextCreated { message_id, index });
            }
            changes.extend(part_done(&whole.id, index, part));
        }
        changes.push(Change::MessageDone(whole));
        changes
    }

    fn step_delta(&mut self, delta: RunStepDelta) -> Vec<Change> {
        let step = self.steps.entry(delta.id.clone()).or_default();
        // What finds no place is nothing that a type of the document has.
        let _ = step.value.apply(&delta);

        let mut changes = Vec::new();
        let Some(StepDetailsDelta::ToolCalls(details)) = delta.delta.step_details else {
            return changes;
        };
        for call_delta in details.tool_calls.into_iter().flatten() {
            let Some(index) = index_of_call(&call_delta) else {
                continue;
            };
            let reached = step.parts.reach(index);
            changes.extend(
                reached
                    .done
                    .and_then(|done| step.call_done(&delta.id, done)),
            );
            if reached.is_new {
                changes.extend(step.call(index).map(|call| Change::ToolCallCreated {
                    step_id: delta.id.clone(),
                    index,
                    call: call.clone(),
                }));
            }
            changes.push(Change::ToolCallDelta {
                step_id: delta.id.clone(),
                index,
                delta: call_delta,
            });
        }
        changes
    }

    fn step_done(&mut self, whole: RunStep) -> Vec<Change> {
        let step = self.steps.entry(whole.id.clone()).or_default();
        step.value = whole.clone().into();
        let mut changes = Vec::new();
        for (position, call) in calls(&whole).iter().enumerate() {
            let Some((index, is_new)) = step.parts.finish_at(position) else {
                continue;
            };
            let (step_id, call) = (whole.id.clone(), call.clone());
            if is_new {
                let (step_id, call) = (step_id.clone(), call.clone());
                changes.push(Change::ToolCallCreated {
                    step_id,
                    index,
                    call,
                });
            }
            changes.push(Change::ToolCallDone {
                step_id,
                index,
                call,
            });
        }
        changes.push(Change::StepDone(Box::new(whole)));
        changes
    }
}

impl Growing<Message> {
    /// The part with this index is done, as far as it has come.
    fn part_done(&self, message_id: &str, index: i64) -> Option<Change> {
        let part = self.value.content.get(self.parts.position(index))?;
        part_done(message_id, index, part)
    }
}

impl Growing<RunStep> {
    fn call(&self, index: i64) -> Option<&ToolCall> {
        calls(&self.value).get(self.parts.position(index))
    }

    fn call_done(&self, step_id: &str, index: i64) -> Option<Change> {
        Some(Change::ToolCallDone {
            step_id: step_id.to_owned(),
            index,
            call: self.call(index)?.clone(),
        })
    }
}

impl<T> Default for Growing<T>
where
    Accumulator<T>: Default,
{
    fn default() -> Self {
        Self {
            value: Accumulator::default(),
            parts: Parts::default(),
        }
    }
}

/// A value has been begun; one that is known already is not begun again.
fn put<T: Clone>(all: &mut IndexMap<String, Growing<T>>, id: &str, value: &T) {
    let new = || Growing {
        value: value.clone().into(),
        parts: Parts::default(),
    };
    all.entry(id.to_owned()).or_insert_with(new);
}

/// What a delta adds to a part. Images come whole, and are there when they are done.
fn part_delta(message_id: &str, index: i64, part: MessageContentDelta) -> Option<Change> {
    let message_id = message_id.to_owned();
    match part {
        MessageContentDelta::Text(part) => Some(Change::TextDelta {
            message_id,
            index,
            text: part.text?.value?,
        }),
        MessageContentDelta::Refusal(part) => Some(Change::RefusalDelta {
            message_id,
            index,
            refusal: part.refusal?,
        }),
        MessageContentDelta::ImageFile(_)
        | MessageContentDelta::ImageUrl(_)
        | MessageContentDelta::Unknown(_) => None,
    }
}

fn part_done(message_id: &str, index: i64, part: &MessageContent) -> Option<Change> {
    let message_id = message_id.to_owned();
    match part {
        MessageContent::Text(part) => Some(Change::TextDone {
            message_id,
            index,
            text: part.text.clone(),
        }),
        MessageContent::ImageFile(part) => Some(Change::ImageFileDone {
            message_id,
            index,
            image: part.image_file.clone(),
        }),
        MessageContent::ImageUrl(_) | MessageContent::Refusal(_) | MessageContent::Unknown(_) => {
            None
        }
    }
}

fn calls(step: &RunStep) -> &[ToolCall] {
    match &step.step_details {
        StepDetails::ToolCalls(details) => &details.tool_calls,
        StepDetails::MessageCreation(_) | StepDetails::Unknown(_) => &[],
    }
}

fn index_of_part(part: &MessageContentDelta) -> Option<i64> {
    match part {
        MessageContentDelta::ImageFile(part) => Some(part.index),
        MessageContentDelta::Text(part) => Some(part.index),
        MessageContentDelta::Refusal(part) => Some(part.index),
        MessageContentDelta::ImageUrl(part) => Some(part.index),
        MessageContentDelta::Unknown(_) => None,
    }
}

fn index_of_call(call: &ToolCallDelta) -> Option<i64> {
    match call {
        ToolCallDelta::CodeInterpreter(call) => Some(call.index),
        ToolCallDelta::FileSearch(call) => Some(call.index),
        ToolCallDelta::Function(call) => Some(call.index),
        ToolCallDelta::Unknown(_) => None,
    }
}
