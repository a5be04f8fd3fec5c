//! Bodies of items that a method reads one by one.

use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Body;
use counterpart_server::{
    ApiError, FromRequest, JsonLine, JsonRecord, Rejection, Reply, Request, Routes, Sequence,
    StatusCode,
};
use futures_util::stream;

use crate::harness::{Answer, request, send};

struct Lines(Sequence<JsonLine<u32>>);

impl FromRequest for Lines {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        Ok(Self(request.sequence("application/jsonl").await?))
    }
}

struct Records(Option<Sequence<JsonRecord<Vec<u32>>>>);

impl FromRequest for Records {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        let records = request.optional_sequence("application/json-seq").await?;
        Ok(Self(records))
    }
}

/// What the method of `/lines` was given, also of what broke in the end.
type Taken = Arc<Mutex<Vec<u32>>>;

fn router(taken: &Taken) -> Router {
    Routes::new(Arc::clone(taken))
        .post(
            "lines",
            "/lines",
            |taken: Arc<Taken>, _, Lines(mut lines)| async move {
                while let Some(JsonLine(number)) =
                    lines.try_next().await.map_err(ApiError::internal)?
                {
                    taken.lock().unwrap().push(number);
                }
                Ok(Reply::json(StatusCode::OK, &taken.lock().unwrap().len()))
            },
        )
        .post("records", "/records", |_, _, Records(records)| async move {
            let Some(records) = records else {
                return Ok(Reply::json(StatusCode::OK, "none"));
            };
            let records = records.map(|record| record.0).all().await;
            let records = records.map_err(ApiError::internal)?;
            Ok(Reply::json(StatusCode::OK, &records))
        })
        .body_limit(40)
        .into_router()
}

async fn ask(path: &str, media_type: &str, body: impl Into<Body>) -> (Answer, Vec<u32>) {
    let taken = Taken::default();
    let request = request("POST", path).header("content-type", media_type);
    let request = request.body(body.into()).expect("a request");
    let answer = send(&router(&taken), request).await;
    let taken = taken.lock().unwrap().clone();
    (answer, taken)
}

async fn lines(body: impl Into<Body>) -> (Answer, Vec<u32>) {
    ask("/lines", "application/jsonl", body).await
}

/// Chunks of one byte each.
fn in_pieces(text: &'static str) -> Body {
    let bytes = text.as_bytes().chunks(1);
    Body::from_stream(stream::iter(bytes.map(Ok::<_, std::io::Error>)))
}

#[tokio::test]
async fn lines_are_items_however_they_end_and_are_cut() {
    for text in ["1\n2\n3\n", "1\r\n2\r\n3", "\u{feff}1\n\n  2 \n3\n\n"] {
        for body in [Body::from(text), in_pieces(text)] {
            let (answer, taken) = lines(body).await;
            assert_eq!(
                (answer.status, taken),
                (StatusCode::OK, vec![1, 2, 3]),
                "{text:?}"
            );
        }
    }
    let (answer, _) = lines("").await;
    assert_eq!(answer.text, "0");
}

#[tokio::test]
async fn records_are_items_over_several_lines() {
    let (answer, _) = ask(
        "/records",
        "application/json-seq",
        "\u{1e}[1,\n2]\n\u{1e}[3]\n",
    )
    .await;
    assert_eq!(answer.text, "[[1,2],[3]]");
    let bare = request("POST", "/records")
        .body(Body::empty())
        .expect("a request");
    assert_eq!(
        send(&router(&Taken::default()), bare).await.text,
        "\"none\""
    );
}

#[tokio::test]
async fn lines_have_many_names_and_others_are_refused() {
    for name in ["application/x-ndjson", "Application/JSONL; charset=utf-8"] {
        assert_eq!(
            ask("/lines", name, "1\n").await.0.status,
            StatusCode::OK,
            "{name}"
        );
    }
    let (answer, _) = ask("/lines", "application/json", "[1]").await;
    answer.refused(415, None, Some("unsupported_content_type"));
    let unnamed = request("POST", "/lines")
        .body(Body::from("1\n"))
        .expect("a request");
    let answer = send(&router(&Taken::default()), unnamed).await;
    answer.refused(415, None, Some("unsupported_content_type"));
    let nothing = request("POST", "/lines")
        .body(Body::empty())
        .expect("a request");
    let answer = send(&router(&Taken::default()), nothing).await;
    assert_eq!(answer.status, 400);
}

#[tokio::test]
async fn a_wrong_item_is_refused_by_its_place_after_those_before_it() {
    let (answer, taken) = lines("1\n2\n\"three\"\n4\n").await;
    let message = answer.refused(400, Some("[2]"), Some("invalid_value"));
    assert!(message.starts_with("Invalid value for '[2]'"), "{message}");
    assert_eq!(taken, [1, 2]);
    let (answer, _) = lines("1\n{\n").await;
    let message = answer.refused(400, None, Some("invalid_body"));
    assert!(message.contains("[1]"), "{message}");
    let (answer, _) = ask(
        "/records",
        "application/json-seq",
        "\u{1e}[1]\n\u{1e}[1, true]\n",
    )
    .await;
    answer.refused(400, Some("[1][1]"), Some("invalid_value"));
}

#[tokio::test]
async fn the_limits_of_all_bodies_hold() {
    let (answer, _) = lines("1\n".repeat(21)).await;
    answer.refused(413, None, Some("request_too_large"));
    let chunks = std::iter::repeat_n("1\n", 21).map(Ok::<_, std::io::Error>);
    let (answer, taken) = lines(Body::from_stream(stream::iter(chunks))).await;
    answer.refused(413, None, Some("request_too_large"));
    assert_eq!(taken.len(), 20);
    let (answer, _) = lines(&b"1\n\xff\n"[..]).await;
    answer.refused(400, None, Some("invalid_body"));
}
