//! Cancels a run when whoever drives it goes away.

use assistants_client::Client;
use tokio::runtime::Handle;

use crate::place::Place;

/// Knows where a run is and, if asked to, cancels it when it is dropped before [`Guard::release`].
#[derive(Debug)]
pub(crate) struct Guard {
    pub(crate) place: Place,
    client: Client,
    /// The runtime that is to cancel the run, while that is to be done.
    runtime: Option<Handle>,
}

impl Guard {
    pub(crate) fn new(client: Client, place: Place) -> Self {
        Self {
            place,
            client,
            runtime: None,
        }
    }

    /// From here on, dropping it cancels the run.
    pub(crate) fn arm(&mut self) {
        self.runtime = Handle::try_current().ok();
    }

    /// From here on, dropping it does nothing.
    pub(crate) fn release(&mut self) {
        self.runtime = None;
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        let Some(runtime) = self.runtime.take() else {
            return;
        };
        let (client, place) = (self.client.clone(), std::mem::take(&mut self.place));
        runtime.spawn(async move { place.cancel(&client).await });
    }
}
