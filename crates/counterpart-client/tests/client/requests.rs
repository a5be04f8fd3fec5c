//! What a call says, and what it refuses to say.

use counterpart_client::wire::params::{Param, Reason};
use counterpart_client::{Binary, Form, Json, JsonAs, Multipart, Upload};
use counterpart_client::{Builder, Config, Error, Http, RequestProblem, Secret, Security};
use serde::{Serialize, Serializer};
use serde_json::{Value, json};

use crate::support::Server;

/// A value that no encoding takes.
#[derive(Clone)]
struct Broken;

impl Serialize for Broken {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        Err(serde::ser::Error::custom("out of order"))
    }
}

fn problem(error: Error<Value>) -> RequestProblem {
    assert!(error.attempts().is_empty());
    assert!(error.to_string().ends_with("nothing was sent"), "{error}");
    match error {
        Error::Request(error) => error.problem().clone(),
        other => panic!("not about the request: {other}"),
    }
}

#[tokio::test]
async fn every_kind_of_parameter_has_its_place() {
    let server = Server::json("null");

    let call = server
        .get("/a/{id}/{list}/b")
        .path("id", 3)
        .path_as(Param::MATRIX, "list", ["x", "y"])
        .query("flag", true)
        .query("absent", None::<i64>)
        .query_list("ids[]", [1, 2])
        .query_list("none", Vec::<String>::new())
        .query_as(Param::DEEP_OBJECT, "filter", json!({"name": "a&b"}))
        .query_list_as(Param::PIPE_DELIMITED, "pipes", ["a", "b"])
        .header("X-Count", 7)
        .header("X-Absent", None::<i64>)
        .header_as(Param::SIMPLE, "X-List", ["a", "b"])
        .cookie("session", "s/1")
        .cookie("theme", "dark");
    call.await.unwrap();

    let seen = server.only();
    assert_eq!(
        seen.url,
        "https://api.example.com/v1/a/3/;list=x,y/b?flag=true&ids%5B%5D=1&ids%5B%5D=2\
         &filter%5Bname%5D=a%26b&pipes=a%7Cb"
    );
    assert_eq!(seen.header("x-count"), "7");
    assert_eq!(seen.header("x-list"), "a,b");
    assert!(!seen.headers.contains_key("x-absent"));
    assert_eq!(seen.header("cookie"), "session=s%2F1; theme=dark");
}

#[tokio::test]
async fn all_cookies_are_in_one_header() {
    let server = Server::json("null");
    let http = server.builder().default_header("Cookie", "a=1").build();
    let call = http.unwrap().get::<Value, Value>("getThing", "/a");

    call.cookie("b", 2).await.unwrap();

    let seen = server.only();
    assert_eq!(seen.headers.get_all("cookie").iter().count(), 1);
    assert_eq!(seen.header("cookie"), "a=1; b=2");
}

#[tokio::test]
async fn the_last_of_several_values_is_sent() {
    let server = Server::json("null");

    let call = server.get("/a").query("limit", 1).query_list("ids", [1, 2]);
    let call = call.query("limit", 2).query_list("ids", [3]);
    call.header("X-A", "1").header("x-a", "2").await.unwrap();

    let seen = server.only();
    assert!(seen.url.ends_with("/a?limit=2&ids=3"), "{}", seen.url);
    assert_eq!(seen.headers.get_all("x-a").iter().count(), 1);
    assert_eq!(seen.header("x-a"), "2");
}

#[tokio::test]
async fn what_a_call_says_goes_before_what_the_client_says() {
    let server = Server::json("null");
    let http = server
        .builder()
        .base_url("https://b.example/v2/?version=1")
        .default_query("tenant", "a b")
        .default_query("trace", "no")
        .default_header("X-One", "client")
        .default_header("X-Two", "client")
        .user_agent("mine/1")
        .build();
    let call = http.unwrap().get::<Value, Value>("getThing", "/a");

    call.query("trace", "yes")
        .header("X-Two", "call")
        .await
        .unwrap();

    let seen = server.only();
    assert_eq!(
        seen.url,
        "https://b.example/v2/a?version=1&tenant=a%20b&trace=yes"
    );
    assert_eq!(seen.header("x-one"), "client");
    assert_eq!(seen.header("x-two"), "call");
    assert_eq!(seen.header("user-agent"), "mine/1");
}

