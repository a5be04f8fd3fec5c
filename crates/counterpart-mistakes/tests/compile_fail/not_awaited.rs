//! A call that is never sent.

#![deny(unused_must_use)]

use assistants_client::Client;

async fn run(client: &Client) {
    client.delete_thread("thread_1");
}

fn main() {
    let _ = run;
}
