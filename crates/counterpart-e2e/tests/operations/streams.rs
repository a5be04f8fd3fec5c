//! Runs as streams of events.

use assistants_client::{Client, Error, StreamFault};
use assistants_server::{ApiError, CreateRunReply, EventStream, SubmitToolOutputsToRunReply};
use assistants_types::*;
use axum::Router;
use axum::body::Body;
use counterpart_wire::Event;
use example_server::Service;
use http::Response;
use serde_json::json;
use tokio::sync::oneshot;

use crate::fixtures::{run, thread};
use crate::harness::{Harness, Over};
use crate::wire::json;

type Events = assistants_client::EventStream<AssistantStreamEvent, ErrorResponse>;

/// All events until the stream ends.
async fn all(mut events: Events) -> Vec<AssistantStreamEvent> {
    let mut all = Vec::new();
    while let Some(event) = events.try_next().await.unwrap() {
        all.push(event);
    }
    all
}

/// The names of events, without the repetition of deltas.
fn names(events: &[AssistantStreamEvent]) -> Vec<String> {
    let mut names: Vec<_> = events
        .iter()
        .map(|event| event.write().unwrap().name().to_owned())
        .collect();
    names.dedup();
    names
}

/// All that is told of messages by and by, put together.
fn deltas(events: &[AssistantStreamEvent]) -> String {
    let deltas = events.iter().filter_map(|event| match event {
        AssistantStreamEvent::ThreadMessageDelta(delta) => delta.delta.content.as_deref(),
        _ => None,
    });
    let texts = deltas.flatten().map(|part| match part {
        MessageContentDelta::Text(part) => part.text.as_ref().unwrap().value.clone().unwrap(),
        other => panic!("{other:?}"),
    });
    texts.collect()
}

async fn assistant(client: &Client, tools: impl Into<Vec<Tool>>) -> String {
    let request = CreateAssistantRequest::new("gpt-4o").tools(tools);
    client.create_assistant(request).await.unwrap().id
}

const ANSWER: [&str; 9] = [
    "thread.run.step.created",
    "thread.run.step.in_progress",
    "thread.message.created",
    "thread.message.in_progress",
    "thread.message.delta",
    "thread.message.completed",
    "thread.run.step.completed",
    "thread.run.completed",
    "done",
];

/// The names of events: these, and then those of an answer.
fn and_an_answer<'a>(first: &[&'a str]) -> Vec<&'a str> {
    first.iter().copied().chain(ANSWER).collect()
}

#[tokio::test]
async fn a_run_streams_from_its_creation_to_its_end() {
    for over in Over::BOTH {
        let client = over.service(Service::new()).await;
        let assistant = assistant(&client, []).await;
        let thread = client.create_thread().await.unwrap().id;
        let hello = CreateMessageRequest::new(Role::User, "Hello over there");
        client.create_message(&thread, hello).await.unwrap();

        let call = client.create_run(&thread, CreateRunRequest::new(assistant));
        let events = all(call.stream().await.unwrap()).await;

        let first = [
            "thread.run.created",
            "thread.run.queued",
            "thread.run.in_progress",
        ];
        assert_eq!(names(&events), and_an_answer(&first));
        assert_eq!(deltas(&events), "You said: Hello over there");
        assert_eq!(events.last(), Some(&AssistantStreamEvent::Done));
    }
}

#[tokio::test]
async fn a_thread_is_created_in_the_stream_of_its_run() {
    for over in Over::BOTH {
        let client = over.service(Service::new()).await;
        let assistant = assistant(&client, []).await;
        let hello = CreateMessageRequest::new(Role::User, "Hello");
        let request = CreateThreadAndRunRequest::new(assistant)
            .thread(CreateThreadRequest::new().messages([hello]));

        let events = client
            .create_thread_and_run(request)
            .stream()
            .await
            .unwrap();
        let events = all(events).await;

        let first = [
            "thread.created",
            "thread.run.created",
            "thread.run.queued",
            "thread.run.in_progress",
        ];
        assert_eq!(names(&events), and_an_answer(&first));
        assert_eq!(deltas(&events), "You said: Hello");
        let AssistantStreamEvent::ThreadCreated(thread) = &events[0] else {
            panic!()
        };
        assert_eq!(client.get_thread(&thread.id).await.unwrap(), *thread);
    }
}

