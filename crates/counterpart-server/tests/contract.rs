//! The check of a service against a document, on small documents with one rule each.

#![cfg(feature = "contract")]

use axum::Router;
use axum::response::{IntoResponse, Response};
use axum::routing::{MethodRouter, delete, get, post};
use counterpart_server::contract::{Contract, Report};
use http::StatusCode;
use serde_json::{Value, json};

/// A document of `GET /it`, which is answered with a value of this schema.
fn answering(schema: Value) -> Contract {
    of(json!({"/it": {"get": {"operationId": "it", "responses": responses(schema)}}}))
}

fn of(paths: Value) -> Contract {
    Contract::of(&json!({ "paths": paths }).to_string())
}

fn responses(schema: Value) -> Value {
    let content = json!({"application/json": {"schema": schema}});
    json!({"200": {"content": content}, "400": {}, "404": {}})
}

fn at_it(method: MethodRouter) -> Router {
    Router::new().route("/it", method)
}

fn json_of(value: impl Into<Value>) -> Response {
    let value = value.into().to_string();
    ([("content-type", "application/json")], value).into_response()
}

fn shown(report: &Report) -> String {
    report.to_string()
}

/// What is said of an answer with this value, if anything.
async fn said(schema: &Value, value: Value) -> Option<String> {
    let app = at_it(get(|| async move { json_of(value) }));
    let report = answering(schema.clone()).check(app).await;
    report
        .findings
        .first()
        .map(|finding| finding.problem.clone())
}

#[tokio::test]
async fn answers_are_held_against_every_rule() {
    for (schema, right, wrong) in [
        (json!({"type": "integer", "minimum": 3}), json!(3), json!(2)),
        (json!({"type": "number", "maximum": 2}), json!(2), json!(99)),
        (
            json!({"type": "number", "exclusiveMinimum": 2}),
            json!(2.5),
            json!(2),
        ),
        (
            json!({"type": "number", "maximum": 2, "exclusiveMaximum": true}),
            json!(1),
            json!(2),
        ),
        (
            json!({"type": "integer", "multipleOf": 5}),
            json!(10),
            json!(11),
        ),
        (
            json!({"type": "string", "minLength": 2}),
            json!("ab"),
            json!("a"),
        ),
        (
            json!({"type": "string", "maxLength": 1}),
            json!("ø"),
            json!("ab"),
        ),
        (
            json!({"type": "string", "pattern": "^a+$"}),
            json!("aa"),
            json!("b"),
        ),
        (
            json!({"type": "string", "format": "date-time"}),
            json!("2024-02-29T12:00:00Z"),
            json!("now"),
        ),
        (
            json!({"type": "string", "format": "uuid"}),
            json!("123e4567-e89b-42d3-a456-426614174000"),
            json!("1"),
        ),
        (
            json!({"type": "string", "format": "uri"}),
            json!("https://example.com"),
            json!("//"),
        ),
        (json!({"enum": ["a", "b"]}), json!("b"), json!("c")),
        (json!({"const": "a"}), json!("a"), json!("b")),
        (
            json!({"type": "array", "maxItems": 1}),
            json!([1]),
            json!([1, 2]),
        ),
        (
            json!({"type": "array", "uniqueItems": true}),
            json!([1, 2]),
            json!([1, 1]),
        ),
        (
            json!({"type": "object", "minProperties": 1}),
            json!({"a": 1}),
            json!({}),
        ),
        (
            json!({"type": "string", "nullable": true}),
            json!(null),
            json!(1),
        ),
        (json!({"type": ["string", "null"]}), json!(null), json!(1)),
        (
            json!({"oneOf": [{"type": "string"}, {"type": "integer", "maximum": 3}]}),
            json!(3),
            json!(4),
        ),
        (
            json!({"type": "object", "oneOf": [{"required": ["a"]}, {"required": ["b"]}]}),
            json!({"a": 1}),
            json!({"a": 1, "b": 2}),
        ),
        (
            json!({"allOf": [{"required": ["a"]}, {"required": ["b"]}]}),
            json!({"a": 1, "b": 2}),
            json!({"a": 1}),
        ),
    ] {
        assert_eq!(said(&schema, right).await, None, "{schema}");
        assert!(
            said(&schema, wrong.clone()).await.is_some(),
            "{schema} {wrong}"
        );
    }
}

#[tokio::test]
async fn the_variant_that_is_meant_is_spoken_of() {
    let variant = |kind: &str, most: u8| {
        let size = json!({"type": "integer", "maximum": most});
        json!({"type": "object", "properties": {"kind": {"enum": [kind]}, "size": size}})
    };
    let schema = json!({"oneOf": [variant("small", 3), variant("large", 9)]});
    assert_eq!(
        said(&schema, json!({"kind": "large", "size": 10}))
            .await
            .unwrap(),
        "size: 10 is above its maximum"
    );
    assert_eq!(
        said(&schema, json!({"kind": "other"})).await.unwrap(),
        r#"no variant fits {"kind":"other"}"#
    );
}

