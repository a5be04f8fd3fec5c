//! Waiting for a long-running object: asking for it again and again until its state is final.
//!
//! ```no_run
//! use std::time::Duration;
//! use counterpart_client::{Error, Polled};
//!
//! # async fn example<C>(call: C) -> Result<(), Error<C::Failure>>
//! # where C: Polled, C::Output: std::fmt::Debug {
//! let done = counterpart_client::Poll::new(call)
//!     .interval(Duration::from_millis(200))
//!     .deadline(Duration::from_secs(60))
//!     .on_progress(|object| println!("{object:?}"))
//!     .await?;
//! # drop(done);
//! # Ok(())
//! # }
//! ```

use std::fmt;
use std::future::IntoFuture;
use std::pin::{Pin, pin};
use std::time::Duration;

use http::HeaderMap;

use crate::error::Unfinished;
use crate::time::{Alarm, Instant, alarm, end, sleep, within};
use crate::transport::BoxFuture;
use crate::{Error, Extras, Http, Operation, Options, Response};

/// The wait between two looks where neither the caller nor the service says otherwise.
const INTERVAL: Duration = Duration::from_secs(1);

/// A call that is answered with an object on which the service goes on working.
pub trait Polled: Operation<Output: Send + Sync, Failure: Send> {
    /// The call that fetches the object again.
    type Fetch: Operation<Output = Self::Output, Failure = Self::Failure>;

    /// The states in which waiting ends.
    const FINAL: &'static [&'static str];

    /// The header of an answer in which the service proposes a wait, in milliseconds.
    const INTERVAL_HEADER: Option<&'static str> = None;

    /// The object's state, as it stands on the wire.
    fn state(object: &Self::Output) -> &str;

    /// The call that fetches this object again.
    fn fetch(http: Http, object: &Self::Output) -> Self::Fetch;
}

/// A call whose object is waited for: sent by `.await`, which gives the object in its final state.
///
/// The object is fetched with the options of the call, and with the headers and query parameters that were added to it. Dropping the future ends the waiting; the service goes on with
/// its work.
#[must_use = "nothing is sent until the call is awaited"]
pub struct Poll<C: Polled> {
    call: C,
    interval: Option<Duration>,
    deadline: Option<Duration>,
    progress: Progress<C::Output>,
}

type Progress<T> = Box<dyn FnMut(&T) + Send>;

impl<C: Polled> Poll<C> {
    /// Waits for what this call is answered with.
    pub fn new(call: C) -> Self {
        Self {
            call,
            interval: None,
            deadline: None,
            progress: Box::new(|_| {}),
        }
    }

    /// The wait between two looks. Unless told, it is the one that the last answer proposes, or else a second.
    pub fn interval(mut self, interval: Duration) -> Self {
        self.interval = Some(interval);
        self
    }

    /// The time after which waiting ends with [`Error::Unfinished`], the call itself included; no limit unless told.
    pub fn deadline(mut self, limit: Duration) -> Self {
        self.deadline = Some(limit);
        self
    }

    /// Shows the object to a function each time that it has come, the first and the last time included.
    pub fn on_progress(mut self, show: impl FnMut(&C::Output) + Send + 'static) -> Self {
        self.progress = Box::new(show);
        self
    }
}

impl<C: Polled> IntoFuture for Poll<C> {
    type Output = Result<C::Output, Error<C::Failure>>;
    type IntoFuture = Pin<Box<dyn Future<Output = Self::Output> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        let waiting: BoxFuture<'static, _> = Box::pin(self.run());
        waiting
    }
}

impl<C: Polled> Poll<C> {
    async fn run(mut self) -> Result<C::Output, Error<C::Failure>> {
        let started = Instant::now();
        let mut alarm = pin!(alarm(end(self.deadline)));
        let like = Like::new(&self.call);
        let operation = self.call.id();
        let mut looks = 0;
        let mut last = None;
        let mut answer = within(alarm.as_mut(), self.call.respond()).await;
        while let Some(response) = answer {
            let response = response?;
            looks += 1;
            (self.progress)(&response.value);
            if C::FINAL.contains(&C::state(&response.value)) {
                return Ok(response.into_inner());
            }
            let wait = self.interval.or_else(|| proposed::<C>(response.headers()));
            let fetch = like.dress(C::fetch(like.http.clone(), &response.value));
            last = Some(response.into_inner());
            answer = look::<C>(alarm.as_mut(), wait.unwrap_or(INTERVAL), fetch).await;
        }
        let state = last.as_ref().map(|last| C::state(last).to_owned());
        Err(Error::Unfinished(Box::new(Unfinished {
            operation,
            state,
            waited: started.elapsed(),
            looks,
            last: last.map(|last| Box::new(last) as _),
        })))
    }
}

/// What fetches have in common with the call that they follow.
struct Like {
    http: Http,
    options: Options,
    extras: Extras,
}

impl Like {
    fn new(call: &impl Operation) -> Self {
        Self {
            http: call.http().clone(),
            options: call.current_options(),
            extras: call.extras().clone(),
        }
    }

    fn dress<F: Operation>(&self, fetch: F) -> F {
        // Whether it does harm to act twice is a matter of each operation.
        let idempotent = fetch.current_options().idempotent;
        let options = Options {
            idempotent,
            ..self.options
        };
        fetch.with_options(options).with_extras(self.extras.clone())
    }
}

type Answer<C> = Result<Response<<C as Operation>::Output>, Error<<C as Operation>::Failure>>;

/// The next answer; `None` if it is not there in time.
async fn look<C: Polled>(
    mut alarm: Pin<&mut Alarm>,
    wait: Duration,
    fetch: C::Fetch,
) -> Option<Answer<C>> {
    within(alarm.as_mut(), pin!(sleep(wait))).await?;
    within(alarm, fetch.respond()).await
}

/// The wait that an answer proposes. One of nothing would be a flood.
fn proposed<C: Polled>(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(C::INTERVAL_HEADER?)?.to_str().ok()?;
    let milliseconds: f64 = text.trim().parse().ok()?;
    let wait = Duration::try_from_secs_f64(milliseconds / 1000.0).ok()?;
    (!wait.is_zero()).then_some(wait)
}

impl<C: Polled> fmt::Debug for Poll<C> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Poll")
            .field("interval", &self.interval)
            .field("deadline", &self.deadline)
            .finish_non_exhaustive()
    }
}
