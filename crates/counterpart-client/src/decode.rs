//! From an answer to what the caller gets: a value, the raw response, or an error.

use bytes::Bytes;
use counterpart_wire::{Binary, Drift, Mode, json};
use serde::de::DeserializeOwned;

use crate::body::{Cut, ResponseBody};
use crate::download::Limited;
use crate::exchange::{Answer, AnswerBody, Exchanged};
use crate::meta::Meta;
use crate::payload::Received;
use crate::{ApiError, DecodeFailure, Error, Http, Misfit, Options, Payload, Response, Trail};

/// The value with what came along.
pub(crate) fn response<T: Payload, E: DeserializeOwned>(
    exchanged: Exchanged,
) -> Result<Response<T>, Error<E>> {
    let mut whole = Whole::new(exchanged?);
    if !whole.meta.status.is_success() {
        return Err(api_error(whole.meta, whole.bytes, whole.is_cut));
    }
    let mut drift = Vec::new();
    match whole.received(&mut drift).and_then(T::decode) {
        Ok(value) => Ok(whole.response(value, drift)),
        Err(misfit) => Err(whole.misfit(misfit)),
    }
}

/// The value alone.
pub(crate) fn value<T: Payload, E: DeserializeOwned>(exchanged: Exchanged) -> Result<T, Error<E>> {
    response(exchanged).map(Response::into_inner)
}

/// The answer as it came, whatever its status. How it was come by is among its extensions.
pub(crate) fn raw<E>(exchanged: Exchanged) -> Result<http::Response<ResponseBody>, Error<E>> {
    let answer = exchanged?;
    let (options, deadline) = (answer.options, answer.deadline);
    let mut response = http::Response::new(match answer.body {
        AnswerBody::Whole { bytes, cut } => ResponseBody::read_before(bytes, cut),
        AnswerBody::Live(body) => ResponseBody::new(Limited::new(body, &options, deadline)),
    });
    let meta = answer.meta;
    response.extensions_mut().insert(Trail::of(&meta));
    *response.status_mut() = meta.status;
    *response.version_mut() = meta.version;
    *response.headers_mut() = meta.headers;
    Ok(response)
}

/// The service's error, with its body as the document declares it if it is that.
pub(crate) fn api_error<E: DeserializeOwned>(meta: Meta, raw: Bytes, is_cut: bool) -> Error<E> {
    let body = json::decode(&raw, Mode::Lenient).ok();
    Error::Api(Box::new(ApiError {
        meta,
        body,
        raw,
        is_cut,
    }))
}

/// An answer whose body has been read.
struct Whole {
    http: Http,
    meta: Meta,
    bytes: Bytes,
    /// What is still to be read, where nobody reads it for the caller.
    live: Option<Binary>,
    options: Options,
    too_long: bool,
    /// Whether this is not all of the body.
    is_cut: bool,
}

impl Whole {
    fn new(answer: Answer) -> Self {
        let (options, deadline) = (answer.options, answer.deadline);
        let is_cut = matches!(&answer.body, AnswerBody::Whole { cut: Some(_), .. });
        let (bytes, live, too_long) = match answer.body {
            AnswerBody::Whole { bytes, cut } => (bytes, None, matches!(cut, Some(Cut::TooLong))),
            AnswerBody::Live(body) => {
                let live = Binary::stream(Limited::new(body, &options, deadline));
                (Bytes::new(), Some(live), false)
            }
        };
        let (http, meta) = (answer.http, answer.meta);
        Self {
            http,
            meta,
            bytes,
            live,
            options,
            too_long,
            is_cut,
        }
    }

    fn received<'a>(&'a mut self, drift: &'a mut Vec<Drift>) -> Result<Received<'a>, Misfit> {
        if self.too_long {
            let limit = self.options.longest_body;
            return Err(Misfit::TooLong { limit });
        }
        Ok(Received::new(
            self.live.take(),
            &self.bytes,
            &self.meta,
            self.options.mode,
            drift,
        ))
    }

    fn response<T>(self, value: T, drift: Vec<Drift>) -> Response<T> {
        self.http.report(self.meta.operation, &drift);
        Response {
            value,
            meta: self.meta,
            drift,
        }
    }

    fn misfit<E>(self, misfit: Misfit) -> Error<E> {
        let (meta, body) = (self.meta, self.bytes);
        Error::Decode(Box::new(DecodeFailure { meta, body, misfit }))
    }
}
