//! Lists that come in pages, against a service that pages.

use assistants_client::Client;
use assistants_types::*;
use axum::middleware::from_fn_with_state;
use example_server::Service;

use crate::harness::{Over, app};
use crate::wire::{Wire, record};

/// A thread of some messages that say `1`, `2`, `3`, …
struct Thread {
    client: Client,
    wire: Wire,
    id: String,
    messages: Vec<Message>,
}

impl Thread {
    async fn new(over: Over, count: usize) -> Self {
        let wire = Wire::default();
        let app = app(Service::new()).layer(from_fn_with_state(wire.clone(), record));
        let client = over.client(app).await;

        let id = client.create_thread().await.unwrap().id;
        let mut messages = Vec::new();
        for number in 1..=count {
            let message = CreateMessageRequest::new(Role::User, number.to_string());
            messages.push(client.create_message(&id, message).await.unwrap());
        }
        wire.exchanges().clear();
        Self {
            client,
            wire,
            id,
            messages,
        }
    }

    /// The queries that were sent since the last time.
    fn queries(&self) -> Vec<String> {
        let exchanges = std::mem::take(&mut *self.wire.exchanges());
        let queries = exchanges.iter().map(|exchange| {
            let (_, query) = exchange.line.split_once('?').unwrap_or_default();
            self.numbered(query)
        });
        queries.collect()
    }

    /// The text with the numbers of messages in place of their ids.
    fn numbered(&self, text: &str) -> String {
        let messages = self.messages.iter().zip(1..);
        messages.fold(text.to_owned(), |text, (message, number)| {
            text.replace(&message.id, &number.to_string())
        })
    }
}

fn text(message: &Message) -> &str {
    match message.content.as_slice() {
        [MessageContent::Text(part)] => &part.text.value,
        other => panic!("{other:?}"),
    }
}

fn texts(messages: &[Message]) -> Vec<&str> {
    messages.iter().map(text).collect()
}

#[tokio::test]
async fn items_are_all_there_in_either_order() {
    for over in Over::BOTH {
        let thread = Thread::new(over, 7).await;

        let list = || thread.client.list_messages(&thread.id).limit(3);
        let oldest_first = list().order(Order::Asc).items().all().await.unwrap();
        assert_eq!(texts(&oldest_first), ["1", "2", "3", "4", "5", "6", "7"]);
        assert_eq!(oldest_first, thread.messages);
        assert_eq!(
            thread.queries(),
            [
                "limit=3&order=asc",
                "limit=3&order=asc&after=3",
                "limit=3&order=asc&after=6"
            ],
        );

        let newest_first = list().items().all().await.unwrap();
        assert_eq!(texts(&newest_first), ["7", "6", "5", "4", "3", "2", "1"]);
        assert_eq!(
            thread.queries(),
            ["limit=3", "limit=3&after=5", "limit=3&after=2"]
        );
    }
}

/// Each page is in the list's order; the pages go backwards.
#[tokio::test]
async fn pages_go_backwards_from_a_cursor() {
    for over in Over::BOTH {
        let thread = Thread::new(over, 7).await;

        let last = &thread.messages[6].id;
        let call = thread
            .client
            .list_messages(&thread.id)
            .limit(3)
            .order(Order::Asc);
        let mut pages = call.with_before(last).pages();
        let mut seen = Vec::new();
        while let Some(page) = pages.try_next().await.unwrap() {
            seen.push(texts(&page.data).join(" "));
        }

        assert_eq!(seen, ["4 5 6", "1 2 3"]);
        assert_eq!(
            thread.queries(),
            ["limit=3&order=asc&before=7", "limit=3&order=asc&before=4"],
        );
    }
}

#[tokio::test]
async fn items_start_after_a_cursor() {
    let thread = Thread::new(Over::Router, 5).await;

    let call = thread
        .client
        .list_messages(&thread.id)
        .limit(2)
        .order(Order::Asc);
    let items = call.with_after(&thread.messages[1].id).items();
    assert_eq!(texts(&items.all().await.unwrap()), ["3", "4", "5"]);
}

/// No page is asked for that is not needed.
#[tokio::test]
async fn items_come_when_they_are_asked_for() {
    let thread = Thread::new(Over::Router, 4).await;

    let mut items = thread.client.list_messages(&thread.id).limit(2).items();
    assert_eq!(thread.queries(), [""; 0]);
    for expected in ["4", "3"] {
        assert_eq!(text(&items.try_next().await.unwrap().unwrap()), expected);
    }
    assert_eq!(thread.queries(), ["limit=2"]);
    for expected in ["2", "1"] {
        assert_eq!(text(&items.try_next().await.unwrap().unwrap()), expected);
    }
    assert_eq!(items.try_next().await.unwrap(), None);
    assert_eq!(thread.queries(), ["limit=2&after=3"]);
}

#[tokio::test]
async fn an_empty_list_has_no_items() {
    for over in Over::BOTH {
        let thread = Thread::new(over, 0).await;

        let items = thread.client.list_messages(&thread.id).items().all().await;
        assert_eq!(items.unwrap(), []);
        assert_eq!(thread.queries().len(), 1);
    }
}

#[tokio::test]
async fn an_error_on_the_way_ends_the_items() {
    let thread = Thread::new(Over::Router, 3).await;

    let mut items = thread.client.list_messages(&thread.id).limit(2).items();
    assert!(items.next().await.unwrap().is_ok());
    assert!(items.next().await.unwrap().is_ok());
    thread.client.delete_thread(&thread.id).await.unwrap();
    assert_eq!(
        items.next().await.unwrap().unwrap_err().status(),
        Some(404.try_into().unwrap())
    );
    assert!(items.next().await.is_none());
}

/// The other three lists page as the messages do.
#[tokio::test]
async fn every_list_has_items() {
    for over in Over::BOTH {
        let client = over.service(Service::new()).await;
        let mut assistants = Vec::new();
        for _ in 0..3 {
            let assistant = client.create_assistant(CreateAssistantRequest::new("gpt-4o"));
            assistants.push(assistant.await.unwrap());
        }
        let listed = client.list_assistants().order(Order::Asc).limit(2).items();
        assert_eq!(listed.all().await.unwrap(), assistants);

        let thread = client.create_thread().await.unwrap().id;
        let mut runs = Vec::new();
        for assistant in &assistants {
            let run = client.create_run(&thread, CreateRunRequest::new(&assistant.id));
            runs.push(run.await.unwrap());
        }
        let listed = client.list_runs(&thread).order(Order::Asc).limit(2).items();
        assert_eq!(listed.all().await.unwrap(), runs);

        let messages = client.list_messages(&thread).run_id(&runs[1].id).items();
        assert_eq!(messages.all().await.unwrap().len(), 1);

        let steps = client.list_run_steps(&thread, &runs[0].id).limit(1).items();
        let steps = steps.all().await.unwrap();
        assert_eq!(steps.len(), 1);
        let step = client
            .get_run_step(&thread, &runs[0].id, &steps[0].id)
            .await;
        assert_eq!(step.unwrap(), steps[0]);
    }
}
