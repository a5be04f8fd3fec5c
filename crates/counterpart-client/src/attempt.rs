//! One attempt of a call: credentials on, request out, redirects followed, answer in, all within one limit.

use std::error::Error;
use std::io;
use std::pin::{Pin, pin};
use std::time::Duration;

use bytes::Bytes;
use counterpart_wire::event::Format;
use counterpart_wire::params::Pairs;
use http::header::CONTENT_TYPE;
use http::{HeaderMap, StatusCode, Version};

use crate::body::{Cut, Read, ResponseBody};
use crate::credentials::Credential;
use crate::draft::Prepared;
use crate::exchange::{AnswerBody, Want};
use crate::redirect::{self, Outgoing};
use crate::time::{Alarm, Instant, alarm, earlier, end, within};
use crate::transport::{BoxError, NotSent};
use crate::url::with_query;
use crate::{OperationId, Secret, TransportKind};

/// An attempt's end, and the secrets that were sent, by the credentials' places in the client.
pub(crate) struct Tried {
    pub(crate) result: Result<Received, Fault>,
    secrets: Vec<(usize, Secret)>,
}

/// An answer as it came.
pub(crate) struct Received {
    pub(crate) status: StatusCode,
    pub(crate) version: Version,
    pub(crate) headers: HeaderMap,
    pub(crate) body: AnswerBody,
}

/// Why an attempt has no whole answer.
pub(crate) struct Fault {
    pub(crate) kind: TransportKind,
    /// False if nothing can have reached the service.
    pub(crate) sent: bool,
    pub(crate) limit: Option<Duration>,
    pub(crate) cause: Option<BoxError>,
    pub(crate) partial: Option<Box<(Head, Bytes)>>,
}

type Head = (StatusCode, Version, HeaderMap);

impl Tried {
    /// Whether a secret was refused whose source can give another.
    pub(crate) fn refreshed(&self, request: &Prepared) -> bool {
        let unauthorized =
            matches!(&self.result, Ok(answer) if answer.status == StatusCode::UNAUTHORIZED);
        let credentials = &request.http.shared().credentials;
        unauthorized
            && self
                .secrets
                .iter()
                .any(|(index, secret)| credentials[*index].refused(secret))
    }
}

/// Makes one attempt.
pub(crate) async fn attempt(request: &Prepared, want: Want, deadline: Option<Instant>) -> Tried {
    let mut secrets = Vec::new();
    let result = run(request, want, deadline, &mut secrets).await;
    Tried { result, secrets }
}

async fn run(
    request: &Prepared,
    want: Want,
    deadline: Option<Instant>,
    secrets: &mut Vec<(usize, Secret)>,
) -> Result<Received, Fault> {
    let limits = Limits::new(request, deadline);
    let mut alarm = pin!(alarm(limits.end));
    let shared = request.http.shared();
    if request.options.credentials && shared.credentials.iter().any(Credential::is_live) {
        // Rare enough for a box, which keeps the future small for all others.
        let fetching = Box::pin(fetch(&shared.credentials));
        *secrets = limits.unsent(alarm.as_mut(), fetching).await?;
    }
    let operation = OperationId(request.operation);
    let sending = shared
        .service
        .send(operation, outgoing(request, secrets)?.into_request());
    let mut response = limits
        .sent(alarm.as_mut(), sending)
        .await?
        .map_err(classify)?;
    if response.status().is_redirection() {
        let again = outgoing(request, secrets)?;
        let following = Box::pin(redirect::follow(
            &shared.service,
            operation,
            again,
            response,
        ));
        response = limits
            .sent(alarm.as_mut(), following)
            .await?
            .map_err(classify)?;
    }
    limits.receive(alarm, request, want, response).await
}

/// The secrets that have to be asked for, by the credentials' places in the client.
async fn fetch(credentials: &[Credential]) -> Result<Vec<(usize, Secret)>, Fault> {
    let mut secrets = Vec::new();
    for (index, credential) in credentials.iter().enumerate() {
        let secret = credential.fetch().await.map_err(Fault::credentials)?;
        secrets.extend(secret.map(|secret| (index, secret)));
    }
    Ok(secrets)
}

/// The request with its credentials.
fn outgoing(request: &Prepared, secrets: &[(usize, Secret)]) -> Result<Outgoing, Fault> {
    let mut headers = request.headers();
    let mut added = Pairs::new();
    if request.options.credentials {
        for (index, credential) in request.http.shared().credentials.iter().enumerate() {
            let secret = secrets.iter().find(|(of, _)| *of == index);
            credential
                .apply(
                    secret.map(|(_, secret)| secret),
                    &mut headers,
                    &request.query,
                    &mut added,
                )
                .map_err(Fault::credentials)?;
        }
    }
    let uri = if added.is_empty() {
        Some(request.uri.clone())
    } else {
        with_query(request.uri.clone(), &added)
    };
    let too_long = || Fault::credentials("they do not fit in a URL");
    let uri = uri.ok_or_else(too_long)?;
    Ok(Outgoing {
        method: request.method.clone(),
        uri,
        headers,
        body: request.body.clone(),
    })
}

