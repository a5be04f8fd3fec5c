//! `--dry-run`: the request that would be sent, as a call of `curl`.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use counterpart_client::{BoxError, HttpService};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};

type Written = Arc<Mutex<Option<String>>>;

/// A transport that sends nothing, and writes down the first request.
pub(crate) fn recorder() -> (HttpService, Written) {
    let written = Written::default();
    let kept = written.clone();
    let service = tower::service_fn(move |request: Request<counterpart_client::Body>| {
        let kept = kept.clone();
        async move {
            let (parts, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let text = curl(&Request::from_parts(parts, body));
            kept.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .get_or_insert(text);
            // Nobody looks at the answer.
            Ok::<_, BoxError>(Response::new(
                Full::<bytes::Bytes>::default().map_err(never),
            ))
        }
    });
    (HttpService::new(service), written)
}

fn never(never: Infallible) -> BoxError {
    match never {}
}

/// The call, an option a line. A header with a secret names the variable that holds it.
fn curl(request: &Request<bytes::Bytes>) -> String {
    let mut lines = vec![format!("curl {}", url(&request.uri().to_string()))];
    let method = request.method();
    let has_body = !request.body().is_empty();
    if !(method == http::Method::GET || method == http::Method::POST && has_body) {
        lines.push(format!("-X {method}"));
    }
    for (name, value) in request.headers() {
        if matches!(name.as_str(), "user-agent" | "content-length" | "host") {
            continue;
        }
        let value = String::from_utf8_lossy(value.as_bytes());
        let line = format!("{name}: {value}");
        lines.push(
            match (request.headers()[name].is_sensitive(), value.contains('$')) {
                (true, true) => format!("-H \"{line}\""),
                (true, false) => format!("-H '{name}: ***'"),
                (false, _) => format!("-H {}", quoted(&line)),
            },
        );
    }
    if has_body {
        lines.push(format!(
            "-d {}",
            quoted(&String::from_utf8_lossy(request.body()))
        ));
    }
    lines.join(" \\\n  ")
}

/// A URL in quotes; a secret in its query is a variable, as in a header.
fn url(url: &str) -> String {
    match url.contains("%24") {
        true => format!("\"{}\"", url.replace("%24", "$")),
        false => quoted(url),
    }
}

/// A word in single quotes, in which a shell changes nothing.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}
