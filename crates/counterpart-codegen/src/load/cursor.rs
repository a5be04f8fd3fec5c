//! A position in a JSON text that knows its line and column.

/// A position in the text, and what is needed to say its line and column.
pub(super) struct Cursor<'a> {
    /// The whole text.
    pub(super) text: &'a str,
    /// The same in bytes.
    pub(super) bytes: &'a [u8],
    /// Where in it the next character is.
    pub(super) pos: usize,
    /// The line of that character, counted from one.
    pub(super) line: usize,
    /// Where the line starts.
    start: usize,
    /// How many bytes of the line so far continue a character.
    wide: usize,
}

impl<'a> Cursor<'a> {
    /// The start of a text.
    pub(super) fn new(text: &'a str) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            pos: 0,
            line: 1,
            start: 0,
            wide: 0,
        }
    }

    /// The column of the next character, counted from one, in characters.
    pub(super) fn column(&self) -> usize {
        self.pos - self.start - self.wide + 1
    }

    /// The next byte.
    pub(super) fn peek(&self) -> Option<u8> {
        self.bytes.get(self.pos).copied()
    }

    /// Goes past one ASCII character.
    pub(super) fn step(&mut self) {
        self.pos += 1;
    }

    /// Goes past this byte if it is the next.
    pub(super) fn eat(&mut self, byte: u8) -> bool {
        let found = self.peek() == Some(byte);
        self.pos += usize::from(found);
        found
    }

    /// Goes past decimal digits and returns how many there were.
    pub(super) fn digits(&mut self) -> usize {
        let start = self.pos;
        while self.peek().is_some_and(|byte| byte.is_ascii_digit()) {
            self.pos += 1;
        }
        self.pos - start
    }

    /// Goes past four hexadecimal digits and returns their value.
    pub(super) fn hex(&mut self) -> Option<u32> {
        let digits = self.bytes.get(self.pos..self.pos + 4)?;
        let value = digits.iter().try_fold(0, |value, digit| {
            Some(value * 16 + char::from(*digit).to_digit(16)?)
        })?;
        self.pos += 4;
        Some(value)
    }

    /// Goes past white space and counts its lines.
    pub(super) fn space(&mut self) {
        while let Some(byte) = self.peek() {
            match byte {
                b' ' | b'\t' => self.pos += 1,
                b'\n' | b'\r' => {
                    let both = byte == b'\r' && self.bytes.get(self.pos + 1) == Some(&b'\n');
                    self.pos += 1 + usize::from(both);
                    self.line += 1;
                    self.start = self.pos;
                    self.wide = 0;
                }
                _ => break,
            }
        }
    }

    /// Goes to the next quote, backslash or control character and returns what it passed.
    pub(super) fn plain(&mut self) -> &'a str {
        let rest = &self.bytes[self.pos..];
        let special = |byte: &u8| matches!(byte, b'"' | b'\\' | 0..0x20);
        let length = rest.iter().position(special).unwrap_or(rest.len());
        let passed = &self.text[self.pos..self.pos + length];
        if !passed.is_ascii() {
            self.wide += passed.len() - passed.chars().count();
        }
        self.pos += length;
        passed
    }
}
