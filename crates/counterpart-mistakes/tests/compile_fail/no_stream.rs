//! Events are asked for from an operation that has none.

use assistants_client::Client;

async fn run(client: &Client) {
    let _ = client.get_run("thread_1", "run_1").stream().await;
}

fn main() {
    let _ = run;
}
