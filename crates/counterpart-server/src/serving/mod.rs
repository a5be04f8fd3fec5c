//! A router over a listener: HTTP/1.1 that waits for nobody for good.
//!
//! `axum::serve` does as well, where a proxy keeps an eye on the callers, or where connections become others, such as
//! WebSockets, which they do not here. This one gives up who sends no request, half of one, or does not read the answer;
//! and it answers who has said all there is to say and has closed that half of the connection. A method that is at work
//! for a caller like that goes on, whoever has really left.
//!
//! ```
//! use std::time::Duration;
//! use counterpart_server::{Router, Shutdown, serve};
//! # async fn interrupted() {}
//!
//! # async fn run(listener: tokio::net::TcpListener, app: Router, shutdown: Shutdown) {
//! serve(listener, app)
//!     .header_timeout(Duration::from_secs(10))
//!     .until(async move {
//!         interrupted().await;
//!         shutdown.begin();
//!     })
//!     .await;
//! # }
//! ```

mod clock;
mod exchange;
mod watched;

use std::convert::Infallible;
use std::fmt;
use std::future::pending;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::serve::Listener;
use futures_util::future::{Either, select};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::sync::watch;
use tower::Service;

use exchange::Exchange;
use watched::Watched;

/// Serves an app to whoever comes to a listener, until [told](Serve::until) otherwise.
pub fn serve<L: Listener>(listener: L, app: Router) -> Serve<L> {
    Serve {
        listener,
        app,
        limits: Limits::default(),
        end: Box::pin(pending()),
    }
}

/// A server that is about to be started, by awaiting it.
#[must_use = "a server does nothing until it is awaited"]
pub struct Serve<L> {
    listener: L,
    app: Router,
    limits: Limits,
    end: Pin<Box<dyn Future<Output = ()> + Send>>,
}

/// How long a connection is waited for.
#[derive(Debug, Clone, Copy)]
struct Limits {
    header: Option<Duration>,
    idle: Option<Duration>,
    write: Option<Duration>,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            header: Some(Duration::from_secs(30)),
            idle: Some(Duration::from_secs(75)),
            write: Some(Duration::from_secs(60)),
        }
    }
}

impl<L: Listener> Serve<L> {
    /// How long all headers of a request may take from its first byte on, 30 seconds if not set, for good if zero. The
    /// connection is closed then. How long a body may take is the routes' to say:
    /// [`body_timeout`](crate::Routes::body_timeout).
    pub fn header_timeout(mut self, patience: Duration) -> Self {
        self.limits.header = unless_zero(patience);
        self
    }

    /// How long a connection without a request is kept, before the first one and after each, 75 seconds if not set,
    /// for good if zero.
    pub fn idle_timeout(mut self, patience: Duration) -> Self {
        self.limits.idle = unless_zero(patience);
        self
    }

    /// How long it is waited for a caller to take more of an answer, 60 seconds if not set, for good if zero. The
    /// connection is closed then, and what makes the answer is dropped.
    pub fn write_timeout(mut self, patience: Duration) -> Self {
        self.limits.write = unless_zero(patience);
        self
    }

    /// Ends the server when `end` does: then nobody new is let in, idle connections are closed, and requests that are
    /// under way are answered. A stream of events would be waited for until it ends by itself, so `end` is also to
    /// [begin](crate::Shutdown::begin) the shutdown that the routes know of.
    pub fn until(mut self, end: impl Future<Output = ()> + Send + 'static) -> Self {
        self.end = Box::pin(end);
        self
    }

    async fn run(mut self) {
        let stop = watch::Sender::new(false);
        loop {
            let accepting = pin!(self.listener.accept());
            let io = match select(&mut self.end, accepting).await {
                Either::Left(((), _)) => break,
                Either::Right(((io, _), _)) => io,
            };
            let app = self.app.clone();
            tokio::spawn(converse::<L>(io, app, self.limits, stop.subscribe()));
        }
        drop(self.listener);
        stop.send_replace(true);
        // Each connection holds a receiver until it is closed.
        stop.closed().await;
    }
}

impl<L: Listener> IntoFuture for Serve<L> {
    type Output = ();
    type IntoFuture = Pin<Box<dyn Future<Output = ()> + Send>>;

    fn into_future(self) -> Self::IntoFuture {
        Box::pin(self.run())
    }
}

impl<L> fmt::Debug for Serve<L> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Serve")
            .field("limits", &self.limits)
            .finish_non_exhaustive()
    }
}

/// Serves one connection until either side has had enough.
async fn converse<L: Listener>(
    io: L::Io,
    app: Router,
    limits: Limits,
    mut stop: watch::Receiver<bool>,
) {
    let exchange = Arc::new(Exchange::default());
    let io = TokioIo::new(Watched::new(io, exchange.clone(), limits));
    let service = service_fn(move |request| {
        let (mut app, exchange) = (app.clone(), exchange.clone());
        async move {
            let answer = app.call(exchange.asked(request)).await?;
            Ok::<_, Infallible>(exchange.answered(answer))
        }
    });

    let mut connection = pin!(
        http1::Builder::new()
            .half_close(true)
            .serve_connection(io, service)
    );
    let stopped = pin!(async move {
        // A server that is dropped has stopped as well.
        let _ = stop.wait_for(|stop| *stop).await;
        stop
    });
    let ended = match select(connection.as_mut(), stopped).await {
        Either::Left((ended, _)) => ended,
        Either::Right((_open, _)) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection broke off");
    }
}

fn unless_zero(patience: Duration) -> Option<Duration> {
    Some(patience).filter(|patience| !patience.is_zero())
}
