//! Each way in which a request can be wrong, and the right ones beside it.

use axum::Router;
use axum::body::Body;
use futures_util::stream;
use http::Request;
use serde_json::{Value, json};

use crate::assistants::server::{router, routes};
use crate::harness::{Answer, ask, post, request, send};
use crate::service::Service;

const RUNS: &str = "/threads/t_1/runs";

fn body(text: &'static str) -> Body {
    Body::from(text)
}

/// The arguments that `list_runs` was called with.
fn arguments(answer: &Answer) -> Vec<String> {
    assert_eq!(answer.status, 200, "{}", answer.text);
    let runs: Vec<Value> = serde_json::from_value(answer.json()).expect("a list");
    runs.iter()
        .map(|run| run["id"].as_str().expect("an id").to_owned())
        .collect()
}

async fn list(query: &str) -> Answer {
    ask(&router(Service), "GET", &format!("{RUNS}?{query}")).await
}

#[tokio::test]
async fn path_parameters_are_decoded_once() {
    let answer = ask(&router(Service), "GET", "/threads/a%2Fb%2520/runs/%C3%BC").await;
    assert_eq!(
        (&answer.json()["thread_id"], &answer.json()["id"]),
        (&json!("a/b%20"), &json!("ü"))
    );
}

#[tokio::test]
async fn a_path_parameter_that_is_not_utf8() {
    let answer = ask(&router(Service), "GET", "/threads/t/runs/%FF").await;
    answer.refused(400, Some("run_id"), Some("invalid_value"));
}

#[tokio::test]
async fn a_list_in_brackets_plain_or_encoded() {
    let content = "step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content";
    let expected = "step_details.tool_calls[*].file_search.results[*].content usage";
    for name in ["include[]", "include%5B%5D", "include%5b]"] {
        let answer = list(&format!("{name}={content}&{name}=usage")).await;
        assert_eq!(arguments(&answer), ["20", expected], "{name}");
    }
}

#[tokio::test]
async fn defaults_and_values() {
    assert_eq!(arguments(&list("").await), ["20"]);
    assert_eq!(
        arguments(&list("limit=5&status=queued&else=1").await),
        ["5", "queued"]
    );
}

#[tokio::test]
async fn query_parameters_that_are_wrong() {
    for (query, param) in [
        ("limit=abc", "limit"),
        ("limit=", "limit"),
        ("limit=5&limit=6", "limit"),
        ("limit=99999999999999999999", "limit"),
        ("status=paused", "status"),
        ("include[]=usage&include[]=else", "include[]"),
    ] {
        let message = list(query)
            .await
            .refused(400, Some(param), Some("invalid_value"));
        assert!(
            message.starts_with(&format!("The query parameter `{param}` ")),
            "{message}"
        );
    }
}

#[tokio::test]
async fn headers_and_cookies() {
    let request = request("GET", RUNS)
        .header("if-modified-since", "today")
        .header("cookie", "a=b; session=s%201")
        .header("cookie", "c=d")
        .body(Body::empty());
    let answer = send(&router(Service), request.expect("a request")).await;
    assert_eq!(arguments(&answer), ["20", "today", "s 1"]);
}

#[tokio::test]
async fn the_constant_header() {
    let with = |beta: Option<&str>| {
        let request = Request::get(RUNS);
        let request = beta
            .into_iter()
            .fold(request, |request, beta| request.header("openai-beta", beta));
        request.body(Body::empty()).expect("a request")
    };
    let router = router(Service);

    let answer = send(&router, with(None)).await;
    let message = answer.refused(400, None, Some("invalid_beta"));
    assert_eq!(
        message,
        "You must provide the header 'OpenAI-Beta: assistants=v2'."
    );

    let message =
        send(&router, with(Some("assistants=v1")))
            .await
            .refused(400, None, Some("invalid_beta"));
    assert!(message.contains("'assistants=v1'"), "{message}");

    for fine in ["assistants=v2", "other=v1, assistants=v2"] {
        assert_eq!(send(&router, with(Some(fine))).await.status, 200, "{fine}");
    }
}

