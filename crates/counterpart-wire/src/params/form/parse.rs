//! `multipart/form-data` (RFC 7578), read: a body that is there as a whole, taken apart without copying.

use bytes::Bytes;
use memchr::memmem;

use super::FormError;
use super::parts::Part;
use crate::binary::Binary;

/// Parts that a form may have: each costs more than the bytes that ask for it.
const MOST_PARTS: usize = 10_000;

/// The parameter `boundary` of a `Content-Type`.
pub fn boundary(content_type: &str) -> Option<String> {
    parameter(content_type, "boundary").filter(|boundary| !boundary.is_empty())
}

/// The name of a file, from the value of `Content-Disposition`.
pub fn file_name(content_disposition: &str) -> Option<String> {
    let extended = parameter(content_disposition, "filename*").and_then(|value| extended(&value));
    extended.or_else(|| parameter(content_disposition, "filename"))
}

/// The parts between the boundaries.
pub(super) fn parts(body: &Bytes, boundary: &str) -> Result<Vec<Part>, FormError> {
    let line = format!("--{boundary}");
    let mut parts = Vec::new();
    let mut rest = match body.starts_with(line.as_bytes()) {
        true => body.slice(line.len()..),
        false => {
            let line = format!("\r\n{line}");
            let start = memmem::find(body, line.as_bytes())
                .ok_or_else(|| FormError::malformed("the form does not begin with its boundary"))?;
            body.slice(start + line.len()..)
        }
    };
    let line = format!("\r\n{line}");
    let finder = memmem::Finder::new(line.as_bytes());
    while !rest.starts_with(b"--") {
        if parts.len() == MOST_PARTS {
            return Err(FormError::malformed(format!(
                "the form has more than {MOST_PARTS} parts"
            )));
        }
        // White space may follow a boundary.
        let begin = memmem::find(&rest, b"\r\n").ok_or_else(cut_off)?;
        let end = finder.find(&rest[begin..]).ok_or_else(cut_off)? + begin;
        parts.push(part(rest.slice(begin..end))?);
        rest = rest.slice(end + line.len()..);
    }
    Ok(parts)
}

fn cut_off() -> FormError {
    FormError::malformed("the form ends in the middle of a part")
}

/// A part, from the line break before its first header on.
fn part(text: Bytes) -> Result<Part, FormError> {
    let end = memmem::find(&text, b"\r\n\r\n")
        .ok_or_else(|| FormError::malformed("a part of the form has no end of its headers"))?;
    let head = std::str::from_utf8(&text[..end])
        .map_err(|_| FormError::malformed("the headers of a part are not UTF-8"))?;
    let mut content = Binary::new(text.slice(end + 4..));
    let mut name = None;
    for line in head.split("\r\n") {
        let Some((header, value)) = line.split_once(':') else {
            continue;
        };
        if header.eq_ignore_ascii_case("content-disposition") {
            name = parameter(value, "name");
            if let Some(file_name) = file_name(value) {
                content = content.with_file_name(file_name);
            }
        } else if header.eq_ignore_ascii_case("content-type") {
            content = content.with_media_type(value.trim());
        }
    }
    let name = name.ok_or_else(|| FormError::malformed("a part of the form has no name"))?;
    Ok(Part { name, content })
}

/// A parameter of a header's value, out of its quotes.
fn parameter(value: &str, wanted: &str) -> Option<String> {
    let mut rest = value.split_once(';')?.1;
    loop {
        let (name, after) = rest.split_once('=')?;
        let (text, next) = match after.trim_start().strip_prefix('"') {
            Some(quoted) => unquoted(quoted),
            None => {
                let end = after.find(';').unwrap_or(after.len());
                (after[..end].trim().to_owned(), &after[end..])
            }
        };
        if name.trim().eq_ignore_ascii_case(wanted) {
            return Some(text);
        }
        rest = next.split_once(';')?.1;
    }
}

/// The text up to the closing quote, and what follows that. Browsers write `%22` for a quote, others `\"`; a backslash
/// before anything else is one, since Windows paths are written so.
fn unquoted(quoted: &str) -> (String, &str) {
    let mut text = String::new();
    let mut letters = quoted.char_indices().peekable();
    while let Some((index, letter)) = letters.next() {
        match letter {
            '"' => return (decoded(&text), &quoted[index + 1..]),
            '\\' if matches!(letters.peek(), Some((_, '"'))) => {
                letters.next();
                text.push('"');
            }
            letter => text.push(letter),
        }
    }
    (decoded(&text), "")
}

fn decoded(text: &str) -> String {
    text.replace("%22", "\"")
        .replace("%0D", "\r")
        .replace("%0A", "\n")
}

/// `UTF-8''na%C3%AFve.txt` (RFC 8187).
fn extended(value: &str) -> Option<String> {
    let (charset, rest) = value.split_once('\'')?;
    let (_, text) = rest.split_once('\'')?;
    let decoded = percent_encoding::percent_decode_str(text)
        .decode_utf8()
        .ok()?;
    charset
        .eq_ignore_ascii_case("utf-8")
        .then(|| decoded.into_owned())
}
