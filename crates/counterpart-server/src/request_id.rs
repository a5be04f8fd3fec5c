//! The name of one request: taken from `x-request-id` if the caller sent a sane one, else made.
//!
//! `x-request-id: abc-123` gives `abc-123`; nothing gives something like `req_5f0c…` with 32 hexadecimal digits.

use std::cell::Cell;
use std::fmt;
use std::hash::{BuildHasher, RandomState};

use http::{HeaderMap, HeaderName, HeaderValue};

pub(crate) const HEADER: HeaderName = HeaderName::from_static("x-request-id");

const LONGEST: usize = 128;
const PREFIX: &[u8; 4] = b"req_";
const HEX: &[u8; 16] = b"0123456789abcdef";

/// A request's name; made ones are kept in place, so that making one allocates nothing.
#[derive(Clone)]
pub(crate) enum RequestId {
    Given(HeaderValue),
    Made([u8; 36]),
}

impl RequestId {
    pub(crate) fn new(headers: &HeaderMap) -> Self {
        match headers.get(HEADER) {
            Some(given) if is_sane(given) => Self::Given(given.clone()),
            _ => Self::made(),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        // Both hold visible ASCII only: `is_sane` and `made` see to it.
        match self {
            Self::Given(value) => value.to_str().unwrap_or_default(),
            Self::Made(bytes) => std::str::from_utf8(bytes).unwrap_or_default(),
        }
    }

    pub(crate) fn header(&self) -> HeaderValue {
        match self {
            Self::Given(value) => value.clone(),
            Self::Made(bytes) => {
                HeaderValue::from_bytes(bytes).unwrap_or(HeaderValue::from_static(""))
            }
        }
    }

    fn made() -> Self {
        let mut bytes = [0; 36];
        bytes[..4].copy_from_slice(PREFIX);
        for (byte, digits) in random()
            .to_be_bytes()
            .iter()
            .zip(bytes[4..].chunks_exact_mut(2))
        {
            digits[0] = HEX[usize::from(byte >> 4)];
            digits[1] = HEX[usize::from(byte & 0xf)];
        }
        Self::Made(bytes)
    }
}

impl fmt::Debug for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(self.as_str(), f)
    }
}

impl fmt::Display for RequestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// A number that is unlikely to come twice. It is no secret: it only has to be cheap and to differ.
fn random() -> u128 {
    thread_local! {
        /// Each `RandomState` has keys of its own, from the system's randomness.
        static STATE: Cell<[u64; 2]> = Cell::new([0, 1].map(|half: u64| RandomState::new().hash_one(half)));
    }
    let [high, low] = STATE.get();
    // SplitMix64, twice: a counter in strides without a common factor, and a mixer that has an inverse.
    let next = [
        high.wrapping_add(0x9e37_79b9_7f4a_7c15),
        low.wrapping_add(0xd1b5_4a32_d192_ed03),
    ];
    STATE.set(next);
    let [high, low] = next.map(mixed);
    u128::from(high) << 64 | u128::from(low)
}

fn mixed(value: u64) -> u64 {
    let value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    value ^ (value >> 31)
}

/// Whether a caller's id may go into logs and back into a header as it is.
fn is_sane(value: &HeaderValue) -> bool {
    let bytes = value.as_bytes();
    (1..=LONGEST).contains(&bytes.len())
        && bytes
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.:/+=@~".contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn given(text: &'static str) -> RequestId {
        let headers = HeaderMap::from_iter([(HEADER, HeaderValue::from_static(text))]);
        RequestId::new(&headers)
    }

    #[test]
    fn a_sane_id_is_kept() {
        assert_eq!(
            given("a1-b2_c3.d4:e5/6+7=8@9~").as_str(),
            "a1-b2_c3.d4:e5/6+7=8@9~"
        );
    }

    #[test]
    fn anything_else_is_replaced() {
        for bad in ["", "two words", "a\"b", "<script>", "a,b"] {
            assert!(given(bad).as_str().starts_with("req_"), "{bad:?} was kept");
        }
        let long: &'static str = "x".repeat(129).leak();
        assert!(given(long).as_str().starts_with("req_"));
    }

    #[test]
    fn made_ids_are_distinct_and_well_formed() {
        let ids: std::collections::BTreeSet<_> = (0..1000)
            .map(|_| RequestId::made().as_str().to_owned())
            .collect();

        assert_eq!(ids.len(), 1000);
        for id in ids {
            let digits = id.strip_prefix("req_").expect("the prefix");
            assert_eq!(digits.len(), 32);
            assert!(digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        }
    }
}
