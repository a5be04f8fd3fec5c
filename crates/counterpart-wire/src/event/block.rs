//! The lines of one event: fields gathered until the blank line.

use std::str::Utf8Error;
use std::time::Duration;

use bytes::{Buf, Bytes};
use bytestring::ByteString;

use super::RawEvent;

/// What has come of an event.
#[derive(Debug, Default)]
pub(super) struct Block {
    name: ByteString,
    data: Data,
    pub(super) id: Option<ByteString>,
    pub(super) retry: Option<Duration>,
}

/// The data of an event is nearly always one line, which is not copied.
#[derive(Debug, Default)]
enum Data {
    #[default]
    None,
    Line(ByteString),
    Lines(String),
}

/// What a line was.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Field,
    Comment,
}

impl Block {
    /// The number of bytes that the data has.
    pub(super) fn size(&self) -> usize {
        match &self.data {
            Data::None => 0,
            Data::Line(line) => line.len(),
            Data::Lines(lines) => lines.len(),
        }
    }

    /// Takes up a line that is not blank. An error says where in the line it is not UTF-8.
    pub(super) fn read(&mut self, mut line: Bytes) -> Result<Line, usize> {
        let (field, start) = match memchr::memchr(b':', &line) {
            Some(0) => return Ok(Line::Comment),
            Some(colon) => (
                colon,
                colon + 1 + usize::from(line.get(colon + 1) == Some(&b' ')),
            ),
            None => (line.len(), line.len()),
        };
        let at = |error: Utf8Error| start + error.valid_up_to();
        match &line[..field] {
            b"data" => {
                line.advance(start);
                self.data.push(ByteString::try_from(line).map_err(at)?);
            }
            b"event" => {
                line.advance(start);
                self.name = ByteString::try_from(line).map_err(at)?;
            }
            b"id" if memchr::memchr(0, &line[start..]).is_none() => {
                line.advance(start);
                self.id = Some(ByteString::try_from(line).map_err(at)?);
            }
            b"retry" => self.retry = milliseconds(&line[start..]).or(self.retry),
            _ => {}
        }
        Ok(Line::Field)
    }

    /// The event, if there was any data. The block is empty afterwards.
    pub(super) fn take(&mut self) -> Option<RawEvent> {
        let begun = std::mem::take(self);
        match begun.data {
            Data::None => None,
            Data::Line(_) | Data::Lines(_) => Some(begun.into_event()),
        }
    }

    /// Whether the blank line, or a line of data before it, is missing from an event.
    pub(super) fn is_begun(&self) -> bool {
        !self.name.is_empty() || !matches!(self.data, Data::None)
    }

    /// The event with what data there was. The block is empty afterwards.
    pub(super) fn take_unfinished(&mut self) -> RawEvent {
        std::mem::take(self).into_event()
    }

    fn into_event(self) -> RawEvent {
        let data = match self.data {
            Data::None => ByteString::new(),
            Data::Line(line) => line,
            Data::Lines(lines) => lines.into(),
        };
        RawEvent::received(self.name, data, self.id, self.retry)
    }
}

impl Data {
    fn push(&mut self, line: ByteString) {
        match self {
            Self::None => *self = Self::Line(line),
            Self::Line(first) => {
                let mut lines = String::with_capacity(2 * (first.len() + line.len()));
                lines.push_str(first);
                lines.push('\n');
                lines.push_str(&line);
                *self = Self::Lines(lines);
            }
            Self::Lines(lines) => {
                lines.push('\n');
                lines.push_str(&line);
            }
        }
    }
}

/// Only digits are a time, and no digits are none. What does not fit is passed over like any other nonsense.
fn milliseconds(value: &[u8]) -> Option<Duration> {
    if !value.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let value = std::str::from_utf8(value).ok()?;
    value.parse().ok().map(Duration::from_millis)
}
