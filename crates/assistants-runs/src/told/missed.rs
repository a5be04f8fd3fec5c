//! The events that nobody has seen, made of what was fetched, in the order in which a stream shows them.

use assistants_client::types::{
    AssistantStreamEvent as Event, Message, MessageContent, MessageContentDelta,
    MessageContentRefusalDelta, MessageContentTextDelta, MessageDelta, MessageDeltaFields,
    MessageTextDelta, Run, RunStatus, RunStep, StepDetails,
};

use super::{Stage, Told, rewound};
use crate::Outcome;

impl Told {
    /// What has happened and was not told: of a run, its steps and its messages, both in the order of their creation.
    ///
    /// What a stream tells piece by piece is told in one piece: the text of a message as one delta with all that is
    /// missing, and the details of a step not before it is over.
    pub(crate) fn catch_up(
        &mut self,
        run: &Run,
        steps: &[RunStep],
        messages: &[Message],
    ) -> Vec<Event> {
        let mut missed = Missed {
            told: self,
            events: Vec::new(),
        };
        missed.beginning(run, steps);
        let mut rest: Vec<&Message> = messages.iter().collect();
        for step in steps {
            missed.tell(Event::ThreadRunStepCreated(rewound::step(step)));
            missed.tell(Event::ThreadRunStepInProgress(rewound::step(step)));
            if let Some(at) = rest.iter().position(|message| writes(step, message)) {
                missed.message(rest.remove(at));
            }
            missed.tell_any(rewound::step_over(step));
        }
        // Messages are fetched last, and may be ahead of the steps that write them.
        let rests = run.status == RunStatus::RequiresAction || Outcome::of(run).is_some();
        for message in rest.into_iter().filter(|_| rests) {
            missed.message(message);
        }
        missed.tell_any(rewound::turn(run));
        missed.events
    }
}

/// Events that are made up, and what has been told including them.
struct Missed<'a> {
    told: &'a mut Told,
    events: Vec<Event>,
}

impl Missed<'_> {
    fn tell(&mut self, event: Event) {
        if self.told.note(&event) {
            self.events.push(event);
        }
    }

    fn tell_any(&mut self, event: Option<Event>) {
        if let Some(event) = event {
            self.tell(event);
        }
    }

    /// What comes before everything else: at the start of a run, and again when its outputs were submitted.
    fn beginning(&mut self, run: &Run, steps: &[RunStep]) {
        // Steps are fetched after the run, and may be ahead of it.
        let goes_on = steps.iter().any(|step| self.is_news(step));
        let told = &mut self.told.run;
        told.next_round(run);
        let is_told = told.status.as_ref() == Some(&run.status);
        let is_first = !told.has_waited;
        self.tell(Event::ThreadRunCreated(rewound::run(
            run,
            RunStatus::Queued,
        )));
        // A run that waits since it was told to has not gone on.
        if is_told && run.status == RunStatus::RequiresAction {
            return;
        }
        let has_begun = match run.status {
            RunStatus::InProgress
            | RunStatus::RequiresAction
            | RunStatus::Completed
            | RunStatus::Incomplete => true,
            RunStatus::Queued | RunStatus::Unknown(_) => goes_on,
            // It may have ended while it was still queued, or while it waited.
            RunStatus::Failed
            | RunStatus::Cancelling
            | RunStatus::Cancelled
            | RunStatus::Expired => is_first && run.started_at.is_some(),
        };
        if is_first || has_begun || run.status == RunStatus::Queued {
            self.tell(Event::ThreadRunQueued(rewound::run(run, RunStatus::Queued)));
        }
        if has_begun {
            let run = rewound::run(run, RunStatus::InProgress);
            self.tell(Event::ThreadRunInProgress(run));
        }
    }

    fn is_news(&self, step: &RunStep) -> bool {
        let told = self.told.steps.get(&step.id).copied();
        let now = match rewound::step_over(step) {
            Some(_) => Stage::Over,
            None => Stage::InProgress,
        };
        told.unwrap_or_default() < now
    }

    fn message(&mut self, message: &Message) {
        let told = self.told.messages.get(&message.id);
        if told.is_some_and(|told| told.stage == Stage::Over) {
            return;
        }
        self.tell(Event::ThreadMessageCreated(rewound::message(message)));
        self.tell(Event::ThreadMessageInProgress(rewound::message(message)));
        for (index, part) in (0..).zip(&message.content) {
            if let Some(delta) = self.missing(&message.id, index, part) {
                let delta = MessageDeltaFields::new().content([delta]);
                self.tell(Event::ThreadMessageDelta(MessageDelta::new(
                    &message.id,
                    delta,
                )));
            }
        }
        self.tell_any(rewound::message_over(message));
    }

    /// What is missing of a part, if it is text that goes on from what was told.
    fn missing(&self, id: &str, index: i64, part: &MessageContent) -> Option<MessageContentDelta> {
        let told = self.told.messages.get(id);
        let told = told.and_then(|message| message.texts.get(&index));
        let told = told.map_or("", String::as_str);
        let rest = |whole: &str| {
            let rest = whole.strip_prefix(told)?;
            (!rest.is_empty()).then(|| rest.to_owned())
        };
        match part {
            MessageContent::Text(part) => {
                let text = MessageTextDelta::new().value(rest(&part.text.value)?);
                Some(MessageContentTextDelta::new(index).text(text).into())
            }
            MessageContent::Refusal(part) => {
                let refusal = rest(&part.refusal)?;
                Some(
                    MessageContentRefusalDelta::new(index)
                        .refusal(refusal)
                        .into(),
                )
            }
            MessageContent::ImageFile(_)
            | MessageContent::ImageUrl(_)
            | MessageContent::Unknown(_) => None,
        }
    }
}

/// Whether a step is the writing of this message.
fn writes(step: &RunStep, message: &Message) -> bool {
    match &step.step_details {
        StepDetails::MessageCreation(details) => details.message_creation.message_id == message.id,
        StepDetails::ToolCalls(_) | StepDetails::Unknown(_) => false,
    }
}
