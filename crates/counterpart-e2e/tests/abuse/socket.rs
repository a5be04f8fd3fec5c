//! Bytes over a connection, and all that comes back.

use std::net::SocketAddr;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::time::timeout;

use crate::cases::Outcome;

/// Long enough for a slow machine; whoever takes longer hangs.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

pub(crate) const KEY: &str = "authorization: Bearer sk-alice\r\n";

/// What every request has. The server is to close when it has answered.
pub(crate) const REST: &str = "host: h\r\nconnection: close\r\nopenai-beta: assistants=v2\r\ncontent-type: application/json\r\n";

/// A request with a body of its length.
pub(crate) fn post(headers: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "POST /v1/threads HTTP/1.1\r\n{REST}{headers}content-length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body].concat()
}

/// Sends bytes, perhaps says that there are no more, and gives all that comes back until the server closes.
pub(crate) async fn send(address: SocketAddr, bytes: &[u8], half_close: bool) -> String {
    let exchange = async {
        let mut socket = TcpStream::connect(address).await.expect("a connection");
        let (mut reader, mut writer) = socket.split();
        let writing = async {
            // The server may close before it has read everything.
            let _ = writer.write_all(bytes).await;
            if half_close {
                let _ = writer.shutdown().await;
            }
        };
        let mut answer = Vec::new();
        let (_, _) = tokio::join!(writing, reader.read_to_end(&mut answer));
        String::from_utf8_lossy(&answer).into_owned()
    };
    let answer = timeout(PATIENCE, exchange).await;
    answer.expect("neither answered nor closed")
}

/// What an answer comes to.
pub(crate) fn outcome(answer: &str) -> Outcome {
    if answer.is_empty() {
        return Outcome::Closed;
    }
    let status = answer
        .strip_prefix("HTTP/1.1 ")
        .and_then(|line| line.get(..3));
    let status = status.and_then(|status| status.parse().ok());
    Outcome::Answered(status.unwrap_or_else(|| panic!("no answer: {answer}")))
}
