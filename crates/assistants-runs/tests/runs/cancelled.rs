//! Runs that are cancelled because nobody waits for them any more.

use std::time::Duration;

use assistants_runs::{DriveRuns, RunDriver, Tools};
use tokio::time::{sleep, timeout};

use crate::story::{self, THREAD};
use crate::wire::{Fault, Wire};
use crate::world::{Place, World, driver, request};

/// A driver whose function never returns.
fn stuck(world: &World) -> RunDriver {
    let tools = Tools::new().function("get_weather", "", |_: Place| async {
        std::future::pending::<()>().await;
    });
    world
        .client(Wire::default())
        .drive_run(THREAD, request())
        .tools(&tools)
}

/// Drives a run for ten seconds, and drops it.
async fn drop_late(driver: RunDriver, streams: bool) {
    let ten = Duration::from_secs(10);
    let is_late = match streams {
        true => timeout(ten, driver.stream().finish()).await.is_err(),
        false => timeout(ten, driver.run_to_end()).await.is_err(),
    };
    assert!(is_late);
    // The task that cancels runs now, if there is one.
    sleep(ten).await;
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_dropped_is_cancelled_if_asked() {
    for streams in [false, true] {
        let world = World::fast(story::weather());
        drop_late(stuck(&world).cancel_on_drop(), streams).await;
        assert!(world.is_cancelled());
        assert_eq!(world.count("cancelRun"), 1);

        let world = World::fast(story::weather());
        drop_late(stuck(&world), streams).await;
        assert!(!world.is_cancelled());
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_is_dropped_before_it_is_known_is_found_and_cancelled() {
    for streams in [false, true] {
        let world = World::fast(story::weather());
        let wire = Wire::default().fails("createRun", Fault::Late(100));
        drop_late(driver(&world, wire).cancel_on_drop(), streams).await;
        assert!(world.is_cancelled());
    }
}

#[tokio::test(start_paused = true)]
async fn a_run_that_has_ended_is_not_cancelled() {
    let world = World::fast(story::weather());
    let driver = driver(&world, Wire::default()).cancel_on_drop();
    driver.run_to_end().await.unwrap();
    sleep(Duration::from_secs(10)).await;
    assert_eq!(world.count("cancelRun"), 0);
}

#[tokio::test(start_paused = true)]
async fn what_was_never_begun_is_not_cancelled() {
    let world = World::fast(story::weather());
    drop(driver(&world, Wire::default()).cancel_on_drop().stream());
    sleep(Duration::from_secs(10)).await;
    assert!(world.log().is_empty());
}
