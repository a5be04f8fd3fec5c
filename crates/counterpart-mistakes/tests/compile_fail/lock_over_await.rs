//! A lock is held over an `.await`: the request could not go on in another thread.

#[macro_use]
#[path = "support/answers.rs"]
mod answers;

use std::sync::Mutex;

use assistants_server::*;

struct Service {
    active: Mutex<u32>,
}

async fn stop(_run: &str) {}

impl Open for Service {}

impl AssistantsApi for Service {
    answers_all_but_cancel_run! {}

    async fn cancel_run(&self, _: Context, request: CancelRun) -> Result<CancelRunReply, ApiError> {
        let mut active = self.active.lock().expect("the lock");
        stop(&request.run_id).await;
        *active -= 1;
        Err(ApiError::not_implemented("Not here."))
    }
}

fn main() {
    let active = Mutex::new(0);
    let _ = router(Service { active });
}
