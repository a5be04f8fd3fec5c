//! A reply that the document does not have: nothing says that a thread can be answered with events, or with a run.

use assistants_server::types::Run;
use assistants_server::{ApiError, EventStream, GetThreadReply};

fn events() -> Result<GetThreadReply, ApiError> {
    Ok(GetThreadReply::Events(EventStream::iter([])))
}

fn run(run: Run) -> Result<GetThreadReply, ApiError> {
    Ok(run.into())
}

fn main() {
    let _ = (events, run);
}
