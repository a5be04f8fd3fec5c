//! Bodies as the transport sees them: [`Body`] goes out, [`ResponseBody`] comes in.

use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use http_body::{Frame, SizeHint};

use crate::time::{Alarm, rings};
use crate::transport::BoxError;

/// A request's body: bytes that are there from the start, so that a request can be sent again as it was.
#[derive(Clone, Default)]
pub struct Body(Bytes);

impl Body {
    /// The whole body.
    pub fn as_bytes(&self) -> &Bytes {
        &self.0
    }

    /// The whole body.
    pub fn into_bytes(self) -> Bytes {
        self.0
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self(bytes)
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Body({} bytes)", self.0.len())
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        if self.0.is_empty() {
            return Poll::Ready(None);
        }
        Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.0)))))
    }

    fn is_end_stream(&self) -> bool {
        self.0.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.0.len() as u64)
    }
}

/// A response's body, read as it arrives. Dropping it closes the connection, or frees it for other requests.
pub struct ResponseBody(Inner);

enum Inner {
    /// Bytes that were read before, and what stopped the reading.
    Whole(Bytes, Option<BoxError>),
    Live(Pin<Box<dyn Erased + Send>>),
}

/// A body whose errors are boxed, behind a pointer.
trait Erased {
    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>>;
    fn is_end_stream(&self) -> bool;
    fn size_hint(&self) -> SizeHint;
}

impl<B> Erased for B
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<BoxError>,
{
    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        http_body::Body::poll_frame(self, context).map_err(Into::into)
    }

    fn is_end_stream(&self) -> bool {
        http_body::Body::is_end_stream(self)
    }

    fn size_hint(&self) -> SizeHint {
        http_body::Body::size_hint(self)
    }
}

impl ResponseBody {
    /// Takes any body of bytes.
    pub fn new<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<BoxError>,
    {
        Self(Inner::Live(Box::pin(body)))
    }

    /// A body that was read, as far as nothing stopped that.
    pub(crate) fn read_before(bytes: Bytes, cut: Option<Cut>) -> Self {
        Self(Inner::Whole(bytes, cut.map(Cut::into_error)))
    }

    /// The next piece of the body; `None` at its end.
    pub async fn chunk(&mut self) -> Result<Option<Bytes>, BoxError> {
        poll_fn(|context| self.poll_chunk(context))
            .await
            .transpose()
    }

    /// The rest of the body, as long as it is at most `limit` bytes.
    pub async fn read(mut self, limit: usize) -> Result<Bytes, BoxError> {
        let Read { bytes, cut } = self.read_until(limit, pin!(None)).await;
        cut.map_or(Ok(bytes), |cut| Err(cut.into_error()))
    }

    pub(crate) fn poll_chunk(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, BoxError>>> {
        let body = match &mut self.0 {
            Inner::Whole(bytes, error) if bytes.is_empty() => {
                return Poll::Ready(error.take().map(Err));
            }
            Inner::Whole(bytes, _) => return Poll::Ready(Some(Ok(std::mem::take(bytes)))),
            Inner::Live(body) => body,
        };
        loop {
            return match ready!(body.as_mut().poll_frame(context)) {
                None => Poll::Ready(None),
                Some(Err(error)) => Poll::Ready(Some(Err(error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => Poll::Ready(Some(Ok(data))),
                    // Trailers say nothing that a caller could use.
                    Err(_) => continue,
                },
            };
        }
    }

    /// Reads to the end, or to what stops it; what has been read by then is kept.
    pub(crate) async fn read_until(&mut self, limit: usize, mut alarm: Pin<&mut Alarm>) -> Read {
        let mut read = Gathered::default();
        let cut = poll_fn(|context| match self.poll_rest(limit, &mut read, context) {
            Poll::Pending if rings(alarm.as_mut(), context) => Poll::Ready(Some(Cut::Late)),
            poll => poll,
        })
        .await;
        Read {
            bytes: read.finish(),
            cut,
        }
    }

    /// Reads on to the end, or to what stops it.
    fn poll_rest(
        &mut self,
        limit: usize,
        read: &mut Gathered,
        context: &mut Context<'_>,
    ) -> Poll<Option<Cut>> {
        while let Some(chunk) = ready!(self.poll_chunk(context)) {
            match chunk {
                Err(error) => return Poll::Ready(Some(Cut::Broken(error))),
                Ok(chunk) if read.len() + chunk.len() > limit => {
                    let room = limit - read.len();
                    read.push(chunk.slice(..room));
                    return Poll::Ready(Some(Cut::TooLong));
                }
                Ok(chunk) => read.push(chunk),
            }
        }
        Poll::Ready(None)
    }
}

impl From<Bytes> for ResponseBody {
    fn from(bytes: Bytes) -> Self {
        Self(Inner::Whole(bytes, None))
    }
}

impl fmt::Debug for ResponseBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ResponseBody(..)")
    }
}

impl http_body::Body for ResponseBody {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        match &mut self.0 {
            Inner::Whole(..) => self.poll_chunk(context).map_ok(Frame::data),
            Inner::Live(body) => body.as_mut().poll_frame(context),
        }
    }

    fn is_end_stream(&self) -> bool {
        match &self.0 {
            Inner::Whole(bytes, error) => bytes.is_empty() && error.is_none(),
            Inner::Live(body) => body.is_end_stream(),
        }
    }

    fn size_hint(&self) -> SizeHint {
        match &self.0 {
            Inner::Whole(bytes, None) => SizeHint::with_exact(bytes.len() as u64),
            Inner::Whole(..) => SizeHint::default(),
            Inner::Live(body) => body.size_hint(),
        }
    }
}

/// As much of a body as could be read.
pub(crate) struct Read {
    pub(crate) bytes: Bytes,
    pub(crate) cut: Option<Cut>,
}

/// Why the rest of a body was not read.
pub(crate) enum Cut {
    TooLong,
    Late,
    Broken(BoxError),
}

impl Cut {
    fn into_error(self) -> BoxError {
        match self {
            Self::TooLong => "the body is longer than may be read".into(),
            Self::Late => "the rest of the body did not come in time".into(),
            Self::Broken(error) => error,
        }
    }
}

/// Chunks put together; the first is not copied if it stays the only one.
#[derive(Default)]
struct Gathered {
    first: Bytes,
    rest: BytesMut,
}

impl Gathered {
    fn len(&self) -> usize {
        self.first.len() + self.rest.len()
    }

    fn push(&mut self, chunk: Bytes) {
        if self.len() == 0 {
            self.first = chunk;
            return;
        }
        if self.rest.is_empty() {
            self.rest
                .extend_from_slice(&std::mem::take(&mut self.first));
        }
        self.rest.extend_from_slice(&chunk);
    }

    fn finish(self) -> Bytes {
        if self.rest.is_empty() {
            self.first
        } else {
            self.rest.freeze()
        }
    }
}
