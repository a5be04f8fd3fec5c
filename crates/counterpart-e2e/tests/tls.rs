//! The transport that clients have unless they are given another, over TLS: certificates, HTTP/2, connections.
//!
//! The client is a process of its own, as its roots are those that its environment names.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Command, Output};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::Request;
use axum::http::Version;
use axum::middleware::{Next, from_fn};
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use hyper_util::service::TowerToHyperService;
use rustls::ServerConfig;
use rustls::crypto::ring;
use rustls::pki_types::PrivateKeyDer;
use tempfile::TempDir;
use tokio::net::{TcpListener, TcpSocket};
use tokio_rustls::TlsAcceptor;

/// The server of the examples behind TLS, with a certificate for `localhost` that nobody else knows.
struct Server {
    address: SocketAddr,
    connections: Arc<AtomicUsize>,
    versions: Arc<Mutex<Vec<Version>>>,
    folder: TempDir,
}

impl Server {
    /// Starts it, to offer these protocols.
    fn offering(protocols: &[&[u8]]) -> Self {
        let made = rcgen::generate_simple_self_signed(vec!["localhost".to_owned()]);
        let made = made.expect("a certificate");
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::write(folder.path().join("roots.pem"), made.cert.pem()).expect("written");
        let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).expect("a key");
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()));
        let config = config.with_safe_default_protocol_versions().expect("TLS");
        let config = config.with_no_client_auth();
        let config = config.with_single_cert(vec![made.cert.der().clone()], key);
        let mut config = config.expect("the key is the certificate's");
        config.alpn_protocols = protocols.iter().map(|name| name.to_vec()).collect();

        let (connections, versions) = (Arc::default(), Arc::<Mutex<Vec<Version>>>::default());
        let seen = Arc::clone(&versions);
        let noted = from_fn(move |request: Request, next: Next| {
            seen.lock().expect("no panic").push(request.version());
            next.run(request)
        });
        let service = example_server::Service::new();
        let app = Router::new().nest("/v1", assistants_server::router(service));
        let address = serve(app.layer(noted), config, Arc::clone(&connections));
        Self {
            address,
            connections,
            versions,
            folder,
        }
    }

    /// Runs the command-line client against it, with these roots.
    fn run(&self, roots: PathBuf, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_e2e-cli"));
        let url = format!("https://localhost:{}/v1", self.address.port());
        command.args(arguments).env_clear();
        command
            .env("OPENAI_API_KEY", "sk-1")
            .env("OPENAI_BASE_URL", url);
        command.env("SSL_CERT_FILE", roots);
        command.output().expect("the client runs")
    }

    fn roots(&self) -> PathBuf {
        self.folder.path().join("roots.pem")
    }
}

fn serve(app: Router, config: ServerConfig, connections: Arc<AtomicUsize>) -> SocketAddr {
    let (tell, told) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        runtime.block_on(async {
            let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
            tell.send(listener.local_addr().expect("an address"))
                .expect("the test waits");
            let acceptor = TlsAcceptor::from(Arc::new(config));
            loop {
                let (socket, _) = listener.accept().await.expect("a connection");
                let (acceptor, app) = (acceptor.clone(), app.clone());
                let connections = Arc::clone(&connections);
                tokio::spawn(async move {
                    // A client that does not trust the certificate leaves here.
                    let Ok(socket) = acceptor.accept(socket).await else {
                        return;
                    };
                    connections.fetch_add(1, Ordering::Relaxed);
                    let service = TowerToHyperService::new(app);
                    let builder = Builder::new(TokioExecutor::new());
                    // What a client does when it ends is its own affair.
                    let _ = builder
                        .serve_connection(TokioIo::new(socket), service)
                        .await;
                });
            }
        })
    });
    told.recv().expect("an address")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

#[test]
fn a_certificate_of_the_system_s_roots_is_trusted_and_http_2_spoken() {
    let server = Server::offering(&[b"h2", b"http/1.1"]);
    let output = server.run(
        server.roots(),
        &["create-assistant", "--model", "gpt-4o", "-q", "$.model"],
    );
    assert_eq!(text(&output.stderr), "");
    assert_eq!(text(&output.stdout).trim(), "gpt-4o");
    assert_eq!(*server.versions.lock().unwrap(), [Version::HTTP_2]);
}

#[test]
fn a_server_without_http_2_is_spoken_to_in_http_1() {
    let server = Server::offering(&[b"http/1.1"]);
    let output = server.run(server.roots(), &["list-assistants", "-o", "json"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(*server.versions.lock().unwrap(), [Version::HTTP_11]);
}

#[test]
fn the_pages_of_a_list_come_over_one_connection() {
    let server = Server::offering(&[b"h2"]);
    for _ in 0..5 {
        server.run(server.roots(), &["create-assistant", "--model", "m"]);
    }
    let before = server.connections.load(Ordering::Relaxed);
    let list = ["list-assistants", "--all", "--limit", "1", "-o", "jsonl"];
    let output = server.run(server.roots(), &list);
    assert_eq!(
        text(&output.stdout).lines().count(),
        5,
        "{}",
        text(&output.stderr)
    );
    assert_eq!(server.connections.load(Ordering::Relaxed), before + 1);
    // Five that made something, and the pages.
    assert!(server.versions.lock().unwrap().len() >= 10);
}

#[test]
fn a_certificate_of_nobody_is_refused_and_nothing_is_sent() {
    let server = Server::offering(&[b"h2", b"http/1.1"]);
    let other = Server::offering(&[b"h2"]);
    let output = server.run(other.roots(), &["create-thread", "--retries", "0"]);
    assert_eq!(output.status.code(), Some(3));
    let error = text(&output.stderr);
    assert!(error.contains("certificate"), "{error}");
    assert!(!error.contains("sk-1"), "{error}");
    assert_eq!(server.versions.lock().unwrap().len(), 0);
}

/// What a queue that is full does is the system's own affair.
#[cfg(target_os = "linux")]
#[test]
fn a_host_that_does_not_answer_is_given_up_in_time() {
    // A listener whose queue is full takes no more connections, and refuses none.
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let listener = runtime.block_on(async {
        let socket = TcpSocket::new_v4().expect("a socket");
        socket
            .bind("127.0.0.1:0".parse().expect("an address"))
            .expect("a port");
        socket.listen(1).expect("it listens")
    });
    let address = listener.local_addr().expect("an address");
    let client = assistants_client::Client::builder()
        .base_url(format!("http://{address}/v1"))
        .credentials("sk-1")
        .connect_timeout(Duration::from_millis(200))
        .retries(0)
        .build()
        .expect("a client");
    let waiting: Vec<_> = (0..100)
        .map_while(|_| {
            std::net::TcpStream::connect_timeout(&address, Duration::from_millis(50)).ok()
        })
        .collect();
    let started = Instant::now();
    let error = runtime.block_on(async { client.create_thread().await.unwrap_err() });
    assert!(waiting.len() < 100, "the queue is full");
    assert!(started.elapsed() < Duration::from_secs(5), "{error}");
    assert!(error.to_string().contains("no connection"), "{error}");
    drop(waiting);
}
