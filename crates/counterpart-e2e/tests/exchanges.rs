//! What the generated test of client and server looks at: every reply that the document lists, and nothing that is lost
//! on the way goes unnoticed.

use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

use assistants_client::Client;
use assistants_server::{OPENAPI, Router};
use axum::body::Body;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use counterpart_contract::{Exchange, bytewise, exchanges};
use serde_json::Value;

/// The operations of the document, and for each its statuses and whether it streams.
fn documented() -> Vec<(String, BTreeSet<(String, String)>)> {
    let document: Value = serde_json::from_str(OPENAPI).unwrap();
    let paths = document["paths"].as_object().unwrap().values();
    let operations = paths.flat_map(|item| item.as_object().unwrap().values());
    let operations = operations.filter(|operation| operation["operationId"].is_string());
    let replies = |operation: &Value| {
        let responses = operation["responses"].as_object().unwrap().iter();
        let keys = responses.flat_map(|(status, response)| {
            let contents = response["content"].as_object().unwrap().keys();
            contents.map(|media_type| (status.clone(), media_type.clone()))
        });
        keys.collect()
    };
    let named = operations.map(|it| (it["operationId"].as_str().unwrap().to_owned(), replies(it)));
    named.collect()
}

#[test]
fn there_is_an_exchange_for_every_reply_of_every_operation() {
    let operations = documented();
    assert_eq!(operations.len(), 23);
    for (operation, replies) in operations {
        let made = exchanges(OPENAPI, &operation);
        let keys = made.iter().map(Exchange::reply);
        let keys: BTreeSet<_> = keys.map(|(a, b)| (a.to_owned(), b.to_owned())).collect();
        assert_eq!(keys, replies, "{operation}");
    }
}

#[test]
fn there_is_a_generated_test_for_every_operation() {
    let test = include_str!("../../../generated/assistants-server/tests/contract.rs");
    for (operation, _) in documented() {
        let line = format!("for exchange in exchanges(server::OPENAPI, \"{operation}\") {{");
        assert!(test.contains(&line), "{operation}");
    }
}

/// A client of a service that answers everything with this.
fn answered(status: u16, media_type: &'static str, body: String) -> Client {
    let answer = move |_: Request| {
        let body = body.clone();
        async move {
            let mut response = Response::new(Body::from(body));
            *response.status_mut() = StatusCode::from_u16(status).unwrap();
            let headers = response.headers_mut();
            headers.insert("content-type", media_type.parse().unwrap());
            response
        }
    };
    bytewise(Client::builder(), Router::new().fallback(answer))
}

fn exchange(status: &str, media_type: &str) -> Exchange {
    let mut all = exchanges(OPENAPI, "createRun").into_iter();
    all.find(|it| it.reply() == (status, media_type)).unwrap()
}

/// Whether an exchange of `createRun` goes well when it is answered with this.
async fn goes_well(exchange: &Exchange, status: u16, body: Value) -> bool {
    let client = answered(status, "application/json", body.to_string());
    let call = client.create_run(&exchange.text("thread_id"), exchange.body());
    let received = call.send().await;
    catch_unwind(AssertUnwindSafe(|| exchange.check(received))).is_ok()
}

#[tokio::test]
async fn what_is_lost_on_the_way_is_noticed() {
    let exchange = exchange("200", "application/json");
    let right: Value = exchange.json();
    assert!(goes_well(&exchange, 200, right.clone()).await);

    let mut without = right.clone();
    without
        .as_object_mut()
        .unwrap()
        .shift_remove("instructions");
    let mut other = right.clone();
    other["status"] = "cancelled".into();
    for wrong in [without, other] {
        assert!(!goes_well(&exchange, 200, wrong).await);
    }
    assert!(
        !goes_well(&exchange, 201, right.clone()).await,
        "another status"
    );
    assert!(!goes_well(&exchange, 400, right).await, "an error");
}

#[tokio::test]
async fn errors_are_compared_as_well() {
    let exchange = exchange("default", "application/json");
    let status = exchange.status().as_u16();
    let right: Value = exchange.json();
    assert!(goes_well(&exchange, status, right.clone()).await);

    let mut other = right.clone();
    other["error"]["message"] = "another".into();
    assert!(!goes_well(&exchange, status, other).await);
    assert!(!goes_well(&exchange, 200, right).await, "a success");
}

/// Whether the stream of `createRun` goes well with what is made of its text.
async fn streams_well(change: impl Fn(String) -> String) -> bool {
    use assistants_client::types::AssistantStreamEvent;
    use counterpart_wire::Event;

    let exchange = exchange("200", "text/event-stream");
    let events: Vec<Value> = exchange.json();
    assert!(events.len() > 20, "an event of each kind");
    let lines = events.iter().map(|it| {
        let name = it["event"].as_str().unwrap();
        format!("event: {name}\ndata: {}\n\n", it["data"])
    });
    let done = AssistantStreamEvent::done().unwrap().write().unwrap();
    let done = format!("event: {}\ndata: {}\n\n", done.name(), done.data_str());
    let text = change(lines.chain([done]).collect());
    let client = answered(200, "text/event-stream", text);
    let call = client.create_run(&exchange.text("thread_id"), exchange.body());
    let received = call.stream().await;
    let checked = tokio::spawn(async move { exchange.check_events(received).await });
    checked.await.is_ok()
}

#[tokio::test]
async fn events_are_compared_one_by_one() {
    assert!(streams_well(|text| text).await);
    let without = |text: String| text.replace("event: done\ndata: [DONE]\n\n", "");
    assert!(!streams_well(without).await, "its end");
    let renamed = |text: String| text.replacen("thread.run.created", "thread.run.queued", 1);
    assert!(!streams_well(renamed).await, "a name");
    let shorter = |text: String| text.split_once("\n\n").unwrap().1.to_owned();
    assert!(!streams_well(shorter).await, "the first event");
}
