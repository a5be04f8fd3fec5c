//! Files that cannot be read, and what is said about each.

use std::fs;
use std::path::Path;

use crate::diag::{Diagnostics, Place};
use crate::load::tree::{Location, SourceId, Sources};
use crate::load::{Input, document, file};

fn refusal(path: &Path) -> (String, String) {
    let mut diags = Diagnostics::default();
    let read = file::read(&Input::new(path), &mut Sources::default(), &mut diags);
    assert_eq!(read, None);
    let error = &diags.items()[0];
    let folder = path.parent().unwrap().display().to_string();
    let place = error
        .place
        .as_ref()
        .map(|place| (place.at.line, place.at.column));
    let message = error.message.replace(&format!("{folder}/"), "");
    let message = match place {
        Some((line, column)) => format!("{line}:{column} {message}"),
        None => message,
    };
    (message, error.help.clone().unwrap_or_default())
}

#[test]
fn each_refusal_says_why_and_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::create_dir(path("folder")).unwrap();
    let files: [(&str, &[u8], &str, &str); 9] = [
        (
            "empty",
            b"",
            "`empty` is empty",
            "an OpenAPI document starts with",
        ),
        (
            "blank",
            b" \n\n",
            "`blank` is empty",
            "an OpenAPI document starts with",
        ),
        (
            "bom",
            b"\xef\xbb\xbf",
            "`bom` is empty",
            "an OpenAPI document starts with",
        ),
        (
            "utf16",
            b"\xff\xfea\0",
            "cannot read `utf16`: it is UTF-16 text",
            "save it as UTF-8",
        ),
        (
            "gzip",
            b"\x1f\x8b\x08\0",
            "cannot read `gzip`: it is gzip-compressed",
            "unpack it",
        ),
        (
            "zip",
            b"PK\x03\x04\xff",
            "cannot read `zip`: it is a zip archive",
            "unpack it",
        ),
        (
            "elf",
            b"\x7fELF\0\xff",
            "cannot read `elf`: it is not text",
            "name the document",
        ),
        (
            "latin1",
            b"a: 1\nb: caf\xe9\n",
            "2:7 this file is not UTF-8 text: a byte here is no character",
            "save it as UTF-8",
        ),
        (
            "nul",
            b"a: 1\nb:\0",
            "2:3 this file is not text: it has a NUL character",
            "save it as UTF-8",
        ),
    ];
    for (name, bytes, expected, help) in files {
        fs::write(path(name), bytes).unwrap();
        let (message, said) = refusal(&path(name));
        assert_eq!(message, expected);
        assert!(said.starts_with(help), "{name}: {said}");
    }
    let (message, help) = refusal(&path("absent.yaml"));
    assert_eq!(message, "cannot read `absent.yaml`: there is no such file");
    assert_eq!(help, "check the path");
    let (message, _) = refusal(&path("folder"));
    assert_eq!(message, "cannot read `folder`: it is a folder");
}

#[test]
fn a_file_that_is_too_large_is_not_parsed() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("large.json");
    let file = fs::File::create(&path).unwrap();
    file.set_len((64 << 20) + 1).unwrap();
    assert_eq!(
        refusal(&path).0,
        "cannot read `large.json`: it has over 64 MiB"
    );
}

#[cfg(unix)]
#[test]
fn devices_are_not_opened() {
    // Reading this one would never end.
    assert!(
        refusal(Path::new("/dev/zero"))
            .0
            .ends_with("it is a device or a pipe")
    );
}

#[test]
fn a_missing_file_points_to_the_line_that_asks_for_it() {
    let at = Location {
        source: SourceId(0),
        line: 3,
        column: 12,
    };
    let asked = Some(Place::plain(at));
    let input = Input {
        path: "no/such/file.yaml".into(),
        asked: asked.clone(),
    };
    let mut diags = Diagnostics::default();
    file::read(&input, &mut Sources::default(), &mut diags);
    assert_eq!(diags.items()[0].place, asked);
}

#[test]
fn a_document_and_its_overlays_are_read_from_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    fs::write(
        path("api.json"),
        r#"{"openapi": "3.1.0", "info": {"title": "a"}}"#,
    )
    .unwrap();
    let overlay = "overlay: 1.1.0\ninfo: {title: t, version: '1'}\nactions:\n\
                   - target: $.info\n  update: {title: b}\n";
    fs::write(path("o.yaml"), overlay).unwrap();

    let mut sources = Sources::default();
    let mut diags = Diagnostics::default();
    let inputs = [Input::new(path("o.yaml"))];
    let read = document(
        &Input::new(path("api.json")),
        &inputs,
        folder.path(),
        &mut sources,
        &mut diags,
    );
    let title = read.as_ref().unwrap().root.pointer("/info/title").unwrap();
    assert_eq!(title.as_str(), Some("b"));
    // What the overlay says has its place in the overlay.
    assert!(sources.get(title.at.source).name.ends_with("o.yaml"));
    assert_eq!((title.at.line, title.at.column), (5, 19));
}

#[test]
fn faults_of_document_and_overlays_are_told_together() {
    let mut diags = Diagnostics::default();
    let overlays = [Input::new("no/overlay.yaml")];
    let read = document(
        &Input::new("no/api.yaml"),
        &overlays,
        Path::new("no"),
        &mut Sources::default(),
        &mut diags,
    );
    assert!(read.is_none());
    let told: Vec<&str> = diags
        .items()
        .iter()
        .map(|item| item.message.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "cannot read `no/api.yaml`: there is no such file",
            "cannot read `no/overlay.yaml`: there is no such file",
        ]
    );
}
