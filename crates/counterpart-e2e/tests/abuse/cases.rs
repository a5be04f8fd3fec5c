//! What must not be more than a refusal, and what it is refused with.

use crate::socket::{KEY, REST, post};

/// How a connection ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// With an answer of this status.
    Answered(u16),
    /// Without a word.
    Closed,
}

use Outcome::{Answered, Closed};

/// Bytes that nobody sends by accident.
#[derive(Debug)]
pub(crate) struct Abuse {
    pub(crate) what: &'static str,
    pub(crate) bytes: Vec<u8>,
    /// What becomes of it while the caller waits,
    pub(crate) waiting: Outcome,
    /// and where the caller has said that nothing more will come.
    pub(crate) closing: Outcome,
}

fn refused(what: &'static str, bytes: impl Into<Vec<u8>>, status: u16) -> Abuse {
    Abuse {
        what,
        bytes: bytes.into(),
        waiting: Answered(status),
        closing: Answered(status),
    }
}

fn closed(what: &'static str, bytes: impl Into<Vec<u8>>) -> Abuse {
    Abuse {
        what,
        bytes: bytes.into(),
        waiting: Closed,
        closing: Closed,
    }
}

impl Abuse {
    /// The same, with another outcome where the caller has closed that half of the connection.
    fn unless_closed(self, closing: Outcome) -> Self {
        Self { closing, ..self }
    }
}

/// All of it.
pub(crate) fn abuses() -> Vec<Abuse> {
    [lengths(), json(), heads(), halves()]
        .into_iter()
        .flatten()
        .collect()
}

fn head(rest: &str) -> Vec<u8> {
    format!("POST /v1/threads HTTP/1.1\r\n{REST}{KEY}{rest}").into_bytes()
}

/// Bodies that are longer or shorter than is good for them.
fn lengths() -> Vec<Abuse> {
    vec![
        refused("an oversized body", post(KEY, &vec![b' '; 2 << 20]), 413),
        refused(
            "an oversized length",
            head("content-length: 99999999999\r\n\r\n{}"),
            413,
        ),
        refused(
            "oversized chunks",
            head(&format!(
                "transfer-encoding: chunked\r\n\r\n200000\r\n{}\r\n0\r\n\r\n",
                " ".repeat(0x20_0000)
            )),
            413,
        ),
        refused(
            "a length beyond all numbers",
            head("content-length: 99999999999999999999999\r\n\r\n{}"),
            400,
        ),
        refused(
            "a negative length",
            head("content-length: -1\r\n\r\n{}"),
            400,
        ),
        refused(
            "two lengths",
            head("content-length: 2\r\ncontent-length: 20\r\n\r\n{}"),
            400,
        ),
        refused(
            "a length and chunks",
            head("content-length: 3\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n"),
            400,
        ),
        refused(
            "too long a length",
            head("content-length: 50\r\n\r\n{}"),
            408,
        )
        .unless_closed(Answered(400)),
        refused(
            "too short a length",
            head("content-length: 1\r\n\r\n{}"),
            400,
        ),
        refused(
            "broken chunks",
            head("transfer-encoding: chunked\r\n\r\nxyz\r\n{}\r\n0\r\n\r\n"),
            400,
        ),
        refused(
            "chunks without end",
            head("transfer-encoding: chunked\r\n\r\n2\r\n{}\r\n"),
            408,
        )
        .unless_closed(Answered(400)),
    ]
}

/// JSON that is none, or that means two things.
fn json() -> Vec<Abuse> {
    let deep = |open: &str, count: usize| post(KEY, open.repeat(count).as_bytes());
    let in_metadata = |text: &[u8]| {
        post(
            KEY,
            &[b"{\"metadata\": {\"a\": \"".as_slice(), text, b"\"}}"].concat(),
        )
    };
    let tool = |parameters: &str| {
        let tool = format!(
            r#"{{"tools": [{{"type": "function", "function": {{"name": "f", "parameters": {parameters}}}}}], "assistant_id": "a"}}"#
        );
        let head = format!(
            "POST /v1/threads/t/runs HTTP/1.1\r\n{REST}{KEY}content-length: {}\r\n\r\n",
            tool.len()
        );
        head + &tool
    };
    vec![
        refused("deep lists", deep("[", 500_000), 400),
        refused("deep objects", deep("{\"metadata\":", 50_000), 400),
        refused("deep values", deep("{\"messages\":[", 50_000), 400),
        refused(
            "duplicate keys",
            post(KEY, br#"{"metadata": {}, "metadata": {}}"#),
            400,
        ),
        refused(
            "duplicate keys of a map",
            post(KEY, br#"{"metadata": {"a": "1", "a": "2"}}"#),
            400,
        ),
        refused(
            "duplicate keys, one of them escaped",
            post(KEY, br#"{"metadata": {"a": "1", "\u0061": "2"}}"#),
            400,
        ),
        refused(
            "duplicate keys of any object",
            tool(r#"{"properties": {"a": {"type": "string", "type": "number"}}}"#),
            400,
        ),
        refused(
            "duplicate keys beside a number that few can read",
            tool(r#"{"a": 0.1234567890123456789012345678901, "b": 1, "b": 2}"#),
            400,
        ),
        refused("bytes that are no UTF-8", in_metadata(b"\xff\xfe"), 400),
        refused("half a surrogate", in_metadata(b"\\ud800"), 400),
        refused("a zero byte", post(KEY, b"{\0}"), 400),
        refused(
            "a number beyond all numbers",
            post(KEY, br#"{"metadata": 1e999999}"#),
            400,
        ),
        refused(
            "a compressed body",
            post(
                &format!("{KEY}content-encoding: gzip\r\n"),
                b"\x1f\x8b\x08\0\0\0\0\0",
            ),
            400,
        ),
    ]
}

/// Request lines and headers.
fn heads() -> Vec<Abuse> {
    let flood = |count: usize| {
        (0..count)
            .map(|at| format!("x-{at}: y\r\n"))
            .collect::<String>()
    };
    let get = |target: &str| format!("GET {target} HTTP/1.1\r\n{REST}{KEY}\r\n");
    vec![
        refused("a flood of headers", post(&flood(5_000), b"{}"), 431),
        refused(
            "a flood of headers with a good key",
            post(&format!("{KEY}{}", flood(5_000)), b"{}"),
            431,
        ),
        refused(
            "an endless header",
            post(&format!("{KEY}x: {}\r\n", "y".repeat(1 << 20)), b"{}"),
            431,
        ),
        refused(
            "an endless target",
            get(&format!("/v1/{}", "a".repeat(1 << 20))),
            431,
        ),
        refused("a target that is none", get("\x01\x02"), 400),
        refused(
            "another protocol",
            b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
            400,
        ),
        refused(
            "a query that does not decode",
            get("/v1/assistants?limit=%ff%fe"),
            400,
        ),
        refused("a path that does not decode", get("/v1/threads/%ff"), 400),
    ]
}

/// What is left unsaid: it is waited for, but not for long.
fn halves() -> Vec<Abuse> {
    vec![
        closed("nothing", b""),
        closed("half a request line", b"POST /v1/thr"),
        closed("half a header", format!("GET / HTTP/1.1\r\n{KEY}x: ")),
        closed("headers without end", head("x: y\r\n")),
    ]
}
