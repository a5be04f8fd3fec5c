//! A client of a router whose answers come byte by byte.

use axum::Router;
use axum::body::Body;
use axum::middleware::map_response;
use axum::response::Response;
use bytes::Bytes;
use counterpart_client::{Builder, Http};
use futures_util::{StreamExt, TryStreamExt, stream};

/// A client of the router, in process. Each byte of an answer comes in a piece of its own, and nothing is sent twice.
///
/// # Panics
///
/// If the client cannot be built.
pub fn bytewise<C: From<Http>>(builder: Builder<C>, app: Router) -> C {
    let client = builder
        .base_url("http://service.example")
        .retries(0)
        .service(app.layer(map_response(cut)))
        .build();
    client.unwrap_or_else(|error| panic!("{error}"))
}

async fn cut(response: Response) -> Response {
    let (parts, body) = response.into_parts();
    let pieces = body.into_data_stream().map_ok(|piece: Bytes| {
        let bytes: Vec<Bytes> = (0..piece.len()).map(|at| piece.slice(at..=at)).collect();
        stream::iter(bytes).map(Ok::<_, axum::Error>)
    });
    Response::from_parts(parts, Body::from_stream(pieces.try_flatten()))
}
