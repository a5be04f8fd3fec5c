//! `--dry-run`: the request that would be sent, as a call of `curl`.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};

use counterpart_client::{BoxError, HttpService};
use http::{Request, Response};
use http_body_util::{BodyExt, Full};

use crate::sent::Part;

type Written = Arc<Mutex<Option<String>>>;

/// A transport that sends nothing, and writes down the first request with these options of `curl`. The variables are
/// those whose names stand in for secrets.
pub(crate) fn recorder(
    variables: Vec<&'static str>,
    options: &'static [&'static str],
    parts: Option<Vec<Part>>,
) -> (HttpService, Written) {
    let written = Written::default();
    let kept = written.clone();
    let parts = Arc::new(parts);
    let service = tower::service_fn(move |request: Request<counterpart_client::Body>| {
        let kept = kept.clone();
        let variables = variables.clone();
        let parts = Arc::clone(&parts);
        async move {
            let (head, body) = request.into_parts();
            let body = match *parts {
                Some(_) => bytes::Bytes::new(),
                None => body.collect().await?.to_bytes(),
            };
            let request = Request::from_parts(head, body);
            let text = curl(&request, &variables, options, parts.as_deref());
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
fn curl(
    request: &Request<bytes::Bytes>,
    variables: &[&str],
    options: &[&str],
    parts: Option<&[Part]>,
) -> String {
    let mut first = vec!["curl".to_owned()];
    first.extend(options.iter().map(|option| (*option).to_owned()));
    first.push(url(&request.uri().to_string(), variables));
    let mut lines = vec![first.join(" ")];
    let method = request.method();
    let has_body = !request.body().is_empty() || parts.is_some_and(|parts| !parts.is_empty());
    let is_form =
        parts.is_some_and(|parts| !parts.iter().any(|part| matches!(part, Part::Data(_))));
    if !(method == http::Method::GET || method == http::Method::POST && has_body) {
        lines.push(format!("-X {method}"));
    }
    for (name, value) in request.headers() {
        // The boundary of a form is curl's own.
        let is_own = is_form && name == "content-type";
        if is_own || matches!(name.as_str(), "user-agent" | "content-length" | "host") {
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
    match parts {
        Some(parts) => lines.extend(parts.iter().map(|part| match part {
            Part::Data(source) => format!("--data-binary {}", quoted(source)),
            Part::Text(field) => format!("--form-string {}", quoted(field)),
            Part::Field(field) => format!("-F {}", quoted(field)),
        })),
        None if has_body => lines.push(format!(
            "--data-raw {}",
            quoted(&String::from_utf8_lossy(request.body()))
        )),
        None => {}
    }
    lines.join(" \\\n  ")
}

/// A URL in quotes; a secret that is a value of its query is a variable, as in a header.
fn url(url: &str, variables: &[&str]) -> String {
    let Some((path, query)) = url.split_once('?') else {
        return quoted(url);
    };
    let variable = |value: &str| {
        let name = value.strip_prefix("%24")?;
        variables.contains(&name).then(|| format!("${name}"))
    };
    let mut secret = false;
    let pairs = query.split('&').map(|pair| {
        let value = pair.split_once('=');
        match value.and_then(|(name, value)| Some((name, variable(value)?))) {
            Some((name, value)) => {
                secret = true;
                format!("{}={value}", escaped(name))
            }
            None => escaped(pair),
        }
    });
    let pairs = pairs.collect::<Vec<_>>().join("&");
    match secret {
        true => format!("\"{}?{pairs}\"", escaped(path)),
        false => quoted(url),
    }
}

/// Text between double quotes, in which a shell would look for variables.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        if matches!(letter, '$' | '`' | '"' | '\\') {
            out.push('\\');
        }
        out.push(letter);
    }
    out
}

/// A word in single quotes, in which a shell changes nothing.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_secret_is_a_variable() {
        let of = |text: &str| url(text, &["API_KEY"]);
        assert_eq!(of("http://a/b?c=%24d"), "'http://a/b?c=%24d'");
        assert_eq!(of("http://a/%24API_KEY"), "'http://a/%24API_KEY'");
        assert_eq!(of("http://a/$b"), "'http://a/$b'");
        assert_eq!(
            of("http://a/$b?key=%24API_KEY&c=%24d"),
            r#""http://a/\$b?key=$API_KEY&c=%24d""#
        );
    }

    #[test]
    fn a_body_is_sent_as_it_is() {
        let request = Request::post("http://a/b").body(bytes::Bytes::from_static(b"@it's"));
        assert_eq!(
            curl(&request.unwrap(), &[], &["-N"], None),
            "curl -N 'http://a/b' \\\n  --data-raw '@it'\\''s'"
        );
    }
}
