//! Runs of which nobody knows whether they were started: found, never started twice.

use std::time::Duration;

use assistants_client::types::{CreateThreadAndRunRequest, Metadata};
use assistants_client::{Client, RetryPolicy};
use assistants_runs::{DriveRuns, Error, ErrorKind, MARK, Outcome, RunDriver, RunEnd};
use assistants_server::{Router, router};

use crate::story::{self, THREAD};
use crate::streams::{read, whole};
use crate::wire::{Break, Fault, Wire};
use crate::world::{World, driver, request, tools};

async fn drive(driver: RunDriver, streams: bool) -> Result<RunEnd, Error> {
    match streams {
        true => driver.stream().finish().await,
        false => driver.run_to_end().await,
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_whose_answer_was_lost_is_found_and_told_whole() {
    let faults = [500, 502, 504, 408].map(Fault::Instead);
    for fault in faults
        .into_iter()
        .chain([Fault::LostAnswer, Fault::Late(700)])
    {
        let world = World::fast(story::weather());
        let wire = || Wire::default().fails("createRun", fault.clone());
        let end = driver(&world, wire()).run_to_end().await.unwrap();
        assert_eq!(end.outcome, Outcome::Completed, "{fault:?}");
        assert_eq!(world.count("createRun"), 1, "{fault:?}");
        assert_eq!(world.play().outputs.len(), 1, "{fault:?}");

        let world = World::fast(story::weather());
        let (told, end) = read(driver(&world, wire())).await;
        assert_eq!(told, whole(&story::weather()), "{fault:?}");
        assert_eq!(end.outcome, Outcome::Completed, "{fault:?}");
        assert_eq!(world.count("createRun"), 1, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_not_found_is_astray() {
    for streams in [false, true] {
        let world = World::fast(story::weather());
        let wire = Wire::default().fails("createRun", Fault::LostRequest);
        let error = drive(driver(&world, wire), streams).await.unwrap_err();

        assert!(
            matches!(error.kind(), ErrorKind::Astray(Some(_))),
            "{error:?}"
        );
        assert_eq!((error.thread_id(), error.run_id()), (Some(THREAD), None));
        assert_eq!(error.mark().unwrap().len(), 32);
        let text = "nobody knows whether the run was started: createRun: ";
        assert!(error.to_string().starts_with(text), "{error}");
        assert_eq!(world.log(), ["listRuns"; 4]);
    }
}

/// A stream may end properly, and without a word of the run.
#[tokio::test(start_paused = true)]
async fn a_stream_without_the_run_is_no_answer() {
    let world = World::fast(story::weather());
    let wire = Wire::default().fails("createRun", Fault::Insert(0, DONE));
    let (told, _) = read(driver(&world, wire)).await;
    assert_eq!(told, whole(&story::weather()));

    let wire = Wire::default().fails("createRun", Fault::Insert(0, DONE));
    let error = driver(&World::fast(story::weather()), wire).unmarked();
    let error = error.stream().finish().await.unwrap_err();
    assert!(matches!(error.kind(), ErrorKind::Astray(None)), "{error:?}");
}

const DONE: &str = "event: done\ndata: [DONE]\n\n";

/// Another run of the thread is not taken for it.
#[tokio::test(start_paused = true)]
async fn a_run_without_a_mark_is_not_looked_for() {
    let full = (0..16).map(|n| (format!("key {n}"), "value".to_owned()));
    let full = request().metadata(Metadata::from_iter(full));
    let world = World::fast(story::weather());
    for (request, unmarked) in [(request(), true), (full, false)] {
        let wire = Wire::default().fails("createRun", Fault::LostRequest);
        let mut driver = world.client(wire).drive_run(THREAD, request);
        if unmarked {
            driver = driver.unmarked();
        }
        let error = driver.run_to_end().await.unwrap_err();
        assert!(
            matches!(error.kind(), ErrorKind::Astray(Some(_))),
            "{error:?}"
        );
        assert_eq!(error.mark(), None);
        assert!(world.log().is_empty());
    }
}

#[tokio::test(start_paused = true)]
async fn a_refusal_is_an_error_at_once() {
    let refusals = [400, 401, 404, 429, 503].map(Fault::Refused);
    for fault in refusals.into_iter().chain([Fault::NotSent]) {
        for streams in [false, true] {
            let world = World::fast(story::weather());
            let wire = Wire::default().fails("createRun", fault.clone());
            let error = drive(driver(&world, wire), streams).await.unwrap_err();
            assert!(
                matches!(error.kind(), ErrorKind::Call(_)),
                "{fault:?}: {error:?}"
            );
            assert_eq!(error.run_id(), None);
            assert!(world.log().is_empty(), "{fault:?}: {:?}", world.log());
        }
    }
}

/// A client that retries sends again what was refused, and nothing else.
#[tokio::test(start_paused = true)]
async fn a_client_that_retries_starts_no_second_run() {
    for (fault, sent) in [
        (Fault::Refused(429), 1),
        (Fault::Refused(503), 1),
        (Fault::NotSent, 1),
        (Fault::Instead(500), 1),
        (Fault::LostAnswer, 1),
    ] {
        let world = World::fast(story::weather());
        let wire = Wire::default().fails("createRun", fault.clone());
        let app = Router::new().nest("/v1", router(world.clone()));
        let builder = Client::builder().credentials("sk-test");
        let builder = builder.options(|options| options.retry(RetryPolicy::default()));
        let client: Client = builder.service(wire.over(app)).build().unwrap();
        let driver = client.drive_run(THREAD, request()).tools(&tools().0);
        let end = driver.run_to_end().await.unwrap();

        assert_eq!(end.outcome, Outcome::Completed, "{fault:?}");
        assert_eq!(world.count("createRun"), sent, "{fault:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_mark_leaves_the_metadata_of_the_caller_alone() {
    let own = Metadata::from([("team".to_owned(), "search".to_owned())]);
    let world = World::fast(story::plain());
    let client = world.client(Wire::default());
    let end = client.drive_run(THREAD, request().metadata(own));
    let end = end.run_to_end().await.unwrap();

    let metadata = end.run.metadata.unwrap();
    assert_eq!(metadata.get("team").map(String::as_str), Some("search"));
    assert_eq!(metadata.get(MARK), world.mark().as_ref());

    let other = World::fast(story::plain());
    driver(&other, Wire::default()).run_to_end().await.unwrap();
    assert_ne!(other.mark(), world.mark());
}

#[tokio::test(start_paused = true)]
async fn a_run_of_a_new_thread_is_found_once_the_thread_is_known() {
    let driver = |world: &World, events| {
        let wire = Wire::default();
        let wire = wire.fails("createThreadAndRun", Fault::Cut(events, 0, Break::Reset));
        let request = CreateThreadAndRunRequest::new("asst_1");
        world
            .client(wire)
            .drive_thread_and_run(request)
            .tools(&tools().0)
    };

    let world = World::fast(story::weather());
    let error = driver(&world, 0).stream().finish().await.unwrap_err();
    assert!(
        matches!(error.kind(), ErrorKind::Astray(Some(_))),
        "{error:?}"
    );
    assert_eq!(error.thread_id(), None);

    for events in 1..8 {
        let world = World::fast(story::weather());
        let (told, end) = read(driver(&world, events)).await;
        let mut expected = whole(&story::weather());
        expected.names.insert(0, "thread.created".to_owned());
        assert_eq!(told, expected, "{events}");
        assert_eq!(end.outcome, Outcome::Completed);
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_does_not_stream_is_polled() {
    for pace in [1, usize::MAX] {
        let world = World::paced(story::twice(), pace);
        world.play().never_streams = true;
        let (told, end) = read(driver(&world, Wire::default())).await;

        assert_eq!(told, whole(&story::twice()));
        assert_eq!(end.outcome, Outcome::Completed);
        assert_eq!(world.count("listRuns"), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn time_that_runs_out_before_there_is_a_run_is_an_error() {
    let world = World::fast(story::weather());
    let wire = Wire::default().fails("createRun", Fault::Late(100));
    let driver = driver(&world, wire).deadline(Duration::from_secs(10));
    let error = driver.clone().run_to_end().await.unwrap_err();

    assert!(matches!(error.kind(), ErrorKind::Astray(None)), "{error:?}");
    assert_eq!(error.mark(), world.mark().as_deref());

    // What is to be cancelled is looked for all the same.
    let world = World::fast(story::weather());
    let wire = Wire::default().fails("createRun", Fault::Late(100));
    let driver = crate::world::driver(&world, wire).deadline(Duration::from_secs(10));
    let end = driver.cancel_on_deadline().run_to_end().await.unwrap();
    assert_eq!(end.outcome, Outcome::OutOfTime);
    assert!(world.is_cancelled());
}
