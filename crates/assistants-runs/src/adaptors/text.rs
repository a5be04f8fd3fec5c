//! The text of messages as it is written.

use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use assistants_client::types::{AssistantStreamEvent, MessageContentDelta, MessageDelta};
use futures_core::{Stream, TryStream};

/// The pieces of text in a stream of events; none is empty. Made by
/// [`text_deltas`](crate::AssistantEvents::text_deltas).
#[derive(Debug)]
#[must_use = "nothing comes of a stream that is not read"]
pub struct TextDeltas<S>(S);

impl<S: TryStream<Ok = AssistantStreamEvent> + Unpin> TextDeltas<S> {
    pub(super) fn new(events: S) -> Self {
        Self(events)
    }

    /// The next piece; `None` after the last.
    pub async fn next(&mut self) -> Option<Result<String, S::Error>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// The next piece, or `None` after the last, with errors on the outside for `?`.
    pub async fn try_next(&mut self) -> Result<Option<String>, S::Error> {
        self.next().await.transpose()
    }

    /// The stream of events, at the place that was reached.
    pub fn into_inner(self) -> S {
        self.0
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<String, S::Error>>> {
        loop {
            let event = match ready!(Pin::new(&mut self.0).try_poll_next(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                Some(Ok(event)) => event,
            };
            if let AssistantStreamEvent::ThreadMessageDelta(delta) = event {
                let text = text(delta);
                if !text.is_empty() {
                    return Poll::Ready(Some(Ok(text)));
                }
            }
        }
    }
}

impl<S: TryStream<Ok = AssistantStreamEvent> + Unpin> Stream for TextDeltas<S> {
    type Item = Result<String, S::Error>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll_piece(context)
    }
}

/// All text of a delta. Nearly always it is one piece, which is not copied.
fn text(delta: MessageDelta) -> String {
    let parts = delta.delta.content.into_iter().flatten();
    let texts = parts.filter_map(|part| match part {
        MessageContentDelta::Text(part) => part.text?.value,
        _ => None,
    });
    texts.reduce(|all, text| all + &text).unwrap_or_default()
}
