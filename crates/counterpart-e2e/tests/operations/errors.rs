//! What a client gets when something goes wrong, typed.

use assistants_client::{Client, Error, Mode};
use assistants_server::{
    ApiError, CreateRunReply, GetRunReply, GetThreadReply, Router, StatusCode,
};
use assistants_types::*;
use axum::routing::get;
use example_server::Service;
use serde_json::{Value, json};

use crate::fixtures::{message, thread};
use crate::harness::{Harness, Over};

/// The error body of an API error, with its status.
fn api_error<T: std::fmt::Debug>(
    result: Result<T, Error>,
) -> (u16, assistants_types::ErrorDetails) {
    match result {
        Err(Error::Api(error)) => {
            assert!(error.request_id().is_some(), "{error}");
            let body = error.body().unwrap_or_else(|| panic!("no body: {error}"));
            (error.status().as_u16(), body.error.clone())
        }
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_404_with_the_apis_error() {
    for over in Over::BOTH {
        let client = over.service(Service::new()).await;

        let error = client.get_thread("thread_9").await.unwrap_err();

        let message = error.to_string();
        let expected = "getThread: 404 Not Found: No thread found with id 'thread_9'. (request id ";
        assert!(message.starts_with(expected), "{message}");
        let (status, body) = api_error::<()>(Err(error));
        assert_eq!(status, 404);
        let expected = "No thread found with id 'thread_9'.";
        assert_eq!(
            body,
            assistants_types::ErrorDetails::new(expected, "invalid_request_error")
        );
    }
}

#[tokio::test]
async fn every_part_of_an_error_arrives() {
    for over in Over::BOTH {
        let Harness {
            client, service, ..
        } = over.script().await;
        let error = ApiError::new(StatusCode::TOO_MANY_REQUESTS, "Slow down.")
            .kind("rate_limit")
            .code("rate_limit_exceeded")
            .param("model")
            .header("retry-after", 7);
        service.will(Err::<GetRunReply, _>(error));

        let error = client.get_run("thread_1", "run_1").await.unwrap_err();

        let Error::Api(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.status(), 429);
        assert_eq!(error.operation(), "getRun");
        assert_eq!(error.headers()["retry-after"], "7");
        let expected = assistants_types::ErrorDetails::new("Slow down.", "rate_limit")
            .code("rate_limit_exceeded")
            .param("model");
        assert_eq!(error.body(), Some(&ErrorResponse::new(expected)));
    }
}

#[tokio::test]
async fn the_documents_own_error_reply_arrives() {
    for over in Over::BOTH {
        let Harness {
            client, service, ..
        } = over.script().await;
        let sent =
            ErrorResponse::new(assistants_types::ErrorDetails::new("No.", "policy").code("no"));
        service.will(Ok(CreateRunReply::Default(
            StatusCode::FORBIDDEN,
            sent.clone(),
        )));

        let request = CreateRunRequest::new("asst_1");
        let (status, body) = api_error(client.create_run("thread_1", request).await);

        assert_eq!((status, body), (403, sent.error));
    }
}

/// An error instead of a stream is no error of the stream.
#[tokio::test]
async fn a_stream_that_is_refused_is_an_api_error() {
    for over in Over::BOTH {
        let client = over.service(Service::new()).await;

        let request = CreateRunRequest::new("asst_9");
        let (status, body) = api_error(client.create_run("thread_9", request).stream().await);

        assert_eq!(
            (status, body.message.as_str()),
            (404, "No assistant found with id 'asst_9'.")
        );
    }
}

#[tokio::test]
async fn an_internal_error_keeps_its_cause_to_itself() {
    for over in Over::BOTH {
        let Harness {
            client,
            service,
            wire,
        } = over.script().await;
        service.will(Err::<GetThreadReply, _>(ApiError::internal(
            "the password is hunter2",
        )));

        let (status, body) = api_error(client.get_thread("thread_1").await);

        assert_eq!((status, body.type_.as_str()), (500, "server_error"));
        assert!(!wire.only().reply.contains("hunter2"), "{:?}", wire.only());
    }
}

/// A script without an answer panics in the middle of a request.
#[tokio::test]
async fn a_panic_is_a_500_for_one_request() {
    for over in Over::BOTH {
        let Harness {
            client,
            service,
            wire,
        } = over.script().await;

        let (status, _) = api_error(client.get_thread("thread_1").await);
        assert_eq!(status, 500);
        assert!(!wire.only().reply.contains("script"), "{:?}", wire.only());

        service.will(Err::<GetThreadReply, _>(ApiError::conflict("Still here.")));
        let (status, _) = api_error(client.get_thread("thread_1").await);
        assert_eq!(status, 409);
    }
}

#[tokio::test]
async fn an_error_page_that_is_not_the_apis_is_kept_as_it_came() {
    let gateway = || async { (StatusCode::BAD_GATEWAY, "<h1>Bad gateway</h1>") };
    let app = Router::new().fallback(gateway);
    for over in Over::BOTH {
        let client = over.client(app.clone()).await;

        let error = client.get_thread("thread_1").await.unwrap_err();

        let Error::Api(error) = error else {
            panic!("{error}")
        };
        assert_eq!((error.status().as_u16(), error.body()), (502, None));
        assert_eq!(error.raw(), "<h1>Bad gateway</h1>");
    }
}

/// A client of a service that answers a list of messages with this JSON.
async fn listing(over: Over, page: Value) -> Client {
    let page = page.to_string();
    let list = get(|| async { ([("content-type", "application/json")], page) });
    let path = "/v1/threads/{thread_id}/messages";
    over.client(Router::new().route(path, list)).await
}

#[tokio::test]
async fn an_answer_of_the_wrong_shape_says_where() {
    let (_, good) = message();
    let mut bad = good.clone();
    bad["content"][0]["text"]["annotations"][0]["start_index"] = json!("four");
    let page = json!({"object": "list", "data": [good, bad], "has_more": false});
    for over in Over::BOTH {
        let client = listing(over, page.clone()).await;

        let list = client.list_messages("thread_1");
        let strict = list.options(|options| options.mode(Mode::Strict));
        let error = strict.await.unwrap_err();

        let message = error.to_string();
        let Error::Decode(error) = error else {
            panic!("{error}")
        };
        let path = "data[1].content[0].text.annotations[0].start_index";
        assert_eq!(error.path(), Some(path));
        assert_eq!(error.status(), 200);
        assert!(
            message.contains(path) && message.contains("four"),
            "{message}"
        );
        assert_eq!(error.body(), page.to_string().as_str());

        // One field does not cost the whole answer, unless asked for.
        let page = client.list_messages("thread_1").send().await.unwrap();
        assert_eq!(page.data.len(), 2);
        let drift = page.drift().iter().map(ToString::to_string);
        assert!(drift.into_iter().any(|drift| drift.starts_with(path)));
    }
}

/// A server that is ahead of the document does not break its clients.
#[tokio::test]
async fn what_the_document_does_not_know_is_tolerated_and_told() {
    let (_, mut newer) = message();
    newer["status"] = json!("pondering");
    newer["mood"] = json!("good");
    newer["content"][0] = json!({"type": "hologram", "depth": 3});
    let page = json!({
        "object": "list", "data": [newer], "first_id": null, "last_id": null, "has_more": false,
    });
    for over in Over::BOTH {
        let client = listing(over, page.clone()).await;

        let page = client.list_messages("thread_1").send().await.unwrap();

        let message = &page.data[0];
        assert_eq!(
            message.status,
            MessageStatus::Unknown("pondering".to_owned())
        );
        let hologram = json!({"type": "hologram", "depth": 3});
        assert_eq!(message.content, [MessageContent::Unknown(hologram)]);
        let drift: Vec<_> = page.drift().iter().map(ToString::to_string).collect();
        assert_eq!(
            drift,
            [
                "data[0].status: unknown value \"pondering\" of MessageStatus",
                "data[0].content[0].type: unknown tag \"hologram\" of MessageContent",
                "data[0].mood: unknown field of Message: \"good\"",
            ]
        );
    }
}

#[tokio::test]
async fn an_answer_comes_with_what_is_known_of_it() {
    for over in Over::BOTH {
        let Harness {
            client, service, ..
        } = over.script().await;
        service.will(Ok(GetThreadReply::Ok(thread().0)));

        let call = client
            .get_thread("thread_1")
            .header("X-Request-Id", "req-of-mine");
        let response = call.send().await.unwrap();

        assert_eq!(response.status(), 200);
        assert_eq!(response.request_id(), Some("req-of-mine"));
        assert_eq!(response.operation(), "getThread");
        assert_eq!(response.attempts().len(), 1);
        assert_eq!(response.value, thread().0);
    }
}

#[tokio::test]
async fn an_argument_that_makes_no_request_is_an_error_before_anything_is_sent() {
    let Harness { client, wire, .. } = Over::Router.script().await;

    let error = client.get_run("thread_1", "").await.unwrap_err();

    assert!(matches!(error, Error::Request(_)), "{error}");
    assert!(error.to_string().contains("run_id"), "{error}");
    assert_eq!(wire.exchanges().len(), 0);
}
