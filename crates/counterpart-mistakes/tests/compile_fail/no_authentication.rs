//! A server that does not say what the credentials of its callers are worth.

use assistants_server::*;

struct Service;

impl AssistantsApi for Service {}

fn main() {
    let _ = router(Service);
}
