//! The values of a JSON text sequence: a separator before each, and a line break after it.

use std::collections::VecDeque;
use std::mem::take;

use super::RawEvent;
use super::format::SEPARATOR;

/// Gathers values from lines. One may go on over several lines, as long as it has brackets that are open.
#[derive(Debug, Default)]
pub(super) struct Records {
    text: String,
    /// How many brackets are open.
    depth: usize,
    in_string: bool,
    escaped: bool,
    ready: VecDeque<RawEvent>,
}

impl Records {
    /// The number of bytes that are kept.
    pub(super) fn size(&self) -> usize {
        self.text.len()
    }

    /// The next value that is whole, or that another one has cut off.
    pub(super) fn take(&mut self) -> Option<RawEvent> {
        self.ready.pop_front()
    }

    /// Takes up a line.
    pub(super) fn read(&mut self, line: &str) {
        let mut parts = line.split(char::from(SEPARATOR));
        let first = parts.next().unwrap_or_default();
        self.go_on(first);
        for part in parts {
            self.end();
            self.go_on(part);
        }
        if self.depth == 0 && !self.in_string {
            self.end();
        } else {
            self.text.push('\n');
        }
    }

    /// What has come of a value that has not ended.
    pub(super) fn unfinished(&mut self) -> Option<RawEvent> {
        self.end();
        self.ready.pop_back()
    }

    fn go_on(&mut self, text: &str) {
        for byte in text.bytes() {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' if self.in_string => self.escaped = true,
                b'"' => self.in_string = !self.in_string,
                _ if self.in_string => {}
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' => self.depth = self.depth.saturating_sub(1),
                _ => {}
            }
        }
        self.text.push_str(text);
    }

    fn end(&mut self) {
        let mut text = take(&mut self.text);
        if text.ends_with('\n') {
            text.pop();
        }
        (self.depth, self.in_string, self.escaped) = (0, false, false);
        if !text.trim().is_empty() {
            self.ready.push_back(RawEvent::text("", text));
        }
    }
}
