//! Reading: bytes as they come, from wherever they come.

use std::fmt;
use std::future::poll_fn;
use std::io;
use std::path::Path;
use std::pin::Pin;
use std::sync::{Arc, PoisonError};
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;
use tokio::io::{AsyncRead, ReadBuf};

use super::BoxError;
use super::source::{Live, Source};

#[cfg(not(target_family = "wasm"))]
use tokio::fs::File;

/// What stands for a file where there are none.
#[cfg(target_family = "wasm")]
type File = &'static [u8];

/// What is read from a file or a reader at a time.
const PIECE: usize = 32 * 1024;

/// Bytes as they come.
pub struct Chunks(State);

enum State {
    Ready(Option<Bytes>),
    Opening(
        Pin<Box<dyn Future<Output = io::Result<File>> + Send>>,
        Arc<Path>,
    ),
    Live(Live),
    Spent,
    Ended,
}

impl Chunks {
    pub(super) fn new(source: Source) -> Self {
        Self(match source {
            Source::Bytes(bytes) => State::Ready(Some(bytes).filter(|bytes| !bytes.is_empty())),
            Source::Path(path) => State::Opening(Box::pin(open(Arc::clone(&path))), path),
            Source::Once(live) => {
                let mut live = live.lock().unwrap_or_else(PoisonError::into_inner);
                live.take().map_or(State::Spent, State::Live)
            }
        })
    }

    /// The next bytes; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, BoxError>> {
        poll_fn(|context| self.poll(context)).await
    }

    fn poll(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, BoxError>>> {
        loop {
            let next = match &mut self.0 {
                State::Ready(bytes) => return Poll::Ready(bytes.take().map(Ok)),
                State::Opening(file, path) => match ready!(file.as_mut().poll(context)) {
                    Ok(file) => State::Live(Box::pin(ReaderChunks::new(file))),
                    Err(error) => {
                        let error = format!("`{}`: {error}", path.display());
                        self.0 = State::Ended;
                        return Poll::Ready(Some(Err(error.into())));
                    }
                },
                State::Live(live) => match ready!(live.as_mut().poll_next(context)) {
                    // An empty piece is no end.
                    Some(Ok(bytes)) if bytes.is_empty() => continue,
                    Some(Ok(bytes)) => return Poll::Ready(Some(Ok(bytes))),
                    Some(Err(error)) => {
                        self.0 = State::Ended;
                        return Poll::Ready(Some(Err(error)));
                    }
                    None => State::Ended,
                },
                State::Spent => {
                    self.0 = State::Ended;
                    return Poll::Ready(Some(Err(
                        "it was read before, and can be read only once".into()
                    )));
                }
                State::Ended => return Poll::Ready(None),
            };
            self.0 = next;
        }
    }
}

#[cfg(not(target_family = "wasm"))]
async fn open(path: Arc<Path>) -> io::Result<File> {
    File::open(path).await
}

#[cfg(target_family = "wasm")]
async fn open(_: Arc<Path>) -> io::Result<File> {
    Err(io::ErrorKind::Unsupported.into())
}

impl Stream for Chunks {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.poll(context)
    }
}

impl fmt::Debug for Chunks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Chunks(..)")
    }
}

/// The bytes of a reader.
pub(super) struct ReaderChunks<R> {
    reader: Pin<Box<R>>,
    piece: Box<[u8]>,
}

impl<R> ReaderChunks<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader: Box::pin(reader),
            piece: vec![0; PIECE].into_boxed_slice(),
        }
    }
}

impl<R: AsyncRead> Stream for ReaderChunks<R> {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = &mut *self;
        let mut piece = ReadBuf::new(&mut this.piece);
        ready!(this.reader.as_mut().poll_read(context, &mut piece))?;
        let read = piece.filled();
        Poll::Ready((!read.is_empty()).then(|| Ok(Bytes::copy_from_slice(read))))
    }
}

/// A stream of other bytes and errors.
pub(super) struct Mapped<S>(Pin<Box<S>>);

impl<S> Mapped<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Box::pin(stream))
    }
}

impl<S, B, E> Stream for Mapped<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = ready!(self.0.as_mut().poll_next(context));
        Poll::Ready(next.map(|next| next.map(Into::into).map_err(Into::into)))
    }
}
