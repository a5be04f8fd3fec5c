//! A required field is left out: a message says something.

use assistants_client::types::{CreateMessageRequest, Role};

fn main() {
    let _ = CreateMessageRequest::new(Role::User);
}
