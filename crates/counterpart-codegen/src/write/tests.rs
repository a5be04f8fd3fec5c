//! What is written, what is never touched, and that a failed run leaves no trace.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use super::*;

/// A generated text.
fn ours(text: &str) -> String {
    format!("//! A file.\n// {MARKER} from a.yaml\n{text}\n")
}

fn files(entries: &[(&str, &str)]) -> Files {
    let entry = |(path, text): &(&str, &str)| (PathBuf::from(path), ours(text));
    entries.iter().map(entry).collect()
}

fn all() -> Vec<PathBuf> {
    vec![PathBuf::new()]
}

/// Everything below a folder: files with their bytes, folders and links with a word.
fn snapshot(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let entry = entry.unwrap();
            let kind = entry.file_type().unwrap();
            let path = entry.path();
            let content = if kind.is_dir() {
                folders.push(path.clone());
                b"folder".to_vec()
            } else if kind.is_symlink() {
                b"link".to_vec()
            } else {
                fs::read(&path).unwrap()
            };
            found.insert(path.strip_prefix(root).unwrap().to_owned(), content);
        }
    }
    found
}

fn put(root: &Path, path: &str, text: &str) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// Writes and expects it to work.
fn done(files: &Files, root: &Path, owned: &[PathBuf]) -> Report {
    let mut diags = Diagnostics::default();
    let report = write(files, root, owned, &mut diags);
    assert_eq!(diags.items(), []);
    report.expect("no error, so a report")
}

/// Writes, expects it to fail without a trace, and returns what is said.
fn refused(files: &Files, root: &Path) -> Vec<String> {
    let before = snapshot(root);
    let mut diags = Diagnostics::default();
    assert_eq!(write(files, root, &all(), &mut diags), None);
    assert_eq!(snapshot(root), before);
    let shown = format!("{}/", root.display());
    let message = |item: &crate::diag::Diagnostic| item.message.replace(&shown, "");
    diags.items().iter().map(message).collect()
}

#[test]
fn new_files_and_folders_are_made() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("deep/generated");
    let files = files(&[("a/src/lib.rs", "1"), ("a/Cargo.toml", "2"), ("top", "3")]);
    let report = done(&files, &root, &all());
    assert_eq!(report.written.len(), 3);
    assert_eq!((report.unchanged, report.removed.len()), (0, 0));
    assert_eq!(
        fs::read_to_string(root.join("a/src/lib.rs")).unwrap(),
        ours("1")
    );
    // Nothing is left of the preparation.
    assert_eq!(snapshot(&root).len(), 5);
}

#[test]
fn only_what_changed_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    done(&files(&[("a.rs", "1"), ("b.rs", "1")]), root, &all());
    let modified = |name: &str| fs::metadata(root.join(name)).unwrap().modified().unwrap();
    let before = modified("a.rs");
    let report = done(&files(&[("a.rs", "1"), ("b.rs", "2")]), root, &all());
    assert_eq!(report.written, [PathBuf::from("b.rs")]);
    assert_eq!(report.unchanged, 1);
    assert_eq!(modified("a.rs"), before);
    assert_eq!(fs::read_to_string(root.join("b.rs")).unwrap(), ours("2"));
}

#[test]
fn what_is_generated_no_longer_is_removed_with_its_folder() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let before = [
        ("a/src/x/y.rs", "1"),
        ("a/src/lib.rs", "1"),
        ("b/Cargo.toml", "1"),
        ("b/src/lib.rs", "1"),
    ];
    done(&files(&before), root, &all());
    let report = done(&files(&[("a/src/lib.rs", "1")]), root, &all());
    let removed = ["a/src/x/y.rs", "b/Cargo.toml", "b/src/lib.rs"];
    assert_eq!(report.removed, removed.map(PathBuf::from));
    let left: Vec<PathBuf> = snapshot(root).into_keys().collect();
    assert_eq!(left, ["a", "a/src", "a/src/lib.rs"].map(PathBuf::from));
}

#[test]
fn the_output_of_another_run_in_the_same_root_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    done(&files(&[("c/Cargo.toml", "1")]), &root.join("sub"), &all());
    let report = done(&files(&[("a/lib.rs", "1")]), root, &all());
    assert_eq!(report.removed, Vec::<PathBuf>::new());
    assert!(root.join("sub/c/Cargo.toml").exists());
}

