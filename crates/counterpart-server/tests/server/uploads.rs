//! Bytes that a method reads by and by: within the limits of all bodies.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use counterpart_server::{
    ApiError, Binary, FromRequest, Rejection, Reply, Request, Routes, StatusCode,
};
use futures_util::{StreamExt, stream};

use crate::harness::{Answer, request, send};

struct Upload(Binary);

impl FromRequest for Upload {
    async fn from_request(request: &mut Request) -> Result<Self, Rejection> {
        Ok(Self(request.binary("*/*").await?))
    }
}

fn router() -> Router {
    Routes::new(())
        .post("keep", "/keep", |_, _, Upload(upload)| async move {
            let bytes = upload.bytes().await.map_err(ApiError::internal)?;
            Ok(Reply::json(StatusCode::OK, &bytes.len()))
        })
        .post("try", "/try", |_, _, Upload(upload)| async move {
            let fits = upload.bytes().await.is_ok();
            Ok(Reply::json(StatusCode::OK, &fits))
        })
        .post("long", "/long", |_, _, Upload(upload)| async move {
            let bytes = upload.bytes().await.map_err(ApiError::internal)?;
            Ok(Reply::json(StatusCode::OK, &bytes.len()))
        })
        .body_limit(10)
        .body_limit_of("long", 20)
        .body_timeout(Duration::from_secs(5))
        .into_router()
}

async fn upload(path: &str, body: Body) -> Answer {
    let request = request("POST", path).header("content-type", "image/png");
    send(&router(), request.body(body).expect("a request")).await
}

/// A body of so many bytes, of no declared length.
fn chunked(bytes: usize) -> Body {
    let chunks = std::iter::repeat_n("x", bytes).map(Ok::<_, std::io::Error>);
    Body::from_stream(stream::iter(chunks))
}

#[tokio::test]
async fn what_fits_is_read() {
    assert_eq!(upload("/keep", chunked(10)).await.text, "10");
    assert_eq!(upload("/keep", Body::from("0123456789")).await.text, "10");
    assert_eq!(upload("/long", chunked(20)).await.text, "20");
}

#[tokio::test]
async fn what_says_that_it_is_too_long_is_refused_at_once() {
    let long = Body::from("0123456789 ");
    let message = upload("/try", long)
        .await
        .refused(413, None, Some("request_too_large"));
    assert!(message.contains("10 bytes"), "{message}");
}

#[tokio::test]
async fn what_turns_out_to_be_too_long_is_refused_if_the_method_fails() {
    for (path, length) in [("/keep", 11), ("/long", 21)] {
        let answer = upload(path, chunked(length)).await;
        answer.refused(413, None, Some("request_too_large"));
    }
    // What a method can do without is its own affair.
    assert_eq!(upload("/try", chunked(11)).await.text, "false");
}

#[tokio::test(start_paused = true)]
async fn what_does_not_come_is_given_up() {
    let slowly = stream::iter([3, 3, 3]).then(|seconds| async move {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
        Ok::<_, std::io::Error>("x")
    });
    let slow = Body::from_stream(Box::pin(slowly));
    assert_eq!(upload("/keep", slow).await.text, "3");

    let begun = stream::iter([Ok::<_, std::io::Error>("x")]);
    let stalled = Body::from_stream(begun.chain(stream::pending()));
    let message = upload("/keep", stalled)
        .await
        .refused(408, None, Some("request_timeout"));
    assert_eq!(message, "The request body did not arrive within 5s.");
}

#[tokio::test]
async fn what_breaks_off_is_incomplete() {
    let parts = [Ok("x"), Err(std::io::Error::other("reset by peer"))];
    let broken = Body::from_stream(stream::iter(parts));
    upload("/keep", broken)
        .await
        .refused(400, None, Some("incomplete_body"));
}
