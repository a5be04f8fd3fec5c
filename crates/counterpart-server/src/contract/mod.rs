//! Whether a service keeps to its document: requests made from the document's schemas in, what is wrong with the
//! answers out. For the tests of a service, which enable the feature `contract`:
//!
//! ```
//! # use counterpart_server::{Routes, contract::Contract};
//! # async fn test(routes: Routes<()>, document: &str) {
//! let contract = Contract::of(document).header("authorization", "Bearer sk-test");
//! contract.check(routes.into_router()).await.expect_clean();
//! # }
//! ```
//!
//! Every operation gets a request with all that its schemas know and one with only what they require, and then
//! requests that it has to refuse. Each answer must have a status, a media type and a body that the document lists;
//! events must be the same however they are cut.

mod schema;

use std::fmt;

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use counterpart_wire::event::{Decoder, RawEvent};
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{HeaderMap, HeaderName, HeaderValue, Request, StatusCode};
use http_body_util::BodyExt;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::Value;
use tower::ServiceExt;

use schema::Schemas;

/// A document, and what its requests need beside.
#[derive(Debug, Clone)]
pub struct Contract {
    document: Value,
    headers: HeaderMap,
}

/// What came of a check.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[must_use = "a report that nobody looks at finds nothing"]
pub struct Report {
    /// How many requests were sent.
    pub requests: usize,
    /// What was wrong.
    pub findings: Vec<Finding>,
}

/// An answer that the document does not allow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The operation's id.
    pub operation: String,
    /// What was sent.
    pub request: String,
    /// What is wrong with the answer.
    pub problem: String,
}

/// An operation of the document.
#[derive(Clone, Copy)]
struct Operation<'d> {
    id: &'d str,
    method: &'d str,
    path: &'d str,
    node: &'d Value,
    item: &'d Value,
}

/// A request to be sent.
#[derive(Clone)]
struct Trial {
    what: String,
    target: String,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
    /// The statuses that a refusal may have; empty where the request is right.
    refusals: &'static [u16],
}

struct Answer {
    status: StatusCode,
    media_type: String,
    body: Bytes,
}

impl Contract {
    /// The contract of this document, which is JSON. One that is not has no operations, and so nothing to find.
    pub fn of(document: &str) -> Self {
        Self {
            document: serde_json::from_str(document).unwrap_or_default(),
            headers: HeaderMap::new(),
        }
    }

