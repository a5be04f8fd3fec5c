//! A required field is left out of a builder: where a citation ends.

use assistants_client::types::{CitedFile, FileCitation};

fn main() {
    let _ = FileCitation::builder()
        .text("[1]")
        .file_citation(CitedFile::new("file_1"))
        .start_index(12)
        .build();
}
