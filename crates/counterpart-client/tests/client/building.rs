//! Clients from configuration to transport.

use std::convert::Infallible;
use std::future::{Ready, ready};
use std::task::{Context, Poll};
use std::time::Duration;

use counterpart_client::{
    Body, BoxError, Builder, Config, ConfigError, Http, HttpService, OperationId, ResponseBody,
    Security, client,
};
use http::{Request, Response};
use serde_json::Value;
use tower::Service;
use tower::layer::layer_fn;

use crate::support::Server;

/// Not secure, so that no test depends on the machine's certificates.
const OPEN: Config = Config::new("http://api.example.com");
const SECURE: Config = OPEN.security(&[Security::bearer("a"), Security::header("b", "X-B")]);

/// Adds its name to the header `X-Layers`, and to that the operation's id.
#[derive(Clone)]
struct Named {
    name: &'static str,
    inner: HttpService,
}

impl Service<Request<Body>> for Named {
    type Response = Response<ResponseBody>;
    type Error = BoxError;
    type Future = <HttpService as Service<Request<Body>>>::Future;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), BoxError>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, mut request: Request<Body>) -> Self::Future {
        let OperationId(operation) = request.extensions().get().copied().unwrap();
        let text = format!("{}:{operation}", self.name);
        request
            .headers_mut()
            .append("x-layers", text.parse().unwrap());
        self.inner.call(request)
    }
}

#[tokio::test]
async fn layers_stand_around_the_transport_the_last_outermost() {
    let server = Server::json("null");
    let layer = |name| layer_fn(move |inner| Named { name, inner });
    let builder = server.builder().layer(layer("inner")).layer(layer("outer"));
    let http: Http = builder.build().unwrap();

    http.get::<Value, Value>("getThing", "/a").await.unwrap();

    let seen = server.only();
    let layers: Vec<_> = seen.headers.get_all("x-layers").iter().collect();
    assert_eq!(layers, ["outer:getThing", "inner:getThing"]);
}

/// A service that answers only when it has been asked whether it is ready, as `tower` demands.
#[derive(Clone)]
struct Strict {
    ready: bool,
}

impl Service<Request<Body>> for Strict {
    type Response = Response<String>;
    type Error = Infallible;
    type Future = Ready<Result<Response<String>, Infallible>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.ready = true;
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, _: Request<Body>) -> Self::Future {
        assert!(
            std::mem::take(&mut self.ready),
            "called before it was ready"
        );
        ready(Ok(Response::new("[1]".to_owned())))
    }
}

#[tokio::test]
async fn a_service_is_asked_whether_it_is_ready() {
    let http: Http = Builder::new(OPEN)
        .service(Strict { ready: false })
        .build()
        .unwrap();

    for _ in 0..2 {
        http.get::<Value, Value>("getThing", "/a").await.unwrap();
    }
}

#[test]
fn problems_are_kept_until_the_client_is_built() {
    let server = Server::json("null");
    let problem = |builder: Builder| {
        let built = builder.service(server.clone()).base_url("nonsense").build();
        built.map(|_| ()).unwrap_err().to_string()
    };

    let open = || Builder::new(OPEN);
    let secure = || Builder::new(SECURE);
    let none = "there is no security scheme, hence no place for credentials; `Builder::default_header` sets a header";
    assert_eq!(problem(open().credentials("x")), none);
    assert_eq!(problem(open().credentials_for("c", "x")), none);
    let unknown = problem(secure().credentials_for("c", "x"));
    assert_eq!(unknown, "there is no security scheme `c`; there is a, b");
    let name = problem(secure().default_header("no name", "x").credentials(""));
    assert_eq!(name, "`no name` is not the name of a header");
    let value = problem(secure().default_header("X-A", "x\ny"));
    assert_eq!(
        value,
        "the value of the header `X-A` has a character that a header cannot carry"
    );
    assert_eq!(
        problem(secure()),
        "the base URL does not begin with `http://` or `https://`"
    );
}

