//! Generated clients against generated servers, in process: what one side sends, the other receives, for each kind of
//! body, answer and parameter.

mod bodies;
mod headers;
mod items;
mod methods;
mod parameters;
mod query;
mod replies;
mod sequences;

/// A client of a generated server, in this process.
macro_rules! client {
    ($golden:ident, $service:expr) => {{
        use counterpart_goldens::$golden::{client, server};
        client::Client::builder()
            .base_url("http://service.example")
            .service(server::router($service))
            .build()
            .unwrap()
    }};
}

pub(crate) use client;
