//! Where a run is: how it is found if its id was lost on the way, and how it is cancelled.
//!
//! Whoever starts a run and gets no answer cannot know whether it was started. So each run gets a mark in its metadata,
//! a value that no other run has, and is looked for by it among the newest runs of its thread. Its thread alone would
//! not do: another program may have started a run there.

use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

use assistants_client::Client;
use assistants_client::types::{Metadata, Nullable, Order, Run};
use tokio::time::sleep;

/// The key in a run's metadata by which it is found if the answer to its creation was lost. Its value is another for
/// each run.
pub const MARK: &str = "run_mark";

/// How many entries metadata may have.
const METADATA_LIMIT: usize = 16;

/// How often a run is looked for. It may not be there at first, while the service still handles the request.
const LOOKS: u32 = 4;

/// The time between the first two looks. It grows by as much with each.
const BETWEEN: Duration = Duration::from_secs(1);

/// What is known of where a run is.
#[derive(Debug, Clone, Default)]
pub(crate) struct Place {
    pub(crate) thread_id: Option<String>,
    pub(crate) run_id: Option<String>,
    pub(crate) mark: Option<String>,
}

impl Place {
    /// The ids of thread and run, where both are known.
    pub(crate) fn ids(&self) -> Option<(&str, &str)> {
        Some((self.thread_id.as_deref()?, self.run_id.as_deref()?))
    }

    pub(crate) fn met(&mut self, run: &Run) {
        self.thread_id = Some(run.thread_id.clone());
        self.run_id = Some(run.id.clone());
    }

    /// Puts a mark into the metadata of a run that is to be started, if there is room for one.
    pub(crate) fn mark(&mut self, metadata: &mut Nullable<Metadata>) {
        let mut entries = metadata.value().cloned().unwrap_or_default();
        if entries.len() >= METADATA_LIMIT && !entries.contains_key(MARK) {
            return;
        }
        let mark = format!("{:016x}{:016x}", random(), random());
        entries.insert(MARK.to_owned(), mark.clone());
        *metadata = Nullable::Value(entries);
        self.mark = Some(mark);
    }

    /// The run with the mark.
    pub(crate) async fn find(&self, client: &Client) -> Option<Run> {
        let (thread_id, mark) = (self.thread_id.as_deref()?, self.mark.as_ref()?);
        for look in 1..=LOOKS {
            // A thread's runs take turns, so that ours is among the newest.
            match client.list_runs(thread_id).order(Order::Desc).await {
                Ok(runs) => {
                    let has_mark = |run: &Run| {
                        let metadata = run.metadata.as_ref();
                        metadata.and_then(|metadata| metadata.get(MARK)) == Some(mark)
                    };
                    let found = runs.data.into_iter().find(|run| has_mark(run));
                    if found.is_some() {
                        return found;
                    }
                }
                Err(error) => {
                    tracing::debug!(error = error.outline(), "could not look for the run")
                }
            }
            if look < LOOKS {
                sleep(BETWEEN * look).await;
            }
        }
        None
    }

    /// Cancels the run, as far as it can be found; gives it as it is then.
    pub(crate) async fn cancel(&self, client: &Client) -> Option<Run> {
        let found;
        let (thread_id, run_id) = match self.ids() {
            Some(ids) => ids,
            None => {
                found = self.find(client).await?;
                (found.thread_id.as_str(), found.id.as_str())
            }
        };
        let cancelled = client.cancel_run(thread_id, run_id).await;
        cancelled
            .inspect_err(|error| {
                tracing::warn!(
                    run = run_id,
                    error = error.outline(),
                    "could not cancel the run"
                )
            })
            .ok()
    }
}

/// A number that nobody can foresee. The hasher's keys are the standard library's only source of chance.
fn random() -> u64 {
    RandomState::new().build_hasher().finish()
}
