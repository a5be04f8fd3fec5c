//! Requests that the document does not allow: refused before the service sees them, in the API's own error shape.

use assistants_client::Error;
use assistants_server::Router;
use assistants_types::*;
use axum::body::Body;
use counterpart_wire::Validate;
use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use tower::ServiceExt;

use crate::harness::{Harness, Over, app};
use crate::scripted::Scripted;
use crate::wire::json;

/// A service whose methods would panic, since their script is empty.
fn router() -> Router {
    app(Scripted::default())
}

fn request(method: &str, target: &str) -> http::request::Builder {
    let request = Request::builder().method(method).uri(target);
    request.header("OpenAI-Beta", "assistants=v2")
}

/// A request that posts this text as JSON.
fn post(target: &str, body: &str) -> Request<Body> {
    let request = request("POST", target).header("Content-Type", "application/json");
    request.body(Body::from(body.to_owned())).unwrap()
}

fn get(target: &str) -> Request<Body> {
    request("GET", target).body(Body::empty()).unwrap()
}

/// Sends a request that is to be refused; gives the message.
async fn refused(
    request: Request<Body>,
    status: u16,
    code: impl Into<Value>,
    param: impl Into<Value>,
) -> String {
    let (parts, body) = router().oneshot(request).await.unwrap().into_parts();
    let body = body.collect().await.unwrap().to_bytes();
    let body = json(std::str::from_utf8(&body).unwrap());

    let message = body["error"]["message"]
        .as_str()
        .unwrap_or_default()
        .to_owned();
    let expected = json!({"error": {
        "message": message,
        "type": "invalid_request_error",
        "param": param.into(),
        "code": code.into(),
    }});
    assert_eq!(body, expected);
    assert_eq!(parts.status.as_u16(), status, "{message}");
    assert_eq!(parts.headers["content-type"], "application/json");
    assert!(parts.headers.contains_key("x-request-id"));
    message
}

