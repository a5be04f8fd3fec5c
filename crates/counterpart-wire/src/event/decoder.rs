//! Bytes to events, whatever the chunks that they come in.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::{Buf, Bytes, BytesMut};
use bytestring::ByteString;

use super::block::{Block, Line};
use super::error::{CutOff, StreamError};
use super::records::Records;
use super::{Format, RawEvent};

/// Reads a stream of server-sent events: chunks are pushed, and events are pulled until there are no more.
///
/// A line that lies within one chunk is not copied. The events do not depend on where the stream was cut.
#[derive(Debug)]
pub struct Decoder {
    /// The chunk being read, without what has been read of it.
    chunk: Bytes,
    /// Chunks that were pushed before all events of the last one had been pulled.
    waiting: VecDeque<Bytes>,
    /// The beginning of a line that goes on in the next chunk.
    partial: BytesMut,
    /// The last chunk ended in a carriage return: a line feed that follows belongs to it.
    after_return: bool,
    format: Format,
    block: Block,
    records: Records,
    /// The number of bytes before `chunk`.
    offset: u64,
    limit: usize,
    comments: u64,
    last_id: Option<ByteString>,
    retry: Option<Duration>,
    failed: Option<StreamError>,
}

impl Decoder {
    /// The most bytes of data that an event may have, unless [`Decoder::with_limit`] says otherwise.
    pub const DEFAULT_LIMIT: usize = 16 * 1024 * 1024;

    /// A decoder at the beginning of a stream.
    pub fn new() -> Self {
        Self::with_limit(Self::DEFAULT_LIMIT)
    }

    /// A decoder that refuses events with more bytes of data than `limit`, and longer lines.
    pub fn with_limit(limit: usize) -> Self {
        Self::of(Format::Events, limit)
    }

    /// A decoder of a stream that is written like this. What has no names and no comments gives events without.
    pub fn of(format: Format, limit: usize) -> Self {
        Self {
            format,
            records: Records::default(),
            chunk: Bytes::new(),
            waiting: VecDeque::new(),
            partial: BytesMut::new(),
            after_return: false,
            block: Block::default(),
            offset: 0,
            limit,
            comments: 0,
            last_id: None,
            retry: None,
            failed: None,
        }
    }

    /// Takes the next bytes of the stream.
    pub fn push(&mut self, chunk: impl Into<Bytes>) {
        let chunk = chunk.into();
        if self.chunk.is_empty() && self.waiting.is_empty() {
            self.chunk = chunk;
        } else {
            self.waiting.push_back(chunk);
        }
    }

    /// The next event, or `None` if more bytes are needed for it. An error ends the stream: it comes again each time.
    pub fn next_event(&mut self) -> Result<Option<RawEvent>, StreamError> {
        if let Some(error) = &self.failed {
            return Err(error.clone());
        }
        let result = self.read();
        if let Err(error) = &result {
            self.failed = Some(error.clone());
        }
        result
    }

    /// To be called at the end of the stream, when every event has been pulled: an event without the blank line that
    /// ends it is dropped, and is this error.
    pub fn finish(&mut self) -> Result<(), CutOff> {
        let start = self.line_start();
        let line = without_mark(self.partial.split().freeze(), start).0;
        if self.format != Format::Events {
            // The last character may have been cut off as well.
            return self.finish_value(&String::from_utf8_lossy(&line));
        }
        let is_field = line.first().is_some_and(|first| *first != b':');
        if is_field {
            // The last character may have been cut off as well. What is valid anyway cannot fail to be read.
            let line = String::from_utf8_lossy(&line).into_owned();
            let _ = self.block.read(line.into());
        }
        let begun = is_field || self.block.is_begun();
        let event = self.block.take_unfinished();
        if begun { Err(CutOff { event }) } else { Ok(()) }
    }

    /// The rest of a stream of values. A line that only lacks its end may well be whole.
    fn finish_value(&mut self, rest: &str) -> Result<(), CutOff> {
        let event = match self.format {
            Format::Records => {
                self.records.read(rest);
                self.records.unfinished()
            }
            _ => Some(value(ByteString::from(rest))).filter(|_| !rest.trim().is_empty()),
        };
        event.map_or(Ok(()), |event| Err(CutOff { event }))
    }

    /// The number of comments so far: signs of life that are no events.
    pub fn comments(&self) -> u64 {
        self.comments
    }

    /// The id of the last event that had one, for the header `Last-Event-ID` of a new connection.
    pub fn last_event_id(&self) -> Option<&str> {
        self.last_id.as_deref()
    }

    /// The time to wait before reconnecting that the stream has asked for, with or without an event.
    pub fn retry(&self) -> Option<Duration> {
        self.retry
    }

