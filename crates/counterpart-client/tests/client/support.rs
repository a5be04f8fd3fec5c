//! A service that answers as it is told, and remembers what it was asked.

use std::pin::Pin;
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};

use bytes::Bytes;
use counterpart_client::{Body, BoxError, Builder, Call, Config, Http, NoBody, ResponseBody};
use http::{HeaderMap, Method, Request, Response};
use serde_json::Value;
use tower::Service;

/// A request as the service got it.
#[derive(Debug, Clone)]
pub(crate) struct Seen {
    pub(crate) method: Method,
    pub(crate) url: String,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Seen {
    /// A header's text, or nothing.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }
}

pub(crate) type Reply = Result<Response<ResponseBody>, BoxError>;

type Answering = Pin<Box<dyn Future<Output = Reply> + Send>>;

/// The service. Clones share what they remember.
#[derive(Clone)]
pub(crate) struct Server {
    seen: Arc<Mutex<Vec<Seen>>>,
    answer: Arc<dyn Fn(usize) -> Answering + Send + Sync>,
}

impl Server {
    /// Answers with what the function makes of the number of requests before.
    pub(crate) fn new(answer: impl Fn(usize) -> Reply + Send + Sync + 'static) -> Self {
        let answer = Arc::new(answer);
        Self::later(move |count| {
            let answer = Arc::clone(&answer);
            async move { answer(count) }
        })
    }

    /// Answers when the function's future is done.
    pub(crate) fn later<F>(answer: impl Fn(usize) -> F + Send + Sync + 'static) -> Self
    where
        F: Future<Output = Reply> + Send + 'static,
    {
        let answer = Arc::new(move |count| Box::pin(answer(count)) as Answering);
        Self {
            seen: Arc::default(),
            answer,
        }
    }

    /// Answers with these, one after the other, and with the last for good.
    pub(crate) fn replies<const N: usize>(replies: [fn() -> Reply; N]) -> Self {
        Self::new(move |count| replies[count.min(N - 1)]())
    }

    /// Answers each request with this JSON.
    pub(crate) fn json(body: &'static str) -> Self {
        Self::new(move |_| reply(200, body))
    }

    /// The requests that there were.
    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The only request that there was.
    pub(crate) fn only(&self) -> Seen {
        let seen = self.seen();
        assert_eq!(seen.len(), 1, "{seen:?}");
        seen[0].clone()
    }

    pub(crate) fn builder(&self) -> Builder {
        Builder::new(Config::new("https://api.example.com/v1")).service(self.clone())
    }

    pub(crate) fn http(&self) -> Http {
        self.builder().build().unwrap()
    }

    /// A call by `GET` to a client of this service.
    pub(crate) fn get(&self, path: &'static str) -> Call<NoBody, Value, Value> {
        self.http().get("getThing", path)
    }

    /// A call by `POST` to a client of this service.
    pub(crate) fn post(&self, path: &'static str) -> Call<NoBody, Value, Value> {
        self.http().post("createThing", path)
    }
}

impl Service<Request<Body>> for Server {
    type Response = Response<ResponseBody>;
    type Error = BoxError;
    type Future = Answering;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request<Body>) -> Answering {
        let (parts, body) = request.into_parts();
        let mut seen = self.seen.lock().unwrap();
        let count = seen.len();
        seen.push(Seen {
            method: parts.method,
            url: parts.uri.to_string(),
            headers: parts.headers,
            body: String::from_utf8(body.as_bytes().expect("it is in memory").to_vec()).unwrap(),
        });
        drop(seen);
        (self.answer)(count)
    }
}

/// An answer of JSON.
pub(crate) fn reply(status: u16, body: impl Into<Bytes>) -> Reply {
    reply_with(status, &[("content-type", "application/json")], body)
}

/// An answer with these headers.
pub(crate) fn reply_with(status: u16, headers: &[(&str, &str)], body: impl Into<Bytes>) -> Reply {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    Ok(response.body(ResponseBody::from(body.into())).unwrap())
}

/// An answer whose body comes in these pieces.
pub(crate) fn pieces<I>(status: u16, media_type: &str, pieces: I) -> Reply
where
    I: IntoIterator<Item = Result<Bytes, BoxError>>,
    I::IntoIter: Send + 'static,
{
    let frames = pieces
        .into_iter()
        .map(|piece| piece.map(http_body::Frame::data));
    let body = http_body_util::StreamBody::new(futures_util::stream::iter(frames));
    let response = Response::builder()
        .status(status)
        .header("content-type", media_type);
    Ok(response.body(ResponseBody::new(body)).unwrap())
}
