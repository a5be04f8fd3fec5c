//! The end of a server, as its event streams are told of it.
//!
//! ```
//! # #[cfg(feature = "serve")]
//! # mod example {
//! use counterpart_server::{Routes, Shutdown, serve};
//! # async fn interrupted() {}
//!
//! # async fn run(routes: Routes<()>, listener: tokio::net::TcpListener) {
//! let shutdown = Shutdown::new();
//! let app = routes.shutdown(&shutdown).into_router();
//! serve(listener, app)
//!     .until(async move {
//!         interrupted().await;
//!         shutdown.begin();
//!     })
//!     .await;
//! # }
//! # }
//! ```

use std::sync::Arc;

use tokio::sync::watch;

/// Whether the server is shutting down. Clones tell the same; a service may hold one to stop its own work.
#[derive(Debug, Clone)]
pub struct Shutdown(Arc<watch::Sender<bool>>);

impl Shutdown {
    /// A shutdown that has not begun.
    pub fn new() -> Self {
        Self(Arc::new(watch::Sender::new(false)))
    }

    /// Begins it: open event streams end now.
    pub fn begin(&self) {
        self.0.send_replace(true);
    }

    /// Waits until it begins.
    pub fn begun(&self) -> impl Future<Output = ()> + Send + use<> {
        let mut changes = self.0.subscribe();
        async move {
            // Whether all senders are gone makes no difference: then nobody can begin it.
            if changes.wait_for(|begun| *begun).await.is_err() {
                std::future::pending::<()>().await;
            }
        }
    }
}

impl Default for Shutdown {
    fn default() -> Self {
        Self::new()
    }
}
