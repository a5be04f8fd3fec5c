//! Bytes from every source, read once and again.

use std::io::Cursor;

use super::*;

fn read(binary: Binary) -> Result<Bytes, String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .build()
        .unwrap();
    runtime
        .block_on(binary.bytes())
        .map_err(|error| error.to_string())
}

#[test]
fn bytes_come_from_memory_a_reader_a_stream_and_a_path() {
    assert_eq!(read(Binary::new("abc")).unwrap(), "abc");
    assert_eq!(read(Binary::reader(Cursor::new("abc"))).unwrap(), "abc");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("note.txt");
    std::fs::write(&path, "x".repeat(100_000)).unwrap();
    let file = Binary::path(&path);
    assert_eq!(file.file_name(), Some("note.txt"));
    assert_eq!(read(file.clone()).unwrap().len(), 100_000);
    assert_eq!(read(file).unwrap().len(), 100_000, "a path is read again");
}

#[test]
fn a_reader_is_read_once() {
    let reader = Binary::reader(Cursor::new("abc"));
    let again = reader.clone();
    assert!(!again.is_spent());

    assert_eq!(read(reader).unwrap(), "abc");

    assert!(again.is_spent());
    assert_eq!(
        read(again).unwrap_err(),
        "it was read before, and can be read only once"
    );
}

#[test]
fn a_path_that_does_not_exist_is_named() {
    let error = read(Binary::path("no/such/file")).unwrap_err();
    assert!(error.starts_with("`no/such/file`: "), "{error}");
}

#[test]
fn a_file_is_text_in_json_if_it_can_be() {
    let part: FilePart = serde_json::from_str(r#""abc""#).unwrap();
    assert_eq!(part, FilePart::new("abc"));
    assert_eq!(serde_json::to_string(&part).unwrap(), r#""abc""#);
    assert!(serde_json::to_string(&FilePart::new(&b"\xff"[..])).is_err());
    assert!(serde_json::to_string(&FilePart::path("a.txt")).is_err());
    assert!(serde_json::from_str::<FilePart>(r#"{"file 0": 0}"#).is_err());
}
