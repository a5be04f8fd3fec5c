//! Calls without `async`: any call, page or stream, waited for on the calling thread.
//!
//! ```no_run
//! use counterpart_client::blocking::{Blocking, BlockingIter};
//! # use counterpart_client::{Error, Http, wire::{RawEvent, Value}};
//!
//! # fn example(http: Http) -> Result<(), Error<Value>> {
//! let thread: Value = http.get("getThread", "/threads/thread_1").blocking()?;
//!
//! let run = http.post::<Value, Value>("createRun", "/threads/thread_1/runs");
//! for event in run.stream::<RawEvent>().blocking()?.blocking_iter() {
//!     println!("{}", event?.name());
//! }
//! # drop(thread);
//! # Ok(())
//! # }
//! ```
//!
//! There is no second client: whatever can be awaited can be waited for. Connections live on a thread of their own,
//! which is started by the first call and shared by all. It works inside an asynchronous runtime as well, but keeps
//! that runtime's thread waiting.

use std::future::{IntoFuture, poll_fn};
use std::panic::resume_unwind;
use std::pin::Pin;
use std::sync::OnceLock;
use std::thread;

use futures_core::Stream;
use tokio::runtime::{Builder, Handle, Runtime};

/// Waiting for a call, or for anything else that can be awaited.
pub trait Blocking: IntoFuture {
    /// Sends the call and waits for what comes of it, as `.await` does.
    fn blocking(self) -> Self::Output;
}

impl<F> Blocking for F
where
    F: IntoFuture + Send,
    F::IntoFuture: Send,
    F::Output: Send,
{
    fn blocking(self) -> F::Output {
        let future = self.into_future();
        if Handle::try_current().is_err() {
            return runtime().block_on(future);
        }
        // A runtime's own thread may not wait for another runtime.
        thread::scope(|scope| {
            let waiting = scope.spawn(|| runtime().block_on(future));
            waiting.join().unwrap_or_else(|panic| resume_unwind(panic))
        })
    }
}

/// Going through a stream, such as one of events or of a list's items.
pub trait BlockingIter: Stream + Sized {
    /// An iterator that waits for each item.
    fn blocking_iter(self) -> Iter<Self>;
}

impl<S> BlockingIter for S
where
    S: Stream + Send + Unpin,
    S::Item: Send,
{
    fn blocking_iter(self) -> Iter<S> {
        Iter(self)
    }
}

/// A stream as an iterator. Dropping it drops the stream.
#[derive(Debug)]
pub struct Iter<S>(S);

impl<S> Iter<S> {
    /// The stream, with what has not been taken from it.
    pub fn into_inner(self) -> S {
        self.0
    }
}

impl<S> Iterator for Iter<S>
where
    S: Stream + Send + Unpin,
    S::Item: Send,
{
    type Item = S::Item;

    fn next(&mut self) -> Option<S::Item> {
        poll_fn(|context| Pin::new(&mut self.0).poll_next(context)).blocking()
    }
}

/// The runtime of all waiting calls.
fn runtime() -> &'static Runtime {
    static RUNTIME: OnceLock<Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        let runtime = Builder::new_multi_thread()
            .worker_threads(1)
            .thread_name("counterpart-blocking")
            .enable_all()
            .build();
        runtime.expect("a thread can be started")
    })
}