/// An answer to whoever sends a value of this schema; the others are refused.
#[tokio::test]
async fn requests_are_made_of_every_rule() {
    for (schema, rule) in [
        (
            json!({"type": "integer", "minimum": 3, "maximum": 5}),
            "below its minimum",
        ),
        (
            json!({"type": "integer", "minimum": 3, "maximum": 5}),
            "above its maximum",
        ),
        (
            json!({"type": "string", "maxLength": 3}),
            "that is too long",
        ),
        (
            json!({"type": "string", "minLength": 3}),
            "that is too short",
        ),
        (
            json!({"type": "string", "pattern": "^[a-c]{2}-\\d+$"}),
            "of another form",
        ),
        (
            json!({"type": "string", "format": "date"}),
            "of another form",
        ),
        (
            json!({"type": "string", "enum": ["a"]}),
            "that is not listed",
        ),
        (
            json!({"type": "array", "items": {"enum": ["a"]}}),
            "that is not listed",
        ),
        (
            json!({"type": "array", "items": {"type": "string"}, "maxItems": 2}),
            "of too many items",
        ),
        (json!({"type": "boolean"}), "of another type"),
    ] {
        let body = json!({
            "type": "object", "required": ["value"], "additionalProperties": false,
            "properties": {"value": schema},
        });
        let document = json!({"post": {
            "operationId": "it",
            "requestBody": {"content": {"application/json": {"schema": body}}},
            "responses": responses(body.clone()),
        }});
        // It takes whatever it is sent, and gives it back: what is wrong is found out, the rest is right.
        let app = at_it(post(|body: axum::body::Bytes| async move {
            json_of(serde_json::from_slice::<Value>(&body).unwrap_or_default())
        }));
        let report = of(json!({ "/it": document })).check(app).await;
        let wrong = format!("with the property `value` {rule}");
        let requests: Vec<_> = report
            .findings
            .iter()
            .map(|it| it.request.as_str())
            .collect();
        assert!(requests.contains(&wrong.as_str()), "{schema}: {report}");
        assert!(
            requests.contains(&"with a property that is not listed"),
            "{report}"
        );
        assert!(
            !requests
                .iter()
                .any(|request| request.contains("everything")),
            "{report}"
        );
    }
}

#[tokio::test]
async fn parameters_are_written_in_their_style() {
    let document = json!({"get": {
        "operationId": "it",
        "parameters": [
            {"name": "ids", "in": "query", "explode": false, "schema": {"type": "array", "minItems": 2, "items": {"type": "integer", "minimum": 7}}},
            {"name": "at", "in": "query", "style": "deepObject", "schema": {"type": "object", "properties": {"x": {"type": "boolean"}}}},
            {"name": "crumb", "in": "cookie", "schema": {"type": "string"}},
        ],
        "responses": responses(json!({"type": "string", "enum": ["ids=7,7&at%5Bx%5D=false crumb=example", " "]})),
    }});
    let app = at_it(get(|request: axum::extract::Request| async move {
        let query = request.uri().query().unwrap_or_default();
        let crumb = request
            .headers()
            .get("cookie")
            .map(|it| it.to_str().unwrap());
        let is_wrong = query.contains("no") || query.contains("6");
        match is_wrong {
            true => StatusCode::BAD_REQUEST.into_response(),
            false => json_of(format!("{query} {}", crumb.unwrap_or_default())).into_response(),
        }
    }));
    let report = of(json!({ "/it": document })).check(app).await;
    assert!(report.findings.is_empty(), "{report}");
}

#[tokio::test]
async fn what_deletes_comes_last() {
    let gone = std::sync::Arc::new(std::sync::atomic::AtomicBool::new(false));
    let there = gone.clone();
    let app = at_it(
        delete(move || async move { gone.store(true, std::sync::atomic::Ordering::SeqCst) }).get(
            move || async move {
                match there.load(std::sync::atomic::Ordering::SeqCst) {
                    true => StatusCode::NOT_FOUND.into_response(),
                    false => json_of("there").into_response(),
                }
            },
        ),
    );
    let document = json!({"/it": {
        "delete": {"operationId": "deleteIt", "responses": {"200": {}}},
        "get": {"operationId": "getIt", "responses": responses(json!({"type": "string"}))},
    }});
    of(document).check(app).await.expect_clean();
}

