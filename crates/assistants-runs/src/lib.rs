//! Runs of the Assistants API, driven to their end: started, watched, answered when they call functions.
//!
//! ```
//! use assistants_client::types::{CreateMessageRequest, CreateRunRequest, Role};
//! use assistants_client::Client;
//! use assistants_runs::{DriveRuns, ToolError, Tools};
//! use schemars::JsonSchema;
//! use serde::Deserialize;
//!
//! /// Where the weather is asked for. The model reads this, and what the fields say.
//! #[derive(Deserialize, JsonSchema)]
//! struct Place {
//!     /// The city and its country, such as "Bergen, Norway".
//!     city: String,
//! }
//!
//! async fn weather(place: Place) -> Result<String, ToolError> {
//!     Ok(format!("It rains in {}.", place.city))
//! }
//!
//! async fn ask(client: &Client, assistant_id: &str) -> Result<String, Box<dyn std::error::Error>> {
//!     let tools = Tools::new().function("get_weather", "The weather right now.", weather);
//!
//!     let thread = client.create_thread().await?;
//!     let question = CreateMessageRequest::new(Role::User, "Do I need an umbrella in Bergen?");
//!     client.create_message(&thread.id, question).await?;
//!
//!     let request = CreateRunRequest::new(assistant_id).tools(tools.definitions());
//!     let end = client.drive_run(&thread.id, request).tools(&tools).run_to_end().await?;
//!     Ok(end.completed()?.text())
//! }
//! ```
//!
//! [`DriveRuns`] adds to the client what starts a run or takes one up. [`RunDriver`] says how: by polling
//! ([`run_to_end`](RunDriver::run_to_end)) or as one stream of events ([`stream`](RunDriver::stream)), for how long,
//! and what happens to a run that nobody waits for any more. Either way it ends with a [`RunEnd`], which has the run,
//! its messages and an [`Outcome`]. [`Tools`] are the functions.
//!
//! # Streams
//!
//! ```
//! # use std::time::Duration;
//! # use assistants_client::{Client, types::CreateRunRequest};
//! # use assistants_runs::{DriveRuns, Error, Outcome, Tools};
//! use assistants_runs::AssistantEvents;
//!
//! # async fn example(client: &Client, request: CreateRunRequest, tools: &Tools) -> Result<(), Error> {
//! let driver = client.drive_run("thread_1", request).tools(tools);
//! let events = driver.deadline(Duration::from_secs(120)).cancel_on_drop().stream();
//!
//! let mut text = events.text_deltas();
//! while let Some(piece) = text.try_next().await? {
//!     print!("{piece}");
//! }
//! match text.into_inner().finish().await?.outcome {
//!     Outcome::Completed => println!(),
//!     Outcome::Failed(error) => println!("{}: {}", error.code, error.message),
//!     other => println!("{other}"),
//! }
//! # Ok(())
//! # }
//! ```
//!
//! [`AssistantEvents`] adds adaptors to these streams and to those of single calls:
//! [`text_deltas`](AssistantEvents::text_deltas), as here, and [`changes`](AssistantEvents::changes), which tells texts,
//! messages, tool calls and steps from their beginning to their end and has their values so far.
//!
//! # No run is lost, and none is started twice
//!
//! - A stream that breaks, is silent for too long or ends too early is followed by polling. What was missed is told as
//!   events, in their order and once; see [`RunEvents`]. There is no way back into a stream of a run, but the next
//!   outputs that are submitted are answered with a new one.
//! - Outputs of functions are submitted again if they were lost: after a look at the run, which tells whether they were.
//!   The functions are not called again.
//! - A call that fails in passing while a run is polled is made again, with growing pauses; six in a row are an error.
//! - The call that starts a run is sent again only if the service cannot have acted on it, and as often as the client's
//!   retries allow. In all other cases the run is looked for in its thread, by a [`MARK`] that the driver puts into its
//!   metadata (unless [`unmarked`](RunDriver::unmarked)), four times within six seconds. A run that is found is gone
//!   on with. If none is, the error is [`ErrorKind::Astray`]: it may have been started, or may yet be.
//! - Every other error says which run it is about, and [`take_up_run`](DriveRuns::take_up_run) goes on with it.

#![deny(missing_docs)]

mod adaptors;
mod driver;
mod engine;
mod error;
mod events;
mod guard;
mod outcome;
mod place;
mod polls;
mod told;
mod tools;

pub use adaptors::{AssistantEvents, Change, Changes, Snapshot, TextDeltas};
pub use driver::{DriveRuns, RunDriver};
pub use error::{Error, ErrorKind};
pub use events::RunEvents;
pub use outcome::{Outcome, RunEnd, Unfinished};
pub use place::MARK;
/// The crate that derives the schemas of arguments, in the version that [`Tools`] takes.
pub use schemars;
pub use tools::{CallFailure, IntoOutput, Json, Reaction, ToolError, Tools};
