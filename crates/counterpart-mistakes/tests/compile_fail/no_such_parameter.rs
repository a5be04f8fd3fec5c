//! A parameter of another operation: only messages can be listed by run.

use assistants_client::Client;

async fn run(client: &Client) {
    let _ = client.list_runs("thread_1").run_id("run_1").await;
}

fn main() {
    let _ = run;
}
