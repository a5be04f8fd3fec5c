//! Percent-encoding and its reverse, and the checks for places that have no escapes.

use std::borrow::Cow;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::Reason;

/// Everything but the unreserved characters of RFC 3986.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// The dot delimits the parts of a label.
const LABEL: &AsciiSet = &UNRESERVED.add(b'.');

/// A query's value with `allowReserved`: the reserved characters stay, except those that a reader of the query would
/// take for something else.
const RESERVED: &AsciiSet = &UNRESERVED
    .remove(b':')
    .remove(b'/')
    .remove(b'?')
    .remove(b'@')
    .remove(b'!')
    .remove(b'$')
    .remove(b'\'')
    .remove(b'(')
    .remove(b')')
    .remove(b'*')
    .remove(b',')
    .remove(b';')
    .remove(b'=');

/// The comma delimits the items of a joined list.
const RESERVED_ITEM: &AsciiSet = &RESERVED.add(b',');

/// Text with everything but unreserved characters percent-encoded.
pub(super) fn encode(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

/// A part of a label: as [`encode`], and without dots.
pub(super) fn encode_label(text: &str) -> String {
    utf8_percent_encode(text, LABEL).to_string()
}

/// A query's value with `allowReserved`.
pub(super) fn encode_reserved(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// An item of a query's joined list with `allowReserved`.
pub(super) fn encode_reserved_item(text: &str) -> String {
    utf8_percent_encode(text, RESERVED_ITEM).to_string()
}

/// Percent-decoded text. A `%` that no two hexadecimal digits follow stands for itself.
pub(super) fn decode(raw: &str) -> Result<Cow<'_, str>, Reason> {
    percent_decode_str(raw)
        .decode_utf8()
        .map_err(|_| Reason::Utf8)
}

/// Checks text that must stand as it is in a header, between these delimiters.
pub(super) fn check_header(text: &str, delimiters: &[char]) -> Result<(), Reason> {
    check_delimiters(text, delimiters)?;
    if text.chars().any(|c| c.is_control() && c != '\t') {
        return Err(Reason::Control);
    }
    if text != trim(text) {
        return Err(Reason::Space);
    }
    Ok(())
}

/// Checks text that must stand as it is between these delimiters.
pub(super) fn check_delimiters(text: &str, delimiters: &[char]) -> Result<(), Reason> {
    match text.chars().find(|c| delimiters.contains(c)) {
        Some(found) => Err(Reason::Delimiter(found)),
        None => Ok(()),
    }
}

/// Text without the white space that HTTP allows around a header's value and its items.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches([' ', '\t'])
}
