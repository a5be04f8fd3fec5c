//! The run time of every generated server, over axum.
//!
//! In: a service, and per operation a method, a path template and a handler. Out: an [`axum::Router`] that checks each
//! request against the document before the service sees it, and that writes replies, errors and event streams. See
//! [`Routes`] for a whole one.
//!
//! A request becomes a typed value by [`FromRequest`], or is refused with a [`Rejection`]; what a method returns becomes
//! a [`Reply`] by [`IntoReply`], or is an [`ApiError`]; events are sent by an [`EventStream`]. This crate knows no
//! operation and no schema.

#![deny(missing_docs)]

mod answer;
mod authenticate;
mod base64;
mod body;
mod body_items;
mod body_stream;
mod context;
#[cfg(feature = "contract")]
pub mod contract;
mod credentials;
mod error;
mod event_body;
mod events;
mod excerpt;
mod malformed;
mod operation;
mod parameters;
mod rejection;
mod reply;
mod request;
mod request_id;
mod route;
mod routes;
mod segment;
#[cfg(feature = "serve")]
mod serving;
mod shutdown;
mod table;
mod template;
mod unanswered;

pub use authenticate::{Anyone, Authenticate, Guard, Open, Optional, Secured};
pub use body::valid;
pub use context::Context;
pub use credentials::{Credentials, Key, Scheme, Security};
pub use error::{ApiError, ErrorDetails};
pub use events::{ClientLeft, EventSender, EventStream};
pub use parameters::Styled;
pub use rejection::Rejection;
pub use reply::{IntoReply, Reply};
pub use request::{FromRequest, Request};
pub use route::Route;
pub use routes::{RouteError, RouteProblem, Routes};
#[cfg(feature = "serve")]
pub use serving::{Serve, serve};
pub use shutdown::Shutdown;
pub use template::TemplateError;

// What generated code names, so that it needs no dependency of its own for it.
pub use axum::Router;
pub use bytes::Bytes;
pub use counterpart_wire::{
    self as wire, Binary, EventData, FilePart, JsonLine, JsonRecord, Sequence, form, params,
};
pub use http::{HeaderMap, Method, StatusCode};
