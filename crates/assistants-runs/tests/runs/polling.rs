//! Runs that are polled: how often, how patiently, how long.

use std::time::Duration;

use assistants_client::types::RunStatus;
use assistants_runs::{DriveRuns, ErrorKind, Outcome, RunDriver, Tools};
use tokio::time::{Instant, sleep};

use crate::story::{self, ANSWER, RUN, THREAD};
use crate::wire::{Fault, Wire};
use crate::world::{Place, World, driver, request, tools};

fn secs(seconds: u64) -> Duration {
    Duration::from_secs(seconds)
}

#[tokio::test(start_paused = true)]
async fn a_run_is_driven_through_all_rounds() {
    for story in [story::plain(), story::weather(), story::twice()] {
        for pace in [1, usize::MAX] {
            let world = World::paced(story.clone(), pace);
            let (tools, called) = tools();
            let client = world.client(Wire::default());
            let end = client.drive_run(THREAD, request()).tools(&tools);
            let end = end.run_to_end().await.unwrap();

            assert_eq!(end.outcome, Outcome::Completed);
            assert_eq!(end.run.status, RunStatus::Completed);
            assert_eq!(end.completed().unwrap().text(), ANSWER);
            assert_eq!(called.lock().unwrap().len(), story.len() - 1);
            assert_eq!(world.play().outputs.len(), story.len() - 1);
            assert_eq!(world.count("createRun"), 1);
            assert_eq!(world.count("listMessages"), 1);
            assert_eq!(world.count("listRunSteps"), 0);
        }
    }
}

/// The time that a run takes, and how often it was looked at.
async fn rhythm(wire: Wire, change: impl Fn(RunDriver) -> RunDriver) -> (Duration, u32) {
    let world = World::paced(story::plain(), 1);
    let begun = Instant::now();
    let end = change(driver(&world, wire)).run_to_end().await.unwrap();
    assert_eq!(end.outcome, Outcome::Completed);
    (
        begun.elapsed(),
        u32::try_from(world.count("getRun")).unwrap(),
    )
}

/// The clock of a runtime that is paused goes from timer to timer, which are a millisecond apart.
fn assert_rhythm((elapsed, looks): (Duration, u32), interval: Duration) {
    let slack = Duration::from_millis(u64::from(looks) + 1);
    assert!(looks > 5, "{looks}");
    assert!(elapsed >= interval * looks, "{elapsed:?} for {looks}");
    assert!(
        elapsed <= interval * looks + slack,
        "{elapsed:?} for {looks}"
    );
}

#[tokio::test(start_paused = true)]
async fn the_caller_or_the_service_or_habit_says_how_often() {
    let hint = || Wire::default().fails("createRun", Fault::Header("openai-poll-after-ms", "250"));

    assert_rhythm(rhythm(Wire::default(), |driver| driver).await, secs(1));
    assert_rhythm(
        rhythm(hint(), |driver| driver).await,
        Duration::from_millis(250),
    );
    assert_rhythm(
        rhythm(hint(), |driver| driver.poll_every(secs(7))).await,
        secs(7),
    );
    // Never as fast as the machine can, whatever anybody says.
    let least = Duration::from_millis(10);
    assert_rhythm(
        rhythm(hint(), |driver| driver.poll_every(Duration::ZERO)).await,
        least,
    );
    for nonsense in ["soon", "-1", ""] {
        let odd = Fault::Header("openai-poll-after-ms", nonsense);
        let wire = Wire::default().fails("createRun", odd);
        assert_rhythm(rhythm(wire, |driver| driver).await, secs(1));
    }
}

#[tokio::test(start_paused = true)]
async fn looks_that_fail_in_passing_are_made_again() {
    let mut wire = Wire::default();
    for fault in [
        Fault::LostAnswer,
        Fault::Refused(503),
        Fault::Refused(429),
        Fault::Page,
    ] {
        wire = wire.fails("getRun", fault);
    }
    let world = World::fast(story::weather());
    let end = driver(&world, wire.clone()).run_to_end().await.unwrap();
    assert_eq!(end.outcome, Outcome::Completed);

    let world = World::fast(story::weather());
    let wire = wire
        .fails("listRunSteps", Fault::Refused(500))
        .fails("createRun", Fault::LostAnswer);
    let end = driver(&world, wire).stream().finish().await.unwrap();
    assert_eq!(end.outcome, Outcome::Completed);
}

