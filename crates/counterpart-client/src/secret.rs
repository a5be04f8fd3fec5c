//! Text that must not be seen: keys, tokens and passwords.
//!
//! ```
//! use counterpart_client::Secret;
//!
//! let key = Secret::new("sk-123");
//! assert_eq!(format!("{key:?}"), "Secret(..)");
//! assert_eq!(key.reveal(), "sk-123");
//! ```

use std::fmt;
use std::sync::Arc;

use http::HeaderValue;

/// A key, token or password. It is never part of a `Debug` text, an error or a trace.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Arc<str>);

impl Secret {
    /// A secret with this text.
    pub fn new(text: impl AsRef<str>) -> Self {
        Self(Arc::from(text.as_ref()))
    }

    /// The secret of HTTP's basic authentication.
    pub fn basic(user: &str, password: &str) -> Self {
        Self::new(format!("{user}:{password}"))
    }

    /// The text itself.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// The text behind a prefix as a header's value that is marked sensitive; `None` if a header cannot carry it.
    pub(crate) fn header(&self, prefix: &str) -> Option<HeaderValue> {
        sensitive(&format!("{prefix}{}", self.0))
    }

    /// The text in base64 as the header's value for basic authentication.
    pub(crate) fn basic_header(&self) -> Option<HeaderValue> {
        sensitive(&format!("Basic {}", base64(self.0.as_bytes())))
    }
}

fn sensitive(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

impl From<&str> for Secret {
    fn from(text: &str) -> Self {
        Self::new(text)
    }
}

impl From<String> for Secret {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

/// Standard base64 with padding (RFC 4648, section 4).
fn base64(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let at = |index: usize| u32::from(chunk.get(index).copied().unwrap_or(0));
        let group = at(0) << 16 | at(1) << 8 | at(2);
        for place in 0..4 {
            if place > chunk.len() {
                text.push('=');
            } else {
                let digit = group >> (18 - 6 * place) & 0x3f;
                text.push(char::from(DIGITS[digit as usize]));
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base64_pads_as_the_standard_says() {
        // The vectors of RFC 4648, section 10.
        for (plain, encoded) in [
            ("", ""),
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foob", "Zm9vYg=="),
            ("fooba", "Zm9vYmE="),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(plain.as_bytes()), encoded);
        }
    }

    #[test]
    fn headers_of_secrets_are_redacted() {
        let value = Secret::new("sk-123").header("Bearer ").unwrap();

        assert_eq!(value, "Bearer sk-123");
        assert_eq!(format!("{value:?}"), "Sensitive");
    }

    #[test]
    fn a_line_break_is_no_header() {
        assert!(Secret::new("sk-123\r\nHost: evil").header("").is_none());
    }
}