    fn read(&mut self) -> Result<Option<RawEvent>, StreamError> {
        match self.format {
            Format::Events => self.read_event(),
            Format::Lines => self.read_value(),
            Format::Records => self.read_record(),
        }
    }

    /// The next line that is not blank.
    fn read_value(&mut self) -> Result<Option<RawEvent>, StreamError> {
        while let Some((line, start)) = self.next_line()? {
            let text = text(line, start)?;
            if !text.trim().is_empty() {
                return Ok(Some(value(text)));
            }
        }
        Ok(None)
    }

    fn read_record(&mut self) -> Result<Option<RawEvent>, StreamError> {
        loop {
            if let Some(event) = self.records.take() {
                return Ok(Some(event));
            }
            let Some((line, start)) = self.next_line()? else {
                return Ok(None);
            };
            let line = text(line, start)?;
            self.records.read(&line);
        }
    }

    fn read_event(&mut self) -> Result<Option<RawEvent>, StreamError> {
        while let Some((line, start)) = self.next_line()? {
            if !line.is_empty() {
                self.read_line(line, start)?;
                continue;
            }
            if let Some(id) = &self.block.id {
                self.last_id = Some(id.clone());
            }
            if let Some(event) = self.block.take() {
                return Ok(Some(event));
            }
        }
        Ok(None)
    }

    fn read_line(&mut self, line: Bytes, start: u64) -> Result<(), StreamError> {
        match self.block.read(line) {
            Ok(Line::Comment) => self.comments += 1,
            Ok(Line::Field) => self.retry = self.block.retry.or(self.retry),
            Err(index) => {
                return Err(StreamError::Utf8 {
                    offset: start + index as u64,
                });
            }
        }
        Ok(())
    }

    /// The next whole line without its end, and the number of bytes before it.
    fn next_line(&mut self) -> Result<Option<(Bytes, u64)>, StreamError> {
        loop {
            if self.after_return && !self.chunk.is_empty() {
                self.after_return = false;
                if self.chunk[0] == b'\n' {
                    self.skip(1);
                }
            }
            if let Some(end) = memchr::memchr2(b'\n', b'\r', &self.chunk) {
                return self.take_line(end).map(Some);
            }
            self.keep_partial()?;
            match self.waiting.pop_front() {
                Some(chunk) => self.chunk = chunk,
                None => return Ok(None),
            }
        }
    }

    /// The line that ends at this index of the chunk.
    fn take_line(&mut self, end: usize) -> Result<(Bytes, u64), StreamError> {
        self.check_size(end)?;
        let start = self.line_start();
        let mut line = self.chunk.split_to(end);
        if !self.partial.is_empty() {
            self.partial.extend_from_slice(&line);
            line = self.partial.split().freeze();
        }
        self.offset += end as u64;
        self.after_return = self.chunk[0] == b'\r';
        self.skip(1);
        Ok(without_mark(line, start))
    }

    /// Keeps the rest of the chunk, in which no line ends.
    fn keep_partial(&mut self) -> Result<(), StreamError> {
        self.check_size(self.chunk.len())?;
        let rest = std::mem::take(&mut self.chunk);
        self.partial.extend_from_slice(&rest);
        self.offset += rest.len() as u64;
        Ok(())
    }

    /// Whether there may be a line of this many bytes more. The answer for a line is that for its parts, wherever the
    /// stream was cut.
    fn check_size(&self, more: usize) -> Result<(), StreamError> {
        if self.block.size() + self.records.size() + self.partial.len() + more > self.limit {
            return Err(StreamError::TooLarge { limit: self.limit });
        }
        Ok(())
    }

    /// The number of bytes before the line being read.
    fn line_start(&self) -> u64 {
        self.offset - self.partial.len() as u64
    }

    fn skip(&mut self, bytes: usize) {
        self.chunk.advance(bytes);
        self.offset += bytes as u64;
    }
}

/// A line as text, and where it is none.
fn text(line: Bytes, start: u64) -> Result<ByteString, StreamError> {
    ByteString::try_from(line).map_err(|error| StreamError::Utf8 {
        offset: start + error.valid_up_to() as u64,
    })
}

/// A value of a stream that has no names.
fn value(text: ByteString) -> RawEvent {
    RawEvent::received(ByteString::new(), text, None, None)
}

/// The line without the byte order mark that a stream may begin with.
fn without_mark(mut line: Bytes, start: u64) -> (Bytes, u64) {
    if start == 0 && line.starts_with("\u{feff}".as_bytes()) {
        line.advance(3);
        return (line, 3);
    }
    (line, start)
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}
