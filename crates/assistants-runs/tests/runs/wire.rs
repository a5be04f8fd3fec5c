//! A wire that fails as it is told: streams that are cut, answers that are lost.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use assistants_client::{Body, BoxError, NotSent, OperationId};
use assistants_server::Router;
use axum::body::{Body as Answer, Bytes};
use futures_util::stream::{self, StreamExt};
use http::{Request, Response};
use tokio::time::sleep;
use tower::{Service, ServiceExt};

/// What goes wrong, call by call.
#[derive(Debug, Clone, Default)]
pub(crate) struct Wire(Arc<Mutex<Vec<Planned>>>);

/// A fault that is to happen once.
#[derive(Debug)]
struct Planned {
    operation: &'static str,
    fault: Fault,
}

/// What goes wrong with one call.
#[derive(Debug, Clone)]
pub(crate) enum Fault {
    /// No connection comes about.
    NotSent,
    /// The request is lost on its way; nobody knows whether it arrived.
    LostRequest,
    /// The service acts, and its answer is lost.
    LostAnswer,
    /// The connection breaks, and the service acts half a second later.
    ActsLate,
    /// The service acts, and a gateway answers with this status.
    Instead(u16),
    /// The service does not act, and answers with this status.
    Refused(u16),
    /// A proxy answers with a page of its own, and no word of a failure.
    Page,
    /// The answer has this header as well.
    Header(&'static str, &'static str),
    /// So many events get through, and so many bytes of the next.
    Cut(usize, usize, Break),
    /// So many events get through, and then these bytes, and the rest.
    Insert(usize, &'static str),
    /// The service acts, and its answer takes this many seconds.
    Late(u64),
}

/// How a stream breaks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Break {
    /// The connection is closed.
    Closed,
    /// The connection is reset.
    Reset,
    /// Nothing comes any more.
    Silent,
}

impl Break {
    pub(crate) const ALL: [Self; 3] = [Self::Closed, Self::Reset, Self::Silent];
}

impl Wire {
    /// Lets the next call of an operation that is not to fail yet fail like this.
    pub(crate) fn fails(self, operation: &'static str, fault: Fault) -> Self {
        self.0.lock().unwrap().push(Planned { operation, fault });
        self
    }

    /// The wire with a service at its other end.
    pub(crate) fn over(self, app: Router) -> Line {
        Line { wire: self, app }
    }

    fn take(&self, operation: &str) -> Option<Fault> {
        let mut planned = self.0.lock().unwrap();
        let at = planned
            .iter()
            .position(|planned| planned.operation == operation)?;
        Some(planned.remove(at).fault)
    }
}

/// A wire with a service at its other end.
#[derive(Clone)]
pub(crate) struct Line {
    wire: Wire,
    app: Router,
}

impl Service<Request<Body>> for Line {
    type Response = Response<Answer>;
    type Error = BoxError;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, BoxError>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Self::Future {
        let operation = request.extensions().get::<OperationId>().unwrap().0;
        let fault = self.wire.take(operation);
        let app = self.app.clone();
        Box::pin(async move {
            match &fault {
                Some(Fault::NotSent) => return Err(NotSent::new("refused").into()),
                Some(Fault::LostRequest) => return Err("reset".into()),
                Some(Fault::ActsLate) => {
                    tokio::spawn(async move {
                        sleep(Duration::from_millis(500)).await;
                        app.oneshot(request).await
                    });
                    return Err("reset".into());
                }
                Some(Fault::Refused(status)) => return Ok(status_only(*status)),
                Some(Fault::Page) => return Ok(page()),
                _ => {}
            }
            let mut answer = app.oneshot(request).await?;
            Ok(match fault {
                Some(Fault::LostAnswer) => return Err("reset".into()),
                Some(Fault::Instead(status)) => status_only(status),
                Some(Fault::Late(seconds)) => {
                    sleep(Duration::from_secs(seconds)).await;
                    answer
                }
                Some(Fault::Header(name, value)) => {
                    answer.headers_mut().insert(name, value.parse()?);
                    answer
                }
                Some(Fault::Cut(events, bytes, how)) => cut(answer, events, bytes, how).await,
                Some(Fault::Insert(events, extra)) => insert(answer, events, extra).await,
                _ => answer,
            })
        })
    }
}

fn page() -> Response<Answer> {
    let mut page = status_only(200);
    let html = "text/html".parse().expect("a media type");
    page.headers_mut().insert("content-type", html);
    page
}

fn status_only(status: u16) -> Response<Answer> {
    let answer = Response::builder().status(status);
    answer.body(Answer::empty()).unwrap()
}

/// Where so many events end.
fn end_of(events: usize, bytes: &[u8]) -> usize {
    let mut ends = (1..bytes.len()).filter(|at| &bytes[at - 1..=*at] == b"\n\n");
    match events {
        0 => 0,
        events => ends.nth(events - 1).map_or(bytes.len(), |at| at + 1),
    }
}

async fn cut(answer: Response<Answer>, events: usize, more: usize, how: Break) -> Response<Answer> {
    let (head, body) = answer.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let end = (end_of(events, &bytes) + more).min(bytes.len());
    let kept = stream::iter([Ok::<_, BoxError>(bytes.slice(..end))]);
    let body = match how {
        Break::Closed => Answer::from_stream(kept),
        Break::Reset => Answer::from_stream(kept.chain(stream::iter([Err("reset".into())]))),
        Break::Silent => Answer::from_stream(kept.chain(stream::pending())),
    };
    Response::from_parts(head, body)
}

async fn insert(answer: Response<Answer>, events: usize, extra: &str) -> Response<Answer> {
    let (head, body) = answer.into_parts();
    let bytes = axum::body::to_bytes(body, usize::MAX).await.unwrap();
    let end = end_of(events, &bytes);
    let all = [&bytes[..end], extra.as_bytes(), &bytes[end..]].concat();
    Response::from_parts(head, Answer::from(Bytes::from(all)))
}
