//! Items are asked for from an operation that answers with a single object.

use assistants_client::Client;

async fn run(client: &Client) {
    let _ = client.get_thread("thread_1").items().all().await;
}

fn main() {
    let _ = run;
}
