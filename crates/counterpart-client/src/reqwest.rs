//! The transport of clients that are not given another: `reqwest` with rustls and ring.

use std::future::ready;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use http::{Request, Response, Uri};
use reqwest::redirect::Policy;
use reqwest::{Client, Url};
use rustls::crypto::{CryptoProvider, ring};
use rustls::{ClientConfig, ConfigBuilder, RootCertStore, WantsVerifier};
use rustls_platform_verifier::Verifier;

use crate::transport::{BoxError, BoxFuture, HttpService, Transport};
use crate::url::Base;
use crate::{Body, ConfigError, NotSent, OperationId, ResponseBody};

/// Connections that are kept for each host while idle, as in the official Python SDK.
const IDLE_CONNECTIONS: usize = 100;

/// A transport that checks certificates against the system's roots and honours the proxy variables.
pub(crate) fn service(base: &Base, connect_timeout: Duration) -> Result<HttpService, ConfigError> {
    let tls = tls().or_else(|error| {
        if base.is_secure() {
            Err(error)
        } else {
            untrusting()
        }
    });
    let client = tls.and_then(|tls| client(tls, connect_timeout));
    client.map(wrap).map_err(ConfigError::Transport)
}

/// A `reqwest` client of the caller's own.
pub(crate) fn wrap(client: Client) -> HttpService {
    HttpService::from_transport(Reqwest {
        client,
        base: OnceLock::new(),
    })
}

/// A client, and the first URL that it was asked for: others at the same place differ only in path and query, and the
/// rest need not be parsed again.
struct Reqwest {
    client: Client,
    base: OnceLock<(Uri, Url)>,
}

fn client(tls: ClientConfig, connect_timeout: Duration) -> Result<Client, BoxError> {
    let client = Client::builder()
        .tls_backend_preconfigured(tls)
        // Redirects are followed by this crate, which knows what may go where.
        .redirect(Policy::none())
        .pool_max_idle_per_host(IDLE_CONNECTIONS)
        .connect_timeout(connect_timeout)
        .build()?;
    Ok(client)
}

/// Trusts what the system trusts.
fn tls() -> Result<ClientConfig, BoxError> {
    let provider = Arc::new(ring::default_provider());
    let verifier = Verifier::new(Arc::clone(&provider))?;
    let config = versions(provider)?
        .dangerous()
        .with_custom_certificate_verifier(Arc::new(verifier))
        .with_no_client_auth();
    Ok(with_protocols(config))
}

/// Trusts nobody: for services that are not secure, on systems that have no certificates.
fn untrusting() -> Result<ClientConfig, BoxError> {
    let config = versions(Arc::new(ring::default_provider()))?
        .with_root_certificates(RootCertStore::empty())
        .with_no_client_auth();
    Ok(with_protocols(config))
}

/// With a provider named here: installing one for the whole process is for applications to do.
fn versions(
    provider: Arc<CryptoProvider>,
) -> Result<ConfigBuilder<ClientConfig, WantsVerifier>, BoxError> {
    Ok(ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions()?)
}

fn with_protocols(mut config: ClientConfig) -> ClientConfig {
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    config
}

impl Transport for Reqwest {
    fn send(
        &self,
        _: OperationId,
        request: Request<Body>,
    ) -> BoxFuture<'static, Result<Response<ResponseBody>, BoxError>> {
        let response = match self.convert(request) {
            Ok(request) => self.client.execute(request),
            Err(error) => return Box::pin(ready(Err(NotSent::new(error).into()))),
        };
        Box::pin(async move {
            let response = response.await.map_err(describe)?;
            Ok(Response::<reqwest::Body>::from(response).map(ResponseBody::new))
        })
    }
}

impl Reqwest {
    fn convert(&self, request: Request<Body>) -> Result<reqwest::Request, BoxError> {
        let (parts, body) = request.into_parts();
        let mut request = reqwest::Request::new(parts.method, self.url(parts.uri)?);
        *request.headers_mut() = parts.headers;
        *request.body_mut() = match body.as_bytes() {
            Some(bytes) if bytes.is_empty() => None,
            Some(bytes) => Some(bytes.clone().into()),
            None => Some(reqwest::Body::wrap(body)),
        };
        Ok(request)
    }

    fn url(&self, uri: Uri) -> Result<Url, BoxError> {
        let same_place = |(base, _): &&(Uri, Url)| {
            base.scheme() == uri.scheme() && base.authority() == uri.authority()
        };
        if let Some((_, base)) = self.base.get().filter(same_place) {
            let mut url = base.clone();
            url.set_path(uri.path());
            url.set_query(uri.query());
            return Ok(url);
        }
        // The parser's error does not repeat the URL, which may hold a secret.
        let url = Url::parse(&uri.to_string())?;
        self.base.get_or_init(|| (uri, url.clone()));
        Ok(url)
    }
}

/// Without the URL, which may hold a secret.
fn describe(error: reqwest::Error) -> BoxError {
    let error = error.without_url();
    if error.is_connect() || error.is_builder() {
        return NotSent::new(error).into();
    }
    error.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_the_same_whether_or_not_its_place_is_known() {
        let service = Reqwest {
            client: client(untrusting().unwrap(), Duration::MAX).unwrap(),
            base: OnceLock::new(),
        };
        for url in [
            "https://a.example/v1/x?a=b",
            "https://a.example/v1/y",
            "https://a.example/v1/a%2Fb/%C3%A4?c=%5B%5D&d",
            "https://b.example:8443/z?",
            "http://a.example/v1/x",
            "https://a.example/v1/;list=x,y/z?",
        ] {
            assert_eq!(
                service.url(url.parse().unwrap()).unwrap(),
                Url::parse(url).unwrap()
            );
        }
    }
}
