//! Events to bytes: `event: done\ndata: [DONE]\n\n`.

use bytes::{BufMut, Bytes, BytesMut};

use super::RawEvent;

impl RawEvent {
    /// The event as it stands in a stream: a line for the name unless it is the default, one for each line of the
    /// data, and the blank line that ends it.
    pub fn encode(&self) -> Bytes {
        let retry = self.retry().map(|retry| retry.as_millis().to_string());
        let name = Some(self.name()).filter(|name| *name != Self::DEFAULT_NAME);
        let data = self.data_str();

        let fixed: usize = [name, self.id(), retry.as_deref()]
            .into_iter()
            .flatten()
            .map(|text| text.len() + FIELD)
            .sum();
        let lines = memchr::memchr_iter(b'\n', data.as_bytes()).count() + 1;
        let mut bytes = BytesMut::with_capacity(fixed + data.len() + lines * FIELD);
        if let Some(name) = name {
            put(&mut bytes, "event", name);
        }
        if let Some(id) = self.id() {
            put(&mut bytes, "id", id);
        }
        if let Some(retry) = &retry {
            put(&mut bytes, "retry", retry);
        }
        for line in data.split('\n') {
            put(&mut bytes, "data", line);
        }
        bytes.put_u8(b'\n');
        bytes.freeze()
    }
}

/// The most that a field adds to its value: `retry: ` and the line break. It is one more than what `data` needs, so
/// there is room for the blank line as well.
const FIELD: usize = "retry: \n".len();

/// One line of an event. The space belongs to the format: a reader drops it, and no other.
fn put(bytes: &mut BytesMut, field: &str, value: &str) {
    bytes.put_slice(field.as_bytes());
    bytes.put_u8(b':');
    if !value.is_empty() {
        bytes.put_u8(b' ');
        bytes.put_slice(value.as_bytes());
    }
    bytes.put_u8(b'\n');
}

/// A comment, which tells proxies and readers that the stream is alive, and is no event.
pub fn keep_alive() -> Bytes {
    Bytes::from_static(b": keep-alive\n\n")
}