impl Fault {
    fn credentials(cause: impl Into<BoxError>) -> Self {
        Self::unsent(TransportKind::Credentials, cause)
    }

    fn unsent(kind: TransportKind, cause: impl Into<BoxError>) -> Self {
        Self {
            kind,
            sent: false,
            limit: None,
            cause: Some(cause.into()),
            partial: None,
        }
    }
}

/// Tells what is known not to have been sent from what is not.
fn classify(cause: BoxError) -> Fault {
    let mut next: Option<&(dyn Error + 'static)> = Some(&*cause);
    while let Some(error) = next {
        let refused = error
            .downcast_ref::<io::Error>()
            .is_some_and(|error| error.kind() == io::ErrorKind::ConnectionRefused);
        if refused || error.is::<NotSent>() {
            return Fault::unsent(TransportKind::Connect, cause);
        }
        next = error.source();
    }
    let kind = TransportKind::Other;
    Fault {
        kind,
        sent: true,
        limit: None,
        cause: Some(cause),
        partial: None,
    }
}

/// The end of an attempt, and which limit set it.
struct Limits {
    end: Option<Instant>,
    kind: TransportKind,
    limit: Option<Duration>,
}

impl Limits {
    fn new(request: &Prepared, deadline: Option<Instant>) -> Self {
        let attempt = end(Some(request.options.timeout));
        let end = earlier(attempt, deadline);
        if end == attempt {
            Self {
                end,
                kind: TransportKind::Timeout,
                limit: Some(request.options.timeout),
            }
        } else {
            Self {
                end,
                kind: TransportKind::Deadline,
                limit: request.options.deadline,
            }
        }
    }

    fn late(&self, sent: bool) -> Fault {
        Fault {
            kind: self.kind,
            sent,
            limit: self.limit,
            cause: None,
            partial: None,
        }
    }

    /// Waits for what happens before anything is sent.
    async fn unsent<T>(
        &self,
        alarm: Pin<&mut Alarm>,
        future: impl Future<Output = Result<T, Fault>> + Unpin,
    ) -> Result<T, Fault> {
        let output = within(alarm, future).await;
        output.unwrap_or_else(|| Err(self.late(false)))
    }

    /// Waits for what happens while a request may be on its way.
    async fn sent<T>(
        &self,
        alarm: Pin<&mut Alarm>,
        future: impl Future<Output = T> + Unpin,
    ) -> Result<T, Fault> {
        let output = within(alarm, future).await;
        output.ok_or_else(|| self.late(true))
    }

    async fn receive(
        &self,
        alarm: Pin<&mut Alarm>,
        request: &Prepared,
        want: Want,
        response: http::Response<ResponseBody>,
    ) -> Result<Received, Fault> {
        let (parts, mut body) = response.into_parts();
        let (status, version, headers) = (parts.status, parts.version, parts.headers);
        if stays_unread(request, want, status, &headers) {
            let body = AnswerBody::Live(body);
            return Ok(Received {
                status,
                version,
                headers,
                body,
            });
        }
        let read = body.read_until(request.options.longest_body, alarm);
        let Read { bytes, cut } = read.await;
        let (kind, limit, cause) = match cut {
            Some(Cut::Late) if status.is_success() => (self.kind, self.limit, None),
            Some(Cut::Broken(cause)) if status.is_success() => {
                (TransportKind::Interrupted, None, Some(cause))
            }
            // What has arrived of an error's body says more than that the rest is missing.
            cut => {
                let body = AnswerBody::Whole { bytes, cut };
                return Ok(Received {
                    status,
                    version,
                    headers,
                    body,
                });
            }
        };
        let partial = Some(Box::new(((status, version, headers), bytes)));
        Err(Fault {
            kind,
            sent: true,
            limit,
            cause,
            partial,
        })
    }
}

/// Whether an answer's body is left to the caller to read.
fn stays_unread(request: &Prepared, want: Want, status: StatusCode, headers: &HeaderMap) -> bool {
    match want {
        Want::Whole => false,
        Want::Head => status.is_success(),
        // An answer that is no stream is kept whole, to show what it is instead.
        Want::Events(format) => status.is_success() && is_stream(format, headers),
        // The retry policy has to see an error's body before it can let the error pass.
        Want::Raw => !request.options.retry.considers(status, headers),
    }
}

/// Streams that do not say what they are count as streams.
fn is_stream(format: Format, headers: &HeaderMap) -> bool {
    let media_type = headers.get(CONTENT_TYPE).map(|value| value.to_str());
    media_type.is_none_or(|said| said.is_ok_and(|said| format.is_said_by(said)))
}
