//! A required argument is left out: a run needs the thread that it works on.

use assistants_client::Client;
use assistants_client::types::CreateRunRequest;

fn main() {
    let client = Client::new("sk-test").unwrap();
    let _ = client.create_run(CreateRunRequest::new("asst_1"));
}
