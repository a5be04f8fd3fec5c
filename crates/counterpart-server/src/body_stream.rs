//! A body that is read while the method runs, within the limits of all bodies.
//!
//! A body that breaks them fails, and what it broke is kept: a method that fails over it is answered for with that.

use std::pin::Pin;
use std::sync::{Arc, OnceLock};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::Body;
use bytes::Bytes;
use futures_core::Stream;
use http_body::Body as _;
use tokio::runtime::Handle;
use tokio::time::{Sleep, sleep};

use crate::body::broken;
use crate::rejection::Rejection;

/// What a body broke, once it has.
pub(crate) type Broken = Arc<OnceLock<Rejection>>;

/// The body.
pub(crate) struct BodyStream {
    body: Body,
    limit: usize,
    left: usize,
    patience: Option<Duration>,
    /// Runs while nothing comes.
    sleep: Option<Pin<Box<Sleep>>>,
    broken: Broken,
}

impl BodyStream {
    pub(crate) fn new(
        body: Body,
        limit: usize,
        patience: Option<Duration>,
        broken: Broken,
    ) -> Self {
        Self {
            body,
            limit,
            left: limit,
            patience,
            sleep: None,
            broken,
        }
    }

    /// What comes, or what is wrong with it; neither for what is no data.
    fn poll_data(&mut self, task: &mut Context<'_>) -> Poll<Option<Result<Bytes, Rejection>>> {
        loop {
            let Some(frame) = std::task::ready!(Pin::new(&mut self.body).poll_frame(task)) else {
                return Poll::Ready(None);
            };
            let data = match frame.map(|frame| frame.into_data()) {
                Ok(Ok(data)) => data,
                Ok(Err(_)) => continue,
                Err(error) => return Poll::Ready(Some(Err(broken(&error, self.limit)))),
            };
            return Poll::Ready(Some(match self.left.checked_sub(data.len()) {
                Some(left) => {
                    self.left = left;
                    Ok(data)
                }
                None => Err(Rejection::BodyTooLarge { limit: self.limit }),
            }));
        }
    }

    /// Whether nothing has come for too long.
    fn is_too_slow(&mut self, task: &mut Context<'_>) -> Option<Rejection> {
        // Outside of a tokio runtime there is no timer.
        let patience = self.patience.filter(|_| Handle::try_current().is_ok())?;
        let sleep = self.sleep.get_or_insert_with(|| Box::pin(sleep(patience)));
        let is_over = sleep.as_mut().poll(task).is_ready();
        is_over.then_some(Rejection::BodyTimeout { patience })
    }
}

impl Stream for BodyStream {
    type Item = Result<Bytes, Rejection>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        task: &mut Context<'_>,
    ) -> Poll<Option<Result<Bytes, Rejection>>> {
        if self.broken.get().is_some() {
            return Poll::Ready(None);
        }
        let refused = match self.poll_data(task) {
            Poll::Ready(Some(Err(rejection))) => rejection,
            Poll::Ready(data) => {
                self.sleep = None;
                return Poll::Ready(data);
            }
            Poll::Pending => match self.is_too_slow(task) {
                Some(rejection) => rejection,
                None => return Poll::Pending,
            },
        };
        let rejection = self.broken.get_or_init(|| refused).clone();
        self.body = Body::empty();
        Poll::Ready(Some(Err(rejection)))
    }
}
