//! Tests of event streams: the rules of the standard, the limits, and that no cut of a stream changes its events.

mod decoding;
mod encoding;
mod limits;
mod splits;
mod values;

use super::{Decoder, RawEvent, StreamError};

/// All events of a stream that comes in these chunks, and the decoder at its end.
fn decode<'c>(
    chunks: impl IntoIterator<Item = &'c [u8]>,
) -> Result<(Vec<RawEvent>, Decoder), StreamError> {
    let mut decoder = Decoder::new();
    let mut events = Vec::new();
    for chunk in chunks {
        decoder.push(chunk.to_vec());
        while let Some(event) = decoder.next_event()? {
            events.push(event);
        }
    }
    Ok((events, decoder))
}
