//! Streams that break, wherever they can.

use assistants_runs::Outcome;

use crate::story::{self, Story};
use crate::streams::{read, whole};
use crate::wire::{Break, Fault, Wire};
use crate::world::{World, driver};

const OPERATIONS: [&str; 3] = [
    "createRun",
    "submitToolOuputsToRun",
    "submitToolOuputsToRun",
];

/// A run whose streams each break after so many events, and bytes of the next.
async fn check(story: &Story, streamed: &[usize], bytes: usize, how: Break, pace: usize) {
    let world = World::paced(story.clone(), pace);
    world.play().streamed = streamed.to_vec();
    let mut wire = Wire::default();
    for (operation, count) in OPERATIONS.iter().zip(streamed) {
        wire = wire.fails(operation, Fault::Cut(*count, bytes, how));
    }
    let (told, end) = read(driver(&world, wire)).await;

    let case = format!(
        "{streamed:?} + {bytes}, {how:?}, pace {pace}: {:?}",
        world.log()
    );
    assert_eq!(told, whole(story), "{case}");
    assert_eq!(end.outcome, Outcome::Completed, "{case}");
    assert_eq!(end.text(), story::ANSWER, "{case}");
    assert_eq!(world.count("createRun"), 1, "{case}");
    assert_eq!(world.play().outputs.len(), story.len() - 1, "{case}");
}

/// Every round, after every event.
async fn check_all(story: &Story, bytes: usize, how: Break) {
    for (round, events) in story.iter().enumerate() {
        let mut streamed: Vec<_> = story[..round].iter().map(Vec::len).collect();
        for count in 0..=events.len() {
            streamed.push(count);
            for pace in [1, usize::MAX] {
                check(story, &streamed, bytes, how, pace).await;
            }
            streamed.pop();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_breaks_between_two_events_is_told_to_its_end() {
    for how in Break::ALL {
        check_all(&story::plain(), 0, how).await;
        check_all(&story::weather(), 0, how).await;
    }
    check_all(&story::twice(), 0, Break::Reset).await;
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_breaks_within_an_event_is_told_to_its_end() {
    for bytes in [1, 40] {
        check_all(&story::weather(), bytes, Break::Closed).await;
    }
    check_all(&story::weather(), 40, Break::Silent).await;
}

#[tokio::test(start_paused = true)]
async fn streams_that_break_again_and_again_are_told_to_their_end() {
    let story = story::twice();
    for first in [0, 1, 4] {
        for second in 0..=story[1].len() {
            for third in [0, 2, 6, 9] {
                let streamed = [first, second, third];
                check(&story, &streamed, 5, Break::Reset, 1 + second % 3).await;
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn an_event_that_does_not_fit_is_told_as_unknown() {
    let world = World::fast(story::weather());
    let odd = "event: thread.run.step.created\ndata: 1\n\n";
    let wire = Wire::default().fails("createRun", Fault::Insert(2, odd));
    let (told, end) = read(driver(&world, wire)).await;

    let mut expected = whole(&story::weather());
    expected
        .names
        .insert(2, "thread.run.step.created".to_owned());
    assert_eq!(told, expected);
    assert_eq!(end.outcome, Outcome::Completed);
}

#[tokio::test(start_paused = true)]
async fn an_error_event_is_told_and_the_run_goes_on() {
    let world = World::fast(story::weather());
    let error = "event: error\ndata: {\"code\":null,\"message\":\"Oops.\",\"param\":null,\"type\":\"server_error\"}\n\n";
    let wire = Wire::default().fails("createRun", Fault::Insert(2, error));
    let (told, end) = read(driver(&world, wire)).await;

    let mut expected = whole(&story::weather());
    expected.names.insert(2, "error".to_owned());
    assert_eq!(told, expected);
    assert_eq!(end.outcome, Outcome::Completed);
}
