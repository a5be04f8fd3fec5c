//! Code in exactly the shape that the generator prints, to prove that it compiles, reads well and works.

use counterpart_client::wire::RawEvent;
use futures_util::TryStreamExt;

use self::client::{Client, Error};
use self::types::{
    AssistantStreamEvent, CreateRunRequest, CreateThreadRequest, Order, Run, RunInclude,
};
use crate::support::{Server, pieces, reply, reply_with};

/// A stand-in for a generated types crate.
mod types {
    use counterpart_client::wire::event::{Event, RawEvent};
    use counterpart_client::wire::{DecodeError, EncodeError, Nullable};
    use serde::{Deserialize, Serialize};

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(crate) struct ErrorResponse {
        pub(crate) error: ErrorBody,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(crate) struct ErrorBody {
        pub(crate) message: String,
        pub(crate) code: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(crate) struct MessageObject {
        pub(crate) id: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(crate) struct ListMessagesResponse {
        pub(crate) data: Vec<MessageObject>,
        pub(crate) first_id: Option<String>,
        pub(crate) has_more: bool,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(crate) struct Run {
        pub(crate) id: String,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(crate) struct Thread {
        pub(crate) id: String,
    }

    #[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
    pub(crate) struct CreateThreadRequest {
        #[serde(skip_serializing_if = "Option::is_none")]
        pub(crate) title: Option<String>,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(crate) struct CreateRunRequest {
        pub(crate) assistant_id: String,
        #[serde(skip_serializing_if = "Nullable::is_absent", default)]
        pub(crate) stream: Nullable<bool>,
    }

    impl CreateRunRequest {
        pub(crate) fn new(assistant_id: impl Into<String>) -> Self {
            let (assistant_id, stream) = (assistant_id.into(), Nullable::Absent);
            Self {
                assistant_id,
                stream,
            }
        }
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    #[serde(rename_all = "snake_case")]
    pub(crate) enum Order {
        Asc,
        Desc,
    }

    #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
    pub(crate) enum RunInclude {
        #[serde(rename = "step_details.tool_calls[*].file_search.results[*].content")]
        Content,
    }

    #[derive(Debug, Clone, PartialEq)]
    pub(crate) enum AssistantStreamEvent {
        ThreadRunCreated(Run),
        Error(ErrorBody),
        Done,
        Unknown(RawEvent),
    }

    impl Event for AssistantStreamEvent {
        fn read(event: &RawEvent) -> Result<Self, DecodeError> {
            match event.name() {
                "thread.run.created" => event.data().map(Self::ThreadRunCreated),
                "error" => event.data().map(Self::Error),
                "done" => Ok(Self::Done),
                _ => Ok(Self::Unknown(event.clone())),
            }
        }

        fn write(&self) -> Result<RawEvent, EncodeError> {
            match self {
                Self::ThreadRunCreated(value) => RawEvent::json("thread.run.created", value),
                Self::Error(value) => RawEvent::json("error", value),
                Self::Done => Ok(RawEvent::text("done", "[DONE]")),
                Self::Unknown(event) => Ok(event.clone()),
            }
        }

        fn is_done(&self) -> bool {
            matches!(self, Self::Done)
        }

        fn is_error(&self) -> bool {
            matches!(self, Self::Error(_))
        }
    }
}

/// A generated client crate, as it is printed except for the visibility that a test module can have.
mod client {
    use counterpart_client::wire::Nullable;
    use counterpart_client::{
        Call, Config, Http, Json, NoBody, OptionalJson, Paged, PendingEvents,
    };
    use counterpart_client::{Security, call, client};

    use super::types::{
        AssistantStreamEvent, CreateRunRequest, CreateThreadRequest, ErrorResponse,
        ListMessagesResponse, MessageObject, Order, Run, RunInclude, Thread,
    };

    /// What can go wrong with a call.
    pub(crate) type Error = counterpart_client::Error<ErrorResponse>;

    const CONFIG: Config = Config::new("https://api.openai.com/v1")
        .agent("assistants-client/0.1.0")
        .base_url_env("OPENAI_BASE_URL")
        .security(&[Security::bearer("ApiKeyAuth").env("OPENAI_API_KEY")])
        .env_headers(&[
            ("OPENAI_ORG_ID", "OpenAI-Organization"),
            ("OPENAI_PROJECT_ID", "OpenAI-Project"),
        ]);

    /// A client of the Assistants API.
    #[derive(Debug, Clone)]
    pub(crate) struct Client {
        http: Http,
    }

    client!(Client, CONFIG);

    impl Client {
        /// Creates a thread.
        pub(crate) fn create_thread(&self) -> CreateThread {
            CreateThread(self.http.post("createThread", "/threads").optional_json())
        }

        /// Lists the messages of a thread.
        pub(crate) fn list_messages(&self, thread_id: &str) -> ListMessages {
            ListMessages(
                self.http
                    .get("listMessages", "/threads/{thread_id}/messages")
                    .constant_header("OpenAI-Beta", "assistants=v2")
                    .path("thread_id", thread_id),
            )
        }

        /// Creates a run.
        pub(crate) fn create_run(&self, thread_id: &str, body: CreateRunRequest) -> CreateRun {
            CreateRun(
                self.http
                    .post("createRun", "/threads/{thread_id}/runs")
                    .constant_header("OpenAI-Beta", "assistants=v2")
                    .path("thread_id", thread_id)
                    .json(body),
            )
        }
    }

    /// A call of [`Client::create_thread`]: sent by `.await`.
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until the call is awaited"]
    pub(crate) struct CreateThread(Call<OptionalJson<CreateThreadRequest>, Thread, ErrorResponse>);

    call!(CreateThread => Thread, ErrorResponse);

    impl CreateThread {
        /// Sets the body.
        pub(crate) fn body(self, body: CreateThreadRequest) -> Self {
            Self(self.0.body(body))
        }
    }

    /// A call of [`Client::list_messages`]: sent by `.await`.
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until the call is awaited"]
    pub(crate) struct ListMessages(Call<NoBody, ListMessagesResponse, ErrorResponse>);

    call!(ListMessages => ListMessagesResponse, ErrorResponse, paged);

    impl ListMessages {
        /// How many messages a page has.
        pub(crate) fn limit(self, limit: i64) -> Self {
            Self(self.0.query("limit", limit))
        }

        /// The order by time of creation.
        pub(crate) fn order(self, order: Order) -> Self {
            Self(self.0.query("order", order))
        }

        /// Starts the page right after this message. `Paged::after` does not stand in its way: it takes no `self`.
        pub(crate) fn after(self, after: &str) -> Self {
            Self(self.0.query("after", after))
        }

        /// What else to include.
        pub(crate) fn include(self, include: impl IntoIterator<Item = RunInclude>) -> Self {
            Self(self.0.query_list("include[]", include))
        }
    }

    impl Paged for ListMessages {
        type Item = MessageObject;

        const AFTER: &'static str = "after";
        const BEFORE: Option<&'static str> = Some("before");

        fn has_more(page: &ListMessagesResponse) -> bool {
            page.has_more
        }

        fn after(page: &ListMessagesResponse) -> Option<&str> {
            page.data.last().map(|item| item.id.as_str())
        }

        fn before(page: &ListMessagesResponse) -> Option<&str> {
            page.data.first().map(|item| item.id.as_str())
        }

        fn items(page: ListMessagesResponse) -> Vec<MessageObject> {
            page.data
        }
    }

    /// A call of [`Client::create_run`]: sent by `.await`.
    #[derive(Debug, Clone)]
    #[must_use = "nothing is sent until the call is awaited"]
    pub(crate) struct CreateRun(Call<Json<CreateRunRequest>, Run, ErrorResponse>);

    call!(CreateRun => Run, ErrorResponse);

    impl CreateRun {
        /// Sends the request, and gives the events that it is answered with.
        pub(crate) fn stream(self) -> PendingEvents<AssistantStreamEvent, ErrorResponse> {
            self.0
                .edit_body(|body| body.stream = Nullable::Value(true))
                .stream()
        }
    }
}

fn client(server: &Server) -> Client {
    let builder = Client::builder()
        .credentials("sk-1")
        .service(server.clone());
    builder.build().unwrap()
}

#[tokio::test]
async fn arguments_go_where_the_document_says() {
    let server = Server::json(r#"{"data": [], "first_id": null, "has_more": false}"#);

    let call = client(&server)
        .list_messages("thread 1/2")
        .order(Order::Asc)
        .limit(20)
        .limit(100)
        .include([RunInclude::Content]);
    let page = call.await.unwrap();

    assert_eq!(page.data, []);
    let seen = server.only();
    assert_eq!(
        seen.url,
        "https://api.openai.com/v1/threads/thread%201%2F2/messages?order=asc&limit=100\
         &include%5B%5D=step_details.tool_calls%5B%2A%5D.file_search.results%5B%2A%5D.content"
    );
    assert_eq!(seen.method, "GET");
    assert_eq!(seen.body, "");
    assert_eq!(seen.header("openai-beta"), "assistants=v2");
    assert_eq!(seen.header("authorization"), "Bearer sk-1");
    assert_eq!(seen.header("accept"), "application/json");
    assert_eq!(seen.header("content-type"), "");
    let agent = concat!(
        "assistants-client/0.1.0 counterpart-client/",
        env!("CARGO_PKG_VERSION")
    );
    assert_eq!(seen.header("user-agent"), agent);
    assert!(
        !seen
            .headers
            .keys()
            .any(|name| name.as_str().starts_with("x-stainless"))
    );
}

#[tokio::test]
async fn an_optional_body_is_sent_only_if_it_is_set() {
    let server = Server::json(r#"{"id": "thread_1"}"#);
    let client = client(&server);

    client.create_thread().await.unwrap();
    let body = CreateThreadRequest {
        title: Some("Maths".to_owned()),
    };
    let thread = client.create_thread().body(body).await.unwrap();

    assert_eq!(thread.id, "thread_1");
    let seen = server.seen();
    assert_eq!(
        (seen[0].body.as_str(), seen[0].header("content-type")),
        ("", "")
    );
    assert_eq!(seen[1].body, r#"{"title":"Maths"}"#);
    assert_eq!(seen[1].header("content-type"), "application/json");
}

#[tokio::test]
async fn send_gives_what_came_along() {
    let server = Server::new(|_| {
        let headers = [
            ("content-type", "application/json"),
            ("x-request-id", "req_1"),
        ];
        reply_with(201, &headers, r#"{"id": "run_1"}"#)
    });

    let call = client(&server).create_run("thread_1", CreateRunRequest::new("asst_1"));
    let run = call.send().await.unwrap();

    assert_eq!(run.id, "run_1");
    assert_eq!(run.status(), 201);
    assert_eq!(run.request_id(), Some("req_1"));
    assert_eq!(run.headers()["x-request-id"], "req_1");
    assert_eq!(run.attempts().len(), 1);
    assert_eq!(server.only().body, r#"{"assistant_id":"asst_1"}"#);
    let id = run.map(|run| run.id).into_inner();
    assert_eq!(id, "run_1");
}

#[tokio::test]
async fn a_stream_is_switched_on_by_itself() {
    let server = Server::new(|_| {
        let events = "event: thread.run.created\ndata: {\"id\": \"run_1\"}\n\n\
                      event: thread.run.new\ndata: {}\n\n\
                      event: done\ndata: [DONE]\n\n";
        pieces(200, "text/event-stream; charset=utf-8", [Ok(events.into())])
    });

    let call = client(&server).create_run("thread_1", CreateRunRequest::new("asst_1"));
    let events = call.stream().await.unwrap();
    let events: Vec<_> = events.try_collect().await.unwrap();

    let run = Run {
        id: "run_1".to_owned(),
    };
    let new = RawEvent::text("thread.run.new", "{}");
    let expected = [
        AssistantStreamEvent::ThreadRunCreated(run),
        AssistantStreamEvent::Unknown(new),
        AssistantStreamEvent::Done,
    ];
    assert_eq!(events, expected);
    assert_eq!(
        server.only().body,
        r#"{"assistant_id":"asst_1","stream":true}"#
    );
    assert_eq!(server.only().header("accept"), "text/event-stream");
}

#[tokio::test]
async fn items_come_from_all_pages() {
    let server = Server::replies([
        || {
            reply(
                200,
                r#"{"data": [{"id": "a"}, {"id": "b"}], "first_id": "a", "has_more": true}"#,
            )
        },
        || {
            reply(
                200,
                r#"{"data": [{"id": "c"}], "first_id": null, "has_more": false}"#,
            )
        },
    ]);

    let call = client(&server).list_messages("thread_1");
    let items = call.limit(2).after("z").items();
    let ids: Vec<_> = items.map_ok(|item| item.id).try_collect().await.unwrap();

    assert_eq!(ids, ["a", "b", "c"]);
    let urls: Vec<_> = server.seen().iter().map(|seen| seen.url.clone()).collect();
    assert!(urls[0].ends_with("/messages?limit=2&after=z"), "{urls:?}");
    assert!(urls[1].ends_with("/messages?limit=2&after=b"), "{urls:?}");
}

#[tokio::test]
async fn errors_hold_the_body_that_the_document_declares() {
    let server = Server::new(|_| {
        reply(
            404,
            r#"{"error": {"message": "No such thread", "code": null}}"#,
        )
    });

    let error: Error = client(&server).list_messages("thread_1").await.unwrap_err();

    assert_eq!(error.status(), Some(http::StatusCode::NOT_FOUND));
    assert_eq!(
        error.body().map(|body| body.error.message.as_str()),
        Some("No such thread")
    );
    assert_eq!(
        error.to_string(),
        "listMessages: 404 Not Found: No such thread"
    );
}

#[test]
fn calls_and_clients_go_anywhere() {
    fn assert_send<T: Send + 'static>(_: &T) {}
    fn assert_send_sync<T: Send + Sync + Clone + 'static>(_: &T) {}

    let client = client(&Server::json("{}"));
    assert_send_sync(&client);
    let call = client.create_run("thread_1", CreateRunRequest::new("asst_1"));
    assert_send_sync(&call);
    assert_send(&call.clone().into_future());
    assert_send(&call.clone().send());
    assert_send(&call.stream());
    assert_send(&client.list_messages("thread_1").items());
}
