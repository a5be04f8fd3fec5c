//! A call while it is being put together, without its body and its types.
//!
//! Setters do not fail: the first problem is kept, and is the call's error when it is sent.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use bytes::Bytes;
use counterpart_wire::params::{Pairs, Param, path};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, Entry};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Options;
use crate::body::Body;
use crate::content::Encoded;
use crate::extras::Extras;
use crate::{Builder, Http, RequestError, RequestProblem};

/// What [`Call`](crate::Call) has whatever its types.
#[derive(Clone)]
pub(crate) struct Draft {
    pub(crate) http: Http,
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    path: Vec<(&'static str, String)>,
    query: Pairs,
    cookies: Pairs,
    /// The call's own headers; at most one of each name.
    headers: Vec<(HeaderName, HeaderValue)>,
    /// Fields that are added to a JSON body.
    fields: Map<String, Value>,
    pub(crate) extras: Extras,
    pub(crate) options: Options,
    problem: Option<RequestProblem>,
}

/// A call that is ready to be sent, any number of times.
pub(crate) struct Prepared {
    pub(crate) http: Http,
    pub(crate) operation: &'static str,
    pub(crate) method: Method,
    pub(crate) template: &'static str,
    pub(crate) uri: Uri,
    pub(crate) query: Pairs,
    headers: Vec<(HeaderName, HeaderValue)>,
    cookies: Option<HeaderValue>,
    extras: Extras,
    accept: &'static str,
    media_type: Option<Cow<'static, str>>,
    pub(crate) body: Body,
    pub(crate) options: Options,
}

impl Draft {
    pub(crate) fn new(
        http: Http,
        method: Method,
        operation: &'static str,
        template: &'static str,
    ) -> Self {
        let options = http.defaults();
        Self {
            http,
            operation,
            method,
            template,
            path: Vec::new(),
            query: Pairs::new(),
            cookies: Pairs::new(),
            headers: Vec::new(),
            fields: Map::new(),
            extras: Extras::default(),
            options,
            problem: None,
        }
    }

    pub(crate) fn path(&mut self, name: &'static str, param: Param, value: &impl Serialize) {
        match param.write_path(name, value) {
            Ok(text) => self.path.push((name, text)),
            Err(error) => self.fail(RequestProblem::Param(error)),
        }
    }

    /// Replaces what was set under this name before.
    pub(crate) fn query(&mut self, name: &str, param: Param, value: &impl Serialize) {
        self.query.remove(name);
        self.extras.forget_query(name);
        if let Err(error) = param.write_query(name, value, &mut self.query) {
            self.fail(RequestProblem::Param(error));
        }
    }

    /// A query parameter that the operation may not know.
    pub(crate) fn extra_query(&mut self, name: &str, value: &impl Serialize) {
        let query = self.extras.query(name);
        if let Err(error) = Param::FORM.write_query(name, value, query) {
            self.fail(RequestProblem::Param(error));
        }
    }

    pub(crate) fn cookie(&mut self, name: &str, param: Param, value: &impl Serialize) {
        self.cookies.remove(name);
        if let Err(error) = param.write_cookie(name, value, &mut self.cookies) {
            self.fail(RequestProblem::Param(error));
        }
    }

    /// A header that every call of the operation has. It is in the document, hence no secret.
    pub(crate) fn constant_header(&mut self, name: &'static str, value: &'static str) {
        let value = HeaderValue::from_maybe_shared(Bytes::from_static(value.as_bytes()));
        match (HeaderName::try_from(name), value) {
            (Ok(name), Ok(value)) => self.headers.push((name, value)),
            (Err(_), _) | (_, Err(_)) => self.fail(RequestProblem::Header {
                name: name.to_owned(),
            }),
        }
    }

    pub(crate) fn header(&mut self, name: &str, param: Param, value: &impl Serialize) {
        if let Some((name, value)) = self.written_header(name, param, value) {
            self.headers.retain(|(set, _)| *set != name);
            self.extras.forget_header(&name);
            self.headers.extend(value.map(|value| (name, value)));
        }
    }

    /// A header that the operation may not know.
    pub(crate) fn extra_header(&mut self, name: &str, value: &impl Serialize) {
        if let Some((name, value)) = self.written_header(name, Param::SIMPLE, value) {
            self.extras.header(name, value);
        }
    }

