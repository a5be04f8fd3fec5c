//! What of a run has been told as events, and what is still to be told.
//!
//! Events come from streams while those last. When one breaks, the run, its steps and its messages are fetched, and
//! [`Told::catch_up`] makes the events of them that a stream would have shown and that nobody has seen yet.

mod missed;
mod rewound;

use std::collections::BTreeMap;

use assistants_client::types::{
    AssistantStreamEvent as Event, Message, MessageContentDelta, MessageDelta, Run, RunStatus,
};
use counterpart_wire::IndexMap;

/// What has been told.
#[derive(Debug, Default)]
pub(crate) struct Told {
    run: RunTold,
    steps: IndexMap<String, Stage>,
    messages: IndexMap<String, MessageTold>,
}

/// What has been told of the run itself, since its outputs were last submitted.
#[derive(Debug, Default)]
struct RunTold {
    created: bool,
    queued: bool,
    in_progress: bool,
    /// Whether outputs have been asked for.
    has_waited: bool,
    /// The status that was told last.
    status: Option<RunStatus>,
    /// The calls of the action that was told last.
    calls: Vec<String>,
}

/// How far a step or a message has been told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
enum Stage {
    #[default]
    Nothing,
    Created,
    InProgress,
    Over,
}

#[derive(Debug, Default)]
struct MessageTold {
    stage: Stage,
    /// The text or refusal of each part, as far as deltas have told it.
    texts: BTreeMap<i64, String>,
    /// The message, once it is over.
    message: Option<Message>,
}

impl Told {
    /// Takes note of an event. False if it was told before and is to be left out.
    pub(crate) fn note(&mut self, event: &Event) -> bool {
        match event {
            Event::ThreadRunCreated(_) => !std::mem::replace(&mut self.run.created, true),
            Event::ThreadRunQueued(run) => self.run.begins(run, |told| &mut told.queued),
            Event::ThreadRunInProgress(run) => self.run.begins(run, |told| &mut told.in_progress),
            Event::ThreadRunStepCreated(step) => self.step(&step.id, Stage::Created),
            Event::ThreadRunStepInProgress(step) => self.step(&step.id, Stage::InProgress),
            Event::ThreadRunStepCompleted(step)
            | Event::ThreadRunStepFailed(step)
            | Event::ThreadRunStepCancelled(step)
            | Event::ThreadRunStepExpired(step) => self.step(&step.id, Stage::Over),
            Event::ThreadMessageCreated(message) => self.message(message, Stage::Created),
            Event::ThreadMessageInProgress(message) => self.message(message, Stage::InProgress),
            Event::ThreadMessageCompleted(message) | Event::ThreadMessageIncomplete(message) => {
                self.message(message, Stage::Over)
            }
            Event::ThreadMessageDelta(delta) => self.delta(delta),
            // The other states of a run; anything else may come as often as it likes.
            other => run_of(other).is_none_or(|run| self.run.becomes(run)),
        }
    }

    /// The messages that are over, in the order in which they began; `None` if one of them is not over.
    pub(crate) fn messages(&self) -> Option<Vec<Message>> {
        let messages = self.messages.values().map(|told| told.message.clone());
        messages.collect()
    }

    /// The messages that are over.
    pub(crate) fn finished(&self) -> Vec<Message> {
        let messages = self
            .messages
            .values()
            .filter_map(|told| told.message.clone());
        messages.collect()
    }

    fn step(&mut self, id: &str, stage: Stage) -> bool {
        self.steps.entry(id.to_owned()).or_default().reach(stage)
    }

    fn message(&mut self, message: &Message, stage: Stage) -> bool {
        let told = self.messages.entry(message.id.clone()).or_default();
        if stage == Stage::Over {
            told.message = Some(message.clone());
        }
        told.stage.reach(stage)
    }

    fn delta(&mut self, delta: &MessageDelta) -> bool {
        let told = self.messages.entry(delta.id.clone()).or_default();
        for part in delta.delta.content.iter().flatten() {
            let (index, text) = match part {
                MessageContentDelta::Text(part) => {
                    let text = part.text.as_ref().and_then(|text| text.value.as_deref());
                    (part.index, text)
                }
                MessageContentDelta::Refusal(part) => (part.index, part.refusal.as_deref()),
                _ => continue,
            };
            let told = told.texts.entry(index).or_default();
            told.push_str(text.unwrap_or_default());
        }
        true
    }
}

impl Stage {
    /// Whether this goes beyond what was reached before.
    fn reach(&mut self, stage: Self) -> bool {
        let goes_on = *self < stage;
        *self = stage.max(*self);
        goes_on
    }
}

impl RunTold {
    /// The run is queued or in progress, at its start or since its outputs were submitted.
    fn begins(&mut self, run: &Run, told: fn(&mut Self) -> &mut bool) -> bool {
        self.next_round(run);
        let is_new = !std::mem::replace(told(self), true);
        if is_new {
            self.status = Some(run.status.clone());
        }
        is_new
    }

    /// The run has come to wait, or to its end.
    fn becomes(&mut self, run: &Run) -> bool {
        self.next_round(run);
        let calls = calls(run);
        let is_new = self.status.as_ref() != Some(&run.status) || self.calls != calls;
        self.has_waited |= run.status == RunStatus::RequiresAction;
        self.status = Some(run.status.clone());
        self.calls = calls;
        is_new
    }

    /// After an action, what comes before the next may be told anew.
    fn next_round(&mut self, run: &Run) {
        let goes_on = run.status != RunStatus::RequiresAction || self.calls != calls(run);
        if self.status == Some(RunStatus::RequiresAction) && goes_on {
            self.queued = false;
            self.in_progress = false;
            self.status = None;
        }
    }
}

/// The run that an event is about, as a whole.
pub(crate) fn run_of(event: &Event) -> Option<&Run> {
    match event {
        Event::ThreadRunCreated(run)
        | Event::ThreadRunQueued(run)
        | Event::ThreadRunInProgress(run)
        | Event::ThreadRunRequiresAction(run)
        | Event::ThreadRunCompleted(run)
        | Event::ThreadRunIncomplete(run)
        | Event::ThreadRunFailed(run)
        | Event::ThreadRunCancelling(run)
        | Event::ThreadRunCancelled(run)
        | Event::ThreadRunExpired(run) => Some(run),
        _ => None,
    }
}

/// The ids of the calls that a run waits for.
fn calls(run: &Run) -> Vec<String> {
    let action = run.required_action.iter();
    let calls = action.flat_map(|action| &action.submit_tool_outputs.tool_calls);
    calls.map(|call| call.id.clone()).collect()
}
