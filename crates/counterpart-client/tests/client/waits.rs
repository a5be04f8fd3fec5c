//! Calls without `async`.

use counterpart_client::Error;
use counterpart_client::blocking::{Blocking, BlockingIter};
use counterpart_client::wire::RawEvent;
use serde_json::{Value, json};

use crate::support::{Server, pieces, reply};

#[test]
fn a_call_is_waited_for() {
    let server = Server::json(r#"{"id": "t"}"#);

    assert_eq!(server.get("/a").blocking().unwrap(), json!({"id": "t"}));
    let response = server.get("/a").send().blocking().unwrap();
    assert_eq!(response.status(), 200);
    let raw = server.get("/a").raw().blocking().unwrap();
    assert_eq!(raw.status(), 200);
}

#[test]
fn an_error_is_the_same() {
    let server = Server::new(|_| reply(404, r#"{"message": "gone"}"#));

    let error = server.get("/a").blocking().unwrap_err();

    assert_eq!(error.to_string(), "getThing: 404 Not Found: gone");
}

#[test]
fn time_passes_between_attempts() {
    let server = Server::replies([|| reply(503, ""), || reply(200, "1")]);
    let call = server.get("/a").options(|options| {
        let mut policy = counterpart_client::RetryPolicy::default();
        policy.first_wait = std::time::Duration::from_millis(1);
        options.retry(policy)
    });

    assert_eq!(call.blocking().unwrap(), json!(1));
}

#[test]
fn a_stream_is_an_iterator() {
    let server = Server::new(|_| {
        let texts = ["data: 1\n\nda", "ta: 2\n\n", "data: [DONE]\n\n"];
        let chunks = texts.map(|text| Ok(text.into()));
        pieces(200, "text/event-stream", chunks)
    });

    let events = server.get("/a").stream::<RawEvent>().blocking().unwrap();

    let data: Result<Vec<String>, Error<Value>> = events
        .blocking_iter()
        .map(|event| Ok(event?.data_str().to_owned()))
        .collect();
    assert_eq!(data.unwrap(), ["1", "2", "[DONE]"]);
}

#[tokio::test]
async fn it_works_on_a_runtime_s_own_thread() {
    let server = Server::json("1");

    assert_eq!(server.get("/a").blocking().unwrap(), json!(1));
}