    pub(crate) fn no_header(&mut self, name: &str) {
        match HeaderName::try_from(name) {
            Ok(name) => self.extras.no_header(name),
            Err(_) => self.fail(RequestProblem::Header {
                name: name.to_owned(),
            }),
        }
    }

    fn written_header(
        &mut self,
        name: &str,
        param: Param,
        value: &impl Serialize,
    ) -> Option<(HeaderName, Option<HeaderValue>)> {
        match param.write_header(name, value) {
            Ok(text) => {
                let header = header(name, text);
                if header.is_none() {
                    self.fail(RequestProblem::Header {
                        name: name.to_owned(),
                    });
                }
                header
            }
            Err(error) => {
                self.fail(RequestProblem::Param(error));
                None
            }
        }
    }

    pub(crate) fn field(&mut self, name: &str, value: &impl Serialize) {
        match serde_json::to_value(value) {
            Ok(value) => drop(self.fields.insert(name.to_owned(), value)),
            Err(error) => {
                let (name, reason) = (name.to_owned(), error.to_string());
                self.fail(RequestProblem::Field { name, reason });
            }
        }
    }

    /// Sends the call by a client like its own, but for what is changed.
    pub(crate) fn configure(&mut self, change: impl FnOnce(Builder) -> Builder) {
        let options = self.options;
        let builder = self.http.to_builder().options(|_| options);
        match change(builder).build() {
            Ok(http) => {
                self.options = Http::defaults(&http);
                self.http = http;
            }
            Err(problem) => self.fail(RequestProblem::Config(Arc::new(problem))),
        }
    }

    /// Whether the query has a parameter of this name.
    pub(crate) fn has_query(&self, name: &str) -> bool {
        let own = || self.query.get(name).is_some();
        self.extras.has_query(name).unwrap_or_else(own)
    }

    pub(crate) fn fail(&mut self, problem: RequestProblem) {
        self.problem.get_or_insert(problem);
    }

    /// The request, or the first problem that there was.
    pub(crate) fn prepare(
        mut self,
        body: Result<Option<Encoded>, counterpart_wire::EncodeError>,
        accept: &'static str,
    ) -> Result<Prepared, RequestError> {
        let operation = self.operation;
        let body = body.map_err(|error| RequestProblem::Body(Arc::new(error)));
        let prepared = match (self.problem.take(), body) {
            (Some(problem), _) | (None, Err(problem)) => Err(problem),
            (None, Ok(body)) => self.prepared(body, accept),
        };
        prepared.map_err(|problem| RequestError::new(operation, problem))
    }

