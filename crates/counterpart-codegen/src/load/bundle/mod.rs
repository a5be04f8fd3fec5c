//! References to files beside the document: what they lead to becomes part of the document.
//!
//! `$ref: './pet.yaml'` becomes `$ref: '#/components/schemas/pet'`, and the content of the file
//! a component of that name. So there is one tree in the end, later stages know nothing of
//! files, and the document that a server serves is whole.
//!
//! ```text
//! part     which keys of a document lead to what may be referred to
//! link     the text of a reference: which file, where in it
//! files    the files, each read once, none from outside of a folder
//! collect  everything that is referred to, through files and back
//! home     where in the document each target goes, and under which name
//! rewrite  copies them there, and lets references lead there
//! ```

mod collect;
mod files;
mod home;
mod link;
mod part;
mod rewrite;

use std::path::Path;

pub(crate) use files::Beside;
use files::{FileId, Files};
pub(crate) use link::percent_decoded;
use part::Part;

use super::tree::{Node, Sources, Value};
use crate::diag::Diagnostics;

/// A place that a reference leads to.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Target {
    file: FileId,
    /// The JSON pointer in that file.
    pointer: String,
    /// What the reference takes it for.
    part: Part,
}

/// Takes in everything that the document at `path` refers to in other files. What prevents it
/// goes to `diags`.
pub(super) fn take_in(
    root: &mut Node,
    path: &Path,
    beside: &Beside<'_>,
    sources: &mut Sources,
    diags: &mut Diagnostics,
) {
    let nothing = Node {
        value: Value::Null,
        at: root.at,
    };
    let document = std::mem::replace(root, nothing);
    let before = diags.errors();
    let mut files = Files::new(path, document, beside);
    let found = collect::collect(&mut files, sources, diags);
    let homes = home::homes(&files, &found, diags);
    if diags.errors() == before {
        rewrite::rewrite(&mut files, &found, &homes, diags);
    }
    std::mem::swap(root, files.document());
}
