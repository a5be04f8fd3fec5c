//! Redirects, which are followed only where nothing is lost or given away.
//!
//! `GET` and `HEAD` follow 301, 302 and 303; every method follows 307 and 308. To another origin go only `GET` and
//! `HEAD`, without credentials or any other header that might be one, and never from https to http. A redirect that
//! is not followed is the answer.

use http::header::{ACCEPT, LOCATION, USER_AGENT};
use http::uri::Scheme;
use http::{HeaderMap, Method, Request, Response, StatusCode, Uri};

use crate::transport::{BoxError, HttpService};
use crate::{Body, OperationId, ResponseBody};

/// Redirects that one attempt follows.
const MOST: usize = 10;

/// A request on its way out.
#[derive(Clone)]
pub(crate) struct Outgoing {
    pub(crate) method: Method,
    pub(crate) uri: Uri,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Body,
}

/// Sends a request on to where it leads, given what it was first answered with.
pub(crate) async fn follow(
    service: &HttpService,
    operation: OperationId,
    mut outgoing: Outgoing,
    mut response: Response<ResponseBody>,
) -> Result<Response<ResponseBody>, BoxError> {
    for _ in 0..MOST {
        let Some(next) = next(outgoing, &response) else {
            break;
        };
        outgoing = next;
        // The connection is free for the next request from here on.
        drop(response);
        response = service
            .send(operation, outgoing.clone().into_request())
            .await?;
    }
    Ok(response)
}

impl Outgoing {
    pub(crate) fn into_request(self) -> Request<Body> {
        let mut request = Request::new(self.body);
        *request.method_mut() = self.method;
        *request.uri_mut() = self.uri;
        *request.headers_mut() = self.headers;
        request
    }
}

/// The request that follows a redirect; `None` if there is none, or none to follow.
fn next<B>(outgoing: Outgoing, response: &Response<B>) -> Option<Outgoing> {
    let safe = matches!(outgoing.method, Method::GET | Method::HEAD);
    match response.status() {
        StatusCode::TEMPORARY_REDIRECT | StatusCode::PERMANENT_REDIRECT => {}
        StatusCode::MOVED_PERMANENTLY | StatusCode::FOUND | StatusCode::SEE_OTHER if safe => {}
        _ => return None,
    }
    let location = response.headers().get(LOCATION)?.to_str().ok()?;
    let uri = resolve(&outgoing.uri, location)?;
    if is_same_origin(&outgoing.uri, &uri) {
        return Some(Outgoing { uri, ..outgoing });
    }
    let downgrade =
        outgoing.uri.scheme() == Some(&Scheme::HTTPS) && uri.scheme() != Some(&Scheme::HTTPS);
    if !safe || downgrade {
        return None;
    }
    let mut headers = HeaderMap::new();
    for name in [ACCEPT, USER_AGENT] {
        if let Some(value) = outgoing.headers.get(&name) {
            headers.insert(name, value.clone());
        }
    }
    Some(Outgoing {
        uri,
        headers,
        ..outgoing
    })
}

/// A reference as a URL (RFC 3986, section 5), except that those with dot segments are not followed.
fn resolve(base: &Uri, reference: &str) -> Option<Uri> {
    let reference = reference.split('#').next()?;
    let absolute = reference
        .parse::<Uri>()
        .ok()
        .filter(|uri| uri.scheme().is_some());
    if let Some(uri) = absolute {
        let is_http = uri.scheme() == Some(&Scheme::HTTP) || uri.scheme() == Some(&Scheme::HTTPS);
        return is_http.then_some(uri);
    }
    if reference.split(['/', '?']).next()?.contains(':') {
        // A scheme that no request goes to.
        return None;
    }
    let scheme = base.scheme_str()?;
    if reference.starts_with("//") {
        return format!("{scheme}:{reference}").parse().ok();
    }
    let path = base.path();
    let path = match reference.as_bytes().first() {
        None => return None,
        Some(b'/') => "",
        Some(b'?') => path,
        Some(_) => &path[..=path.rfind('/')?],
    };
    let dotted = reference
        .split(['/', '?'])
        .any(|segment| segment == "." || segment == "..");
    if dotted {
        return None;
    }
    format!("{scheme}://{}{path}{reference}", base.authority()?)
        .parse()
        .ok()
}

