//! The requests that are tried: right ones, and each wrong in one way.

use std::collections::BTreeMap;

use counterpart_wire::form;
use counterpart_wire::params::Pairs;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, COOKIE};
use http::{HeaderMap, HeaderName, HeaderValue};
use serde_json::Value;

use super::document::{Operation, Parameter, Switch};
use super::schema;

/// A request to be sent.
#[derive(Debug, Clone)]
pub(super) struct Trial {
    pub(super) what: String,
    pub(super) target: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Option<Vec<u8>>,
    /// What it is to be answered with.
    pub(super) wanted: Wanted,
}

/// What a request is to be answered with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Wanted {
    /// Anything that the document lists.
    Any,
    /// Events, if it succeeds.
    Events,
    /// One of these statuses.
    Refusal(&'static [u16]),
}

/// Values by the names of parameters and of properties: what exists in a service.
pub(super) type Given = BTreeMap<String, String>;

/// A request in the making.
#[derive(Debug, Clone)]
struct Draft<'d> {
    operation: Operation<'d>,
    headers: HeaderMap,
    parameters: Vec<(Parameter<'d>, Value)>,
    body: Option<Value>,
    /// How the body is written.
    form: Form,
}

/// How a body is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Urlencoded,
    Multipart,
}

impl Form {
    /// The bytes, and their media type. What cannot be written is nothing.
    fn written(self, body: &Value) -> Option<(Vec<u8>, HeaderValue)> {
        let named = |name| HeaderValue::from_static(name);
        match self {
            Self::Json => Some((body.to_string().into_bytes(), named("application/json"))),
            Self::Urlencoded => {
                let text = form::urlencoded(body, &[]).ok()?;
                Some((
                    text.into_bytes(),
                    named("application/x-www-form-urlencoded"),
                ))
            }
            Self::Multipart => {
                let form = form::Multipart::of(body, &[]).ok()?;
                let media_type = HeaderValue::try_from(form.media_type()).ok()?;
                let pieces = form.into_pieces().into_iter();
                // Files are texts here, which are in memory.
                let pieces = pieces.filter_map(|piece| Some(piece.as_bytes()?.to_vec()));
                Some((pieces.flatten().collect(), media_type))
            }
        }
    }
}

/// The requests that an operation has to serve: all of them have these headers, and these values where they need what
/// exists.
pub(super) fn right(operation: Operation<'_>, headers: &HeaderMap, given: &Given) -> Vec<Trial> {
    let full = Draft::right(operation, true, headers, given);
    let small = Draft::right(operation, false, headers, given);
    let mut trials = vec![
        full.trial("with everything", Wanted::Any),
        small.trial("with what is required", Wanted::Any),
    ];
    trials.extend(full.streamed("with everything, as a stream"));
    trials.extend(small.streamed("with what is required, as a stream"));
    trials
}

/// The requests that an operation has to refuse.
pub(super) fn wrong(operation: Operation<'_>, headers: &HeaderMap, given: &Given) -> Vec<Trial> {
    let full = Draft::right(operation, true, headers, given);
    let small = Draft::right(operation, false, headers, given);
    let mut trials = full.without_headers();
    trials.extend(full.wrong_parameters());
    if let Some(body) = operation.body() {
        trials.extend(full.broken_bodies());
        trials.extend(small.incomplete_bodies(body));
        trials.extend(small.wrong_bodies(body));
    }
    trials
}

impl<'d> Draft<'d> {
    fn right(operation: Operation<'d>, full: bool, headers: &HeaderMap, given: &Given) -> Self {
        let schemas = operation.schemas();
        let parameters = operation.parameters().into_iter();
        let wanted = parameters.filter(|it| full || it.required || it.place == "path");
        let parameters = wanted.map(|parameter| {
            let made = || schemas.example(parameter.schema, full);
            let known = given.get(parameter.name).map(|text| text.as_str().into());
            (parameter, known.unwrap_or_else(made))
        });
        let parameters = parameters.collect();
        let (form, schema) = match (operation.body(), operation.form()) {
            (Some(schema), _) => (Form::Json, Some(schema)),
            (None, Some((true, schema))) => (Form::Multipart, Some(schema)),
            (None, Some((false, schema))) => (Form::Urlencoded, Some(schema)),
            (None, None) => (Form::Json, None),
        };
        let mut body = schema.map(|schema| schemas.example(schema, full));
        if let Some(body) = &mut body {
            put(given, body);
        }
        Self {
            operation,
            headers: headers.clone(),
            parameters,
            body,
            form,
        }
    }

    fn trial(&self, what: impl Into<String>, wanted: Wanted) -> Trial {
        let mut target = self.operation.path.to_owned();
        let mut headers = self.headers.clone();
        let (mut query, mut cookies) = (Pairs::default(), Pairs::default());
        for (
            Parameter {
                name, place, param, ..
            },
            value,
        ) in &self.parameters
        {
            // What cannot be written, such as a list of lists, is left out.
            match *place {
                "path" => {
                    let text = param.write_path(name, value).unwrap_or_default();
                    target = target.replace(&format!("{{{name}}}"), &text);
                }
                "query" => drop(param.write_query(name, value, &mut query)),
                "cookie" => drop(param.write_cookie(name, value, &mut cookies)),
                _ => {
                    let text = param.write_header(name, value).ok().flatten();
                    add(&mut headers, name, text.unwrap_or_default());
                }
            }
        }
        let query = query.to_query();
        if !query.is_empty() {
            target = format!("{target}?{query}");
        }
        let cookies = cookies.to_cookies();
        if !cookies.is_empty() {
            add(&mut headers, COOKIE.as_str(), cookies);
        }
        let written = self.body.as_ref().and_then(|body| self.form.written(body));
        let (body, media_type) = written.unzip();
        if let Some(media_type) = media_type {
            headers.insert(CONTENT_TYPE, media_type);
        }
        Trial {
            what: what.into(),
            target,
            headers,
            body,
            wanted,
        }
    }

