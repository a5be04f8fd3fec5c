//! Calls of the client, as a driver makes them, and what to make of their errors.

use assistants_client::types::{Message, Order, Run, RunInclude, RunStep};
use assistants_client::{Client, Error, Options, TransportKind, Verdict};
use counterpart_wire::{Mode, json};

use crate::driver::Settings;
use crate::place::Place;

/// The options of a call that must not be acted on twice.
pub(super) fn once(options: Options, settings: &Settings) -> Options {
    let options = options.idempotent(false);
    match settings.idle_timeout {
        Some(limit) => options.idle_timeout(limit),
        None => options,
    }
}

/// The messages of a run, oldest first.
pub(super) async fn messages(client: &Client, place: &Place) -> Result<Vec<Message>, Error> {
    let Some((thread_id, run_id)) = place.ids() else {
        return Ok(Vec::new());
    };
    let messages = client.list_messages(thread_id).run_id(run_id);
    messages.order(Order::Asc).limit(100).items().all().await
}

/// The steps of a run, oldest first.
pub(super) async fn steps(
    client: &Client,
    place: &Place,
    include: &[RunInclude],
) -> Result<Vec<RunStep>, Error> {
    let Some((thread_id, run_id)) = place.ids() else {
        return Ok(Vec::new());
    };
    let steps = client.list_run_steps(thread_id, run_id);
    let steps = match include {
        [] => steps,
        include => steps.include(include.iter().cloned()),
    };
    steps.order(Order::Asc).limit(100).items().all().await
}

/// Whether the service may have acted on a call that failed.
pub(super) fn may_have_acted(error: &Error) -> bool {
    let verdict = error.attempts().last().map(|attempt| attempt.verdict);
    match error {
        Error::Config(_) | Error::Request(_) => false,
        Error::Api(_) => verdict == Some(Verdict::MaybeDone),
        // A deadline passes while an answer is awaited, or between two attempts; nobody says which.
        Error::Transport(error) => {
            verdict == Some(Verdict::MaybeDone) || error.kind() == TransportKind::Deadline
        }
        // An answer is there, though it cannot be read.
        Error::Decode(_) | Error::Stream(_) => true,
        // Not known here, so that the worse is to be expected.
        _ => true,
    }
}

/// Whether an error may pass by itself.
pub(super) fn is_passing(error: &Error) -> bool {
    match error {
        Error::Config(_) | Error::Request(_) | Error::Decode(_) => false,
        Error::Transport(error) => error.kind() != TransportKind::Credentials,
        Error::Api(error) => matches!(error.status().as_u16(), 408 | 409 | 429 | 500..),
        Error::Stream(_) => true,
        _ => false,
    }
}

/// Whether something that only looks may be tried again: besides what [may pass](is_passing), after an answer that cannot
/// be read, such as a page of a proxy.
pub(super) fn may_look_again(error: &Error) -> bool {
    is_passing(error) || matches!(error, Error::Decode(_))
}

/// The run that a service answered with where events were asked for: it does not stream.
pub(super) fn run_instead(error: &Error) -> Option<Run> {
    match error {
        Error::Decode(failure) => json::decode(failure.body(), Mode::Valid).ok(),
        _ => None,
    }
}