    /// Sends this header with every request. With an `authorization` it is also tried what comes without it.
    ///
    /// # Panics
    ///
    /// If no header can be that.
    #[must_use]
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::try_from(name).expect("a name of a header");
        let value = HeaderValue::try_from(value).expect("a value of a header");
        self.headers.insert(name, value);
        self
    }

    /// Tries every operation of a router, which is not nested.
    pub async fn check(&self, app: Router) -> Report {
        let mut report = Report::default();
        for operation in self.operations() {
            for trial in self.trials(operation) {
                report.requests += 1;
                let problem = match send(&app, operation, &trial).await {
                    Ok(answer) => self.problem(operation, &trial, &answer),
                    Err(problem) => Some(problem),
                };
                report.findings.extend(problem.map(|problem| Finding {
                    operation: operation.id.to_owned(),
                    request: trial.what.clone(),
                    problem,
                }));
            }
        }
        report
    }

    fn schemas(&self) -> Schemas<'_> {
        Schemas(&self.document)
    }

    fn operations(&self) -> impl Iterator<Item = Operation<'_>> {
        const METHODS: [&str; 8] = [
            "get", "put", "post", "delete", "options", "patch", "trace", "query",
        ];
        let paths = self.document["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, item)| {
            let known = METHODS
                .into_iter()
                .filter_map(|method| Some((method, item.get(method)?)));
            let others = item["additionalOperations"]
                .as_object()
                .into_iter()
                .flatten();
            let known = known.chain(others.map(|(method, node)| (method.as_str(), node)));
            known.map(move |(method, node)| Operation {
                id: node["operationId"].as_str().unwrap_or(path),
                method,
                path,
                node,
                item,
            })
        })
    }

    /// Requests that are right, and variations that are not.
    fn trials(&self, operation: Operation<'_>) -> Vec<Trial> {
        let full = self.right(operation, true);
        let mut trials = vec![full.clone(), self.right(operation, false)];
        let mut wrong = |what: String, refusals, change: &dyn Fn(&mut Trial)| {
            let mut trial = Trial {
                what,
                refusals,
                ..full.clone()
            };
            change(&mut trial);
            trials.push(trial);
        };
        for name in self.required_headers(operation) {
            wrong(format!("without the header {name}"), &[400], &|trial| {
                trial.headers.remove(&name);
            });
        }
        let secured = operation
            .node
            .get("security")
            .unwrap_or(&self.document["security"]);
        let secured = secured.as_array().is_some_and(|all| {
            !all.is_empty()
                && all
                    .iter()
                    .all(|one| one != &Value::from(serde_json::Map::new()))
        });
        if secured && full.headers.contains_key(AUTHORIZATION) {
            wrong("without credentials".to_owned(), &[401], &|trial| {
                trial.headers.remove(AUTHORIZATION);
            });
        }
        if full.body.is_some() {
            wrong("with broken JSON".to_owned(), &[400], &|trial| {
                trial.body = Some(b"{\"".to_vec())
            });
            wrong("with a list for a body".to_owned(), &[400, 422], &|trial| {
                trial.body = Some(b"[]".to_vec())
            });
            wrong("with another media type".to_owned(), &[415], &|trial| {
                trial
                    .headers
                    .insert(CONTENT_TYPE, HeaderValue::from_static("image/png"));
            });
        }
        for (name, body) in self.incomplete(operation) {
            wrong(
                format!("without the property `{name}`"),
                &[400, 422],
                &|trial| trial.body = Some(body.clone()),
            );
        }
        trials
    }

    fn right(&self, operation: Operation<'_>, full: bool) -> Trial {
        let mut target = operation.path.to_owned();
        let mut query = Vec::new();
        let mut headers = self.headers.clone();
        for parameter in self.parameters(operation) {
            let name = parameter["name"].as_str().unwrap_or_default();
            let value = self.schemas().example(&parameter["schema"], full);
            let text = match value.as_array().map_or(&value, |list| &list[0]) {
                Value::String(text) => text.clone(),
                other => other.to_string(),
            };
            let encoded = utf8_percent_encode(&text, NON_ALPHANUMERIC).to_string();
            let wanted = full || parameter["required"] == true;
            match parameter["in"].as_str() {
                Some("path") => target = target.replace(&format!("{{{name}}}"), &encoded),
                Some("query") if wanted => {
                    query.push(format!(
                        "{}={encoded}",
                        utf8_percent_encode(name, NON_ALPHANUMERIC)
                    ));
                }
                Some("header") if wanted => {
                    if let (Ok(name), Ok(value)) =
                        (HeaderName::try_from(name), HeaderValue::try_from(text))
                    {
                        headers.insert(name, value);
                    }
                }
                _ => (),
            }
        }
        if !query.is_empty() {
            target = format!("{target}?{}", query.join("&"));
        }
        let body = self
            .body_schema(operation)
            .map(|schema| self.schemas().example(schema, full));
        if body.is_some() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
        }
        Trial {
            what: if full {
                "with everything"
            } else {
                "with what is required"
            }
            .to_owned(),
            target,
            headers,
            body: body.map(|body| body.to_string().into_bytes()),
            refusals: &[],
        }
    }

    fn parameters<'d>(&'d self, operation: Operation<'d>) -> impl Iterator<Item = &'d Value> {
        let lists = [&operation.item["parameters"], &operation.node["parameters"]];
        let all = lists.into_iter().filter_map(Value::as_array).flatten();
        all.map(|parameter| self.schemas().resolved(parameter))
    }

    fn required_headers(&self, operation: Operation<'_>) -> Vec<HeaderName> {
        let parameters = self.parameters(operation);
        let required = parameters
            .filter(|parameter| parameter["in"] == "header" && parameter["required"] == true);
        required
            .filter_map(|parameter| HeaderName::try_from(parameter["name"].as_str()?).ok())
            .collect()
    }

    fn body_schema<'d>(&'d self, operation: Operation<'d>) -> Option<&'d Value> {
        let body = self.schemas().resolved(&operation.node["requestBody"]);
        body["content"].get("application/json")?.get("schema")
    }

    /// The smallest body, each time without one of the properties that it must have.
    fn incomplete(&self, operation: Operation<'_>) -> Vec<(String, Vec<u8>)> {
        let Some(schema) = self.body_schema(operation) else {
            return Vec::new();
        };
        let Value::Object(whole) = self.schemas().example(schema, false) else {
            return Vec::new();
        };
        let schema = self.schemas().resolved(schema);
        let required = whole.keys().filter(|name| schema::requires(schema, name));
        let without = |name: &String| {
            let mut rest = whole.clone();
            rest.shift_remove(name);
            (name.clone(), Value::from(rest).to_string().into_bytes())
        };
        required.map(without).collect()
    }

    /// What the document does not allow about an answer.
    fn problem(&self, operation: Operation<'_>, trial: &Trial, answer: &Answer) -> Option<String> {
        let status = answer.status.as_u16();
        if !trial.refusals.is_empty() && !trial.refusals.contains(&status) {
            return Some(format!(
                "answered with {status}, not with one of {:?}",
                trial.refusals
            ));
        }
        // What a service says it leaves out is no fault of its methods.
        if status == 501 {
            return None;
        }
        if answer.status.is_server_error() {
            return Some(format!("failed with {status}"));
        }
        let responses = &operation.node["responses"];
        let range = format!("{}XX", status / 100);
        let keys = [status.to_string(), range, "default".to_owned()];
        let Some(response) = keys.iter().find_map(|key| responses.get(key)) else {
            return Some(format!("the status {status} is not in the document"));
        };
        let contents = self.schemas().resolved(response)["content"].as_object();
        let Some(contents) = contents else {
            return (!answer.body.is_empty())
                .then(|| "there is a body, and none in the document".to_owned());
        };
        let Some(content) = contents.get(&answer.media_type) else {
            return Some(format!(
                "the media type `{}` is not in the document",
                answer.media_type
            ));
        };
        match answer.media_type.as_str() {
            "text/event-stream" => events_differ(&answer.body),
            "application/json" => match serde_json::from_slice(&answer.body) {
                Ok(body) => self.schemas().misfit(&content["schema"], &body),
                Err(error) => Some(format!("the body is no JSON: {error}")),
            },
            _ => None,
        }
    }
}

