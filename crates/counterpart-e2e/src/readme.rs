//! The client that the README shows, with a `main` around it.

include!(concat!(env!("OUT_DIR"), "/readme.rs"));

#[tokio::main]
async fn main() -> Result<(), Error> {
    ask("What is 2x?").await
}
