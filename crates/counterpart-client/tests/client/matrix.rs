//! Every fault by every way of sending: it ends in time, a `POST` arrives once, and an error keeps status, headers and
//! what had come of the body.

use std::time::Duration;

use bytes::Bytes;
use counterpart_client::wire::RawEvent;
use counterpart_client::{Call, Error, Json};
use serde_json::{Value, json};

use crate::faulty::{Faulty, Step, endless, head};
use crate::sockets::http;

/// The limits of a call, which is then over.
const LIMIT: Duration = Duration::from_millis(150);

/// Far more than the limits, on a busy machine too.
const SOON: Duration = Duration::from_secs(10);

const JSON: &str = "application/json";
const PROBLEM: &str = r#"{"error":{"message":"no","type":"invalid_request_error","code":null}}"#;

/// How a call is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Way {
    Await,
    Send,
    Stream,
    Raw,
}

/// What came of it: the error, or by [`Way::Raw`] the answer's status, whatever it is, and its body.
type Outcome = Result<(u16, Bytes), Error<Value>>;

/// A fault.
struct Fault {
    name: &'static str,
    steps: Vec<Step>,
    /// The status, where the head of the answer came.
    status: Option<u16>,
    /// What has to be left of the body.
    body: &'static str,
}

fn fault(name: &'static str, steps: impl Into<Vec<Step>>) -> Fault {
    Fault {
        name,
        steps: steps.into(),
        status: None,
        body: "",
    }
}

impl Fault {
    fn status(self, status: u16, body: &'static str) -> Self {
        Self {
            status: Some(status),
            body,
            ..self
        }
    }
}

fn send(text: String) -> Step {
    Step::Send(text.into())
}

fn answer(status: &str, media_type: &str, body: &str) -> Step {
    send(format!("{}{body}", head(status, media_type, body.len())))
}

fn faults() -> Vec<Fault> {
    // The length that the head tells is that of a body that does not come.
    let cut = |body: &str| send(format!("{}{body}", head("200 OK", JSON, 100)));
    let html = "<html><h1>502</h1></html>";
    vec![
        fault("closed before anything", []),
        fault("reset before anything", [Step::Reset]),
        fault("silent", [Step::Stall]),
        fault(
            "closed in the head",
            [send("HTTP/1.1 200 OK\r\ncontent-".to_owned())],
        ),
        fault("no HTTP", [send("SSH-2.0-OpenSSH_9.6\r\n\r\n".to_owned())]),
        fault(
            "the head drips",
            [Step::Drip(
                head("200 OK", JSON, 2).into(),
                Duration::from_millis(40),
            )],
        ),
        fault("JSON that is cut", [cut(r#"{"id": "#)]).status(200, r#"{"id": "#),
        fault("JSON that stalls", [cut(r#"{"id": "#), Step::Stall]).status(200, r#"{"id": "#),
        fault("no JSON", [answer("200 OK", JSON, "{'id': 1}")]).status(200, "{'id': 1}"),
        fault("another media type", [answer("200 OK", "text/html", html)]).status(200, html),
        fault(
            "a page of a proxy",
            [answer("502 Bad Gateway", "text/html", html)],
        )
        .status(502, html),
        fault("a refusal", [answer("400 Bad Request", JSON, PROBLEM)]).status(400, PROBLEM),
        fault("no quota", [answer("429 Too Many Requests", JSON, PROBLEM)]).status(429, PROBLEM),
        fault(
            "a failure",
            [answer("500 Internal Server Error", JSON, PROBLEM)],
        )
        .status(500, PROBLEM),
        fault(
            "a failure that is cut",
            [send(format!("{}{{\"er", head("500 Oops", JSON, 100)))],
        )
        .status(500, "{\"er"),
        fault(
            "a failure without an end",
            [
                send(endless("503 Unavailable", JSON)),
                send("{\"er".to_owned()),
                Step::Stall,
            ],
        )
        .status(503, "{\"er"),
    ]
}

fn call(server: &Faulty) -> Call<Json<Value>, Value, Value> {
    let call = http(server.address).post("createRun", "/runs");
    let call = call.json(json!({"assistant_id": "asst_1"})).retries(0);
    call.timeout(LIMIT).idle_timeout(LIMIT)
}

async fn sent(server: &Faulty, way: Way) -> Outcome {
    let call = call(server);
    match way {
        Way::Await => drop(call.await?),
        Way::Send => drop(call.send().await?),
        Way::Stream => {
            let mut stream = call.stream::<RawEvent>().await?;
            while stream.try_next().await?.is_some() {}
        }
        Way::Raw => {
            let response = call.raw().await?;
            let status = response.status().as_u16();
            let mut body = response.into_body();
            let mut read = Vec::new();
            // A body that breaks off has no more to give.
            while let Ok(Some(chunk)) = body.chunk().await {
                read.extend_from_slice(&chunk);
            }
            return Ok((status, read.into()));
        }
    }
    panic!("by {way:?} it succeeds");
}

/// What an error still has of the answer's body.
fn kept(error: &Error<Value>) -> Bytes {
    match error {
        Error::Api(error) => error.raw().clone(),
        Error::Decode(error) => error.body().clone(),
        Error::Transport(error) => {
            let partial = error.partial();
            partial
                .map(|partial| partial.body.clone())
                .unwrap_or_default()
        }
        _ => Bytes::new(),
    }
}

#[tokio::test]
async fn every_fault_is_told_by_every_way_of_sending() {
    for fault in faults() {
        for way in [Way::Await, Way::Send, Way::Stream, Way::Raw] {
            let what = format!("{}, by {way:?}", fault.name);
            let server = Faulty::doing(fault.steps.clone()).await;

            let outcome = tokio::time::timeout(SOON, sent(&server, way)).await;
            let outcome = outcome.unwrap_or_else(|_| panic!("{what}: it hangs"));

            assert_eq!(server.requests(), 1, "{what}: how often it arrived");
            let error = match outcome {
                Ok((status, body)) => {
                    assert_eq!(
                        (Some(status), &body[..]),
                        (fault.status, fault.body.as_bytes()),
                        "{what}"
                    );
                    continue;
                }
                Err(error) => error,
            };
            let status = error.status().map(|status| status.as_u16());
            assert_eq!(status, fault.status, "{what}: {error}");
            assert_eq!(
                error.request_id(),
                fault.status.map(|_| "req_1"),
                "{what}: {error}"
            );
            assert_eq!(kept(&error), fault.body, "{what}: {error:?}");
            assert_eq!(error.attempts().len(), 1, "{what}: {error:?}");
            if let Error::Api(error) = error {
                assert_eq!(error.is_cut(), fault.body == "{\"er", "{what}: {error}");
            }
        }
    }
}
