//! Markdown: cells, tables, links.

use crate::plan::Docs;
use crate::plan::reference::{Word, Words};

/// A table. Rows have as many cells as there are titles.
pub(super) fn table(titles: &[&str], rows: impl IntoIterator<Item = Vec<String>>) -> String {
    let mut text = format!("| {} |\n", titles.join(" | "));
    text.push_str(&format!("|{}\n", " --- |".repeat(titles.len())));
    for row in rows {
        text.push_str(&format!("| {} |\n", row.join(" | ")));
    }
    text
}

/// Words of the document in one cell; paragraphs and items are parted by line breaks.
pub(super) fn cell(docs: &Docs) -> String {
    let mut text = String::new();
    for line in docs.lines() {
        let (line, starts) = match line.strip_prefix("- ").or(line.strip_prefix("1. ")) {
            Some(item) => (format!("• {item}"), true),
            None => (line.trim().to_owned(), line.is_empty()),
        };
        if line.starts_with("```") {
            continue;
        }
        if !text.is_empty() && !text.ends_with("<br>") {
            text.push_str(if starts { "<br>" } else { " " });
        }
        text.push_str(&line);
    }
    in_cell(text.trim_end_matches("<br>").trim_end())
}

/// Text that stands in a cell: a bar would end it.
pub(super) fn in_cell(text: &str) -> String {
    text.replace('|', "\\|")
}

/// A code span, with as many ticks as the code needs; nothing for nothing.
pub(super) fn code(text: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let text = text.replace(['\n', '\r'], " ");
    match text.contains('`') {
        false => format!("`{text}`"),
        true => format!("`` {text} ``"),
    }
}

/// A code span in a cell.
pub(super) fn code_cell(text: &str) -> String {
    in_cell(&code(text))
}

/// A type in words, seen from a page in the folder `from`.
pub(super) fn words(words: &Words, types: &str) -> String {
    let words = words.0.iter().map(|word| match word {
        Word::Plain(text) => text.clone(),
        Word::Code(text) => code(text),
        Word::Type { title, ident } => {
            let title = title.replace('[', "\\[").replace(']', "\\]");
            format!("[{title}]({types}{ident}.md)")
        }
    });
    in_cell(&words.collect::<String>())
}

/// A paragraph of the document's words, as it is.
pub(super) fn paragraphs(docs: &Docs) -> String {
    docs.lines().join("\n")
}

/// Rust that the tests compile.
pub(super) fn rust(snippet: &str) -> String {
    format!("```rust,no_run\n{snippet}```\n")
}
