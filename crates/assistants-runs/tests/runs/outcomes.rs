//! How runs end.

use assistants_client::types::{
    Run, RunIncompleteDetails, RunIncompleteDetailsReason, RunLastError, RunLastErrorCode,
    RunStatus,
};
use assistants_runs::{Outcome, RunEnd};

use crate::story::{self, ends, run};
use crate::wire::Wire;
use crate::world::{World, driver};

/// The end of a run, polled and streamed, which must be the same.
async fn end(last: Run) -> RunEnd {
    let world = World::fast(ends(last.clone()));
    let polled = driver(&world, Wire::default()).unmarked();
    let polled = polled.run_to_end().await.unwrap();
    let world = World::fast(ends(last));
    let streamed = driver(&world, Wire::default()).unmarked();
    let streamed = streamed.stream().finish().await.unwrap();
    assert_eq!(polled, streamed);
    polled
}

#[tokio::test(start_paused = true)]
async fn every_end_has_its_outcome() {
    let error = RunLastError::new(RunLastErrorCode::RateLimitExceeded, "Too many requests.");
    let failed = run(RunStatus::Failed).last_error(error.clone());
    let end_of = end(failed).await;
    assert_eq!(end_of.outcome, Outcome::Failed(error));
    let unfinished = end_of.completed().unwrap_err();
    let text = "the run run_1: failed: rate_limit_exceeded: Too many requests.";
    assert_eq!(unfinished.to_string(), text);
    assert_eq!(unfinished.into_end().run.status, RunStatus::Failed);

    let reason = RunIncompleteDetailsReason::MaxCompletionTokens;
    let details = RunIncompleteDetails::new().reason(reason.clone());
    let incomplete = run(RunStatus::Incomplete).incomplete_details(details);
    assert_eq!(
        end(incomplete).await.outcome,
        Outcome::Incomplete(Some(reason))
    );
    let unexplained = end(run(RunStatus::Incomplete)).await;
    assert_eq!(unexplained.outcome, Outcome::Incomplete(None));

    assert_eq!(end(run(RunStatus::Expired)).await.outcome, Outcome::Expired);
    assert_eq!(
        end(run(RunStatus::Cancelled)).await.outcome,
        Outcome::Cancelled
    );
}

#[tokio::test(start_paused = true)]
async fn a_run_that_expires_while_its_functions_are_called_is_expired() {
    for streams in [false, true] {
        let world = World::fast(story::weather());
        world.play().expires = true;
        let driver = driver(&world, Wire::default());
        let end = match streams {
            true => driver.stream().finish().await.unwrap(),
            false => driver.run_to_end().await.unwrap(),
        };
        assert_eq!(end.outcome, Outcome::Expired);
        assert_eq!(world.count("submitToolOuputsToRun"), 1);
    }
}
