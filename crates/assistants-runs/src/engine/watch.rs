//! Watching a run by fetching it again and again.

use super::{Engine, Phase, call};
use crate::{Error, ErrorKind};

impl Engine {
    pub(super) async fn watch(&mut self) -> Result<Phase, Error> {
        self.polls.wait().await;
        match self.look().await {
            Ok(()) => self.settle(),
            Err(error) => {
                let may_pass = call::may_look_again(&error) && self.polls.failed();
                if !may_pass {
                    return Err(self.error(ErrorKind::Call(error)));
                }
                tracing::info!(
                    error = error.outline(),
                    "could not look at the run; trying again"
                );
                Ok(Phase::Watching)
            }
        }
    }

    /// Fetches the run and, where events are wanted, what has happened in it.
    async fn look(&mut self) -> Result<(), assistants_client::Error> {
        let place = &self.guard.place;
        let Some((thread_id, run_id)) = place.ids() else {
            return Ok(());
        };
        let response = self.client.get_run(thread_id, run_id).send().await?;
        // First the run, then what is in it: if the run is over, all of that is there.
        let events = if self.streams {
            let steps = call::steps(&self.client, place, &self.settings.include).await?;
            let messages = call::messages(&self.client, place).await?;
            self.told.catch_up(&response, &steps, &messages)
        } else {
            Vec::new()
        };
        self.events.extend(events);
        self.polls.answered(response.headers());
        self.met(response.into_inner());
        Ok(())
    }
}
