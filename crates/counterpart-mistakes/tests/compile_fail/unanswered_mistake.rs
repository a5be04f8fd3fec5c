//! A server that leaves out an operation which the document does not have.

#[macro_use]
#[path = "support/answers.rs"]
mod answers;

use assistants_server::*;

struct Service;

impl Open for Service {}

impl AssistantsApi for Service {
    answers_all_but_cancel_run! {}
    unanswered!(cancel_runs);
}

fn main() {
    let _ = router(Service);
}
