//! Runs, steps and messages as they were earlier, for events that nobody has seen at their time.

use assistants_client::types::{
    AssistantStreamEvent as Event, Message, MessageStatus, Run, RunStatus, RunStep, RunStepStatus,
};

/// A run as it was when it had this status, `queued` or `in_progress`.
pub(super) fn run(run: &Run, status: RunStatus) -> Run {
    let started_at = match status {
        RunStatus::Queued => None,
        _ => run.started_at,
    };
    Run {
        status,
        started_at,
        required_action: None,
        last_error: None,
        cancelled_at: None,
        failed_at: None,
        completed_at: None,
        incomplete_details: None,
        usage: None,
        ..run.clone()
    }
}

/// A step as it was in progress.
pub(super) fn step(step: &RunStep) -> RunStep {
    RunStep {
        status: RunStepStatus::InProgress,
        last_error: None,
        expired_at: None,
        cancelled_at: None,
        failed_at: None,
        completed_at: None,
        usage: None,
        ..step.clone()
    }
}

/// A message as it was before there was anything in it.
pub(super) fn message(message: &Message) -> Message {
    Message {
        status: MessageStatus::InProgress,
        incomplete_details: None,
        completed_at: None,
        incomplete_at: None,
        content: Vec::new(),
        ..message.clone()
    }
}

/// The event that says that a run has come to wait or to its end.
pub(super) fn turn(run: &Run) -> Option<Event> {
    let event = match run.status {
        RunStatus::RequiresAction => Event::ThreadRunRequiresAction,
        RunStatus::Cancelling => Event::ThreadRunCancelling,
        RunStatus::Cancelled => Event::ThreadRunCancelled,
        RunStatus::Failed => Event::ThreadRunFailed,
        RunStatus::Completed => Event::ThreadRunCompleted,
        RunStatus::Incomplete => Event::ThreadRunIncomplete,
        RunStatus::Expired => Event::ThreadRunExpired,
        RunStatus::Queued | RunStatus::InProgress | RunStatus::Unknown(_) => return None,
    };
    Some(event(run.clone()))
}

/// The event that says that a step is over.
pub(super) fn step_over(step: &RunStep) -> Option<Event> {
    let event = match step.status {
        RunStepStatus::Completed => Event::ThreadRunStepCompleted,
        RunStepStatus::Failed => Event::ThreadRunStepFailed,
        RunStepStatus::Cancelled => Event::ThreadRunStepCancelled,
        RunStepStatus::Expired => Event::ThreadRunStepExpired,
        RunStepStatus::InProgress | RunStepStatus::Unknown(_) => return None,
    };
    Some(event(step.clone()))
}

/// The event that says that a message is over.
pub(super) fn message_over(message: &Message) -> Option<Event> {
    let event = match message.status {
        MessageStatus::Completed => Event::ThreadMessageCompleted,
        MessageStatus::Incomplete => Event::ThreadMessageIncomplete,
        MessageStatus::InProgress | MessageStatus::Unknown(_) => return None,
    };
    Some(event(message.clone()))
}
