//! Runs that are waited for, and calls without `async`.

use std::time::Duration;

use assistants_client::blocking::{Blocking, BlockingIter};
use assistants_client::{Error, types::*};
use assistants_server::{CreateRunReply, GetRunReply, ListRunsReply};

use crate::fixtures;
use crate::harness::Over;

fn run(status: RunStatus) -> Run {
    Run {
        status,
        ..fixtures::run().0
    }
}

fn request() -> CreateRunRequest {
    CreateRunRequest::new("asst_1")
}

#[tokio::test]
async fn a_run_is_fetched_until_its_status_is_final() {
    for over in Over::BOTH {
        let harness = over.script().await;
        let (first, last) = (run(RunStatus::Queued), run(RunStatus::Completed));
        harness.service.will(Ok(CreateRunReply::from(first)));
        for status in [RunStatus::InProgress, RunStatus::Cancelling] {
            harness.service.will(Ok(GetRunReply::from(run(status))));
        }
        harness.service.will(Ok(GetRunReply::from(last.clone())));

        let call = harness.client.create_run("thread_1", request()).poll();
        let done = call.interval(Duration::from_millis(1)).await.unwrap();

        assert_eq!(done, last);
    }
}

#[tokio::test]
async fn a_run_that_is_not_done_in_time_is_not_lost() {
    let harness = Over::Router.script().await;
    let running = run(RunStatus::InProgress);
    harness
        .service
        .will(Ok(CreateRunReply::from(running.clone())));

    let call = harness.client.create_run("thread_1", request()).poll();
    let call = call.interval(Duration::from_secs(60));
    let error = call.deadline(Duration::from_millis(20)).await.unwrap_err();

    let Error::Unfinished(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.state(), Some("in_progress"));
    assert_eq!(error.last::<Run>(), Some(&running));
}

#[test]
fn everything_works_without_async() {
    for over in Over::BOTH {
        let harness = over.script().blocking();
        let page = ListRunsResponse {
            data: vec![run(RunStatus::Completed)],
            first_id: None,
            last_id: None,
            has_more: false,
        };
        harness.service.will(Ok(ListRunsReply::from(page)));

        let runs = harness.client.list_runs("thread_1").items();
        let runs: Result<Vec<Run>, Error> = runs.blocking_iter().collect();

        assert_eq!(runs.unwrap(), [run(RunStatus::Completed)]);
    }
}