#[tokio::test]
async fn json_that_is_none() {
    let bad = post("/v1/threads", r#"{"messages": [}"#);
    let message = refused(bad, 400, "invalid_body", Value::Null).await;
    assert!(message.contains("line 1 column 15"), "{message}");
}

#[tokio::test]
async fn a_body_that_is_missing() {
    let message = refused(post("/v1/assistants", ""), 400, "missing_body", Value::Null).await;
    assert_eq!(message, "The request body is missing.");
}

#[tokio::test]
async fn a_beta_header_that_is_missing_or_another() {
    let missing = Request::get("/v1/assistants").body(Body::empty()).unwrap();
    let message = refused(missing, 400, "invalid_beta", Value::Null).await;
    assert_eq!(
        message,
        "You must provide the header 'OpenAI-Beta: assistants=v2'."
    );

    let older = Request::get("/v1/assistants").header("OpenAI-Beta", "assistants=v1");
    let older = older.body(Body::empty()).unwrap();
    let message = refused(older, 400, "invalid_beta", Value::Null).await;
    assert!(message.contains("assistants=v1"), "{message}");
}

#[tokio::test]
async fn a_content_type_that_is_missing_or_another() {
    for (media_type, shown) in [
        (Some("text/plain"), "'text/plain'"),
        (None, "no content type"),
    ] {
        let mut bad = request("POST", "/v1/threads");
        if let Some(media_type) = media_type {
            bad = bad.header("Content-Type", media_type);
        }
        let bad = bad.body(Body::from("{}")).unwrap();
        let message = refused(bad, 415, "unsupported_content_type", Value::Null).await;
        assert!(
            message.contains(shown) && message.contains("'application/json'"),
            "{message}"
        );
    }
}

#[tokio::test]
async fn a_field_that_a_closed_object_does_not_have() {
    let bad = post(
        "/v1/threads/thread_1/runs",
        r#"{"assistant_id": "asst_1", "mood": "good"}"#,
    );
    let message = refused(bad, 400, "invalid_value", "mood").await;
    assert!(message.contains("mood"), "{message}");

    let body = json!({"messages": [{"role": "user", "content": "Hello", "mood": "good"}]});
    let bad = post("/v1/threads", &body.to_string());
    refused(bad, 400, "invalid_value", "messages[0].mood").await;
}

#[tokio::test]
async fn a_field_that_is_missing() {
    let bad = post("/v1/threads/thread_1/messages", r#"{"role": "user"}"#);
    let message = refused(bad, 400, "invalid_value", "content").await;
    assert!(message.contains("missing"), "{message}");
}

#[tokio::test]
async fn a_value_of_the_wrong_type_deep_in_a_body() {
    let tool = json!({"type": "function", "function": {"name": "add", "strict": "very"}});
    let body = json!({"model": "gpt-4o", "tools": [{"type": "code_interpreter"}, tool]});
    let bad = post("/v1/assistants", &body.to_string());
    let message = refused(bad, 400, "invalid_value", "tools[1].function.strict").await;
    assert!(
        message.contains("very") && message.contains("boolean"),
        "{message}"
    );
}

#[tokio::test]
async fn a_variant_that_a_union_does_not_have() {
    let body = json!({"model": "gpt-4o", "tools": [{"type": "browser"}]});
    let bad = post("/v1/assistants", &body.to_string());
    let message = refused(bad, 400, "invalid_value", "tools[0].type").await;
    for word in ["browser", "code_interpreter", "file_search", "function"] {
        assert!(message.contains(word), "{word}: {message}");
    }
}

#[tokio::test]
async fn values_beyond_their_limits() {
    let bad = post(
        "/v1/threads/thread_1/runs",
        r#"{"assistant_id": "asst_1", "temperature": 3}"#,
    );
    let message = refused(bad, 400, "invalid_value", "temperature").await;
    assert!(
        message.contains("/temperature: greater than 2 (3)"),
        "{message}"
    );

    let search = json!({"type": "file_search", "file_search": {"max_num_results": 51}});
    let body = json!({"model": "gpt-4o", "name": "ä".repeat(257), "tools": [search]});
    let bad = post("/v1/assistants", &body.to_string());
    let message = refused(bad, 400, "invalid_value", "name").await;
    for violation in [
        "/name: longer than 256 characters (257)",
        "/tools/0/file_search/max_num_results: greater than 50 (51)",
    ] {
        assert!(message.contains(violation), "{message}");
    }
}

/// The bounds of `limit` come from the overlay.
#[tokio::test]
async fn pages_that_are_too_long_or_hold_nothing() {
    for (limit, wrong) in [(0, "less than 1 (0)"), (101, "greater than 100 (101)")] {
        let bad = get(&format!("/v1/assistants?limit={limit}"));
        let message = refused(bad, 400, "invalid_value", "limit").await;
        assert!(message.contains(wrong), "{message}");
    }
}

#[tokio::test]
async fn a_text_that_is_not_of_its_format() {
    let image = json!({"type": "image_url", "image_url": {"url": "a picture"}});
    let body = json!({"role": "user", "content": [image]}).to_string();
    let bad = post("/v1/threads/thread_1/messages", &body);
    let message = refused(bad, 400, "invalid_value", "content[0].image_url.url").await;
    let wrong = "/content/0/image_url/url: not of the format uri";
    assert!(message.contains(wrong), "{message}");
}

#[tokio::test]
async fn a_caller_finds_what_is_wrong_before_it_sends() {
    let request = CreateRunRequest::new("asst_1").temperature(3.0).top_p(-0.5);
    let violations = request.validate().unwrap_err();
    let pointers: Vec<&str> = violations
        .iter()
        .map(|violation| violation.pointer.as_str())
        .collect();
    assert_eq!(pointers, ["/temperature", "/top_p"]);
    assert_eq!(CreateRunRequest::new("asst_1").validate(), Ok(()));
}

#[tokio::test]
async fn null_where_nothing_may_be_null() {
    let bad = post("/v1/threads", r#"{"messages": null}"#);
    refused(bad, 400, "invalid_value", "messages").await;
}

#[tokio::test]
async fn an_enum_value_in_the_query_that_the_document_does_not_list() {
    let bad = get("/v1/assistants?order=sideways");
    let message = refused(bad, 400, "invalid_value", "order").await;
    for word in ["sideways", "asc", "desc"] {
        assert!(message.contains(word), "{word}: {message}");
    }

    let bad = get("/v1/threads/thread_1/runs/run_1/steps/step_1?include[]=everything");
    let message = refused(bad, 400, "invalid_value", "include[]").await;
    assert!(message.contains("everything"), "{message}");
}

#[tokio::test]
async fn a_number_in_the_query_that_is_none() {
    let message = refused(
        get("/v1/assistants?limit=many"),
        400,
        "invalid_value",
        "limit",
    )
    .await;
    assert!(message.contains("many"), "{message}");
}

#[tokio::test]
async fn a_url_that_is_not_known() {
    let message = refused(get("/v1/assistant"), 404, "unknown_url", Value::Null).await;
    assert!(message.contains("GET /v1/assistant"), "{message}");
}

#[tokio::test]
async fn a_method_that_a_path_does_not_have() {
    let bad = request("PUT", "/v1/threads/thread_1")
        .body(Body::empty())
        .unwrap();
    let message = refused(bad, 405, "method_not_supported", Value::Null).await;
    assert_eq!(message, "Not allowed to PUT on /v1/threads/thread_1.");
}

/// What the typed client cannot say by accident can still be said on purpose.
#[tokio::test]
async fn a_rejection_reaches_the_client_as_a_typed_error() {
    for over in Over::BOTH {
        let Harness {
            client, service, ..
        } = over.script().await;

        let call = client.create_run("thread_1", CreateRunRequest::new("asst_1"));
        let error = call.extra_body("mood", "good").await.unwrap_err();

        let Error::Api(error) = error else {
            panic!("{error}")
        };
        assert_eq!(error.status(), 400);
        let body = &error.body().unwrap().error;
        assert_eq!(body.param.as_deref(), Some("mood"));
        assert_eq!(
            service.asked::<assistants_server::CreateRun>("createRun"),
            []
        );
    }
}

/// The document has `model` as any string; the models it lists beside are examples.
#[tokio::test]
async fn a_model_that_the_document_does_not_list_is_welcome() {
    let Harness {
        client, service, ..
    } = Over::Router.script().await;
    let (assistant, _) = crate::fixtures::assistant();
    service.will(Ok(assistants_server::CreateAssistantReply::Ok(assistant)));

    let request = CreateAssistantRequest::new("gpt-5");
    client.create_assistant(request).await.unwrap();

    let [asked] = &service.asked::<assistants_server::CreateAssistant>("createAssistant")[..]
    else {
        panic!("one request");
    };
    assert_eq!(asked.body.model, ModelId::Unknown("gpt-5".to_owned()));
}
