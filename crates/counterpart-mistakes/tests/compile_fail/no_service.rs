//! A router for something that is no server at all.

use assistants_server::router;

struct Service;

fn main() {
    let _ = router(Service);
}