#[tokio::test]
async fn bodies_that_are_not_what_the_document_says() {
    for (text, param, reason) in [
        (
            r#"{"temperature": 1}"#,
            Some("assistant_id"),
            "missing field `assistant_id`",
        ),
        (
            r#"{"assistant_id": 1}"#,
            Some("assistant_id"),
            "expected a string",
        ),
        (
            r#"{"assistant_id": "a", "temperature": "hot"}"#,
            Some("temperature"),
            "invalid type: string \"hot\"",
        ),
        (
            r#"{"assistant_id": "a", "temperature": null}"#,
            Some("temperature"),
            "null",
        ),
        (
            r#"{"assistant_id": "a", "assistant_id": "b"}"#,
            Some("assistant_id"),
            "duplicate field `assistant_id`",
        ),
        (
            r#"{"assistant_id": "a", "else": 1}"#,
            Some("else"),
            "unknown field `else`",
        ),
        ("[]", None, "expected an object"),
    ] {
        let message = post(&router(Service), RUNS, body(text)).await.refused(
            400,
            param,
            Some("invalid_value"),
        );
        assert!(message.contains(reason), "{text}: {message}");
    }
}

#[tokio::test]
async fn bodies_that_are_no_json() {
    let deep = "[".repeat(100_000);
    let nul = &b"{\"assistant_id\": \"\xff\"}"[..];
    for text in [
        body("{"),
        body("{'a': 1}"),
        body("{} {}"),
        body(" "),
        body(r#"{"assistant_id": "\ud800"}"#),
        deep.into(),
        nul.into(),
    ] {
        post(&router(Service), RUNS, text)
            .await
            .refused(400, None, Some("invalid_body"));
    }
}

#[tokio::test]
async fn a_missing_body() {
    post(&router(Service), RUNS, Body::empty())
        .await
        .refused(400, None, Some("missing_body"));
    ask(&router(Service), "POST", RUNS)
        .await
        .refused(400, None, Some("missing_body"));

    let answer = ask(&router(Service), "POST", "/threads").await;
    assert_eq!(answer.json()["title"], "none");
    let answer = post(&router(Service), "/threads", r#"{"title": "t"}"#).await;
    assert_eq!(answer.json()["title"], "t");
}

#[tokio::test]
async fn media_types() {
    let json = r#"{"assistant_id": "a"}"#;
    let with = |media_type: &str| {
        let request = request("POST", RUNS).header("content-type", media_type);
        request.body(body(json)).expect("a request")
    };

    for fine in [
        "application/json",
        "Application/JSON; charset=utf-8",
        "application/problem+json",
    ] {
        assert_eq!(
            send(&router(Service), with(fine)).await.status,
            200,
            "{fine}"
        );
    }
    for wrong in [
        "text/plain",
        "application/jsonp",
        "application/x-www-form-urlencoded",
        "json",
        "",
    ] {
        let answer = send(&router(Service), with(wrong)).await;
        let message = answer.refused(415, None, Some("unsupported_content_type"));
        assert!(
            message.contains(&format!("'{wrong}'")) && message.contains("'application/json'"),
            "{message}"
        );
    }

    let none = request("POST", RUNS).body(body(json)).expect("a request");
    send(&router(Service), none)
        .await
        .refused(415, None, Some("unsupported_content_type"));
}

/// A body in chunks of a byte, of no declared length.
fn chunked(text: &str) -> Body {
    let chunks: Vec<_> = text
        .bytes()
        .map(|byte| Ok::<_, std::io::Error>(vec![byte]))
        .collect();
    Body::from_stream(stream::iter(chunks))
}

async fn posted_status(router: &Router, body: Body) -> u16 {
    post(router, RUNS, body).await.status.as_u16()
}

#[tokio::test]
async fn bodies_that_are_too_long() {
    let json = r#"{"assistant_id": "a"}"#;
    let exact = routes(Service).body_limit(json.len()).into_router();
    let short = routes(Service).body_limit(json.len() - 1).into_router();
    let other = routes(Service)
        .body_limit(1)
        .body_limit_of("createRun", json.len())
        .into_router();

    for make in [|text: &str| Body::from(text.to_owned()), chunked] {
        assert_eq!(posted_status(&exact, make(json)).await, 200);
        assert_eq!(posted_status(&other, make(json)).await, 200);
        let message =
            post(&short, RUNS, make(json))
                .await
                .refused(413, None, Some("request_too_large"));
        assert!(message.contains("20 bytes"), "{message}");
    }
}

#[tokio::test]
async fn a_length_that_a_layer_limits() {
    let limited = Body::new(http_body_util::Limited::new(
        chunked(r#"{"assistant_id": "a"}"#),
        5,
    ));
    post(&router(Service), RUNS, limited)
        .await
        .refused(413, None, Some("request_too_large"));
}

#[tokio::test]
async fn a_body_that_breaks_off() {
    let parts = [Ok("{"), Err(std::io::Error::other("reset by peer"))];
    let broken = Body::from_stream(stream::iter(parts));
    post(&router(Service), RUNS, broken)
        .await
        .refused(400, None, Some("incomplete_body"));
}
