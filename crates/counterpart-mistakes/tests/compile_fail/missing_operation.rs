//! A server without an operation of the document, as it is when a newer document has one more.

#[macro_use]
#[path = "support/answers.rs"]
mod answers;

use assistants_server::*;

struct Service;

impl Open for Service {}

impl AssistantsApi for Service {
    answers_all_but_cancel_run! {}
}

fn main() {
    let _ = router(Service);
}
