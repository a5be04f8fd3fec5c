//! The run time of every generated client: transport, credentials, retries, errors, pages and event streams.
//!
//! It knows no operation and no schema. A generated client is a struct around [`Http`], with a method for each
//! operation that makes a [`Call`]; [`client!`] and [`call!`] add what is the same for all. So does code written by
//! hand, for an operation that a document does not have:
//!
//! ```
//! use counterpart_client::{Builder, Config, Error, Http};
//! use counterpart_wire::Value;
//!
//! # async fn example() -> Result<(), Error<Value>> {
//! let http: Http = Builder::new(Config::new("https://api.example.com/v1")).build()?;
//! let thread: Value = http
//!     .get("getThread", "/threads/{thread_id}")
//!     .path("thread_id", "thread_1")
//!     .await?;
//! # Ok(())
//! # }
//! ```
//!
//! A call goes through these modules, in this order: `call` and `draft` gather its arguments, `exchange` runs its
//! attempts by the policy in `retry`, `attempt` makes one of them through `redirect` and `transport`, and `decode` or
//! `events` make of the answer what the caller asked for.

#![deny(missing_docs)]

mod attempt;
#[cfg(feature = "blocking")]
pub mod blocking;
mod body;
mod builder;
mod call;
mod config;
mod content;
mod credentials;
mod decode;
mod download;
mod draft;
mod drift;
mod environment;
mod error;
mod events;
mod exchange;
mod extras;
mod http;
mod macros;
mod message;
mod meta;
mod operation;
mod options;
mod pages;
mod patience;
mod payload;
mod pending;
mod poll;
mod redirect;
#[cfg(feature = "reqwest")]
mod reqwest;
mod response;
mod retry;
mod secret;
mod source;
mod time;
mod trail;
mod transport;
mod url;

pub use body::{Body, ResponseBody};
pub use builder::Builder;
pub use call::Call;
pub use config::{Config, ConfigError, Scheme, Security};
pub use content::{
    Content, Encoded, Form, Json, JsonAs, Multipart, NoBody, OptionalJson, Plain, SequenceAs,
    Upload,
};
pub use credentials::Credentials;
pub use error::{
    ApiError, DecodeFailure, Error, Misfit, Partial, RequestError, RequestProblem, StreamError,
    StreamFault, TransportError, TransportKind, Unfinished,
};
pub use events::EventStream;
pub use extras::Extras;
pub use http::Http;
pub use operation::Operation;
pub use options::Options;
pub use pages::{Items, Paged, Pages};
pub use payload::{Download, Empty, Payload, Received, Text};
pub use pending::{Pending, PendingEvents, PendingRaw, PendingResponse, PendingValue};
pub use poll::{Poll, Polled};
pub use response::Response;
pub use retry::{Attempt, Outcome, RetryPolicy, Verdict};
pub use secret::Secret;
pub use trail::Trail;
pub use transport::{BoxError, HttpService, NotSent, OperationId};

pub use counterpart_wire::{Binary, EventData, FilePart, JsonLine, JsonRecord, Sequence};

/// The crate of values and their encodings, for what generated code needs of it.
pub use counterpart_wire as wire;