/// Whether credentials may go from one URL to the other. To the same host they may also go from http to https.
fn is_same_origin(from: &Uri, to: &Uri) -> bool {
    let host = |uri: &Uri| uri.host().map(str::to_ascii_lowercase);
    let upgrade = (port(from), port(to)) == (Some(80), Some(443));
    let scheme = from.scheme() == to.scheme() && port(from) == port(to);
    host(from) == host(to) && (scheme || upgrade && to.scheme() == Some(&Scheme::HTTPS))
}

fn port(uri: &Uri) -> Option<u16> {
    uri.port_u16().or(match uri.scheme_str()? {
        "http" => Some(80),
        "https" => Some(443),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(reference: &str) -> Option<String> {
        let base = Uri::from_static("https://a.example/v1/files/1?x=y");
        resolve(&base, reference).map(|uri| uri.to_string())
    }

    #[test]
    fn references_are_resolved_against_the_request() {
        for (reference, url) in [
            ("https://b.example/c", "https://b.example/c"),
            ("//b.example/c?d=e", "https://b.example/c?d=e"),
            ("/v2/files/1#part", "https://a.example/v2/files/1"),
            ("?z=1", "https://a.example/v1/files/1?z=1"),
            ("2", "https://a.example/v1/files/2"),
        ] {
            assert_eq!(resolved(reference).as_deref(), Some(url), "{reference}");
        }
        for reference in ["", "../2", "./2", "ftp://a.example/", "mailto:a@a.example"] {
            assert_eq!(resolved(reference), None, "{reference}");
        }
    }

    fn follow(method: Method, from: &'static str, status: u16, to: &str) -> Option<Outgoing> {
        let mut headers = HeaderMap::new();
        for name in ["authorization", "api-key", "accept", "user-agent"] {
            headers.insert(name, "x".parse().unwrap());
        }
        let body = Body::from(bytes::Bytes::from_static(b"{}"));
        let outgoing = Outgoing {
            method,
            uri: Uri::from_static(from),
            headers,
            body,
        };
        let response = Response::builder()
            .status(status)
            .header("location", to)
            .body(())
            .unwrap();
        next(outgoing, &response)
    }

    #[test]
    fn methods_are_kept_or_the_redirect_is_not_followed() {
        let to_same = |method, status| {
            follow(method, "https://a.example/x", status, "/y").map(|next| next.method)
        };
        for status in [301, 302, 303, 307, 308] {
            assert_eq!(to_same(Method::GET, status), Some(Method::GET));
        }
        for status in [301, 302, 303] {
            assert_eq!(to_same(Method::POST, status), None);
        }
        for status in [307, 308] {
            assert_eq!(to_same(Method::POST, status), Some(Method::POST));
        }
        assert_eq!(to_same(Method::GET, 304), None);
        assert_eq!(to_same(Method::GET, 200), None);
    }

    #[test]
    fn secrets_stay_with_their_origin() {
        let headers = |from, to| follow(Method::GET, from, 302, to).map(|next| next.headers.len());
        assert_eq!(
            headers("https://a.example/x", "https://A.example:443/y"),
            Some(4)
        );
        assert_eq!(
            headers("http://a.example/x", "https://a.example/y"),
            Some(4)
        );
        assert_eq!(
            headers("https://a.example/x", "https://b.example/y"),
            Some(2)
        );
        assert_eq!(
            headers("https://a.example/x", "https://a.example:8443/y"),
            Some(2)
        );
        assert_eq!(headers("https://a.example/x", "http://a.example/y"), None);
    }

    #[test]
    fn a_body_stays_with_its_origin() {
        assert!(
            follow(
                Method::POST,
                "https://a.example/x",
                307,
                "https://b.example/y"
            )
            .is_none()
        );
    }
}