#[test]
fn only_owned_folders_are_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let before = [("a/1.rs", "1"), ("b/2.rs", "1"), ("c/3.rs", "1")];
    done(&files(&before), root, &all());
    let owned = ["a", "b", "absent"].map(PathBuf::from);
    let report = done(&files(&[("a/1.rs", "1")]), root, &owned);
    assert_eq!(report.removed, [PathBuf::from("b/2.rs")]);
    assert!(root.join("c/3.rs").exists());
}

#[test]
fn what_is_not_ours_is_never_removed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "a/notes.md", "mine");
    // A marker that stands in the middle of a text of somebody's own is not a marker.
    put(
        root,
        "a/about.md",
        &format!("{}{MARKER}", "line\n".repeat(20)),
    );
    put(
        root,
        "a/Cargo.lock",
        "# This file is automatically @generated by Cargo.\n",
    );
    put(root, "a/Cargo.toml", &ours("x"));
    put(root, "a/target/debug/build.rs", &ours("x"));
    put(root, ".git/copy.rs", &ours("x"));
    put(root, "a/src/target/ours.rs", &ours("x"));
    fs::write(root.join("a/binary"), [0xff, 0xfe, 0]).unwrap();
    let report = done(&files(&[("a/Cargo.toml", "x")]), root, &all());
    // A module of that name is no build folder.
    assert_eq!(report.removed, [PathBuf::from("a/src/target/ours.rs")]);
    for path in [
        "a/notes.md",
        "a/about.md",
        "a/Cargo.lock",
        "a/target/debug/build.rs",
        ".git/copy.rs",
        "a/binary",
    ] {
        assert!(root.join(path).exists(), "{path}");
    }
}

#[test]
fn what_a_killed_run_left_is_cleared() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "a/.lib.rs.1.tmp", &ours("x"));
    put(
        root,
        &format!("a/.lib.rs.{}.tmp", std::process::id()),
        "half of a",
    );
    done(&files(&[("a/lib.rs", "1")]), root, &all());
    assert_eq!(snapshot(root).len(), 2);
}

#[test]
fn a_file_in_the_way_is_an_error_and_nothing_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "a/mine.rs", "pub fn mine() {}\n");
    put(root, "b", "a file");
    put(root, "c/d.rs/e", "a folder");
    put(root, "old.rs", &ours("1"));
    let files = files(&[
        ("a/mine.rs", "1"),
        ("a/new.rs", "1"),
        ("b/lib.rs", "1"),
        ("c/d.rs", "1"),
    ]);
    assert_eq!(
        refused(&files, root),
        [
            "cannot write `a/mine.rs`: a file that was not generated is there (it has no `@generated` line)",
            "cannot write `b/lib.rs`: `b` is a file",
            "cannot write `c/d.rs`: a folder is there",
        ]
    );
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    let outside = folder.path().join("outside");
    put(&outside, "lib.rs", &ours("outside"));
    fs::create_dir_all(root.join("a")).unwrap();
    std::os::unix::fs::symlink(&outside, root.join("linked")).unwrap();
    std::os::unix::fs::symlink(outside.join("lib.rs"), root.join("a/lib.rs")).unwrap();

    let told = refused(&files(&[("a/lib.rs", "1"), ("linked/lib.rs", "1")]), &root);
    assert_eq!(
        told,
        [
            "cannot write `a/lib.rs`: a symbolic link is there",
            "cannot write `linked/lib.rs`: `linked` is a symbolic link",
        ]
    );
    // Nor when orphans are looked for.
    let report = done(&files(&[("b.rs", "1")]), &root, &all());
    assert_eq!(report.removed, Vec::<PathBuf>::new());
    assert_eq!(
        fs::read_to_string(outside.join("lib.rs")).unwrap(),
        ours("outside")
    );
}

#[cfg(unix)]
#[test]
fn the_root_itself_may_be_a_link() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    let link = folder.path().join("link");
    std::os::unix::fs::symlink(folder.path().join("real"), &link).unwrap();
    assert_eq!(
        done(&files(&[("a.rs", "1")]), &link, &all()).written.len(),
        1
    );
}

