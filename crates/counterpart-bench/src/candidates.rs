//! Each payload with the ways to read it and to write it.

use crate::derived;
use crate::payloads::{self, Tag};
use assistants_types as types;
use counterpart_wire::{Event, Mode, RawEvent, json};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::hint::black_box;

/// One thing to do, in several ways.
pub struct Case {
    /// What is done, with what.
    pub name: String,
    /// How many bytes of JSON it is about.
    pub bytes: usize,
    /// With the generated types.
    pub ours: Work,
    /// With derived types.
    pub derived: Work,
    /// With `serde_json::Value`.
    pub value: Work,
}

/// A piece of work, done each time that it is called.
pub type Work = Box<dyn Fn()>;

/// Everything that is measured.
pub fn cases() -> Vec<Case> {
    let mut cases = Vec::new();
    cases.extend(of::<Vec<types::RunUsage>, Vec<derived::Usage>>(
        "1,000 usages",
        payloads::usages(),
    ));
    cases.extend(of::<Vec<types::Thread>, Vec<derived::Thread>>(
        "1,000 threads",
        payloads::threads(),
    ));
    cases.extend(of::<types::Run, derived::Run>(
        "a run with tools",
        payloads::run(),
    ));
    cases.extend(of::<
        types::ListMessagesResponse,
        derived::Page<derived::Message>,
    >("100 messages", payloads::messages()));
    for (name, tag) in [
        ("100 run steps, tag first", Tag::First),
        ("100 run steps, tag in the middle", Tag::Middle),
        ("100 run steps, tag last", Tag::Last),
    ] {
        cases.extend(of::<
            types::ListRunStepsResponse,
            derived::Page<derived::RunStep>,
        >(name, payloads::steps(tag)));
    }
    cases.extend(deltas());
    cases
}

/// Reading and writing one text.
fn of<Ours, Derived>(name: &str, text: String) -> [Case; 2]
where
    Ours: Serialize + DeserializeOwned + 'static,
    Derived: Serialize + DeserializeOwned + 'static,
{
    let bytes = text.len();
    let ours: Ours = ours(&text);
    let derived: Derived = theirs(&text);
    let value: Value = theirs(&text);
    let as_value = serde_json::to_value(&ours).expect("a value is JSON");
    assert_eq!(as_value, value, "{name}: ours keeps everything");
    let as_value = serde_json::to_value(&derived).expect("a value is JSON");
    assert_eq!(as_value, value, "{name}: so do the derived types");

    let (a, b, c) = (text.clone(), text.clone(), text);
    let read = Case {
        name: format!("read {name}"),
        bytes,
        ours: Box::new(move || drop(black_box(self::ours::<Ours>(&a)))),
        derived: Box::new(move || drop(black_box(theirs::<Derived>(&b)))),
        value: Box::new(move || drop(black_box(theirs::<Value>(&c)))),
    };
    let write = Case {
        name: format!("write {name}"),
        bytes,
        ours: Box::new(move || drop(black_box(json::encode(&ours)))),
        derived: Box::new(move || drop(black_box(serde_json::to_vec(&derived)))),
        value: Box::new(move || drop(black_box(serde_json::to_vec(&value)))),
    };
    [read, write]
}

fn ours<T: DeserializeOwned>(text: &str) -> T {
    json::decode(text.as_bytes(), Mode::Lenient).expect("the payload fits")
}

fn theirs<T: DeserializeOwned>(text: &str) -> T {
    serde_json::from_slice(text.as_bytes()).expect("the payload fits")
}

/// What one would write by hand for the two events of [`payloads::deltas`].
#[derive(Debug)]
pub enum Delta {
    /// `thread.message.delta`
    Message(derived::MessageDelta),
    /// `thread.run.step.delta`
    Step(derived::RunStepDelta),
}

impl Delta {
    fn read(event: &RawEvent) -> Self {
        Self::of(event.name(), event.data_str())
    }

    /// The event with this name and this data.
    pub fn of(name: &str, data: &str) -> Self {
        match name {
            "thread.message.delta" => Self::Message(theirs(data)),
            _ => Self::Step(theirs(data)),
        }
    }

    fn write(&self) -> RawEvent {
        match self {
            Self::Message(delta) => event("thread.message.delta", delta),
            Self::Step(delta) => event("thread.run.step.delta", delta),
        }
    }
}

/// What is sent of an event: its name beside its data.
fn event<T: Serialize>(name: &'static str, data: &T) -> RawEvent {
    RawEvent::text(name, serde_json::to_string(data).expect("a value is JSON"))
}

/// The events of [`payloads::deltas`].
pub fn events() -> Vec<RawEvent> {
    let name = |index| match payloads::is_step_delta(index) {
        true => "thread.run.step.delta",
        false => "thread.message.delta",
    };
    let deltas = payloads::deltas().into_iter().enumerate();
    deltas
        .map(|(index, data)| RawEvent::text(name(index), data))
        .collect()
}

/// The payloads of a stream, taken out of their frames already, which is the same work for everybody.
fn deltas() -> [Case; 2] {
    let read = |event: &RawEvent| types::AssistantStreamEvent::read(event).expect("the event fits");
    let bytes = events().iter().map(|event| event.data_str().len()).sum();
    let ours: Vec<_> = events().iter().map(read).collect();
    let derived: Vec<_> = events().iter().map(Delta::read).collect();
    let values: Vec<Value> = events()
        .iter()
        .map(|event| theirs(event.data_str()))
        .collect();

    let (a, b, c) = (events(), events(), events());
    let read = Case {
        name: "read 10,000 deltas".to_owned(),
        bytes,
        ours: Box::new(move || a.iter().for_each(|event| drop(black_box(read(event))))),
        derived: Box::new(move || {
            b.iter()
                .for_each(|event| drop(black_box(Delta::read(event))))
        }),
        value: Box::new(move || {
            c.iter()
                .for_each(|event| drop(black_box(theirs::<Value>(event.data_str()))));
        }),
    };
    let write = Case {
        name: "write 10,000 deltas".to_owned(),
        bytes,
        ours: Box::new(move || ours.iter().for_each(|event| drop(black_box(event.write())))),
        derived: Box::new(move || {
            derived
                .iter()
                .for_each(|event| drop(black_box(event.write())))
        }),
        value: Box::new(move || {
            values
                .iter()
                .for_each(|value| drop(black_box(event("thread.message.delta", value))));
        }),
    };
    [read, write]
}
