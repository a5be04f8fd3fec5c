//! What can be made of a stream of events, be it of one call or of a whole run: its text, or the values that its pieces
//! add up to.

mod change;
mod changes;
mod parts;
mod snapshot;
mod text;

use assistants_client::types::AssistantStreamEvent;
use futures_core::TryStream;

pub use change::Change;
pub use changes::Changes;
pub use snapshot::Snapshot;
pub use text::TextDeltas;

/// Adaptors on streams of events: those of [`stream`](assistants_client::CreateRun::stream) and of
/// [`RunDriver::stream`](crate::RunDriver::stream).
pub trait AssistantEvents: TryStream<Ok = AssistantStreamEvent> + Unpin + Sized {
    /// The text of messages, piece by piece as it is written.
    ///
    /// ```
    /// # use assistants_client::types::{AssistantStreamEvent, ErrorResponse};
    /// # use assistants_client::{Error, EventStream};
    /// use assistants_runs::AssistantEvents;
    ///
    /// # async fn example(events: EventStream<AssistantStreamEvent, ErrorResponse>) -> Result<(), Error> {
    /// let mut text = events.text_deltas();
    /// while let Some(piece) = text.try_next().await? {
    ///     print!("{piece}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    fn text_deltas(self) -> TextDeltas<Self> {
        TextDeltas::new(self)
    }

    /// What changes in messages, steps and tool calls, with the values so far at hand.
    ///
    /// ```
    /// # use assistants_client::types::{AssistantStreamEvent, ErrorResponse};
    /// # use assistants_client::{Error, EventStream};
    /// use assistants_runs::{AssistantEvents, Change};
    ///
    /// # async fn example(events: EventStream<AssistantStreamEvent, ErrorResponse>) -> Result<(), Error> {
    /// let mut changes = events.changes();
    /// while let Some(change) = changes.try_next().await? {
    ///     match change {
    ///         Change::TextDelta { text, .. } => print!("{text}"),
    ///         Change::ToolCallCreated { call, .. } => println!("calls {call:?}"),
    ///         Change::MessageDone(message) => println!("{} parts", message.content.len()),
    ///         _ => {}
    ///     }
    /// }
    /// println!("{:?}", changes.snapshot().run());
    /// # Ok(())
    /// # }
    /// ```
    fn changes(self) -> Changes<Self> {
        Changes::new(self)
    }
}

impl<S: TryStream<Ok = AssistantStreamEvent> + Unpin> AssistantEvents for S {}
