//! What is made of streams of events: text, and changes with the values that they add up to.

use assistants_client::types::{AssistantStreamEvent as Event, *};
use assistants_runs::{AssistantEvents, Change, Snapshot};

use crate::story::{self, ANSWER, State, THREAD};
use crate::wire::{Break, Fault, Wire};
use crate::world::{World, driver, request};

/// A change in a word or two.
fn brief(change: &Change) -> String {
    match change {
        Change::Thread(_) => "thread".to_owned(),
        Change::Run(run) => format!("run {}", run.status),
        Change::MessageCreated(message) => format!("+ {}", message.id),
        Change::TextCreated { index, .. } => format!("+ text {index}"),
        Change::TextDelta { index, text, .. } => format!("text {index}: {text}"),
        Change::TextDone { index, text, .. } => format!("- text {index}: {}", text.value),
        Change::RefusalDelta { index, refusal, .. } => format!("refusal {index}: {refusal}"),
        Change::ImageFileDone { index, image, .. } => format!("- image {index}: {}", image.file_id),
        Change::MessageDone(message) => format!("- {}", message.id),
        Change::StepCreated(step) => format!("+ {}", step.id),
        Change::ToolCallCreated { index, call, .. } => format!("+ call {index}: {}", said(call)),
        Change::ToolCallDelta { index, .. } => format!("call {index}"),
        Change::ToolCallDone { index, call, .. } => format!("- call {index}: {}", said(call)),
        Change::StepDone(step) => format!("- {}", step.id),
        other => format!("{other:?}"),
    }
}

fn said(call: &ToolCall) -> String {
    match call {
        ToolCall::Function(call) => format!("{}({})", call.function.name, call.function.arguments),
        ToolCall::CodeInterpreter(call) => call.code_interpreter.input.clone(),
        other => format!("{other:?}"),
    }
}

fn changes(snapshot: &mut Snapshot, event: Event) -> Vec<String> {
    snapshot.take(event).iter().map(brief).collect()
}

fn message_delta<const N: usize>(parts: [MessageContentDelta; N]) -> Event {
    let delta = MessageDeltaFields::new().content(parts);
    Event::ThreadMessageDelta(MessageDelta::new("msg_1", delta))
}

fn text(index: i64, text: &str) -> MessageContentDelta {
    let text = MessageTextDelta::new().value(text);
    MessageContentTextDelta::new(index).text(text).into()
}

#[tokio::test(start_paused = true)]
async fn text_comes_as_it_is_written() {
    let world = World::fast(story::plain());
    let client = world.client(Wire::default());
    let events = client.create_run(THREAD, request()).stream().await.unwrap();
    let mut pieces = Vec::new();
    let mut text = events.text_deltas();
    while let Some(piece) = text.try_next().await.unwrap() {
        pieces.push(piece);
    }
    assert_eq!(pieces, ["It is ", "9.5 °", "C."]);
}

