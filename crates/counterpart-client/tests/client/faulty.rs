//! A server that fails as it is told, over a real socket, and counts the requests that reached it.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use bytes::Bytes;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

/// What the server does with a connection after it has read a request.
#[derive(Debug, Clone)]
pub(crate) enum Step {
    /// Sends these bytes.
    Send(Bytes),
    /// Sends these bytes one by one, with a pause after each.
    Drip(Bytes, Duration),
    /// Sends these bytes over and over.
    Flood(Bytes),
    /// Does nothing, for ever.
    Stall,
    /// Breaks the connection off, so that the client gets a reset.
    Reset,
}

/// The server. Dropping it closes it.
pub(crate) struct Faulty {
    pub(crate) address: SocketAddr,
    requests: Arc<AtomicUsize>,
    serving: tokio::task::JoinHandle<()>,
}

impl Faulty {
    /// Does these steps for each connection, and closes it then.
    pub(crate) async fn new<const N: usize>(steps: [Step; N]) -> Self {
        Self::doing(steps.into()).await
    }

    /// As [`new`](Self::new), for any number of steps.
    pub(crate) async fn doing(steps: Vec<Step>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        let steps: Arc<[Step]> = steps.into();
        let serving = tokio::spawn(async move {
            loop {
                let (stream, _) = listener.accept().await.unwrap();
                tokio::spawn(serve(stream, Arc::clone(&steps), Arc::clone(&count)));
            }
        });
        Self {
            address,
            requests,
            serving,
        }
    }

    /// Answers each request with these bytes.
    pub(crate) async fn answering(bytes: impl Into<Bytes>) -> Self {
        Self::new([Step::Send(bytes.into())]).await
    }

    /// How many requests have come.
    pub(crate) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }
}

impl Drop for Faulty {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn serve(mut stream: TcpStream, steps: Arc<[Step]>, requests: Arc<AtomicUsize>) {
    if !read_request(&mut stream).await {
        return;
    }
    requests.fetch_add(1, Ordering::SeqCst);
    for step in &*steps {
        // That the client has gone is no fault of the server.
        if act(&mut stream, step).await.is_err() {
            return;
        }
    }
}

async fn act(stream: &mut TcpStream, step: &Step) -> std::io::Result<()> {
    match step {
        Step::Send(bytes) => stream.write_all(bytes).await,
        Step::Drip(bytes, pause) => {
            for byte in bytes {
                stream.write_all(&[*byte]).await?;
                tokio::time::sleep(*pause).await;
            }
            Ok(())
        }
        Step::Flood(bytes) => loop {
            stream.write_all(bytes).await?;
        },
        Step::Stall => std::future::pending().await,
        Step::Reset => stream.set_zero_linger(),
    }
}

/// Reads a request with its body; false if there is none.
async fn read_request(stream: &mut TcpStream) -> bool {
    let mut request = Vec::new();
    loop {
        let head = request.windows(4).position(|four| four == b"\r\n\r\n");
        if let Some(end) = head {
            let head = String::from_utf8_lossy(&request[..end]).to_ascii_lowercase();
            let length = head
                .lines()
                .find_map(|line| line.strip_prefix("content-length: "))
                .map_or(0, |length| length.parse().unwrap());
            if request.len() >= end + 4 + length {
                return true;
            }
        }
        if stream.read_buf(&mut request).await.unwrap_or(0) == 0 {
            return false;
        }
    }
}

/// The head of an answer, with a request id, and with a body of so many bytes.
pub(crate) fn head(status: &str, media_type: &str, length: usize) -> String {
    format!(
        "{}content-length: {length}\r\n\r\n",
        start(status, media_type)
    )
}

/// The head of an answer whose body goes on until the connection closes.
pub(crate) fn endless(status: &str, media_type: &str) -> String {
    format!("{}\r\n", start(status, media_type))
}

fn start(status: &str, media_type: &str) -> String {
    format!("HTTP/1.1 {status}\r\nx-request-id: req_1\r\ncontent-type: {media_type}\r\n")
}