    fn prepared(
        self,
        body: Option<Encoded>,
        accept: &'static str,
    ) -> Result<Prepared, RequestProblem> {
        let path = path::expand(self.template, &self.path).map_err(RequestProblem::Param)?;
        let body = with_fields(body, self.fields)?;
        let mut query = self.http.query(self.query);
        self.extras.apply_query(&mut query);
        let uri = self.http.url(&path, &query).ok_or(RequestProblem::Url {
            path: self.template,
        })?;
        let cookies = match self.cookies.is_empty() {
            true => None,
            false => Some(cookies(&self.cookies)?),
        };
        let media_type = body.as_ref().map(|body| body.media_type.clone());
        if let Some(media_type) = &media_type {
            HeaderValue::from_str(media_type).map_err(|_| unfit(&CONTENT_TYPE))?;
        }
        Ok(Prepared {
            http: self.http,
            operation: self.operation,
            method: self.method,
            template: self.template,
            uri,
            query,
            headers: self.headers,
            cookies,
            extras: self.extras,
            accept,
            media_type,
            body: body.map(|body| body.body).unwrap_or_default(),
            options: self.options,
        })
    }
}

impl Prepared {
    /// All headers but those of credentials: the call's own go before the client's of the same names, and those before
    /// what is said of the body and the answer. What the caller adds or takes off goes before all of them.
    pub(crate) fn headers(&self) -> HeaderMap {
        let defaults = &self.http.shared().headers;
        // Room for the credentials, and for `Accept`, `Content-Type` or `Content-Length`, and `Cookie`.
        let mut all = HeaderMap::with_capacity(defaults.len() + self.headers.len() + 4);
        all.extend(
            defaults
                .iter()
                .map(|(name, value)| (name.clone(), value.clone())),
        );
        for (name, value) in &self.headers {
            all.insert(name, value.clone());
        }
        default_header(&mut all, ACCEPT, self.accept);
        match &self.media_type {
            Some(media_type) => default_header(&mut all, CONTENT_TYPE, media_type),
            // Some servers answer 411 to a method that usually has a body if nothing says that there is none.
            None if matches!(self.method, Method::POST | Method::PUT | Method::PATCH) => {
                all.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
            }
            None => {}
        }
        if let Some(cookies) = &self.cookies {
            add_cookie(&mut all, cookies);
        }
        self.extras.apply_headers(&mut all);
        all
    }
}

fn default_header(headers: &mut HeaderMap, name: HeaderName, text: &str) {
    // What stands in a document as a media type was checked before.
    if let (Entry::Vacant(entry), Ok(value)) = (headers.entry(name), HeaderValue::from_str(text)) {
        entry.insert(value);
    }
}

fn cookies(pairs: &Pairs) -> Result<HeaderValue, RequestProblem> {
    HeaderValue::try_from(pairs.to_cookies()).map_err(|_| unfit(&COOKIE))
}

fn unfit(name: &HeaderName) -> RequestProblem {
    RequestProblem::Header {
        name: name.to_string(),
    }
}

/// The body with further fields, of which those that it has already are replaced.
fn with_fields(
    body: Option<Encoded>,
    fields: Map<String, Value>,
) -> Result<Option<Encoded>, RequestProblem> {
    if fields.is_empty() {
        return Ok(body);
    }
    let mut object = match &body {
        None => Map::new(),
        Some(body) => body
            .body
            .as_bytes()
            .and_then(|bytes| serde_json::from_slice::<Map<String, Value>>(bytes).ok())
            .ok_or(RequestProblem::NoObject)?,
    };
    object.extend(fields);
    let media_type = body.map_or("application/json".into(), |body| body.media_type);
    let bytes = Bytes::from(Value::Object(object).to_string());
    Ok(Some(Encoded {
        media_type,
        body: bytes.into(),
    }))
}

/// A header, or `None` if it is none. What may hold a secret is marked so.
pub(crate) fn header(
    name: &str,
    value: Option<String>,
) -> Option<(HeaderName, Option<HeaderValue>)> {
    let name = HeaderName::try_from(name).ok()?;
    let Some(value) = value else {
        return Some((name, None));
    };
    let mut value = HeaderValue::from_maybe_shared(Bytes::from(value)).ok()?;
    value.set_sensitive(may_be_secret(name.as_str()));
    Some((name, Some(value)))
}

/// Whether a header of this name, in lower case, may hold a secret.
fn may_be_secret(name: &str) -> bool {
    const WORDS: [&[u8]; 6] = [b"auth", b"cookie", b"key", b"password", b"secret", b"token"];
    let name = name.as_bytes();
    (0..name.len()).any(|start| WORDS.iter().any(|word| name[start..].starts_with(word)))
}

/// Adds to the one header that holds all cookies (RFC 6265, section 5.4).
pub(crate) fn add_cookie(headers: &mut HeaderMap, cookie: &HeaderValue) {
    let before = headers
        .get(COOKIE)
        .map(HeaderValue::as_bytes)
        .filter(|before| !before.is_empty());
    let all = match before {
        Some(before) => HeaderValue::from_bytes(&[before, b"; ", cookie.as_bytes()].concat()),
        None => Ok(cookie.clone()),
    };
    // Values that are valid stay so when they are put together.
    if let Ok(mut all) = all {
        all.set_sensitive(true);
        headers.insert(COOKIE, all);
    }
}

/// Names only: any value may be a secret.
impl fmt::Debug for Draft {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let query: Vec<_> = self.query.iter().map(|(name, _)| name).collect();
        let headers: Vec<_> = self.headers.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Draft")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.template)
            .field("query", &query)
            .field("headers", &headers)
            .field("extras", &self.extras)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
