//! Bodies as the transport sees them: [`Body`] goes out, [`ResponseBody`] comes in.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::{Pin, pin};
use std::sync::{Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::{Bytes, BytesMut};
use counterpart_wire::{Binary, Chunks};
use futures_core::Stream;
use http_body::{Frame, SizeHint};

use crate::time::{Alarm, BREATH, breathe, rings};
use crate::transport::BoxError;

/// A request's body: bytes in memory, or pieces of which some are read while they are sent.
///
/// A clone begins anew. Where a piece was a reader or a stream, it can be read only once, and a clone that comes too
/// late fails when it is sent.
#[derive(Default)]
pub struct Body {
    /// The piece that is being read.
    current: Option<Mutex<Chunks>>,
    pieces: VecDeque<Binary>,
}

impl Body {
    /// One piece after the other.
    pub fn of_pieces(pieces: impl IntoIterator<Item = Binary>) -> Self {
        let is_empty = |piece: &Binary| piece.as_bytes().is_some_and(|bytes| bytes.is_empty());
        let pieces = pieces.into_iter().filter(|piece| !is_empty(piece));
        Self {
            current: None,
            pieces: pieces.collect(),
        }
    }

    /// The whole body, if it is one piece in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        static NOTHING: Bytes = Bytes::new();
        match (self.pieces.len(), self.pieces.front(), &self.current) {
            (0, _, None) => Some(&NOTHING),
            (1, Some(piece), None) => piece.as_bytes(),
            _ => None,
        }
    }

    /// The whole body, wherever it comes from.
    pub async fn bytes(self) -> Result<Bytes, BoxError> {
        if let Some(bytes) = self.as_bytes() {
            return Ok(bytes.clone());
        }
        let mut whole = BytesMut::new();
        let current = self.current.map(|current| current.into_inner());
        if let Some(current) = current {
            whole.extend_from_slice(
                &Binary::stream(current.unwrap_or_else(PoisonError::into_inner))
                    .bytes()
                    .await?,
            );
        }
        for piece in self.pieces {
            whole.extend_from_slice(&piece.bytes().await?);
        }
        Ok(whole.freeze())
    }

    /// Its length in bytes, if that is known before it is read.
    pub fn length(&self) -> Option<u64> {
        if self.current.is_some() {
            return None;
        }
        self.pieces.iter().map(Binary::length).sum()
    }

    /// Whether a part of it was a reader or a stream that has been read by now.
    pub(crate) fn is_spent(&self) -> bool {
        self.pieces.iter().any(Binary::is_spent)
    }
}

impl Clone for Body {
    fn clone(&self) -> Self {
        Self {
            current: None,
            pieces: self.pieces.clone(),
        }
    }
}

impl From<Bytes> for Body {
    fn from(bytes: Bytes) -> Self {
        Self::of_pieces([bytes.into()])
    }
}

impl From<Binary> for Body {
    fn from(piece: Binary) -> Self {
        Self::of_pieces([piece])
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.length() {
            Some(length) => write!(f, "Body({length} bytes)"),
            None => f.write_str("Body(..)"),
        }
    }
}

impl http_body::Body for Body {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        loop {
            if let Some(current) = &mut self.current {
                let chunks = current.get_mut().unwrap_or_else(PoisonError::into_inner);
                match ready!(Pin::new(chunks).poll_next(context)) {
                    Some(chunk) => return Poll::Ready(Some(chunk.map(Frame::data))),
                    None => self.current = None,
                }
            }
            let Some(piece) = self.pieces.pop_front() else {
                return Poll::Ready(None);
            };
            match piece.as_bytes() {
                Some(bytes) => return Poll::Ready(Some(Ok(Frame::data(bytes.clone())))),
                // The lock makes the body `Sync`; nobody ever waits for it.
                None => self.current = Some(Mutex::new(piece.chunks())),
            }
        }
    }

    fn is_end_stream(&self) -> bool {
        self.current.is_none() && self.pieces.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        self.length()
            .map_or_else(SizeHint::default, SizeHint::with_exact)
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
        match ready!(body.as_mut().poll_frame(context)) {
            None => Poll::Ready(None),
            Some(Err(error)) => Poll::Ready(Some(Err(error))),
            Some(Ok(frame)) => match frame.into_data() {
                Ok(data) => Poll::Ready(Some(Ok(data))),
                // Trailers say nothing that a caller could use.
                Err(_) => breathe(context),
            },
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
        for _ in 0..BREATH {
            match ready!(self.poll_chunk(context)) {
                None => return Poll::Ready(None),
                Some(Err(error)) => return Poll::Ready(Some(Cut::Broken(error))),
                Some(Ok(chunk)) if read.len() + chunk.len() > limit => {
                    let room = limit - read.len();
                    read.push(chunk.slice(..room));
                    return Poll::Ready(Some(Cut::TooLong));
                }
                Some(Ok(chunk)) => read.push(chunk),
            }
        }
        breathe(context)
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
