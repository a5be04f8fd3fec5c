//! A connection that is given up when it has been waited for too long.
//!
//! hyper answers a caller who has closed one half of it, and does not look whether that is so while it answers. But a
//! stream of events would go on for who has left, until an event cannot be written: who listens to one keeps the
//! connection open, and closing it is how one leaves. So this looks, and what else it finds there it keeps for later.
//!
//! And where a request was refused before all of it was there, its caller may still be sending. A connection that is
//! closed with bytes unread takes the answer back that is on its way, so what comes is read for a while, and forgotten.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

use super::Limits;
use super::clock::Clock;
use super::exchange::{Exchange, Phase};

/// How long a caller who was refused may go on sending.
const FAREWELL: Duration = Duration::from_secs(2);

/// The connection.
pub(super) struct Watched<I> {
    io: I,
    exchange: Arc<Exchange>,
    limits: Limits,
    reading: Clock,
    writing: Clock,
    /// How many requests there were, as far as it was noticed here.
    requests: usize,
    /// Whether some of the next one's headers are there.
    has_begun: bool,
    /// What was read before it was asked for.
    early: Vec<u8>,
    /// Whether the caller takes no more for now.
    is_blocked: bool,
    /// Whether nothing will be written any more.
    is_shut: bool,
}

impl<I> Watched<I> {
    pub(super) fn new(io: I, exchange: Arc<Exchange>, limits: Limits) -> Self {
        Self {
            io,
            exchange,
            limits,
            reading: Clock::default(),
            writing: Clock::default(),
            requests: 0,
            has_begun: false,
            early: Vec::new(),
            is_blocked: false,
            is_shut: false,
        }
    }

    /// Stops the clock for a request that has come by now.
    fn notice_request(&mut self) {
        let requests = self.exchange.requests();
        if self.requests != requests {
            self.requests = requests;
            self.has_begun = false;
            self.reading.stop();
        }
    }

    /// While no request is under way: the clock for the next one runs.
    fn next_request(&mut self, task: &mut Context<'_>, read: Poll<()>) -> Poll<Result<()>> {
        if read.is_ready() {
            if !self.has_begun {
                self.has_begun = true;
                self.reading.start(self.limits.header);
            }
            return Poll::Ready(Ok(()));
        }
        if !self.has_begun && !self.reading.is_running() {
            self.reading.start(self.limits.idle);
        }
        while self.reading.is_over(task) {
            if !self.is_blocked {
                return Poll::Ready(Err(too_long("no request came")));
            }
            // The end of the last answer is still on its way.
            self.reading.start(self.limits.idle);
        }
        Poll::Pending
    }

    /// What was written, unless nothing could be for too long.
    fn written<T>(&mut self, task: &mut Context<'_>, written: Poll<Result<T>>) -> Poll<Result<T>> {
        if written.is_ready() {
            self.is_blocked = false;
            return written;
        }
        if !self.is_blocked {
            self.is_blocked = true;
            self.writing.start(self.limits.write);
        }
        if self.writing.is_over(task) {
            return Poll::Ready(Err(too_long("the answer was not read")));
        }
        Poll::Pending
    }
}

impl<I: AsyncRead + Unpin> Watched<I> {
    /// Reads what the caller still sends, but not for long.
    fn forget_rest(&mut self, task: &mut Context<'_>) -> Poll<()> {
        let mut bytes = [0; 4096];
        while !self.reading.is_over(task) {
            let mut buffer = ReadBuf::new(&mut bytes);
            let read = ready!(Pin::new(&mut self.io).poll_read(task, &mut buffer));
            if read.is_err() || buffer.filled().is_empty() {
                break;
            }
        }
        Poll::Ready(())
    }

    /// Gives what was read early, if there is any.
    fn take_early(&mut self, buffer: &mut ReadBuf<'_>) -> bool {
        let length = self.early.len().min(buffer.remaining());
        buffer.put_slice(&self.early[..length]);
        self.early.drain(..length);
        length > 0
    }

    /// Fails if the one who listens to events has left.
    fn still_listens(&mut self, task: &mut Context<'_>) -> Result<()> {
        if self.exchange.phase() != Phase::Streaming || !self.early.is_empty() {
            return Ok(());
        }
        let mut bytes = [0; 256];
        let mut buffer = ReadBuf::new(&mut bytes);
        if Pin::new(&mut self.io)
            .poll_read(task, &mut buffer)?
            .is_ready()
        {
            if buffer.filled().is_empty() {
                return Err(Error::new(ErrorKind::BrokenPipe, "the caller has left"));
            }
            self.early.extend_from_slice(buffer.filled());
        }
        Ok(())
    }
}

impl<I: AsyncRead + Unpin> AsyncRead for Watched<I> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        let read = match self.take_early(buffer) {
            true => Poll::Ready(()),
            false => Pin::new(&mut self.io).poll_read(task, buffer)?,
        };
        if read.is_pending() {
            self.exchange.wake_later(task);
        }
        self.notice_request();
        match self.exchange.phase() {
            Phase::Waiting => self.next_request(task, read),
            Phase::Answering | Phase::Streaming => read.map(Ok),
        }
    }
}

impl<I: AsyncRead + AsyncWrite + Unpin> AsyncWrite for Watched<I> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write(task, bytes);
        self.written(task, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.io).poll_write_vectored(task, slices);
        self.written(task, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.io.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Result<()>> {
        self.still_listens(task)?;
        let flushed = Pin::new(&mut self.io).poll_flush(task);
        self.written(task, flushed)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, task: &mut Context<'_>) -> Poll<Result<()>> {
        self.notice_request();
        if !self.is_shut {
            let shut = Pin::new(&mut self.io).poll_shutdown(task);
            ready!(self.written(task, shut))?;
            self.is_shut = true;
            self.reading.start(Some(FAREWELL));
        }
        if self.has_begun || self.exchange.has_leftover() {
            return self.forget_rest(task).map(Ok);
        }
        Poll::Ready(Ok(()))
    }
}

fn too_long(what: &'static str) -> Error {
    Error::new(ErrorKind::TimedOut, what)
}