impl Report {
    /// Nothing but the number of requests, if nothing was found.
    ///
    /// # Panics
    ///
    /// With all that was found, else; and if there was nothing to send.
    pub fn expect_clean(self) -> usize {
        assert!(self.findings.is_empty() && self.requests > 0, "{self}");
        self.requests
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(
            f,
            "{} requests, {} findings",
            self.requests,
            self.findings.len()
        )?;
        self.findings.iter().try_for_each(
            |Finding {
                 operation,
                 request,
                 problem,
             }| { writeln!(f, "{operation} {request}: {problem}") },
        )
    }
}

async fn send(app: &Router, operation: Operation<'_>, trial: &Trial) -> Result<Answer, String> {
    let request = Request::builder()
        .method(operation.method.to_ascii_uppercase().as_str())
        .uri(&trial.target);
    let body = trial.body.clone().map_or(Body::empty(), Body::from);
    let mut request = request.body(body).map_err(|error| error.to_string())?;
    *request.headers_mut() = trial.headers.clone();
    let response = app
        .clone()
        .oneshot(request)
        .await
        .unwrap_or_else(|never| match never {});
    let (parts, body) = response.into_parts();
    let body = body.collect().await.map_err(|error| error.to_string())?;
    let media_type = parts
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok());
    let essence = media_type
        .unwrap_or_default()
        .split(';')
        .next()
        .unwrap_or_default();
    Ok(Answer {
        status: parts.status,
        media_type: essence.trim().to_owned(),
        body: body.to_bytes(),
    })
}

/// Events must be the same in one piece and cut in two at any byte.
fn events_differ(body: &Bytes) -> Option<String> {
    let whole = decoded(std::slice::from_ref(body));
    if whole.is_empty() {
        return Some("the stream has no event".to_owned());
    }
    let differing = |at: &usize| decoded(&[body.slice(..*at), body.slice(*at..)]) != whole;
    let at = (0..body.len()).find(differing)?;
    Some(format!("the events differ when cut at byte {at}"))
}

fn decoded(pieces: &[Bytes]) -> Vec<RawEvent> {
    let mut decoder = Decoder::new();
    let mut events = Vec::new();
    for piece in pieces {
        decoder.push(piece.clone());
        while let Ok(Some(event)) = decoder.next_event() {
            events.push(event);
        }
    }
    events
}