    /// The request for a stream.
    fn streamed(mut self, what: &str) -> Option<Trial> {
        match self.operation.switch()? {
            Switch::Property(property) => self.body.as_mut()?[property] = true.into(),
            Switch::Accept => {
                let events = HeaderValue::from_static("text/event-stream");
                self.headers.insert(ACCEPT, events);
            }
            Switch::Always => {}
        }
        Some(self.trial(what, Wanted::Events))
    }

    fn without_headers(&self) -> Vec<Trial> {
        let required = self.parameters.iter();
        let required = required.filter(|(it, _)| it.place == "header" && it.required);
        let headers = required.filter_map(|(it, _)| HeaderName::try_from(it.name).ok());
        let mut trials: Vec<Trial> = headers
            .map(|name| {
                let what = format!("without the header {name}");
                let mut trial = self.trial(what, Wanted::Refusal(&[400]));
                trial.headers.remove(&name);
                trial
            })
            .collect();
        if self.operation.is_secured() && self.headers.contains_key(AUTHORIZATION) {
            let mut trial = self.trial("without credentials", Wanted::Refusal(&[401]));
            trial.headers.remove(AUTHORIZATION);
            trials.push(trial);
        }
        trials
    }

    fn wrong_parameters(&self) -> Vec<Trial> {
        let mut trials = Vec::new();
        for (at, (parameter, _)) in self.parameters.iter().enumerate() {
            // Any text is a path, and leads elsewhere.
            if parameter.place == "path" {
                continue;
            }
            let schemas = self.operation.schemas();
            let variants = schemas.variants(parameter.schema);
            let takes_text = variants.iter().any(|it| schema::kind(it) == "string");
            for (what, value) in schemas.wrong(parameter.schema) {
                // There is nothing but text in a query or a header.
                if what == "of another type" && (takes_text || !value.is_string()) {
                    continue;
                }
                let mut draft = self.clone();
                draft.parameters[at].1 = value;
                let what = format!(
                    "with a {} parameter `{}` {what}",
                    parameter.place, parameter.name
                );
                trials.push(draft.trial(what, Wanted::Refusal(&[400, 422])));
            }
        }
        trials
    }

    fn broken_bodies(&self) -> [Trial; 3] {
        let trial = |what: &str, refusals| self.trial(what, Wanted::Refusal(refusals));
        let broken = Trial {
            body: Some(b"{\"".to_vec()),
            ..trial("with broken JSON", &[400])
        };
        let list = Trial {
            body: Some(b"[]".to_vec()),
            ..trial("with a list for a body", &[400, 422])
        };
        let mut other = trial("with another media type", &[415]);
        let image = HeaderValue::from_static("image/png");
        other.headers.insert(CONTENT_TYPE, image);
        [broken, list, other]
    }

    /// The smallest body, each time without one of the properties that it must have.
    fn incomplete_bodies(&self, schema: &'d Value) -> Vec<Trial> {
        let schemas = self.operation.schemas();
        let members = self.body.as_ref().and_then(Value::as_object);
        let names = members.into_iter().flat_map(|members| members.keys());
        let without = names.filter_map(|name| {
            let mut draft = self.clone();
            let members = draft.body.as_mut()?.as_object_mut()?;
            members.shift_remove(name);
            schemas.misfit(schema, draft.body.as_ref()?)?;
            Some(draft.refused(format!("without the property `{name}`")))
        });
        without.collect()
    }

    /// The smallest body with one property that is wrong, or that it may not have.
    fn wrong_bodies(&self, schema: &'d Value) -> Vec<Trial> {
        let schemas = self.operation.schemas();
        let with = |name: &str, value: Value, what: String| {
            let mut draft = self.clone();
            let members = draft.body.as_mut()?.as_object_mut()?;
            members.insert(name.to_owned(), value);
            schemas.misfit(schema, draft.body.as_ref()?)?;
            Some(draft.refused(what))
        };
        let full = schemas.example(schema, true);
        let members = full.as_object().into_iter().flatten();
        let wrong = members.flat_map(|(name, _)| {
            let property = schemas.property(schema, name);
            let wrong = property
                .map(|property| schemas.wrong(property))
                .unwrap_or_default();
            wrong.into_iter().filter_map(move |(what, value)| {
                with(name, value, format!("with the property `{name}` {what}"))
            })
        });
        let unknown = schemas.is_closed(schema).then(|| {
            with(
                "no_such_property",
                true.into(),
                "with a property that is not listed".to_owned(),
            )
        });
        wrong.chain(unknown.flatten()).collect()
    }

    fn refused(&self, what: String) -> Trial {
        self.trial(what, Wanted::Refusal(&[400, 422]))
    }
}

/// Puts what is given in the place of texts that have its name, however deep.
fn put(given: &Given, value: &mut Value) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                match given.get(name).filter(|_| value.is_string()) {
                    Some(text) => *value = text.as_str().into(),
                    None => put(given, value),
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| put(given, item)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn add(headers: &mut HeaderMap, name: &str, value: String) {
    if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
        headers.insert(name, value);
    }
}