#[tokio::test(start_paused = true)]
async fn the_messages_of_a_run_that_has_ended_are_fetched_again() {
    let faults = [Fault::Refused(500), Fault::LostAnswer, Fault::Page];
    let wire = faults.into_iter().fold(Wire::default(), |wire, fault| {
        wire.fails("listMessages", fault)
    });
    let world = World::fast(story::weather());
    let end = driver(&world, wire).run_to_end().await.unwrap();
    assert_eq!(end.outcome, Outcome::Completed);
    assert!(!end.messages.is_empty());

    let refused = Wire::default().fails("listMessages", Fault::Refused(404));
    let error = driver(&World::fast(story::weather()), refused)
        .run_to_end()
        .await
        .unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("the run run_1: listMessages: "),
        "{error}"
    );
}

#[tokio::test(start_paused = true)]
async fn what_does_not_pass_is_an_error_that_says_which_run_it_is() {
    let mut often = Wire::default();
    for _ in 0..6 {
        often = often.fails("getRun", Fault::Refused(500));
    }
    let once = Wire::default().fails("getRun", Fault::Refused(404));
    for wire in [once, often] {
        let world = World::paced(story::weather(), 1);
        let error = driver(&world, wire).run_to_end().await.unwrap_err();

        assert!(matches!(error.kind(), ErrorKind::Call(_)), "{error:?}");
        assert_eq!(
            (error.thread_id(), error.run_id()),
            (Some(THREAD), Some(RUN))
        );
        assert!(
            error.to_string().starts_with("the run run_1: getRun: "),
            "{error}"
        );

        let client = world.client(Wire::default());
        let again = client.take_up_run(THREAD, RUN).tools(&tools().0);
        assert_eq!(
            again.run_to_end().await.unwrap().outcome,
            Outcome::Completed
        );
    }
}

/// A stream can be taken up after an error as well.
#[tokio::test(start_paused = true)]
async fn a_stream_that_failed_can_be_finished() {
    let world = World::paced(story::weather(), 1);
    let cut = Fault::Cut(2, 0, crate::wire::Break::Reset);
    let wire = Wire::default()
        .fails("createRun", cut)
        .fails("getRun", Fault::Refused(404));
    let mut events = driver(&world, wire).stream();
    let error = loop {
        match events.try_next().await {
            Ok(event) => assert!(event.is_some()),
            Err(error) => break error,
        }
    };
    assert_eq!(error.run_id(), Some(RUN));
    assert!(events.try_next().await.unwrap().is_none());
    assert_eq!(events.finish().await.unwrap().outcome, Outcome::Completed);
}

#[tokio::test(start_paused = true)]
async fn a_run_that_takes_too_long_is_out_of_time() {
    for streams in [false, true] {
        for cancels in [false, true] {
            let world = World::paced(story::weather(), 1);
            let slow = Tools::new().function("get_weather", "", async |_: Place| {
                sleep(secs(3600)).await;
                "late"
            });
            let client = world.client(Wire::default());
            let mut driver = client
                .drive_run(THREAD, request())
                .tools(&slow)
                .deadline(secs(60));
            if cancels {
                driver = driver.cancel_on_deadline();
            }
            let begun = Instant::now();
            let end = match streams {
                false => driver.run_to_end().await.unwrap(),
                true => driver.stream().finish().await.unwrap(),
            };

            assert_eq!(end.outcome, Outcome::OutOfTime);
            assert!(begun.elapsed() >= secs(60) && begun.elapsed() < secs(61));
            assert_eq!(world.is_cancelled(), cancels);
            let status = match cancels {
                true => RunStatus::Cancelled,
                false => RunStatus::RequiresAction,
            };
            assert_eq!(end.run.status, status);
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_takes_too_long_stops_without_done() {
    let world = World::fast(story::plain());
    let silent = Fault::Cut(4, 0, crate::wire::Break::Silent);
    let wire = Wire::default().fails("createRun", silent);
    let mut events = driver(&world, wire).deadline(secs(30)).stream();
    let mut count = 0;
    while let Some(event) = events.try_next().await.unwrap() {
        assert!(!matches!(
            event,
            assistants_client::types::AssistantStreamEvent::Done
        ));
        count += 1;
    }
    assert_eq!(count, 4);
    assert_eq!(events.end().unwrap().outcome, Outcome::OutOfTime);
}