#[tokio::test]
async fn a_path_argument_that_would_lead_elsewhere_is_refused() {
    let server = Server::json("null");

    for (id, reason) in [
        ("", Reason::Empty),
        (".", Reason::DotSegment),
        ("..", Reason::DotSegment),
    ] {
        let error = server.get("/a/{id}").path("id", id).await.unwrap_err();
        assert!(error.to_string().contains("`id`"), "{error}");
        match problem(error) {
            RequestProblem::Param(error) => assert_eq!(*error.reason(), reason),
            other => panic!("{other}"),
        }
    }
    let missing = server.get("/a/{id}").await.unwrap_err();
    assert!(
        matches!(problem(missing), RequestProblem::Param(error) if *error.reason() == Reason::Missing)
    );

    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn the_first_problem_is_the_one_reported() {
    let server = Server::json("null");

    let call = server
        .post("/a/{id}")
        .header("no name", "x")
        .path("id", "")
        .query("q", Broken);

    assert!(matches!(
        problem(call.clone().await.unwrap_err()),
        RequestProblem::Header { name } if name == "no name"
    ));
    assert!(matches!(call.clone().send().await, Err(Error::Request(_))));
    assert!(matches!(call.clone().raw().await, Err(Error::Request(_))));
    assert!(matches!(
        call.stream::<counterpart_client::wire::RawEvent>().await,
        Err(Error::Request(_))
    ));
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn what_cannot_be_written_is_refused() {
    let server = Server::json("null");
    let call = || server.post("/a");

    for (call, text) in [
        (
            call().query("q", Broken),
            "query parameter `q` is not valid: out of order",
        ),
        (
            call().header("X-A", "a\r\nB: c"),
            "header `X-A` contains a control character",
        ),
        (call().cookie("c", [[1]]), "cookie `c` is nested"),
        (
            call().body_field("f", Broken),
            "the field `f` cannot be encoded: out of order",
        ),
    ] {
        let error = call.await.unwrap_err();
        assert!(error.to_string().contains(text), "{error}");
        problem(error);
    }
    let error = call().plain("text\n", "x").await.unwrap_err();
    assert!(matches!(problem(error), RequestProblem::Header { name } if name == "content-type"));
    let error = call().json(Broken).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "createThing: the body cannot be encoded: out of order; nothing was sent"
    );
    assert!(server.seen().is_empty());
}

#[tokio::test]
async fn bodies_are_set_edited_and_extended() {
    let server = Server::json("null");

    let call = server
        .post("/a")
        .json(vec![1])
        .edit_body(|body| body.push(2));
    call.await.unwrap();
    server.post("/a").json(1).body(2).await.unwrap();
    let call = server.post("/a").optional_json::<Vec<i32>>();
    call.edit_body(|body| body.push(3)).await.unwrap();
    let call = server.post("/a").json(json!({"a": 1, "b": 2}));
    call.body_field("b", 3)
        .body_field("c", ["d"])
        .await
        .unwrap();
    server.post("/a").body_field("only", true).await.unwrap();
    server.post("/a").plain("text/csv", "a,b").await.unwrap();

    let seen = server.seen();
    let bodies: Vec<_> = seen.iter().map(|seen| seen.body.as_str()).collect();
    let expected = [
        "[1,2]",
        "2",
        "[3]",
        r#"{"a":1,"b":3,"c":["d"]}"#,
        r#"{"only":true}"#,
        "a,b",
    ];
    assert_eq!(bodies, expected);
    assert_eq!(seen[4].header("content-type"), "application/json");
    assert_eq!(seen[5].header("content-type"), "text/csv");
}

#[tokio::test]
async fn fields_are_not_added_to_what_is_no_object() {
    let server = Server::json("null");

    let error = server
        .post("/a")
        .json([1])
        .body_field("a", 1)
        .await
        .unwrap_err();

    assert!(matches!(problem(error), RequestProblem::NoObject));
}

#[tokio::test]
async fn a_call_can_be_sent_more_than_once() {
    let server = Server::json("null");
    let call = server.post("/a/{id}").path("id", "x").json([1]);

    call.clone().await.unwrap();
    call.query("second", true).await.unwrap();

    let seen = server.seen();
    assert_eq!(
        [seen[0].body.as_str(), seen[1].body.as_str()],
        ["[1]", "[1]"]
    );
    assert!(seen[0].url.ends_with("/a/x") && seen[1].url.ends_with("/a/x?second=true"));
}

#[tokio::test]
async fn a_call_may_go_without_credentials_or_with_its_own() {
    let server = Server::json("null");
    const CONFIG: Config = Config::new("https://a.example").security(&[Security::bearer("key")]);
    let builder = Builder::new(CONFIG).service(server.clone());
    let http: Http = builder.credentials(Secret::new("sk-1")).build().unwrap();
    let call = || http.get::<Value, Value>("getThing", "/a");

    call().await.unwrap();
    call().options(|options| options.anonymous()).await.unwrap();
    call().header("Authorization", "Bearer sk-2").await.unwrap();

    let seen = server.seen();
    let sent: Vec<_> = seen
        .iter()
        .map(|seen| seen.header("authorization"))
        .collect();
    assert_eq!(sent, ["Bearer sk-1", "", "Bearer sk-2"]);
}

#[tokio::test]
async fn forms_and_files_are_sent_as_what_they_are() {
    let server = Server::json("{}");
    let form = serde_json::json!({"name": "a b", "tags": ["x", "y"]});
    server
        .post("/a")
        .content(Form::new(form.clone()))
        .await
        .unwrap();
    server
        .post("/a")
        .content(Multipart::new(form))
        .await
        .unwrap();
    let image = Upload::new("image/*", Binary::new("png").with_media_type("image/png"));
    server.post("/a").content(image).await.unwrap();
    let patch = JsonAs::new(
        "application/merge-patch+json",
        serde_json::json!({"a": null}),
    );
    server.post("/a").content(Some(patch)).await.unwrap();
    server
        .post("/a")
        .content(None::<Json<Value>>)
        .await
        .unwrap();

    let [form, multipart, image, patch, nothing] = &server.seen()[..] else {
        panic!("five requests");
    };
    assert_eq!(form.body, "name=a%20b&tags=x&tags=y");
    assert_eq!(
        form.header("content-type"),
        "application/x-www-form-urlencoded"
    );
    assert!(
        multipart
            .header("content-type")
            .starts_with("multipart/form-data; boundary=")
    );
    assert_eq!(multipart.body.matches("name=\"tags\"").count(), 2);
    assert_eq!(
        (image.header("content-type"), &image.body[..]),
        ("image/png", "png")
    );
    assert_eq!(patch.header("content-type"), "application/merge-patch+json");
    assert_eq!(
        (nothing.header("content-type"), &nothing.body[..]),
        ("", "")
    );
}

#[tokio::test]
async fn what_the_client_sends_by_default_is_left_out_of_a_single_call() {
    let server = Server::json("1");
    let builder = server.builder().default_header("X-Team", "search");
    let http: Http = builder.default_query("version", "1").build().unwrap();
    let call = || http.get::<Value, Value>("getThing", "/a");

    call()
        .without_header("x-team")
        .without_query("version")
        .await
        .unwrap();
    let again = call().without_header("x-team").without_query("version");
    let again = again.header("X-Team", "a").query("version", 2);
    again.await.unwrap();
    call()
        .extra_query("version", 3)
        .extra_header("x-team", "b")
        .await
        .unwrap();
    call()
        .query("limit", 1)
        .without_query("limit")
        .await
        .unwrap();

    let seen = server.seen();
    let query = |index: usize| seen[index].url.split_once('?').map(|(_, query)| query);
    let teams: Vec<_> = seen.iter().map(|seen| seen.header("x-team")).collect();
    assert_eq!(teams, ["", "a", "b", "search"]);
    assert_eq!([query(0), query(1)], [None, Some("version=2")]);
    assert_eq!([query(2), query(3)], [Some("version=3"), Some("version=1")]);
}
