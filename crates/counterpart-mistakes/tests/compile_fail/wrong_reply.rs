//! A method answers with the value itself: it belongs into a reply.

#[macro_use]
#[path = "support/answers.rs"]
mod answers;

use assistants_server::types::Run;
use assistants_server::*;

struct Service {
    run: Run,
}

impl Open for Service {}

impl AssistantsApi for Service {
    answers_all_but_cancel_run! {}

    async fn cancel_run(&self, _: Context, _: CancelRun) -> Result<Run, ApiError> {
        Ok(self.run.clone())
    }
}

fn main() {
    let _ = router::<Service>;
}