#[tokio::test]
async fn the_last_credentials_for_a_scheme_count() {
    let server = Server::json("null");
    let builder = Builder::new(SECURE).service(server.clone());
    let builder = builder
        .credentials_for("b", "2")
        .credentials("1")
        .credentials("3");
    let http: Http = builder.build().unwrap();

    http.get::<Value, Value>("getThing", "/a").await.unwrap();

    assert_eq!(server.only().header("authorization"), "Bearer 3");
    assert_eq!(server.only().header("x-b"), "2");
}

#[cfg(not(feature = "reqwest"))]
#[test]
fn without_a_transport_there_is_no_client() {
    let built = Builder::<Http>::new(OPEN).build();

    assert!(matches!(built, Err(ConfigError::NoTransport)));
}

#[derive(Debug, Clone)]
struct OpenClient {
    http: Http,
}

client!(OpenClient, OPEN, anonymous);

#[tokio::test]
async fn a_service_without_security_needs_no_credentials() {
    let server = Server::json("null");
    let made: Result<OpenClient, ConfigError> = OpenClient::new();
    assert_eq!(made.is_ok(), cfg!(feature = "reqwest"));
    let client = OpenClient::builder()
        .service(server.clone())
        .build()
        .unwrap();

    client
        .http()
        .get::<Value, Value>("getThing", "/a")
        .await
        .unwrap();

    assert_eq!(server.only().header("authorization"), "");
    assert_eq!(OpenClient::from_env().is_ok(), cfg!(feature = "reqwest"));
}

fn secure(server: &Server) -> Http {
    Builder::new(SECURE)
        .service(server.clone())
        .base_url("http://api.example.com/v1?tenant=1")
        .credentials("one")
        .credentials_for("b", "key")
        .default_header("X-Team", "search")
        .default_query("trace", "on")
        .build()
        .unwrap()
}

#[tokio::test]
async fn a_client_like_another_differs_in_what_it_is_told() {
    let server = Server::json("null");
    let first = secure(&server);
    let like = first
        .to_builder()
        .credentials("two")
        .timeout(Duration::from_secs(7));
    let second: Http = like.base_url("http://other.example/v2").build().unwrap();

    let call = second.get::<Value, Value>("getThing", "/a");
    assert!(format!("{:?}", call.current_options()).contains("7s"));
    call.await.unwrap();
    first.get::<Value, Value>("getThing", "/a").await.unwrap();

    let [seen, before] = &server.seen()[..] else {
        panic!("there were two requests")
    };
    assert_eq!(seen.url, "http://other.example/v2/a?trace=on");
    assert_eq!(seen.header("authorization"), "Bearer two");
    assert_eq!(
        (seen.header("x-b"), seen.header("x-team")),
        ("key", "search")
    );
    assert_eq!(before.url, "http://api.example.com/v1/a?tenant=1&trace=on");
    assert_eq!(before.header("authorization"), "Bearer one");
    // It is where the first is unless it is told otherwise.
    let third: Http = first.to_builder().build().unwrap();
    third.get::<Value, Value>("getThing", "/a").await.unwrap();
    assert_eq!(server.seen()[2].url, before.url);
}

#[tokio::test]
async fn a_call_may_be_sent_by_another_client() {
    let server = Server::json("null");
    let http = secure(&server);
    let call = || http.get::<Value, Value>("getThing", "/a").retries(0);

    let elsewhere =
        call().configure(|client| client.base_url("http://b.example").credentials("two"));
    elsewhere.await.unwrap();
    call().await.unwrap();

    let [seen, after] = &server.seen()[..] else {
        panic!("there were two requests")
    };
    assert_eq!(seen.url, "http://b.example/a?trace=on");
    assert_eq!(seen.header("authorization"), "Bearer two");
    assert_eq!(after.url, "http://api.example.com/v1/a?tenant=1&trace=on");

    let options = call().configure(|client| client.default_header("x-team", "ads"));
    assert!(format!("{:?}", options.current_options()).contains("retries: 0"));
    let error = call()
        .configure(|client| client.base_url("no url"))
        .await
        .unwrap_err();
    assert!(
        matches!(error, counterpart_client::Error::Request(_)),
        "{error}"
    );
    assert!(error.to_string().contains("getThing"), "{error}");
    assert_eq!(server.seen().len(), 2);
}
