//! Formats of texts that have no type of their own: `uri` (RFC 3986), `date-time` and `date` (RFC 3339), `uuid`
//! (RFC 9562) and `byte` (base64, RFC 4648).
//!
//! In: a text, which may be megabytes long. Out: whether it has the format. Nothing is allocated.

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

/// `2024-02-29T23:59:60.5+01:00`
pub(super) fn is_date_time(text: &str) -> bool {
    let Some((date, time)) = text.split_at_checked(10) else {
        return false;
    };
    let Some(time) = time.strip_prefix(['T', 't']) else {
        return false;
    };
    let Some((clock, rest)) = time.split_at_checked(8) else {
        return false;
    };
    let zone = match rest.strip_prefix('.') {
        Some(fraction) => {
            let zone = fraction.trim_start_matches(|digit: char| digit.is_ascii_digit());
            if zone.len() == fraction.len() {
                return false;
            }
            zone
        }
        None => rest,
    };
    is_date(date) && is_clock(clock) && is_zone(zone)
}

/// `2024-02-29`
pub(super) fn is_date(text: &str) -> bool {
    let Some([year, month, day]) = numbers(text, [4, 2, 2], '-') else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => 0,
    };
    (1..=days).contains(&day)
}

/// `23:59:60`: a minute may have a leap second.
fn is_clock(text: &str) -> bool {
    numbers(text, [2, 2, 2], ':')
        .is_some_and(|[hour, minute, second]| hour < 24 && minute < 60 && second <= 60)
}

/// `Z`, `+01:00`
fn is_zone(text: &str) -> bool {
    let offset = text.strip_prefix(['+', '-']);
    match offset {
        Some(offset) => {
            numbers(offset, [2, 2], ':').is_some_and(|[hour, minute]| hour < 24 && minute < 60)
        }
        None => matches!(text, "Z" | "z"),
    }
}

/// Numbers of these many digits, with the separator between them.
fn numbers<const N: usize>(text: &str, digits: [usize; N], separator: char) -> Option<[u16; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits)?;
        // `parse` alone would take a sign.
        let all = part.bytes().all(|byte| byte.is_ascii_digit());
        *number = part.parse().ok().filter(|_| all)?;
    }
    parts.next().is_none().then_some(numbers)
}

/// `f81d4fae-7dec-11d0-a765-00a0c91e6bf6`
pub(super) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, byte)| match at {
            8 | 13 | 18 | 23 => byte == b'-',
            _ => byte.is_ascii_hexdigit(),
        })
}

/// `AAEC/w==`
pub(super) fn is_base64(text: &str) -> bool {
    let data = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - data.len() <= 2
        && data
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+/".contains(&byte))
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
            "f81d4fae-7dec-11d0-a765-00a0c91e6bfg",
        ];
        check(is_uuid, &["F81d4fae-7dec-11d0-a765-00a0c91e6bf6"], &no);
    }

    #[test]
    fn base64() {
        check(
            is_base64,
            &["", "AAEC/w==", "ab+/", "abc="],
            &["a", "ab=", "a===", "a=b=", "ab-_"],
        );
    }
}
