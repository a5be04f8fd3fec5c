//! A case for each operation: the typed call, the request on the wire, the typed request, and the answer's way back.

mod assistants;
mod messages;
mod runs;
mod steps;
mod threads;

use std::fmt::Debug;
use std::pin::Pin;

use assistants_client::{Client, Error};
use serde_json::Value;

use crate::harness::Harness;
use crate::wire::{Exchange, json};

/// What is checked of an operation.
pub(crate) struct Case {
    pub(crate) operation: &'static str,
    pub(crate) run: fn(Harness) -> Pin<Box<dyn Future<Output = ()>>>,
}

macro_rules! cases {
    ($($operation:ident $case:path;)*) => {
        /// In the order of the document.
        pub(crate) const CASES: &[Case] = &[$(Case {
            operation: stringify!($operation),
            run: |harness| Box::pin($case(Call { harness, operation: stringify!($operation) })),
        }),*];
    };
}

cases! {
    listAssistants assistants::list;
    createAssistant assistants::create;
    getAssistant assistants::get;
    modifyAssistant assistants::modify;
    deleteAssistant assistants::delete;
    createThread threads::create;
    createThreadAndRun threads::create_and_run;
    getThread threads::get;
    modifyThread threads::modify;
    deleteThread threads::delete;
    listMessages messages::list;
    createMessage messages::create;
    getMessage messages::get;
    modifyMessage messages::modify;
    deleteMessage messages::delete;
    listRuns runs::list;
    createRun runs::create;
    getRun runs::get;
    modifyRun runs::modify;
    cancelRun runs::cancel;
    listRunSteps steps::list;
    getRunStep steps::get;
    submitToolOuputsToRun runs::submit_tool_outputs;
}

/// A call of one operation that is to be made.
struct Call {
    harness: Harness,
    operation: &'static str,
}

/// What a request has on the wire: its first line, and its JSON.
type Sent<'a> = (&'a str, Option<Value>);

impl Call {
    /// Makes a call and checks all of its way: `send` sends it, `sent` goes over the wire, `asked` is what the service
    /// gets; it answers with `reply`, which goes over the wire as `replied`, and which is what the client gets.
    async fn check<C, V, Q, R>(
        &self,
        send: impl FnOnce(&Client) -> C,
        sent: Sent<'_>,
        asked: Q,
        reply: fn(V) -> R,
        (value, replied): (V, Value),
    ) where
        C: IntoFuture<Output = Result<V, Error>>,
        V: Clone + Debug + PartialEq,
        Q: Debug + PartialEq + 'static,
        R: Send + 'static,
    {
        let Self { harness, operation } = self;
        harness.wire.exchanges().clear();
        harness.service.will(Ok(reply(value.clone())));

        let got = send(&harness.client).await.unwrap();

        let exchange = harness.wire.only();
        check_request(&exchange, sent);
        assert_eq!(harness.service.asked::<Q>(operation), [asked]);
        check_reply(&exchange, &replied);
        assert_eq!(got, value, "{operation}");
    }
}

fn check_request(exchange: &Exchange, (line, body): Sent<'_>) {
    assert_eq!(exchange.line, line);
    assert_eq!(exchange.header("openai-beta"), Some("assistants=v2"));
    assert_eq!(exchange.header("authorization"), Some("Bearer sk-test"));
    assert_eq!(exchange.header("accept"), Some("application/json"));
    let agent = exchange.header("user-agent").unwrap();
    assert!(agent.starts_with("assistants-client/"), "{agent}");

    let media_type = exchange.header("content-type");
    match body {
        Some(body) => {
            assert_eq!(media_type, Some("application/json"), "{line}");
            assert_eq!(json(&exchange.body), body, "{line}");
        }
        None => assert_eq!((media_type, exchange.body.as_str()), (None, ""), "{line}"),
    }
}

fn check_reply(exchange: &Exchange, replied: &Value) {
    assert_eq!(exchange.status, 200);
    assert_eq!(
        exchange.reply_header("content-type"),
        Some("application/json")
    );
    assert!(exchange.reply_header("x-request-id").is_some());
    assert_eq!(exchange.reply_json(), *replied, "{}", exchange.line);
}
