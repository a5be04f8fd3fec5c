//! The reference for people: Markdown that reads well as it is, and as a book of `mdbook`.
//!
//! ```text
//! docs/
//!   wide.css                     room for tables
//!   book.toml                    how `mdbook` makes a site of it
//!   src/SUMMARY.md               the contents
//!   src/README.md                what the API is, and all operations in a table
//!   src/operations/assistants.md the operations of a tag
//!   src/types/Run.md             a type
//! ```

mod front;
mod markdown;
mod operations;
mod types;

use std::path::{Path, PathBuf};

use crate::plan::Plan;
use crate::write::MARKER;

use super::{Content, Draft};

/// The drafts of the reference.
pub(super) fn emit(plan: &Plan) -> Vec<Draft<'_>> {
    let reference = &plan.reference;
    let mut drafts = vec![
        draft("book.toml", || book(plan)),
        draft("wide.css", style),
        page(plan, "SUMMARY.md", || front::summary(plan)),
        page(plan, "README.md", || front::readme(plan)),
    ];
    drafts.extend(reference.groups.iter().map(|group| {
        let path = format!("operations/{}.md", group.page);
        page(plan, &path, || operations::group(group))
    }));
    drafts.extend(reference.pages.iter().map(|ty| {
        let path = format!("types/{}.md", ty.ident);
        page(plan, &path, || types::page(plan, ty))
    }));
    drafts
}

fn draft<'p>(path: impl AsRef<Path>, text: impl FnOnce() -> String + Send + 'p) -> Draft<'p> {
    Draft {
        path: PathBuf::from("docs").join(path),
        emitter: "docs",
        content: Content::text(text),
    }
}

/// A page, with the line that says who wrote it.
fn page<'p>(plan: &'p Plan, path: &str, text: impl FnOnce() -> String + Send + 'p) -> Draft<'p> {
    draft(Path::new("src").join(path), move || {
        let source = &plan.source;
        let emitter = "crates/counterpart-codegen/src/emit/docs";
        let line = format!("<!-- {MARKER} from {source}; edit {emitter}. -->");
        format!("{line}\n\n{}\n", text().trim_end())
    })
}

/// Tables of seven columns need more room than running text, and may break what is long in them; `Type` and
/// `In Rust`, which are found by where they stand, are not to be squeezed by the words of `Meaning`.
fn style() -> String {
    format!("/* {MARKER}. */\n\n{STYLE}")
}

const STYLE: &str = "\
:root { --content-max-width: 1200px; }
.content .table-wrapper { margin-block: 1em; }
.content table { width: 100%; font-size: 0.9em; }
.content :is(th, td) { padding: 3px 8px; }
.content th { text-align: left; white-space: nowrap; }
.content th:nth-child(n + 2):nth-last-child(5) { min-width: 10em; }
.content th:nth-child(n + 3):nth-last-child(4) { min-width: 14em; }
.content th:last-child { min-width: 15em; }
.content td { vertical-align: top; }
.content td :is(a, code) { overflow-wrap: anywhere; }
.content td code { white-space: pre-wrap; padding-inline: 0; background: none; }
.content td:first-child :is(a, code) { white-space: nowrap; }
";

fn book(plan: &Plan) -> String {
    format!(
        "# {MARKER} from {}.\n\n\
         [book]\n\
         title = \"{}\"\n\
         language = \"en\"\n\n\
         [output.html]\n\
         additional-css = [\"wide.css\"]\n\
         # The names of operations and types are what readers look for.\n\
         search.limit-results = 30\n\
         search.boost-title = 4\n\
         no-section-label = true\n\n\
         [output.html.playground]\n\
         # The snippets need the generated crates.\n\
         runnable = false\n",
        plan.source,
        plan.plain_title()
    )
}
