//! Runs as one stream, when nothing goes wrong; and what other tests compare with that.

use assistants_client::types::{AssistantStreamEvent as Event, RunStatus};
use assistants_runs::{DriveRuns, Outcome, RunDriver, RunEnd};
use counterpart_wire::Event as _;

use crate::story::{self, ANSWER, THREAD, delta_text};
use crate::wire::Wire;
use crate::world::{World, driver, request, tools};

/// What a stream has told: names of events, with deltas of a message together and without those of steps, and the
/// text.
#[derive(Debug, PartialEq)]
pub(crate) struct Told {
    pub(crate) names: Vec<String>,
    pub(crate) text: String,
}

/// Reads a run to its end.
pub(crate) async fn read(driver: RunDriver) -> (Told, RunEnd) {
    let mut events = driver.stream();
    let mut told = Vec::new();
    while let Some(event) = events.try_next().await.unwrap() {
        told.push(event);
    }
    (summary(&told), events.finish().await.unwrap())
}

pub(crate) fn summary(events: &[Event]) -> Told {
    let names = events.iter().map(|event| {
        let id = match event {
            Event::ThreadRunStepCreated(step)
            | Event::ThreadRunStepInProgress(step)
            | Event::ThreadRunStepCompleted(step) => format!(" {}", step.id),
            _ => String::new(),
        };
        event.write().unwrap().name().to_owned() + &id
    });
    let mut names: Vec<_> = names
        .filter(|name| name != "thread.run.step.delta")
        .collect();
    names.dedup_by(|one, other| one == other && one == "thread.message.delta");
    let deltas = events.iter().filter_map(|event| match event {
        Event::ThreadMessageDelta(delta) => Some(delta_text(delta)),
        _ => None,
    });
    Told {
        names,
        text: deltas.collect(),
    }
}

/// What a stream of this story tells if nothing goes wrong.
pub(crate) fn whole(story: &story::Story) -> Told {
    let mut events: Vec<_> = story.iter().flatten().cloned().collect();
    events.push(Event::Done);
    summary(&events)
}

#[tokio::test(start_paused = true)]
async fn all_rounds_are_one_stream() {
    for story in [story::plain(), story::weather(), story::twice()] {
        let world = World::fast(story.clone());
        let (told, end) = read(driver(&world, Wire::default())).await;

        assert_eq!(told, whole(&story));
        assert_eq!(told.text, ANSWER);
        assert_eq!(end.outcome, Outcome::Completed);
        assert_eq!(end.run.status, RunStatus::Completed);
        assert_eq!(end.text(), ANSWER);
        // The stream told everything: nothing had to be asked for.
        let calls = 1 + (story.len() - 1);
        assert_eq!(world.log().len(), calls, "{:?}", world.log());
    }
}

#[tokio::test(start_paused = true)]
async fn a_thread_and_its_run_are_one_stream() {
    let world = World::fast(story::weather());
    let client = world.client(Wire::default());
    let request = assistants_client::types::CreateThreadAndRunRequest::new("asst_1");
    let (told, end) = read(client.drive_thread_and_run(request).tools(&tools().0)).await;

    let mut expected = whole(&story::weather());
    expected.names.insert(0, "thread.created".to_owned());
    assert_eq!(told, expected);
    assert_eq!(end.outcome, Outcome::Completed);
}

/// Everything that has happened before is told as well.
#[tokio::test(start_paused = true)]
async fn a_run_that_was_begun_before_is_taken_up() {
    for story in [story::plain(), story::weather(), story::twice()] {
        for pace in [1, 2, usize::MAX] {
            let world = World::paced(story.clone(), pace);
            let client = world.client(Wire::default());
            let run = client.create_run(THREAD, request()).await.unwrap();
            let (told, end) = read(client.take_up_run(THREAD, &run.id).tools(&tools().0)).await;

            assert_eq!(told, whole(&story), "pace {pace}");
            assert_eq!(end.outcome, Outcome::Completed);
            assert_eq!(world.count("createRun"), 1);
        }
    }
}
