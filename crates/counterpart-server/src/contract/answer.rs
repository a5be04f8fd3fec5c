//! Answers, and what the document does not allow about them.

use axum::Router;
use axum::body::Body;
use bytes::Bytes;
use http::header::CONTENT_TYPE;
use http::{Request, StatusCode};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::document::Operation;
use super::events;
use super::trial::{Trial, Wanted};

/// An answer, read to its end.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: StatusCode,
    media_type: String,
    body: Bytes,
}

pub(super) async fn send(
    app: &Router,
    operation: Operation<'_>,
    trial: &Trial,
) -> Result<Answer, String> {
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
    let media_type = parts.headers.get(CONTENT_TYPE);
    let media_type = media_type.and_then(|value| value.to_str().ok());
    let essence = media_type.unwrap_or_default().split(';').next();
    Ok(Answer {
        status: parts.status,
        media_type: essence.unwrap_or_default().trim().to_owned(),
        body: body.to_bytes(),
    })
}

impl Answer {
    /// What the document does not allow about it.
    pub(super) fn problem(&self, operation: Operation<'_>, trial: &Trial) -> Option<String> {
        let status = self.status.as_u16();
        if let Wanted::Refusal(refusals) = trial.wanted
            && !refusals.contains(&status)
        {
            return Some(format!(
                "answered with {status}, not with one of {refusals:?}"
            ));
        }
        // What a service says it leaves out is no fault of its methods.
        if status == 501 {
            return None;
        }
        if self.status.is_server_error() {
            return Some(format!("failed with {status}"));
        }
        let streams = self.media_type == "text/event-stream";
        if self.status.is_success() && trial.wanted == Wanted::Events && !streams {
            return Some("is answered with no stream".to_owned());
        }
        self.misfit(operation)
    }

    fn misfit(&self, operation: Operation<'_>) -> Option<String> {
        let responses = operation.responses_of(self.status.as_u16());
        if responses.is_empty() {
            return Some(format!(
                "the status {} is not in the document",
                self.status.as_u16()
            ));
        }
        let contents: Vec<_> = responses.iter().filter_map(|it| it.content).collect();
        if contents.is_empty() {
            let problem = "there is a body, and none in the document";
            return (!self.body.is_empty()).then(|| problem.to_owned());
        }
        let mut contents = contents.into_iter();
        let Some((_, schema)) = contents.find(|(name, _)| essence(name) == self.media_type) else {
            return Some(format!(
                "the media type `{}` is not in the document",
                self.media_type
            ));
        };
        let schemas = operation.schemas();
        match self.media_type.as_str() {
            "text/event-stream" => events::problem(schemas, schema, &self.body),
            "application/json" => match serde_json::from_slice(&self.body) {
                Ok(body) => schemas.misfit(schema, &body),
                Err(error) => Some(format!("the body is no JSON: {error}")),
            },
            _ => None,
        }
    }
}

fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
}