#[tokio::test]
async fn what_is_prepared_is_given_to_paths_and_bodies() {
    let body = json!({"type": "object", "required": ["owner"], "properties": {"owner": {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}}});
    let document = json!({"/it/{pet}": {"post": {
        "operationId": "it",
        "parameters": [{"name": "pet", "in": "path", "required": true, "schema": {"type": "string"}}],
        "requestBody": {"content": {"application/json": {"schema": body}}},
        "responses": responses(json!({"type": "string"})),
    }}});
    let answer = |path: axum::extract::Path<String>, body: axum::body::Bytes| async move {
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        let exists = path.0 == "pet/1" && body["owner"]["id"] == "owner_1";
        let status = if exists {
            StatusCode::OK
        } else {
            StatusCode::BAD_REQUEST
        };
        let answer: Response = match exists {
            true => json_of("it").into_response(),
            false => status.into_response(),
        };
        answer
    };
    let app = Router::new().route("/it/{pet}", post(answer));
    let bare = of(document.clone()).check(app.clone()).await;
    assert!(
        shown(&bare).contains("it in any way: never succeeded, but was answered with [400, 400]")
    );
    let prepared = of(document)
        .given("pet", "pet/1")
        .prepare(
            |_, operation| async move { vec![("id", format!("owner_{}", operation.len() - 1))] },
        );
    let report = prepared.check(app).await;
    assert!(!shown(&report).contains("never succeeded"), "{report}");
}

/// What is said of a stream with this text.
async fn streamed(text: &'static str) -> String {
    let event = |name: &str, data: Value| json!({"type": "object", "required": ["event", "data"], "properties": {"event": {"enum": [name]}, "data": data}});
    let schema = json!({"oneOf": [
        event("tick", json!({"type": "integer", "maximum": 3})),
        event("error", json!({"type": "string"})),
        event("done", json!({"enum": ["[DONE]"]})),
    ]});
    let content = json!({"text/event-stream": {"schema": schema}});
    let document =
        json!({"/it": {"get": {"operationId": "it", "responses": {"200": {"content": content}}}}});
    let app = at_it(get(move || async move {
        ([("content-type", "text/event-stream")], text)
    }));
    let report = of(document).check(app).await;
    let finding = report.findings.into_iter().next();
    finding.map(|finding| finding.problem).unwrap_or_default()
}

#[tokio::test]
async fn events_are_held_against_their_schema() {
    let done = "event: done\ndata: [DONE]\n\n";
    assert_eq!(
        streamed("event: tick\ndata: 3\n\nevent: done\ndata: [DONE]\n\n").await,
        ""
    );
    assert_eq!(streamed("event: error\ndata: oh\n\n").await, "");
    assert_eq!(streamed(done).await, "");
    for (text, problem) in [
        ("", "the stream has no event"),
        (
            "event: tick\ndata: 3\n\n",
            "the stream ends without `[DONE]`",
        ),
        (
            "event: tick\ndata: 4\n\nevent: done\ndata: [DONE]\n\n",
            "the event `tick`: data: 4 is above its maximum",
        ),
        (
            "event: tick\ndata: {\"x\n\nevent: done\ndata: [DONE]\n\n",
            "the event `tick`: data: \"{\\\"x\" is no \"integer\"",
        ),
        (
            "event: tock\ndata: 1\n\n",
            "the event `tock`: no variant fits {\"event\":\"tock\",\"data\":1}",
        ),
    ] {
        assert_eq!(streamed(text).await, problem);
    }
}

/// What a form of this media type was sent as, of `{"name": string, "size": 3…}`.
async fn form_of(media_type: &str) -> (Report, Vec<String>) {
    let schema = json!({"type": "object", "required": ["name", "size"],
        "properties": {"name": {"type": "string", "enum": ["it"]}, "size": {"type": "integer", "minimum": 3}}});
    let contract = of(json!({"/it": {"post": {
        "operationId": "it",
        "requestBody": {"required": true, "content": {media_type: {"schema": schema}}},
        "responses": {"204": {}, "400": {}},
    }}}));
    let seen = std::sync::Arc::new(std::sync::Mutex::new(Vec::new()));
    let kept = std::sync::Arc::clone(&seen);
    let app = at_it(post(|headers: http::HeaderMap, body: String| async move {
        let named = headers["content-type"].to_str().unwrap_or_default();
        kept.lock().unwrap().push(format!("{named}\n{body}"));
        StatusCode::NO_CONTENT
    }));
    let report = contract.check(app).await;
    let seen = seen.lock().unwrap().clone();
    (report, seen)
}

#[tokio::test]
async fn forms_are_sent_as_forms() {
    let (report, seen) = form_of("application/x-www-form-urlencoded").await;
    assert!(report.findings.is_empty(), "{report}");
    let form = "application/x-www-form-urlencoded\nname=it&size=3";
    assert_eq!(seen, [form, form]);

    let (report, seen) = form_of("multipart/form-data").await;
    assert!(report.findings.is_empty(), "{report}");
    assert_eq!(seen.len(), 2);
    assert!(
        seen[0].starts_with("multipart/form-data; boundary="),
        "{}",
        seen[0]
    );
    assert!(
        seen[0].contains("name=\"size\"\r\n\r\n3\r\n"),
        "{}",
        seen[0]
    );
}
