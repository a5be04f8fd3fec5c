//! The future of a call that is on its way.

use std::fmt;
use std::future::{Future, ready};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use crate::draft::Prepared;
use crate::exchange::{Exchanged, Failure, Want, exchange};
use crate::transport::BoxFuture;
use crate::{Error, EventStream, RequestError, Response, ResponseBody};

/// A call on its way; dropping it takes it back as far as that is possible.
///
/// It is one type for all operations, so that what happens between sending and decoding is compiled once.
#[must_use = "nothing is sent until the call is awaited"]
pub struct Pending<O> {
    exchange: BoxFuture<'static, Exchanged>,
    finish: fn(Exchanged) -> O,
}

/// The future of a value.
pub type PendingValue<T, E> = Pending<Result<T, Error<E>>>;

/// The future of a value with status, headers and request id.
pub type PendingResponse<T, E> = Pending<Result<Response<T>, Error<E>>>;

/// The future of a stream of events.
pub type PendingEvents<V, E> = Pending<Result<EventStream<V, E>, Error<E>>>;

/// The future of an answer as it came.
pub type PendingRaw<E> = Pending<Result<http::Response<ResponseBody>, Error<E>>>;

impl<O> Pending<O> {
    pub(crate) fn new(
        request: Result<Prepared, RequestError>,
        want: Want,
        finish: fn(Exchanged) -> O,
    ) -> Self {
        let exchange: BoxFuture<'static, Exchanged> = match request {
            Ok(request) => exchange(request, want),
            Err(error) => Box::pin(ready(Err(Failure::Request(error)))),
        };
        Self { exchange, finish }
    }
}

impl<O> Future for Pending<O> {
    type Output = O;

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<O> {
        let exchanged = ready!(self.exchange.as_mut().poll(context));
        Poll::Ready((self.finish)(exchanged))
    }
}

impl<O> fmt::Debug for Pending<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pending(..)")
    }
}
