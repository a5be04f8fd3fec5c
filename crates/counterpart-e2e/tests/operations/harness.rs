//! A client and a service with the wire between them, in process or over a socket.

use std::sync::Arc;

use assistants_client::{Builder, Client};
use assistants_server::{AssistantsApi, Router, router};
use axum::middleware::from_fn_with_state;
use rustls::{ClientConfig, RootCertStore};
use tokio::net::TcpListener;

use crate::scripted::Scripted;
use crate::wire::{Wire, record};

/// How a client reaches a service.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Over {
    /// The router is the client's transport.
    Router,
    /// `reqwest`, and a socket of the loopback interface.
    Socket,
}

impl Over {
    pub(crate) const BOTH: [Self; 2] = [Self::Router, Self::Socket];

    /// A client of a router that is nested at `/v1`.
    pub(crate) async fn client(self, app: Router) -> Client {
        let builder = Client::builder().credentials("sk-test").retries(0);
        match self {
            Self::Router => builder.service(app),
            Self::Socket => connect(builder, app).await,
        }
        .build()
        .unwrap()
    }

    /// A client of a service.
    pub(crate) async fn service(self, service: impl AssistantsApi) -> Client {
        self.client(app(service)).await
    }

    /// A client of a service that answers by a script, and all that goes between them.
    pub(crate) async fn script(self) -> Harness {
        let service = Scripted::default();
        let wire = Wire::default();
        let app = app(service.clone()).layer(from_fn_with_state(wire.clone(), record));
        let client = self.client(app).await;
        Harness {
            client,
            service,
            wire,
        }
    }
}

/// A client and a service that answers by a script.
pub(crate) struct Harness {
    pub(crate) client: Client,
    pub(crate) service: Scripted,
    pub(crate) wire: Wire,
}

/// The service at `/v1`, as its clients expect it.
pub(crate) fn app(service: impl AssistantsApi) -> Router {
    Router::new().nest("/v1", router(service))
}

/// Serves until the runtime of the test ends, and sends there.
async fn connect(builder: Builder<Client>, app: Router) -> Builder<Client> {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    builder
        .base_url(format!("http://{address}/v1"))
        .reqwest(direct())
}

/// A `reqwest` client that ignores the proxies and the certificates of the machine that the test runs on.
fn direct() -> reqwest::Client {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let tls = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    let client = reqwest::Client::builder().no_proxy();
    client.tls_backend_preconfigured(tls).build().unwrap()
}
