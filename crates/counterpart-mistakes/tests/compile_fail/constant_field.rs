//! A constant is set by hand: what every value has is no field.

use assistants_client::types::Thread;

fn main() {
    let _ = Thread {
        id: "thread_1".to_owned(),
        object: "thread".to_owned(),
        created_at: 0,
        tool_resources: None,
        metadata: None,
    };
}