/// Whatever happens to the streams, the text is whole, and so are all other values.
#[tokio::test(start_paused = true)]
async fn a_run_whose_streams_break_adds_up_to_the_same() {
    let story = story::weather();
    let whole = State::after(story.iter().flatten());
    for (round, operation) in ["createRun", "submitToolOuputsToRun"]
        .into_iter()
        .enumerate()
    {
        for count in 0..=story[round].len() {
            let mut streamed: Vec<_> = story[..round].iter().map(Vec::len).collect();
            streamed.push(count);
            let play = || {
                let world = World::paced(story.clone(), 1);
                world.play().streamed = streamed.clone();
                let wire = Wire::default();
                let wire = wire.fails(operation, Fault::Cut(count, 3, Break::Reset));
                driver(&world, wire).stream()
            };
            let mut text = play().text_deltas();
            let mut said = String::new();
            while let Some(piece) = text.try_next().await.unwrap() {
                said += &piece;
            }
            assert_eq!(said, ANSWER, "{operation} {count}");

            let snapshot = play().changes().finish().await.unwrap();
            let run = snapshot.run().unwrap();
            assert_eq!(run.status, RunStatus::Completed, "{operation} {count}");
            assert!(
                snapshot.messages().eq(&whole.messages),
                "{operation} {count}"
            );
            assert!(snapshot.steps().eq(&whole.steps), "{operation} {count}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn changes_are_told_in_their_order() {
    let world = World::fast(story::weather());
    let mut changes = driver(&world, Wire::default()).stream().changes();
    let mut told = Vec::new();
    while let Some(change) = changes.try_next().await.unwrap() {
        if let Change::TextDelta {
            message_id, text, ..
        } = &change
        {
            let message = changes.snapshot().message(message_id).unwrap();
            let MessageContent::Text(part) = &message.content[0] else {
                panic!("{message:?}")
            };
            assert!(part.text.value.ends_with(text), "{part:?}");
        }
        told.push(brief(&change));
    }
    let expected = [
        "run queued",
        "run queued",
        "run in_progress",
        "+ step_1",
        "run requires_action",
        "run queued",
        "run in_progress",
        "- step_1",
        "+ step_2",
        "+ msg_1",
        "+ text 0",
        "text 0: It is ",
        "text 0: 9.5 °",
        "text 0: C.",
        "- text 0: It is 9.5 °C.",
        "- msg_1",
        "- step_2",
        "run completed",
    ];
    assert_eq!(told, expected);
}

#[tokio::test(start_paused = true)]
async fn the_final_values_are_at_hand() {
    let play = || {
        let world = World::fast(story::weather());
        driver(&world, Wire::default()).stream().changes()
    };
    let run = play().final_run().await.unwrap().unwrap();
    assert_eq!(run.status, RunStatus::Completed);
    let messages = play().final_messages().await.unwrap();
    assert_eq!(messages.len(), 1);
    assert_eq!(messages[0].status, MessageStatus::Completed);
    let steps = play().final_steps().await.unwrap();
    assert_eq!(steps.len(), 2);
}

#[tokio::test(start_paused = true)]
async fn an_error_of_the_stream_is_passed_on() {
    let world = World::fast(story::plain());
    let wire = Wire::default().fails("createRun", Fault::Cut(9, 0, Break::Reset));
    let client = world.client(wire);
    let events = client.create_run(THREAD, request()).stream().await.unwrap();
    let mut changes = events.changes();
    let error = loop {
        match changes.try_next().await {
            Ok(change) => assert!(change.is_some()),
            Err(error) => break error,
        }
    };
    assert!(
        matches!(error, assistants_client::Error::Stream(_)),
        "{error}"
    );
    // What has come is there all the same.
    assert_eq!(
        changes.snapshot().run().unwrap().status,
        RunStatus::InProgress
    );
    assert_eq!(changes.snapshot().messages().count(), 1);
}

#[test]
fn another_part_means_that_the_one_before_is_done() {
    let mut snapshot = Snapshot::new();
    let created = Event::ThreadMessageCreated(story::message("msg_1"));
    assert_eq!(changes(&mut snapshot, created), ["+ msg_1"]);

    let both = message_delta([text(0, "Here "), text(0, "it is:")]);
    let told = ["+ text 0", "text 0: Here ", "text 0: it is:"];
    assert_eq!(changes(&mut snapshot, both), told);

    let image = ImageFileDelta::new().file_id("file_1");
    let image = MessageContentImageFileDelta::new(1).image_file(image);
    let image = message_delta([image.into()]);
    assert_eq!(changes(&mut snapshot, image), ["- text 0: Here it is:"]);

    let refusal = MessageContentRefusalDelta::new(2).refusal("No more.");
    let refusal = message_delta([refusal.into()]);
    assert_eq!(
        changes(&mut snapshot, refusal),
        ["- image 1: file_1", "refusal 2: No more."]
    );

    // The whole message has a text that no delta has told.
    let mut whole = snapshot.message("msg_1").unwrap().clone();
    assert_eq!(whole.content.len(), 3);
    whole
        .content
        .push(MessageContentText::new(MessageText::new("Bye.", [])).into());
    let done = Event::ThreadMessageIncomplete(whole);
    assert_eq!(
        changes(&mut snapshot, done),
        ["+ text 3", "- text 3: Bye.", "- msg_1"]
    );
    assert_eq!(snapshot.message("msg_1").unwrap().content.len(), 4);
}

#[test]
fn calls_of_tools_grow() {
    let delta = |calls: Vec<ToolCallDelta>| {
        let details = StepDetailsToolCallsDelta::new().tool_calls(calls);
        let fields = RunStepDeltaFields::new().step_details(StepDetailsDelta::ToolCalls(details));
        Event::ThreadRunStepDelta(RunStepDelta::new("step_1", fields))
    };
    let function = |index, name: Option<&str>, arguments: &str| {
        let mut call = FunctionCallDelta::new().arguments(arguments);
        call.name = name.map(str::to_owned);
        ToolCallDelta::Function(FunctionToolCallDelta::new(index).function(call))
    };
    let mut snapshot = Snapshot::new();

    let first = delta(vec![function(0, Some("add"), "")]);
    assert_eq!(changes(&mut snapshot, first), ["+ call 0: add()", "call 0"]);
    let more = delta(vec![function(0, None, "1,"), function(0, None, "2")]);
    assert_eq!(changes(&mut snapshot, more), ["call 0", "call 0"]);
    let next = delta(vec![function(1, Some("now"), "")]);
    let told = ["- call 0: add(1,2)", "+ call 1: now()", "call 1"];
    assert_eq!(changes(&mut snapshot, next), told);

    let whole = snapshot.step("step_1").unwrap().clone();
    let done = Event::ThreadRunStepCompleted(whole);
    assert_eq!(
        changes(&mut snapshot, done),
        ["- call 1: now()", "- step_1"]
    );
}

#[test]
fn what_is_not_known_changes_nothing() {
    let mut snapshot = Snapshot::new();
    let raw = counterpart_wire::RawEvent::text("thread.future", "{}");
    let told = snapshot.take(Event::Unknown(raw.clone()));
    assert_eq!(told, [Change::Other(Box::new(Event::Unknown(raw)))]);
    assert!(snapshot.take(Event::Done).is_empty());
    assert!(snapshot.run().is_none() && snapshot.messages().next().is_none());
}
