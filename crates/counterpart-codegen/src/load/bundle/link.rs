//! The text of a reference, taken apart: which file, and where in it.

use std::path::{Component, Path, PathBuf};

use crate::load::tree::escape;

/// What the text of a reference is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// A place in a file. Without a path it is the file that the reference stands in.
    File {
        /// The path, from the folder of that file, decoded.
        path: String,
        /// The JSON pointer, decoded.
        pointer: String,
    },
    /// Something on a network, or a `file:` URL, which names a file of one machine.
    Url,
    /// A path from the root of a disk.
    Absolute,
    /// The name of an anchor in a file.
    Anchor,
}

/// Takes the text of a reference apart.
pub(super) fn parse(text: &str) -> Link {
    let (path, fragment) = text.split_once('#').unwrap_or((text, ""));
    if path.starts_with("//") || has_scheme(path) {
        return Link::Url;
    }
    let path = percent_decoded(path);
    let mut start = path.chars();
    let drive = start
        .next()
        .is_some_and(|first| first.is_ascii_alphabetic())
        && start.next() == Some(':');
    if path.starts_with(['/', '\\']) || drive {
        return Link::Absolute;
    }
    let fragment = percent_decoded(fragment);
    if !fragment.is_empty() && !fragment.starts_with('/') {
        return Link::Anchor;
    }
    Link::File {
        path,
        pointer: tidy_pointer(&fragment),
    }
}

/// Whether it starts as a URL does. One letter is the name of a disk instead.
fn has_scheme(text: &str) -> bool {
    let Some((scheme, _)) = text.split_once(':') else {
        return false;
    };
    scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || "+-.".contains(letter))
}

/// The pointer as all others are written, so that one place has one pointer.
fn tidy_pointer(pointer: &str) -> String {
    let steps = tokens(pointer);
    steps.map(|step| format!("/{}", escape(&step))).collect()
}

/// The steps of a pointer, unescaped.
pub(super) fn tokens(pointer: &str) -> impl Iterator<Item = String> {
    let steps = pointer.split('/').skip(1);
    steps.map(|step| step.replace("~1", "/").replace("~0", "~"))
}

/// URI references are percent-encoded (RFC 6901, section 6, for pointers).
pub(crate) fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let pair = tail
            .get(..2)
            .and_then(|pair| std::str::from_utf8(pair).ok());
        let digits = pair.filter(|pair| pair.bytes().all(|digit| digit.is_ascii_hexdigit()));
        match digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            Some(byte) if *first == b'%' => {
                bytes.push(byte);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(*first);
                rest = tail;
            }
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

/// The path `to`, written in a file of the folder `from`, without `.` and, where a folder
/// stands before it, without `..`.
pub(super) fn joined(from: &Path, to: &Path) -> PathBuf {
    let mut path = PathBuf::new();
    for component in from.components().chain(to.components()) {
        let inner = path.components().next_back();
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(inner, Some(Component::Normal(_))) => {
                path.pop();
            }
            Component::ParentDir if matches!(inner, Some(Component::RootDir)) => {}
            other => path.push(other),
        }
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, pointer: &str) -> Link {
        Link::File {
            path: path.to_owned(),
            pointer: pointer.to_owned(),
        }
    }

    #[test]
    fn references_are_taken_apart() {
        assert_eq!(parse("#/a/b"), file("", "/a/b"));
        assert_eq!(parse("./a%20b.yaml#/c%7e1d"), file("./a b.yaml", "/c~1d"));
        assert_eq!(parse("a:b.yaml"), Link::Absolute);
        assert_eq!(parse("C:\\a.yaml"), Link::Absolute);
        assert_eq!(parse("%2fetc/passwd"), Link::Absolute);
        assert_eq!(parse("\\\\host\\a.yaml"), Link::Absolute);
        for url in ["http://a/b", "HTTPS://a", "//host/a", "file:///a", "urn:a"] {
            assert_eq!(parse(url), Link::Url, "{url}");
        }
        assert_eq!(parse("a.yaml#Pet"), Link::Anchor);
    }

    #[test]
    fn fragments_are_decoded() {
        assert_eq!(percent_decoded("/a%20b/%7e1%"), "/a b/~1%");
        assert_eq!(percent_decoded("%+1"), "%+1");
    }

    #[test]
    fn paths_are_joined() {
        let path = |to: &str| joined(Path::new("spec/schemas"), Path::new(to));
        assert_eq!(path("../a/./b.yaml"), Path::new("spec/a/b.yaml"));
        assert_eq!(path("../../../a.yaml"), Path::new("../a.yaml"));
        assert_eq!(path("/b/../../a.yaml"), Path::new("/a.yaml"));
    }
}