#[tokio::test]
async fn a_run_that_needs_a_function_goes_on_in_a_second_stream() {
    for over in Over::BOTH {
        let client = over.service(Service::new()).await;
        let add = FunctionTool::new(FunctionDefinition::new("add"));
        let assistant = assistant(&client, [add.into()]).await;
        let thread = client.create_thread().await.unwrap().id;

        let call = client.create_run(&thread, CreateRunRequest::new(assistant));
        let events = all(call.stream().await.unwrap()).await;
        assert_eq!(
            names(&events),
            [
                "thread.run.created",
                "thread.run.queued",
                "thread.run.in_progress",
                "thread.run.step.created",
                "thread.run.step.in_progress",
                "thread.run.requires_action",
                "done",
            ]
        );
        let Some(AssistantStreamEvent::ThreadRunRequiresAction(run)) = events.iter().nth_back(1)
        else {
            panic!("{events:?}")
        };
        let action = run.required_action.as_ref().unwrap();
        let [call] = &action.submit_tool_outputs.tool_calls[..] else {
            panic!("{action:?}")
        };
        assert_eq!(call.function.name, "add");

        let output = ToolOutput::new().tool_call_id(&call.id).output("42");
        let outputs = SubmitToolOutputsRunRequest::new([output]);
        let call = client.submit_tool_outputs_to_run(&thread, &run.id, outputs);
        let events = all(call.stream().await.unwrap()).await;
        let first = [
            "thread.run.step.completed",
            "thread.run.queued",
            "thread.run.in_progress",
        ];
        assert_eq!(names(&events), and_an_answer(&first));
        assert_eq!(deltas(&events), "add returned: 42");
    }
}

/// The request says that it wants events in two ways; the answer is framed as the API frames it.
#[tokio::test]
async fn a_stream_on_the_wire() {
    for over in Over::BOTH {
        let Harness {
            client,
            service,
            wire,
        } = over.script().await;
        let (created, created_json) = thread();
        let events = EventStream::iter([
            AssistantStreamEvent::ThreadCreated(created),
            AssistantStreamEvent::Done,
        ]);
        service.will(Ok(CreateRunReply::Events(events)));

        let call = client.create_run("thread_1", CreateRunRequest::new("asst_1"));
        assert_eq!(all(call.stream().await.unwrap()).await.len(), 2);

        let exchange = wire.only();
        let body = json!({"assistant_id": "asst_1", "stream": true});
        assert_eq!(json(&exchange.body), body);
        assert_eq!(exchange.header("accept"), Some("text/event-stream"));
        let media_type = exchange.reply_header("content-type").unwrap();
        assert!(media_type.starts_with("text/event-stream"), "{media_type}");

        let data = exchange
            .reply
            .strip_prefix("event: thread.created\ndata: ")
            .unwrap();
        let data = data
            .strip_suffix("\n\nevent: done\ndata: [DONE]\n\n")
            .unwrap();
        assert!(!data.contains('\n'), "{data}");
        assert_eq!(json(data), created_json);
    }
}

/// A service that forgets the last event is not its client's problem.
#[tokio::test]
async fn the_router_ends_every_stream() {
    for over in Over::BOTH {
        let Harness {
            client, service, ..
        } = over.script().await;
        let events = EventStream::iter([AssistantStreamEvent::ThreadRunCompleted(run().0)]);
        service.will(Ok(SubmitToolOutputsToRunReply::Events(events)));

        let request = SubmitToolOutputsRunRequest::new([]);
        let call = client.submit_tool_outputs_to_run("thread_1", "run_1", request);
        let events = all(call.stream().await.unwrap()).await;

        assert_eq!(names(&events), ["thread.run.completed", "done"]);
    }
}

#[tokio::test]
async fn an_error_in_a_stream_is_a_typed_error() {
    for over in Over::BOTH {
        let Harness {
            client, service, ..
        } = over.script().await;
        let events = EventStream::produce(|mut events| async move {
            events
                .send(AssistantStreamEvent::ThreadRunCreated(run().0))
                .await?;
            Err(ApiError::unavailable("The model is overloaded.").code("overloaded"))
        });
        service.will(Ok(CreateRunReply::Events(events)));

        let call = client.create_run("thread_1", CreateRunRequest::new("asst_1"));
        let mut events = call.stream().await.unwrap();
        assert!(events.try_next().await.unwrap().is_some());
        let error = events.try_next().await.unwrap_err();

        let message = error.to_string();
        assert!(message.contains("The model is overloaded."), "{message}");
        let Error::Stream(error) = error else {
            panic!("{error}")
        };
        let expected =
            assistants_types::ErrorDetails::new("The model is overloaded.", "server_error");
        assert_eq!(
            error.body(),
            Some(&ErrorResponse::new(expected.code("overloaded")))
        );
        assert_eq!(
            (error.events(), error.last_event()),
            (1, Some("thread.run.created"))
        );
        assert!(events.next().await.is_none());
    }
}

