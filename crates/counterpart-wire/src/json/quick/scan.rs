//! Going through a JSON text byte by byte, or eight at a time.

use super::Misfit;

/// A JSON text, and how far it has been read.
#[derive(Clone)]
pub(super) struct Scan<'de> {
    text: &'de str,
    at: usize,
}

impl<'de> Scan<'de> {
    pub(super) fn new(text: &'de str) -> Self {
        Self { text, at: 0 }
    }

    /// How many bytes have been read.
    #[inline]
    pub(super) fn place(&self) -> usize {
        self.at
    }

    /// Goes to a place that was read before.
    #[inline]
    pub(super) fn go_to(&mut self, place: usize) {
        self.at = place;
    }

    /// The next byte, whatever it is.
    #[inline]
    pub(super) fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// Goes past the next byte.
    #[inline]
    pub(super) fn pass(&mut self) {
        self.at += 1;
    }

    /// Goes to the next byte that is no blank, and gives it.
    #[inline]
    pub(super) fn peek(&mut self) -> Option<u8> {
        loop {
            match self.byte() {
                Some(b' ' | b'\n' | b'\t' | b'\r') => self.at += 1,
                byte => return byte,
            }
        }
    }

    /// Goes past this byte, which is to be the next one but for blanks.
    #[inline]
    pub(super) fn expect(&mut self, byte: u8) -> Result<(), Misfit> {
        if self.peek() != Some(byte) {
            return Err(Misfit);
        }
        self.at += 1;
        Ok(())
    }

    /// Goes past this word, which is to come next.
    #[inline]
    pub(super) fn word(&mut self, word: &str) -> Result<(), Misfit> {
        let end = self.at + word.len();
        if self.text.as_bytes().get(self.at..end) != Some(word.as_bytes()) {
            return Err(Misfit);
        }
        self.at = end;
        Ok(())
    }

    /// What has been read since `start`.
    #[inline]
    pub(super) fn since(&self, start: usize) -> Result<&'de str, Misfit> {
        self.text.get(start..self.at).ok_or(Misfit)
    }

    /// Goes past a text, whose quote is the next byte, and gives what is in it. If it has escapes, goes only past the
    /// quote, and gives nothing.
    #[inline]
    pub(super) fn plain_text(&mut self) -> Result<Option<&'de str>, Misfit> {
        let start = self.at + 1;
        let end = special(self.text.as_bytes(), start);
        match self.text.as_bytes().get(end) {
            Some(b'"') => {
                self.at = end + 1;
                Ok(self.text.get(start..end))
            }
            Some(b'\\') => {
                self.at = start;
                Ok(None)
            }
            _ => Err(Misfit),
        }
    }

    /// Goes past a text, of which the quote has been read, and adds what it says to `text`.
    pub(super) fn escaped_text(&mut self, text: &mut String) -> Result<(), Misfit> {
        loop {
            let start = self.at;
            self.at = special(self.text.as_bytes(), start);
            text.push_str(self.since(start)?);
            let end = self.byte();
            self.at += 1;
            match end {
                Some(b'"') => return Ok(()),
                Some(b'\\') => text.push(self.escape()?),
                _ => return Err(Misfit),
            }
        }
    }

    /// The character that is written by an escape, of which the backslash has been read.
    fn escape(&mut self) -> Result<char, Misfit> {
        let byte = self.byte();
        self.at += 1;
        Ok(match byte {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode(),
            _ => return Err(Misfit),
        })
    }

    /// A character by its number, or by the two numbers of a surrogate pair.
    fn unicode(&mut self) -> Result<char, Misfit> {
        let first = self.hexadecimal()?;
        let number = if (0xd800..0xdc00).contains(&first) {
            self.word("\\u")?;
            let second = self.hexadecimal()?;
            if !(0xdc00..0xe000).contains(&second) {
                return Err(Misfit);
            }
            0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00)
        } else {
            first
        };
        char::from_u32(number).ok_or(Misfit)
    }

    fn hexadecimal(&mut self) -> Result<u32, Misfit> {
        let mut number = 0;
        for _ in 0..4 {
            let digit = self.byte().and_then(|byte| char::from(byte).to_digit(16));
            number = number * 16 + digit.ok_or(Misfit)?;
            self.at += 1;
        }
        Ok(number)
    }

    /// Goes past a text, number or word without a look at whether it is one: it will be read later.
    #[inline]
    pub(super) fn pass_over_scalar(&mut self) -> Result<(), Misfit> {
        match self.byte() {
            Some(b'"') => self.pass_over_text(),
            _ => {
                self.pass_over_word();
                Ok(())
            }
        }
    }

    /// Goes to the next bracket or brace, past texts and all that is between, and gives it.
    #[inline]
    pub(super) fn bracket(&mut self) -> Result<u8, Misfit> {
        loop {
            match self.byte().ok_or(Misfit)? {
                b'"' => self.pass_over_text()?,
                byte @ (b'{' | b'[' | b'}' | b']') => return Ok(byte),
                _ => self.at += 1,
            }
        }
    }

    /// Goes past a text, whose quote is the next byte.
    #[inline]
    fn pass_over_text(&mut self) -> Result<(), Misfit> {
        let bytes = self.text.as_bytes();
        let mut at = self.at + 1;
        loop {
            at = special(bytes, at);
            match bytes.get(at) {
                Some(b'"') => break,
                // Whatever is escaped is no end.
                Some(b'\\') => at += 2,
                _ => return Err(Misfit),
            }
        }
        self.at = at + 1;
        Ok(())
    }

    /// Goes past a number or a word such as `null`.
    fn pass_over_word(&mut self) {
        while let Some(byte) = self.byte() {
            if matches!(byte, b',' | b']' | b'}' | b' ' | b'\n' | b'\t' | b'\r') {
                return;
            }
            self.at += 1;
        }
    }
}

/// The place, from `at` on, of the first byte that ends a piece of a text: a quote, a backslash, or one that may not be
/// in a text.
#[inline]
fn special(bytes: &[u8], mut at: usize) -> usize {
    while let Some(eight) = bytes.get(at..).and_then(|rest| rest.first_chunk()) {
        let found = specials(u64::from_le_bytes(*eight));
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    while let Some(byte) = bytes.get(at) {
        if matches!(byte, b'"' | b'\\' | 0..0x20) {
            break;
        }
        at += 1;
    }
    at
}

/// The highest bit of each special byte of the eight. Those above the lowest special one may be wrong.
#[inline]
fn specials(eight: u64) -> u64 {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST: u64 = ONES << 7;
    // A byte minus what it is less than, or minus one if it is to be zero, borrows.
    let below = |bytes: u64, bound: u8| bytes.wrapping_sub(ONES * u64::from(bound)) & !bytes;
    let quotes = below(eight ^ (ONES * u64::from(b'"')), 1);
    let backslashes = below(eight ^ (ONES * u64::from(b'\\')), 1);
    (below(eight, 0x20) | quotes | backslashes) & HIGHEST
}
