//! What is made of answers that are successes.

use std::sync::{Arc, Mutex};

use counterpart_client::wire::{Mode, Nullable};
use counterpart_client::{Download, Empty, Error, Misfit, Text};
use serde::Deserialize;
use serde_json::Value;

use crate::support::{Server, pieces, reply, reply_with};

#[derive(Debug, Clone, PartialEq, Deserialize)]
struct Thing {
    id: String,
}

#[tokio::test]
async fn a_body_may_come_in_any_pieces() {
    let server = Server::new(|_| {
        let json = br#"{"id": "h\u00e4"}"#;
        let bytes: Vec<_> = json.iter().map(|byte| Ok(vec![*byte].into())).collect();
        pieces(200, "application/json", bytes)
    });

    let thing: Thing = server
        .http()
        .get::<_, Value>("getThing", "/a")
        .await
        .unwrap();

    assert_eq!(thing.id, "hä");
}

#[tokio::test]
async fn a_value_that_does_not_fit_is_an_error_that_keeps_everything() {
    let server = Server::new(|_| {
        let headers = [
            ("content-type", "application/json"),
            ("x-request-id", "req_1"),
        ];
        reply_with(200, &headers, r#"{"data": [{"id": "a"}, {"id": 3}]}"#)
    });

    #[derive(Debug, Deserialize)]
    struct List {
        #[expect(dead_code, reason = "only decoded")]
        data: Vec<Thing>,
    }
    let error = server
        .http()
        .get::<List, Value>("listThings", "/a")
        .options(|options| options.mode(Mode::Strict))
        .await
        .unwrap_err();

    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert_eq!(error.path(), Some("data[1].id"));
    assert_eq!(error.status(), 200);
    assert_eq!(error.request_id(), Some("req_1"));
    assert_eq!(error.headers()["content-type"], "application/json");
    assert_eq!(&error.body()[..], br#"{"data": [{"id": "a"}, {"id": 3}]}"#);
    let text = error.to_string();
    assert!(
        text.starts_with("listThings: the answer (200 OK) does not fit its type: data[1].id: "),
        "{text}"
    );
    assert!(text.ends_with("(request id req_1)"), "{text}");
    assert!(!format!("{error:?}").contains(r#""data""#));
}

#[tokio::test]
async fn what_is_not_json_is_shown_as_what_it_is() {
    let server = Server::new(|_| {
        reply_with(
            200,
            &[("content-type", "text/html; charset=utf-8")],
            "<!doctype html>\n<p>",
        )
    });

    let error = server.get("/a").await.unwrap_err();

    let Error::Decode(error) = error else {
        panic!("{error}")
    };
    assert!(matches!(error.misfit(), Misfit::MediaType(media_type) if media_type == "text/html"));
    assert_eq!(
        error.to_string(),
        "getThing: the answer (200 OK) is `text/html` and not what was asked for; is the base URL right? \
         It begins `<!doctype html> <p>`"
    );
}

#[tokio::test]
async fn json_is_read_whatever_it_says_it_is() {
    let server = Server::new(|_| reply_with(200, &[("content-type", "text/plain")], "[1]"));

    assert_eq!(server.get("/a").await.unwrap(), serde_json::json!([1]));
}

#[tokio::test]
async fn no_body_is_nothing_where_nothing_is_allowed() {
    let server = Server::new(|_| reply_with(204, &[], ""));
    let http = server.http();

    http.delete::<Empty, Value>("deleteThing", "/a")
        .await
        .unwrap();
    let none = http
        .get::<Option<Thing>, Value>("getThing", "/a")
        .await
        .unwrap();
    assert_eq!(none, None);
    let null = http
        .get::<Nullable<Thing>, Value>("getThing", "/a")
        .await
        .unwrap();
    assert_eq!(null, Nullable::Null);

    let error = http
        .get::<Thing, Value>("getThing", "/a")
        .await
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "getThing: the answer (204 No Content) has no body"
    );
}

#[tokio::test]
async fn bytes_and_text_are_not_decoded() {
    let server =
        Server::new(|_| reply_with(200, &[("content-type", "Image/PNG; q=1")], &b"\x89PNG"[..]));
    let http = server.http();

    let binary = http.get::<Download, Value>("getImage", "/a").await.unwrap();
    assert_eq!(binary.media_type(), Some("image/png"));
    assert_eq!(&binary.bytes().await.unwrap()[..], b"\x89PNG");
    assert_eq!(server.only().header("accept"), "*/*");

    let error = http.get::<Text, Value>("getImage", "/a").await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "getImage: the answer (200 OK) is not valid UTF-8"
    );

    let server = Server::new(|_| reply_with(200, &[], "a,b"));
    let text = server
        .http()
        .get::<Text, Value>("getTable", "/a")
        .await
        .unwrap();
    assert_eq!(text, Text("a,b".to_owned()));
}

#[tokio::test]
async fn raw_is_the_answer_as_it_came_whatever_its_status() {
    for status in [200, 404, 500] {
        let server = Server::new(move |_| {
            let chunks = [Ok("[1".into()), Ok(",2]".into())];
            pieces(status, "application/json", chunks)
        });

        let mut response = server.get("/a").retries(0).raw().await.unwrap();

        assert_eq!(response.status(), status);
        assert_eq!(response.headers()["content-type"], "application/json");
        let body = response.body_mut();
        let mut all = Vec::new();
        while let Some(chunk) = body.chunk().await.unwrap() {
            all.extend_from_slice(&chunk);
        }
        assert_eq!(all, b"[1,2]");
    }
}

#[tokio::test]
async fn raw_does_not_hide_that_a_body_broke_off() {
    for status in [200, 404, 500] {
        let server = Server::new(move |_| {
            pieces(status, "text/plain", [Ok("abc".into()), Err("cut".into())])
        });

        let mut response = server.get("/a").retries(0).raw().await.unwrap();

        assert_eq!(response.body_mut().chunk().await.unwrap().unwrap(), "abc");
        let error = response.into_body().read(100).await.unwrap_err();
        assert_eq!(error.to_string(), "cut", "{status}");
    }
}

#[tokio::test]
async fn a_raw_body_is_read_up_to_a_limit() {
    let server = Server::new(|_| reply(200, "12345"));
    let raw = async || server.get("/a").raw().await.unwrap().into_body();

    assert_eq!(raw().await.read(5).await.unwrap(), "12345");
    assert!(raw().await.read(4).await.is_err());
}

#[tokio::test]
async fn what_the_document_does_not_know_is_noted_or_refused() {
    use counterpart_client::wire::{MapAccess, Object, Reader, Writer, object};

    #[derive(Debug)]
    struct Run {
        id: String,
    }
    impl Object for Run {
        const NAME: &'static str = "Run";
        const FIELDS: &'static [&'static str] = &["id"];

        fn read<'de, A: MapAccess<'de>>(reader: &mut Reader<'de, A>) -> Option<Self> {
            let mut id = None;
            while let Some(field) = reader.next(Self::FIELDS) {
                match field {
                    0 => reader.value(&mut id),
                    _ => reader.refuse(),
                }
            }
            let id = reader.required("id", id)?;
            Some(Self { id })
        }

        fn write<W: Writer>(&self, writer: &mut W) {
            writer.required("id", &self.id);
        }
    }
    object!(Run);

    let server = Server::json(r#"{"id": "run_1", "speed": 3}"#);
    let call = || server.http().get::<Run, Value>("getRun", "/a");

    let run = call().send().await.unwrap();
    assert_eq!(run.id, "run_1");
    let drift: Vec<_> = run.drift().iter().map(ToString::to_string).collect();
    assert_eq!(drift, ["speed: unknown field of Run: 3"]);

    let told = Arc::new(Mutex::new(Vec::new()));
    let notes = Arc::clone(&told);
    let builder = server.builder().on_drift(move |operation, drift| {
        notes
            .lock()
            .unwrap()
            .push(format!("{operation}: {}", drift[0]));
    });
    let http: counterpart_client::Http = builder.build().unwrap();
    http.get::<Run, Value>("getRun", "/a").await.unwrap();
    assert_eq!(
        *told.lock().unwrap(),
        ["getRun: speed: unknown field of Run: 3"]
    );

    // What was only noted is an error with its place, be it a repair or just something unknown.
    for (body, path) in [
        (r#"{"id": "run_1", "speed": 3}"#, "speed"),
        (r#"{"id": null}"#, "id"),
        ("{}", "id"),
    ] {
        let server = Server::json(body);
        let call = server.http().get::<Run, Value>("getRun", "/a");
        let strict = call.options(|options| options.mode(Mode::Strict)).await;
        let Err(Error::Decode(error)) = strict else {
            panic!("{body}: {strict:?}")
        };
        assert_eq!(error.path(), Some(path), "{error}");
    }
}

#[tokio::test]
async fn the_outline_of_a_misfit_has_nothing_of_the_body() {
    let server = Server::new(|_| reply_with(200, &[("content-type", "text/html")], "<p>private"));

    let error = server.get("/a").await.unwrap_err();

    assert!(error.to_string().contains("private"));
    let outline = "getThing: the answer (200 OK) is not what the document says";
    assert_eq!(error.outline(), outline);
}
