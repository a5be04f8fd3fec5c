//! What a call says to `tracing`.

use std::fmt::{Debug, Write};
use std::sync::{Arc, Mutex, OnceLock};

use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::subscriber::DefaultGuard;
use tracing::{Dispatch, Event, Metadata, Subscriber};

use counterpart_client::Call;
use counterpart_client::NoBody;
use counterpart_client::wire::open_enum;
use serde_json::Value;

use crate::support::{Server, reply, reply_with};

/// Writes down every field of every span and event.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

impl Subscriber for Notes {
    fn enabled(&self, metadata: &Metadata<'_>) -> bool {
        metadata.target().starts_with("counterpart_client")
    }

    fn new_span(&self, attributes: &Attributes<'_>) -> Id {
        attributes.record(&mut self.visitor());
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        values.record(&mut self.visitor());
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}

    fn event(&self, event: &Event<'_>) {
        event.record(&mut self.visitor());
    }

    fn enter(&self, _: &Id) {}

    fn exit(&self, _: &Id) {}
}

impl Notes {
    fn visitor(&self) -> Self {
        self.clone()
    }
}

impl Visit for Notes {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        writeln!(self.0.lock().unwrap(), "{field}={value:?}").unwrap();
    }
}

/// Sends what this thread traces to `notes`.
///
/// As long as there is one subscriber in all, `tracing` asks that of the thread which first comes to a place whether
/// anybody wants to know of it, and remembers the answer. Tests on other threads have none: a second one makes it ask all.
fn listening(notes: &Notes) -> DefaultGuard {
    static SECOND: OnceLock<Dispatch> = OnceLock::new();
    SECOND.get_or_init(|| Dispatch::new(Notes::default()));
    tracing::subscriber::set_default(notes.clone())
}

#[tokio::test(start_paused = true)]
async fn a_span_tells_what_happened_and_no_more() {
    let notes = Notes::default();
    let server = Server::replies([
        || reply(503, "hunter2"),
        || reply_with(200, &[("x-request-id", "req_1")], r#"{"a": "hunter2"}"#),
    ]);

    let guard = listening(&notes);
    let call = server
        .post("/things/{id}")
        .path("id", "hunter2")
        .query("q", "hunter2");
    let call = call.header("Authorization", "hunter2").json("hunter2");
    call.await.unwrap();
    drop(guard);

    let text = notes.0.lock().unwrap().clone();
    for line in [
        "operation=\"createThing\"",
        "method=\"POST\"",
        "path=\"/things/{id}\"",
        "status=200",
        "attempts=2",
        "request_id=\"req_1\"",
        "message=sending again",
    ] {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
    assert!(!text.contains("hunter2"), "{text}");
}

/// One value is listed, so that any other is not as the document says.
#[derive(Debug, Clone, PartialEq)]
enum Status {
    Queued,
    Unknown(String),
}

impl Status {
    const ALL: &'static [Self] = &[Self::Queued];

    fn as_str(&self) -> &str {
        match self {
            Self::Queued => "queued",
            Self::Unknown(value) => value,
        }
    }
}

impl From<&str> for Status {
    fn from(value: &str) -> Self {
        match value {
            "queued" => Self::Queued,
            other => Self::Unknown(other.to_owned()),
        }
    }
}

open_enum!(Status);

#[tokio::test]
async fn drift_is_warned_of_once_and_without_values() {
    let notes = Notes::default();
    let server = Server::json(r#"["queued", "hunter2"]"#);
    let http = server.http();

    let guard = listening(&notes);
    for _ in 0..3 {
        let call: Call<NoBody, Vec<Status>, Value> = http.get("getStatuses", "/a");
        call.await.unwrap();
    }
    drop(guard);

    let text = notes.0.lock().unwrap().clone();
    assert_eq!(
        text.matches("message=not as the document says").count(),
        1,
        "{text}"
    );
    for line in ["path=\"[1]\"", "kind=UnknownValue", "of=\"Status\""] {
        assert!(text.contains(line), "{line} is not in:\n{text}");
    }
    assert!(!text.contains("hunter2"), "{text}");
}
