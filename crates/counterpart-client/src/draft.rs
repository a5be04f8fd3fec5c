//! A call while it is being put together, without its body and its types.
//!
//! Setters do not fail: the first problem is kept, and is the call's error when it is sent.

use std::fmt;
use std::sync::Arc;

use counterpart_wire::params::{Pairs, Param, path};
use http::header::{ACCEPT, CONTENT_LENGTH, CONTENT_TYPE, COOKIE, Entry};
use http::{HeaderMap, HeaderName, HeaderValue, Method, Uri};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::Options;
use crate::body::Body;
use crate::content::Encoded;
use crate::{Http, RequestError, RequestProblem};

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
    headers: HeaderMap,
    /// Fields that are added to a JSON body.
    fields: Map<String, Value>,
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
    pub(crate) headers: HeaderMap,
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
            headers: HeaderMap::new(),
            fields: Map::new(),
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
        if let Err(error) = param.write_query(name, value, &mut self.query) {
            self.fail(RequestProblem::Param(error));
        }
    }

    pub(crate) fn cookie(&mut self, name: &str, param: Param, value: &impl Serialize) {
        self.cookies.remove(name);
        if let Err(error) = param.write_cookie(name, value, &mut self.cookies) {
            self.fail(RequestProblem::Param(error));
        }
    }

    pub(crate) fn header(&mut self, name: &str, param: Param, value: &impl Serialize) {
        match param.write_header(name, value) {
            Ok(text) => match header(name, text.as_deref()) {
                Some((name, Some(value))) => drop(self.headers.insert(name, value)),
                Some((name, None)) => drop(self.headers.remove(name)),
                None => self.fail(RequestProblem::Header {
                    name: name.to_owned(),
                }),
            },
            Err(error) => self.fail(RequestProblem::Param(error)),
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

    /// Whether the query has a parameter of this name.
    pub(crate) fn has_query(&self, name: &str) -> bool {
        self.query.get(name).is_some()
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
        let query = self.http.query(self.query);
        let uri = self.http.url(&path, &query).ok_or(RequestProblem::Url {
            path: self.template,
        })?;
        let mut headers = self.http.headers(self.headers);
        default_header(&mut headers, ACCEPT, accept)?;
        describe_body(&mut headers, &self.method, body.as_ref())?;
        if !self.cookies.is_empty() {
            let value = HeaderValue::try_from(self.cookies.to_cookies());
            let name = COOKIE.to_string();
            add_cookie(
                &mut headers,
                &value.map_err(|_| RequestProblem::Header { name })?,
            );
        }
        Ok(Prepared {
            http: self.http,
            operation: self.operation,
            method: self.method,
            template: self.template,
            uri,
            query,
            headers,
            body: body.map(|body| body.bytes).unwrap_or_default().into(),
            options: self.options,
        })
    }
}

/// Says what the body is, or that there is none.
fn describe_body(
    headers: &mut HeaderMap,
    method: &Method,
    body: Option<&Encoded>,
) -> Result<(), RequestProblem> {
    match body {
        Some(body) => default_header(headers, CONTENT_TYPE, body.media_type)?,
        // Some servers answer 411 to a method that usually has a body if nothing says that there is none.
        None if matches!(*method, Method::POST | Method::PUT | Method::PATCH) => {
            headers.insert(CONTENT_LENGTH, HeaderValue::from_static("0"));
        }
        None => {}
    }
    Ok(())
}

fn default_header(
    headers: &mut HeaderMap,
    name: HeaderName,
    text: &'static str,
) -> Result<(), RequestProblem> {
    if let Entry::Vacant(entry) = headers.entry(&name) {
        let problem = |_| RequestProblem::Header {
            name: name.to_string(),
        };
        entry.insert(HeaderValue::from_str(text).map_err(problem)?);
    }
    Ok(())
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
        Some(body) => serde_json::from_slice::<Map<String, Value>>(&body.bytes)
            .map_err(|_| RequestProblem::NoObject)?,
    };
    object.extend(fields);
    let bytes = Value::Object(object).to_string().into();
    Ok(Some(Encoded {
        media_type: "application/json",
        bytes,
    }))
}

/// A header, or `None` if it is none. What may hold a secret is marked so.
pub(crate) fn header(name: &str, value: Option<&str>) -> Option<(HeaderName, Option<HeaderValue>)> {
    let name = HeaderName::try_from(name).ok()?;
    let Some(value) = value else {
        return Some((name, None));
    };
    let mut value = HeaderValue::from_bytes(value.as_bytes()).ok()?;
    let words = ["auth", "cookie", "key", "password", "secret", "token"];
    value.set_sensitive(words.iter().any(|word| name.as_str().contains(word)));
    Some((name, Some(value)))
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
        let headers: Vec<_> = self.headers.keys().map(HeaderName::as_str).collect();
        f.debug_struct("Draft")
            .field("operation", &self.operation)
            .field("method", &self.method)
            .field("path", &self.template)
            .field("query", &query)
            .field("headers", &headers)
            .field("problem", &self.problem)
            .finish_non_exhaustive()
    }
}
