//! Formats of texts that have no type of their own: `uri` (RFC 3986), `date-time` and `date` (RFC 3339), `uuid`
//! (RFC 9562) and `byte` (base64, RFC 4648).
//!
//! In: a text, which may be megabytes long. Out: whether it has the format. Libraries say so, but for URIs: the one that
//! reads them is for browsers, and mends what the RFC does not allow.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, NaiveDate};
use uuid::fmt::Hyphenated;

/// A whole URI, with its scheme: `https://example.com/a?b#c`, `data:,x`.
pub(super) fn is_uri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let (rest, fragment) = rest.split_once('#').unwrap_or((rest, ""));
    let (path, query) = rest.split_once('?').unwrap_or((rest, ""));
    let (authority, path) = match path.strip_prefix("//") {
        Some(after) => {
            let end = after.find('/').unwrap_or(after.len());
            (Some(&after[..end]), &after[end..])
        }
        None => (None, path),
    };

    is_scheme(scheme)
        && authority.is_none_or(is_authority)
        && is_made_of(path, b":@/")
        && is_made_of(query, b":@/?")
        && is_made_of(fragment, b":@/?")
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte))
}

/// `user:password@host:8080`
fn is_authority(text: &str) -> bool {
    let (user, host) = text.rsplit_once('@').unwrap_or(("", text));
    let (host, port) = match host.strip_prefix('[') {
        Some(literal) => match literal.split_once(']') {
            Some((address, port)) if is_address(address) => ("", port),
            _ => return false,
        },
        None => host.split_at(host.find(':').unwrap_or(host.len())),
    };
    let digits = port.strip_prefix(':').unwrap_or(port);
    let has_port = digits.len() < port.len() || port.is_empty();
    is_made_of(user, b":")
        && is_made_of(host, b"")
        && has_port
        && digits.bytes().all(|byte| byte.is_ascii_digit())
}

/// What stands in brackets: an address of version 6, or one of a version to come.
fn is_address(text: &str) -> bool {
    let future = text
        .strip_prefix(['v', 'V'])
        .and_then(|text| text.split_once('.'));
    match future {
        Some((version, address)) => {
            let hex = version.bytes().all(|byte| byte.is_ascii_hexdigit());
            let plain = !address.contains('%') && is_made_of(address, b":");
            hex && plain && !version.is_empty() && !address.is_empty()
        }
        None => text.parse::<std::net::Ipv6Addr>().is_ok(),
    }
}

/// Whether there is nothing but unreserved characters, sub-delimiters, percent-encoded bytes, and `others`.
fn is_made_of(text: &str, others: &[u8]) -> bool {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        at += match byte {
            b'%' => match bytes.get(at + 1..at + 3) {
                Some(digits) if digits.iter().all(u8::is_ascii_hexdigit) => 3,
                _ => return false,
            },
            _ if byte.is_ascii_alphanumeric() => 1,
            _ if b"-._~!$&'()*+,;=".contains(&byte) || others.contains(&byte) => 1,
            _ => return false,
        };
    }
    true
}

/// `2024-02-29T23:59:60.5+01:00`: a minute may have a leap second.
pub(super) fn is_date_time(text: &str) -> bool {
    // The library takes a space for the `T`, as the RFC lets applications do, and an offset without its colon.
    let separator = text.as_bytes().get(10);
    matches!(separator, Some(b'T' | b't')) && DateTime::parse_from_rfc3339(text).is_ok()
}

/// `2024-02-29`
pub(super) fn is_date(text: &str) -> bool {
    // The library takes any number of digits, signs and spaces.
    let is_spelled = |(at, byte): (usize, u8)| match at {
        4 | 7 => byte == b'-',
        _ => byte.is_ascii_digit(),
    };
    let is_like_a_date = text.len() == 10 && text.bytes().enumerate().all(is_spelled);
    is_like_a_date && text.parse::<NaiveDate>().is_ok()
}

/// `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`
pub(super) fn is_uuid(text: &str) -> bool {
    text.parse::<Hyphenated>().is_ok()
}

/// `AAEC/w==`
pub(super) fn is_base64(text: &str) -> bool {
    STANDARD.decode(text).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each text, and whether it has the format.
    fn check(is: fn(&str) -> bool, yes: &[&str], no: &[&str]) {
        for text in yes {
            assert!(is(text), "{text:?} is one");
        }
        for text in no {
            assert!(!is(text), "{text:?} is none");
        }
    }

    #[test]
    fn uris() {
        let yes = [
            "https://example.com",
            "HTTP://user:p%20w@example.com:8080/a;b=c/@:?d=/?e#f?/",
            "https://[2001:db8::1]:443/",
            "https://[v1.a:b]/",
            "file:///a",
            "data:image/png;base64,AAEC/w==",
            "urn:a:b",
            "a+b-c.d:",
            "x://@:/",
        ];
        let no = [
            "",
            "example.com",
            "//example.com/a",
            "/a",
            ":a",
            "1a:b",
            "a_b:c",
            "https://example.com/a b",
            "https://example.com/ä",
            "https://example.com/%2",
            "https://example.com/%zz",
            "https://example.com:80a/",
            "https://a:b:80/",
            "https://[2001:db8::1/",
            "https://[x]/",
            "https://[::1]80/",
            "a:b#c#d",
            "a:\\b",
            "a:[b]",
        ];
        check(is_uri, &yes, &no);
    }

    #[test]
    fn dates() {
        let no = [
            "",
            "2023-02-29",
            "1900-02-29",
            "2024-13-01",
            "2024-1-01",
            "2024-01-00",
            "2024-01-01-",
            "+024-01-01",
            "-024-01-01",
            "02024-01-1",
            " 2024-01-1",
            "2024- 1- 1",
        ];
        check(is_date, &["2024-02-29", "2000-02-29", "1970-12-31"], &no);
    }

    #[test]
    fn dates_with_times() {
        let yes = [
            "2024-02-29T23:59:59Z",
            "2024-02-29t23:59:60.123z",
            "2024-02-29T00:00:00+23:59",
        ];
        let no = [
            "",
            "2024-02-29",
            "2024-02-29 00:00:00Z",
            "2024-02-29T23:59Z",
            "2024-02-29T23:59:59",
            "2024-02-29T24:00:00Z",
            "2024-02-29T23:59:59.Z",
            "2024-02-29T23:59:59+1:00",
            "2024-02-29T23:59:59+0100",
            "2024-02-29T23:59:59 +01:00",
            "2024-02-30T00:00:00Z",
            "2024-02-2éT00:00:00Z",
        ];
        check(is_date_time, &yes, &no);
    }

    #[test]
    fn uuids() {
        let no = [
            "",
            "f81d4fae7dec11d0a76500a0c91e6bf6",
            "{f81d4fae-7dec-11d0-a765-00a0c91e6bf6}",
            "urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6",
            "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
        ];
        check(is_uuid, &["F81d4fae-7dec-11d0-a765-00a0c91e6bf6"], &no);
    }

    #[test]
    fn base64() {
        check(
            is_base64,
            &["", "AAEC/w==", "ab+/", "abc="],
            &["a", "ab=", "a===", "a=b=", "ab-_", "ab\n=", "ab=="],
        );
    }
}