/// The service waits with the second event until the test has the first.
#[tokio::test]
async fn events_arrive_while_the_service_goes_on() {
    for over in Over::BOTH {
        let (received, wait) = oneshot::channel();
        let events = EventStream::produce(|mut events| async move {
            events
                .send(AssistantStreamEvent::ThreadRunCreated(run().0))
                .await?;
            wait.await.map_err(ApiError::internal)?;
            events
                .send(AssistantStreamEvent::ThreadRunCompleted(run().0))
                .await?;
            Ok(events.send(AssistantStreamEvent::Done).await?)
        });
        let service = crate::scripted::Scripted::default();
        service.will(Ok(CreateRunReply::Events(events)));
        let client = over.service(service).await;

        let call = client.create_run("thread_1", CreateRunRequest::new("asst_1"));
        let mut events = call.stream().await.unwrap();
        let first = events.try_next().await.unwrap();
        assert!(
            matches!(first, Some(AssistantStreamEvent::ThreadRunCreated(_))),
            "{first:?}"
        );
        received.send(()).unwrap();
        assert_eq!(names(&all(events).await), ["thread.run.completed", "done"]);
    }
}

/// The service learns that its client has left, and stops working.
#[tokio::test]
async fn a_stream_that_is_dropped_stops_the_service() {
    for over in Over::BOTH {
        let (alive, stopped) = oneshot::channel::<()>();
        let events = EventStream::produce(|mut events| async move {
            let _alive = alive;
            loop {
                events
                    .send(AssistantStreamEvent::ThreadRunCreated(run().0))
                    .await?;
            }
        });
        let service = crate::scripted::Scripted::default();
        service.will(Ok(CreateRunReply::Events(events)));
        let client = over.service(service).await;

        let call = client.create_run("thread_1", CreateRunRequest::new("asst_1"));
        let mut events = call.stream().await.unwrap();
        assert!(events.try_next().await.unwrap().is_some());
        drop(events);

        // Nothing was sent: the sender is gone.
        assert!(stopped.await.is_err());
    }
}

/// Events where a value was awaited.
#[tokio::test]
async fn events_that_were_not_asked_for_are_an_error() {
    let client = Over::Router.service(Service::new()).await;
    let assistant = assistant(&client, []).await;
    let thread = client.create_thread().await.unwrap().id;

    let request = CreateRunRequest::new(assistant).stream(true);
    let error = client.create_run(&thread, request).await.unwrap_err();

    assert!(matches!(error, Error::Decode(_)), "{error}");
    assert!(
        error.to_string().contains("`.stream()` reads those"),
        "{error}"
    );
}

/// What the service sends for a run, as it goes over the wire.
async fn recorded() -> (Vec<AssistantStreamEvent>, Vec<u8>) {
    let client = Over::Router.service(Service::new()).await;
    let assistant = assistant(&client, []).await;
    let thread = client.create_thread().await.unwrap();
    let request = CreateRunRequest::new(&assistant);
    let events = client.create_run(&thread.id, request).stream();
    let events = all(events.await.unwrap()).await;
    let written = events.iter().map(|event| event.write().unwrap().encode());
    let written: Vec<u8> = written.flatten().collect();
    (events, written)
}

#[tokio::test]
async fn a_run_that_is_cut_at_any_byte_gives_every_event_that_was_whole() {
    let (events, bytes) = recorded().await;
    let ends: Vec<usize> = (0..bytes.len())
        .filter(|at| bytes[..*at].ends_with(b"\n\n"))
        .collect();
    // The name of the last event says that it is, whatever comes of its data.
    let last = b"event: done";
    let found = bytes.windows(last.len()).position(|part| part == last);
    let whole = found.expect("an end") + last.len();
    for cut in 0..=bytes.len() {
        let text = bytes[..cut].to_vec();
        let answer = move || {
            Response::builder()
                .header("content-type", "text/event-stream")
                .body(Body::from(text.clone()))
        };
        let service = Router::new().fallback(move || async move { answer().unwrap() });
        let client = Client::builder()
            .credentials("sk-test")
            .service(service)
            .build()
            .unwrap();
        let request = CreateRunRequest::new("asst_1");
        let mut stream = client
            .create_run("thread_1", request)
            .stream()
            .await
            .unwrap();

        let mut came = Vec::new();
        let end = loop {
            match stream.try_next().await {
                Ok(Some(event)) => came.push(event),
                Ok(None) => break None,
                Err(error) => break Some(error),
            }
        };

        if cut >= whole {
            assert!(end.is_none() && came == events, "cut at {cut}: {end:?}");
            continue;
        }
        let expected = ends.iter().filter(|end| **end <= cut).count();
        assert_eq!(came, events[..expected], "cut at {cut}");
        let Some(Error::Stream(error)) = end else {
            panic!("cut at {cut}: {end:?}")
        };
        let early = matches!(error.fault(), StreamFault::EndedEarly { .. });
        assert!(early, "cut at {cut}: {error}");
    }
}