#[test]
fn paths_that_lead_out_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("root");
    fs::create_dir(&root).unwrap();
    for path in ["../out.rs", "a/../../out.rs", "/out.rs", "", "./a.rs"] {
        let told = refused(&files(&[(path, "1")]), &root);
        assert!(
            told[0].ends_with("the path leads out of the output folder"),
            "{path}: {told:?}"
        );
    }
}

/// A new text, as the survey hands it on.
fn text<'a>(root: &Path, path: &str, old: Option<&'a [u8]>) -> stage::Text<'a> {
    let path = root.join(path);
    let text = "new";
    stage::Text { path, text, old }
}

#[test]
fn a_failure_while_preparing_leaves_no_trace() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "a.rs", &ours("1"));
    let before = snapshot(root);
    let mut diags = Diagnostics::default();
    // No file system takes a name this long, which shows only when it is written.
    let long = format!("new/folder/{}.rs", "x".repeat(300));
    let written = stage::replace(
        root,
        &[text(root, "a.rs", None), text(root, &long, None)],
        &mut diags,
    );
    assert_eq!(written, None);
    assert_eq!(snapshot(root), before);
    assert!(diags.items()[0].message.starts_with("cannot write `"));
}

#[test]
fn a_failure_while_renaming_is_undone() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "a.rs", &ours("1"));
    // A folder where the last file goes: the survey would have found it.
    put(root, "z.rs/inside", "x");
    let before = snapshot(root);
    let old = ours("1");
    let mut diags = Diagnostics::default();
    let written = stage::replace(
        root,
        &[
            text(root, "a.rs", Some(old.as_bytes())),
            text(root, "new/b.rs", None),
            text(root, "z.rs", None),
        ],
        &mut diags,
    );
    assert_eq!(written, None);
    assert_eq!(snapshot(root), before);
}

#[test]
fn a_text_without_the_marker_is_a_bug() {
    let files = Files::from([(PathBuf::from("a.rs"), "no marker".to_owned())]);
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().to_owned();
    let result = std::panic::catch_unwind(move || {
        write(&files, &root, &all(), &mut Diagnostics::default());
    });
    let message = *result.unwrap_err().downcast::<String>().unwrap();
    assert_eq!(message, "bug: a.rs has no marker");
}

#[test]
fn check_lists_what_differs_and_changes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    let before = [
        ("a.rs", "1\n2\n3"),
        ("b.rs", "1"),
        ("c.rs", "1"),
        ("d.rs", "1\n2"),
    ];
    done(&files(&before), root, &all());
    put(root, "crlf.rs", &ours("1").replace('\n', "\r\n"));
    let snapshot_before = snapshot(root);

    let now = files(&[
        ("a.rs", "1\nzwei\n3"),
        ("b.rs", "1"),
        ("crlf.rs", "1"),
        ("d.rs", "1"),
        ("new/e.rs", "1"),
    ]);
    let mut diags = Diagnostics::default();
    let check = check(&now, root, &all(), &mut diags).unwrap();
    assert_eq!(diags.items(), []);
    assert_eq!(snapshot(root), snapshot_before);
    assert!(!check.is_clean());
    assert_eq!(check.unchanged, 1);
    let expected = "\
stale: a.rs, line 4
  - 2
  + zwei
stale: crlf.rs, line 1
  - //! A file.\\u{d}
  + //! A file.
stale: d.rs, line 4
  - 2
  + \n\
missing: new/e.rs
orphaned: c.rs
";
    assert_eq!(check.to_string(), expected);
}

#[test]
fn check_after_write_is_clean() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    put(root, "stale.rs", &ours("0"));
    put(root, "orphan/x.rs", &ours("0"));
    let files = files(&[("stale.rs", "1"), ("new/a.rs", "1")]);
    done(&files, root, &all());
    let mut diags = Diagnostics::default();
    let check = check(&files, root, &all(), &mut diags).unwrap();
    assert!(check.is_clean());
    assert_eq!((check.unchanged, check.to_string().as_str()), (2, ""));
}
